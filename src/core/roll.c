/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/roll.h"

#include "core/registrant.h"
#include "util/memory.h"

#include <string.h>

struct call {
	struct presence *presence;
	roll_function *function;
	void *data;
};

static bool is_word(const char *word_or_null, const char *word)
{
	return word_or_null != NULL && strcmp(word_or_null, word) == 0;
}

static enum presence_source source_of(char letter)
{
	if (letter == 'o')
		return PRESENCE_ONLINE;
	return letter == 'm' ? PRESENCE_MANUAL : PRESENCE_DOOR;
}

static enum presence_result result_of(const struct roll_scan *scan)
{
	if (scan->is_admitted)
		return PRESENCE_ADMITTED;
	if (is_word(scan->reason, "already-in") || is_word(scan->reason, "not-in"))
		return PRESENCE_SIGHTED;
	return PRESENCE_REFUSED;
}

struct presence_row roll_presence_row(const struct roll_scan *scan)
{
	return (struct presence_row){
		.scan_id = scan->scan_id,
		.at_s = scan->at_s,
		.session_id = scan->session_id,
		.is_out = scan->is_out,
		.has_until = scan->has_until,
		.until_s = scan->until_s,
		.source = source_of(scan->source),
		.result = result_of(scan),
	};
}

const char *roll_name_of(const struct roll_row *row)
{
	const struct registrant_row names = {
		.name = row->name,
		.email = row->email,
		.external_id = row->external_id,
		.is_erased = row->is_erased,
	};

	return registrant_name_of(&names);
}

static void take_scan(const struct roll_scan *scan, void *data)
{
	struct call *call = data;
	const struct presence_row row = roll_presence_row(scan);

	presence_add(call->presence, &row);
}

static enum status take_row(const struct roll_row *row, void *data, struct error *error)
{
	struct call *call = data;

	presence_finish(call->presence);
	const struct roll_person person = {
		.row = row,
		.name = roll_name_of(row),
		.presence = call->presence,
	};
	enum status status = call->function(&person, call->data, error);
	presence_clear(call->presence);
	return status;
}

enum status roll_call(struct reading *reading, const struct roll_filter *filter,
	const struct presence_settings *settings, roll_function *function, void *data,
	struct error *error)
{
	CLEANUP(presence_freep) struct presence *presence = presence_new(settings);
	struct call call = { .presence = presence, .function = function, .data = data };
	const struct roll_functions functions = {
		.scan = take_scan,
		.row = take_row,
		.data = &call,
	};

	return roll_store_read(reading, filter, &functions, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `registrant show`: everything that is known of one person.
 */
#include "cmd/commands.h"
#include "cmd/registrant_parts.h"
#include "cmd/registrant_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/registrant.h"
#include "core/seats.h"
#include "util/memory.h"

#include <string.h>

enum {
	EXTRA_COLUMN_COUNT = 5,
	COLUMN_COUNT = REGISTRANT_COLUMN_COUNT + EXTRA_COLUMN_COUNT,
};

static const struct column extra_columns[EXTRA_COLUMN_COUNT] = {
	{ .key = "given_name", .title = "given name", .kind = COLUMN_TEXT },
	{ .key = "family_name", .title = "family name", .kind = COLUMN_TEXT },
	{ .key = "note", .title = "note", .kind = COLUMN_TEXT },
	{ .key = "status_by_hand", .title = "status set by hand", .kind = COLUMN_BOOLEAN },
	{ .key = "place", .title = "place in queue", .kind = COLUMN_INTEGER },
};

/* One person, read in parts. */
struct show {
	struct context *context;
	struct column columns[COLUMN_COUNT];
	struct registrant_parts parts;
	bool has_begun; /* the registrant */
};

static void put_text(struct output *output, const char *text)
{
	output_text(output, text != NULL && text[0] != '\0' ? text : NULL);
}

static void notice(void *data)
{
	const struct show *show = data;

	say_doors_wait(show->context);
}

/* --- The registrant --- */

static enum status put_registrant(const struct roster_row *row, void *data, struct error *error)
{
	struct show *show = data;
	struct output *output = show->context->output;
	const struct registrant_row *registrant = &row->registrant;
	int64_t place;

	if (show->has_begun) {
		show->parts.must_restart = true;
		return STATUS_OK;
	}
	show->has_begun = true;
	registrant_put(output, row, false);
	put_text(output, registrant->given_name);
	put_text(output, registrant->family_name);
	put_text(output, registrant->note);
	output_boolean(output, registrant->is_status_manual);
	enum status status =
		seats_place(show->context->db, registrant->registrant_id, &place, error);
	if (status == STATUS_OK && place != 0)
		output_integer(output, place);
	else if (status == STATUS_OK)
		output_null(output);
	return status;
}

static enum status show_registrant(struct show *show, struct error *error)
{
	const struct roster_filter filter = {
		.event_id = show->context->event->id,
		.registrant_id = show->parts.registrant_id,
	};
	const struct roster_functions functions = {
		.row = put_registrant,
		.notice = notice,
		.data = show,
	};

	show->has_begun = false;
	return roster_read(show->context->db, &filter, &functions, error);
}

/* --- All --- */

static enum status show_once(struct show *show, struct error *error)
{
	struct output *output = show->context->output;

	show->parts.must_restart = false;
	output_restart(output);
	output_record_begin(output, NULL, NULL, show->columns, COLUMN_COUNT);
	enum status status = show_registrant(show, error);
	if (status == STATUS_OK)
		status = registrant_put_answers(&show->parts, error);
	if (status == STATUS_OK)
		status = registrant_put_merged(&show->parts, error);
	if (status == STATUS_OK)
		status = registrant_put_tokens(&show->parts, error);
	if (status == STATUS_OK)
		status = registrant_put_scans(&show->parts, error);
	if (status == STATUS_OK)
		status = registrant_put_presence(&show->parts, error);
	if (status == STATUS_OK)
		status = registrant_put_credit(&show->parts, error);
	if (status == STATUS_OK)
		output_record_end(output);
	return status;
}

static enum status show_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct show show = {
		.context = context,
		.parts = {
			.context = context,
			.event = context->event,
			.zone = context->zone,
		},
	};
	const char *who = options_arguments(context->options, NULL)[0];

	enum status status =
		registrant_find(context->db, context->event->id, who, &registrant, error);
	if (status != STATUS_OK)
		return status;
	show.parts.registrant_id = registrant->id;
	show.parts.person_id = registrant->person_id;
	memcpy(show.columns, registrant_columns, sizeof registrant_columns);
	memcpy(show.columns + REGISTRANT_COLUMN_COUNT, extra_columns, sizeof extra_columns);
	if (registrant->status != REGISTRANT_WAITLISTED)
		show.columns[COLUMN_COUNT - 1].title = NULL;
	do {
		status = show_once(&show, error);
	} while (status == STATUS_OK && show.parts.must_restart);
	return status;
}

const struct command cmd_registrant_show = {
	.name = "registrant show",
	.summary = "show everything that is known of a registrant",
	.arguments = "WHO",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = show_run,
};

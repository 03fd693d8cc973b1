/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/programme_rows.h"

#include "core/event.h"
#include "core/people.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

/* --- The order --- */

static enum status walk_session(const struct session *session, programme_row_function *function,
	void *data, struct error *error)
{
	enum status status = function(session, NULL, data, error);

	for (size_t i = 0; i < session->item_count && status == STATUS_OK; i++)
		status = function(session, &session->items[i], data, error);
	return status;
}

enum status programme_walk(const struct programme *programme, programme_row_function *function,
	void *data, struct error *error)
{
	const struct item *items = programme->items;
	enum status status = STATUS_OK;
	size_t at = 0;

	for (size_t i = 0; i < programme->session_count && status == STATUS_OK; i++) {
		const struct session *session = &programme->sessions[i];
		for (; at < programme->item_count && items[at].start_s < session->start_s &&
			status == STATUS_OK;
			at++)
			status = function(NULL, &items[at], data, error);
		if (status == STATUS_OK)
			status = walk_session(session, function, data, error);
	}
	for (; at < programme->item_count && status == STATUS_OK; at++)
		status = function(NULL, &items[at], data, error);
	return status;
}

/* --- The columns --- */

static const struct column columns[] = {
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "kind", .title = "kind", .kind = COLUMN_CODE },
	{ .key = "start", .title = "start", .kind = COLUMN_TIME },
	{ .key = "end", .title = "end", .kind = COLUMN_TIME },
	{ .key = "title", .title = "title", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "people", .title = "people", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "chair", .title = "chair", .kind = COLUMN_TEXT },
	{ .key = "chairs", .kind = COLUMN_SET, .is_left_out_of_csv = true },
	{ .key = "room", .title = "room", .kind = COLUMN_TEXT },
	{ .key = "access", .title = "access", .kind = COLUMN_TEXT },
	{ .key = "credit", .title = "credit", .kind = COLUMN_BOOLEAN },
	{ .key = "capacity", .title = "capacity", .kind = COLUMN_INTEGER },
};

static void put_text(struct output *output, const char *text)
{
	output_text(output, text[0] != '\0' ? text : NULL);
}

void programme_write_access(const char *access, struct str *ret)
{
	const char *word;
	size_t length;

	str_clear(ret);
	while (text_set_next(&access, &word, &length))
		str_addf(ret, "%s%.*s", ret->length > 0 ? "+" : "", (int)length, word);
}

static void put_chair(struct output *output, const char *chair)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	people_names(chair, &names);
	put_text(output, chair);
	output_text(output, names.text);
}

static void put_access(struct output *output, const char *access)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	programme_write_access(access, &text);
	put_text(output, text.text);
}

static void put_session(struct output *output, const struct session *session)
{
	output_text(output, session->code);
	output_text(output, "session");
	output_time(output, session->start_s);
	output_time(output, session->end_s);
	put_text(output, session->title);
	put_text(output, session->people);
	put_chair(output, session->chair);
	put_text(output, session->room);
	put_access(output, session->access);
	output_boolean(output, session->is_credit);
	if (session->has_capacity)
		output_integer(output, session->capacity);
	else
		output_null(output);
}

static void put_item(struct output *output, const struct session *session, const struct item *item)
{
	output_text(output, session != NULL ? session->code : NULL);
	output_text(output, item_kind_word(item->kind));
	output_time(output, item->start_s);
	output_time(output, item->end_s);
	put_text(output, item->title);
	put_text(output, item->people);
	put_chair(output, item->chair);
	put_text(output, item->room);
	put_access(output, item->access);
	output_boolean(output, item->is_credit);
	output_null(output);
}

static enum status put_row(const struct session *session, const struct item *item, void *data,
	struct error *error)
{
	struct output *output = data;

	if (item != NULL)
		put_item(output, session, item);
	else if (session->is_stated)
		put_session(output, session);
	else
		return STATUS_OK;
	return output_row_end(output, error);
}

enum status programme_put_rows(struct output *output, const char *key,
	const struct programme *programme, struct error *error)
{
	output_list_begin(output, key, NULL, columns, sizeof columns / sizeof columns[0]);
	enum status status = programme_walk(programme, put_row, output, error);
	output_list_end(output);
	return status;
}

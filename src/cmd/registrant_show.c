/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `registrant show`: everything that is known of one person.
 */
#include "cmd/commands.h"
#include "cmd/credit_rows.h"
#include "cmd/registrant_rows.h"
#include "cmd/waiting.h"
#include "core/credit_report.h"
#include "core/event.h"
#include "core/ledger.h"
#include "core/presence_report.h"
#include "core/registrant.h"
#include "core/seats.h"
#include "core/token.h"
#include "util/memory.h"

#include <stdlib.h>
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

static const struct column merged_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
	{ .key = "affiliation", .title = "affiliation", .kind = COLUMN_TEXT },
	{ .key = "external_id", .title = "id", .kind = COLUMN_TEXT },
};

static const struct column token_columns[] = {
	{ .key = "serial", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "issued_at", .title = "issued", .kind = COLUMN_TIME },
	{ .key = "revoked_at", .title = "revoked", .kind = COLUMN_TIME },
};

static const struct column scan_columns[] = {
	{ .key = "scan", .title = "scan", .kind = COLUMN_INTEGER },
	{ .key = "at", .title = "at", .kind = COLUMN_TIME },
	{ .key = "until", .title = "until", .kind = COLUMN_TIME },
	{ .key = "direction", .title = "direction", .kind = COLUMN_CODE },
	{ .key = "result", .title = "result", .kind = COLUMN_CODE },
	{ .key = "reason", .title = "reason", .kind = COLUMN_CODE },
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "source", .title = "source", .kind = COLUMN_CODE },
	{ .key = "station", .title = "station", .kind = COLUMN_TEXT },
	{ .key = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "voided", .title = "voided", .kind = COLUMN_BOOLEAN },
};

static const struct column presence_columns[] = {
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "first_in", .title = "first in", .kind = COLUMN_TIME },
	{ .key = "last_out", .title = "last out", .kind = COLUMN_TIME },
	{ .key = "minutes", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "session_minutes", .title = "of", .kind = COLUMN_INTEGER },
	{ .key = "percent", .title = "%", .kind = COLUMN_PERMILLE },
	{ .key = "sources", .title = "sources", .kind = COLUMN_SET },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One person, read in parts. Each part is a reading of its own: where one starts again, so
 * does all. */
struct show {
	struct context *context;
	struct column columns[COLUMN_COUNT];
	struct column credit_columns[CREDIT_COLUMN_COUNT];
	int64_t registrant_id;
	int64_t person_id;
	bool has_begun; /* the part's list */
	bool must_restart;
};

static void put_text(struct output *output, const char *text)
{
	output_text(output, text != NULL && text[0] != '\0' ? text : NULL);
}

static void put_time(struct output *output, bool is_there, int64_t at_s)
{
	if (is_there)
		output_time(output, at_s);
	else
		output_null(output);
}

/* Begins a part's list; a second time, only notes that the reading started again. */
static void begin_part(struct show *show, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	if (!show->has_begun)
		output_list_begin(show->context->output, key, heading, columns, count);
	show->must_restart |= show->has_begun;
	show->has_begun = true;
}

/* Of a part that is read in one go, with its first row, or without one. */
static void begin_once(struct show *show, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	if (!show->has_begun)
		output_list_begin(show->context->output, key, heading, columns, count);
	show->has_begun = true;
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
		show->must_restart = true;
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
		.registrant_id = show->registrant_id,
	};
	const struct roster_functions functions = {
		.row = put_registrant,
		.notice = notice,
		.data = show,
	};

	show->has_begun = false;
	return roster_read(show->context->db, &filter, &functions, error);
}

/* The answers as a record: its columns are their headers. */
struct answers {
	struct column *columns;
	char **headers;
	char **values;
	size_t count;
};

static enum status keep_answer(const struct answer_row *row, void *data, struct error *error)
{
	struct answers *answers = data;
	size_t place = answers->count++;

	(void)error;
	answers->columns =
		xreallocarray(answers->columns, answers->count, sizeof *answers->columns);
	answers->headers =
		xreallocarray(answers->headers, answers->count, sizeof *answers->headers);
	answers->values = xreallocarray(answers->values, answers->count, sizeof *answers->values);
	answers->headers[place] = xstrdup(row->header);
	answers->values[place] = xstrdup(row->value);
	answers->columns[place] = (struct column){
		.key = answers->headers[place],
		.title = answers->headers[place],
		.kind = COLUMN_TEXT,
	};
	return STATUS_OK;
}

static enum status show_answers(struct show *show, struct error *error)
{
	struct output *output = show->context->output;
	struct answers answers = { .count = 0 };

	enum status status = answer_store_list(show->context->db, show->registrant_id, keep_answer,
		&answers, error);
	output_record_begin(output, "answers", answers.count > 0 ? "Answers" : NULL,
		answers.columns, answers.count);
	for (size_t i = 0; i < answers.count; i++)
		output_text(output, answers.values[i]);
	output_record_end(output);
	for (size_t i = 0; i < answers.count; i++) {
		free(answers.headers[i]);
		free(answers.values[i]);
	}
	free(answers.columns);
	free(answers.headers);
	free(answers.values);
	return status;
}

/* --- Records merged into this one, and tokens --- */

static enum status put_merged(const struct registrant_row *row, void *data, struct error *error)
{
	struct show *show = data;
	struct output *output = show->context->output;

	begin_once(show, "merged", "Merged records", merged_columns, COUNT(merged_columns));
	if (row->registrant_id != 0)
		output_integer(output, row->registrant_id);
	else
		output_null(output);
	put_text(output, row->name);
	put_text(output, row->email);
	put_text(output, row->affiliation);
	put_text(output, row->external_id);
	return output_row_end(output, error);
}

/* With a heading only where there are any. */
static enum status show_merged(struct show *show, struct error *error)
{
	show->has_begun = false;
	enum status status = person_store_merged(show->context->db, show->context->event->id,
		show->person_id, put_merged, show, error);
	begin_once(show, "merged", NULL, merged_columns, COUNT(merged_columns));
	output_list_end(show->context->output);
	return status;
}

static enum status put_token(const struct token_row *row, void *data, struct error *error)
{
	const struct show *show = data;
	struct output *output = show->context->output;

	output_integer(output, row->token_id);
	output_time(output, row->issued_s);
	put_time(output, row->is_revoked, row->revoked_s);
	return output_row_end(output, error);
}

static enum status show_tokens(struct show *show, struct error *error)
{
	struct output *output = show->context->output;

	output_list_begin(output, "tokens", "Tokens", token_columns, COUNT(token_columns));
	enum status status = token_store_of_registrant(show->context->db, show->registrant_id,
		put_token, show, error);
	output_list_end(output);
	return status;
}

/* --- Scans --- */

static enum status put_scan(const struct ledger_row *row, void *data, struct error *error)
{
	const struct show *show = data;
	struct output *output = show->context->output;
	const struct scan_row *scan = &row->scan;

	if (show->must_restart)
		return STATUS_OK;
	output_integer(output, scan->scan_id);
	output_time(output, scan->at_s);
	put_time(output, scan->has_until, scan->until_s);
	output_text(output, scan->direction);
	output_text(output, scan->result);
	output_text(output, scan->reason);
	output_text(output, row->session_code);
	output_text(output, scan->source);
	put_text(output, scan->station);
	output_boolean(output, scan->is_forced);
	output_boolean(output, row->is_voided);
	return output_row_end(output, error);
}

static enum status read_scans(struct reading *reading, void *data, struct error *error)
{
	struct show *show = data;
	const struct ledger_filter filter = {
		.event_id = show->context->event->id,
		.registrant_id = show->registrant_id,
	};

	begin_part(show, "scans", "Scans", scan_columns, COUNT(scan_columns));
	return scan_store_list(reading, &filter, put_scan, show, error);
}

static enum status show_scans(struct show *show, struct error *error)
{
	show->has_begun = false;
	enum status status = reading_run(show->context->db, read_scans, show, notice, show, error);
	output_list_end(show->context->output);
	return status;
}

/* --- Presence and credit --- */

static void begin_presence(void *data)
{
	begin_part(data, "presence", "Presence", presence_columns, COUNT(presence_columns));
}

static enum status put_presence(const struct presence_report_row *row, void *data,
	struct error *error)
{
	const struct show *show = data;
	struct output *output = show->context->output;

	if (show->must_restart)
		return STATUS_OK;
	output_text(output, row->session->code);
	put_time(output, row->has_first_in, row->first_in_s);
	put_time(output, row->has_last_out, row->last_out_s);
	output_integer(output, whole_minutes(row->attended_s));
	output_integer(output, whole_minutes(row->countable_s));
	output_integer(output, row->percent_permille);
	output_text(output, row->sources);
	return output_row_end(output, error);
}

static enum status show_presence(struct show *show, struct error *error)
{
	const struct presence_report_options options = {
		.event = show->context->event,
		.registrant_id = show->registrant_id,
		.now_s = show->context->now_s(show->context),
	};
	const struct presence_report_functions functions = {
		.begin = begin_presence,
		.row = put_presence,
		.notice = notice,
		.data = show,
	};

	show->has_begun = false;
	enum status status = presence_report(show->context->db, &options, &functions, error);
	if (show->has_begun)
		output_list_end(show->context->output);
	return status;
}

/* As in the report, but a table names the courses, and not once more the person. */
static void begin_credit(const struct credit_report_head *head_or_null, void *data)
{
	static const char *const persons[] = { "registrant", "name", "external_id" };
	struct show *show = data;

	(void)head_or_null;
	memcpy(show->credit_columns, credit_columns, sizeof credit_columns);
	for (size_t i = 0; i < CREDIT_COLUMN_COUNT; i++) {
		struct column *column = &show->credit_columns[i];
		if (strcmp(column->key, "course") == 0)
			column->title = "course";
		for (size_t j = 0; j < COUNT(persons); j++)
			if (strcmp(column->key, persons[j]) == 0)
				column->title = NULL;
	}
	begin_part(show, "credit", "Credit", show->credit_columns, CREDIT_COLUMN_COUNT);
}

static enum status put_credit(const struct credit_row *row, void *data, struct error *error)
{
	const struct show *show = data;

	if (show->must_restart)
		return STATUS_OK;
	enum status status = credit_put(show->context->output, row, error);
	if (status == STATUS_OK)
		status = output_row_end(show->context->output, error);
	return status;
}

static enum status show_credit(struct show *show, struct error *error)
{
	const struct credit_report_options options = {
		.event = show->context->event,
		.zone = show->context->zone,
		.as_of_s = show->context->now_s(show->context),
		.registrant_id = show->registrant_id,
	};
	const struct credit_report_functions functions = {
		.begin = begin_credit,
		.row = put_credit,
		.notice = notice,
		.data = show,
	};

	show->has_begun = false;
	enum status status = credit_report_courses(show->context->db, &options, &functions, error);
	if (show->has_begun)
		output_list_end(show->context->output);
	return status;
}

/* --- All --- */

static enum status show_once(struct show *show, struct error *error)
{
	struct output *output = show->context->output;

	show->must_restart = false;
	output_restart(output);
	output_record_begin(output, NULL, NULL, show->columns, COLUMN_COUNT);
	enum status status = show_registrant(show, error);
	if (status == STATUS_OK)
		status = show_answers(show, error);
	if (status == STATUS_OK)
		status = show_merged(show, error);
	if (status == STATUS_OK)
		status = show_tokens(show, error);
	if (status == STATUS_OK)
		status = show_scans(show, error);
	if (status == STATUS_OK)
		status = show_presence(show, error);
	if (status == STATUS_OK)
		status = show_credit(show, error);
	if (status == STATUS_OK)
		output_record_end(output);
	return status;
}

static enum status show_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct show show = { .context = context };
	const char *who = options_arguments(context->options, NULL)[0];

	enum status status =
		registrant_find(context->db, context->event->id, who, &registrant, error);
	if (status != STATUS_OK)
		return status;
	show.registrant_id = registrant->id;
	show.person_id = registrant->person_id;
	memcpy(show.columns, registrant_columns, sizeof registrant_columns);
	memcpy(show.columns + REGISTRANT_COLUMN_COUNT, extra_columns, sizeof extra_columns);
	if (registrant->status != REGISTRANT_WAITLISTED)
		show.columns[COLUMN_COUNT - 1].title = NULL;
	do {
		status = show_once(&show, error);
	} while (status == STATUS_OK && show.must_restart);
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

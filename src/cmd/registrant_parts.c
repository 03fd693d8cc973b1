/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/registrant_parts.h"

#include "cmd/attendance_rows.h"
#include "cmd/waiting.h"
#include "core/credit_report.h"
#include "core/event.h"
#include "core/ledger.h"
#include "core/registrant.h"
#include "core/roster.h"
#include "core/token.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

static const struct column merged_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
	{ .key = "affiliation", .title = "affiliation", .kind = COLUMN_TEXT },
	{ .key = "external_id", .title = "id", .kind = COLUMN_TEXT },
};

const struct column registrant_token_columns[REGISTRANT_TOKEN_COLUMN_COUNT] = {
	{ .key = "serial", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "issued_at", .title = "issued", .kind = COLUMN_TIME },
	{ .key = "revoked_at", .title = "revoked", .kind = COLUMN_TIME },
};

static const struct column scan_columns[] = {
	REGISTRANT_SCAN_COLUMNS,
	{ .key = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "voided", .title = "voided", .kind = COLUMN_BOOLEAN },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
static void begin_part(struct registrant_parts *parts, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	if (!parts->has_begun)
		output_list_begin(parts->context->output, key, heading, columns, count);
	parts->must_restart |= parts->has_begun;
	parts->has_begun = true;
}

/* Of a part that is read in one go, with its first row, or without one. */
static void begin_once(struct registrant_parts *parts, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	if (!parts->has_begun)
		output_list_begin(parts->context->output, key, heading, columns, count);
	parts->has_begun = true;
}

static void notice(void *data)
{
	const struct registrant_parts *parts = data;

	say_doors_wait(parts->context);
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

enum status registrant_put_answers(struct registrant_parts *parts, struct error *error)
{
	struct output *output = parts->context->output;
	struct answers answers = { .count = 0 };

	enum status status = answer_store_list(parts->context->db, parts->registrant_id,
		keep_answer, &answers, error);
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
	struct registrant_parts *parts = data;
	struct output *output = parts->context->output;

	begin_once(parts, "merged", "Merged records", merged_columns, COUNT(merged_columns));
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
enum status registrant_put_merged(struct registrant_parts *parts, struct error *error)
{
	parts->has_begun = false;
	enum status status = person_store_merged(parts->context->db, parts->event->id,
		parts->person_id, put_merged, parts, error);
	if (status != STATUS_OK)
		return status;
	begin_once(parts, "merged", NULL, merged_columns, COUNT(merged_columns));
	output_list_end(parts->context->output);
	return status;
}

static enum status put_token(const struct token_row *row, void *data, struct error *error)
{
	const struct registrant_parts *parts = data;
	struct output *output = parts->context->output;

	output_integer(output, row->token_id);
	output_time(output, row->issued_s);
	put_time(output, row->is_revoked, row->revoked_s);
	return output_row_end(output, error);
}

enum status registrant_put_tokens(struct registrant_parts *parts, struct error *error)
{
	struct output *output = parts->context->output;

	output_list_begin(output, "tokens", "Tokens", registrant_token_columns,
		REGISTRANT_TOKEN_COLUMN_COUNT);
	enum status status = token_store_of_registrant(parts->context->db, parts->registrant_id,
		put_token, parts, error);
	output_list_end(output);
	return status;
}

/* --- Scans --- */

static enum status put_scan(const struct ledger_row *row, void *data, struct error *error)
{
	const struct registrant_parts *parts = data;
	struct output *output = parts->context->output;
	const struct scan_row *scan = &row->scan;

	if (parts->must_restart)
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
	struct registrant_parts *parts = data;
	const struct ledger_filter filter = {
		.event_id = parts->event->id,
		.registrant_id = parts->registrant_id,
	};

	begin_part(parts, "scans", "Scans", scan_columns, COUNT(scan_columns));
	return scan_store_list(reading, &filter, put_scan, parts, error);
}

enum status registrant_put_scans(struct registrant_parts *parts, struct error *error)
{
	parts->has_begun = false;
	enum status status =
		reading_run(parts->context->db, read_scans, parts, notice, parts, error);
	if (status == STATUS_OK)
		output_list_end(parts->context->output);
	return status;
}

/* --- Presence and credit --- */

static void begin_presence(void *data)
{
	begin_part(data, "presence", "Presence", presence_columns + PRESENCE_PERSON_COLUMN_COUNT,
		PRESENCE_COLUMN_COUNT - PRESENCE_PERSON_COLUMN_COUNT);
}

static enum status put_presence(const struct presence_report_row *row, void *data,
	struct error *error)
{
	const struct registrant_parts *parts = data;

	if (parts->must_restart)
		return STATUS_OK;
	return presence_put_session(parts->context->output, row, error);
}

enum status registrant_put_presence(struct registrant_parts *parts, struct error *error)
{
	const struct presence_report_options options = {
		.event = parts->event,
		.registrant_id = parts->registrant_id,
		.now_s = parts->context->now_s(parts->context),
	};
	const struct presence_report_functions functions = {
		.begin = begin_presence,
		.row = put_presence,
		.notice = notice,
		.data = parts,
	};

	parts->has_begun = false;
	enum status status = presence_report(parts->context->db, &options, &functions, error);
	if (status == STATUS_OK && parts->has_begun)
		output_list_end(parts->context->output);
	return status;
}

/* As in the report, but a table names the courses, and not once more the person. */
static void begin_credit(const struct credit_report_head *head_or_null, void *data)
{
	static const char *const persons[] = { "registrant", "name", "external_id" };
	struct registrant_parts *parts = data;

	(void)head_or_null;
	memcpy(parts->credit_columns, credit_columns, sizeof credit_columns);
	for (size_t i = 0; i < CREDIT_COLUMN_COUNT; i++) {
		struct column *column = &parts->credit_columns[i];
		if (strcmp(column->key, "course") == 0)
			column->title = "course";
		for (size_t j = 0; j < COUNT(persons); j++)
			if (strcmp(column->key, persons[j]) == 0)
				column->title = NULL;
	}
	begin_part(parts, "credit", "Credit", parts->credit_columns, CREDIT_COLUMN_COUNT);
}

static enum status put_credit(const struct credit_row *row, void *data, struct error *error)
{
	const struct registrant_parts *parts = data;

	if (parts->must_restart)
		return STATUS_OK;
	enum status status = credit_put(parts->context->output, row, error);
	if (status == STATUS_OK)
		status = output_row_end(parts->context->output, error);
	return status;
}

enum status registrant_put_credit(struct registrant_parts *parts, struct error *error)
{
	const struct credit_report_options options = {
		.event = parts->event,
		.as_of_s = parts->context->now_s(parts->context),
		.registrant_id = parts->registrant_id,
	};
	const struct credit_report_functions functions = {
		.begin = begin_credit,
		.row = put_credit,
		.notice = notice,
		.data = parts,
	};

	parts->has_begun = false;
	enum status status = credit_report_courses(parts->context->db, &options, &functions, error);
	if (status == STATUS_OK && parts->has_begun)
		output_list_end(parts->context->output);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/attendance_rows.h"

#include "cmd/credit_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/ledger.h"
#include "core/programme.h"
#include "core/registrant.h"
#include "util/memory.h"

/* --- What is put into cells --- */

static void put_text(struct output *output, const char *text_or_null)
{
	bool is_there = text_or_null != NULL && *text_or_null != '\0';

	output_text(output, is_there ? text_or_null : NULL);
}

static void put_number(struct output *output, int64_t number)
{
	if (number != 0)
		output_integer(output, number);
	else
		output_null(output);
}

static void put_time(struct output *output, bool is_there, int64_t at_s)
{
	if (is_there)
		output_time(output, at_s);
	else
		output_null(output);
}

/* --- Whom and which session the choice names --- */

struct chosen {
	int64_t session_id;
	int64_t registrant_id;
};

static enum status choose(const struct context *context, const struct attendance_choice *choice,
	struct chosen *chosen, struct error *error)
{
	enum status status = STATUS_OK;

	if (choice->session != NULL) {
		CLEANUP(programme_freep) struct programme *programme = NULL;
		const struct session *session;
		status = programme_load(context->db, context->event->id, &programme, error);
		if (status == STATUS_OK)
			status =
				programme_find_session(programme, choice->session, &session, error);
		if (status == STATUS_OK)
			chosen->session_id = session->id;
	}
	if (status == STATUS_OK && choice->who != NULL) {
		CLEANUP(registrant_freep) struct registrant *registrant = NULL;
		status = registrant_find(context->db, context->event->id, choice->who, &registrant,
			error);
		if (status == STATUS_OK)
			chosen->registrant_id = registrant->id;
	}
	return status;
}

/* --- The ledger --- */

static const struct column ledger_columns[] = {
	{ .key = "scan", .title = "scan", .kind = COLUMN_INTEGER },
	{ .key = "at", .title = "at", .kind = COLUMN_TIME },
	{ .key = "direction", .title = "direction", .kind = COLUMN_CODE },
	{ .key = "result", .title = "result", .kind = COLUMN_CODE },
	{ .key = "reason", .title = "reason", .kind = COLUMN_CODE },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "source", .title = "source", .kind = COLUMN_CODE, .may_be_left_out = true },
	{ .key = "station",
		.title = "station",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "voided", .title = "voided", .kind = COLUMN_BOOLEAN },
	{ .key = "import_id", .kind = COLUMN_INTEGER },
	{ .key = "actor",
		.title = "actor",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "until", .kind = COLUMN_TIME, .is_left_out_of_csv = true },
};
#define LEDGER_COLUMN_COUNT (sizeof ledger_columns / sizeof ledger_columns[0])

static void put_ledger_row(struct output *output, const struct ledger_row *row)
{
	const struct scan_row *scan = &row->scan;
	const char *name = scan->registrant_id != 0 ? ledger_name_of(row) : NULL;

	output_integer(output, scan->scan_id);
	output_time(output, scan->at_s);
	output_text(output, scan->direction);
	output_text(output, scan->result);
	output_text(output, scan->reason);
	put_number(output, scan->registrant_id);
	put_text(output, name);
	output_text(output, row->session_code);
	output_text(output, scan->source);
	put_text(output, scan->station);
	output_boolean(output, scan->is_forced);
	output_boolean(output, row->is_voided);
	put_number(output, scan->import_id);
	output_text(output, scan->actor);
	put_time(output, scan->has_until, scan->until_s);
}

struct ledger_list {
	struct context *context;
	struct ledger_filter filter;
	bool has_begun;
};

static enum status put_listed(const struct ledger_row *row, void *data, struct error *error)
{
	const struct ledger_list *list = data;

	put_ledger_row(list->context->output, row);
	return output_row_end(list->context->output, error);
}

static enum status read_ledger(struct reading *reading, void *data, struct error *error)
{
	struct ledger_list *list = data;
	struct output *output = list->context->output;

	if (list->has_begun)
		output_restart(output);
	list->has_begun = true;
	output_list_begin(output, NULL, NULL, ledger_columns, LEDGER_COLUMN_COUNT);
	return scan_store_list(reading, &list->filter, put_listed, list, error);
}

enum status attendance_put_ledger(struct context *context, const struct attendance_choice *choice,
	struct error *error)
{
	struct chosen chosen = { 0 };
	struct ledger_list list = {
		.context = context,
		.filter.event_id = context->event->id,
	};

	enum status status = choose(context, choice, &chosen, error);
	if (status != STATUS_OK)
		return status;
	list.filter.session_id = chosen.session_id;
	list.filter.registrant_id = chosen.registrant_id;
	status = reading_run(context->db, read_ledger, &list, say_doors_wait, context, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

static enum status put_one(const struct ledger_row *row, void *data, struct error *error)
{
	(void)error;
	put_ledger_row(data, row);
	return STATUS_OK;
}

enum status attendance_put_scan(struct context *context, int64_t scan_id, struct error *error)
{
	struct output *output = context->output;

	output_record_begin(output, NULL, NULL, ledger_columns, LEDGER_COLUMN_COUNT);
	enum status status = scan_store_ledger_row(context->db, scan_id, put_one, output, error);
	if (status == STATUS_OK)
		output_record_end(output);
	return status;
}

/* --- Presence --- */

const struct column presence_columns[PRESENCE_COLUMN_COUNT] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email",
		.title = "e-mail",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "first_in", .title = "first in", .kind = COLUMN_TIME },
	{ .key = "last_out", .title = "last out", .kind = COLUMN_TIME },
	{ .key = "minutes", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "session_minutes", .title = "of", .kind = COLUMN_INTEGER },
	{ .key = "percent", .title = "%", .kind = COLUMN_PERMILLE },
	{ .key = "sources", .title = "sources", .kind = COLUMN_SET },
};

enum status presence_put_session(struct output *output, const struct presence_report_row *row,
	struct error *error)
{
	output_text(output, row->session->code);
	put_time(output, row->has_first_in, row->first_in_s);
	put_time(output, row->has_last_out, row->last_out_s);
	output_integer(output, whole_minutes(row->attended_s));
	output_integer(output, whole_minutes(row->countable_s));
	output_integer(output, row->percent_permille);
	output_text(output, row->sources);
	return output_row_end(output, error);
}

struct presence_list {
	struct context *context;
	bool has_begun;
};

static void begin_presence(void *data)
{
	struct presence_list *list = data;
	struct output *output = list->context->output;

	if (list->has_begun)
		output_restart(output);
	list->has_begun = true;
	output_list_begin(output, NULL, NULL, presence_columns, PRESENCE_COLUMN_COUNT);
}

static enum status put_presence(const struct presence_report_row *row, void *data,
	struct error *error)
{
	const struct presence_list *list = data;
	struct output *output = list->context->output;

	output_integer(output, row->person->row->registrant_id);
	put_text(output, row->person->name);
	output_text(output, row->person->row->email);
	return presence_put_session(output, row, error);
}

static void presence_waits(void *data)
{
	const struct presence_list *list = data;

	say_doors_wait(list->context);
}

enum status attendance_put_presence(struct context *context, const struct attendance_choice *choice,
	struct error *error)
{
	struct chosen chosen = { 0 };
	struct presence_list list = { .context = context };
	const struct presence_report_functions functions = {
		.begin = begin_presence,
		.row = put_presence,
		.notice = presence_waits,
		.data = &list,
	};

	enum status status = choose(context, choice, &chosen, error);
	if (status != STATUS_OK)
		return status;
	const struct presence_report_options options = {
		.event = context->event,
		.session_id = chosen.session_id,
		.registrant_id = chosen.registrant_id,
		.now_s = context->now_s(context),
	};
	status = presence_report(context->db, &options, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

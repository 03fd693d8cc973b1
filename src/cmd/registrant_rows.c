/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/registrant_rows.h"

#include "cmd/seats_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/registrant.h"

#include <string.h>

const struct column registrant_columns[REGISTRANT_COLUMN_COUNT] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "affiliation",
		.title = "affiliation",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "roles", .title = "roles", .kind = COLUMN_SET },
	{ .key = "external_id", .title = "id", .kind = COLUMN_TEXT },
	{ .key = "courses", .title = "courses", .kind = COLUMN_SET },
	{ .key = "status", .title = "status", .kind = COLUMN_TEXT },
	{ .key = "category",
		.title = "category",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "registered_at",
		.title = "registered",
		.kind = COLUMN_TIME,
		.may_be_left_out = true },
	{ .key = "first_checkin_at",
		.title = "first check-in",
		.kind = COLUMN_TIME,
		.may_be_left_out = true },
};

const struct column registrant_place_column = {
	.key = "place",
	.title = "place in queue",
	.kind = COLUMN_INTEGER,
};

static void put_text(struct output *output, const char *text)
{
	output_text(output, text != NULL && text[0] != '\0' ? text : NULL);
}

void registrant_put(struct output *output, const struct roster_row *row, bool is_exact)
{
	const struct registrant_row *registrant = &row->registrant;

	output_integer(output, registrant->registrant_id);
	put_text(output, is_exact ? registrant->name : registrant_name_of(registrant));
	output_text(output, registrant->email);
	put_text(output, registrant->affiliation);
	output_text(output, registrant->roles);
	output_text(output, registrant->external_id);
	output_text(output, row->courses);
	output_text(output, registrant->status);
	put_text(output, registrant->category);
	output_time(output, registrant->registered_s);
	if (row->has_first_checkin)
		output_time(output, row->first_checkin_s);
	else
		output_null(output);
}

/* --- The list --- */

struct list {
	struct context *context;
	bool has_place;
	struct column columns[REGISTRANT_COLUMN_COUNT + 1];
};

static enum status begin_list(void *data, struct error *error)
{
	struct list *list = data;
	struct output *output = list->context->output;

	(void)error;
	output_restart(output);
	output_list_begin(output, NULL, NULL, list->columns,
		REGISTRANT_COLUMN_COUNT + (list->has_place ? 1 : 0));
	return STATUS_OK;
}

static void put_place(struct output *output, int64_t place)
{
	if (place != 0)
		output_integer(output, place);
	else
		output_null(output);
}

static enum status put_list_row(const struct roster_row *row, void *data, struct error *error)
{
	struct list *list = data;
	struct output *output = list->context->output;

	registrant_put(output, row, false);
	if (list->has_place)
		put_place(output, row->place);
	return output_row_end(output, error);
}

static void notice_list(void *data)
{
	const struct list *list = data;

	say_doors_wait(list->context);
}

enum status registrant_put_list(struct context *context, const struct roster_filter *filter,
	struct error *error)
{
	struct list list = { .context = context, .has_place = filter->is_by_place };
	const struct roster_functions functions = {
		.begin = begin_list,
		.row = put_list_row,
		.notice = notice_list,
		.data = &list,
	};

	memcpy(list.columns, registrant_columns, sizeof registrant_columns);
	list.columns[REGISTRANT_COLUMN_COUNT] = registrant_place_column;
	enum status status = roster_read(context->db, filter, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

/* --- One --- */

struct record {
	struct context *context;
	const struct registrant_outcome *outcome;
	struct column columns[REGISTRANT_COLUMN_COUNT + 1];
};

static enum status begin_record(void *data, struct error *error)
{
	struct record *record = data;
	struct output *output = record->context->output;

	(void)error;
	output_restart(output);
	output_record_begin(output, NULL, NULL, record->columns, REGISTRANT_COLUMN_COUNT + 1);
	return STATUS_OK;
}

static enum status put_record_row(const struct roster_row *row, void *data, struct error *error)
{
	struct record *record = data;
	struct output *output = record->context->output;

	registrant_put(output, row, false);
	put_place(output, record->outcome->place);
	return seats_put_promoted(record->context, &record->outcome->seats, error);
}

static void notice_record(void *data)
{
	const struct record *record = data;

	say_doors_wait(record->context);
}

enum status registrant_put_record(struct context *context, const struct registrant_outcome *outcome,
	struct error *error)
{
	struct record record = { .context = context, .outcome = outcome };
	const struct roster_filter filter = {
		.event_id = context->event->id,
		.registrant_id = outcome->registrant_id,
	};
	const struct roster_functions functions = {
		.begin = begin_record,
		.row = put_record_row,
		.notice = notice_record,
		.data = &record,
	};

	memcpy(record.columns, registrant_columns, sizeof registrant_columns);
	record.columns[REGISTRANT_COLUMN_COUNT] = registrant_place_column;
	record.columns[REGISTRANT_COLUMN_COUNT].is_left_out_of_csv = true;
	if (outcome->place == 0)
		record.columns[REGISTRANT_COLUMN_COUNT].title = NULL;
	enum status status = roster_read(context->db, &filter, &functions, error);
	if (status == STATUS_OK)
		output_record_end(context->output);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_list.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/waiting.h"
#include "core/event.h"

static const struct column columns[] = {
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "taken_at", .title = "at", .kind = COLUMN_TIME },
	{ .key = "actor", .title = "who", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "rows", .title = "rows", .kind = COLUMN_INTEGER },
	{ .key = "added", .title = "added", .kind = COLUMN_INTEGER },
	{ .key = "updated", .title = "updated", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
	{ .key = "kept", .title = "status kept", .kind = COLUMN_INTEGER },
	{ .key = "rejected", .title = "rejected", .kind = COLUMN_INTEGER },
	{ .key = "undone_at", .title = "undone", .kind = COLUMN_TIME },
	{ .key = "kind", .title = "kind", .kind = COLUMN_CODE, .may_be_left_out = true },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static void begin(void *data)
{
	const struct context *context = data;

	output_restart(context->output);
	output_list_begin(context->output, NULL, NULL, columns, COLUMN_COUNT);
}

static enum status put_row(const struct import_row *row, void *data, struct error *error)
{
	const struct context *context = data;
	struct output *output = context->output;

	output_integer(output, row->import_id);
	output_text(output, row->name);
	output_time(output, row->taken_s);
	output_text(output, row->actor);
	output_integer(output, row->rows);
	output_integer(output, row->added);
	output_integer(output, row->updated);
	output_integer(output, row->unchanged);
	output_integer(output, row->kept);
	output_integer(output, row->rejected);
	if (row->is_undone)
		output_time(output, row->undone_s);
	else
		output_null(output);
	output_text(output, row->kind);
	return output_row_end(output, error);
}

static enum status check(struct context *context, struct error *error)
{
	(void)error;
	common_say_not_the_file(context);
	return STATUS_OK;
}

static enum status run(struct context *context, struct error *error)
{
	const struct import_list_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = say_doors_wait,
		.data = context,
	};

	enum status status = import_list(context->db, context->event->id, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

const struct command cmd_import_list = {
	.name = "import list",
	.summary = "list the files that were imported",
	.arguments = "",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.check = check,
	.run = run,
};

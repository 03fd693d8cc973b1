/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/duplicates.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/waiting.h"
#include "core/event.h"

static const struct column columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "other", .title = "other", .kind = COLUMN_INTEGER },
	{ .key = "other_name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "other_email", .title = "e-mail", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "reasons", .title = "reasons", .kind = COLUMN_SET },
};

static void begin(void *data)
{
	const struct context *context = data;

	output_restart(context->output);
	output_list_begin(context->output, NULL, NULL, columns, sizeof columns / sizeof columns[0]);
}

static enum status put_row(const struct duplicate_row *row, void *data, struct error *error)
{
	const struct context *context = data;
	struct output *output = context->output;

	output_integer(output, row->registrant_id);
	output_text(output, row->name);
	output_text(output, row->email);
	output_integer(output, row->other_id);
	output_text(output, row->other_name);
	output_text(output, row->other_email);
	output_text(output, row->reasons);
	return output_row_end(output, error);
}

static enum status duplicates_run(struct context *context, struct error *error)
{
	const struct duplicates_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = say_doors_wait,
		.data = context,
	};

	enum status status = duplicates_find(context->db, context->event->id, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

const struct command cmd_registrant_duplicates = {
	.name = "registrant duplicates",
	.summary = "list pairs of registrants who may be one person",
	.arguments = "",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = duplicates_run,
};

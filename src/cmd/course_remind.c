/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `course remind`: who is still short, and of what, for a mail merge.
 */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/credit_explain.h"
#include "cmd/credit_rows.h"
#include "cmd/waiting.h"
#include "core/credit_report.h"
#include "util/memory.h"

static const struct column columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
	{ .key = "external_id", .kind = COLUMN_TEXT },
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "course_title", .kind = COLUMN_TEXT },
	{ .key = "minutes_attended", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "minutes_total", .title = "of", .kind = COLUMN_INTEGER },
	{ .key = "missing", .title = "missing", .kind = COLUMN_TEXT },
	{ .key = "due", .title = "due", .kind = COLUMN_CODE },
	{ .key = "reasons", .kind = COLUMN_SET },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

struct reminding {
	struct context *context;
	bool is_begun;
};

static void begin(const struct credit_report_head *head, void *data)
{
	struct reminding *reminding = data;
	struct output *output = reminding->context->output;

	(void)head;
	if (reminding->is_begun)
		output_restart(output);
	reminding->is_begun = true;
	output_list_begin(output, NULL, NULL, columns, COLUMN_COUNT);
}

/* The first day on which something that is missing is due. */
static void write_due(const struct credit_row *row, struct str *ret)
{
	bool has_due = false;
	zone_day due_day = 0;

	for (size_t i = 0; i < row->course->requirement_count; i++) {
		const struct course_requirement *requirement = &row->course->requirements[i];
		if (row->asked->results[i] != MARK_NONE || !requirement->has_due ||
			(has_due && requirement->due_day >= due_day))
			continue;
		has_due = true;
		due_day = requirement->due_day;
	}
	if (has_due)
		date_write(due_day, ret);
}

static void write_missing(const struct credit_row *row, struct str *ret)
{
	CLEANUP(str_free) struct str need = STR_INIT;

	for (size_t i = 0; i < row->outcome->reason_count; i++) {
		credit_explain_need(row, &row->outcome->reasons[i], &need);
		str_addf(ret, "%s%s", i > 0 ? "; " : "", need.text);
	}
}

static enum status put_row(const struct credit_row *row, void *data, struct error *error)
{
	const struct reminding *reminding = data;
	struct output *output = reminding->context->output;
	const struct roll_row *person = row->person->row;
	CLEANUP(str_free) struct str missing = STR_INIT;
	CLEANUP(str_free) struct str due = STR_INIT;
	CLEANUP(str_free) struct str reasons = STR_INIT;

	/* Nobody can be written to who was erased. */
	if (row->outcome->decision != CREDIT_PENDING || person->is_erased)
		return STATUS_OK;
	write_missing(row, &missing);
	write_due(row, &due);
	credit_reasons_write(row->settings, row->outcome, &reasons);
	output_integer(output, person->registrant_id);
	output_text(output, row->person->name);
	output_text(output, person->email);
	output_text(output, person->external_id);
	output_text(output, row->course->code);
	output_text(output, row->course->title[0] != '\0' ? row->course->title : NULL);
	output_integer(output, whole_minutes(row->outcome->attended_s));
	output_integer(output, whole_minutes(row->outcome->total_s));
	output_text(output, missing.text);
	output_text(output, due.length > 0 ? due.text : NULL);
	output_text(output, reasons.text);
	return output_row_end(output, error);
}

static void notice(void *data)
{
	const struct reminding *reminding = data;

	say_doors_wait(reminding->context);
}

static enum status run(struct context *context, struct error *error)
{
	struct reminding reminding = { .context = context };
	const struct credit_report_options options = {
		.event = context->event,
		.course = options_arguments(context->options, NULL)[0],
		.as_of_s = context->now_s(context),
	};
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = notice,
		.data = &reminding,
	};

	enum status status = credit_report(context->db, &options, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

const struct command cmd_course_remind = {
	.name = "course remind",
	.summary = "who can still earn a course's credit, and of what they are short",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.default_format = FORMAT_CSV,
	.run = run,
};

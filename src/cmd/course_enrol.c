/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/lines_in.h"
#include "core/enrolment.h"
#include "core/event.h"
#include "util/memory.h"

#include <string.h>

enum {
	PROBLEMS_SHOWN_MAX = 50,
};

static const struct option enrol_options[] = {
	{ .kind = OPTION_FILE,
		.name = "file",
		.value = "FILE",
		.help = "take those named in FILE, one a line ('-': standard input)" },
	{ .kind = OPTION_END },
};

static const struct column enrol_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "enrolled", .title = "enrolled", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "were already", .kind = COLUMN_INTEGER },
};
static const struct column unenrol_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "unenrolled", .title = "taken out", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "were not in it", .kind = COLUMN_INTEGER },
};
#define COLUMN_COUNT (sizeof enrol_columns / sizeof enrol_columns[0])

/* Those who are not known: the last one waits, as it may be the only one. */
struct problems {
	const struct diagnostics *diagnostics;
	const struct lines *lines; /* NULL: named on the command line */
	struct error last;
	size_t last_index;
	size_t count;
};

static void prefix_line(const struct problems *problems, struct error *error)
{
	if (problems->lines != NULL)
		(void)error_prefix(error, "%s:%zu", problems->lines->name,
			problems->lines->numbers[problems->last_index]);
}

static void say_last(struct problems *problems)
{
	if (problems->count > PROBLEMS_SHOWN_MAX)
		return;
	prefix_line(problems, &problems->last);
	say_error(problems->diagnostics, &problems->last);
}

static void take_problem(size_t index, const struct error *problem, void *data)
{
	struct problems *problems = data;

	if (problems->count > 0)
		say_last(problems);
	problems->count++;
	problems->last = *problem;
	problems->last_index = index;
}

/* What is said in the end: the one problem itself, or how many there were. */
static enum status fail(struct problems *problems, const struct enrolment_request *request,
	struct error *error)
{
	if (problems->count == 1) {
		*error = problems->last;
		prefix_line(problems, error);
		return error->status;
	}
	say_last(problems);
	return error_set(error, STATUS_NOT_FOUND, "%zu of %zu are not known: nobody was %s",
		problems->count, request->count, request->takes_out ? "taken out" : "enrolled");
}

static enum status change(struct context *context, const struct enrolment_request *base,
	struct problems *problems, struct error *error)
{
	const struct actor actor = {
		.name = context->actor,
		.now_s = context->now_s(context),
	};
	struct enrolment_request request = *base;
	struct enrolment_result result;

	request.event_id = context->event->id;
	request.course = options_arguments(context->options, NULL)[0];
	request.problem = take_problem;
	request.data = problems;
	enum status status = enrolment_change(context->db, &actor, &request, &result, error);
	if (problems->count > 0 && status == STATUS_NOT_FOUND)
		return fail(problems, &request, error);
	if (status != STATUS_OK)
		return status;
	output_record_begin(context->output, NULL, NULL,
		request.takes_out ? unenrol_columns : enrol_columns, COLUMN_COUNT);
	output_text(context->output, request.course);
	output_integer(context->output, result.changed);
	output_integer(context->output, result.unchanged);
	output_record_end(context->output);
	return STATUS_OK;
}

static enum status run(struct context *context, bool takes_out, struct error *error)
{
	CLEANUP(lines_free) struct lines lines = LINES_INIT;
	struct problems problems = { .diagnostics = context->diagnostics };
	struct enrolment_request request = { .takes_out = takes_out };
	const char *file = options_text(context->options, "file");
	size_t count;
	const char *const *arguments = options_arguments(context->options, &count);

	if (file == NULL) {
		request.who = arguments + 1;
		request.count = count - 1;
		return change(context, &request, &problems, error);
	}
	enum status status = lines_read(file, &lines, error);
	if (status != STATUS_OK)
		return status;
	problems.lines = &lines;
	request.who = (const char *const *)lines.all;
	request.count = lines.count;
	return change(context, &request, &problems, error);
}

static enum status check(struct context *context, struct error *error)
{
	size_t count;

	(void)options_arguments(context->options, &count);
	bool has_file = options_given(context->options, "file");
	if (!has_file && count < 2) {
		(void)error_set(error, STATUS_USAGE, "nobody is named");
		return error_hint(error, "name people by WHO, or in a file with --file FILE");
	}
	if (has_file && count > 1)
		return error_set(error, STATUS_USAGE, "people are named both here and by --file");
	return STATUS_OK;
}

static enum status enrol_run(struct context *context, struct error *error)
{
	return run(context, false, error);
}

const struct command cmd_course_enrol = {
	.name = "course enrol",
	.summary = "enrol people in a course",
	.arguments = "CODE WHO…",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = enrol_options,
	.min_arguments = 1,
	.max_arguments = -1,
	.check = check,
	.run = enrol_run,
};

static enum status unenrol_run(struct context *context, struct error *error)
{
	return run(context, true, error);
}

const struct command cmd_course_unenrol = {
	.name = "course unenrol",
	.summary = "take people out of a course",
	.arguments = "CODE WHO…",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = enrol_options,
	.min_arguments = 1,
	.max_arguments = -1,
	.check = check,
	.run = unenrol_run,
};

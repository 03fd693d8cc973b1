/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `course mark`: results in a course's requirements, of one person or of a class.
 */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "core/event.h"
#include "core/mark.h"
#include "util/csv_in.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const results[] = { "pass", "fail", "excused", "absent", "none", NULL };
static const char *const excludes_file[] = { "file", NULL };
static const char *const excludes_one[] = { "requirement", "result", NULL };

static const struct option mark_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "requirement",
		.value = "NAME",
		.help = "the requirement (default: the only one)",
		.excludes = excludes_file },
	{ .kind = OPTION_CHOICE,
		.name = "result",
		.value = "pass|fail|excused|absent|none",
		.help = "what came of it; none: take an earlier result away",
		.choices = results,
		.excludes = excludes_file },
	{ .kind = OPTION_FILE,
		.name = "file",
		.value = "FILE",
		.help = "CSV with the columns who, requirement and result ('-': standard input)",
		.excludes = excludes_one },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "marked", .title = "marked", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* The entries of a file, with the lines where they stand. */
struct class_file {
	const char *name;
	struct mark_entry *entries; /* whose texts are owned */
	size_t *lines;
	size_t count;
	size_t problems;
};

static void free_file(struct class_file *file)
{
	for (size_t i = 0; i < file->count; i++) {
		free((char *)file->entries[i].who);
		free((char *)file->entries[i].requirement);
	}
	free(file->entries);
	free(file->lines);
}

struct marking {
	struct context *context;
	struct class_file file;
	bool has_file;
	struct error last; /* waits, as it may be the only one */
	size_t problems;
};

static void say_last(struct marking *marking)
{
	say_error(marking->context->diagnostics, &marking->last);
}

static void take_problem(size_t index, const struct error *problem, void *data)
{
	struct marking *marking = data;

	if (marking->problems++ > 0)
		say_last(marking);
	marking->last = *problem;
	if (marking->has_file)
		(void)error_prefix(&marking->last, "%s:%zu", marking->file.name,
			marking->file.lines[index]);
}

static void say_stranger(const struct registrant *registrant, void *data)
{
	const struct marking *marking = data;

	say_notice(marking->context->diagnostics, "@%lld %s is not enrolled in the course",
		(long long)registrant->id, registrant_display_name(registrant));
}

/* --- The file --- */

enum class_column {
	CLASS_WHO,
	CLASS_REQUIREMENT,
	CLASS_RESULT,
	CLASS_COLUMN_COUNT,
};

static const char *const class_columns[CLASS_COLUMN_COUNT] = { "who", "requirement", "result" };

static enum status find_columns(const struct csv_in *in, size_t ret_places[CLASS_COLUMN_COUNT],
	struct error *error)
{
	const struct csv_row *header = csv_in_header(in);

	for (size_t i = 0; i < CLASS_COLUMN_COUNT; i++) {
		size_t place = 0;
		while (place < header->width) {
			CLEANUP(str_free) struct str key = STR_INIT;
			text_header_key(header->cells[place], &key);
			if (strcmp(key.text, class_columns[i]) == 0)
				break;
			place++;
		}
		ret_places[i] = place;
		if (place < header->width)
			continue;
		(void)error_set(error, STATUS_REJECTED, "%s: there is no column '%s'",
			csv_in_name(in), class_columns[i]);
		return error_hint(error, "the columns are who, requirement and result");
	}
	return STATUS_OK;
}

static void add_entry(struct class_file *file, const struct csv_row *row,
	const size_t places[CLASS_COLUMN_COUNT], enum mark_result result)
{
	size_t count = file->count++;

	file->entries = xreallocarray(file->entries, count + 1, sizeof *file->entries);
	file->lines = xreallocarray(file->lines, count + 1, sizeof *file->lines);
	file->lines[count] = row->line;
	file->entries[count] = (struct mark_entry){
		.who = xstrdup(row->cells[places[CLASS_WHO]]),
		.requirement = xstrdup(row->cells[places[CLASS_REQUIREMENT]]),
		.result = result,
	};
}

/* Bad rows are all named; the file is refused by them. */
static void take_row(struct marking *marking, const struct csv_row *row, size_t width,
	const size_t places[CLASS_COLUMN_COUNT])
{
	struct class_file *file = &marking->file;
	CLEANUP(str_free) struct str word = STR_INIT;
	enum mark_result result = MARK_NONE;

	if (row->width != width) {
		file->problems++;
		say_problem(marking->context->diagnostics, "%s:%zu: %zu cells, the header has %zu",
			file->name, row->line, row->width, width);
		return;
	}
	text_fold(row->cells[places[CLASS_RESULT]], &word);
	if (!mark_result_parse(word.text, &result)) {
		file->problems++;
		say_problem(marking->context->diagnostics,
			"%s:%zu: result: '%s' is none of pass, fail, excused, absent and none",
			file->name, row->line, row->cells[places[CLASS_RESULT]]);
		return;
	}
	add_entry(file, row, places, result);
}

static enum status read_file(struct marking *marking, const char *path, struct error *error)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	const struct csv_in_options options = { .delimiter = 0 };
	struct class_file *file = &marking->file;
	size_t places[CLASS_COLUMN_COUNT];
	const struct csv_row *row;

	file->name = strcmp(path, "-") == 0 ? "standard input" : path;
	marking->has_file = true;
	enum status status = csv_in_open(path, &options, &in, error);
	if (status == STATUS_OK)
		status = find_columns(in, places, error);
	if (status != STATUS_OK)
		return status;
	size_t width = csv_in_header(in)->width;
	status = csv_in_next(in, &row, error);
	while (status == STATUS_OK && row != NULL) {
		take_row(marking, row, width, places);
		status = csv_in_next(in, &row, error);
	}
	if (status == STATUS_OK && file->problems > 0)
		return error_set(error, STATUS_REJECTED, "%s: nothing was marked: %zu bad row%s",
			file->name, file->problems, file->problems == 1 ? "" : "s");
	if (status == STATUS_OK && file->count == 0)
		return error_set(error, STATUS_REJECTED, "%s: there are no rows", file->name);
	return status;
}

/* --- The command --- */

static enum status mark(struct marking *marking, const struct mark_entry *entries, size_t count,
	struct error *error)
{
	struct context *context = marking->context;
	const struct actor actor = common_actor(context);
	const struct mark_request request = {
		.event_id = context->event->id,
		.course = options_arguments(context->options, NULL)[0],
		.entries = entries,
		.count = count,
		.problem = take_problem,
		.stranger = say_stranger,
		.data = marking,
	};
	struct mark_totals totals;

	enum status status = mark_all(context->db, &actor, &request, &totals, error);
	if (marking->problems == 1) {
		*error = marking->last;
		return error->status;
	}
	if (marking->problems > 1) {
		say_last(marking);
		return error_set(error, STATUS_NOT_FOUND,
			"%zu of %zu are not known: "
			"nothing was marked",
			marking->problems, count);
	}
	if (status != STATUS_OK)
		return status;
	output_record_begin(context->output, NULL, NULL, columns, COLUMN_COUNT);
	output_text(context->output, request.course);
	output_integer(context->output, totals.marked);
	output_integer(context->output, totals.unchanged);
	output_record_end(context->output);
	return STATUS_OK;
}

static enum status mark_run(struct context *context, struct error *error)
{
	struct marking marking = { .context = context };
	const struct options *options = context->options;
	const char *path = options_text(options, "file");
	size_t count;
	const char *const *arguments = options_arguments(options, &count);
	enum status status;

	if (path != NULL) {
		status = read_file(&marking, path, error);
		if (status == STATUS_OK)
			status = mark(&marking, marking.file.entries, marking.file.count, error);
		free_file(&marking.file);
		return status;
	}
	struct mark_entry *entries = xcalloc(count, sizeof *entries);
	for (size_t i = 1; i < count; i++) {
		entries[i - 1].who = arguments[i];
		entries[i - 1].requirement = options_text(options, "requirement");
		(void)mark_result_parse(options_text(options, "result"), &entries[i - 1].result);
	}
	status = mark(&marking, entries, count - 1, error);
	free(entries);
	return status;
}

static enum status mark_check(struct context *context, struct error *error)
{
	const struct options *options = context->options;
	size_t count;

	(void)options_arguments(options, &count);
	if (options_given(options, "file")) {
		if (count > 1)
			return error_set(error, STATUS_USAGE,
				"people are named both here and by --file");
		return STATUS_OK;
	}
	if (count < 2) {
		(void)error_set(error, STATUS_USAGE, "nobody is named");
		return error_hint(error, "name people by WHO, or a class with --file FILE");
	}
	if (!options_given(options, "result"))
		return error_set(error, STATUS_USAGE, "--result is missing");
	return STATUS_OK;
}

const struct command cmd_course_mark = {
	.name = "course mark",
	.summary = "note somebody's result in a requirement of a course",
	.arguments = "CODE WHO…",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = mark_options,
	.min_arguments = 1,
	.max_arguments = -1,
	.check = mark_check,
	.run = mark_run,
};

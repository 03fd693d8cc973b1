/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme_import.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/import_place.h"
#include "core/event.h"
#include "core/schedule_in.h"
#include "util/csv_in.h"
#include "util/memory.h"
#include "util/text_in.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
	SHOWN_MAX = 50, /* of errors and warnings on the screen */
};

static const struct option options[] = {
	{ .kind = OPTION_FLAG,
		.name = "replace",
		.help = "the file is the whole programme: what it does not name goes" },
	{ .kind = OPTION_FLAG, .name = "dry-run", .help = "do everything but write" },
	{ .kind = OPTION_TEXT,
		.name = "delimiter",
		.value = "C",
		.help = "what divides the cells: ',', ';', '|' or 'tab' (default: found out)" },
	{ .kind = OPTION_TEXT,
		.name = "encoding",
		.value = "NAME",
		.help = "encoding of the file, such as windows-1252 (default: found out)" },
	{ .kind = OPTION_END },
};

static const struct column error_columns[] = {
	{ .key = "line", .kind = COLUMN_INTEGER },
	{ .key = "column", .kind = COLUMN_TEXT },
	{ .key = "message", .kind = COLUMN_TEXT },
};

static const struct column columns[] = {
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT },
	{ .key = "rows", .title = "rows", .kind = COLUMN_INTEGER },
	{ .key = "sessions_added", .title = "sessions added", .kind = COLUMN_INTEGER },
	{ .key = "sessions_updated", .title = "updated", .kind = COLUMN_INTEGER },
	{ .key = "sessions_unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
	{ .key = "sessions_removed", .title = "removed", .kind = COLUMN_INTEGER },
	{ .key = "items_added", .title = "items added", .kind = COLUMN_INTEGER },
	{ .key = "items_updated", .title = "updated", .kind = COLUMN_INTEGER },
	{ .key = "items_unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
	{ .key = "items_removed", .title = "removed", .kind = COLUMN_INTEGER },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
};

static void put_counts(struct output *output, const size_t counts[static PLAN_CHANGE_COUNT])
{
	output_integer(output, (int64_t)counts[PLAN_ADDED]);
	output_integer(output, (int64_t)counts[PLAN_UPDATED]);
	output_integer(output, (int64_t)counts[PLAN_UNCHANGED]);
	output_integer(output, (int64_t)counts[PLAN_REMOVED]);
}

static enum status put_errors(struct output *output, const struct row_errors *errors,
	struct error *error)
{
	enum status status = STATUS_OK;

	output_list_begin(output, "errors", NULL, error_columns,
		sizeof error_columns / sizeof error_columns[0]);
	for (size_t i = 0; i < errors->count && status == STATUS_OK; i++) {
		const struct row_error *row = &errors->all[i];
		if (row->line != 0)
			output_integer(output, (int64_t)row->line);
		else
			output_null(output);
		output_text(output, row->column);
		output_text(output, row->message);
		status = output_row_end(output, error);
	}
	output_list_end(output);
	return status;
}

static enum status put_report(const struct context *context, const char *file,
	const struct programme_import_report *report, struct error *error)
{
	struct output *output = context->output;

	output_list_begin(output, NULL, NULL, columns, sizeof columns / sizeof columns[0]);
	output_text(output, file);
	output_integer(output, (int64_t)report->row_count);
	put_counts(output, report->sessions);
	put_counts(output, report->items);
	output_boolean(output, options_flag(context->options, "dry-run"));
	enum status status = put_errors(output, &report->errors, error);
	if (status == STATUS_OK)
		status = output_row_end(output, error);
	output_list_end(output);
	return status;
}

typedef void say_function(const struct diagnostics *diagnostics, const char *format, ...);

static void say_rows(const struct context *context, const char *file,
	const struct row_errors *errors, say_function *say)
{
	for (size_t i = 0; i < errors->count && i < SHOWN_MAX; i++) {
		const struct row_error *row = &errors->all[i];
		const char *column = row->column != NULL ? row->column : "";
		const char *colon = row->column != NULL ? ": " : "";

		if (row->line != 0)
			say(context->diagnostics, "%s:%zu: %s%s%s", file, row->line, column, colon,
				row->message);
		else
			say(context->diagnostics, "%s: %s%s%s", file, column, colon, row->message);
	}
	if (errors->count > SHOWN_MAX)
		say(context->diagnostics, "%s: and %zu more", file, errors->count - SHOWN_MAX);
}

static const char *delimiter(const struct context *context)
{
	const char *text = options_text(context->options, "delimiter");

	if (text == NULL)
		return "";
	return strcasecmp(text, "tab") == 0 || strcmp(text, "\\t") == 0 ? "\t" : text;
}

static enum status import_check(struct context *context, struct error *error)
{
	const char *character = delimiter(context);
	const char *encoding = options_text(context->options, "encoding");

	if (character[0] != '\0' && (character[1] != '\0' || strchr(",;|\t", character[0]) == NULL))
		return error_set(error, STATUS_USAGE,
			"--delimiter: '%s' is none of ',' ';' '|' 'tab'", character);
	return encoding != NULL ? csv_in_check_encoding(encoding, error) : STATUS_OK;
}

/* One run: the file, of one of two kinds, and where it goes. */
struct run {
	struct context *context;
	struct csv_in *csv;
	struct schedule_in *schedule;
	struct schedule_conference conference;
	struct import_place place;
	struct programme_import_report report;
	bool is_dry;
};

/* A schedule.json is known by its first character. */
static enum status open_file(struct run *run, struct error *error)
{
	CLEANUP(text_in_closep) struct text_in *text = NULL;
	const struct options *given = run->context->options;
	const struct csv_in_options csv_options = {
		.delimiter = delimiter(run->context)[0],
		.encoding = options_text(given, "encoding"),
		.takes_any_header = true, /* named with the columns there are */
	};
	bool is_json = false;

	enum status status =
		text_in_open(options_arguments(given, NULL)[0], csv_options.encoding, &text, error);
	if (status == STATUS_OK)
		status = schedule_in_recognise(text, &is_json, error);
	if (status != STATUS_OK)
		return status;
	if (is_json)
		return schedule_in_read(text, &run->schedule, error);
	struct text_in *csv = text;
	text = NULL;
	return csv_in_open_text(csv, &csv_options, &run->csv, error);
}

/* An empty file counts as no database. */
static bool is_missing(const char *path)
{
	struct stat file;

	return stat(path, &file) != 0 || (S_ISREG(file.st_mode) && file.st_size == 0);
}

/* A schedule says what its event is: it needs no database before it. */
static enum status open_place(struct run *run, const struct actor *actor, struct error *error)
{
	struct import_place *place = &run->place;
	enum status status = STATUS_OK;

	place->must_exist = run->schedule == NULL;
	place->lends_dry = true;
	if (run->schedule != NULL && is_missing(run->context->db_path))
		status = schedule_in_conference(run->schedule, &run->conference, error);
	place->new_code = run->conference.code;
	place->new_event = &run->conference.change;
	if (status == STATUS_OK)
		status = import_place_open(run->context, actor, run->is_dry, place, error);
	return status;
}

static enum status put_result(struct run *run, enum status status, struct error *error)
{
	const char *name = run->schedule != NULL ? run->schedule->name : csv_in_name(run->csv);
	struct context *context = run->context;
	struct error report_error = ERROR_INIT;

	say_rows(context, name, &run->report.warnings, say_notice);
	say_rows(context, name, &run->report.errors, say_problem);
	if (status != STATUS_OK && (status != STATUS_REJECTED || run->report.errors.count == 0))
		return status;
	if (put_report(context, name, &run->report, &report_error) != STATUS_OK) {
		*error = report_error;
		return error->status;
	}
	context->has_result = true;
	return status;
}

static enum status go(struct run *run, struct error *error)
{
	struct context *context = run->context;
	const struct actor actor = { .name = context->actor, .now_s = context->now_s(context) };

	enum status status = open_file(run, error);
	if (status == STATUS_OK)
		status = open_place(run, &actor, error);
	if (status != STATUS_OK)
		return status;
	const struct programme_import import = {
		.event = run->place.event,
		.zone = run->place.zone,
		.csv = run->csv,
		.schedule = run->schedule,
		.replace = options_flag(context->options, "replace"),
		.is_dry_run = run->is_dry,
	};
	status = programme_import(run->place.db, &actor, &import, &run->report, error);
	status = put_result(run, status, error);
	if (status == STATUS_OK)
		status = import_place_finish(context, &run->place, run->is_dry, error);
	return status;
}

static enum status import_run(struct context *context, struct error *error)
{
	struct run run = {
		.context = context,
		.report = PROGRAMME_IMPORT_REPORT_INIT,
		.is_dry = options_flag(context->options, "dry-run"),
	};

	enum status status = go(&run, error);
	programme_import_report_free(&run.report);
	import_place_close(&run.place);
	schedule_conference_free(&run.conference);
	schedule_in_free(run.schedule);
	csv_in_close(run.csv);
	return status;
}

const struct command cmd_programme_import = {
	.name = "programme import",
	.summary = "take sessions and talks in from a CSV file or a schedule.json",
	.arguments = "FILE",
	.argument_kind = ARGUMENTS_INPUT,
	.group = GROUP_PROGRAMME,
	.needs = NEEDS_OUTPUT,
	.options = options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = import_check,
	.run = import_run,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `attendance import`: reports of meetings, and facts in our own columns.
 */
#include "core/attendance_import.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "util/csv_in.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

enum {
	SHOWN_MAX = 50, /* of errors and warnings on the screen */
};

static const char *const sources[] = { "auto", "zoom", "teams", "meet", "csv", NULL };

static const struct option import_options[] = {
	{ .kind = OPTION_CHOICE,
		.name = "source",
		.value = "auto|zoom|teams|meet|csv",
		.help = "whose report it is (default: found out by its columns)",
		.choices = sources },
	{ .kind = OPTION_TEXT,
		.name = "session",
		.value = "CODE",
		.help = "of this session (default: of all that its rows touch)",
		.is_repeatable = true },
	{ .kind = OPTION_FILE,
		.name = "matches",
		.value = "FILE",
		.help = "who the participants are: the file of --unmatched, filled in" },
	{ .kind = OPTION_OUTPUT,
		.name = "unmatched",
		.value = "FILE",
		.help = "write those who were not found to FILE, with who comes near" },
	{ .kind = OPTION_ZONE,
		.name = "zone",
		.value = "ZONE",
		.help = "of the report's clock (default: the event's)" },
	{ .kind = OPTION_TEXT,
		.name = "encoding",
		.value = "NAME",
		.help = "encoding of the file (default: found out)" },
	{ .kind = OPTION_FLAG, .name = "dry-run", .help = "do everything but write" },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "source", .title = "source", .kind = COLUMN_CODE },
	{ .key = "rows", .title = "rows", .kind = COLUMN_INTEGER },
	{ .key = "matched", .title = "matched", .kind = COLUMN_INTEGER },
	{ .key = "unmatched", .title = "unmatched", .kind = COLUMN_INTEGER },
	{ .key = "ignored", .title = "ignored", .kind = COLUMN_INTEGER },
	{ .key = "people", .title = "people", .kind = COLUMN_INTEGER },
	{ .key = "minutes", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "added", .title = "added", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const struct column error_columns[] = {
	{ .key = "line", .kind = COLUMN_INTEGER },
	{ .key = "column", .kind = COLUMN_TEXT },
	{ .key = "message", .kind = COLUMN_TEXT },
};
#define ERROR_COLUMN_COUNT (sizeof error_columns / sizeof error_columns[0])

static const struct column unmatched_columns[] = {
	{ .key = "name", .kind = COLUMN_TEXT },
	{ .key = "email", .kind = COLUMN_TEXT },
	{ .key = "first_in", .kind = COLUMN_TIME },
	{ .key = "last_out", .kind = COLUMN_TIME },
	{ .key = "candidates", .kind = COLUMN_TEXT },
	{ .key = "registrant", .kind = COLUMN_TEXT },
};
#define UNMATCHED_COLUMN_COUNT (sizeof unmatched_columns / sizeof unmatched_columns[0])

/* --- What came of it --- */

static enum status put_errors(struct output *output, const struct row_errors *errors,
	struct error *error)
{
	for (size_t i = 0; i < errors->count; i++) {
		const struct row_error *row = &errors->all[i];
		if (row->line != 0)
			output_integer(output, (int64_t)row->line);
		else
			output_null(output);
		output_text(output, row->column);
		output_text(output, row->message);
		enum status status = output_row_end(output, error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status put_report(const struct context *context, const char *file,
	const struct attendance_import_report *report, struct error *error)
{
	struct output *output = context->output;

	output_list_begin(output, NULL, NULL, columns, COLUMN_COUNT);
	output_text(output, file);
	output_text(output, meeting_source_word(report->source));
	output_integer(output, report->rows);
	output_integer(output, report->matched);
	output_integer(output, report->unmatched);
	output_integer(output, report->ignored);
	output_integer(output, report->people);
	output_integer(output, report->minutes);
	output_integer(output, report->added);
	output_integer(output, report->known);
	output_boolean(output, options_flag(context->options, "dry-run"));
	if (report->import_id != 0)
		output_integer(output, report->import_id);
	else
		output_null(output);
	/* On a screen they stand on standard error. */
	output_list_begin(output, "errors", NULL, error_columns, ERROR_COLUMN_COUNT);
	enum status status = put_errors(output, &report->errors, error);
	if (status == STATUS_OK)
		status = put_errors(output, &report->warnings, error);
	output_list_end(output);
	if (status == STATUS_OK)
		status = output_row_end(output, error);
	output_list_end(output);
	return status;
}

static enum status put_unmatched(struct output *output,
	const struct attendance_import_report *report, struct error *error)
{
	enum status status = STATUS_OK;

	output_list_begin(output, NULL, NULL, unmatched_columns, UNMATCHED_COLUMN_COUNT);
	for (size_t i = 0; i < report->participants.count && status == STATUS_OK; i++) {
		const struct meeting_person *person = &report->participants.all[i];
		if (person->match != MEETING_UNMATCHED)
			continue;
		output_text(output, person->name);
		output_text(output, person->email);
		output_time(output, person->first_s);
		output_time(output, person->last_s);
		output_text(output, person->candidates.text);
		output_null(output);
		status = output_row_end(output, error);
	}
	output_list_end(output);
	return status;
}

/* Names are personal: the file is the user's alone. */
static enum status write_unmatched(const struct context *context,
	const struct attendance_import_report *report, struct error *error)
{
	CLEANUP(output_closep) struct output *output = NULL;
	const struct output_settings settings = {
		.format = FORMAT_CSV,
		.path = options_text(context->options, "unmatched"),
		.is_private = true,
		.csv_crlf = options_flag(context->options, "crlf"),
		.csv_bom = options_flag(context->options, "bom"),
		.csv_raw = options_flag(context->options, "raw"),
	};

	if (settings.path == NULL)
		return STATUS_OK;
	enum status status = output_open(&settings, &output, error);
	if (status != STATUS_OK)
		return status;
	output_set_zone(output, context->zone);
	status = put_unmatched(output, report, error);
	return status == STATUS_OK ? output_finish(output, error) : status;
}

typedef void say_function(const struct diagnostics *diagnostics, const char *format, ...);

static void say_rows(const struct context *context, const char *file,
	const struct row_errors *errors, say_function *say)
{
	for (size_t i = 0; i < errors->count && i < SHOWN_MAX; i++) {
		const struct row_error *row = &errors->all[i];
		say(context->diagnostics, "%s:%zu: %s%s%s", file, row->line,
			row->column != NULL ? row->column : "", row->column != NULL ? ": " : "",
			row->message);
	}
	if (errors->count > SHOWN_MAX)
		say(context->diagnostics, "%s: and %zu more ('-f json' lists all)", file,
			errors->count - SHOWN_MAX);
}

static void say_findings(const struct context *context, const char *file,
	const struct attendance_import_report *report)
{
	const struct diagnostics *diagnostics = context->diagnostics;

	say_rows(context, file, &report->warnings, say_notice);
	if (report->nul_count > 0)
		say_notice(diagnostics, "%s: %lld NUL byte%s left out", file,
			(long long)report->nul_count, report->nul_count == 1 ? " was" : "s were");
	if (report->upper_bounds > 0)
		say_notice(diagnostics,
			"%s: %lld stay%s lasted less than from joining to leaving, by the report's "
			"own durations: what counts is an upper bound",
			file, (long long)report->upper_bounds,
			report->upper_bounds == 1 ? "" : "s");
	if (report->rows > 0 && report->people == 0 && report->unmatched < report->rows)
		say_notice(diagnostics, "%s: no row of anybody known touches a session%s", file,
			options_given(context->options, "zone")
				? ""
				: ": is the report's clock in another zone (--zone)?");
	if (report->unmatched > 0 && !options_given(context->options, "unmatched"))
		say_notice(diagnostics,
			"%s: who %lld row%s of is not known: --unmatched FILE writes them down, and "
			"--matches FILE takes them back, filled in",
			file, (long long)report->unmatched,
			report->unmatched == 1 ? " is" : "s are");
}

/* --- The command --- */

static enum status open_zone(const struct context *context, struct zone **ret_zone,
	struct error *error)
{
	const char *name = options_text(context->options, "zone");

	return name != NULL ? zone_open(name, ret_zone, error) : STATUS_OK;
}

static enum status run(struct context *context, struct error *error)
{
	CLEANUP(attendance_import_report_free)
	struct attendance_import_report report = ATTENDANCE_IMPORT_REPORT_INIT;
	CLEANUP(zone_closep) struct zone *zone = NULL;
	const struct options *options = context->options;
	const struct actor actor = common_actor(context);
	const char *source = options_text(options, "source");
	const char *path = options_arguments(options, NULL)[0];
	const char *file = strcmp(path, "-") == 0 ? "standard input" : path;
	struct attendance_import_request request = {
		.event = context->event,
		.path = path,
		.matches = options_text(options, "matches"),
		.encoding = options_text(options, "encoding"),
		.is_dry_run = options_flag(options, "dry-run"),
	};

	enum status status = open_zone(context, &zone, error);
	if (status != STATUS_OK)
		return status;
	request.zone = zone != NULL ? zone : context->zone;
	request.sessions = options_list(options, "session", &request.session_count);
	if (source != NULL)
		(void)meeting_source_parse(source, &request.source);
	status = attendance_import(context->db, &actor, &request, &report, error);
	say_rows(context, file, &report.errors, say_problem);
	bool is_told = status == STATUS_REJECTED && report.errors.count > 0;
	if (status != STATUS_OK && !is_told)
		return status;
	if (status == STATUS_OK)
		say_findings(context, file, &report);
	struct error problem = ERROR_INIT;
	enum status shown = put_report(context, file, &report, &problem);
	if (shown == STATUS_OK && status == STATUS_OK)
		shown = write_unmatched(context, &report, &problem);
	if (shown != STATUS_OK) {
		*error = problem;
		return shown;
	}
	context->has_result = true;
	return status;
}

static enum status check(struct context *context, struct error *error)
{
	const char *encoding = options_text(context->options, "encoding");
	const char *matches = options_text(context->options, "matches");

	if (matches != NULL && strcmp(matches, "-") == 0 &&
		strcmp(options_arguments(context->options, NULL)[0], "-") == 0)
		return error_set(error, STATUS_USAGE, "standard input ('-') is named twice");
	return encoding != NULL ? csv_in_check_encoding(encoding, error) : STATUS_OK;
}

const struct command cmd_attendance_import = {
	.name = "attendance import",
	.summary = "take attendance in from a meeting report or a CSV file",
	.arguments = "FILE",
	.argument_kind = ARGUMENTS_INPUT,
	.group = GROUP_ATTENDANCE,
	.needs = NEEDS_DB_WRITE | NEEDS_DRY_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = import_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = check,
	.run = run,
};

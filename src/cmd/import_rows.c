/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_rows.h"

#include "cmd/seats_rows.h"
#include "util/memory.h"

#include <string.h>

enum {
	ERRORS_SHOWN_MAX = 50,
};

static const struct column report_columns[] = {
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "rows", .title = "rows", .kind = COLUMN_INTEGER },
	{ .key = "added", .title = "added", .kind = COLUMN_INTEGER },
	{ .key = "updated", .title = "updated", .kind = COLUMN_INTEGER },
	{ .key = "unchanged", .title = "unchanged", .kind = COLUMN_INTEGER },
	{ .key = "kept", .title = "status kept", .kind = COLUMN_INTEGER },
	{ .key = "rejected", .title = "rejected", .kind = COLUMN_INTEGER },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "courses_created", .title = "courses created", .kind = COLUMN_SET },
	{ .key = "waitlisted", .title = "waitlisted", .kind = COLUMN_INTEGER },
	{ .key = "promoted", .title = "given a seat", .kind = COLUMN_INTEGER },
	{ .key = "erased", .title = "left out", .kind = COLUMN_INTEGER },
};
#define COLUMN_COUNT  (sizeof report_columns / sizeof report_columns[0])
#define SEATS_COLUMN  (COLUMN_COUNT - 3)
#define ERASED_COLUMN (COLUMN_COUNT - 1)

static const struct column error_columns[] = {
	{ .key = "line", .title = "line", .kind = COLUMN_INTEGER },
	{ .key = "column", .title = "column", .kind = COLUMN_TEXT },
	{ .key = "message", .title = "problem", .kind = COLUMN_TEXT },
};
#define ERROR_COLUMN_COUNT (sizeof error_columns / sizeof error_columns[0])

static enum status put_error(const struct stage_error *row, void *data, struct error *error)
{
	struct output *output = data;

	if (row->line > 0)
		output_integer(output, row->line);
	else
		output_null(output);
	output_text(output, row->column);
	output_text(output, row->message);
	return output_row_end(output, error);
}

static int64_t count_erased(const struct import *import)
{
	int64_t count = 0;

	for (size_t i = 0; i < import_file_count(import); i++)
		count += import_report_of(import, i).erased;
	return count;
}

enum status import_put_reports(struct output *output, struct import *import, bool is_dry,
	struct error *error)
{
	struct column shown[COLUMN_COUNT];

	/* In a table only where there is something to say. */
	memcpy(shown, report_columns, sizeof report_columns);
	for (size_t i = SEATS_COLUMN; i < ERASED_COLUMN && !import_seats(import)->has_capacity; i++)
		shown[i].title = NULL;
	if (count_erased(import) == 0)
		shown[ERASED_COLUMN].title = NULL;
	output_list_begin(output, NULL, NULL, shown, COLUMN_COUNT);
	for (size_t i = 0; i < import_file_count(import); i++) {
		const struct import_report report = import_report_of(import, i);
		output_text(output, report.file);
		output_integer(output, report.rows);
		output_integer(output, report.added);
		output_integer(output, report.updated);
		output_integer(output, report.unchanged);
		output_integer(output, report.kept);
		output_integer(output, report.rejected);
		output_boolean(output, is_dry);
		if (report.import_id != 0 && !is_dry)
			output_integer(output, report.import_id);
		else
			output_null(output);
		output_text(output, report.courses_created);
		output_integer(output, report.waitlisted);
		output_integer(output, report.promoted);
		output_integer(output, report.erased);
		/* In a table they stand on standard error. */
		output_list_begin(output, "errors", NULL, error_columns, ERROR_COLUMN_COUNT);
		enum status status = import_errors(import, i, put_error, output, error);
		if (status != STATUS_OK)
			return status;
		output_list_end(output);
		status = output_row_end(output, error);
		if (status != STATUS_OK)
			return status;
	}
	output_list_end(output);
	return STATUS_OK;
}

enum status import_say_seats(const struct context *context, struct db *db,
	const struct import *import, bool is_dry, struct error *error)
{
	const struct seats *seats = import_seats(import);
	int64_t waitlisted = 0;

	for (size_t i = 0; i < import_file_count(import); i++)
		waitlisted += import_report_of(import, i).waitlisted;
	if (seats->has_capacity && waitlisted > 0)
		say_notice(context->diagnostics,
			"%lld of %lld seats %s taken: put on the waiting list: %lld",
			(long long)seats->taken, (long long)seats->capacity,
			is_dry ? "would be" : "are", (long long)waitlisted);
	return seats_tell_promoted(context, db, seats, is_dry, error);
}

struct saying {
	const struct diagnostics *diagnostics;
	const char *file;
	int64_t said;
};

/* Of the file, as a person would name it. */
static const char *spoken_name(const struct import *import, size_t file)
{
	const char *name = import_report_of(import, file).file;

	return strcmp(name, "-") == 0 ? "standard input" : name;
}

static enum status say_erased_row(const struct stage_row *row, void *data, struct error *error)
{
	struct saying *saying = data;

	(void)error;
	if (saying->said++ >= ERRORS_SHOWN_MAX)
		return STATUS_NO;
	say_notice(saying->diagnostics, "%s:%lld: left out: asked to be forgotten", saying->file,
		(long long)row->line);
	return STATUS_OK;
}

enum status import_say_erased(const struct diagnostics *diagnostics, struct import *import,
	struct error *error)
{
	struct saying saying = { .diagnostics = diagnostics };
	int64_t count = count_erased(import);
	enum status status = STATUS_OK;

	for (size_t i = 0; i < import_file_count(import) && status == STATUS_OK; i++) {
		saying.file = spoken_name(import, i);
		status = import_erased(import, i, say_erased_row, &saying, error);
	}
	if (status == STATUS_NO)
		say_notice(diagnostics, "and %lld more", (long long)(count - ERRORS_SHOWN_MAX));
	if (count > 0)
		say_notice(diagnostics,
			"'regtool registrant add --again' lets somebody back who wants it");
	return status == STATUS_NO ? STATUS_OK : status;
}

static enum status say_row(const struct stage_error *row, void *data, struct error *error)
{
	struct saying *saying = data;
	CLEANUP(str_free) struct str place = STR_INIT;

	(void)error;
	if (saying->said++ >= ERRORS_SHOWN_MAX)
		return STATUS_NO;
	str_add(&place, saying->file);
	if (row->line > 0)
		str_addf(&place, ":%lld", (long long)row->line);
	if (row->column != NULL)
		str_addf(&place, ": %s", row->column);
	say_problem(saying->diagnostics, "%s: %s", place.text, row->message);
	return STATUS_OK;
}

enum status import_say_errors(const struct diagnostics *diagnostics, struct import *import,
	struct error *error)
{
	struct saying saying = { .diagnostics = diagnostics };
	int64_t count = import_error_count(import);
	enum status status = STATUS_OK;

	for (size_t i = 0; i < import_file_count(import) && status == STATUS_OK; i++) {
		saying.file = spoken_name(import, i);
		status = import_errors(import, i, say_row, &saying, error);
	}
	if (status == STATUS_NO)
		say_problem(diagnostics, "and %lld more ('-f json' lists all)",
			(long long)(count - ERRORS_SHOWN_MAX));
	return status == STATUS_NO ? STATUS_OK : status;
}

void import_explain_refusal(const struct import *import, struct error *ret_refusal)
{
	CLEANUP(str_free) struct str advice = STR_INIT;
	int64_t rows = 0;
	int64_t rejected = 0;

	for (size_t i = 0; i < import_file_count(import); i++) {
		const struct error *file_error = import_file_error(import, i);
		const struct import_report report = import_report_of(import, i);
		rows += report.rows;
		rejected += report.rejected;
		if (file_error != NULL) {
			(void)error_set(ret_refusal, STATUS_REJECTED,
				"nothing was written: '%s' cannot be read as it is", report.file);
			if (file_error->hint[0] != '\0')
				(void)error_hint(ret_refusal, "%s", file_error->hint);
			return;
		}
	}
	(void)error_set(ret_refusal, STATUS_REJECTED,
		"nothing was written: %lld of %lld rows %s bad", (long long)rejected,
		(long long)rows, rejected == 1 ? "is" : "are");
	import_advise(import, &advice);
	if (rejected < rows)
		str_addf(&advice,
			"%smend them, or import the others with --skip-bad --rejects FILE",
			advice.length > 0 ? "\n" : "");
	if (advice.length > 0)
		(void)error_hint(ret_refusal, "%s", advice.text);
}

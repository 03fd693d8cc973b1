/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cmd/commands.h"
#include "cmd/import_changes.h"
#include "cmd/import_columns.h"
#include "cmd/import_options.h"
#include "cmd/import_place.h"
#include "cmd/import_rows.h"
#include "util/memory.h"

#include <string.h>
#include <sys/stat.h>

enum {
	LONG_WAIT_ROWS = 50000, /* written under the lock: about a second */
	BYTES_A_STEP = 1000,
};

/* One run. */
struct run {
	struct context *context;
	struct import_request request;
	struct import_place place;
	struct import *import;
	struct progress *progress;
	enum import_phase phase;
	struct side_files files;
	struct import_changes *changes; /* told in a table of a dry run; else NULL */
	bool is_dry;
};

static void on_open(const struct csv_in *in, void *data)
{
	const struct run *run = data;
	char delimiter = csv_in_delimiter(in);

	say_detail(run->context->diagnostics, "%s: encoding %s, delimiter %s%.1s%s",
		csv_in_name(in), csv_in_encoding(in), delimiter == '\t' ? "TAB" : "'",
		delimiter == '\t' ? "" : &delimiter, delimiter == '\t' ? "" : "'");
}

static void on_progress(enum import_phase phase, int64_t done, int64_t total, void *data)
{
	struct run *run = data;
	bool is_reading = phase == IMPORT_READING;

	/* So that all of the line, with the time left, has room on 80 columns. */
	if (is_reading) {
		done /= BYTES_A_STEP;
		total = total < 0 ? total : total / BYTES_A_STEP;
	}
	if (run->progress == NULL || run->phase != phase) {
		progress_end(run->progress);
		run->progress = progress_begin(run->context->is_progress_wanted,
			is_reading ? "kB read" : "rows written", total);
		run->phase = phase;
	}
	progress_update(run->progress, done);
}

static void on_columns(const struct csv_in *in, const struct import_columns *columns, void *data)
{
	const struct run *run = data;

	import_say_columns(run->context->diagnostics, in, columns);
}

static void on_change(const struct import_change *change, void *data)
{
	const struct run *run = data;

	import_changes_add(run->changes, run->import, change);
}

static void set_watcher(struct run *run)
{
	struct import_watcher *watcher = &run->request.settings.watcher;
	bool is_verbose = run->context->diagnostics->verbosity == VERBOSITY_VERBOSE;

	watcher->data = run;
	watcher->on_progress = on_progress;
	watcher->on_open = on_open;
	watcher->on_columns = on_columns;
	if (!run->is_dry || run->context->format != FORMAT_TABLE)
		return;
	run->changes = import_changes_new(run->context->output, is_verbose);
	watcher->on_change = on_change;
}

static enum status read_all(struct run *run, struct error *error)
{
	size_t count;
	const char *const *files = options_arguments(run->context->options, &count);
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		progress_endp(&run->progress);
		status = import_read(run->import, files[i], error);
	}
	progress_endp(&run->progress);
	return status;
}

/* What is wrong is said, whether it refuses the import or was skipped. */
static enum status put_result(struct run *run, struct error *error)
{
	enum status status = import_say_errors(run->context->diagnostics, run->import, error);

	if (status == STATUS_OK)
		status = import_put_reports(run->context->output, run->import, run->is_dry, error);
	return status;
}

static enum status refuse(struct run *run, struct error *error)
{
	struct error refusal = ERROR_INIT;

	import_explain_refusal(run->import, &refusal);
	/* The changes listed by a dry run were none. */
	output_restart(run->context->output);
	enum status status = put_result(run, error);
	bool is_all_bad =
		run->request.settings.skips_bad && import_file_error(run->import, 0) == NULL;
	if (status == STATUS_OK && is_all_bad && !run->is_dry)
		status = side_files_rejects(&run->files, run->import, error);
	if (status == STATUS_OK)
		status = side_files_finish(&run->files, error);
	if (status != STATUS_OK)
		return status;
	run->context->has_result = true;
	*error = refusal;
	return error->status;
}

static enum status write_all(struct run *run, struct error *error)
{
	int64_t rows = import_good_rows(run->import);

	if (run->place.opened != NULL && !run->is_dry && rows >= LONG_WAIT_ROWS)
		say_notice(run->context->diagnostics, "check-ins wait while %lld rows are written",
			(long long)rows);
	enum status status = import_write(run->import, error);
	progress_endp(&run->progress);
	if (status == STATUS_REJECTED)
		return refuse(run, error);
	if (status == STATUS_OK)
		status = put_result(run, error);
	if (status == STATUS_OK)
		status = import_say_seats(run->context, run->place.db, run->import, run->is_dry,
			error);
	if (status == STATUS_OK && run->changes != NULL)
		import_changes_put_summary(run->changes, run->import);
	if (status == STATUS_OK)
		import_say_doubts(run->context->diagnostics, run->import);
	if (status == STATUS_OK)
		status = import_say_erased(run->context->diagnostics, run->import, error);
	if (status == STATUS_OK && !run->is_dry)
		status = side_files_rejects(&run->files, run->import, error);
	if (status == STATUS_OK && !run->is_dry)
		status = side_files_tokens(&run->files, run->place.db, run->place.event->id, error);
	/* Nothing may be open on a new database when it is put in its place. */
	import_freep(&run->import);
	if (status == STATUS_OK)
		status = import_place_finish(run->context, &run->place, run->is_dry, error);
	if (status == STATUS_OK)
		status = side_files_finish(&run->files, error);
	return status;
}

static enum status go(struct run *run, struct error *error)
{
	struct context *context = run->context;
	struct import_settings *settings = &run->request.settings;
	const struct actor actor = { .name = context->actor, .now_s = context->now_s(context) };

	enum status status = import_request_read(context, &run->request, error);
	if (status == STATUS_OK)
		status = import_place_open(context, &actor, run->is_dry, &run->place, error);
	if (status != STATUS_OK)
		return status;
	settings->rules.zone = run->place.zone;
	if (run->place.founding != NULL)
		settings->key = founding_key(run->place.founding);
	set_watcher(run);
	if (!run->is_dry)
		status = side_files_open(&run->files, context, settings->key, run->place.db, error);
	if (status == STATUS_OK)
		status = import_begin(run->place.db, run->place.event->id, &actor, settings,
			&run->import, error);
	if (status == STATUS_OK)
		status = read_all(run, error);
	if (status == STATUS_OK)
		status = write_all(run, error);
	return status;
}

static enum status import_check(struct context *context, struct error *error)
{
	struct import_request request;

	enum status status = import_request_read(context, &request, error);
	if (status == STATUS_OK)
		status = side_files_check(context, error);
	import_request_free(&request);
	return status;
}

static enum status import_run(struct context *context, struct error *error)
{
	struct run run = {
		.context = context,
		.is_dry = options_flag(context->options, "dry-run"),
	};

	enum status status = go(&run, error);
	progress_end(run.progress);
	side_files_close(&run.files);
	import_changes_free(run.changes);
	import_free(run.import);
	import_place_close(&run.place);
	import_request_free(&run.request);
	return status;
}

const struct command cmd_import = {
	.name = "import",
	.summary = "take registrants from CSV files",
	.arguments = "FILE…",
	.argument_kind = ARGUMENTS_INPUT,
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_OUTPUT,
	.options = import_options,
	.min_arguments = 1,
	.max_arguments = -1,
	.check = import_check,
	.run = import_run,
};

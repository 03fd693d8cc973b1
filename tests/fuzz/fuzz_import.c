/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole imports, one after the other into one database. An input is a line with the options
 * of `regtool import', divided by TAB, and then the files, divided by 0x1d where they are
 * imported together and by 0x1c where one import ends and the next begins.
 */
#include "core/import.h"

#include "cmd/import_options.h"
#include "cmd/registrant_rows.h"
#include "database.h"
#include "output.h"
#include "util/text.h"

enum {
	WORDS_MAX = 16,
	IMPORTS_MAX = 4,
	NEXT_FILE = 0x1d,
	NEXT_IMPORT = 0x1c,
};

static struct zone *zurich; /* that of the event */
static struct db *database;
static struct db *elsewhere;

/* --- The options --- */

/* Reads the first line; false if the command would refuse it. */
static bool read_options(char *line, struct options **ret_options)
{
	const struct option *const tables[] = { import_options, NULL };
	const char *words[WORDS_MAX];
	struct error error = ERROR_INIT;
	int count = 0;

	for (char *word = strtok(line, "\t"); word != NULL && count < WORDS_MAX;
		word = strtok(NULL, "\t"))
		words[count++] = word;
	return options_parse(tables, count, words, false, ret_options, &error) == STATUS_OK;
}

/* --- An import --- */

struct run {
	struct db *db;
	const struct import_settings *settings;
	const char *paths[FUZZ_FILES];
	size_t count;
};

/* What the watcher was told. */
struct told {
	int64_t added;
	int64_t kept;
	int64_t changed; /* rows */
	size_t file;
	int64_t line; /* of the last row changed */
};

static void take_change(const struct import_change *change, void *data)
{
	struct told *told = data;

	told->added += change->kind == CHANGE_NEW ? 1 : 0;
	told->kept += change->kind == CHANGE_KEPT ? 1 : 0;
	if (change->kind != CHANGE_COLUMN)
		return;
	claim(strcmp(change->old_value, change->new_value) != 0, "%s: '%s' is no change",
		change->column, change->new_value);
	told->changed += told->file != change->file || told->line != change->line;
	told->file = change->file;
	told->line = change->line;
}

static enum status take_error(const struct stage_error *row, void *data, struct error *error)
{
	int64_t *count = data;
	size_t at;

	(void)error;
	claim(text_is_utf8(row->message, strlen(row->message), &at), "byte %zu", at);
	claim(row->line >= 0, "line %lld", (long long)row->line);
	(*count)++;
	return STATUS_OK;
}

static enum status take_reject(const char *const *cells, size_t count, const char *problem,
	void *data, struct error *error)
{
	int64_t *rejected = data;

	(void)error;
	claim(problem[0] != '\0' && count > 0 && cells[count - 1] != NULL, "no problem");
	(*rejected)++;
	return STATUS_OK;
}

static struct import_report claim_report(struct import *import, size_t file, bool keeps_raw)
{
	struct import_report report = import_report_of(import, file);
	struct error error = ERROR_INIT;
	int64_t errors = 0;
	int64_t rejected = 0;

	claim_ok(import_errors(import, file, take_error, &errors, &error), error);
	if (import_file_error(import, file) == NULL)
		claim(errors >= report.rejected, "%lld", (long long)errors);
	if (keeps_raw) {
		claim_ok(import_rejects(import, file, take_reject, &rejected, &error), error);
		claim(rejected == report.rejected, "%lld of %lld", (long long)rejected,
			(long long)report.rejected);
	}
	return report;
}

/* Imports the files and gives the sum of the reports. */
static enum status run_import(const struct run *run, struct import_report *ret_sum)
{
	CLEANUP(import_freep) struct import *import = NULL;
	struct told told = { .line = 0 };
	struct import_settings settings = *run->settings;
	struct error error = ERROR_INIT;

	settings.watcher.on_change = take_change;
	settings.watcher.data = &told;
	enum status status = import_begin(run->db, 1, &fuzz_actor, &settings, &import, &error);
	for (size_t i = 0; i < run->count && status == STATUS_OK; i++)
		status = import_read(import, run->paths[i], &error);
	if (status == STATUS_OK)
		status = import_write(import, &error);
	/* An encoding that this machine lacks is found when the file is opened. */
	claim(status == STATUS_OK || status == STATUS_REJECTED || status == STATUS_USAGE,
		"status %d: %s", (int)status, error.message);
	*ret_sum = (struct import_report){ .rows = 0 };
	for (size_t i = 0; i < run->count && status != STATUS_USAGE; i++) {
		struct import_report report = claim_report(import, i, settings.keeps_raw);
		if (status == STATUS_OK)
			claim(report.added + report.updated + report.unchanged + report.rejected <=
						report.rows &&
					report.added + report.updated + report.unchanged +
							report.kept + report.rejected >=
						report.rows,
				"the counts of file %zu", i);
		ret_sum->rows += report.rows;
		ret_sum->added += report.added;
		ret_sum->updated += report.updated;
		ret_sum->unchanged += report.unchanged;
		ret_sum->kept += report.kept;
		ret_sum->rejected += report.rejected;
	}
	if (status == STATUS_OK)
		claim(told.added == ret_sum->added && told.changed == ret_sum->updated &&
				told.kept == ret_sum->kept,
			"told %lld, %lld, %lld of %lld, %lld, %lld", (long long)told.added,
			(long long)told.changed, (long long)told.kept, (long long)ret_sum->added,
			(long long)ret_sum->updated, (long long)ret_sum->kept);
	return status;
}

/* The same again changes nothing. */
static void claim_repeatable(const struct run *run, const struct import_report *first)
{
	CLEANUP(str_free) struct str before = STR_INIT;
	CLEANUP(str_free) struct str after = STR_INIT;
	struct import_report again;

	fuzz_content(run->db, &before);
	enum status status = run_import(run, &again);
	fuzz_content(run->db, &after);
	claim(before.length == after.length && memcmp(before.text, after.text, before.length) == 0,
		"\n%s\nbecame\n%s", before.text, after.text);
	if (run->settings->is_add_only) {
		claim(status == STATUS_REJECTED, "status %d", (int)status);
		return;
	}
	claim(status == STATUS_OK, "status %d", (int)status);
	claim(again.added == 0 && again.updated == 0, "%lld added, %lld updated",
		(long long)again.added, (long long)again.updated);
	claim(again.rejected == first->rejected, "%lld rejected", (long long)again.rejected);
	claim(again.kept == first->kept, "%lld kept", (long long)again.kept);
}

/* --- Export and import elsewhere --- */

static void export_all(struct db *db, struct str *ret)
{
	const struct output_settings settings = { .format = FORMAT_CSV };
	CLEANUP(output_closep) struct output *output = fuzz_output(&settings);
	CLEANUP(event_freep) struct event *event = NULL;
	struct diagnostics diagnostics = { .verbosity = VERBOSITY_QUIET };
	struct error error = ERROR_INIT;

	claim_ok(event_find(db, NULL, &event, &error), error);
	output_set_zone(output, zurich);
	struct context context = {
		.diagnostics = &diagnostics,
		.output = output,
		.db = db,
		.event = event,
		.zone = zurich,
	};
	claim_ok(registrant_put_export(&context, &error), error);
	fuzz_output_finish(output, ret);
}

/* Everybody, imported into an empty database, is exported as the same. */
static void claim_round_trip(void)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str second = STR_INIT;
	const struct import_settings settings = {
		.csv = { .takes_any_header = true },
		.rules = { .zone = zurich },
		.key_path = "none",
		.key = fuzz_key,
	};
	struct run run = { .db = elsewhere, .settings = &settings, .count = 1 };
	struct import_report report;

	fuzz_begin(elsewhere);
	export_all(database, &first);
	run.paths[0] = fuzz_file(0, first.text, first.length);
	claim(run_import(&run, &report) == STATUS_OK, "%s", first.text);
	export_all(elsewhere, &second);
	claim(strcmp(first.text, second.text) == 0, "\n%s\nbecame\n%s", first.text, second.text);
	fuzz_end(elsewhere);
}

/* --- The target --- */

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	fuzz_make_base();
	database = fuzz_database();
	elsewhere = fuzz_database();
	claim_ok(zone_open("Europe/Zurich", &zurich, &error), error);
	return 0;
}

/* Writes the next import's files, and runs it; true if it was accepted. */
static bool next_import(struct fuzz_input *input, struct run *run)
{
	struct fuzz_input files = fuzz_part(input, NEXT_IMPORT);
	struct import_report report;

	run->count = 0;
	do {
		struct fuzz_input file = fuzz_part(&files, NEXT_FILE);
		run->paths[run->count] = fuzz_file((int)run->count, file.bytes, file.length);
		run->count++;
	} while (files.length > 0 && run->count < FUZZ_FILES);
	struct fuzz_image before = fuzz_image(run->db);
	enum status status = run_import(run, &report);
	if (status != STATUS_OK)
		claim_untouched(run->db, &before);
	else if (run->count == 1)
		claim_repeatable(run, &report);
	fuzz_image_free(&before);
	return status == STATUS_OK;
}

static void import_all(struct fuzz_input *input, const struct import_settings *settings)
{
	struct run run = { .db = database, .settings = settings };
	/* What takes its time is done for some inputs only, always the same. */
	bool is_chosen = input->length % 4 == 0;
	int accepted = 0;

	fuzz_begin(database);
	for (int i = 0; i < IMPORTS_MAX && (i == 0 || input->length > 0); i++)
		accepted += next_import(input, &run) ? 1 : 0;
	if (accepted > 0 && is_chosen)
		claim_sound(database);
	if (accepted > 0 && settings->match == MATCH_EMAIL)
		claim_round_trip();
	fuzz_end(database);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(memory_free_text) char *line = fuzz_text(&input, '\n');
	CLEANUP(options_freep) struct options *options = NULL;
	struct import_request request;
	struct error error = ERROR_INIT;

	if (!read_options(line, &options))
		return 0;
	const struct context context = { .options = options, .key_path = "none" };
	if (import_request_read(&context, &request, &error) == STATUS_OK) {
		request.settings.rules.zone = zurich;
		request.settings.key = fuzz_key;
		request.settings.keeps_raw |= request.settings.skips_bad;
		import_all(&input, &request.settings);
	}
	import_request_free(&request);
	return 0;
}

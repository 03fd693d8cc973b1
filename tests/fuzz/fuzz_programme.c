/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programmes taken in, one after the other. An input is a byte ('r': each file is the whole
 * programme) and the files, divided by 0x1c.
 */
#include "core/programme_import.h"

#include "cmd/programme_rows.h"
#include "database.h"
#include "output.h"
#include "util/text.h"

enum {
	IMPORTS_MAX = 4,
	NEXT_FILE = 0x1c,
};

static struct db *database;
static struct db *elsewhere;
static struct event *event; /* the same in both */
static struct zone *zurich;

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	fuzz_make_base();
	database = fuzz_database();
	elsewhere = fuzz_database();
	claim_ok(event_find(database, NULL, &event, &error), error);
	claim_ok(zone_open(event->timezone, &zurich, &error), error);
	return 0;
}

static size_t count_changes(const struct programme_import_report *report)
{
	return report->sessions[PLAN_ADDED] + report->sessions[PLAN_UPDATED] +
	       report->sessions[PLAN_REMOVED] + report->items[PLAN_ADDED] +
	       report->items[PLAN_UPDATED] + report->items[PLAN_REMOVED];
}

static void claim_errors(const struct row_errors *errors)
{
	size_t at;

	for (size_t i = 0; i < errors->count; i++) {
		const char *message = errors->all[i].message;
		claim(message[0] != '\0' && text_is_utf8(message, strlen(message), &at), "'%s'",
			message);
		claim(i == 0 || errors->all[i].line == 0 ||
				errors->all[i - 1].line <= errors->all[i].line,
			"line %zu", errors->all[i].line);
	}
}

/* Takes a file in; true if it was accepted, with the number of changes. */
static bool import_file(struct db *db, const char *path, bool replace, size_t *ret_changes)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(programme_import_report_free)
	struct programme_import_report report = PROGRAMME_IMPORT_REPORT_INIT;
	const struct csv_in_options options = { .delimiter = '\0' };
	struct error error = ERROR_INIT;

	enum status status = csv_in_open(path, &options, &in, &error);
	if (status == STATUS_OK) {
		const struct programme_import import = {
			.event = event,
			.zone = zurich,
			.csv = in,
			.replace = replace,
		};
		status = programme_import(db, &fuzz_actor, &import, &report, &error);
		claim_errors(&report.errors);
		claim_errors(&report.warnings);
		claim(status != STATUS_OK || report.errors.count == 0, "%s",
			report.errors.all[0].message);
	}
	claim(status == STATUS_OK || status == STATUS_REJECTED, "status %d: %s", (int)status,
		error.message);
	*ret_changes = count_changes(&report);
	return status == STATUS_OK;
}

static void export_all(struct db *db, struct str *ret)
{
	const struct output_settings settings = { .format = FORMAT_CSV };
	CLEANUP(output_closep) struct output *output = fuzz_output(&settings);
	CLEANUP(programme_freep) struct programme *programme = NULL;
	struct error error = ERROR_INIT;

	output_set_zone(output, zurich);
	claim_ok(programme_load(db, event->id, &programme, &error), error);
	claim_ok(programme_put_rows(output, NULL, programme, &error), error);
	fuzz_output_finish(output, ret);
}

/* The programme, taken into an empty event, is exported as the same. */
static void claim_round_trip(void)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str second = STR_INIT;
	size_t changes;

	fuzz_begin(elsewhere);
	export_all(database, &first);
	/* A programme may have lost all of its rows. */
	if (strchr(first.text, '\n')[1] != '\0') {
		const char *path = fuzz_file(0, first.text, first.length);
		claim(import_file(elsewhere, path, false, &changes), "%s", first.text);
		export_all(elsewhere, &second);
		claim(strcmp(first.text, second.text) == 0, "\n%s\nbecame\n%s", first.text,
			second.text);
	}
	fuzz_end(elsewhere);
}

/* True if the next file was accepted. */
static bool next_import(struct fuzz_input *input, bool replace)
{
	struct fuzz_input file = fuzz_part(input, NEXT_FILE);
	const char *path = fuzz_file(0, file.bytes, file.length);
	struct fuzz_image before = fuzz_image(database);
	size_t changes;

	bool is_accepted = import_file(database, path, replace, &changes);
	if (is_accepted) {
		fuzz_image_free(&before);
		before = fuzz_image(database);
		claim(import_file(database, path, replace, &changes), "refused the second time");
		claim(changes == 0, "%zu changes", changes);
	}
	claim_untouched(database, &before);
	fuzz_image_free(&before);
	return is_accepted;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	bool replace = fuzz_byte(&input) == 'r';
	bool is_chosen = size % 4 == 0;
	int accepted = 0;

	fuzz_begin(database);
	for (int i = 0; i < IMPORTS_MAX && (i == 0 || input.length > 0); i++)
		accepted += next_import(&input, replace) ? 1 : 0;
	if (accepted > 0) {
		if (is_chosen)
			claim_sound(database);
		claim_round_trip();
	}
	fuzz_end(database);
	return 0;
}

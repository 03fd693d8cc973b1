/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of attendance, reports of meetings and facts: an input is the source ('0': found out,
 * then those of enum meeting_source), the sessions ('0': all, '1': S1, '2': S2, '3': both), the
 * zone of the file's clock, and the files, divided by 0x1c. A file of matches may follow one,
 * behind 0x1d.
 */
#include "core/attendance_import.h"
#include "core/import.h"
#include "core/programme_import.h"
#include "database.h"
#include "util/text.h"

enum {
	IMPORTS_MAX = 3,
	NEXT_FILE = 0x1c,
	MATCHES = 0x1d,
	SESSION_MINUTES = 60, /* each of the two; the first has a break */
	SESSION_COUNT = 2,
};

static struct db *database;
static struct event *event;
static struct zone *zones[4]; /* the first is the event's */

/* --- Whom there is to be found --- */

static const char programme[] = "session,kind,start,end,title,people\n"
				"S1,session,2022-02-15T09:00,2022-02-15T10:00,One,\n"
				"S1,break,2022-02-15T09:30,2022-02-15T09:40,Break,\n"
				"S2,session,2022-02-15T11:00,2022-02-15T12:00,Two,\n";

static const char people[] = "name,email,external_id,roles\n"
			     "Ada Lovelace,ada@example.org,100001,student\n"
			     "Ben Bitdiddle,ben@example.org,100002,student\n"
			     "Cia Çelik,cia@example.org,100003,speaker\n"
			     "Dora Host,dora@example.org,,staff\n"
			     "Priya Sharma,priya@example.org,100005,attendee\n"
			     "Priya Patel,patel@example.org,100006,attendee\n"
			     "Jean-Luc Picard,,100007,attendee\n"
			     "Müller,mueller@example.org,,attendee\n";

static void add_programme(void)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(programme_import_report_free)
	struct programme_import_report report = PROGRAMME_IMPORT_REPORT_INIT;
	const struct csv_in_options options = { .delimiter = ',' };
	const char *path = fuzz_file(0, programme, sizeof programme - 1);
	struct error error = ERROR_INIT;

	claim_ok(csv_in_open(path, &options, &in, &error), error);
	const struct programme_import import = { .event = event, .zone = zones[0], .csv = in };
	claim_ok(programme_import(database, &fuzz_actor, &import, &report, &error), error);
}

static void add_people(void)
{
	CLEANUP(import_freep) struct import *import = NULL;
	const struct import_settings settings = {
		.csv = { .delimiter = ',' },
		.rules = { .zone = zones[0] },
		.key_path = "none",
		.key = fuzz_key,
	};
	struct error error = ERROR_INIT;

	claim_ok(import_begin(database, event->id, &fuzz_actor, &settings, &import, &error), error);
	claim_ok(import_read(import, fuzz_file(0, people, sizeof people - 1), &error), error);
	claim_ok(import_write(import, &error), error);
}

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	static const char *const names[COUNT(zones)] = { "Europe/Zurich", "UTC", "Asia/Kolkata",
		"America/New_York" };
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	fuzz_make_base();
	database = fuzz_database();
	claim_ok(event_find(database, NULL, &event, &error), error);
	for (size_t i = 0; i < COUNT(zones); i++)
		claim_ok(zone_open(names[i], &zones[i], &error), error);
	add_programme();
	add_people();
	return 0;
}

/* --- What must hold --- */

static void claim_errors(const struct row_errors *errors)
{
	size_t at;

	for (size_t i = 0; i < errors->count; i++) {
		const char *message = errors->all[i].message;
		claim(message[0] != '\0' && text_is_utf8(message, strlen(message), &at), "'%s'",
			message);
	}
}

static enum status import_file(const struct attendance_import_request *request,
	struct attendance_import_report *report)
{
	struct error error = ERROR_INIT;
	enum status status = attendance_import(database, &fuzz_actor, request, report, &error);

	claim(status == STATUS_OK || status == STATUS_REJECTED || status == STATUS_NOT_FOUND ||
			status == STATUS_AMBIGUOUS,
		"status %d: %s", (int)status, error.message);
	claim(status == STATUS_OK || error.message[0] != '\0', "refused without a word");
	claim_errors(&report->errors);
	claim_errors(&report->warnings);
	if (status != STATUS_OK)
		return status;
	claim(report->rows > 0 &&
			report->rows == report->matched + report->unmatched + report->ignored,
		"%lld rows: %lld, %lld, %lld", (long long)report->rows, (long long)report->matched,
		(long long)report->unmatched, (long long)report->ignored);
	claim(report->people <= report->matched, "%lld people", (long long)report->people);
	claim(report->minutes >= 0 &&
			report->minutes <= report->people * SESSION_COUNT * SESSION_MINUTES,
		"%lld minutes of %lld people", (long long)report->minutes,
		(long long)report->people);
	return status;
}

/* The same without writing says the same. */
static void claim_rehearsal(struct attendance_import_request request, enum status real_status,
	const struct attendance_import_report *real)
{
	CLEANUP(attendance_import_report_free)
	struct attendance_import_report report = ATTENDANCE_IMPORT_REPORT_INIT;
	struct fuzz_image before = fuzz_image(database);

	request.is_dry_run = true;
	claim(import_file(&request, &report) == real_status, "status %d", (int)real_status);
	claim_untouched(database, &before);
	fuzz_image_free(&before);
	claim(report.rows == real->rows && report.matched == real->matched &&
			report.minutes == real->minutes && report.people == real->people,
		"%lld matched, %lld minutes", (long long)report.matched, (long long)report.minutes);
}

/* The same again, if it was written, adds nothing, and changes no byte. */
static void claim_repeatable(const struct attendance_import_request *request)
{
	CLEANUP(attendance_import_report_free)
	struct attendance_import_report report = ATTENDANCE_IMPORT_REPORT_INIT;
	struct fuzz_image before = fuzz_image(database);

	claim(import_file(request, &report) == STATUS_OK, "refused the second time");
	claim(report.added == 0 && report.import_id == 0, "%lld added", (long long)report.added);
	claim_untouched(database, &before);
	fuzz_image_free(&before);
}

/* --- The target --- */

/* True if the next file was accepted. */
static bool next_import(struct fuzz_input *input, struct attendance_import_request *request)
{
	CLEANUP(attendance_import_report_free)
	struct attendance_import_report report = ATTENDANCE_IMPORT_REPORT_INIT;
	struct fuzz_input matches = fuzz_part(input, NEXT_FILE);
	struct fuzz_input file = fuzz_part(&matches, MATCHES);

	request->path = fuzz_file(0, file.bytes, file.length);
	request->matches = matches.length > 0 ? fuzz_file(1, matches.bytes, matches.length) : NULL;
	struct fuzz_image before = fuzz_image(database);
	enum status status = import_file(request, &report);
	if (status != STATUS_OK)
		claim_untouched(database, &before);
	else
		claim_repeatable(request);
	claim_rehearsal(*request, status, &report);
	fuzz_image_free(&before);
	return status == STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const codes[SESSION_COUNT] = { "S1", "S2" };
	struct fuzz_input input = { data, size };
	bool is_chosen = size % 4 == 0;
	int accepted = 0;
	struct attendance_import_request request = {
		.event = event,
		.source = (enum meeting_source)fuzz_choice(&input, MEETING_CSV + 1),
	};
	size_t sessions = fuzz_choice(&input, 4);

	request.sessions = sessions == 2 ? codes + 1 : codes;
	request.session_count = sessions == 3 ? 2 : sessions > 0 ? 1 : 0;
	request.zone = zones[fuzz_choice(&input, COUNT(zones))];
	fuzz_begin(database);
	for (int i = 0; i < IMPORTS_MAX && (i == 0 || input.length > 0); i++)
		accepted += next_import(&input, &request) ? 1 : 0;
	if (accepted > 0 && is_chosen)
		claim_sound(database);
	fuzz_end(database);
	return 0;
}

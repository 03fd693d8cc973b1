/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance_import.h"

#include "core/attendance_batch.h"
#include "core/attendance_facts.h"
#include "core/attendance_write.h"
#include "core/meeting_dates.h"
#include "core/meeting_entries.h"
#include "core/programme.h"
#include "util/csv_in.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	MINUTE_S = 60,
};

struct work {
	struct db *db;
	const struct attendance_import_request *request;
	struct attendance_import_report *report;
	struct programme *programme;
	struct meeting_sessions sessions;
	struct meeting_tellings tellings;
	struct meeting_stays stays;
	struct attendance_batch batch;
	struct str name; /* of the file */
	unsigned char digest[32];
};

void attendance_import_report_free(struct attendance_import_report *report)
{
	row_errors_free(&report->errors);
	row_errors_free(&report->warnings);
	meeting_people_free(&report->participants);
	meeting_file_freep(&report->file);
}

static void work_free(struct work *work)
{
	programme_free(work->programme);
	free(work->sessions.all);
	meeting_tellings_free(&work->tellings);
	meeting_stays_free(&work->stays);
	attendance_batch_free(&work->batch);
	str_free(&work->name);
}

/* --- Sessions --- */

static int compare_sessions(const void *left, const void *right)
{
	const struct session *a = *(const struct session *const *)left;
	const struct session *b = *(const struct session *const *)right;

	if (a->start_s != b->start_s)
		return a->start_s < b->start_s ? -1 : 1;
	return (a->code_rank > b->code_rank) - (a->code_rank < b->code_rank);
}

static enum status name_sessions(struct work *work, struct error *error)
{
	const struct attendance_import_request *request = work->request;
	struct meeting_sessions *sessions = &work->sessions;

	sessions->are_named = true;
	for (size_t i = 0; i < request->session_count; i++) {
		const struct session *session = NULL;
		bool is_twice = false;
		enum status status = programme_find_session(work->programme, request->sessions[i],
			&session, error);
		if (status != STATUS_OK)
			return status;
		for (size_t j = 0; j < sessions->count; j++)
			is_twice |= sessions->all[j] == session;
		if (!is_twice)
			sessions->all[sessions->count++] = session;
	}
	qsort(sessions->all, sessions->count, sizeof(const struct session *), compare_sessions);
	return STATUS_OK;
}

static enum status find_sessions(struct work *work, struct error *error)
{
	size_t most = work->programme->session_count + work->request->session_count + 1;

	work->sessions.all = xcalloc(most, sizeof(const struct session *));
	if (work->request->session_count > 0)
		return name_sessions(work, error);
	for (size_t i = 0; i < work->programme->session_count; i++)
		work->sessions.all[work->sessions.count++] = &work->programme->sessions[i];
	return STATUS_OK;
}

/* --- A report of a meeting --- */

/* The days of the sessions by the report's clock, each once, ascending. The caller frees them. */
static zone_day *list_days(const struct work *work, size_t *ret_count)
{
	zone_day *days = xcalloc(2 * work->sessions.count + 1, sizeof *days);
	size_t count = 0;

	for (size_t i = 0; i < work->sessions.count; i++) {
		zone_day day = zone_day_of(work->request->zone, work->sessions.all[i]->start_s);
		if (count == 0 || days[count - 1] != day)
			days[count++] = day;
	}
	*ret_count = count;
	return days;
}

static void warn_of_rows(const struct work *work)
{
	static const char *const words[] = {
		[MEETING_USED] = NULL,
		[MEETING_NOT_ADMITTED] = NULL,
		[MEETING_NEVER_CAME] = NULL,
		[MEETING_NAMELESS] = "names nobody; not counted",
		[MEETING_UNKNOWN] =
			"leaves before joining: how long it was is not known; not counted",
	};
	const struct meeting_file *file = work->report->file;

	for (size_t i = 0; i < file->count; i++)
		if (words[file->rows[i].fate] != NULL)
			row_errors_add(&work->report->warnings, (size_t)file->rows[i].line, NULL,
				"%s", words[file->rows[i].fate]);
}

static enum status settle_dates(struct work *work, struct error *error)
{
	size_t day_count;
	zone_day *days = list_days(work, &day_count);
	const struct meeting_calendar calendar = {
		.zone = work->request->zone,
		.days = days,
		.day_count = day_count,
	};

	enum status status =
		meeting_dates_settle(work->report->file, work->name.text, &calendar, error);
	free(days);
	return status;
}

static enum status read_meeting(struct work *work, struct csv_in *in, const struct csv_row *first,
	struct error *error)
{
	struct attendance_import_report *report = work->report;

	if (work->programme->session_count == 0) {
		(void)error_set(error, STATUS_NOT_FOUND,
			"event '%s' has no sessions that a report "
			"could be of",
			work->request->event->code);
		return error_hint(error, "take its programme in: 'regtool programme import FILE'");
	}
	enum status status =
		meeting_file_read(in, first, work->request->source, &report->file, error);
	if (status == STATUS_OK)
		status = settle_dates(work, error);
	if (status != STATUS_OK)
		return status;
	report->source = report->file->source;
	report->nul_count = report->file->nul_count;
	report->rows = (int64_t)report->file->count;
	meeting_stays_find(report->file, &work->stays);
	report->upper_bounds = (int64_t)work->stays.upper_bounds;
	meeting_people_find(report->file, &report->participants);
	warn_of_rows(work);
	memcpy(work->digest, report->file->digest, sizeof work->digest);
	return STATUS_OK;
}

/* Who they are, and what follows; again where the database changed meanwhile. */
static enum status match_meeting(struct work *work, struct error *error)
{
	struct attendance_import_report *report = work->report;
	struct meeting_counts counts;

	attendance_batch_free(&work->batch);
	enum status status = meeting_people_match(work->db, work->request->event->id,
		&work->tellings, &report->participants, error);
	if (status == STATUS_OK)
		status = meeting_entries_make(report->file, &work->stays, &report->participants,
			&work->sessions, &work->batch, &counts, error);
	if (status != STATUS_OK)
		return status;
	report->matched = counts.matched;
	report->unmatched = counts.unmatched;
	report->ignored = counts.ignored;
	return STATUS_OK;
}

/* --- Facts --- */

static enum status read_facts(struct work *work, struct csv_in *in, const struct csv_row *header,
	struct error *error)
{
	struct attendance_import_report *report = work->report;
	const struct attendance_facts facts = {
		.db = work->db,
		.event_id = work->request->event->id,
		.zone = work->request->zone,
		.programme = work->programme,
		.sessions = &work->sessions,
	};

	report->source = MEETING_CSV;
	enum status status = attendance_facts_read(&facts, in, header, &work->batch,
		&report->errors, &report->rows, error);
	if (status != STATUS_OK)
		return status;
	report->matched = report->rows;
	report->nul_count = csv_in_nul_count(in);
	csv_in_digest(in, work->digest);
	row_errors_sort(&report->errors);
	if (report->errors.count > 0)
		return error_set(error, STATUS_REJECTED,
			"nothing was written: %zu problem%s in %lld rows", report->errors.count,
			report->errors.count == 1 ? "" : "s", (long long)report->rows);
	return STATUS_OK;
}

/* --- All --- */

static enum status read_file(struct work *work, struct error *error)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	const struct csv_in_options options = {
		.is_report = true,
		.encoding = work->request->encoding,
	};
	const struct csv_row *first = NULL;

	enum status status = csv_in_open(work->request->path, &options, &in, error);
	if (status == STATUS_OK)
		status = csv_in_next(in, &first, error);
	if (status != STATUS_OK)
		return status;
	str_add(&work->name, csv_in_name(in));
	if (first == NULL)
		return error_set(error, STATUS_REJECTED, "%s: is empty", work->name.text);
	bool is_facts =
		work->request->source == MEETING_CSV ||
		(work->request->source == MEETING_AUTO && attendance_facts_is_header(first));
	return is_facts ? read_facts(work, in, first, error) : read_meeting(work, in, first, error);
}

static enum status match_again(void *data, struct attendance_batch **ret_batch, struct error *error)
{
	struct work *work = data;
	enum status status = STATUS_OK;

	/* Facts name people by what does not change its meaning. */
	if (work->report->file != NULL)
		status = match_meeting(work, error);
	*ret_batch = &work->batch;
	return status;
}

static enum status go(struct work *work, const struct actor *actor, struct error *error)
{
	const struct attendance_import_request *request = work->request;
	struct attendance_import_report *report = work->report;
	int64_t seconds = 0;

	enum status status = programme_load(work->db, request->event->id, &work->programme, error);
	if (status == STATUS_OK)
		status = find_sessions(work, error);
	if (status == STATUS_OK && request->matches != NULL)
		status = meeting_tellings_read(work->db, request->event->id, request->matches,
			&work->tellings, error);
	if (status == STATUS_OK)
		status = read_file(work, error);
	if (status != STATUS_OK)
		return status;
	const struct attendance_write write = {
		.event_id = request->event->id,
		.name = work->name.text,
		.digest = work->digest,
		.is_dry_run = request->is_dry_run,
		.participants = &report->participants,
		.make = match_again,
		.data = work,
	};
	status = attendance_write_all(work->db, actor, &write, report, error);
	if (status == STATUS_OK)
		attendance_batch_measure(&work->batch, work->programme, &report->people, &seconds);
	report->minutes = seconds / MINUTE_S;
	return status;
}

enum status attendance_import(struct db *db, const struct actor *actor,
	const struct attendance_import_request *request, struct attendance_import_report *report,
	struct error *error)
{
	struct work work = {
		.db = db,
		.request = request,
		.report = report,
		.batch = ATTENDANCE_BATCH_INIT,
		.name = STR_INIT,
	};

	enum status status = go(&work, actor, error);
	work_free(&work);
	return status;
}

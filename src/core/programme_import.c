/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme_import.h"

#include "core/programme.h"
#include "core/schedule_kept.h"
#include "store/programme_store.h"
#include "store/schedule_store.h"
#include "util/memory.h"
#include "util/str.h"

#include <jansson.h>
#include <string.h>

/* --- Writing --- */

static enum status write_item(struct db *db, const struct planned_item *item, int64_t session_id,
	struct error *error)
{
	struct item_row row = item->row;
	int64_t item_id;

	row.session_id = session_id;
	if (item->change == PLAN_ADDED)
		return item_store_insert(db, &row, &item_id, error);
	if (item->change == PLAN_UPDATED)
		return item_store_update(db, &row, error);
	return STATUS_OK;
}

static enum status write_items(struct db *db, const struct planned_items *items, int64_t session_id,
	struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < items->count && status == STATUS_OK; i++)
		status = write_item(db, &items->all[i], session_id, error);
	return status;
}

static enum status remove_items(struct db *db, const struct planned_items *items,
	struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < items->count && status == STATUS_OK; i++)
		if (items->all[i].change == PLAN_REMOVED)
			status = item_store_delete(db, items->all[i].row.item_id, error);
	return status;
}

static enum status write_session(struct db *db, const struct planned_session *session,
	struct error *error)
{
	int64_t session_id = session->row.session_id;

	enum status status = remove_items(db, &session->items, error);
	if (status == STATUS_OK && session->change == PLAN_REMOVED)
		status = schedule_store_delete_session(db, session_id, error);
	if (status == STATUS_OK && session->change == PLAN_REMOVED)
		return session_store_delete(db, session_id, error);
	if (status == STATUS_OK && session->change == PLAN_ADDED)
		status = session_store_insert(db, &session->row, &session_id, error);
	if (status == STATUS_OK && session->change == PLAN_UPDATED)
		status = session_store_update(db, &session->row, error);
	if (status == STATUS_OK && session->is_kept_changed)
		status = schedule_kept_put_session(db, session_id, session->kept, error);
	if (status == STATUS_OK)
		status = write_items(db, &session->items, session_id, error);
	return status;
}

static enum status write_plan(struct db *db, const struct plan *plan, struct error *error)
{
	enum status status = remove_items(db, &plan->items, error);

	if (status == STATUS_OK)
		status = write_items(db, &plan->items, 0, error);
	for (size_t i = 0; i < plan->session_count && status == STATUS_OK; i++)
		status = write_session(db, &plan->sessions[i], error);
	return status;
}

/* --- Sessions that must not go --- */

static enum status add_course(const char *code, void *data, struct error *error)
{
	struct str *courses = data;

	(void)error;
	str_addf(courses, "%s'%s'", courses->length > 0 ? ", " : "", code);
	return STATUS_OK;
}

static enum status check_removal(struct db *db, const struct session_row *session,
	struct row_errors *errors, struct error *error)
{
	CLEANUP(str_free) struct str courses = STR_INIT;
	int64_t scans = 0;

	enum status status = session_store_scan_count(db, session->session_id, &scans, error);
	if (status == STATUS_OK)
		status =
			session_store_courses(db, session->session_id, add_course, &courses, error);
	if (status == STATUS_OK && scans > 0)
		row_errors_add(errors, 0, programme_column_names[PROGRAMME_SESSION],
			"session '%s' is not in the file, but has %lld scan%s", session->code,
			(long long)scans, scans == 1 ? "" : "s");
	if (status == STATUS_OK && courses.length > 0)
		row_errors_add(errors, 0, programme_column_names[PROGRAMME_SESSION],
			"session '%s' is not in the file, but the rule of course %s names it",
			session->code, courses.text);
	return status;
}

static enum status check_removals(struct db *db, const struct plan *plan, struct row_errors *errors,
	struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < plan->session_count && status == STATUS_OK; i++)
		if (plan->sessions[i].change == PLAN_REMOVED)
			status = check_removal(db, &plan->sessions[i].row, errors, error);
	return status;
}

/* --- Words of warning --- */

static bool is_outside(const struct programme_import *import, const struct programme_row *row)
{
	const struct event *event = import->event;

	return (event->has_first_day &&
		       zone_day_of(import->zone, row->start_s) < event->first_day) ||
	       (event->has_last_day && zone_day_of(import->zone, row->end_s - 1) > event->last_day);
}

static void warn_of_days(const struct programme_import *import, const struct programme_file *file,
	struct row_errors *warnings)
{
	CLEANUP(str_free) struct str start = STR_INIT;

	for (size_t i = 0; i < file->row_count; i++) {
		const struct programme_row *row = &file->rows[i];
		if (row->has_errors || row->is_aside || !is_outside(import, row))
			continue;
		str_clear(&start);
		time_write_short(import->zone, row->start_s, false, &start);
		row_errors_add(warnings, row->line, programme_column_names[PROGRAMME_START],
			"%s is outside the event's days", start.text);
	}
}

/* --- All of it --- */

static enum status append_log(struct db *db, const struct actor *actor,
	const struct programme_import_report *report, const struct log_event *blank,
	struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	const size_t *sessions = report->sessions;
	const size_t *items = report->items;

	str_addf(&detail, "sessions: %zu added, %zu updated, %zu removed; ", sessions[PLAN_ADDED],
		sessions[PLAN_UPDATED], sessions[PLAN_REMOVED]);
	str_addf(&detail, "items: %zu added, %zu updated, %zu removed", items[PLAN_ADDED],
		items[PLAN_UPDATED], items[PLAN_REMOVED]);
	struct log_event event = *blank;
	event.detail = detail.text;
	return log_append(db, actor, &event, error);
}

static bool changes_anything(const struct programme_import_report *report)
{
	if (report->is_rest_changed)
		return true;
	for (int i = PLAN_ADDED; i < PLAN_CHANGE_COUNT; i++)
		if (report->sessions[i] > 0 || report->items[i] > 0)
			return true;
	return false;
}

static const char *file_name(const struct programme_import *import)
{
	return import->schedule != NULL ? import->schedule->name : csv_in_name(import->csv);
}

/* Complains in the end, when all is found. */
static enum status refuse(const struct programme_import *import,
	struct programme_import_report *report, struct error *error)
{
	size_t count = report->errors.count;

	if (count == 0)
		return STATUS_OK;
	row_errors_sort(&report->errors);
	memset(report->sessions, 0, sizeof report->sessions);
	memset(report->items, 0, sizeof report->items);
	return error_set(error, STATUS_REJECTED, "%s: %zu error%s; nothing was written",
		file_name(import), count, count == 1 ? "" : "s");
}

/* Of a schedule: what it says beyond the programme, against what is kept. */
static enum status keep_rest(struct db *db, const struct programme_import *import,
	const struct schedule_kept *kept, struct programme_import_report *report,
	struct error *error)
{
	json_t *rest = schedule_in_rest(import->schedule);
	enum status status = STATUS_OK;

	report->is_rest_changed = kept->document == NULL || json_equal(kept->document, rest) == 0;
	if (report->is_rest_changed && !import->is_dry_run)
		status = schedule_kept_put_event(db, import->event->id, rest, error);
	json_decref(rest);
	return status;
}

/* One import. */
struct run {
	const struct programme_import *import;
	struct programme_file file;
	struct programme_import_report *report;
};

/* Inside the transaction: the plan against the programme as it is now, and its writing. */
static enum status carry_out(struct db *db, struct run *run, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	CLEANUP(schedule_kept_freep) struct schedule_kept *kept = NULL;
	CLEANUP(plan_free) struct plan plan = PLAN_INIT;
	const struct programme_import *import = run->import;
	struct programme_import_report *report = run->report;

	enum status status = programme_load(db, import->event->id, &programme, error);
	if (status == STATUS_OK && import->schedule != NULL)
		status = schedule_kept_load(db, import->event->id, &kept, error);
	if (status != STATUS_OK)
		return status;
	if (kept != NULL)
		schedule_in_name_rows(&run->file, programme, kept);
	plan_make(&plan, programme, &run->file, import->replace, &report->errors);
	if (kept != NULL)
		schedule_kept_compare(kept, &plan);
	plan_count(&plan, report->sessions, report->items);
	status = check_removals(db, &plan, &report->errors, error);
	if (status == STATUS_OK)
		status = refuse(import, report, error);
	if (status == STATUS_OK && !import->is_dry_run)
		status = write_plan(db, &plan, error);
	if (status == STATUS_OK && kept != NULL)
		status = keep_rest(db, import, kept, report, error);
	return status;
}

static enum status read_rows(struct run *run, struct error *error)
{
	const struct programme_import *import = run->import;
	struct programme_import_report *report = run->report;
	enum status status;

	if (import->schedule != NULL)
		status = schedule_in_rows(import->schedule, import->zone, &run->file,
			&(struct row_lists){ &report->errors, &report->warnings }, error);
	else
		status = programme_file_read(import->csv, import->zone, &run->file, &report->errors,
			error);
	report->row_count = run->file.row_count;
	if (status == STATUS_OK)
		warn_of_days(import, &run->file, &report->warnings);
	return status;
}

static enum status take_in(struct db *db, const struct actor *actor, struct run *run,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	const struct programme_import *import = run->import;
	enum status status;

	if (import->is_dry_run)
		status = transaction_begin_read(&transaction, db, error);
	else
		status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = carry_out(db, run, error);
	if (status != STATUS_OK || import->is_dry_run || !changes_anything(run->report))
		return status;
	status = append_log(db, actor, run->report,
		&(struct log_event){ .action = "programme import",
			.subject = "event",
			.subject_id = import->event->id,
			.digest = run->file.digest },
		error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

/* A schedule has no lines that anybody would count. */
static void name_places(const struct programme_file *file, struct row_errors *errors)
{
	for (size_t i = 0; i < errors->count; i++) {
		size_t line = errors->all[i].line;
		if (line > 0 && line <= file->row_count && file->rows[line - 1].place != NULL)
			row_errors_place(&errors->all[i], file->rows[line - 1].place);
	}
}

enum status programme_import(struct db *db, const struct actor *actor,
	const struct programme_import *import, struct programme_import_report *report,
	struct error *error)
{
	struct run run = { .import = import, .report = report };

	enum status status = read_rows(&run, error);
	if (status == STATUS_OK)
		status = take_in(db, actor, &run, error);
	if (import->schedule != NULL) {
		name_places(&run.file, &report->errors);
		name_places(&run.file, &report->warnings);
	}
	programme_file_free(&run.file);
	return status;
}

void programme_import_report_free(struct programme_import_report *report)
{
	row_errors_free(&report->errors);
	row_errors_free(&report->warnings);
}

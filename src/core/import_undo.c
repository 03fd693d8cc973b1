/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_undo.h"

#include "core/import_undo_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

enum {
	THINGS_A_REPORT = 256,
};

void undo_note_done(struct undo *undo)
{
	const struct import_undo_functions *functions = undo->functions;

	if (++undo->done % THINGS_A_REPORT == 0 && functions->progress != NULL)
		functions->progress(undo->done, functions->data);
}

enum status undo_leave(struct undo *undo, const struct undo_left *left, struct error *error)
{
	return undo_store_left_add(undo->db, left, error);
}

void undo_note_courses(struct undo *undo, const char *courses)
{
	CLEANUP(str_free) struct str joined = STR_INIT;

	text_set_join(undo->courses.text, courses, &joined);
	str_clear(&undo->courses);
	str_add(&undo->courses, joined.text);
}

/* --- Which import --- */

struct search {
	struct undo *undo;
	bool is_of_event;
	bool is_attendance;
	bool is_undone;
	bool is_told;
};

static enum status look_at_import(const struct import_row *row, void *data, struct error *error)
{
	struct search *search = data;
	struct undo *undo = search->undo;
	const struct import_undo_functions *functions = undo->functions;

	(void)error;
	search->is_of_event = row->event_id == undo->request->event_id;
	search->is_attendance = strcmp(row->kind, "registrants") != 0;
	search->is_undone = row->is_undone;
	undo->taken_s = row->taken_s;
	bool is_it = search->is_of_event && !search->is_attendance && !row->is_undone;
	if (search->is_told && is_it && functions->begin != NULL)
		functions->begin(row, functions->data);
	return STATUS_OK;
}

static enum status refuse_attendance(int64_t import_id, struct error *error)
{
	(void)error_set(error, STATUS_NO, "import %lld is one of attendance, which is never undone",
		(long long)import_id);
	return error_hint(error, "take its rows back with 'regtool attendance void'");
}

static enum status find_import(struct undo *undo, bool is_told, struct error *error)
{
	int64_t import_id = undo->request->import_id;
	struct search search = { .undo = undo, .is_told = is_told };

	enum status status =
		import_store_by_number(undo->db, import_id, look_at_import, &search, error);
	if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !search.is_of_event)) {
		(void)error_set(error, STATUS_NOT_FOUND, "the event has no import %lld",
			(long long)import_id);
		return error_hint(error, "'regtool import list' shows those there are");
	}
	if (status == STATUS_OK && search.is_undone) {
		(void)error_set(error, STATUS_NO, "import %lld was undone already",
			(long long)import_id);
		return error_hint(error, "'regtool import list' shows when");
	}
	if (status == STATUS_OK && search.is_attendance)
		status = refuse_attendance(import_id, error);
	if (status == STATUS_OK)
		status = undo_store_log_entry(undo->db, import_id, &undo->log_id, error);
	return status;
}

/* --- The whole --- */

/* Statuses come last: only then is it known which seats are free. */
static enum status take_back(struct undo *undo, struct error *error)
{
	int64_t import_id = undo->request->import_id;

	enum status status = import_store_undo(undo->db, import_id, undo->actor->now_s, error);
	if (status == STATUS_OK)
		status = undo_values(undo, false, error);
	if (status == STATUS_OK)
		status = undo_people(undo, error);
	if (status == STATUS_OK)
		status = seats_open(&undo->seats, undo->db, undo->actor, undo->request->event_id,
			error);
	if (status == STATUS_OK)
		status = undo_values(undo, true, error);
	if (status == STATUS_OK)
		status = import_change_store_delete_all(undo->db, import_id, error);
	if (status == STATUS_OK)
		status = undo_store_clear_questions(undo->db, undo->request->event_id, error);
	return status;
}

static enum status log_undo(const struct undo *undo, struct error *error)
{
	const struct import_undo_counts *counts = &undo->counts;
	CLEANUP(str_free) struct str detail = STR_INIT;

	str_addf(&detail,
		"erased %lld, cancelled %lld, kept %lld, restored %lld, changed since %lld",
		(long long)counts->erased, (long long)counts->cancelled, (long long)counts->kept,
		(long long)counts->restored, (long long)counts->changed_since);
	return log_append(undo->db, undo->actor,
		&(struct log_event){ .action = "import undo",
			.subject = "import",
			.subject_id = undo->request->import_id,
			.detail = detail.text,
			.reason = undo->request->reason },
		error);
}

/* Of the courses out of which people were taken, those in which nobody is. */
static enum status find_empty_courses(const struct undo *undo, struct str *ret, struct error *error)
{
	CLEANUP(str_free) struct str empty = STR_INIT;
	CLEANUP(str_free) struct str others = STR_INIT;

	str_clear(ret);
	if (undo->courses.length == 0)
		return STATUS_OK;
	enum status status =
		undo_store_empty_courses(undo->db, undo->request->event_id, &empty, error);
	text_set_without(empty.text, undo->courses.text, &others);
	text_set_without(empty.text, others.text, ret);
	return status;
}

static enum status tell(struct undo *undo, struct error *error)
{
	const struct import_undo_functions *functions = undo->functions;
	CLEANUP(str_free) struct str empty = STR_INIT;

	enum status status = find_empty_courses(undo, &empty, error);
	undo->counts.courses_empty = empty.text;
	if (status == STATUS_OK && functions->counts != NULL)
		status = functions->counts(&undo->counts, &undo->seats, functions->data, error);
	if (status == STATUS_OK && functions->left != NULL)
		status = undo_store_left_list(undo->db, functions->left, functions->data, error);
	return status;
}

static enum status run(struct undo *undo, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;

	enum status status = find_import(undo, true, error);
	if (status == STATUS_OK)
		status = undo_store_left_open(undo->db, error);
	if (status == STATUS_OK)
		status = transaction_begin_write(&transaction, undo->db, error);
	/* Somebody may have been faster. */
	if (status == STATUS_OK)
		status = find_import(undo, false, error);
	if (status == STATUS_OK)
		status = take_back(undo, error);
	if (status == STATUS_OK)
		status = log_undo(undo, error);
	if (status == STATUS_OK)
		status = seats_give(&undo->seats, 0, error);
	if (status == STATUS_OK)
		status = tell(undo, error);
	return status == STATUS_OK ? transaction_commit(&transaction, error) : status;
}

enum status import_undo(struct db *db, const struct actor *actor,
	const struct import_undo_request *request, const struct import_undo_functions *functions,
	struct error *error)
{
	struct undo undo = {
		.db = db,
		.actor = actor,
		.request = request,
		.functions = functions,
		.courses = STR_INIT,
		.seats = SEATS_INIT,
	};

	enum status status = run(&undo, error);
	str_free(&undo.courses);
	seats_free(&undo.seats);
	return status;
}

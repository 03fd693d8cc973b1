/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance.h"

#include "core/ledger.h"
#include "core/registrant.h"
#include "store/import_store.h"
#include "util/memory.h"
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

/* Stores one row, with its log entry. */
static enum status write_row(struct db *db, const struct actor *actor, struct scan_row *row,
	struct log_event *event, struct error *error)
{
	struct ledger ledger;
	enum status status = ledger_begin(&ledger, db, error);

	row->stored_s = actor->now_s;
	row->station = "";
	row->actor = actor->name;
	if (status == STATUS_OK)
		status = ledger_add(&ledger, row, error);
	event->subject = row->registrant_id != 0 ? "registrant" : "";
	event->subject_id = row->registrant_id;
	event->reason_registrant_id = row->registrant_id;
	event->reason_scan_id = row->scan_id;
	if (status == STATUS_OK)
		status = ledger_close(&ledger, actor, event, error);
	ledger_free(&ledger);
	return status;
}

enum status attendance_add(struct db *db, const struct actor *actor,
	const struct attendance_entry *entry, int64_t *ret_scan_id, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct log_event event = { .action = "attendance add", .reason = entry->reason };
	struct scan_row row = {
		.event_id = entry->event_id,
		.session_id = entry->session_id,
		.direction = "in",
		.at_s = entry->from_s,
		.has_until = true,
		.until_s = entry->to_s,
		.source = "manual",
		.result = "admitted",
	};

	enum status status = transaction_begin_write(&transaction, db, error);
	/* Who was merged since they were looked up is somebody else now. */
	if (status == STATUS_OK)
		status = registrant_load(db, entry->registrant_id, &registrant, error);
	if (status == STATUS_OK) {
		row.registrant_id = registrant->id;
		status = write_row(db, actor, &row, &event, error);
	}
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_scan_id = row.scan_id;
	return status;
}

struct voiding {
	int64_t event_id;
	int64_t void_of; /* of the row found */
	struct scan_row row;
};

/* Makes the row that takes this one back. */
static enum status turn_around(const struct scan_row *found, void *data, struct error *error)
{
	static const char *const sources[] = { "door", "online", "manual" };
	struct voiding *voiding = data;

	if (found->event_id != voiding->event_id)
		return error_set(error, STATUS_NOT_FOUND, "scan %lld is of another event",
			(long long)found->scan_id);
	voiding->void_of = found->void_of;
	voiding->row = (struct scan_row){
		.event_id = found->event_id,
		.registrant_id = found->registrant_id,
		.session_id = found->session_id,
		.result = "void",
		.void_of = found->scan_id,
	};
	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
		if (strcmp(found->source, sources[i]) == 0)
			voiding->row.source = sources[i];
	return STATUS_OK;
}

static enum status check_void(struct db *db, int64_t scan_id, const struct voiding *voiding,
	struct error *error)
{
	int64_t earlier_id = 0;

	if (voiding->void_of != 0)
		return error_set(error, STATUS_EXISTS,
			"scan %lld takes back scan %lld: that cannot be taken back",
			(long long)scan_id, (long long)voiding->void_of);
	enum status status = scan_store_void_of(db, scan_id, &earlier_id, error);
	if (status == STATUS_OK && earlier_id != 0)
		return error_set(error, STATUS_EXISTS, "scan %lld was taken back before, by %lld",
			(long long)scan_id, (long long)earlier_id);
	return status;
}

enum status attendance_void(struct db *db, const struct actor *actor, int64_t event_id,
	int64_t scan_id, const char *reason, int64_t *ret_scan_id, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(str_free) struct str detail = STR_INIT;
	struct voiding voiding = { .event_id = event_id };
	struct log_event event = { .action = "attendance void", .reason = reason };

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = scan_store_by_number(db, scan_id, turn_around, &voiding, error);
	if (status == STATUS_OK)
		status = check_void(db, scan_id, &voiding, error);
	str_addf(&detail, "scan %lld", (long long)scan_id);
	event.detail = detail.text;
	voiding.row.at_s = actor->now_s;
	if (status == STATUS_OK)
		status = write_row(db, actor, &voiding.row, &event, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_scan_id = voiding.row.scan_id;
	return status;
}

/* --- A whole import --- */

struct numbers {
	int64_t *all;
	size_t count;
};

static void add_number(int64_t scan_id, void *data)
{
	struct numbers *numbers = data;

	if ((numbers->count & (numbers->count - 1)) == 0)
		numbers->all =
			xreallocarray(numbers->all, 2 * numbers->count + 1, sizeof *numbers->all);
	numbers->all[numbers->count++] = scan_id;
}

static enum status void_numbers(struct db *db, const struct actor *actor,
	const struct numbers *numbers, struct ledger *ledger, struct voiding *voiding,
	struct error *error)
{
	enum status status = ledger_begin(ledger, db, error);

	for (size_t i = 0; i < numbers->count && status == STATUS_OK; i++) {
		status = scan_store_by_number(db, numbers->all[i], turn_around, voiding, error);
		voiding->row.at_s = actor->now_s;
		voiding->row.stored_s = actor->now_s;
		voiding->row.station = "";
		voiding->row.actor = actor->name;
		if (status == STATUS_OK)
			status = ledger_add(ledger, &voiding->row, error);
	}
	return status;
}

enum status attendance_void_import(struct db *db, const struct actor *actor, int64_t event_id,
	int64_t import_id, const char *reason, int64_t *ret_count, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct numbers numbers = { .all = NULL };
	struct voiding voiding = { .event_id = event_id };
	struct ledger ledger = { .db = db };
	const struct log_event event = {
		.action = "attendance void",
		.subject = "import",
		.subject_id = import_id,
		.reason = reason,
	};
	bool is_attendance;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = import_store_kind(db, event_id, import_id, &is_attendance, error);
	if (status == STATUS_OK)
		status = scan_store_of_import(db, import_id, add_number, &numbers, error);
	if (status == STATUS_OK && numbers.count == 0)
		status = error_set(error, STATUS_EXISTS, "import %lld: %s", (long long)import_id,
			is_attendance ? "all its rows were taken back before"
				      : "is one of registrants, and has no rows of attendance");
	if (status == STATUS_OK)
		status = void_numbers(db, actor, &numbers, &ledger, &voiding, error);
	if (status == STATUS_OK)
		status = ledger_close(&ledger, actor, &event, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_count = (int64_t)numbers.count;
	ledger_free(&ledger);
	free(numbers.all);
	return status;
}

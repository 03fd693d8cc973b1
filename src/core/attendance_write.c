/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance_write.h"

#include "core/import.h"
#include "core/ledger.h"
#include "store/alias_store.h"
#include "store/import_store.h"
#include "util/hash.h"
#include "util/memory.h"

#include <stdio.h>
#include <string.h>

enum {
	NONCE_BYTES = 16, /* of the hash: enough that no two rows of an event meet */
};

/* What it says, and nothing else. A row that was taken back may come once more: then it needs
 * another nonce, with the number of the attempt. */
static void write_nonce(const struct attendance_row *row, int attempt,
	char nonce[ATTENDANCE_NONCE_SIZE])
{
	CLEANUP(hash_freep) struct hash *hash = hash_new("regtool-report-1");
	unsigned char digest[HASH_SIZE];
	char hex[2 * NONCE_BYTES + 1];

	hash_add_integer(hash, row->registrant_id);
	hash_add_integer(hash, row->session_id);
	hash_add_text(hash, row->source);
	hash_add_integer(hash, row->is_out ? 1 : 0);
	hash_add_integer(hash, row->at_s);
	hash_add_integer(hash, row->has_until ? 1 : 0);
	hash_add_integer(hash, row->has_until ? row->until_s : 0);
	hash_finish(hash, digest);
	hash_to_hex(digest, NONCE_BYTES, hex);
	if (attempt > 1)
		(void)snprintf(nonce, ATTENDANCE_NONCE_SIZE, "report-%s-%d", hex, attempt);
	else
		(void)snprintf(nonce, ATTENDANCE_NONCE_SIZE, "report-%s", hex);
}

static enum status keep_number(const struct scan_row *row, void *data, struct error *error)
{
	(void)error;
	*(int64_t *)data = row->scan_id;
	return STATUS_OK;
}

enum status attendance_nonce(struct db *db, int64_t event_id, const struct attendance_row *row,
	char ret_nonce[static ATTENDANCE_NONCE_SIZE], bool *ret_is_known, struct error *error)
{
	for (int attempt = 1;; attempt++) {
		struct error missing = ERROR_INIT;
		int64_t scan_id = 0;
		int64_t void_id = 0;
		write_nonce(row, attempt, ret_nonce);
		enum status status = scan_store_by_nonce(db, event_id, ret_nonce, keep_number,
			&scan_id, &missing);
		if (status == STATUS_NOT_FOUND) {
			*ret_is_known = false;
			return STATUS_OK;
		}
		if (status == STATUS_OK)
			status = scan_store_void_of(db, scan_id, &void_id, error);
		else
			*error = missing;
		if (status != STATUS_OK || void_id == 0) {
			*ret_is_known = true;
			return status;
		}
	}
}

static enum status write_row(struct ledger *ledger, const struct actor *actor,
	const struct attendance_write *write, const struct attendance_row *row,
	struct attendance_import_report *report, struct error *error)
{
	char nonce[ATTENDANCE_NONCE_SIZE];
	bool is_known = false;
	struct scan_row scan = {
		.event_id = write->event_id,
		.registrant_id = row->registrant_id,
		.session_id = row->session_id,
		.direction = row->is_out ? "out" : "in",
		.at_s = row->at_s,
		.has_until = row->has_until,
		.until_s = row->until_s,
		.stored_s = actor->now_s,
		.source = row->source,
		.station = "",
		.nonce = nonce,
		.result = "admitted",
		.import_id = report->import_id,
		.actor = actor->name,
	};

	enum status status =
		attendance_nonce(ledger->db, write->event_id, row, nonce, &is_known, error);
	if (status == STATUS_OK && !is_known && !write->is_dry_run)
		status = ledger_add(ledger, &scan, error);
	if (status == STATUS_OK)
		*(is_known ? &report->known : &report->added) += 1;
	return status;
}

/* --- What the user said of names --- */

static enum status remember(struct db *db, const struct attendance_write *write, int64_t *ret_count,
	struct error *error)
{
	const struct meeting_people *people = write->participants;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < people->count && status == STATUS_OK; i++) {
		const struct meeting_person *person = &people->all[i];
		const struct alias_key key = {
			.event_id = write->event_id,
			.name_key = person->name_key,
			.email_key = person->email_key,
		};
		bool is_changed = false;
		if (!person->is_told)
			continue;
		status = alias_store_put(db, &key, person->name, person->registrant_id, &is_changed,
			error);
		*ret_count += is_changed ? 1 : 0;
	}
	return status;
}

/* --- All --- */

static enum status begin_import(struct db *db, const struct actor *actor,
	const struct attendance_write *write, struct import_row *row, struct error *error)
{
	*row = (struct import_row){
		.event_id = write->event_id,
		.name = import_file_name(write->name),
		.taken_s = actor->now_s,
		.actor = actor->name,
		.kind = "attendance",
	};
	memcpy(row->digest, write->digest, sizeof row->digest);
	return import_store_insert(db, row, &row->import_id, error);
}

static enum status end_import(struct db *db, const struct attendance_import_report *report,
	struct import_row *row, struct error *error)
{
	row->rows = report->rows;
	row->added = report->added;
	row->unchanged = report->known;
	row->kept = report->ignored;
	row->rejected = report->unmatched;
	return import_store_finish(db, row, error);
}

static enum status write_rows(struct db *db, const struct actor *actor,
	const struct attendance_write *write, const struct attendance_batch *batch,
	struct attendance_import_report *report, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	struct ledger ledger = { .db = db };
	struct log_event event = { .action = "attendance import", .subject = "import" };

	report->added = 0;
	report->known = 0;
	enum status status = ledger_begin(&ledger, db, error);
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = write_row(&ledger, actor, write, &batch->all[i], report, error);
	str_addf(&detail, "%s: rows %lld, matched %lld, unmatched %lld, ignored %lld",
		meeting_source_word(report->source), (long long)report->rows,
		(long long)report->matched, (long long)report->unmatched,
		(long long)report->ignored);
	event.subject_id = report->import_id;
	event.detail = detail.text;
	if (status == STATUS_OK)
		status = ledger_close(&ledger, actor, &event, error);
	ledger_free(&ledger);
	return status;
}

static enum status log_names(struct db *db, const struct actor *actor, int64_t count,
	struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;

	if (count == 0)
		return STATUS_OK;
	str_addf(&detail, "names %lld", (long long)count);
	return log_append(db, actor,
		&(struct log_event){ .action = "attendance match", .detail = detail.text }, error);
}

static enum status write_under_lock(struct db *db, const struct actor *actor,
	const struct attendance_write *write, struct attendance_batch *batch, int64_t last_log,
	struct attendance_import_report *report, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct import_row row;
	bool is_changed = false;
	int64_t names = 0;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = log_store_changed_since(db, last_log, &is_changed, error);
	if (status == STATUS_OK && is_changed)
		status = write->make(write->data, &batch, error);
	if (status == STATUS_OK)
		status = begin_import(db, actor, write, &row, error);
	if (status != STATUS_OK)
		return status;
	report->import_id = row.import_id;
	status = write_rows(db, actor, write, batch, report, error);
	if (status == STATUS_OK)
		status = remember(db, write, &names, error);
	if (status == STATUS_OK)
		status = log_names(db, actor, names, error);
	/* The same file again leaves nothing behind, not even an import. */
	if (status == STATUS_OK && report->added == 0)
		report->import_id = 0;
	if (status == STATUS_OK && report->added == 0 && names == 0)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = report->added > 0 ? end_import(db, report, &row, error)
					   : import_store_delete(db, row.import_id, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

enum status attendance_write_all(struct db *db, const struct actor *actor,
	const struct attendance_write *write, struct attendance_import_report *report,
	struct error *error)
{
	struct attendance_batch *batch = NULL;
	unsigned char hash[HASH_SIZE];
	int64_t last_log;

	enum status status = log_store_head(db, &last_log, hash, error);
	if (status == STATUS_OK)
		status = write->make(write->data, &batch, error);
	if (status != STATUS_OK)
		return status;
	if (write->is_dry_run) {
		status = write_rows(db, actor, write, batch, report, error);
		report->import_id = 0;
		return status;
	}
	status = write_under_lock(db, actor, write, batch, last_log, report, error);
	if (status != STATUS_OK)
		report->import_id = 0;
	return status;
}

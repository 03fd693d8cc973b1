/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/reading.h"

#include "store/db_private.h"
#include "util/memory.h"

#include <assert.h>

enum {
	SLICE_MS = 50,    /* a door may meet one, and wait for doors that met one before it */
	ATTEMPTS_MAX = 3, /* in slices; then locked */
};

enum status reading_slice_begin(struct reading *reading, struct error *error)
{
	/* A transaction of the caller's own is one long slice. */
	if (reading->slice.db != NULL || transaction_is_open(reading->db))
		return STATUS_OK;
	enum status status = transaction_begin_read_in_turn(&reading->slice, reading->db, error);
	reading->slice_started_ms = db_clock_ms();
	reading->slices++;
	return status;
}

bool reading_slice_is_over(struct reading *reading)
{
	return !reading->is_locked && reading->slice.db != NULL &&
	       db_clock_ms() - reading->slice_started_ms >= SLICE_MS;
}

void reading_slice_end(struct reading *reading)
{
	if (!reading->is_locked)
		transaction_end(&reading->slice);
}

enum status reading_slice_keep(struct reading *reading, struct error *error)
{
	if (reading->is_locked || reading->slice.db == NULL)
		return STATUS_OK;
	return transaction_commit(&reading->slice, error);
}

static enum status fix_numbers(struct reading *reading, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_LOG_HEAD);
	reading->last_log = query_step(query) ? query_integer(query, 0) : 0;
	status = query_end(query, error);
	if (status == STATUS_OK) {
		query = db_query(reading->db, QUERY_SCAN_LAST_NUMBER);
		reading->last_scan = query_step(query) ? query_integer(query, 0) : 0;
		status = query_end(query, error);
	}
	return status;
}

static enum status ask_for_changes(struct reading *reading, bool *ret_changed, struct error *error)
{
	struct query *query = db_query(reading->db, QUERY_LOG_CHANGED_SINCE);

	query_bind_integer(query, "log", reading->last_log);
	bool changed = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_changed = changed;
	return status;
}

enum status reading_run(struct db *db, reading_function *function, void *data,
	reading_notice *notice_or_null, void *notice_data, struct error *error)
{
	for (int attempt = 1;; attempt++) {
		struct reading reading = { .db = db, .is_locked = attempt > ATTEMPTS_MAX };
		bool changed = false;

		if (reading.is_locked && notice_or_null != NULL)
			notice_or_null(notice_data);
		enum status status = fix_numbers(&reading, error);
		/* The first slice goes on into the function: a short list is read as one. */
		if (status == STATUS_OK)
			status = function(&reading, data, error);
		transaction_end(&reading.slice);
		if (status == STATUS_OK && reading.slices > 1)
			status = ask_for_changes(&reading, &changed, error);
		if (status != STATUS_OK || !changed)
			return status;
	}
}

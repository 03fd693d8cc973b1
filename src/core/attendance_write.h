/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing a file of attendance: one transaction, its rows one group of the ledger. A row's nonce
 * is a hash of what it says, by which the ledger knows it again.
 */
#ifndef REGTOOL_CORE_ATTENDANCE_WRITE_H
#define REGTOOL_CORE_ATTENDANCE_WRITE_H

#include "core/attendance_batch.h"
#include "core/attendance_import.h"

struct attendance_write {
	int64_t event_id;
	const char *name; /* of the file */
	const unsigned char *digest;
	bool is_dry_run;
	const struct meeting_people *participants; /* those told by the user are remembered */
	/* Gives the rows, as the database is; called again under the lock where it was changed
	 * since. */
	enum status (*make)(void *data, struct attendance_batch **ret_batch, struct error *error);
	void *data;
};

enum {
	ATTENDANCE_NONCE_SIZE = 65,
};
/* The nonce under which a row of a file is stored, or would be: the first of those that follow
 * from what it says that the event does not know, or is that of a row that was not taken back.
 * *ret_is_known: there is such a row. */
enum status attendance_nonce(struct db *db, int64_t event_id, const struct attendance_row *row,
	char ret_nonce[static ATTENDANCE_NONCE_SIZE], bool *ret_is_known, struct error *error);

/* Sets added, known and import_id of the report. */
enum status attendance_write_all(struct db *db, const struct actor *actor,
	const struct attendance_write *write, struct attendance_import_report *report,
	struct error *error);

#endif

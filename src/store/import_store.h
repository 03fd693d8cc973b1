/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of imports: files taken in, with what became of their rows.
 */
#ifndef REGTOOL_STORE_IMPORT_STORE_H
#define REGTOOL_STORE_IMPORT_STORE_H

#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

struct import_row {
	int64_t import_id;
	int64_t event_id;
	const char *name; /* of the file, without its folder */
	unsigned char digest[32];
	int64_t taken_s;
	const char *actor;
	int64_t rows;
	int64_t added;
	int64_t updated;
	int64_t unchanged;
	int64_t kept;
	int64_t rejected;
	bool is_undone;
	int64_t undone_s;
	const char *kind; /* "registrants" or "attendance"; NULL: the former */
};
typedef enum status import_row_function(const struct import_row *row, void *data,
	struct error *error);

/* The counts are stored by import_store_finish, when they are known. */
enum status import_store_insert(struct db *db, const struct import_row *row, int64_t *ret_import_id,
	struct error *error);
enum status import_store_finish(struct db *db, const struct import_row *row, struct error *error);
/* Takes one away that wrote nothing. */
enum status import_store_delete(struct db *db, int64_t import_id, struct error *error);
/* STATUS_NOT_FOUND: the event has no such import. */
enum status import_store_kind(struct db *db, int64_t event_id, int64_t import_id,
	bool *ret_is_attendance, struct error *error);
/* Lends the event's imports, by number, in slices of the reading; without their digests. */
enum status import_store_list(struct reading *reading, int64_t event_id,
	import_row_function *function, void *data, struct error *error);

/* Lends the import with the number; STATUS_NOT_FOUND. */
enum status import_store_by_number(struct db *db, int64_t import_id, import_row_function *function,
	void *data, struct error *error);
/* It does not stand any more. */
enum status import_store_undo(struct db *db, int64_t import_id, int64_t now_s, struct error *error);

#endif

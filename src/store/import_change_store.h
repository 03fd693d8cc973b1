/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of what imports changed of registrants and people who were there before them.
 */
#ifndef REGTOOL_STORE_IMPORT_CHANGE_STORE_H
#define REGTOOL_STORE_IMPORT_CHANGE_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

/* The texts are lent, or owned by whoever made the copy. */
struct import_change_row {
	int64_t change_id; /* ascending; not written */
	int64_t import_id;
	int64_t registrant_id;
	const char *field;   /* by name; NULL: an answer */
	int64_t question_id; /* of the answer */
	const char *old_value;
	const char *new_value;
	const char *name; /* of the field, or the answer's header; read only by _before */
};
typedef enum status import_change_function(const struct import_change_row *row, void *data,
	struct error *error);

enum status import_change_store_insert(struct db *db, const struct import_change_row *row,
	struct error *error);

/* Lends the newest change of an import before the one with a number, to nobody if there is
 * none. */
enum status import_change_store_before(struct db *db, int64_t import_id, int64_t before,
	import_change_function *function, void *data, struct error *error);

/* What the next change is to be of: the same field or answer as `change`, of the person, at
 * any event, or of its registrant alone. */
struct import_change_thread {
	const struct import_change_row *change;
	int64_t after; /* number of a change */
	int64_t person_id;
	bool is_of_person;
};
/* Lends it, to nobody if there is none. */
enum status import_change_store_next(struct db *db, const struct import_change_thread *thread,
	import_change_function *function, void *data, struct error *error);

enum status import_change_store_set(struct db *db, int64_t change_id, const char *old_value,
	const char *new_value, struct error *error);
enum status import_change_store_delete(struct db *db, int64_t change_id, struct error *error);
/* All of an import. */
enum status import_change_store_delete_all(struct db *db, int64_t import_id, struct error *error);
/* Those of one field of a registrant. */
enum status import_change_store_delete_field(struct db *db, int64_t registrant_id,
	const char *field, struct error *error);

#endif

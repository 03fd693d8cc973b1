/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of core/import_undo: import_undo.c (the whole), import_undo_values.c (what was
 * changed), import_undo_sets.c (roles and courses), import_undo_people.c (who was added).
 */
#ifndef REGTOOL_CORE_IMPORT_UNDO_PRIVATE_H
#define REGTOOL_CORE_IMPORT_UNDO_PRIVATE_H

#include "core/field.h"
#include "core/import_undo.h"
#include "core/registrant.h"
#include "store/import_change_store.h"
#include "util/str.h"

#include <stdbool.h>

struct undo {
	struct db *db;
	const struct actor *actor;
	const struct import_undo_request *request;
	const struct import_undo_functions *functions;
	int64_t taken_s;
	int64_t log_id; /* of the entry on the import */
	struct import_undo_counts counts;
	struct str courses; /* set: out of which people were taken */
	struct seats seats; /* open while statuses are put back */
	int64_t done;
};

/* Counts a thing done, for the progress. */
void undo_note_done(struct undo *undo);
/* Sets aside what is left. */
enum status undo_leave(struct undo *undo, const struct undo_left *left, struct error *error);
/* The person was taken out of courses (a set). */
void undo_note_courses(struct undo *undo, const char *courses);

/* --- Values --- */

/* A change, copied; the memory is used again. */
struct undo_change {
	struct import_change_row row;
	bool is_found;
	struct str texts[4];
};
#define UNDO_CHANGE_INIT                                                                           \
	{                                                                                          \
		.texts = { STR_INIT, STR_INIT, STR_INIT, STR_INIT }                                \
	}
void undo_change_free(struct undo_change *change);
/* As an import_change_function; data is the change to fill. */
enum status undo_keep_change(const struct import_change_row *row, void *data, struct error *error);

/* One change being taken back. */
struct undo_thing {
	struct undo *undo;
	const struct import_change_row *change;
	const struct undo_registrant *state;
	const struct registrant *registrant; /* as it is now */
	enum field field;                    /* FIELD_COUNT: an answer */
};

/* Leaves the thing as it is, for a reason. */
enum status undo_leave_thing(const struct undo_thing *thing, const char *value, const char *reason,
	struct error *error);
/* The next change of the same thing after one, by an import that stands. */
enum status undo_next_change(const struct undo_thing *thing, int64_t after,
	struct undo_change *ret_next, struct error *error);

/* Takes back the changes of statuses, or all others. */
enum status undo_values(struct undo *undo, bool is_of_statuses, struct error *error);
enum status undo_roles(const struct undo_thing *thing, struct error *error);
enum status undo_courses(const struct undo_thing *thing, struct error *error);

/* --- People --- */

/* What becomes of a registrant whose import does not stand any more. */
enum undo_fate {
	UNDO_NOTHING, /* the import stands, or the person is erased */
	UNDO_KEEP,
	UNDO_CANCEL,
	UNDO_ERASE,
};
/* Sets `reasons` to why it is not erased. */
enum undo_fate undo_fate_of(const struct undo_registrant *registrant, struct str *reasons);
/* Erases and cancels whom the import added. */
enum status undo_people(struct undo *undo, struct error *error);

#endif

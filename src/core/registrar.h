/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes what is said of a person into the database: adds a registrant, or changes what is
 * there as far as something else is said. Imports and changes by hand both go through it,
 * inside a write transaction of their caller, who also logs. One registrar does many rows
 * and keeps its memory between them.
 */
#ifndef REGTOOL_CORE_REGISTRAR_H
#define REGTOOL_CORE_REGISTRAR_H

#include "core/field.h"
#include "core/key.h"
#include "core/log.h"
#include "core/seats.h"
#include "core/token.h"
#include "store/db.h"
#include "store/registrant_store.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A question whose answers are written; its number is found, or given, with the first. */
struct question {
	char *header;
	int64_t id; /* 0: not yet known */
};

/* What is said. */
struct registrant_values {
	const char *fields[FIELD_COUNT]; /* normalised; NULL: nothing said; "": cleared */
	struct question *questions;
	const char *const *answers; /* of the questions; NULL: nothing said; "": cleared */
	size_t answer_count;
};

/* A change of a registrant who was there: of a field, or of an answer by its header. */
typedef void registrar_change_function(const char *column, const char *old_value,
	const char *new_value, void *data);

struct registrar {
	/* Given by the caller, borrowed. */
	struct db *db;
	int64_t event_id;
	const struct actor *actor;
	int64_t import_id;     /* 0: by hand */
	const char *key_path;  /* loaded with the first new registrant, who gets a token … */
	const struct key *key; /* … unless this is the key */
	bool is_by_hand;       /* sets replace, a status stays against imports, courses exist */
	bool is_status_forced; /* a status set by hand is replaced too */
	struct seats
		*seats; /* opened: new registrations fit them, changes are noted; NULL: as said */
	registrar_change_function *on_change; /* may be NULL */
	void *data;

	/* What came of it. */
	struct str courses_created; /* set of codes */

	/* The registrar's own. */
	struct key *loaded_key;
	struct token_issuer *issuer;
	struct str name;
	struct str roles;
	struct str email_key;
	struct str old_courses;
	struct str new_courses; /* of a row: those in which it put the person */
	struct str text;
	struct str word;
	struct str last_course; /* looked up last, and its number */
	int64_t last_course_id;
	int64_t known_id;         /* who is written, and was there before; 0: somebody new */
	int64_t old_queue_number; /* of who waited until now; 0: did not */
	bool is_telling;
};

struct registrar_result {
	int64_t registrant_id;
	bool is_new;
	bool is_changed;        /* of one who was there */
	bool is_status_kept;    /* set by hand before, and left */
	const char *old_status; /* NULL: new; lent by `known` */
	const char *status;     /* lent by `known`, by the values, or constant */
};

/* Ready for use once db, event_id and actor are set. */
#define REGISTRAR_INIT                                                                             \
	.courses_created = STR_INIT, .name = STR_INIT, .roles = STR_INIT, .email_key = STR_INIT,   \
	.old_courses = STR_INIT, .new_courses = STR_INIT, .text = STR_INIT, .word = STR_INIT,      \
	.last_course = STR_INIT
void registrar_free(struct registrar *registrar);

/* Whether the registrant was cancelled because the import that added it was taken back. To
 * an import that is nobody who is registered: it adds them again, under their number. */
enum status registrar_is_taken_back(struct db *db, const struct registrant_row *known,
	bool *ret_is_taken_back, struct error *error);

/*
 * `known` is the person as the database has it (person_id 0: nobody), and as a registrant of
 * the event (registrant_id 0: not yet). STATUS_KEY: a token is to be issued and there is no
 * right key. By hand: STATUS_NOT_FOUND for a course that is not there.
 */
enum status registrar_write(struct registrar *registrar, const struct registrant_row *known,
	const struct registrant_values *values, struct registrar_result *ret_result,
	struct error *error);

#endif

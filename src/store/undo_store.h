/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is asked and written to take an import back, beside its own rows and their changes.
 */
#ifndef REGTOOL_STORE_UNDO_STORE_H
#define REGTOOL_STORE_UNDO_STORE_H

#include "store/db.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A registrant itself, be it merged, and what hangs on it. */
struct undo_registrant {
	int64_t registrant_id;
	int64_t event_id;
	int64_t person_id;
	char status[16];
	bool is_status_manual;
	int64_t import_id;     /* that added it; 0: by hand */
	bool is_import_undone; /* that one */
	bool is_erased;
	bool is_merged;  /* into another */
	bool has_merged; /* another was merged into it */
	bool has_scans;
	bool is_by_hand;    /* somebody did something with it: the log says so, or what is there */
	bool is_awarded;    /* an award has its decision */
	int64_t changed_by; /* the last import that changed it and stands; 0: none */
	int64_t maybe_named_by; /* the last import that stands and found rows unchanged; 0: none */
};
/* STATUS_NOT_FOUND. */
enum status undo_store_registrant(struct db *db, int64_t registrant_id,
	struct undo_registrant *ret_registrant, struct error *error);

/* The next registrants of the event, by number, whom imports added that do not stand any more,
 * but those erased: at most `max`. */
enum status undo_store_people(struct db *db, int64_t event_id, int64_t after, int64_t *ret_ids,
	size_t *count_max, struct error *error);

/* Gives who waits the first place of the queue; the one with the number, if it is free. */
enum status undo_store_queue_first(struct db *db, int64_t registrant_id, struct error *error);
enum status undo_store_queue_place(struct db *db, int64_t registrant_id, int64_t queue_number,
	struct error *error);

/* Number of the log's entry on the import; 0: none. */
enum status undo_store_log_entry(struct db *db, int64_t import_id, int64_t *ret_log_id,
	struct error *error);

/* A person in a course of an event, by its code. */
struct undo_enrolment {
	int64_t event_id;
	int64_t person_id;
	int64_t registrant_id;
	const char *code;
};
enum status undo_store_enrolled_since(struct db *db, const struct undo_enrolment *enrolment,
	bool *ret_is_enrolled, int64_t *ret_since_s, struct error *error);
/* Whether the log says that somebody put the person there, or said in which courses they are,
 * after its entry log_id. */
enum status undo_store_enrolled_by_hand(struct db *db, const struct undo_enrolment *enrolment,
	int64_t log_id, bool *ret_is_by_hand, struct error *error);
enum status undo_store_unenrol(struct db *db, const struct undo_enrolment *enrolment,
	struct error *error);
/* Out of all courses of the event, and of those of others that count it where the person is
 * enrolled since `taken_s`. */
enum status undo_store_unenrol_all(struct db *db, int64_t event_id, int64_t person_id,
	int64_t taken_s, struct error *error);
/* Sets `ret` to the codes of the event's courses in which nobody is, as a set. */
enum status undo_store_empty_courses(struct db *db, int64_t event_id, struct str *ret,
	struct error *error);
/* Takes away the event's questions that nobody answers. */
enum status undo_store_clear_questions(struct db *db, int64_t event_id, struct error *error);

/* --- What is left, set aside until it can be told: in a temporary table --- */

struct undo_left {
	int64_t registrant_id;
	const char *name;  /* these four not written; "" if never given */
	const char *email; /* NULL: none */
	const char *external_id;
	bool is_erased;
	const char *thing; /* field, or header of an answer */
	const char *value; /* as it is */
	const char *reasons;
};
typedef enum status undo_left_function(const struct undo_left *left, void *data,
	struct error *error);

/* Makes the table, empty; before the transaction. */
enum status undo_store_left_open(struct db *db, struct error *error);
enum status undo_store_left_add(struct db *db, const struct undo_left *left, struct error *error);
/* By registrant. */
enum status undo_store_left_list(struct db *db, undo_left_function *function, void *data,
	struct error *error);

#endif

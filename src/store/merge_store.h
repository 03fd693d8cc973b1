/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two records of one person become one: what is asked before, and the rows that are moved.
 * All of it inside one write transaction of the caller (core/merge), who moves the scans.
 *
 * What hangs on a person or a registrant is listed once, in merge_store.c: a new table that
 * points at either belongs there too.
 */
#ifndef REGTOOL_STORE_MERGE_STORE_H
#define REGTOOL_STORE_MERGE_STORE_H

#include "store/db.h"
#include "store/registrant_store.h"

#include <stdbool.h>
#include <stdint.h>

/* A registrant as it is stored, of a merged record too. The texts are lent. */
struct merge_row {
	struct registrant_row registrant;
	int64_t merged_into; /* 0: it is no merged record */
	bool has_queue;
	int64_t queue_number;
};
typedef enum status merge_row_function(const struct merge_row *row, void *data,
	struct error *error);
/* STATUS_NOT_FOUND. */
enum status merge_store_registrant(struct db *db, int64_t registrant_id,
	merge_row_function *function, void *data, struct error *error);

/* An event at which the first person is registered. */
struct merge_event {
	int64_t event_id;
	const char *code;
	int64_t from_id; /* the first one's registrant */
	int64_t into_id; /* the second one's; 0: is not registered there */
};
typedef void merge_event_function(const struct merge_event *event, void *data);
enum status merge_store_events(struct db *db, int64_t from_person, int64_t into_person,
	merge_event_function *function, void *data, struct error *error);

/* Lends what the first has and the second has not (NULL), or not the same: answers of two
 * registrants; courses, marks and decisions of two people. */
typedef void merge_note_function(const char *event, const char *field, const char *into_value,
	const char *from_value, void *data);
enum status merge_store_note_registrants(struct db *db, int64_t from_id, int64_t into_id,
	merge_note_function *function, void *data, struct error *error);
enum status merge_store_note_people(struct db *db, int64_t from_person, int64_t into_person,
	merge_note_function *function, void *data, struct error *error);
/* The valid tokens of a registrant, counted. */
enum status merge_store_tokens(struct db *db, int64_t registrant_id, int64_t *ret_count,
	struct error *error);
/* Lends the numbers of a registrant's scans that were not taken back, ascending. */
typedef void merge_scan_function(int64_t scan_id, void *data);
enum status merge_store_scans(struct db *db, int64_t registrant_id, merge_scan_function *function,
	void *data, struct error *error);

/* Gives all that hangs on the first registrant, but scans, to the second, and ends the first. */
enum status merge_store_registrants(struct db *db, const struct merge_row *from, int64_t into_id,
	struct error *error);
/* Makes the registrant one of the second person. */
enum status merge_store_join(struct db *db, int64_t registrant_id, int64_t into_person,
	struct error *error);
/* Gives all that hangs on the first person, but registrants, to the second, and ends the
 * first. */
enum status merge_store_people(struct db *db, int64_t from_person, int64_t into_person,
	struct error *error);

#endif

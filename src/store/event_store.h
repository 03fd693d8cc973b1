/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of events.
 */
#ifndef REGTOOL_STORE_EVENT_STORE_H
#define REGTOOL_STORE_EVENT_STORE_H

#include "store/db.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

/* The texts are lent, or owned by whoever made the copy. */
struct event_row {
	int64_t event_id;
	const char *code;
	const char *title;
	const char *timezone;
	bool has_first_day;
	zone_day first_day;
	bool has_last_day;
	zone_day last_day;
	const char *url;
	int64_t doors_min;
	bool has_capacity; /* a limited number of seats */
	int64_t capacity;
};

/* Lends a row; another status than STATUS_OK ends the list with it. */
typedef enum status event_row_function(const struct event_row *row, void *data,
	struct error *error);

/* Lends the one row with that code to `function`; STATUS_NOT_FOUND if there is none. */
enum status event_store_by_code(struct db *db, const char *code, event_row_function *function,
	void *data, struct error *error);
/* The same by its number; one that is not there is a fault of the database. */
enum status event_store_by_number(struct db *db, int64_t event_id, event_row_function *function,
	void *data, struct error *error);
/* All events, by number. They are few: read in one go. */
enum status event_store_list(struct db *db, event_row_function *function, void *data,
	struct error *error);
/* Code that is taken: the caller has asked before. */
enum status event_store_insert(struct db *db, const struct event_row *row, int64_t *ret_event_id,
	struct error *error);
/* Everything but the code. */
enum status event_store_update(struct db *db, const struct event_row *row, struct error *error);

#endif

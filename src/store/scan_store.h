/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of scans: facts that are only ever added.
 */
#ifndef REGTOOL_STORE_SCAN_STORE_H
#define REGTOOL_STORE_SCAN_STORE_H

#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

/* One row as stored. Numbers of things: 0 is none. Texts are lent, or owned by whoever made
 * the copy; NULL and "" as said. */
struct scan_row {
	int64_t scan_id;
	int64_t event_id;
	int64_t registrant_id;
	int64_t session_id;
	int64_t token_id;
	const char *direction; /* "in", "out"; NULL: a void */
	int64_t at_s;
	bool has_until;
	int64_t until_s;
	bool has_first;
	int64_t first_s;
	int64_t stored_s;
	const char *source;  /* "door", "online", "manual" */
	const char *station; /* "" : none */
	const char *nonce;   /* NULL: none */
	const char *result;  /* "admitted", "refused", "void" */
	const char *reason;  /* a code, or NULL */
	bool is_forced;
	int64_t void_of;
	int64_t import_id;
	const char *actor;
};

/* Whether the row is of a door and counts in working out stays (see core/sighting.h): it was
 * admitted, or refused only because of where the person was. */
bool scan_row_is_sighting(const struct scan_row *row);

/* The highest number so far, 0 for none. */
enum status scan_store_last_number(struct db *db, int64_t *ret_scan_id, struct error *error);
/* Stores the row under the number it has. STATUS_EXISTS: its event knows the nonce already
 * (or the row that a void takes back was taken back before), and nothing was stored. */
enum status scan_store_insert(struct db *db, const struct scan_row *row, struct error *error);

/* Lends a row; another status than STATUS_OK ends the list with it. The statement that gives
 * it is in use meanwhile. */
typedef enum status scan_row_function(const struct scan_row *row, void *data, struct error *error);

/* STATUS_NOT_FOUND (without a message worth showing) if the event knows no such nonce. */
enum status scan_store_by_nonce(struct db *db, int64_t event_id, const char *nonce,
	scan_row_function *function, void *data, struct error *error);
/* STATUS_NOT_FOUND if there is no such row, whatever its event. */
enum status scan_store_by_number(struct db *db, int64_t scan_id, scan_row_function *function,
	void *data, struct error *error);
/* The row that takes the scan back; 0 if none does. */
enum status scan_store_void_of(struct db *db, int64_t scan_id, int64_t *ret_void_id,
	struct error *error);

/* Lends the numbers of an import's rows that were not taken back. */
typedef void scan_number_function(int64_t scan_id, void *data);
enum status scan_store_of_import(struct db *db, int64_t import_id, scan_number_function *function,
	void *data, struct error *error);

/* --- What was seen of one person: from an index, without the rows (of all: store/roll) --- */

enum scan_source {
	SCAN_DOOR,
	SCAN_ONLINE,
	SCAN_MANUAL,
};

/* A row that was not taken back: a sighting at a door, a refusal there, or a stretch of time
 * from an online report or by hand. */
struct seen_row {
	int64_t registrant_id;
	int64_t scan_id;
	int64_t at_s;
	bool has_until; /* SCAN_ONLINE and SCAN_MANUAL: false is open */
	int64_t until_s;
	int64_t session_id; /* 0: none */
	bool is_out;
	enum scan_source source;
	bool is_sighting; /* see scan_row_is_sighting */
};

typedef enum status seen_row_function(const struct seen_row *row, void *data, struct error *error);

/* All of one registrant that happened up to `until_s` and is stored under numbers up to
 * `last_scan` (INT64_MAX: all), by their own times; rows that void rows up to `last_scan`
 * take back are left out. */
enum status scan_store_seen(struct db *db, int64_t registrant_id, int64_t until_s,
	int64_t last_scan, seen_row_function *function, void *data, struct error *error);
/* The same up to `until_s`, all that is stored, the last first. STATUS_NO from `function` ends it
 * early, and is no failure. */
enum status scan_store_seen_last(struct db *db, int64_t registrant_id, int64_t until_s,
	seen_row_function *function, void *data, struct error *error);
/* The registrants with any scan in the session, in their order. */
typedef enum status registrant_number_function(int64_t registrant_id, void *data,
	struct error *error);
enum status scan_store_people_in_session(struct db *db, int64_t session_id,
	registrant_number_function *function, void *data, struct error *error);

/* --- All of them, as stored, for checking --- */

/* Walks the rows after a number, whatever their event; ended by query_end. */
struct query *scan_store_walk(struct db *db, int64_t after);
/* False at the end and after a failure. The row is lent until the next step. */
bool scan_store_walk_next(struct query *walk, struct scan_row *ret_row);

/* --- The ledger --- */

struct ledger_row {
	struct scan_row scan;
	const char *session_code; /* NULL: none */
	const char *name;         /* of the registrant's person; NULL without a registrant */
	const char *email;        /* NULL: none */
	const char *external_id;  /* NULL: none */
	bool is_erased;
	bool is_voided; /* taken back by a later row */
};

typedef enum status ledger_row_function(const struct ledger_row *row, void *data,
	struct error *error);

/* STATUS_NOT_FOUND if there is no such row, whatever its event. */
enum status scan_store_ledger_row(struct db *db, int64_t scan_id, ledger_row_function *function,
	void *data, struct error *error);

/* What of the ledger is meant. */
struct ledger_filter {
	int64_t event_id;
	int64_t session_id;    /* 0: all, also none */
	int64_t registrant_id; /* 0: all, also none; else of the event */
};

/* Lends the rows by number, in slices, up to the reading's last scan. */
enum status scan_store_list(struct reading *reading, const struct ledger_filter *filter,
	ledger_row_function *function, void *data, struct error *error);

#endif

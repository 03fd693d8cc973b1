/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of sessions and of the items in them. A programme is small: its lists are read in
 * one go, inside the caller's transaction.
 */
#ifndef REGTOOL_STORE_PROGRAMME_STORE_H
#define REGTOOL_STORE_PROGRAMME_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

/* The texts are lent, or owned by whoever made the copy. */
struct session_row {
	int64_t session_id;
	int64_t event_id;
	const char *code;
	const char *title;
	int64_t start_s;
	int64_t end_s;
	const char *people;
	const char *chair;
	const char *room;
	const char *access; /* set of roles; "": open to all */
	bool is_credit;
	bool has_capacity;
	int64_t capacity;
	bool is_stated;
};

struct item_row {
	int64_t item_id;
	int64_t event_id;
	int64_t session_id; /* 0: of the day */
	const char *kind;
	int64_t start_s;
	int64_t end_s;
	const char *title;
	const char *people;
	const char *chair;
	const char *room;
	const char *access;
	bool is_credit;
};

/* Lend a row; another status than STATUS_OK ends the list with it. */
typedef enum status session_row_function(const struct session_row *row, void *data,
	struct error *error);
typedef enum status item_row_function(const struct item_row *row, void *data, struct error *error);
typedef enum status course_code_function(const char *code, void *data, struct error *error);

/* By start, then code. */
enum status session_store_list(struct db *db, int64_t event_id, session_row_function *function,
	void *data, struct error *error);
/* Of all sessions and of the day; by start. */
enum status item_store_list(struct db *db, int64_t event_id, item_row_function *function,
	void *data, struct error *error);

enum status session_store_insert(struct db *db, const struct session_row *row,
	int64_t *ret_session_id, struct error *error);
/* Everything but the number and the event. */
enum status session_store_update(struct db *db, const struct session_row *row, struct error *error);
/* A session without items, scans and courses that name it. */
enum status session_store_delete(struct db *db, int64_t session_id, struct error *error);
/* Rows of the ledger that belong to the session; those that take back others not counted. */
enum status session_store_scan_count(struct db *db, int64_t session_id, int64_t *ret_count,
	struct error *error);
/* The codes of the courses whose rule names the session, sorted. */
enum status session_store_courses(struct db *db, int64_t session_id, course_code_function *function,
	void *data, struct error *error);

enum status item_store_insert(struct db *db, const struct item_row *row, int64_t *ret_item_id,
	struct error *error);
/* Everything but the number, the session and the start. */
enum status item_store_update(struct db *db, const struct item_row *row, struct error *error);
enum status item_store_delete(struct db *db, int64_t item_id, struct error *error);

#endif

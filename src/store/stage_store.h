/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of files while they are being checked, before anything is written: in temporary
 * tables of the connection, which lie in a file of its own. So memory is bounded whatever
 * the file's size, and nobody waits.
 */
#ifndef REGTOOL_STORE_STAGE_STORE_H
#define REGTOOL_STORE_STAGE_STORE_H

#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

enum stage_state {
	STAGE_GOOD = 0,
	STAGE_BAD = 1,  /* has an error */
	STAGE_SAME = 2, /* says what an earlier row of the file says */
	STAGE_WRITTEN = 3,
	STAGE_ERASED = 4, /* left out: of somebody who asked to be forgotten */
};

struct stage_row {
	int64_t row_id;
	int64_t file; /* number of the file, from 0 */
	int64_t line; /* physical, where the row begins */
	enum stage_state state;
	const char *identity; /* what makes the person the same; NULL in a bad row */
	const char *other;    /* what also would; NULL: nothing */
	const void *cells;    /* in the caller's form */
	size_t cells_length;
};

struct stage_error {
	int64_t file;
	int64_t row_id; /* 0: of the file, not of a row */
	int64_t line;
	const char *column; /* NULL: none */
	const char *message;
};

typedef enum status stage_row_function(const struct stage_row *row, void *data,
	struct error *error);
typedef enum status stage_error_function(const struct stage_error *row, void *data,
	struct error *error);

/* Makes the tables, or empties them. */
enum status stage_store_open(struct db *db, struct error *error);

/* Rows come in the order of their numbers. */
enum status stage_store_add(struct db *db, const struct stage_row *row, struct error *error);
/* The row's cells as they came, in the caller's form. */
enum status stage_store_add_raw(struct db *db, int64_t row_id, const void *cells, size_t length,
	struct error *error);
enum status stage_store_set_state(struct db *db, int64_t row_id, enum stage_state state,
	struct error *error);
/* Notes that a row of the file speaks of the person; *ret_line is the line of the first that
 * does. */
enum status stage_store_claim_person(struct db *db, int64_t file, int64_t person_id, int64_t line,
	int64_t *ret_line, struct error *error);
/* Adds an error; the state is the caller's to set. */
enum status stage_store_add_error(struct db *db, const struct stage_error *row,
	struct error *error);

/* Lends the good rows of a file after the row `after`, in order, with their cells. The state
 * may be set meanwhile. */
enum status stage_store_list(struct db *db, int64_t file, int64_t after,
	stage_row_function *function, void *data, struct error *error);
/* The one row, with its cells only. */
enum status stage_store_cells(struct db *db, int64_t row_id, stage_row_function *function,
	void *data, struct error *error);
/* Lends the good rows of a file by identity, then in order, without cells. */
enum status stage_store_identities(struct db *db, int64_t file, stage_row_function *function,
	void *data, struct error *error);
/* Lends the good rows of a file whose identity is the `other` of another row, with the first
 * such row's line. */
typedef enum status stage_other_function(int64_t row_id, int64_t line, int64_t other_line,
	void *data, struct error *error);
enum status stage_store_others(struct db *db, int64_t file, stage_other_function *function,
	void *data, struct error *error);
/* Lends the errors of a file by line, or those of a row. */
enum status stage_store_errors(struct db *db, int64_t file, stage_error_function *function,
	void *data, struct error *error);
enum status stage_store_errors_of_row(struct db *db, int64_t row_id, stage_error_function *function,
	void *data, struct error *error);
/* Lends the rows of a file that were left out, in order, without cells. */
enum status stage_store_erased(struct db *db, int64_t file, stage_row_function *function,
	void *data, struct error *error);
/* Lends the bad rows of a file, in order, with their cells as they came. */
enum status stage_store_bad(struct db *db, int64_t file, stage_row_function *function, void *data,
	struct error *error);

#endif

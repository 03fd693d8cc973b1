/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of scans: facts that are only ever added.
 */
#ifndef REGTOOL_STORE_SCAN_STORE_H
#define REGTOOL_STORE_SCAN_STORE_H

#include "store/db.h"

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

/* The highest number so far, 0 for none. */
enum status scan_store_last_number(struct db *db, int64_t *ret_scan_id, struct error *error);
/* Stores the row under the number it has. STATUS_EXISTS: its event knows the nonce already
 * (or the row that a void takes back was taken back before), and nothing was stored. */
enum status scan_store_insert(struct db *db, const struct scan_row *row, struct error *error);

#endif

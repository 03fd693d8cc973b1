/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the log and of the remarks beside it. The chain is core/log's.
 */
#ifndef REGTOOL_STORE_LOG_STORE_H
#define REGTOOL_STORE_LOG_STORE_H

#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

struct log_row {
	int64_t log_id;
	int64_t at_s;
	const char *actor;
	const char *action;
	const char *subject;
	int64_t subject_id; /* 0: none */
	const char *detail;
	int64_t first_scan; /* 0: none */
	int64_t last_scan;
	bool has_digest;
	unsigned char digest[32];
	unsigned char hash[32];
};

/* Lends an entry with its reason in free words (NULL: none, or erased); another status than
 * STATUS_OK ends the list with it. */
typedef enum status log_row_function(const struct log_row *row, const char *reason, void *data,
	struct error *error);
/* The entries after number `after`, up to reading->last_log, in slices of the reading. */
enum status log_store_list(struct reading *reading, int64_t after, log_row_function *function,
	void *data, struct error *error);
/* The hash of an entry; STATUS_NOT_FOUND (without a message worth showing) if there is none. */
enum status log_store_hash(struct db *db, int64_t log_id, unsigned char ret_hash[static 32],
	struct error *error);
/* The last scan that is covered by the entries up to and including the number; 0: none. */
enum status log_store_last_scan(struct db *db, int64_t log_id, int64_t *ret_scan_id,
	struct error *error);
/* The numbers of a registrant's scans, ascending, up to reading->last_scan, in one slice. */
enum status log_store_scans_of(struct reading *reading, int64_t registrant_id,
	void (*function)(int64_t scan_id, void *data), void *data, struct error *error);

/* The last entry's number and hash; 0 and zeros for an empty log. */
enum status log_store_head(struct db *db, int64_t *ret_log_id, unsigned char ret_hash[static 32],
	struct error *error);
enum status log_store_insert(struct db *db, const struct log_row *row, struct error *error);
/* registrant_id and scan_id 0: none. */
enum status log_store_insert_remark(struct db *db, int64_t log_id, int64_t registrant_id,
	int64_t scan_id, const char *text, struct error *error);

/* Whether there is an entry after the number that is not of scans. */
enum status log_store_changed_since(struct db *db, int64_t log_id, bool *ret_is_changed,
	struct error *error);

#endif

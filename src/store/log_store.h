/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of the log and of the remarks beside it. The chain is core/log's.
 */
#ifndef REGTOOL_STORE_LOG_STORE_H
#define REGTOOL_STORE_LOG_STORE_H

#include "store/db.h"

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

/* The last entry's number and hash; 0 and zeros for an empty log. */
enum status log_store_head(struct db *db, int64_t *ret_log_id, unsigned char ret_hash[static 32],
	struct error *error);
enum status log_store_insert(struct db *db, const struct log_row *row, struct error *error);
/* registrant_id and scan_id 0: none. */
enum status log_store_insert_remark(struct db *db, int64_t log_id, int64_t registrant_id,
	int64_t scan_id, const char *text, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The log, read: all of it, since a time, or what speaks of one registrant.
 */
#ifndef REGTOOL_CORE_LOG_LIST_H
#define REGTOOL_CORE_LOG_LIST_H

#include "core/log.h"
#include "store/db.h"
#include "util/error.h"
#include "util/hash.h"

#include <stdbool.h>
#include <stdint.h>

struct log_filter {
	/* Entries of this one, and of records merged into it, and those that cover a scan of
	 * theirs; 0: all. */
	int64_t registrant_id;
	bool has_since;
	int64_t since_s; /* entries written at that time or later */
};

/* Lends the entries in order with their reasons (NULL: none). Reads in slices; entries that
 * come meanwhile are left out. */
enum status log_list(struct db *db, const struct log_filter *filter, log_row_function *function,
	void *data, struct error *error);

/* Where the log stands: the last entry's number and hash; 0 and zeros for an empty log. */
struct log_head {
	int64_t log_id;
	unsigned char hash[HASH_SIZE];
};
enum {
	LOG_HEAD_TEXT_SIZE = 20 + 1 + 2 * HASH_SIZE + 1, /* "N:HASH" and a NUL */
};

enum status log_head(struct db *db, struct log_head *ret_head, struct error *error);
void log_head_write(const struct log_head *head, char ret_text[static LOG_HEAD_TEXT_SIZE]);
/* Reads "N:HASH" (surrounding white space is allowed); false if it is not one. */
bool log_head_read(const char *text, struct log_head *ret_head);

#endif

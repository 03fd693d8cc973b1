/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The log: every change, chained. An entry's hash is BLAKE2b-256 (personal
 * "regtool-logent-1") over the hash before it and its fields in canonical form, so a changed
 * or missing entry breaks the chain; a cut tail shows against a head kept elsewhere. It
 * holds numbers and codes of registrants, never names; reasons in free words lie beside it.
 */
#ifndef REGTOOL_CORE_LOG_H
#define REGTOOL_CORE_LOG_H

#include "store/db.h"
#include "store/log_store.h"
#include "util/error.h"

#include <stdint.h>

/* Who acts, and when: part of every change. */
struct actor {
	const char *name;
	int64_t now_s;
};

/* What happened. Fields that do not apply stay 0 or NULL. */
struct log_event {
	const char *action;  /* "registrant cancel" */
	const char *subject; /* kind of thing: "registrant", "event", "session", "course", … */
	int64_t subject_id;  /* its number; 0: none */
	const char *detail;  /* codes and numbers only */
	int64_t first_scan;  /* scans written with it; 0: none */
	int64_t last_scan;
	const unsigned char *digest;  /* 32 bytes: of the scans or of a file; NULL: none */
	const char *reason;           /* free words, kept beside the log; NULL: none */
	int64_t reason_registrant_id; /* of whom the words speak; 0: nobody */
	int64_t reason_scan_id;
};

/* Adds an entry, inside the write transaction of the change itself. */
enum status log_append(struct db *db, const struct actor *actor, const struct log_event *event,
	struct error *error);

/* The hash that an entry must have after the one with hash `before` (zeros before the
 * first). */
void log_entry_hash(const struct log_row *row, const unsigned char before[static 32],
	unsigned char ret_hash[static 32]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ledger: scans written together, each covered by the log entry that closes the group.
 * The entry's digest is BLAKE2b-256 (personal "regtool-scans-01") over the canonical bytes
 * of the rows in the order of their numbers, so a scan changed, removed or added shows.
 */
#ifndef REGTOOL_CORE_LEDGER_H
#define REGTOOL_CORE_LEDGER_H

#include "core/log.h"
#include "store/db.h"
#include "store/scan_store.h"
#include "util/error.h"
#include "util/hash.h"

#include <stdint.h>

/* A group being written, inside one write transaction. */
struct ledger {
	struct db *db;
	struct hash *hash;
	int64_t first_scan; /* 0 while the group is empty */
	int64_t next_scan;
};

/* Begins a group, after the write transaction began. End it with ledger_free in any case. */
enum status ledger_begin(struct ledger *ledger, struct db *db, struct error *error);
/* Stores a row under the next number, which is set in it. STATUS_EXISTS: the nonce is known
 * (or a void of that row); nothing was stored and the group goes on. */
enum status ledger_add(struct ledger *ledger, struct scan_row *row, struct error *error);
/* Writes the log entry over the group; nothing if it is empty. `event` gives what the entry
 * says besides (action, subject, detail, reason). */
enum status ledger_close(struct ledger *ledger, const struct actor *actor,
	const struct log_event *event, struct error *error);
void ledger_free(struct ledger *ledger);

/* The name of a row's registrant, or what stands in for it. */
const char *ledger_name_of(const struct ledger_row *row);

/* The personalisation of the digest. */
#define LEDGER_HASH_PERSONAL "regtool-scans-01"

/* Adds a row's canonical bytes to a digest: what the check of the log works out again. */
void ledger_hash_row(struct hash *hash, const struct scan_row *row);

#endif

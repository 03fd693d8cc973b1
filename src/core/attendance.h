/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ledger by hand: a stretch of presence that no door saw, and rows taken back by new
 * ones. Each is a write transaction of its own; the reason is kept beside the log.
 */
#ifndef REGTOOL_CORE_ATTENDANCE_H
#define REGTOOL_CORE_ATTENDANCE_H

#include "core/log.h"
#include "store/db.h"
#include "util/error.h"

#include <stdint.h>

struct attendance_entry {
	int64_t event_id;
	int64_t registrant_id;
	int64_t session_id;
	int64_t from_s;
	int64_t to_s;       /* after from_s */
	const char *reason; /* free words */
};

enum status attendance_add(struct db *db, const struct actor *actor,
	const struct attendance_entry *entry, int64_t *ret_scan_id, struct error *error);

/* Takes a row of the event back; *ret_scan_id is the number of the row that does.
 * STATUS_NOT_FOUND: the event has no such row. STATUS_EXISTS: it was taken back before, or
 * is itself one that takes back. */
enum status attendance_void(struct db *db, const struct actor *actor, int64_t event_id,
	int64_t scan_id, const char *reason, int64_t *ret_scan_id, struct error *error);

/* Takes back all rows of an import that still stand. STATUS_NOT_FOUND: the event has no such
 * import. STATUS_EXISTS: none of its rows stands, or it has none. */
enum status attendance_void_import(struct db *db, const struct actor *actor, int64_t event_id,
	int64_t import_id, const char *reason, int64_t *ret_count, struct error *error);

#endif

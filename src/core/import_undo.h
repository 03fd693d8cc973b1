/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking an import back.
 *
 * Whom it added is erased where nothing else hangs on it: no scan, nothing done by hand, no
 * other import that stands and changed it or may have named it. Else it is cancelled, not by
 * hand, so that a later file brings it back under its number (core/registrar). A status set by
 * hand stays.
 *
 * What it changed of those who were there before gets its old value, unless it is another by now.
 * Of sets what it added is taken out. Where a later import changed the same again, that one's
 * old value becomes this one's: so imports can be taken back in any order, and who takes back
 * all has what was before. A status is put back as far as there are seats; who left the queue
 * has the old place again.
 *
 * Scans are never touched. Courses that the import made stay.
 */
#ifndef REGTOOL_CORE_IMPORT_UNDO_H
#define REGTOOL_CORE_IMPORT_UNDO_H

#include "core/log.h"
#include "core/seats.h"
#include "store/db.h"
#include "store/import_store.h"
#include "store/undo_store.h"
#include "util/error.h"

#include <stdint.h>

struct import_undo_request {
	int64_t event_id;
	int64_t import_id;
	const char *reason;
};

struct import_undo_counts {
	/* People whom it added, or imports taken back before, now that nothing hangs on them. */
	int64_t erased;
	int64_t cancelled;
	int64_t kept; /* as they are: the status was set by hand, or they are one with others */
	/* Values that it changed. */
	int64_t restored;
	int64_t changed_since;     /* and left */
	const char *courses_empty; /* set: out of which it took people, and nobody is left */
};

/*
 * What is left of the import, and why; the reasons are a set of
 *	scans		there are scans
 *	awarded		an award has the decision
 *	by-hand		somebody did something with it, or changed the value
 *	import:N	import N, which stands, changed it
 *	maybe-import:N	import N, which stands, may have named it
 *	merged		it was made one with another
 *	status-by-hand	the status was set by hand
 *	taken:@N	the address or id is that of @N now; without a number: of another event's
 *	needed		without it neither address nor id would be left
 *	no-seat		all seats are taken
 */
struct import_undo_functions {
	/* Before doors have to wait; the row is lent. */
	void (*begin)(const struct import_row *import, void *data);
	void (*progress)(int64_t done, void *data);
	/* When all is done but the commit: first the counts and who was given a seat, then what
	 * is left, by registrant. */
	enum status (*counts)(const struct import_undo_counts *counts, const struct seats *seats,
		void *data, struct error *error);
	undo_left_function *left;
	void *data;
};

/* In a write transaction of its own, with one entry of the log. STATUS_NOT_FOUND: the event has
 * no such import. STATUS_NO: it was taken back already, or is one of attendance. */
enum status import_undo(struct db *db, const struct actor *actor,
	const struct import_undo_request *request, const struct import_undo_functions *functions,
	struct error *error);

#endif

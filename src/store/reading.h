/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long reading in short slices. A reader holds up every commit, and a door must not wait
 * for a report: so a list or report fixes the number of the last scan and of the last log
 * entry at its start, reads on by key in read transactions of at most a quarter of a
 * second, leaves out scans that came later, and in the end asks whether anything else of
 * what it read was changed meanwhile (a log entry that is not of scans). If so it starts
 * again, and after a few times it reads under the write lock, where doors wait.
 */
#ifndef REGTOOL_STORE_READING_H
#define REGTOOL_STORE_READING_H

#include "store/db.h"

struct reading {
	struct db *db;
	int64_t last_scan; /* leave out scans with a higher number */
	int64_t last_log;  /* the log's last entry at the start; 0: none */
	bool is_locked;    /* the last attempt, under the write lock */
	int slices;        /* begun so far; what was read in one needs no second look */
	int64_t slice_started_ms;
	struct transaction slice;
};

/* Does the whole reading once; it may be called again, and must then start afresh. */
typedef enum status reading_function(struct reading *reading, void *data, struct error *error);
/* Called before the attempt that makes the doors wait. */
typedef void reading_notice(void *data);

enum status reading_run(struct db *db, reading_function *function, void *data,
	reading_notice *notice_or_null, void *notice_data, struct error *error);

/*
 * Slices, for the list functions of store/. Usage, with `after` the key of the last row:
 *
 *	bool more = true;
 *	while (more) {
 *		status = reading_slice_begin(reading, error);
 *		query = db_query(…); query_bind_integer(query, "after", after);
 *		more = false;
 *		while (query_step(query)) {
 *			… row …; after = key;
 *			if (reading_slice_is_over(reading)) { more = true; break; }
 *		}
 *		status = query_end(query, error);
 *		reading_slice_end(reading);
 *	}
 *
 * Inside a slice that is already open (a list within a list), and inside a transaction of
 * the caller's own, begin and end do nothing.
 */
enum status reading_slice_begin(struct reading *reading, struct error *error);
bool reading_slice_is_over(struct reading *reading);
void reading_slice_end(struct reading *reading);
/* The same, but what was set aside in temporary tables stays, which else goes with the slice. */
enum status reading_slice_keep(struct reading *reading, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a file of attendance comes to: rows for the ledger, each about one registrant, and what
 * is to be said of the file. Made by core/meeting_entries (reports of meetings) and
 * core/attendance_facts (our own columns), written by core/attendance_import.
 */
#ifndef REGTOOL_CORE_ATTENDANCE_BATCH_H
#define REGTOOL_CORE_ATTENDANCE_BATCH_H

#include "core/programme.h"
#include "core/row_errors.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct attendance_row {
	int64_t registrant_id;
	int64_t session_id; /* 0: the arrival at the event */
	const char *source; /* "door", "online" or "manual"; a constant */
	bool is_out;
	int64_t at_s;
	bool has_until;
	int64_t until_s;
};

struct attendance_batch {
	struct attendance_row *all;
	size_t count;
};
#define ATTENDANCE_BATCH_INIT                                                                      \
	{                                                                                          \
		.all = NULL                                                                        \
	}

void attendance_batch_add(struct attendance_batch *rows, const struct attendance_row *row);
void attendance_batch_clear(struct attendance_batch *rows);
void attendance_batch_free(struct attendance_batch *rows);
/* How many registrants they are about, and the seconds in which they were in sessions, the
 * union for each; sorts the rows. Door rows have no length of their own. */
void attendance_batch_measure(struct attendance_batch *rows, const struct programme *programme,
	int64_t *ret_people, int64_t *ret_seconds);

#endif

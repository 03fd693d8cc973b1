/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Attendance in our own columns: who was where, as a plain CSV says it. Rows are facts that no
 * rule of a door refuses; but who they are about, and which session, must be known.
 */
#ifndef REGTOOL_CORE_ATTENDANCE_FACTS_H
#define REGTOOL_CORE_ATTENDANCE_FACTS_H

#include "core/attendance_batch.h"
#include "core/meeting_entries.h"
#include "store/db.h"
#include "util/csv_in.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether the row is a header of such a file. */
bool attendance_facts_is_header(const struct csv_row *row);

struct attendance_facts {
	struct db *db;
	int64_t event_id;
	const struct zone *zone; /* of times without an offset */
	const struct programme *programme;
	const struct meeting_sessions *sessions; /* named by the user: the one of rows without */
};

/* Reads on from the header, which was read already, and adds a row for each. What is wrong is in
 * `errors`, all of it; *ret_count is the number of rows. STATUS_REJECTED: the header, bad
 * quoting and the like. */
enum status attendance_facts_read(const struct attendance_facts *facts, struct csv_in *in,
	const struct csv_row *header, struct attendance_batch *batch, struct row_errors *errors,
	int64_t *ret_count, struct error *error);

#endif

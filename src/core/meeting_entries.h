/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the stays of matched participants to rows of the ledger: one for each session that a stay
 * touches. What of it counts is not settled here: presence clips.
 */
#ifndef REGTOOL_CORE_MEETING_ENTRIES_H
#define REGTOOL_CORE_MEETING_ENTRIES_H

#include "core/attendance_batch.h"
#include "core/meeting_dates.h"
#include "core/meeting_people.h"
#include "core/programme.h"
#include "util/error.h"

#include <stddef.h>
#include <stdint.h>

/* The sessions that a file is of. */
struct meeting_sessions {
	const struct session **all; /* of the programme */
	size_t count;
	bool are_named; /* by the user; else all there are */
};

/* What became of the rows. */
struct meeting_counts {
	int64_t matched;
	int64_t unmatched;
	int64_t ignored;
};

/* Adds the rows. STATUS_AMBIGUOUS: no session was named, and two of those that are touched
 * overlap. */
enum status meeting_entries_make(const struct meeting_file *file, const struct meeting_stays *stays,
	const struct meeting_people *people, const struct meeting_sessions *sessions,
	struct attendance_batch *rows, struct meeting_counts *ret_counts, struct error *error);

#endif

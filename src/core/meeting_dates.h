/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the times that a report's rows state to instants, and from its rows to stays. A day/month
 * order is settled by the days on which the sessions are, one order for the whole file; where
 * both orders or neither fit them the file is refused, since no row can say which it is.
 */
#ifndef REGTOOL_CORE_MEETING_DATES_H
#define REGTOOL_CORE_MEETING_DATES_H

#include "core/meeting_file.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When the sessions are. Borrowed. */
struct meeting_calendar {
	const struct zone *zone; /* of the report's clock */
	const zone_day *days;    /* ascending, in that zone */
	size_t day_count;
};

/* A person in the meeting without a break. */
struct meeting_stay {
	size_t row; /* the one where it begins */
	int64_t from_s;
	bool has_to; /* false: nobody saw them leave */
	int64_t to_s;
};

struct meeting_stays {
	struct meeting_stay *all;
	size_t count;
	size_t upper_bounds; /* whose duration says less than join and leave do */
};

/* Sets join_s and leave_s of the rows that are used; rows that left before joining become
 * MEETING_UNKNOWN. `name` is the file's, for messages. STATUS_REJECTED: the order is not
 * clear, clock times without a day, a time that the clock never showed or showed twice. */
enum status meeting_dates_settle(struct meeting_file *file, const char *name,
	const struct meeting_calendar *calendar, struct error *error);

/* The stays of the rows that are used, after meeting_dates_settle: a row each, or, of a report of
 * actions, from each joining to the leaving behind it. A leaving without becomes
 * MEETING_UNKNOWN. The caller frees them. */
void meeting_stays_find(struct meeting_file *file, struct meeting_stays *ret_stays);
void meeting_stays_free(struct meeting_stays *stays);

#endif

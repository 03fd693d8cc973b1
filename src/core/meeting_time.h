/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times and durations as meeting reports write them: "10/05/2026 06:03:00 PM", "Mar 22, 2025
 * 19:13:27", "7/20/23, 4:30:36 PM", "15.02.2022, 14:30", "2026-09-15 09:00:23", or a clock
 * time alone. Whether 10/05 is in May or in October no row can say: both readings are kept.
 */
#ifndef REGTOOL_CORE_MEETING_TIME_H
#define REGTOOL_CORE_MEETING_TIME_H

#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

struct meeting_time {
	struct civil civil; /* month and day as they stand where is_order_open: 10/05 is month 10 */
	bool has_date;      /* else only the clock time */
	bool is_order_open; /* day/month or month/day */
	bool has_offset;
	int offset_s; /* from UTC, with has_offset */
};

/* False if it is no time; a date needs a time of day. */
bool meeting_time_parse(const char *text, struct meeting_time *ret_time);
/* The reading with the day first, or second; false if the calendar has no such date. A time
 * whose order is settled reads the same both ways. Needs a date. */
bool meeting_time_civil(const struct meeting_time *time, bool is_day_first,
	struct civil *ret_civil);

/* "1h 13m 42s", "1 hr 2 min", "59m 35s", "01:02:03"; a plain number is minutes. Seconds; false
 * for anything else, which is unknown, not zero. */
bool meeting_duration_parse(const char *text, int64_t *ret_seconds);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The proleptic Gregorian calendar of the years 1 to 9999: dates and clock times checked,
 * and counted in seconds and in days since 1970-01-01. No zones: see zone.h.
 */
#ifndef REGTOOL_UTIL_CALENDAR_H
#define REGTOOL_UTIL_CALENDAR_H

#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CALENDAR_HOUR_S = 3600,
	CALENDAR_DAY_S = 86400,
};

/* The first and the last second that the calendar has. */
#define CALENDAR_FIRST_S INT64_C(-62135596800)
#define CALENDAR_LAST_S  INT64_C(253402300799)

/* Whether year, month and day are a day of the calendar. */
bool calendar_is_date(const struct civil *civil);
/* Whether hour, minute and second are a time of day; leap seconds are not. */
bool calendar_is_clock_time(const struct civil *civil);

/* The day of a date that is one. */
zone_day calendar_day(const struct civil *civil);
/* The seconds since 1970 of a clock that shows `civil`, and back. Seconds that the calendar
 * does not reach are taken for its nearest end, a day beyond. */
int64_t calendar_seconds(const struct civil *civil);
void calendar_from_seconds(int64_t clock_s, struct civil *ret_civil);
/* The instant itself, or the end of the calendar, a day beyond, that it lies behind. */
int64_t calendar_clamp(int64_t at_s);

#endif

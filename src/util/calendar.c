/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/calendar.h"

#include <time.h>

static bool is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool calendar_is_date(const struct civil *civil)
{
	return civil->year >= 1 && civil->year <= 9999 && civil->month >= 1 && civil->month <= 12 &&
	       civil->day >= 1 && civil->day <= days_in_month(civil->year, civil->month);
}

bool calendar_is_clock_time(const struct civil *civil)
{
	return civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59 &&
	       civil->second >= 0 && civil->second <= 59;
}

/* Counts in years that begin in March, so that the leap day is a year's last. */
zone_day calendar_day(const struct civil *civil)
{
	int64_t year = civil->month > 2 ? civil->year : civil->year - 1;
	int64_t month = (civil->month + 9) % 12;

	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 +
	       civil->day - 1 - 719468;
}

int64_t calendar_seconds(const struct civil *civil)
{
	return calendar_day(civil) * CALENDAR_DAY_S + civil->hour * CALENDAR_HOUR_S +
	       civil->minute * 60 + civil->second;
}

void calendar_from_seconds(int64_t clock_s, struct civil *ret_civil)
{
	time_t time = (time_t)calendar_clamp(clock_s);
	struct tm tm = { 0 };

	(void)gmtime_r(&time, &tm);
	*ret_civil = (struct civil){
		.year = tm.tm_year + 1900,
		.month = tm.tm_mon + 1,
		.day = tm.tm_mday,
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec,
	};
}

int64_t calendar_clamp(int64_t at_s)
{
	const int64_t least_s = CALENDAR_FIRST_S - CALENDAR_DAY_S;
	const int64_t most_s = CALENDAR_LAST_S + CALENDAR_DAY_S;

	return at_s < least_s ? least_s : at_s > most_s ? most_s : at_s;
}

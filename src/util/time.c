/* SPDX-License-Identifier: BSD-2-Clause */
/* The times and dates of zone.h as people and files write them. */
#include "util/calendar.h"
#include "util/zone.h"

#include <stdbool.h>

enum {
	OFFSET_MAX_S = 16 * CALENDAR_HOUR_S, /* no clock was ever further from UTC */
};

/* --- Reading --- */

/* Reads exactly `digits` digits and moves on. */
static bool read_number(const char **text, int digits, int *ret_number)
{
	int number = 0;

	for (int i = 0; i < digits; i++) {
		char character = **text;
		if (character < '0' || character > '9')
			return false;
		number = number * 10 + (character - '0');
		(*text)++;
	}
	*ret_number = number;
	return true;
}

static bool read_character(const char **text, char character)
{
	if (**text != character)
		return false;
	(*text)++;
	return true;
}

static bool read_date(const char **text, struct civil *civil)
{
	return read_number(text, 4, &civil->year) && read_character(text, '-') &&
	       read_number(text, 2, &civil->month) && read_character(text, '-') &&
	       read_number(text, 2, &civil->day) && calendar_is_date(civil);
}

/* Reads what stands behind the minutes: nothing, Z, +01:00 or +0100. */
static bool read_offset(const char **text, bool *ret_has_offset, int *ret_offset_s)
{
	int hours = 0;
	int minutes = 0;
	char sign = **text;

	*ret_has_offset = sign != '\0';
	*ret_offset_s = 0;
	if (sign == '\0' || read_character(text, 'Z'))
		return true;
	if (sign != '+' && sign != '-')
		return false;
	(*text)++;
	if (!read_number(text, 2, &hours))
		return false;
	(void)read_character(text, ':');
	if (!read_number(text, 2, &minutes) || minutes > 59)
		return false;
	*ret_offset_s = (sign == '-' ? -1 : 1) * (hours * CALENDAR_HOUR_S + minutes * 60);
	return hours * CALENDAR_HOUR_S + minutes * 60 < OFFSET_MAX_S;
}

struct written_time {
	struct civil civil;
	bool has_offset;
	int offset_s;
};

static bool read_time(const char *text, struct written_time *written)
{
	struct civil *civil = &written->civil;

	civil->second = 0;
	if (!read_date(&text, civil) || (*text != 'T' && *text != ' '))
		return false;
	text++;
	if (!read_number(&text, 2, &civil->hour) || !read_character(&text, ':') ||
		!read_number(&text, 2, &civil->minute))
		return false;
	if (read_character(&text, ':') && !read_number(&text, 2, &civil->second))
		return false;
	if (!read_offset(&text, &written->has_offset, &written->offset_s) || *text != '\0' ||
		!calendar_is_clock_time(civil))
		return false;
	if (!written->has_offset)
		return true;
	int64_t at_s = calendar_seconds(civil) - written->offset_s;
	return at_s >= CALENDAR_FIRST_S && at_s <= CALENDAR_LAST_S;
}

static enum status not_a_time(const char *text, struct error *error)
{
	(void)error_set(error, STATUS_USAGE, "'%s' is not a time", text);
	return error_hint(error, "write '2022-02-15T14:30', with ':SS' for seconds, with 'Z' or "
				 "'+01:00' where it is not local");
}

enum status time_check(const char *text, struct error *error)
{
	struct written_time written;

	return read_time(text, &written) ? STATUS_OK : not_a_time(text, error);
}

enum status time_parse(const struct zone *zone, const char *text, int64_t *ret_s,
	struct error *error)
{
	struct written_time written;

	if (!read_time(text, &written))
		return not_a_time(text, error);
	if (!written.has_offset)
		return zone_from_civil(zone, &written.civil, ret_s, error);
	*ret_s = calendar_seconds(&written.civil) - written.offset_s;
	return STATUS_OK;
}

enum status date_parse(const char *text, zone_day *ret_day, struct error *error)
{
	struct civil civil = { 0 };
	const char *rest = text;

	if (!read_date(&rest, &civil) || *rest != '\0') {
		(void)error_set(error, STATUS_USAGE, "'%s' is not a date", text);
		return error_hint(error, "write '2022-02-15'");
	}
	*ret_day = calendar_day(&civil);
	return STATUS_OK;
}

/* --- Writing --- */

void time_write_short(const struct zone *zone, int64_t at_s, bool seconds, struct str *str)
{
	struct civil civil;
	int offset_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	str_addf(str, "%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day, civil.hour,
		civil.minute);
	if (seconds && civil.second != 0)
		str_addf(str, ":%02d", civil.second);
}

/* The last digits of a number that is not negative. (An export of a million scans writes as many
 * times: no printf.) */
static void put_digits(char *place, int count, int number)
{
	for (; count > 0; number /= 10)
		place[--count] = (char)('0' + number % 10);
}

void time_write_iso(const struct zone *zone, int64_t at_s, struct str *str)
{
	/* RFC 3339 has no seconds in an offset, local mean time has: the clock is then written
	 * for the whole minutes, so that the instant stays exact. */
	struct civil civil;
	int offset_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	int offset_minutes = offset_s / 60;
	int offset_size = offset_minutes < 0 ? -offset_minutes : offset_minutes;

	calendar_from_seconds(calendar_clamp(at_s) + offset_minutes * 60, &civil);
	/* The day after the calendar's last is of the year 10000. */
	char text[] = "00000-00-00T00:00:00+00:00";
	put_digits(text, 5, civil.year);
	put_digits(text + 6, 2, civil.month);
	put_digits(text + 9, 2, civil.day);
	put_digits(text + 12, 2, civil.hour);
	put_digits(text + 15, 2, civil.minute);
	put_digits(text + 18, 2, civil.second);
	text[20] = offset_minutes < 0 ? '-' : '+';
	put_digits(text + 21, 2, offset_size / 60);
	put_digits(text + 24, 2, offset_size % 60);
	str_add(str, text[0] == '0' ? text + 1 : text);
}

void time_write_clock(const struct zone *zone, int64_t at_s, struct str *str)
{
	struct civil civil;
	int offset_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	str_addf(str, "%02d:%02d", civil.hour, civil.minute);
}

void date_write(zone_day day, struct str *str)
{
	struct civil civil;

	calendar_from_seconds(day * CALENDAR_DAY_S, &civil);
	str_addf(str, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

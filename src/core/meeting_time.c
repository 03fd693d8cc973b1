/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_time.h"

#include "util/calendar.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	DIGITS_MAX = 9,
	HOUR_S = 3600,
	MINUTE_S = 60,
	NOON = 12,
};

/* --- Reading on --- */

/* Spaces, also those that do not break (U+00A0, U+202F: before PM in newer reports). */
static void skip_spaces(const char **text)
{
	for (;;) {
		if (**text == ' ' || **text == '\t')
			(*text)++;
		else if (strncmp(*text, "\u00a0", 2) == 0)
			*text += 2;
		else if (strncmp(*text, "\u202f", 3) == 0)
			*text += 3;
		else
			return;
	}
}

static bool read_number(const char **text, int *ret_number, int *ret_digits)
{
	int number = 0;
	int digits = 0;

	while (isdigit((unsigned char)**text) && digits < DIGITS_MAX) {
		number = number * 10 + (**text - '0');
		(*text)++;
		digits++;
	}
	*ret_number = number;
	*ret_digits = digits;
	return digits > 0 && !isdigit((unsigned char)**text);
}

static bool read_character(const char **text, char character)
{
	if (**text != character)
		return false;
	(*text)++;
	return true;
}

/* One of the words, without regard to case; gives its place. */
static bool read_word(const char **text, const char *const *words, size_t *ret_place)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		size_t length = strlen(words[i]);
		if (strncasecmp(*text, words[i], length) == 0 &&
			!isalpha((unsigned char)(*text)[length])) {
			*text += length;
			*ret_place = i;
			return true;
		}
	}
	return false;
}

/* --- Dates --- */

static const char *const months[] = { "january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december", "jan", "feb", "mar",
	"apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sept", NULL };

static bool read_month(const char **text, int *ret_month)
{
	size_t place;

	if (!read_word(text, months, &place))
		return false;
	(void)read_character(text, '.');
	*ret_month = place == 24 ? 9 : (int)(place % 12) + 1;
	return true;
}

static bool read_year(const char **text, int *ret_year)
{
	int digits;

	if (!read_number(text, ret_year, &digits) || (digits != 2 && digits != 4))
		return false;
	if (digits == 2)
		*ret_year += 2000;
	return true;
}

/* "Mar 22, 2025", "22 Mar 2025" */
static bool read_named_date(const char **text, struct civil *civil)
{
	int digits;

	if (read_month(text, &civil->month)) {
		skip_spaces(text);
		if (!read_number(text, &civil->day, &digits))
			return false;
		(void)read_character(text, ',');
	} else {
		if (!read_number(text, &civil->day, &digits))
			return false;
		(void)read_character(text, '.');
		skip_spaces(text);
		if (!read_month(text, &civil->month))
			return false;
		(void)read_character(text, ',');
	}
	skip_spaces(text);
	return read_year(text, &civil->year);
}

/* "2026-09-15", "2026/09/15"; "15.02.2022" with the day first; "10/05/2026", "10-05-2026" with
 * an open order. */
static bool read_numeric_date(const char **text, struct meeting_time *time)
{
	struct civil *civil = &time->civil;
	int first;
	int digits;

	if (!read_number(text, &first, &digits))
		return false;
	char separator = **text;
	if (separator != '-' && separator != '/' && separator != '.')
		return false;
	(*text)++;
	int second;
	int second_digits;
	if (!read_number(text, &second, &second_digits) || !read_character(text, separator))
		return false;
	if (digits == 4) {
		civil->year = first;
		civil->month = second;
		return read_number(text, &civil->day, &second_digits);
	}
	time->is_order_open = separator != '.' && first != second;
	civil->month = separator == '.' ? second : first;
	civil->day = separator == '.' ? first : second;
	return read_year(text, &civil->year);
}

static bool read_date(const char **text, struct meeting_time *time)
{
	const char *start = *text;

	if (read_numeric_date(text, time))
		return true;
	*text = start;
	time->is_order_open = false;
	return read_named_date(text, &time->civil);
}

/* --- Clock times --- */

static bool read_half(const char **text, struct civil *civil)
{
	static const char *const words[] = { "am", "pm", "a.m.", "p.m.", NULL };
	const char *start = *text;
	size_t place;

	skip_spaces(text);
	if (!read_word(text, words, &place)) {
		*text = start;
		return true;
	}
	if (civil->hour < 1 || civil->hour > NOON)
		return false;
	civil->hour = civil->hour % NOON + (place % 2 == 1 ? NOON : 0);
	return true;
}

static bool read_offset(const char **text, struct meeting_time *time)
{
	int hours = 0;
	int minutes = 0;
	int digits;
	char sign = **text;

	if (sign == 'Z') {
		(*text)++;
		time->has_offset = true;
		return true;
	}
	if (sign != '+' && sign != '-')
		return true;
	(*text)++;
	if (!read_number(text, &hours, &digits))
		return false;
	if (digits == 4) {
		minutes = hours % 100;
		hours /= 100;
	} else if (!read_character(text, ':') || !read_number(text, &minutes, &digits)) {
		return false;
	}
	time->has_offset = true;
	time->offset_s = (sign == '-' ? -1 : 1) * (hours * HOUR_S + minutes * MINUTE_S);
	return hours <= 14 && minutes < 60;
}

static bool read_clock(const char **text, struct meeting_time *time)
{
	struct civil *civil = &time->civil;
	int digits;

	civil->second = 0;
	if (!read_number(text, &civil->hour, &digits) || digits > 2 || !read_character(text, ':') ||
		!read_number(text, &civil->minute, &digits) || digits != 2)
		return false;
	if (read_character(text, ':') &&
		(!read_number(text, &civil->second, &digits) || digits != 2))
		return false;
	/* Fractions are cut. */
	int fraction;
	if (read_character(text, '.') && !read_number(text, &fraction, &digits))
		return false;
	if (!read_half(text, civil) || !calendar_is_clock_time(civil))
		return false;
	skip_spaces(text);
	return read_offset(text, time);
}

bool meeting_time_civil(const struct meeting_time *time, bool is_day_first, struct civil *ret_civil)
{
	struct civil civil = time->civil;

	if (time->is_order_open && is_day_first) {
		civil.month = time->civil.day;
		civil.day = time->civil.month;
	}
	if (!calendar_is_date(&civil))
		return false;
	*ret_civil = civil;
	return true;
}

static bool has_reading(const struct meeting_time *time)
{
	struct civil civil;

	return meeting_time_civil(time, false, &civil) || meeting_time_civil(time, true, &civil);
}

bool meeting_time_parse(const char *text, struct meeting_time *ret_time)
{
	struct meeting_time time = { .has_date = true };
	const char *rest = text;

	skip_spaces(&rest);
	const char *start = rest;
	if (read_date(&rest, &time)) {
		(void)read_character(&rest, ',');
		(void)read_character(&rest, 'T');
		skip_spaces(&rest);
	} else {
		rest = start;
		time = (struct meeting_time){ .has_date = false };
	}
	if (!read_clock(&rest, &time))
		return false;
	skip_spaces(&rest);
	if (*rest != '\0' || (time.has_date && !has_reading(&time)))
		return false;
	*ret_time = time;
	return true;
}

/* --- Durations --- */

/* "01:02:03"; the number before the first ':' was read. */
static bool read_clock_duration(const char **text, int hours, int64_t *ret_seconds)
{
	int minutes;
	int seconds = 0;
	int digits;

	(*text)++;
	if (!read_number(text, &minutes, &digits))
		return false;
	if (read_character(text, ':') && !read_number(text, &seconds, &digits))
		return false;
	*ret_seconds = (int64_t)hours * HOUR_S + minutes * MINUTE_S + seconds;
	return **text == '\0';
}

bool meeting_duration_parse(const char *text, int64_t *ret_seconds)
{
	static const char *const units[] = { "h", "hr", "hrs", "hour", "hours", "std", "m", "min",
		"mins", "minute", "minutes", "s", "sec", "secs", "second", "seconds", "sek", NULL };
	const char *rest = text;
	int64_t seconds = 0;
	int parts = 0;

	skip_spaces(&rest);
	while (*rest != '\0') {
		int number;
		int digits;
		size_t unit;
		if (!read_number(&rest, &number, &digits))
			return false;
		if (parts == 0 && *rest == ':')
			return read_clock_duration(&rest, number, ret_seconds);
		skip_spaces(&rest);
		if (*rest == '\0' && parts == 0)
			unit = 6;
		else if (!read_word(&rest, units, &unit))
			return false;
		(void)read_character(&rest, '.');
		(void)read_character(&rest, ',');
		skip_spaces(&rest);
		seconds += (int64_t)number * (unit < 6 ? HOUR_S : unit < 11 ? MINUTE_S : 1);
		parts++;
	}
	if (parts > 0)
		*ret_seconds = seconds;
	return parts > 0;
}

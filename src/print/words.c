/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/words.h"

#include "util/calendar.h"
#include "util/error.h"

#include <string.h>

static const char *const months[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

/* False for what is no day. */
static bool read_day(const char *text, zone_day *ret_day, struct civil *ret_civil)
{
	struct error error = ERROR_INIT;

	if (text == NULL || date_parse(text, ret_day, &error) != STATUS_OK)
		return false;
	calendar_from_seconds(*ret_day * CALENDAR_DAY_S, ret_civil);
	return true;
}

static void add_day(struct str *str, const struct civil *civil)
{
	str_addf(str, "%d %s %d", civil->day, months[civil->month - 1], civil->year);
}

void words_add_days(struct str *str, const char *first_or_null, const char *last_or_null)
{
	struct civil first;
	struct civil last;
	zone_day first_day;
	zone_day last_day;
	bool has_first = read_day(first_or_null, &first_day, &first);
	bool has_last = read_day(last_or_null, &last_day, &last);

	if (has_first && has_last && first_day != last_day) {
		if (first.year != last.year)
			add_day(str, &first);
		else if (first.month != last.month)
			str_addf(str, "%d %s", first.day, months[first.month - 1]);
		else
			str_addf(str, "%d", first.day);
		bool is_short = first.year == last.year && first.month == last.month;
		str_add(str, is_short ? "–" : " – ");
	}
	if (has_last)
		add_day(str, &last);
	else if (has_first)
		add_day(str, &first);
}

void words_add_weekday(struct str *str, const char *text)
{
	static const char *const weekdays[] = { "Thursday", "Friday", "Saturday", "Sunday",
		"Monday", "Tuesday", "Wednesday" };
	struct civil civil;
	zone_day day;

	if (!read_day(text, &day, &civil))
		return;
	str_addf(str, "%s, ", weekdays[((day % 7) + 7) % 7]);
	add_day(str, &civil);
}

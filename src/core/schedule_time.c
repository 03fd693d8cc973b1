/* SPDX-License-Identifier: BSD-2-Clause */
/* When an event of a schedule takes place, as files say it. */
#include "core/schedule_private.h"

#include <string.h>

enum {
	TIME_TEXT_MAX = 64,
	DIGITS_MAX = 6, /* of each number of a duration */
};

bool schedule_read_duration(const char *text, int64_t *ret_s)
{
	int64_t numbers[3] = { 0 };
	size_t count = 0;

	do {
		size_t digits = strspn(text, "0123456789");
		if (digits == 0 || digits > DIGITS_MAX || count == 3)
			return false;
		for (size_t i = 0; i < digits; i++)
			numbers[count] = numbers[count] * 10 + (text[i] - '0');
		count++;
		text += digits;
	} while (*text++ == ':');
	if (text[-1] != '\0' || count < 2 || numbers[count - 1] > 59)
		return false;
	*ret_s = count == 2 ? numbers[0] * 3600 + numbers[1] * 60
			    : numbers[0] * 86400 + numbers[1] * 3600 + numbers[2] * 60;
	return true;
}

enum status schedule_read_time(const struct zone *zone, const char *text, int64_t *ret_s,
	struct error *error)
{
	const char *point = strchr(text, '.');
	char whole[TIME_TEXT_MAX];

	if (point == NULL || strlen(text) >= sizeof whole)
		return time_parse(zone, text, ret_s, error);
	size_t fraction = 1 + strspn(point + 1, "0123456789");
	if (fraction == 1)
		return time_parse(zone, text, ret_s, error);
	size_t length = (size_t)(point - text);
	memcpy(whole, text, length);
	memcpy(whole + length, point + fraction, strlen(point + fraction) + 1);
	return time_parse(zone, whole, ret_s, error);
}

enum status schedule_read_span(const struct zone *zone, const json_t *event,
	struct schedule_span *ret_span, struct error *error)
{
	const json_t *end = json_object_get(event, "end");
	struct schedule_span span = { .member = "date" };
	int64_t length_s;

	if (!json_is_string(json_object_get(event, "date")))
		return ret_span->member = span.member,
		       error_set(error, STATUS_REJECTED, "is missing, or no text");
	enum status status =
		schedule_read_time(zone, schedule_text(event, "date"), &span.start_s, error);
	if (status == STATUS_OK && json_is_string(end)) {
		span.member = "end";
		status = schedule_read_time(zone, json_string_value(end), &span.end_s, error);
	} else if (status == STATUS_OK) {
		span.member = "duration";
		if (!schedule_read_duration(schedule_text(event, "duration"), &length_s))
			status = error_set(error, STATUS_REJECTED, "'%s' is no duration as '01:30'",
				schedule_text(event, "duration"));
		else
			span.end_s = span.start_s + length_s;
	}
	if (status == STATUS_OK && span.end_s <= span.start_s)
		status = error_set(error, STATUS_REJECTED,
			"'%s': the event ends where it starts, or before",
			schedule_text(event, span.member));
	*ret_span = span;
	return status;
}

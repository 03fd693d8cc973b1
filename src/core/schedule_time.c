/* SPDX-License-Identifier: BSD-2-Clause */
/* When an event of a schedule takes place, as files say it. */
#include "core/schedule_private.h"

#include <string.h>

enum {
	TIME_TEXT_MAX = 64,
	DIGITS_MAX = 6, /* of each number of a duration */
};

static const char whole_second[] = "2022-02-15T14:30:00"; /* its length counts */

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
	const size_t length = strlen(whole_second);
	size_t fraction = 0;
	char whole[TIME_TEXT_MAX];

	if (strlen(text) > length && strlen(text) < sizeof whole && text[length] == '.')
		fraction = strspn(text + length + 1, "0123456789");
	if (fraction == 0)
		return time_parse(zone, text, ret_s, error);
	const char *offset = text + length + 1 + fraction;
	memcpy(whole, text, length);
	memcpy(whole + length, offset, strlen(offset) + 1);
	return time_parse(zone, whole, ret_s, error);
}

/* An event without an end says how long it is. */
static enum status read_end(const struct zone *zone, const json_t *event,
	struct schedule_span *span, struct error *error)
{
	const char *duration = schedule_text(event, "duration");
	int64_t length_s;

	span->member = "end";
	if (json_is_string(json_object_get(event, span->member)))
		return schedule_read_time(zone, schedule_text(event, span->member), &span->end_s,
			error);
	span->member = "duration";
	if (!schedule_read_duration(duration, &length_s))
		return error_set(error, STATUS_REJECTED, "'%s' is no duration such as '01:30'",
			duration);
	span->end_s = span->start_s + length_s;
	return STATUS_OK;
}

enum status schedule_read_span(const struct zone *zone, const json_t *event,
	struct schedule_span *ret_span, struct error *error)
{
	const char *date = schedule_text(event, "date");
	enum status status;

	*ret_span = (struct schedule_span){ .member = "date" };
	if (date[0] == '\0')
		return error_set(error, STATUS_REJECTED, "is missing, or no text");
	status = schedule_read_time(zone, date, &ret_span->start_s, error);
	if (status == STATUS_OK)
		status = read_end(zone, event, ret_span, error);
	if (status == STATUS_OK && ret_span->end_s <= ret_span->start_s)
		return error_set(error, STATUS_REJECTED, "'%s' does not end after its start",
			schedule_text(event, ret_span->member));
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A course's rule in words.
 */
#include "cmd/course_rows.h"

static void add_part(struct str *str, size_t start)
{
	if (str->length > start)
		str_add(str, "; ");
}

/* "80 %", "79.5 %" */
static void add_percent(struct str *str, int64_t permille)
{
	str_addf(str, "%lld", (long long)(permille / 10));
	if (permille % 10 != 0)
		str_addf(str, ".%lld", (long long)(permille % 10));
	str_add(str, " %");
}

static void add_codes(struct str *str, const char *words, char *const *codes, size_t count)
{
	str_add(str, words);
	for (size_t i = 0; i < count; i++)
		str_addf(str, "%s%s", i > 0 ? ", " : " ", codes[i]);
}

static void add_roles(struct str *str, const char *roles)
{
	for (const char *c = roles; *c != '\0'; c++)
		if (*c == ';')
			str_add(str, " or ");
		else
			str_add_char(str, *c);
}

static void add_attendance(const struct course *course, size_t start, struct str *str)
{
	if (course_min_percent_permille(course) > 0) {
		add_part(str, start);
		add_percent(str, course_min_percent_permille(course));
		str_add(str, " of the time");
	}
	if (course->min_minutes > 0) {
		add_part(str, start);
		str_addf(str, "%lld minutes", (long long)course->min_minutes);
	}
	if (course->min_sessions > 0) {
		add_part(str, start);
		str_addf(str, "%lld session%s", (long long)course->min_sessions,
			course->min_sessions == 1 ? "" : "s");
	}
	if (course->required.count > 0) {
		add_part(str, start);
		add_codes(str, course->required.count == 1 ? "session" : "sessions",
			course->required.codes, course->required.count);
	}
	if (course->is_each_day_required) {
		add_part(str, start);
		str_add(str, "a session each day");
	}
	if (course->min_sessions > 0 || course->required.count > 0 ||
		course->is_each_day_required) {
		str_add(str, " (");
		add_percent(str, course->session_percent_permille);
		str_add(str, " of each)");
	}
}

static void add_requirements(const struct course *course, size_t start, struct str *str)
{
	for (size_t i = 0; i < course->requirement_count; i++) {
		const struct course_requirement *requirement = &course->requirements[i];
		add_part(str, start);
		str_add(str, requirement->name);
		if (requirement->has_due) {
			str_add(str, " by ");
			date_write(requirement->due_day, str);
		}
	}
}

void course_credits_write(int64_t hundredths, struct str *str)
{
	str_addf(str, "%lld", (long long)(hundredths / 100));
	if (hundredths % 10 != 0)
		str_addf(str, ".%02lld", (long long)(hundredths % 100));
	else if (hundredths % 100 != 0)
		str_addf(str, ".%lld", (long long)(hundredths % 100 / 10));
}

static void add_cap(struct str *str, int64_t hundredths, const char *of)
{
	if (hundredths == 0)
		return;
	str_add(str, ", at most ");
	course_credits_write(hundredths, str);
	str_add(str, of);
}

/* The course's own number of credits stands beside the rule; only what varies is said. */
static void add_rate(const struct credit_rate *rate, struct str *str)
{
	if (rate->minutes > 0)
		str_addf(str, "; 1 credit for %lld minutes", (long long)rate->minutes);
	else if (rate->sessions > 0)
		str_addf(str, "; 1 credit for %lld session%s", (long long)rate->sessions,
			rate->sessions == 1 ? "" : "s");
	else
		return;
	str_addf(str, ", rounded %s to steps of ", rate->is_rounded_nearest ? "nearest" : "down");
	course_credits_write(rate->step_hundredths, str);
	add_cap(str, rate->max_half_day_hundredths, " a half-day");
	add_cap(str, rate->max_day_hundredths, " a day");
	add_cap(str, rate->max_hundredths, " in all");
}

void course_rule_write(const struct course *course, struct str *str)
{
	size_t start = str->length;

	if (course->is_enrolment_required)
		str_add(str, "enrolled");
	if (course->roles[0] != '\0') {
		add_part(str, start);
		add_roles(str, course->roles);
	}
	add_attendance(course, start, str);
	if (course->is_exit_required) {
		add_part(str, start);
		str_add(str, "with check-out");
	}
	if (course->events.count > 0) {
		add_part(str, start);
		add_codes(str, course->events.count == 1 ? "of the event" : "of the events",
			course->events.codes, course->events.count);
	}
	if (course->counted.count > 0) {
		add_part(str, start);
		add_codes(str, "of", course->counted.codes, course->counted.count);
	}
	add_requirements(course, start, str);
	if (str->length == start)
		str_add(str, "everybody");
	add_rate(&course->rate, str);
}

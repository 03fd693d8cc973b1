/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_time.h"

#include "unit.h"

/* "2022-02-15 09:00:00" of what is read with the order, or "" */
static const char *reading(const char *text, bool is_day_first)
{
	static char written[80];
	struct meeting_time time;
	struct civil civil;

	written[0] = '\0';
	if (!meeting_time_parse(text, &time))
		return written;
	if (!time.has_date) {
		(void)snprintf(written, sizeof written, "%02d:%02d:%02d", time.civil.hour,
			time.civil.minute, time.civil.second);
		return written;
	}
	if (meeting_time_civil(&time, is_day_first, &civil))
		(void)snprintf(written, sizeof written, "%04d-%02d-%02d %02d:%02d:%02d", civil.year,
			civil.month, civil.day, civil.hour, civil.minute, civil.second);
	return written;
}

static void check(const char *text, const char *month_first, const char *day_first)
{
	if (strcmp(reading(text, false), month_first) != 0)
		fail_msg("'%s', month first: '%s'", text, reading(text, false));
	if (strcmp(reading(text, true), day_first) != 0)
		fail_msg("'%s', day first: '%s'", text, reading(text, true));
}

static void test_forms(void **state)
{
	(void)state;
	check("10/05/2026 06:03:00 PM", "2026-10-05 18:03:00", "2026-05-10 18:03:00");
	check("09/09/2026 19:02", "2026-09-09 19:02:00", "2026-09-09 19:02:00");
	check("7/20/23, 4:30:36 PM", "2023-07-20 16:30:36", "");
	check("21/10/22 12:00:00", "", "2022-10-21 12:00:00");
	check("5/04/2026, 4:21:32 PM", "2026-05-04 16:21:32", "2026-04-05 16:21:32");
	check("13/09/2022, 5:30:21 PM", "", "2022-09-13 17:30:21");
	check("Mar 22, 2025 19:13:27", "2025-03-22 19:13:27", "2025-03-22 19:13:27");
	check("Mar 22, 2025 7:13 PM", "2025-03-22 19:13:00", "2025-03-22 19:13:00");
	check("Sept 2, 2025 12:00 AM", "2025-09-02 00:00:00", "2025-09-02 00:00:00");
	check("22 March 2025 12:30 PM", "2025-03-22 12:30:00", "2025-03-22 12:30:00");
	check("15.02.2022 09:00", "2022-02-15 09:00:00", "2022-02-15 09:00:00");
	check("15.2.2022, 09:00:05", "2022-02-15 09:00:05", "2022-02-15 09:00:05");
	check("2026-09-15 09:00:23", "2026-09-15 09:00:23", "2026-09-15 09:00:23");
	check("2026-09-15T09:00:23.500Z", "2026-09-15 09:00:23", "2026-09-15 09:00:23");
	check("2026/04/16 1:00:09", "2026-04-16 01:00:09", "2026-04-16 01:00:09");
	/* The space before PM that newer systems write does not break. */
	check("7/20/23, 4:30:36\u202fPM", "2023-07-20 16:30:36", "");
	check("  7/20/23, 4:30:36\u00a0p.m. ", "2023-07-20 16:30:36", "");
	check("2:30 PM", "14:30:00", "14:30:00");
	check("14:30", "14:30:00", "14:30:00");
}

static void test_offsets(void **state)
{
	struct meeting_time time;

	(void)state;
	assert_true(meeting_time_parse("2022-02-15T09:00:00+01:00", &time));
	assert_true(time.has_offset);
	assert_int_equal(time.offset_s, 3600);
	assert_true(meeting_time_parse("2022-02-15 09:00:00 -0530", &time));
	assert_int_equal(time.offset_s, -19800);
	assert_true(meeting_time_parse("2022-02-15 09:00:00", &time));
	assert_false(time.has_offset);
}

static void test_what_is_no_time(void **state)
{
	static const char *const bad[] = { "", "--", "later", "2022-02-15", "02/30/2022 09:00",
		"15/15/2022 09:00", "02/15/2022 25:00", "02/15/2022 13:00 PM", "02/15/2022 09:60",
		"02/15/2022 09:00 AM and more", "Foo 22, 2025 19:13", "02/15 09:00", "9", "9:5",
		"99999999999999999999/1/2022 09:00", "2/15/022 09:00" };
	struct meeting_time time;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (meeting_time_parse(bad[i], &time))
			fail_msg("'%s' is taken for a time", bad[i]);
}

static void test_durations(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds; /* -1: none */
	} cases[] = { { "1h 13m 42s", 4422 }, { "59m 35s", 3575 }, { "0h 47m 0s", 2820 },
		{ "1 hr 2 min", 3720 }, { "50 min", 3000 }, { "60", 3600 }, { "01:02:03", 3723 },
		{ "1 h 2 min 3 s", 3723 }, { "", -1 }, { "--", -1 }, { "-10", -1 },
		{ "an hour", -1 }, { "1h x", -1 }, { "12 parsecs", -1 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t seconds = -1;
		if (meeting_duration_parse(cases[i].text, &seconds) != (cases[i].seconds >= 0) ||
			(cases[i].seconds >= 0 && seconds != cases[i].seconds))
			fail_msg("'%s' is %lld", cases[i].text, (long long)seconds);
	}
}

/* Whatever stands there, it ends. */
static void test_any_text(void **state)
{
	static const char letters[] = "0123456789/:-., APMhms\xe2\x80\xaf\xc2\xa0TZ+";
	uint64_t random = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[24];
		struct meeting_time time;
		int64_t seconds;
		size_t length = unit_random_below(&random, sizeof text);
		for (size_t j = 0; j < length; j++)
			text[j] = letters[unit_random_below(&random, sizeof letters - 1)];
		text[length] = '\0';
		if (meeting_time_parse(text, &time)) {
			assert_in_range(time.civil.hour, 0, 23);
			assert_in_range(time.civil.minute, 0, 59);
		}
		if (meeting_duration_parse(text, &seconds))
			assert_true(seconds >= 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_what_is_no_time),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

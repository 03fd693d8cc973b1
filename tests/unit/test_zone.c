/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/zone.h"

#include "util/memory.h"

#include "unit.h"

#include <stdbool.h>

/* Half-hour changes, a day that never was, a zone without changes, changes either side of
 * the equator. */
static const char *const names[] = { "Europe/Zurich", "America/New_York", "Asia/Kolkata",
	"Pacific/Apia", "Australia/Lord_Howe", "UTC", "America/Havana", "America/Sao_Paulo",
	"Africa/Casablanca", "Europe/Dublin" };

enum {
	DAY_S = 86400,
};

/* 1800-01-01 and 2400-01-01. */
static const int64_t early_s = INT64_C(-5364662400);
static const int64_t late_s = INT64_C(13569465600);
/* 1972-01-01: from here on offsets are whole minutes. */
static const int64_t modern_s = INT64_C(63072000);

static struct zone *open_zone(const char *name)
{
	struct error error = ERROR_INIT;
	struct zone *zone = NULL;

	if (zone_open(name, &zone, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	assert_string_equal(zone_name(zone), name);
	return zone;
}

static int64_t random_instant(uint64_t *seed, int64_t from_s)
{
	return from_s + (int64_t)(unit_random(seed) % (uint64_t)(late_s - from_s));
}

/* Every zone has the same number of seconds in [from, late): half of them near a change. */
static int64_t random_near_change(const struct zone *zone, uint64_t *seed, int64_t from_s)
{
	int64_t at_s = random_instant(seed, from_s);
	struct civil civil;
	int offset_s;
	int next_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	for (int i = 0; i < 400; i++) {
		zone_to_civil(zone, at_s + DAY_S, &civil, &next_s);
		if (next_s != offset_s)
			break;
		at_s += DAY_S;
	}
	return at_s + (int64_t)unit_random_below(seed, 2 * DAY_S) - DAY_S / 2;
}

/* --- Names --- */

static void unknown_zones_are_refused(void **state)
{
	static const char *const bad[] = { "", "Nowhere/City", "Europe", "Europe/",
		"/Europe/Zurich", "../zoneinfo/UTC", "Europe/../UTC", "./UTC", "right/UTC",
		"posix/UTC", "posixrules", "localtime", "europe/zurich", "CEST", "CET-1CEST",
		"UTC ", " UTC", ":UTC", "zone.tab", "tzdata.zi", "/etc/passwd",
		"Europe/Z\xc3\xbcrich" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error error = ERROR_INIT;
		struct zone *zone = NULL;
		assert_int_equal(zone_open(bad[i], &zone, &error), STATUS_USAGE);
		assert_null(zone);
		assert_non_null(strstr(error.message, bad[i]));
		assert_string_not_equal(error.hint, "");
	}
}

static void long_names_are_refused(void **state)
{
	struct error error = ERROR_INIT;
	struct zone *zone = NULL;
	char name[5000];

	(void)state;
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_int_equal(zone_open(name, &zone, &error), STATUS_USAGE);
	assert_null(zone);
}

static void assert_machine_name(const char *tz, const char *expected)
{
	CLEANUP(memory_free_text) char *name = zone_machine_name(tz);

	assert_string_equal(name, expected);
}

static void machine_zone_is_what_tz_says(void **state)
{
	CLEANUP(memory_free_text) char *own = zone_machine_name(NULL);

	(void)state;
	assert_machine_name("Europe/Zurich", "Europe/Zurich");
	assert_machine_name(":Asia/Tokyo", "Asia/Tokyo");
	assert_machine_name("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo");
	assert_machine_name(":/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo");
	assert_machine_name("", "UTC");
	/* Not a zone that can be opened, but not UTC in silence either. */
	assert_machine_name("CET-1CEST", "CET-1CEST");
	assert_machine_name("/tmp/x", "/tmp/x");
	assert_machine_name(":/etc/localtime", own);
	assert_string_not_equal(own, "");
}

/* --- Clock changes --- */

static void assert_refused(const struct zone *zone, const char *text, const char *problem,
	const char *first, const char *second)
{
	struct error error = ERROR_INIT;
	int64_t at_s = 77;
	char hint[200];

	assert_int_equal(time_parse(zone, text, &at_s, &error), STATUS_USAGE);
	assert_int_equal(at_s, 77);
	assert_non_null(strstr(error.message, problem));
	(void)snprintf(hint, sizeof hint, "write '%s' or '%s'", first, second);
	assert_string_equal(error.hint, hint);
}

static int64_t parsed(const struct zone *zone, const char *text)
{
	struct error error = ERROR_INIT;
	int64_t at_s = 0;

	if (time_parse(zone, text, &at_s, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	return at_s;
}

static void assert_iso(const struct zone *zone, int64_t at_s, const char *expected)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	time_write_iso(zone, at_s, &text);
	assert_string_equal(text.text, expected);
}

static void zurich_skips_and_repeats_an_hour(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = open_zone("Europe/Zurich");

	(void)state;
	assert_refused(zone, "2022-03-27T02:30", "does not exist", "2022-03-27T01:30:00+01:00",
		"2022-03-27T03:30:00+02:00");
	assert_refused(zone, "2022-03-27 02:00", "does not exist", "2022-03-27T01:00:00+01:00",
		"2022-03-27T03:00:00+02:00");
	assert_refused(zone, "2022-10-30T02:30", "exists twice", "2022-10-30T02:30:00+02:00",
		"2022-10-30T02:30:00+01:00");
	assert_refused(zone, "2022-10-30T02:00", "exists twice", "2022-10-30T02:00:00+02:00",
		"2022-10-30T02:00:00+01:00");
	assert_int_equal(parsed(zone, "2022-03-27T01:59:59"), 1648342799);
	assert_int_equal(parsed(zone, "2022-03-27T03:00:00"), 1648342800);
	assert_int_equal(parsed(zone, "2022-10-30T01:59:59"), 1667087999);
	assert_int_equal(parsed(zone, "2022-10-30T03:00:00"), 1667095200);
	/* Each reading can be written and is then another. */
	assert_int_equal(parsed(zone, "2022-10-30T02:30:00+02:00"), 1667089800);
	assert_int_equal(parsed(zone, "2022-10-30T02:30:00+01:00"), 1667093400);
}

static void apia_had_no_30_december_2011(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = open_zone("Pacific/Apia");
	struct error error = ERROR_INIT;
	zone_day day;

	(void)state;
	assert_refused(zone, "2011-12-30T12:00", "does not exist", "2011-12-29T12:00:00-10:00",
		"2011-12-31T12:00:00+14:00");
	assert_int_equal(date_parse("2011-12-30", &day, &error), STATUS_OK);
	assert_int_equal(zone_day_start(zone, day), zone_day_end(zone, day));
	assert_int_equal(zone_day_end(zone, day - 1), zone_day_start(zone, day + 1));
	assert_int_equal(zone_day_of(zone, zone_day_start(zone, day)), day + 1);
	assert_int_equal(zone_day_of(zone, zone_day_start(zone, day) - 1), day - 1);
}

static void lord_howe_changes_by_half_an_hour(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = open_zone("Australia/Lord_Howe");

	(void)state;
	assert_refused(zone, "2022-04-03T01:45", "exists twice", "2022-04-03T01:45:00+11:00",
		"2022-04-03T01:45:00+10:30");
	assert_refused(zone, "2022-10-02T02:15", "does not exist", "2022-10-02T01:45:00+10:30",
		"2022-10-02T02:45:00+11:00");
	assert_iso(zone, parsed(zone, "2022-04-03T02:00"), "2022-04-03T02:00:00+10:30");
	assert_iso(zone, parsed(zone, "2022-04-03T01:29"), "2022-04-03T01:29:00+11:00");
}

static void midnights_that_change(void **state)
{
	CLEANUP(zone_closep) struct zone *skipped = open_zone("America/Sao_Paulo");
	CLEANUP(zone_closep) struct zone *repeated = open_zone("America/Havana");
	CLEANUP(zone_closep) struct zone *zurich = open_zone("Europe/Zurich");
	struct error error = ERROR_INIT;
	zone_day day;

	(void)state;
	/* 2018-11-04 began at 01:00. */
	assert_int_equal(date_parse("2018-11-04", &day, &error), STATUS_OK);
	assert_iso(skipped, zone_day_start(skipped, day), "2018-11-04T01:00:00-02:00");
	assert_iso(skipped, zone_day_start(skipped, day) - 1, "2018-11-03T23:59:59-03:00");
	/* 2022-11-06 has 00:00 twice, and begins with the first. */
	assert_int_equal(date_parse("2022-11-06", &day, &error), STATUS_OK);
	assert_iso(repeated, zone_day_start(repeated, day), "2022-11-06T00:00:00-04:00");
	assert_int_equal(zone_day_end(repeated, day) - zone_day_start(repeated, day), 25 * 3600);
	assert_int_equal(date_parse("2022-03-27", &day, &error), STATUS_OK);
	assert_int_equal(zone_day_end(zurich, day) - zone_day_start(zurich, day), 23 * 3600);
}

/* --- Properties --- */

/* From an instant to the wall clock and back: the same, or refused with it among the two
 * readings. */
static void instants_come_back(void **state)
{
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		CLEANUP(zone_closep) struct zone *zone = open_zone(names[i]);
		for (int round = 0; round < 2000; round++) {
			CLEANUP(str_free) struct str iso = STR_INIT;
			struct error error = ERROR_INIT;
			struct civil civil;
			int offset_s;
			int64_t back_s;
			int64_t at_s = round % 2 == 0 ? random_instant(&seed, modern_s)
						      : random_near_change(zone, &seed, modern_s);
			zone_to_civil(zone, at_s, &civil, &offset_s);
			enum status status = zone_from_civil(zone, &civil, &back_s, &error);
			if (status == STATUS_OK) {
				assert_int_equal(back_s, at_s);
				continue;
			}
			time_write_iso(zone, at_s, &iso);
			assert_int_equal(status, STATUS_USAGE);
			assert_non_null(strstr(error.message, "exists twice"));
			assert_non_null(strstr(error.hint, iso.text));
		}
	}
}

/* Also where the offset has seconds. */
static void written_times_come_back(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		CLEANUP(zone_closep) struct zone *zone = open_zone(names[i]);
		for (int round = 0; round < 1000; round++) {
			CLEANUP(str_free) struct str iso = STR_INIT;
			int64_t at_s = random_instant(&seed, early_s);
			time_write_iso(zone, at_s, &iso);
			assert_int_equal(parsed(zone, iso.text), at_s);
		}
	}
}

static void days_hold_their_instants(void **state)
{
	uint64_t seed = 6;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		CLEANUP(zone_closep) struct zone *zone = open_zone(names[i]);
		for (int round = 0; round < 500; round++) {
			int64_t at_s = random_near_change(zone, &seed, modern_s);
			zone_day day = zone_day_of(zone, at_s);
			int64_t start_s = zone_day_start(zone, day);
			int64_t end_s = zone_day_end(zone, day);
			assert_true(start_s <= at_s && at_s < end_s);
			assert_true(end_s - start_s >= 22 * 3600 && end_s - start_s <= 26 * 3600);
			assert_int_equal(zone_day_of(zone, start_s), day);
			assert_true(zone_day_of(zone, start_s - 1) < day);
			assert_int_equal(zone_day_start(zone, day + 1), end_s);
		}
	}
}

/* Two zones in turn: each keeps its own clock. */
static void zones_do_not_mix(void **state)
{
	CLEANUP(zone_closep) struct zone *zurich = open_zone("Europe/Zurich");
	CLEANUP(zone_closep) struct zone *new_york = open_zone("America/New_York");

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(parsed(zurich, "2022-02-15T14:30"), 1644931800);
		assert_iso(new_york, 1644931800, "2022-02-15T08:30:00-05:00");
		assert_iso(zurich, 1644931800, "2022-02-15T14:30:00+01:00");
	}
}

/* --- Reading and writing --- */

static void times_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t at_s;
	} good[] = {
		{ "2022-02-15T14:30", 1644931800 },
		{ "2022-02-15 14:30", 1644931800 },
		{ "2022-02-15T14:30:00", 1644931800 },
		{ "2022-02-15T14:30:59", 1644931859 },
		{ "2022-02-15T13:30Z", 1644931800 },
		{ "2022-02-15 13:30:00Z", 1644931800 },
		{ "2022-02-15T14:30+01:00", 1644931800 },
		{ "2022-02-15T14:30+0100", 1644931800 },
		{ "2022-02-15T08:30:00-05:00", 1644931800 },
		{ "2022-02-15T13:30-00:00", 1644931800 },
		{ "2022-02-16T03:30+14:00", 1644931800 },
		{ "2024-02-29T00:00Z", 1709164800 },
		{ "2000-02-29T00:00Z", 951782400 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "0001-01-01T00:00Z", INT64_C(-62135596800) },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799) },
	};
	CLEANUP(zone_closep) struct zone *zone = open_zone("Europe/Zurich");

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct error error = ERROR_INIT;
		assert_int_equal(parsed(zone, good[i].text), good[i].at_s);
		assert_int_equal(time_check(good[i].text, &error), STATUS_OK);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const bad[] = { "", "now", "2022-02-15", "14:30", "2022-02-15T",
		"2022-02-15T14", "2022-02-15T14:3", "2022-02-15T14:30:", "2022-02-15T14:30:5",
		"2022-02-15T14:30:00.5", "2022-02-15T24:00", "2022-02-15T14:60",
		"2022-02-15T23:59:60", "2022-02-29T14:30", "2100-02-29T14:30", "2022-13-01T14:30",
		"2022-00-01T14:30", "2022-01-00T14:30", "2022-04-31T14:30", "0000-01-01T00:00",
		"22-02-15T14:30", "2022-2-15T14:30", "2022/02/15T14:30", "15.02.2022 14:30",
		"2022-02-15t14:30", "2022-02-15  14:30", "2022-02-15T14:30 ", " 2022-02-15T14:30",
		"2022-02-15T14:30z", "2022-02-15T14:30 Z", "2022-02-15T14:30+1",
		"2022-02-15T14:30+01", "2022-02-15T14:30+01:0", "2022-02-15T14:30+01:60",
		"2022-02-15T14:30+16:00", "2022-02-15T14:30+01:00Z", "2022-02-15T14:30Zx",
		"2022-02-15T14:30ZZ", "2022-02-15T+4:30", "2022-02-15T14:30UTC", "20220215T143000Z",
		"0001-01-01T00:00+01:00", "9999-12-31T23:59-01:00", "99999-01-01T00:00Z",
		"-001-01-01T00:00Z" };
	CLEANUP(zone_closep) struct zone *zone = open_zone("UTC");

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error error = ERROR_INIT;
		int64_t at_s = 77;
		assert_int_equal(time_parse(zone, bad[i], &at_s, &error), STATUS_USAGE);
		assert_int_equal(at_s, 77);
		assert_string_not_equal(error.hint, "");
		assert_int_equal(time_check(bad[i], &error), STATUS_USAGE);
	}
}

static void times_are_written(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = open_zone("Europe/Zurich");
	CLEANUP(str_free) struct str text = STR_INIT;

	(void)state;
	time_write_short(zone, 1644931800, true, &text);
	str_add_char(&text, '|');
	time_write_short(zone, 1644931805, true, &text);
	str_add_char(&text, '|');
	time_write_short(zone, 1644931805, false, &text);
	str_add_char(&text, '|');
	time_write_clock(zone, 1644931805, &text);
	assert_string_equal(text.text,
		"2022-02-15 14:30|2022-02-15 14:30:05|2022-02-15 14:30|14:30");
	assert_iso(zone, -1, "1970-01-01T00:59:59+01:00");
	/* Bern Mean Time, +00:29:46: the instant is exact, the offset is cut. */
	assert_iso(zone, INT64_C(-3000000000), "1874-12-07T19:09:00+00:29");
}

static void instants_beyond_the_calendar_do_no_harm(void **state)
{
	static const int64_t wild[] = { INT64_MIN, INT64_MAX, INT64_C(-100000000000000) };
	CLEANUP(zone_closep) struct zone *zone = open_zone("Europe/Zurich");

	(void)state;
	for (size_t i = 0; i < COUNT(wild); i++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		time_write_iso(zone, wild[i], &text);
		assert_int_equal(strncmp(text.text, wild[i] < 0 ? "0000-12-31" : "10000-01-0", 10),
			0);
		(void)zone_day_of(zone, wild[i]);
	}
}

static void dates_are_read_and_written(void **state)
{
	static const char *const bad[] = { "", "2022-02-29", "1900-02-29", "2022-02-15T14:30",
		"2022-2-15", "2022-02-15 ", "15.02.2022", "0000-01-01", "2022-13-01", "today" };
	struct error error = ERROR_INIT;

	(void)state;
	for (zone_day day = -719162; day <= 2932896; day += 97) {
		CLEANUP(str_free) struct str text = STR_INIT;
		zone_day back;
		date_write(day, &text);
		assert_int_equal(date_parse(text.text, &back, &error), STATUS_OK);
		assert_int_equal(back, day);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		zone_day day = 77;
		assert_int_equal(date_parse(bad[i], &day, &error), STATUS_USAGE);
		assert_int_equal(day, 77);
	}
	CLEANUP(str_free) struct str ends = STR_INIT;
	date_write(-719162, &ends);
	str_add_char(&ends, ' ');
	date_write(0, &ends);
	str_add_char(&ends, ' ');
	date_write(2932896, &ends);
	assert_string_equal(ends.text, "0001-01-01 1970-01-01 9999-12-31");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_zones_are_refused),
		cmocka_unit_test(long_names_are_refused),
		cmocka_unit_test(machine_zone_is_what_tz_says),
		cmocka_unit_test(zurich_skips_and_repeats_an_hour),
		cmocka_unit_test(apia_had_no_30_december_2011),
		cmocka_unit_test(lord_howe_changes_by_half_an_hour),
		cmocka_unit_test(midnights_that_change),
		cmocka_unit_test(instants_come_back),
		cmocka_unit_test(written_times_come_back),
		cmocka_unit_test(days_hold_their_instants),
		cmocka_unit_test(zones_do_not_mix),
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(times_are_written),
		cmocka_unit_test(instants_beyond_the_calendar_do_no_harm),
		cmocka_unit_test(dates_are_read_and_written),
	};

	return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}

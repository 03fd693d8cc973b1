/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times, dates and zones. An input is a byte that chooses the zone, and a text: read as a
 * time, a date and a zone's name; its first eight bytes also as an instant.
 */
#include "util/calendar.h"
#include "util/zone.h"

#include "fuzz.h"

static const char *const zone_names[] = { "UTC", "Europe/Zurich", "America/New_York",
	"Australia/Lord_Howe", "Africa/Monrovia", "Pacific/Apia", "America/Sao_Paulo",
	"Asia/Kathmandu", "Asia/Manila", "Africa/Casablanca", "Antarctica/Troll", "Etc/GMT+12" };
static struct zone *zones[COUNT(zone_names)];

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	for (size_t i = 0; i < COUNT(zones); i++)
		claim(zone_open(zone_names[i], &zones[i], &error) == STATUS_OK, "%s",
			error.message);
	return 0;
}

/* As it is written, so it is read. */
static void claim_written(const struct zone *zone, int64_t at_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct error error = ERROR_INIT;
	int64_t again_s = 0;

	time_write_iso(zone, at_s, &text);
	claim(time_parse(zone, text.text, &again_s, &error) == STATUS_OK, "%s", error.message);
	claim(again_s == at_s, "%lld became %lld as %s", (long long)at_s, (long long)again_s,
		text.text);
}

/* A clock shows an instant; what the clock shows is that instant, or stands there twice. */
static void claim_clock(const struct zone *zone, int64_t at_s)
{
	struct error error = ERROR_INIT;
	struct civil civil;
	int64_t again_s = 0;
	int offset_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	claim(calendar_is_date(&civil) && calendar_is_clock_time(&civil), "%lld", (long long)at_s);
	claim(calendar_seconds(&civil) == at_s + offset_s, "%lld", (long long)at_s);
	if (zone_from_civil(zone, &civil, &again_s, &error) == STATUS_OK)
		claim(again_s == at_s, "%lld became %lld", (long long)at_s, (long long)again_s);
	else
		claim(strstr(error.message, "exists twice") != NULL, "%s", error.message);
}

static void claim_day(const struct zone *zone, int64_t at_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct error error = ERROR_INIT;
	zone_day day = zone_day_of(zone, at_s);
	zone_day again = 0;
	int64_t start_s = zone_day_start(zone, day);
	int64_t end_s = zone_day_end(zone, day);

	claim(start_s <= at_s && at_s < end_s, "%lld: %lld to %lld", (long long)at_s,
		(long long)start_s, (long long)end_s);
	claim(zone_day_of(zone, start_s) == day && zone_day_of(zone, end_s - 1) == day, "%lld",
		(long long)day);
	date_write(day, &text);
	claim(date_parse(text.text, &again, &error) == STATUS_OK && again == day, "%s", text.text);
}

static void claim_instant(const struct zone *zone, int64_t at_s)
{
	/* Within a day of the calendar's ends a clock may show another year than it has. */
	if (at_s < CALENDAR_FIRST_S + 2 * CALENDAR_DAY_S ||
		at_s > CALENDAR_LAST_S - 2 * CALENDAR_DAY_S)
		return;
	claim_written(zone, at_s);
	claim_clock(zone, at_s);
	claim_day(zone, at_s);
}

static void claim_text(const struct zone *zone, const char *text)
{
	CLEANUP(zone_closep) struct zone *opened = NULL;
	CLEANUP(str_free) struct str written = STR_INIT;
	struct error error = ERROR_INIT;
	int64_t at_s = 0;
	zone_day day = 0;

	bool is_time = time_check(text, &error) == STATUS_OK;
	if (time_parse(zone, text, &at_s, &error) == STATUS_OK) {
		claim(is_time, "%s", text);
		claim_instant(zone, at_s);
	} else if (is_time) {
		claim(strstr(error.message, "the clock changes") != NULL, "%s", error.message);
	}
	if (date_parse(text, &day, &error) == STATUS_OK) {
		date_write(day, &written);
		claim(strcmp(written.text, text) == 0, "%s is written %s", text, written.text);
	}
	enum status status = zone_open(text, &opened, &error);
	claim(status == STATUS_OK || status == STATUS_USAGE, "%s", error.message);
	claim(status != STATUS_OK || strcmp(zone_name(opened), text) == 0, "%s", text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const struct zone *zone = zones[fuzz_choice(&input, COUNT(zones))];
	uint64_t bits = 0;
	struct str text = STR_INIT;

	for (size_t i = 0; i < sizeof bits && i < input.length; i++)
		bits = bits << 8 | input.bytes[i];
	/* Most of 64 bits lie beyond any calendar. */
	claim_instant(zone, (int64_t)bits);
	claim_instant(zone, (int64_t)(bits >> 20) - INT64_C(1) * (INT64_C(1) << 43));
	claim_instant(zone, (int64_t)(bits >> 32));
	struct str plain = STR_INIT;
	str_add_bytes(&text, input.bytes, input.length);
	str_add(&plain, text.text); /* up to a NUL */
	claim_text(zone, plain.text);
	str_free(&text);
	str_free(&plain);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instants are UTC seconds since 1970 (int64_t, suffix _s). A zone is an IANA time zone as
 * the machine's tz database has it; the C library does the arithmetic. An unknown zone, or
 * a machine without zone data, is an error, never UTC in silence. One thread only: the C
 * library keeps the zone in process-wide state (the environment's TZ), which this module
 * switches as needed: who wants the TZ of whoever started the program reads it first.
 */
#ifndef REGTOOL_UTIL_ZONE_H
#define REGTOOL_UTIL_ZONE_H

#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* A point on a wall clock: no zone. */
struct civil {
	int year;  /* 1 to 9999 */
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
	int hour;
	int minute;
	int second;
};

/* A day of a zone's calendar, as days since 1970-01-01: what "local day" compares by. */
typedef int64_t zone_day;

/* Opens a zone by its IANA name ("Europe/Zurich", "UTC"). STATUS_USAGE if there is no such
 * zone, STATUS_IO if the machine has no zone data. The caller closes it. */
enum status zone_open(const char *name, struct zone **ret_zone, struct error *error);
void zone_close(struct zone *zone);
void zone_closep(struct zone **zone);
const char *zone_name(const struct zone *zone);

/* The machine's own zone's name: TZ, then /etc/localtime's link, then /etc/timezone, then
 * "UTC". The caller frees it. Takes `tz` (the value of TZ, may be NULL) from its caller,
 * which alone may look at the environment. */
char *zone_machine_name(const char *tz);

void zone_to_civil(const struct zone *zone, int64_t at_s, struct civil *ret_civil,
	int *ret_offset_s);
/* A civil time that the zone's clock never shows, or shows twice, is STATUS_USAGE with both
 * readings (with their offsets) named in the hint. */
enum status zone_from_civil(const struct zone *zone, const struct civil *civil, int64_t *ret_s,
	struct error *error);

/* The local day of an instant, and the instant at which a local day begins or ends (the
 * end is the start of the next; 23 and 25 hour days are right). */
zone_day zone_day_of(const struct zone *zone, int64_t at_s);
int64_t zone_day_start(const struct zone *zone, zone_day day);
int64_t zone_day_end(const struct zone *zone, zone_day day);
/* The first instant of a local day at which its clock shows hour:minute or later. */
int64_t zone_day_clock(const struct zone *zone, zone_day day, int hour, int minute);

/*
 * Reads a time: `2022-02-15T14:30`, with `:SS`, with a space for the T, with `Z` or
 * `+01:00` (`+0100` too). Without an offset it is the zone's local time.
 * STATUS_USAGE with a sentence on what is accepted.
 */
enum status time_parse(const struct zone *zone, const char *text, int64_t *ret_s,
	struct error *error);
/* The same check of the form alone, for what must be found before a database (and so a
 * zone) is open. */
enum status time_check(const char *text, struct error *error);

/* `2022-02-15 14:30` (with `:SS` if the second is not 0 and `seconds` is asked for). */
void time_write_short(const struct zone *zone, int64_t at_s, bool seconds, struct str *str);
/* `2022-02-15T14:30:00+01:00` (RFC 3339). */
void time_write_iso(const struct zone *zone, int64_t at_s, struct str *str);
/* `14:30`. */
void time_write_clock(const struct zone *zone, int64_t at_s, struct str *str);

/* Dates `2022-02-15`. date_parse checks the calendar (29 February and so on). */
enum status date_parse(const char *text, zone_day *ret_day, struct error *error);
void date_write(zone_day day, struct str *str);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/zone.h"

#include "util/calendar.h"
#include "util/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where the machine keeps its zones; a folder of its own so that TZDIR cannot move it. */
#ifndef REGTOOL_ZONE_FOLDER
#define REGTOOL_ZONE_FOLDER "/usr/share/zoneinfo"
#endif

enum {
	/* No clock was ever further from UTC than this (Manila and Alaska before the date line
	 * moved: 15:56 and 15:02). */
	OFFSET_MAX_S = 16 * CALENDAR_HOUR_S,
	ZONE_NAME_MAX = 255,
};

struct zone {
	char *name;
	char *setting; /* the value of TZ that stands for it */
};

/* --- The C library's zone --- */

static void switch_to(const struct zone *zone)
{
	const char *current = getenv("TZ");

	if (current != NULL && strcmp(current, zone->setting) == 0)
		return;
	if (setenv("TZ", zone->setting, 1) != 0)
		memory_is_out(); /* the only way that it fails */
	tzset();
}

static struct tm local_time(const struct zone *zone, int64_t at_s)
{
	time_t time = (time_t)calendar_clamp(at_s);
	struct tm tm = { 0 };

	switch_to(zone);
	(void)localtime_r(&time, &tm);
	return tm;
}

static int offset_at(const struct zone *zone, int64_t at_s)
{
	return (int)local_time(zone, at_s).tm_gmtoff;
}

/* A name as IANA makes them: no path that leads out of the folder, none of the folder's
 * other trees and links. */
static bool is_zone_name(const char *name)
{
	static const char *const others[] = { "localtime", "posixrules" };
	size_t length = strlen(name);

	if (length == 0 || length > ZONE_NAME_MAX || name[0] == '/' ||
		strspn(name,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") !=
			length)
		return false;
	if (strncmp(name, "right/", 6) == 0 || strncmp(name, "posix/", 6) == 0)
		return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (strcmp(name, others[i]) == 0)
			return false;
	}
	return true;
}

/* Whether the file is zone data; errno says why not (0: it is something else). */
static bool is_zone_file(const char *path)
{
	char magic[4];
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (descriptor < 0)
		return false;
	ssize_t got = read(descriptor, magic, sizeof magic);
	(void)close(descriptor);
	errno = 0;
	return got == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
}

static enum status unknown_zone(const char *name, struct error *error)
{
	(void)error_set(error, STATUS_USAGE, "no time zone '%s'", name);
	return error_hint(error, "zones have names like 'Europe/Zurich' or 'UTC': see the folders "
				 "in " REGTOOL_ZONE_FOLDER);
}

enum status zone_open(const char *name, struct zone **ret_zone, struct error *error)
{
	struct stat folder;

	if (!is_zone_name(name))
		return unknown_zone(name, error);
	if (stat(REGTOOL_ZONE_FOLDER, &folder) != 0 || !S_ISDIR(folder.st_mode)) {
		(void)error_set(error, STATUS_IO, "this machine has no time zone data in '%s'",
			REGTOOL_ZONE_FOLDER);
		return error_hint(error, "on Debian it is the package tzdata");
	}
	CLEANUP(str_free) struct str path = STR_INIT;
	str_addf(&path, ":" REGTOOL_ZONE_FOLDER "/%s", name);
	if (!is_zone_file(path.text + 1)) {
		if (errno == EACCES || errno == EIO || errno == EMFILE || errno == ENFILE)
			return error_set_errno(error, STATUS_IO, "time zone data '%s'",
				path.text + 1);
		return unknown_zone(name, error);
	}
	struct zone *zone = xcalloc(1, sizeof *zone);
	zone->name = xstrdup(name);
	zone->setting = str_steal(&path);
	/* The C library takes what it cannot read for UTC, but then it has no name for it. */
	struct tm probe = local_time(zone, 0);
	if (probe.tm_zone == NULL || probe.tm_zone[0] == '\0') {
		zone_close(zone);
		return error_set(error, STATUS_IO, "the data of time zone '%s' is damaged", name);
	}
	*ret_zone = zone;
	return STATUS_OK;
}

void zone_close(struct zone *zone)
{
	if (zone == NULL)
		return;
	free(zone->name);
	free(zone->setting);
	free(zone);
}

void zone_closep(struct zone **zone)
{
	zone_close(*zone);
	*zone = NULL;
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

/* The part of a path that names a zone, or NULL. */
static const char *name_in_path(const char *path)
{
	static const char folder[] = "/zoneinfo/";
	const char *found = strstr(path, folder);

	if (found == NULL)
		return NULL;
	found += sizeof folder - 1;
	if (strncmp(found, "posix/", 6) == 0 || strncmp(found, "right/", 6) == 0)
		found += 6;
	return is_zone_name(found) ? found : NULL;
}

/* The zone that /etc/localtime is a link to, or NULL; the caller frees it. */
static char *name_of_link(void)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/etc/localtime", path, sizeof path - 1);

	if (length < 0)
		return NULL;
	path[length] = '\0';
	const char *name = name_in_path(path);
	if (name != NULL)
		return xstrdup(name);
	/* The link may lead to a link. */
	if (realpath("/etc/localtime", path) == NULL)
		return NULL;
	name = name_in_path(path);
	return name != NULL ? xstrdup(name) : NULL;
}

/* The zone that /etc/timezone names, or NULL; the caller frees it. */
static char *name_of_file(void)
{
	char line[ZONE_NAME_MAX + 2];
	FILE *file = fopen("/etc/timezone", "re");

	if (file == NULL)
		return NULL;
	bool has_line = fgets(line, sizeof line, file) != NULL;
	(void)fclose(file);
	if (!has_line)
		return NULL;
	line[strcspn(line, " \t\r\n#")] = '\0';
	return line[0] != '\0' ? xstrdup(line) : NULL;
}

char *zone_machine_name(const char *tz)
{
	if (tz != NULL && *tz == ':')
		tz++;
	/* POSIX leaves an empty TZ open; the C library takes it for UTC. */
	if (tz != NULL && *tz == '\0')
		return xstrdup("UTC");
	if (tz != NULL && strcmp(tz, "/etc/localtime") != 0) {
		const char *name = name_in_path(tz);
		return xstrdup(name != NULL ? name : tz);
	}
	char *name = name_of_link();
	if (name == NULL)
		name = name_of_file();
	return name != NULL ? name : xstrdup("UTC");
}

/* --- Instants and wall clocks --- */

void zone_to_civil(const struct zone *zone, int64_t at_s, struct civil *ret_civil,
	int *ret_offset_s)
{
	struct tm tm = local_time(zone, at_s);

	*ret_civil = (struct civil){
		.year = tm.tm_year + 1900,
		.month = tm.tm_mon + 1,
		.day = tm.tm_mday,
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec,
	};
	*ret_offset_s = (int)tm.tm_gmtoff;
}

/* The instants at which the zone's clock shows clock_s, 0, 1 or 2; earliest first, as a clock
 * shows something twice only where its offset shrinks. */
static int find_readings(const struct zone *zone, int64_t clock_s, int64_t ret_readings[2])
{
	int offsets[3] = {
		offset_at(zone, clock_s - OFFSET_MAX_S),
		offset_at(zone, clock_s),
		offset_at(zone, clock_s + OFFSET_MAX_S),
	};
	int count = 0;

	for (int i = 0; i < 3; i++) {
		int64_t at_s = clock_s - offsets[i];
		bool is_new = true;
		for (int j = 0; j < i; j++)
			is_new = is_new && offsets[j] != offsets[i];
		if (is_new && count < 2 && offset_at(zone, at_s) == offsets[i])
			ret_readings[count++] = at_s;
	}
	return count;
}

static enum status not_one_reading(const struct zone *zone, const struct civil *civil,
	const int64_t readings[2], bool exists, struct error *error)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str second = STR_INIT;

	time_write_iso(zone, readings[0], &first);
	time_write_iso(zone, readings[1], &second);
	(void)error_set(error, STATUS_USAGE,
		"'%04d-%02d-%02dT%02d:%02d:%02d' %s in %s (the clock changes)", civil->year,
		civil->month, civil->day, civil->hour, civil->minute, civil->second,
		exists ? "exists twice" : "does not exist", zone->name);
	return error_hint(error, "write '%s' or '%s'", first.text, second.text);
}

enum status zone_from_civil(const struct zone *zone, const struct civil *civil, int64_t *ret_s,
	struct error *error)
{
	int64_t readings[2];

	assert(calendar_is_date(civil) && calendar_is_clock_time(civil));
	int64_t clock_s = calendar_seconds(civil);
	int count = find_readings(zone, clock_s, readings);
	if (count == 1) {
		*ret_s = readings[0];
		return STATUS_OK;
	}
	if (count == 0) {
		/* Read with the offset after the change it lies before it, and the other way
		 * round. */
		readings[0] = clock_s - offset_at(zone, clock_s + OFFSET_MAX_S);
		readings[1] = clock_s - offset_at(zone, clock_s - OFFSET_MAX_S);
	}
	return not_one_reading(zone, civil, readings, count == 2, error);
}

static int64_t divide_down(int64_t number, int64_t divisor)
{
	return number / divisor - (number % divisor < 0);
}

zone_day zone_day_of(const struct zone *zone, int64_t at_s)
{
	return divide_down(calendar_clamp(at_s) + offset_at(zone, at_s), CALENDAR_DAY_S);
}

int64_t zone_day_start(const struct zone *zone, zone_day day)
{
	int64_t clock_s = day * CALENDAR_DAY_S;
	int64_t readings[2];

	if (find_readings(zone, clock_s, readings) > 0)
		return readings[0];
	/* Midnight is skipped: the day starts where the clock jumps over it. */
	int64_t before_s = clock_s - 2 * OFFSET_MAX_S;
	int64_t after_s = clock_s + 2 * OFFSET_MAX_S;
	while (after_s - before_s > 1) {
		int64_t middle_s = before_s + (after_s - before_s) / 2;
		if (middle_s + offset_at(zone, middle_s) < clock_s)
			before_s = middle_s;
		else
			after_s = middle_s;
	}
	return after_s;
}

int64_t zone_day_end(const struct zone *zone, zone_day day)
{
	return zone_day_start(zone, day + 1);
}

static bool shows_at_least(const struct zone *zone, int64_t at_s, int hour, int minute)
{
	struct civil civil;
	int offset_s;

	zone_to_civil(zone, at_s, &civil, &offset_s);
	return civil.hour > hour || (civil.hour == hour && civil.minute >= minute);
}

int64_t zone_day_clock(const struct zone *zone, zone_day day, int hour, int minute)
{
	int64_t low_s = zone_day_start(zone, day);
	int64_t high_s = zone_day_end(zone, day);

	while (low_s < high_s) {
		int64_t middle_s = low_s + (high_s - low_s) / 2;
		if (shows_at_least(zone, middle_s, hour, minute))
			high_s = middle_s;
		else
			low_s = middle_s + 1;
	}
	return low_s;
}

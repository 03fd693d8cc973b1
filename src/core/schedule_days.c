/* SPDX-License-Identifier: BSD-2-Clause */
/* The days of a schedule, and where in them its events stand. */
#include "core/schedule_private.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	MINUTE_S = 60, /* a day's last minute is its end: 23:59 */
};

struct day {
	json_t *json; /* a reference of its own */
	int64_t start_s;
	int64_t end_s; /* excluded */
	zone_day date;
};

struct days {
	const struct schedule *schedule;
	struct day *all;
	size_t count;
	bool is_changed; /* one was added */
};

/* --- The days there are --- */

/* Both are local days where a file does not say more. */
static void read_day(const struct zone *zone, json_t *json, struct day *day)
{
	struct error error = ERROR_INIT;

	*day = (struct day){ .json = json_incref(json) };
	if (date_parse(schedule_text(json, "date"), &day->date, &error) != STATUS_OK)
		day->date = 0;
	if (schedule_read_time(zone, schedule_text(json, "day_start"), &day->start_s, &error) !=
		STATUS_OK)
		day->start_s = zone_day_start(zone, day->date);
	if (schedule_read_time(zone, schedule_text(json, "day_end"), &day->end_s, &error) !=
		STATUS_OK)
		day->end_s = zone_day_end(zone, day->date) - MINUTE_S;
	day->end_s += MINUTE_S;
}

static void read_days(struct days *days, const json_t *array)
{
	size_t index;
	json_t *json;

	days->count = json_array_size(array);
	days->all = xcalloc(days->count + 1, sizeof *days->all);
	json_array_foreach(array, index, json)
		read_day(days->schedule->zone, json, &days->all[index]);
}

static void set_time(json_t *json, const char *name, const struct zone *zone, int64_t at_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	time_write_iso(zone, at_s, &text);
	json_object_set_new(json, name, schedule_string(text.text));
}

static struct day *add_day(struct days *days, zone_day date)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const struct zone *zone = days->schedule->zone;
	struct day day = {
		.json = json_object(),
		.start_s = zone_day_start(zone, date),
		.end_s = zone_day_end(zone, date),
		.date = date,
	};

	date_write(date, &text);
	json_object_set_new(day.json, "index", json_integer((json_int_t)days->count + 1));
	json_object_set_new(day.json, "date", schedule_string(text.text));
	set_time(day.json, "day_start", zone, day.start_s);
	set_time(day.json, "day_end", zone, day.end_s - MINUTE_S);
	json_object_set_new(day.json, "rooms", json_object());
	days->all = xreallocarray(days->all, days->count + 1, sizeof *days->all);
	days->all[days->count] = day;
	days->is_changed = true;
	return &days->all[days->count++];
}

/* The day in which something starts: in its hours, which may go on after midnight, or else on
 * its date. */
static struct day *find_day(struct days *days, int64_t start_s)
{
	zone_day date = zone_day_of(days->schedule->zone, start_s);

	for (size_t i = 0; i < days->count; i++)
		if (start_s >= days->all[i].start_s && start_s < days->all[i].end_s)
			return &days->all[i];
	for (size_t i = 0; i < days->count; i++)
		if (days->all[i].date == date)
			return &days->all[i];
	return add_day(days, date);
}

/* --- Placing --- */

static json_t *find_room(json_t *day, const char *room, size_t *ret_rank)
{
	json_t *rooms = json_object_get(day, "rooms");
	size_t rank = 0;
	const char *name;
	json_t *events;

	if (!json_is_object(rooms)) {
		rooms = json_object();
		json_object_set_new(day, "rooms", rooms);
	}
	json_object_foreach(rooms, name, events)
	{
		if (strcmp(name, room) == 0)
			break;
		rank++;
	}
	if (rank == json_object_size(rooms))
		json_object_set_new(rooms, room, json_array());
	*ret_rank = rank;
	return json_object_get(rooms, room);
}

static void place(struct days *days, struct schedule_event *event)
{
	struct day *day = find_day(days, event->start_s);

	event->day = day->json;
	event->day_s = day->start_s;
	json_array_append_new(find_room(day->json, event->room, &event->room_rank), event->json);
}

static int compare_days(const void *a, const void *b)
{
	const struct day *left = a;
	const struct day *right = b;

	return left->start_s < right->start_s ? -1 : left->start_s > right->start_s;
}

/* Puts new days between the old ones, and counts anew. */
static void write_days(struct days *days, json_t *conference)
{
	json_t *array = json_array();

	qsort(days->all, days->count, sizeof *days->all, compare_days);
	for (size_t i = 0; i < days->count; i++) {
		json_object_set_new(days->all[i].json, "index", json_integer((json_int_t)i + 1));
		json_array_append(array, days->all[i].json);
	}
	json_object_set_new(conference, "days", array);
}

static int compare_places(const void *a, const void *b)
{
	const struct schedule_event *left = a;
	const struct schedule_event *right = b;

	if (left->day_s != right->day_s)
		return left->day_s < right->day_s ? -1 : 1;
	if (left->room_rank != right->room_rank)
		return left->room_rank < right->room_rank ? -1 : 1;
	return left->rank < right->rank ? -1 : left->rank > right->rank;
}

void schedule_place_events(struct schedule *schedule)
{
	json_t *conference = schedule_conference(schedule->document);
	const json_t *count = json_object_get(conference, "daysCount");
	struct days days = { .schedule = schedule };

	read_days(&days, json_object_get(conference, "days"));
	for (size_t i = 0; i < schedule->count; i++)
		place(&days, &schedule->events[i]);
	if (days.is_changed)
		write_days(&days, conference);
	if (days.is_changed || !json_is_integer(count))
		json_object_set_new(conference, "daysCount", json_integer((json_int_t)days.count));
	qsort(schedule->events, schedule->count, sizeof *schedule->events, compare_places);
	for (size_t i = 0; i < days.count; i++)
		json_decref(days.all[i].json);
	free(days.all);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The document of a schedule around its events. */
#include "core/schedule_private.h"

#include "core/schedule_kept.h"
#include "util/memory.h"

#include <string.h>

enum {
	DATE_LENGTH = 10, /* 2022-02-15 */
	SLOT_S = 300,
};

json_t *schedule_conference(const json_t *document)
{
	json_t *conference = json_object_get(json_object_get(document, "schedule"), "conference");

	return json_is_object(conference) ? conference : NULL;
}

/* --- A new document --- */

static json_t *new_generator(const char *version)
{
	json_t *generator = json_object();

	json_object_set_new(generator, "name", json_string("regtool"));
	json_object_set_new(generator, "version", schedule_string(version));
	return generator;
}

/* In the order in which others write it; what depends on the events comes later. */
static json_t *new_document(const char *version)
{
	static const char *const members[] = { "acronym", "title", "start", "end", "daysCount",
		"timeslot_duration", "time_zone_name", "url", "rooms", "days" };
	json_t *document = json_object();
	json_t *schedule = json_object();
	json_t *conference = json_object();

	json_object_set_new(document, "$schema",
		json_string("https://c3voc.de/schedule/schema.json"));
	json_object_set_new(document, "generator", new_generator(version));
	json_object_set_new(document, "schedule", schedule);
	json_object_set_new(schedule, "version", json_null());
	json_object_set_new(schedule, "conference", conference);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		json_object_set_new(conference, members[i], json_null());
	json_object_set_new(conference, "rooms", json_array());
	return document;
}

/* --- What the event says --- */

/* Whether the member is there and not null: null stands for what is not yet known. */
static bool has(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	return value != NULL && !json_is_null(value);
}

static void set_text(json_t *object, const char *name, const char *text)
{
	if (strcmp(schedule_text(object, name), text) != 0)
		json_object_set_new(object, name, schedule_string(text));
}

/* A date, or, where one with a time of the same day is kept, that. */
static void set_day(json_t *conference, const char *name, zone_day day)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	date_write(day, &text);
	if (strncmp(schedule_text(conference, name), text.text, DATE_LENGTH) != 0)
		json_object_set_new(conference, name, schedule_string(text.text));
}

/* Where the event does not say its days, those that are kept stand, else those of the
 * programme. */
static void set_days(const struct schedule *schedule, json_t *conference)
{
	const struct event *event = schedule->event;
	zone_day first_day = event->first_day;
	zone_day last_day = event->last_day;
	int64_t end_s = schedule->events[0].end_s;

	for (size_t i = 0; i < schedule->count; i++)
		if (schedule->events[i].end_s > end_s)
			end_s = schedule->events[i].end_s;
	if (!event->has_first_day)
		first_day = zone_day_of(schedule->zone, schedule->events[0].start_s);
	if (!event->has_last_day)
		last_day = zone_day_of(schedule->zone, end_s - 1);
	if (event->has_first_day || !has(conference, "start"))
		set_day(conference, "start", first_day);
	if (event->has_last_day || !has(conference, "end"))
		set_day(conference, "end", last_day);
}

static bool is_letter(char character, char first)
{
	return character >= first && character < first + 26;
}

/* The schema knows names such as Europe/Zurich, and UTC; others can only be left out. */
static bool is_known_zone(const char *name)
{
	size_t length = strlen(name);
	const char *at = name;

	if (length >= 3 && strcmp(name + length - 3, "UTC") == 0)
		return true;
	if (!is_letter(*at++, 'A') || !is_letter(*at, 'a'))
		return false;
	while (is_letter(*at, 'a'))
		at++;
	return at[0] == '/' && is_letter(at[1], 'A') && is_letter(at[2], 'a');
}

/* The grid: five minutes unless something starts in between. */
static const char *slot_of(const struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->count; i++)
		if (schedule->events[i].start_s % SLOT_S != 0)
			return "00:01";
	return "00:05";
}

static void set_version(const struct schedule *schedule, json_t *root)
{
	CLEANUP(str_free) struct str version = STR_INIT;

	if (json_is_string(json_object_get(root, "version")))
		return;
	time_write_short(schedule->zone, schedule->changed_s, true, &version);
	json_object_set_new(root, "version", schedule_string(version.text));
}

/* Some files have the page beside the conference, and not in it. */
static void set_url(const struct event *event, const json_t *document, json_t *conference)
{
	const char *page = schedule_text(json_object_get(document, "schedule"), "url");
	bool is_there = strcmp(page, event->url) == 0 && !has(conference, "url");

	if (schedule_is_uri(event->url) && !is_there)
		set_text(conference, "url", event->url);
	else if (!has(conference, "url"))
		json_object_del(conference, "url");
}

static void set_conference(const struct schedule *schedule, json_t *conference)
{
	CLEANUP(str_free) struct str acronym = STR_INIT;
	const struct event *event = schedule->event;

	schedule_acronym(event->code, &acronym);
	if (!has(conference, "acronym"))
		set_text(conference, "acronym", acronym.text);
	if (event->title[0] != '\0' || !has(conference, "title"))
		set_text(conference, "title", event->title[0] != '\0' ? event->title : event->code);
	set_days(schedule, conference);
	if (!has(conference, "timeslot_duration"))
		set_text(conference, "timeslot_duration", slot_of(schedule));
	if (!is_known_zone(zone_name(schedule->zone)))
		json_object_del(conference, "time_zone_name");
	else if (json_object_get(conference, "time_zone_name") != NULL)
		set_text(conference, "time_zone_name", zone_name(schedule->zone));
	set_url(event, schedule->document, conference);
	if (!json_is_array(json_object_get(conference, "days")))
		json_object_set_new(conference, "days", json_array());
}

/* The kept breaks in it have become events of their own. */
static void empty_rooms(json_t *conference)
{
	size_t index;
	json_t *day;
	const char *name;
	json_t *events;

	json_array_foreach(json_object_get(conference, "days"), index, day)
	{
		json_object_foreach(json_object_get(day, "rooms"), name, events)
			json_array_clear(events);
	}
}

void schedule_make_document(struct schedule *schedule, const char *version)
{
	json_t *kept = schedule->kept->document;
	bool is_kept = schedule_conference(kept) != NULL;

	schedule->document = is_kept ? json_deep_copy(kept) : new_document(version);
	json_t *conference = schedule_conference(schedule->document);
	set_version(schedule, json_object_get(schedule->document, "schedule"));
	set_conference(schedule, conference);
	empty_rooms(conference);
}

/* --- Rooms --- */

static bool is_named(const json_t *rooms, const char *name)
{
	size_t index;
	json_t *room;

	json_array_foreach(rooms, index, room)
	{
		if (strcmp(schedule_text(room, "name"), name) == 0)
			return true;
	}
	return false;
}

void schedule_name_rooms(struct schedule *schedule)
{
	json_t *rooms = json_object_get(schedule_conference(schedule->document), "rooms");
	char guid[GUID_TEXT_SIZE];

	for (size_t i = 0; i < schedule->count && json_is_array(rooms); i++) {
		const char *name = schedule->events[i].room;
		if (name[0] == '\0' || is_named(rooms, name))
			continue;
		json_t *room = json_object();
		schedule_guid(schedule, "room", name, 0, guid);
		json_object_set_new(room, "name", schedule_string(name));
		json_object_set_new(room, "guid", json_string(guid));
		json_array_append_new(rooms, room);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The schedule as frab's schedule.xml, from the objects of schedule.json. Its schema is the
 * stricter one: what is optional and does not fit it is left out.
 */
#include "core/schedule_private.h"

#include "util/memory.h"
#include "util/xml_out.h"

#include <string.h>

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

enum {
	CODE_LENGTH = 6,   /* of a submission's code */
	SLUG_PART_MIN = 4, /* of the two parts of an event's slug */
	HOURS_MAX_S = 100 * 3600,
};

struct writer {
	struct xml_out xml;
	const struct schedule *schedule;
	json_t *taken; /* codes and slugs, which must not come twice */
	int64_t day_index;
};

/* --- What fits the schema --- */

static bool is_http(const char *text)
{
	return schedule_is_uri(text) &&
	       (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0);
}

static bool is_code(const char *text)
{
	return strlen(text) == CODE_LENGTH && strspn(text, UPPER DIGITS) == CODE_LENGTH;
}

static bool is_event_slug(const char *text)
{
	size_t first = strspn(text, LOWER DIGITS "_");
	size_t rest = text[first] == '-' ? strspn(text + first + 1, LOWER DIGITS "-_") : 0;

	return first >= SLUG_PART_MIN && rest >= SLUG_PART_MIN && text[first + 1 + rest] == '\0';
}

static bool is_track_slug(const char *text)
{
	return text[0] >= 'a' && text[0] <= 'z' && text[1] != '\0' &&
	       strspn(text, LOWER DIGITS "-") == strlen(text);
}

static bool is_color(const char *text)
{
	return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, DIGITS "abcdefABCDEF") == 6;
}

static bool is_guid(const char *text)
{
	return strlen(text) == GUID_TEXT_SIZE - 1 &&
	       strspn(text, DIGITS "-abcdefABCDEF") == GUID_TEXT_SIZE - 1 && text[8] == '-' &&
	       text[13] == '-' && text[18] == '-' && text[23] == '-';
}

/* Whether nothing else had it before. */
static bool take(struct writer *writer, const char *kind, const char *text)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	str_addf(&key, "%s:%s", kind, text);
	if (json_object_get(writer->taken, key.text) != NULL)
		return false;
	json_object_set_new(writer->taken, key.text, json_true());
	return true;
}

/* --- The conference --- */

static void write_url(struct writer *writer, const char *name, const char *text)
{
	if (is_http(text))
		xml_element(&writer->xml, name, text);
}

static void write_day_of(struct writer *writer, const json_t *conference, const char *name)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const char *kept = schedule_text(conference, name);
	struct error error = ERROR_INIT;
	zone_day day;
	int64_t at_s;

	if (date_parse(kept, &day, &error) == STATUS_OK)
		date_write(day, &text);
	else if (schedule_read_time(writer->schedule->zone, kept, &at_s, &error) == STATUS_OK)
		time_write_iso(writer->schedule->zone, at_s, &text);
	if (text.length > 0)
		xml_element(&writer->xml, name, text.text);
}

static void write_tracks(struct writer *writer, const json_t *tracks)
{
	size_t index;
	json_t *track;

	json_array_foreach(tracks, index, track)
	{
		const char *slug = schedule_text(track, "slug");
		const char *color = schedule_text(track, "color");

		xml_begin(&writer->xml, "track");
		xml_attribute(&writer->xml, "name", schedule_text(track, "name"));
		if (is_color(color))
			xml_attribute(&writer->xml, "color", color);
		if (is_track_slug(slug))
			xml_attribute(&writer->xml, "slug", slug);
		xml_end(&writer->xml);
	}
}

static void write_color(struct writer *writer, const json_t *colors)
{
	const char *primary = schedule_text(colors, "primary");
	const char *background = schedule_text(colors, "background");

	if (!is_color(primary))
		return;
	xml_begin(&writer->xml, "color");
	xml_attribute(&writer->xml, "primary", primary);
	if (is_color(background))
		xml_attribute(&writer->xml, "background", background);
	xml_end(&writer->xml);
}

static bool is_acronym(const char *text)
{
	return strlen(text) >= SLUG_PART_MIN && strspn(text, LOWER DIGITS "_-") == strlen(text);
}

static void write_conference(struct writer *writer, const json_t *root)
{
	CLEANUP(str_free) struct str acronym = STR_INIT;
	CLEANUP(str_free) struct str days = STR_INIT;
	const json_t *conference = schedule_conference(writer->schedule->document);
	const char *slot = schedule_text(conference, "timeslot_duration");
	struct xml_out *xml = &writer->xml;
	int64_t length_s;

	schedule_acronym(schedule_text(conference, "acronym"), &acronym);
	str_add_integer(&days, json_integer_value(json_object_get(conference, "daysCount")));
	xml_begin(xml, "conference");
	xml_element(xml, "acronym",
		is_acronym(schedule_text(conference, "acronym"))
			? schedule_text(conference, "acronym")
			: acronym.text);
	xml_element(xml, "title", schedule_text(conference, "title"));
	write_day_of(writer, conference, "start");
	write_day_of(writer, conference, "end");
	xml_element(xml, "days", days.text);
	if (schedule_read_duration(slot, &length_s) && length_s < HOURS_MAX_S &&
		strlen(slot) <= strlen("00:05"))
		xml_element(xml, "timeslot_duration", slot);
	write_url(writer, "base_url", schedule_text(root, "base_url"));
	write_url(writer, "logo", schedule_text(conference, "logo"));
	write_url(writer, "url",
		schedule_text(json_object_get(conference, "url") != NULL ? conference : root,
			"url"));
	if (json_object_get(conference, "time_zone_name") != NULL)
		xml_element(xml, "time_zone_name", schedule_text(conference, "time_zone_name"));
	write_color(writer, json_object_get(conference, "colors"));
	write_tracks(writer, json_object_get(conference, "tracks"));
	xml_end(xml);
}

/* --- An event --- */

/* The second form has days before the hours, as pretalx writes it. */
static void write_duration(struct xml_out *xml, int64_t length_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	int64_t minutes = length_s / 60 % 60;

	if (length_s < HOURS_MAX_S)
		str_addf(&text, "%02d:%02d", (int)(length_s / 3600), (int)minutes);
	else
		str_addf(&text, "%d:%02d:%02d", (int)(length_s / 86400),
			(int)(length_s / 3600 % 24), (int)minutes);
	xml_element(xml, "duration", text.text);
}

static void write_recording(struct xml_out *xml, const json_t *json)
{
	const json_t *optout = json_object_get(json, "do_not_record");

	if (json_object_get(json, "recording_license") == NULL && optout == NULL)
		return;
	xml_begin(xml, "recording");
	xml_element(xml, "license", schedule_text(json, "recording_license"));
	xml_element(xml, "optout", json_is_true(optout) ? "true" : "false");
	xml_end(xml);
}

static void write_persons(struct xml_out *xml, const json_t *persons)
{
	size_t index;
	json_t *person;

	xml_begin(xml, "persons");
	json_array_foreach(persons, index, person)
	{
		CLEANUP(str_free) struct str number = STR_INIT;
		const json_t *id = json_object_get(person, "id");
		const char *guid = schedule_text(person, "guid");

		xml_begin(xml, "person");
		str_add_integer(&number, json_integer_value(id));
		if (json_is_integer(id))
			xml_attribute(xml, "id", number.text);
		if (is_guid(guid))
			xml_attribute(xml, "guid", guid);
		xml_text(xml, schedule_person_name(person));
		xml_end(xml);
	}
	xml_end(xml);
}

static void write_references(struct xml_out *xml, const json_t *references, const char *list,
	const char *name)
{
	size_t index;
	json_t *reference;

	xml_begin(xml, list);
	json_array_foreach(references, index, reference)
	{
		const char *url = schedule_text(reference, "url");
		const char *title = schedule_text(reference, "title");
		const char *type = schedule_text(reference, "type");

		xml_begin(xml, name);
		xml_attribute(xml, "href", url);
		if (type[0] != '\0')
			xml_attribute(xml, "type", type);
		xml_text(xml, title[0] != '\0' ? title : url);
		xml_end(xml);
	}
	xml_end(xml);
}

static void write_words(struct xml_out *xml, const json_t *json)
{
	static const char *const names[] = { "title", "subtitle", "track", "type", "language",
		"abstract", "description" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		xml_element(xml, names[i], schedule_text(json, names[i]));
}

static void write_event(struct writer *writer, const struct schedule_event *event)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const json_t *json = event->json;
	const char *code = schedule_text(json, "code");
	const char *slug = schedule_text(json, "slug");
	struct xml_out *xml = &writer->xml;

	xml_begin(xml, "event");
	xml_attribute(xml, "guid", event->guid);
	str_add_integer(&text, event->number);
	xml_attribute(xml, "id", text.text);
	if (is_code(code) && take(writer, "code", code))
		xml_attribute(xml, "code", code);
	str_clear(&text);
	time_write_iso(writer->schedule->zone, event->start_s, &text);
	xml_element(xml, "date", text.text);
	str_clear(&text);
	time_write_clock(writer->schedule->zone, event->start_s, &text);
	xml_element(xml, "start", text.text);
	write_duration(xml, event->end_s - event->start_s);
	xml_element(xml, "room", event->room);
	if (is_event_slug(slug) && take(writer, "slug", slug))
		xml_element(xml, "slug", slug);
	write_url(writer, "url", schedule_text(json, "url"));
	write_recording(xml, json);
	write_words(xml, json);
	write_url(writer, "logo", schedule_text(json, "logo"));
	write_persons(xml, json_object_get(json, "persons"));
	write_references(xml, json_object_get(json, "links"), "links", "link");
	write_references(xml, json_object_get(json, "attachments"), "attachments", "attachment");
	write_url(writer, "feedback_url", schedule_text(json, "feedback_url"));
	write_url(writer, "origin_url", schedule_text(json, "origin_url"));
	xml_end(xml);
}

/* --- Days and rooms --- */

static const char *guid_of_room(const struct schedule *schedule, const char *name)
{
	const json_t *rooms = json_object_get(schedule_conference(schedule->document), "rooms");
	size_t index;
	json_t *room;

	json_array_foreach(rooms, index, room)
	{
		if (strcmp(schedule_text(room, "name"), name) == 0)
			return schedule_text(room, "guid");
	}
	return "";
}

/* A day's end that cannot be read is its start. */
static void write_hours(struct writer *writer, const json_t *day, int64_t start_s)
{
	CLEANUP(str_free) struct str start = STR_INIT;
	CLEANUP(str_free) struct str end = STR_INIT;
	const struct zone *zone = writer->schedule->zone;
	struct error error = ERROR_INIT;
	int64_t end_s = start_s;

	(void)schedule_read_time(zone, schedule_text(day, "day_end"), &end_s, &error);
	time_write_iso(zone, start_s, &start);
	time_write_iso(zone, end_s, &end);
	xml_attribute(&writer->xml, "start", start.text);
	xml_attribute(&writer->xml, "end", end.text);
}

static void begin_day(struct writer *writer, const struct schedule_event *first)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const char *date = schedule_text(first->day, "date");
	int64_t index = json_integer_value(json_object_get(first->day, "index"));
	struct error error = ERROR_INIT;
	zone_day day;

	/* As it is kept, unless that would not be an order. */
	writer->day_index = index > writer->day_index ? index : writer->day_index + 1;
	str_add_integer(&text, writer->day_index);
	xml_begin(&writer->xml, "day");
	xml_attribute(&writer->xml, "index", text.text);
	if (date_parse(date, &day, &error) == STATUS_OK)
		xml_attribute(&writer->xml, "date", date);
	write_hours(writer, first->day, first->day_s);
}

static void begin_room(struct writer *writer, const char *name)
{
	const char *guid = guid_of_room(writer->schedule, name);

	xml_begin(&writer->xml, "room");
	xml_attribute(&writer->xml, "name", name);
	if (is_guid(guid))
		xml_attribute(&writer->xml, "guid", guid);
}

static void write_days(struct writer *writer)
{
	const struct schedule_event *events = writer->schedule->events;

	for (size_t i = 0; i < writer->schedule->count; i++) {
		bool is_new_day = i == 0 || events[i].day != events[i - 1].day;
		bool is_new_room = is_new_day || events[i].room_rank != events[i - 1].room_rank;

		if (is_new_room && i > 0)
			xml_end(&writer->xml);
		if (is_new_day && i > 0)
			xml_end(&writer->xml);
		if (is_new_day)
			begin_day(writer, &events[i]);
		if (is_new_room)
			begin_room(writer, events[i].room);
		write_event(writer, &events[i]);
	}
	xml_end(&writer->xml);
	xml_end(&writer->xml);
}

void schedule_write_xml(const struct schedule *schedule, struct str *str)
{
	const json_t *root = json_object_get(schedule->document, "schedule");
	const json_t *generator = json_object_get(schedule->document, "generator");
	struct writer writer = { .schedule = schedule, .taken = json_object() };
	struct xml_out *xml = &writer.xml;

	xml_start(xml, str);
	xml_begin(xml, "schedule");
	if (json_is_object(generator)) {
		xml_begin(xml, "generator");
		xml_attribute(xml, "name", schedule_text(generator, "name"));
		xml_attribute(xml, "version", schedule_text(generator, "version"));
		xml_end(xml);
	}
	write_url(&writer, "url", schedule_text(root, "url"));
	xml_element(xml, "version", schedule_text(root, "version"));
	write_conference(&writer, root);
	write_days(&writer);
	xml_end(xml);
	json_decref(writer.taken);
}

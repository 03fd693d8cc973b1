/* SPDX-License-Identifier: BSD-2-Clause */
/* An event of a schedule as an object of schedule.json. */
#include "core/schedule_private.h"

#include "util/memory.h"
#include "util/text.h"

#include <string.h>

json_t *schedule_string(const char *text)
{
	json_t *string = json_string(text);

	return string != NULL ? string : json_string("");
}

const char *schedule_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

bool schedule_is_uri(const char *text)
{
	return strchr(text, ':') != NULL && strpbrk(text, " \t\r\n<>\"\\^`{|}") == NULL;
}

/* --- What the programme settles --- */

static json_t *take_string(struct str *text)
{
	json_t *string = schedule_string(text->text);

	str_free(text);
	return string;
}

static json_t *instant(const struct zone *zone, int64_t at_s)
{
	struct str text = STR_INIT;

	time_write_iso(zone, at_s, &text);
	return take_string(&text);
}

static json_t *clock_time(const struct zone *zone, int64_t at_s)
{
	struct str text = STR_INIT;

	time_write_clock(zone, at_s, &text);
	return take_string(&text);
}

static json_t *duration(int64_t length_s)
{
	struct str text = STR_INIT;

	str_addf(&text, "%02lld:%02lld", (long long)(length_s / 3600),
		(long long)(length_s / 60 % 60));
	return take_string(&text);
}

json_t *schedule_member(const char *name, const struct schedule_said *said)
{
	if (strcmp(name, "title") == 0)
		return schedule_string(said->title);
	if (strcmp(name, "date") == 0)
		return instant(said->zone, said->start_s);
	if (strcmp(name, "start") == 0)
		return clock_time(said->zone, said->start_s);
	if (strcmp(name, "end") == 0)
		return instant(said->zone, said->end_s);
	if (strcmp(name, "duration") == 0)
		return duration(said->end_s - said->start_s);
	if (strcmp(name, "room") == 0)
		return schedule_string(said->room);
	return NULL;
}

/* --- A member that was kept in a form of its own --- */

static bool is_same_text(const char *kept, const char *text)
{
	CLEANUP(str_free) struct str clean = STR_INIT;

	text_clean(kept, strlen(kept), &clean);
	return strcmp(clean.text, text) == 0;
}

static bool is_same_time(const struct zone *zone, const char *kept, int64_t at_s)
{
	struct error error = ERROR_INIT;
	int64_t kept_s;

	return schedule_read_time(zone, kept, &kept_s, &error) == STATUS_OK && kept_s == at_s;
}

/* Whether it still says what the programme does. The time of day goes with the date. */
static bool agrees(const char *name, const json_t *kept, const struct schedule_said *said)
{
	const char *text = schedule_text(kept, name);
	int64_t length_s;

	if (!json_is_string(json_object_get(kept, name)))
		return false;
	if (strcmp(name, "title") == 0)
		return is_same_text(text, said->title);
	if (strcmp(name, "room") == 0)
		return is_same_text(text, said->room);
	if (strcmp(name, "date") == 0)
		return is_same_time(said->zone, text, said->start_s);
	if (strcmp(name, "end") == 0)
		return is_same_time(said->zone, text, said->end_s);
	if (strcmp(name, "duration") == 0)
		return schedule_read_duration(text, &length_s) &&
		       length_s / 60 == (said->end_s - said->start_s) / 60;
	return agrees("date", kept, said);
}

/* --- An event of which nothing is kept --- */

static bool is_made_of(const char *text, const char *allowed)
{
	return text[0] != '\0' && strspn(text, allowed) == strlen(text);
}

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"

/* A name where there is no page: the schema asks for one. */
static json_t *new_url(const struct schedule *schedule, const struct schedule_event *event)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	const char *page = schedule->event->url;

	if (schedule_is_uri(page))
		return schedule_string(page);
	str_addf(&name, "urn:uuid:%s", event->guid);
	return schedule_string(name.text);
}

static json_t *new_slug(const struct schedule_event *event, const char *acronym)
{
	CLEANUP(str_free) struct str slug = STR_INIT;
	size_t length;

	str_addf(&slug, "%s-%lld-", acronym, (long long)event->number);
	length = slug.length;
	schedule_add_slug(&slug, event->title);
	if (slug.length == length)
		str_cut(&slug, length - 1);
	return schedule_string(slug.text);
}

static json_t *new_track(const struct schedule_event *event)
{
	if (event->session == NULL || event->item == NULL)
		return json_null();
	return schedule_string(
		event->session->title[0] != '\0' ? event->session->title : event->session->code);
}

/* Who chairs, and for whom it is. */
static json_t *new_description(const struct schedule_event *event)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const char *access = event->item != NULL ? event->item->access : event->session->access;
	const char *word;
	size_t length;
	size_t words = 0;

	if (event->item != NULL && event->session != NULL && access[0] == '\0')
		access = event->session->access;
	if (event->chair[0] != '\0')
		str_addf(&text, "Chair: %s", event->chair);
	for (; text_set_next(&access, &word, &length); words++)
		str_addf(&text, "%s%.*s",
			words > 0         ? ", "
			: text.length > 0 ? "\nOnly for: "
					  : "Only for: ",
			(int)length, word);
	return text.length > 0 ? schedule_string(text.text) : json_null();
}

static json_t *new_event(const struct schedule *schedule, const struct schedule_event *event,
	const struct schedule_said *said, const char *acronym)
{
	json_t *json = json_object();
	bool has_code = event->item == NULL && is_made_of(event->session->code, CAPITALS DIGITS);

	json_object_set_new(json, "guid", json_string(event->guid));
	if (has_code)
		json_object_set_new(json, "code", json_string(event->session->code));
	json_object_set_new(json, "id", json_integer(event->number));
	json_object_set_new(json, "date", schedule_member("date", said));
	json_object_set_new(json, "start", schedule_member("start", said));
	json_object_set_new(json, "end", schedule_member("end", said));
	json_object_set_new(json, "duration", schedule_member("duration", said));
	json_object_set_new(json, "room", schedule_member("room", said));
	json_object_set_new(json, "slug", new_slug(event, acronym));
	json_object_set_new(json, "url", new_url(schedule, event));
	json_object_set_new(json, "title", schedule_member("title", said));
	json_object_set_new(json, "subtitle", json_null());
	json_object_set_new(json, "track", new_track(event));
	json_object_set_new(json, "type",
		json_string(event->item != NULL ? item_kind_word(event->item->kind) : "session"));
	json_object_set_new(json, "language", json_null());
	json_object_set_new(json, "abstract", json_null());
	json_object_set_new(json, "description", new_description(event));
	json_object_set_new(json, "persons", schedule_persons(schedule, event->people, NULL));
	json_object_set_new(json, "links", json_array());
	return json;
}

/* --- Keeping, and giving back with what the programme says now --- */

json_t *schedule_keep(const json_t *event, const struct schedule_said *said)
{
	json_t *kept = json_object();
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)event, name, value)
	{
		json_t *ours = schedule_member(name, said);
		bool is_ours = ours != NULL && json_equal(ours, value);

		json_object_set_new(kept, name, is_ours ? json_null() : json_deep_copy(value));
		json_decref(ours);
	}
	return kept;
}

static json_t *kept_event(const struct schedule *schedule, const struct schedule_event *event,
	const struct schedule_said *said)
{
	json_t *json = json_object();
	const char *name;
	json_t *kept;

	json_object_foreach((json_t *)event->kept, name, kept)
	{
		json_t *value = schedule_member(name, said);
		if (value != NULL && agrees(name, event->kept, said)) {
			json_decref(value);
			value = NULL;
		}
		if (strcmp(name, "persons") == 0)
			value = schedule_persons(schedule, event->people, kept);
		json_object_set_new(json, name, value != NULL ? value : json_deep_copy(kept));
	}
	return json;
}

/* What the schema asks for and a file did not have is made as for a new event. */
static void fill_required(json_t *json, const json_t *fresh)
{
	static const char *const required[] = { "guid", "id", "date", "start", "duration", "room",
		"slug", "url", "title", "subtitle", "track", "type", "language", "abstract",
		"persons", "links" };

	for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
		if (json_object_get(json, required[i]) == NULL)
			json_object_set(json, required[i], json_object_get(fresh, required[i]));
}

json_t *schedule_event_json(const struct schedule *schedule, const struct schedule_event *event,
	const char *acronym)
{
	const struct schedule_said said = {
		.zone = schedule->zone,
		.start_s = event->start_s,
		.end_s = event->end_s,
		.title = event->title,
		.room = event->room,
	};
	json_t *fresh = new_event(schedule, event, &said, acronym);

	if (event->kept == NULL)
		return fresh;
	json_t *json = kept_event(schedule, event, &said);
	fill_required(json, fresh);
	json_decref(fresh);
	return json;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Schedules: what is read of them, and that whatever document is taken in comes out again.
 */
#include "core/programme_import.h"
#include "core/schedule_in.h"
#include "core/schedule_private.h"
#include "support.h"
#include "util/memory.h"
#include "util/str.h"

#include "unit.h"

static const struct actor actor = { .name = "test", .now_s = 1000 };

/* --- Parts --- */

static void test_durations(void **state)
{
	static const struct {
		const char *text;
		int64_t length_s; /* -1: none */
	} cases[] = {
		{ "00:30", 1800 },
		{ "1:05", 3900 },
		{ "100:00", 360000 },
		{ "1:02:03", 86400 + 7200 + 180 },
		{ "00:00", 0 },
		{ "", -1 },
		{ "30", -1 },
		{ "00:60", -1 },
		{ "0:0:0:0", -1 },
		{ "1:", -1 },
		{ ":30", -1 },
		{ "-1:00", -1 },
		{ "1:00 ", -1 },
		{ "9999999:00", -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t length_s = -1;
		assert_int_equal(schedule_read_duration(cases[i].text, &length_s),
			cases[i].length_s >= 0);
		assert_int_equal(length_s, cases[i].length_s);
	}
}

static void test_fractions_of_a_second(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = NULL;
	struct error error = ERROR_INIT;
	int64_t at_s = 0;

	(void)state;
	assert_ok(zone_open("UTC", &zone, &error), error);
	assert_ok(schedule_read_time(zone, "1970-01-01T00:00:07.123Z", &at_s, &error), error);
	assert_int_equal(at_s, 7);
	assert_ok(schedule_read_time(zone, "1970-01-01T01:00:08.5+01:00", &at_s, &error), error);
	assert_int_equal(at_s, 8);
	assert_fails(schedule_read_time(zone, "1.1.1970", &at_s, &error), STATUS_USAGE,
		"'1.1.1970'", error);
	assert_fails(schedule_read_time(zone, "1970-01-01T00:00:07.", &at_s, &error), STATUS_USAGE,
		"07.'", error);
}

static void test_people_of_persons(void **state)
{
	static const struct {
		const char *persons;
		const char *people;
	} cases[] = {
		{ "[]", "" },
		{ "[{'name': 'Ada'}, {'public_name': 'Bo', 'id': 1}]", "Ada; Bo" },
		{ "['Ada', {'full_public_name': 'Bo'}, {'id': 3}, {'name': ''}, 7]", "Ada; Bo" },
		{ "[{'name': ' Ada  ', 'affiliation': 'X; Y'}]", "Ada (X, Y)" },
		{ "[{'name': 'Ada (she/her)'}, {'name': 'Guido (van) Rossum'}]",
			"Ada (she/her); Guido (van) Rossum" },
		{ "[{'name': 'A; B'}, {'name': 'C :-)'}, {'name': 'D\\nE (F'}]",
			"A, B; C :-]; D E [F" },
		{ "[{'name': '(nobody)'}]", "" },
		{ "{'name': 'Ada'}", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str people = STR_INIT;

		for (const char *at = cases[i].persons; *at != '\0'; at++)
			str_add_char(&text, *at == '\'' ? '"' : *at);
		json_t *persons = json_loads(text.text, 0, NULL);
		assert_non_null(persons);
		schedule_add_people(persons, &people);
		assert_string_equal(people.text, cases[i].people);
		json_decref(persons);
	}
}

static void test_slugs_and_acronyms(void **state)
{
	static const struct {
		const char *text;
		const char *slug;
		const char *acronym;
	} cases[] = {
		{ "loss-landscape-2022", "loss-landscape-2022", "loss_landscape_2022" },
		{ "  Größe & Höhe!  ", "grosse-hohe", "grosse_hohe" },
		{ "e", "e", "conf_e" },
		{ "日本", "", "conf_" },
		{ "--a--b--", "a-b", "conf_a_b" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(str_free) struct str slug = STR_INIT;
		CLEANUP(str_free) struct str acronym = STR_INIT;

		schedule_add_slug(&slug, cases[i].text);
		assert_string_equal(slug.text, cases[i].slug);
		schedule_acronym(cases[i].text, &acronym);
		assert_string_equal(acronym.text, cases[i].acronym);
	}
}

static void test_guids(void **state)
{
	struct event event = { .code = (char *)(uintptr_t) "Event" };
	struct event same = { .code = (char *)(uintptr_t) "event" };
	struct schedule schedule = { .event = &event };
	char one[GUID_TEXT_SIZE];
	char two[GUID_TEXT_SIZE];

	(void)state;
	schedule_guid(&schedule, "session", "S1", 0, one);
	assert_int_equal(strlen(one), 36);
	assert_int_equal(one[14], '8');
	assert_non_null(strchr("89ab", one[19]));
	assert_in_range(schedule_number(one), 100000000, 999999999);
	/* Codes are the same in any case; all else counts. */
	schedule.event = &same;
	schedule_guid(&schedule, "session", "s1", 0, two);
	assert_string_equal(one, two);
	schedule_guid(&schedule, "item", "S1", 0, two);
	assert_string_not_equal(one, two);
	schedule_guid(&schedule, "session", "S1", 1, two);
	assert_string_not_equal(one, two);
	schedule.origin[31] = 1;
	schedule_guid(&schedule, "session", "S1", 0, two);
	assert_string_not_equal(one, two);
}

/* --- Whole documents --- */

/* An event of a zone in a database of its own. */
struct world {
	struct db *db;
	struct event *event;
	struct zone *zone;
	bool is_dry; /* imports do all but write */
};

static void make_world(struct world *world)
{
	struct error error = ERROR_INIT;

	(void)unlink("schedule.db");
	support_database("schedule.db");
	assert_ok(db_open("schedule.db", DB_WRITE, NULL, &world->db, &error), error);
	assert_ok(event_find(world->db, "e", &world->event, &error), error);
	assert_ok(zone_open(world->event->timezone, &world->zone, &error), error);
}

static void end_world(struct world *world)
{
	zone_close(world->zone);
	event_free(world->event);
	db_close(world->db);
}

static enum status read_document(const char *bytes, size_t length, struct schedule_in **ret_in,
	struct error *error)
{
	CLEANUP(text_in_closep) struct text_in *text = NULL;
	const char *path = unit_file(bytes, length);

	assert_ok(text_in_open(path, NULL, &text, error), *error);
	enum status status = schedule_in_read(text, ret_in, error);
	(void)unlink(path);
	return status;
}

/* Takes it in; the counts of sessions are given. */
static enum status take_in(struct world *world, const struct schedule_in *in,
	size_t ret_sessions[static PLAN_CHANGE_COUNT], struct error *error)
{
	struct programme_import_report report = PROGRAMME_IMPORT_REPORT_INIT;
	const struct programme_import import = {
		.event = world->event,
		.zone = world->zone,
		.schedule = in,
		.is_dry_run = world->is_dry,
	};

	enum status status = programme_import(world->db, &actor, &import, &report, error);
	memcpy(ret_sessions, report.sessions, sizeof report.sessions);
	programme_import_report_free(&report);
	return status;
}

static json_t *give_back(struct world *world)
{
	CLEANUP(schedule_freep) struct schedule *schedule = NULL;
	struct error error = ERROR_INIT;

	assert_ok(schedule_make(world->db, world->event, world->zone, "test", &schedule, &error),
		error);
	CLEANUP(str_free) struct str text = STR_INIT;
	schedule_write_xml(schedule, &text);
	schedule_write_ical(schedule, &text);
	str_clear(&text);
	schedule_write_json(schedule, &text);
	json_t *document = json_loadb(text.text, text.length, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(document);
	return document;
}

static const char *const words[] = { "Wind", "Größe", "<b>", "a & b", "\"q\"", "語", "x;y", " ",
	"l\nm", "\U0001f600", "(z)", "" };

static json_t *random_text(uint64_t *seed)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	for (size_t i = unit_random_below(seed, 4); i > 0; i--)
		str_addf(&text, "%s ", words[unit_random_below(seed, COUNT(words))]);
	return json_string(text.text);
}

static json_t *random_persons(uint64_t *seed)
{
	json_t *persons = json_array();

	for (size_t i = unit_random_below(seed, 4); i > 0; i--) {
		json_t *person = json_object();
		json_object_set_new(person, "name", random_text(seed));
		if (unit_random_below(seed, 2) == 0)
			json_object_set_new(person, "biography", random_text(seed));
		json_array_append_new(persons, person);
	}
	return persons;
}

/* A talk on 15 February 2022, with all that the schema asks for; some in a form of its own. */
static json_t *random_event(uint64_t *seed, size_t number, const char *room, int hour)
{
	static const char *const offsets[] = { "+01:00", "+00:00", "Z", "-05:00" };
	CLEANUP(str_free) struct str text = STR_INIT;
	json_t *event = json_object();
	size_t minutes = 1 + unit_random_below(seed, 59);

	str_addf(&text, "00000000-0000-4000-8000-%012zu", number);
	json_object_set_new(event, "guid", json_string(text.text));
	json_object_set_new(event, "id", json_integer((json_int_t)number));
	str_clear(&text);
	str_addf(&text, "2022-02-15T%02d:00:00%s", hour,
		offsets[unit_random_below(seed, COUNT(offsets))]);
	json_object_set_new(event, "date", json_string(text.text));
	str_clear(&text);
	str_addf(&text, "%02d:00", hour);
	json_object_set_new(event, "start", json_string(text.text));
	str_clear(&text);
	str_addf(&text, "%s:%02zu", unit_random_below(seed, 2) == 0 ? "0" : "00", minutes);
	json_object_set_new(event, "duration", json_string(text.text));
	json_object_set_new(event, "room", json_string(room));
	json_object_set_new(event, "slug", json_string("slug"));
	json_object_set_new(event, "url", json_string("https://example.org/"));
	json_object_set_new(event, "title", random_text(seed));
	json_object_set_new(event, "subtitle", json_null());
	json_object_set_new(event, "track", random_text(seed));
	json_object_set_new(event, "type", json_string("talk"));
	json_object_set_new(event, "language", json_null());
	json_object_set_new(event, "abstract", random_text(seed));
	json_object_set_new(event, "persons", random_persons(seed));
	json_object_set_new(event, "links", json_array());
	return event;
}

/* Rooms that stand once in a day, with events in the order of their hours. */
static json_t *random_document(uint64_t *seed)
{
	static const char *const rooms[] = { "Aula", "Größe & Co", "", "x;y" };
	size_t number = 0;
	json_t *in_rooms = json_object();

	for (size_t i = 0; i < COUNT(rooms); i++) {
		json_t *events = json_array();
		for (int hour = 6; hour < 18; hour++)
			if (unit_random_below(seed, 3) == 0 || number == 0)
				json_array_append_new(events,
					random_event(seed, ++number, rooms[i], hour));
		json_object_set_new(in_rooms, rooms[i], events);
	}
	return json_pack("{s: {s: s, s: {s: s, s: s, s: s, s: s, s: i, s: s,"
			 " s: [{s: i, s: s, s: s, s: s, s: o}]}}}",
		"schedule", "version", "1", "conference", "acronym", "test", "title", "Test",
		"start", "2022-02-15", "end", "2022-02-15", "daysCount", 1, "timeslot_duration",
		"00:05", "days", "index", 1, "date", "2022-02-15", "day_start",
		"2022-02-14T20:00:00+01:00", "day_end", "2022-02-16T03:59:00+01:00", "rooms",
		in_rooms);
}

/* Events of one room may come in another order, where their offsets differ: by time. */
static int compare_starts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All events as text, sorted. */
static char *sorted_events(const json_t *document)
{
	char *texts[100];
	size_t count = 0;
	struct str all = STR_INIT;
	size_t index;
	size_t at;
	json_t *day;
	json_t *event;
	const char *room;
	json_t *events;

	json_array_foreach(json_object_get(schedule_conference(document), "days"), index, day)
	{
		json_object_foreach(json_object_get(day, "rooms"), room, events)
		{
			str_addf(&all, "%s;", room);
			json_array_foreach(events, at, event)
			{
				assert_true(count < COUNT(texts));
				texts[count++] = json_dumps(event, JSON_COMPACT);
			}
		}
	}
	qsort(texts, count, sizeof *texts, compare_starts);
	for (size_t i = 0; i < count; i++) {
		str_addf(&all, "\n%s", texts[i]);
		free(texts[i]);
	}
	return str_steal(&all);
}

static void assert_same_document(json_t *taken, json_t *given)
{
	CLEANUP(memory_free_text) char *before = sorted_events(taken);
	CLEANUP(memory_free_text) char *after = sorted_events(given);

	assert_string_equal(after, before);
	/* The rest, without them. */
	json_object_del(schedule_conference(taken), "days");
	json_object_del(schedule_conference(given), "days");
	assert_true(json_equal(taken, given));
}

static void test_any_document_comes_back(void **state)
{
	uint64_t seed = 5545;

	(void)state;
	for (int round = 0; round < 20; round++) {
		CLEANUP(schedule_in_freep) struct schedule_in *in = NULL;
		struct error error = ERROR_INIT;
		struct world world = { .db = NULL };
		size_t sessions[PLAN_CHANGE_COUNT];

		make_world(&world);
		json_t *document = random_document(&seed);
		char *text = json_dumps(document, 0);
		assert_ok(read_document(text, strlen(text), &in, &error), error);
		assert_ok(take_in(&world, in, sessions, &error), error);
		assert_true(sessions[PLAN_ADDED] > 0);
		assert_ok(take_in(&world, in, sessions, &error), error);
		assert_int_equal(sessions[PLAN_ADDED] + sessions[PLAN_UPDATED], 0);
		json_t *given = give_back(&world);
		assert_same_document(document, given);
		json_decref(given);
		json_decref(document);
		free(text);
		end_world(&world);
	}
}

/* A document in which bytes were changed is refused or taken in, and then comes out somehow;
 * the sanitizers watch. */
static void test_damaged_documents(void **state)
{
	static const char bytes[] = "\"{}[]:,0nt \\-.;()Tx\xc3";
	uint64_t seed = 642;
	struct world world = { .db = NULL };

	(void)state;
	make_world(&world);
	json_t *document = random_document(&seed);
	char *text = json_dumps(document, JSON_COMPACT);
	size_t length = strlen(text);
	size_t taken = 0;
	for (int round = 0; round < 1500; round++) {
		CLEANUP(schedule_in_freep) struct schedule_in *in = NULL;
		CLEANUP(memory_free_text) char *damaged = xstrdup(text);
		struct error error = ERROR_INIT;
		size_t sessions[PLAN_CHANGE_COUNT];

		for (size_t i = 1 + unit_random_below(&seed, 3); i > 0; i--)
			damaged[unit_random_below(&seed, length)] =
				bytes[unit_random_below(&seed, sizeof bytes - 1)];
		/* A commit waits for the disk. */
		world.is_dry = round % 20 != 0;
		if (read_document(damaged, length, &in, &error) != STATUS_OK ||
			take_in(&world, in, sessions, &error) != STATUS_OK) {
			assert_int_equal(error.status, STATUS_REJECTED);
			continue;
		}
		taken++;
		if (!world.is_dry)
			json_decref(give_back(&world));
	}
	assert_in_range(taken, 100, 1400);
	free(text);
	json_decref(document);
	end_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_fractions_of_a_second),
		cmocka_unit_test(test_people_of_persons),
		cmocka_unit_test(test_slugs_and_acronyms),
		cmocka_unit_test(test_guids),
		cmocka_unit_test(test_any_document_comes_back),
		cmocka_unit_test(test_damaged_documents),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}

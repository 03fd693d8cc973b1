/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Some small events held in memory: their programmes, a course and one person's rows, for the
 * tests of presence and credit; and what the rule says of it.
 */
#ifndef REGTOOL_TESTS_CREDIT_WORLD_H
#define REGTOOL_TESTS_CREDIT_WORLD_H

#include "core/agenda.h"
#include "core/credit.h"
#include "core/presence.h"
#include "util/memory.h"
#include "util/zone.h"

#include "unit.h"

enum {
	WORLD_EVENTS_MAX = 12,
	WORLD_SESSIONS_MAX = 12,
	WORLD_ITEMS_MAX = 6,
	WORLD_ROWS_MAX = 64,
	WORLD_REQUIREMENTS_MAX = 4,
	WORLD_TEXT_MAX = 64,
	WORLD_REASONS_MAX = 512,
};

struct world_event {
	char code[WORLD_TEXT_MAX];
	const char *zone; /* NULL: that of the world */
	char roles[WORLD_TEXT_MAX];
	bool is_registered;
	int64_t doors_s;
	bool has_first_day;
	zone_day first_day;
	bool has_last_day;
	zone_day last_day;
};

struct world {
	struct world_event events[WORLD_EVENTS_MAX]; /* all are counted */
	size_t event_count;
	bool names_events;
	size_t session_events[WORLD_SESSIONS_MAX];   /* of each session: place of its event */
	struct session sessions[WORLD_SESSIONS_MAX]; /* by start, event, code; ids from 101 */
	char codes[WORLD_SESSIONS_MAX][WORLD_TEXT_MAX];
	char accesses[WORLD_SESSIONS_MAX][WORLD_TEXT_MAX];
	struct item items[WORLD_SESSIONS_MAX][WORLD_ITEMS_MAX];
	char item_accesses[WORLD_SESSIONS_MAX][WORLD_ITEMS_MAX][WORLD_TEXT_MAX];
	size_t session_count;
	struct presence_row rows[WORLD_ROWS_MAX];
	size_t row_events[WORLD_ROWS_MAX];
	size_t row_count;
	struct course course;
	char course_roles[WORLD_TEXT_MAX];
	int64_t counted[WORLD_SESSIONS_MAX];
	int64_t required[WORLD_SESSIONS_MAX];
	bool is_enrolled;
	bool is_cancelled;
	struct course_requirement requirements[WORLD_REQUIREMENTS_MAX];
	char requirement_names[WORLD_REQUIREMENTS_MAX][WORLD_TEXT_MAX];
	enum mark_result results[WORLD_REQUIREMENTS_MAX];
	enum credit_verdict verdict;
	bool has_granted_credits;
	int64_t granted_hundredths;
	int64_t as_of_s;
};

struct world_result {
	enum credit_decision decision;
	int64_t attended_s;
	int64_t total_s;
	int64_t sessions_attended;
	int64_t sessions_total;
	int64_t percent_permille;
	int64_t credits_hundredths;
	char reasons[WORLD_REASONS_MAX];
	int64_t session_s[WORLD_SESSIONS_MAX]; /* of those that are counted or required */
};

/* The pointers of the parts to each other, which a copy of a world must have anew. */
static inline void world_tie(struct world *world)
{
	for (size_t i = 0; i < world->session_count; i++) {
		struct session *session = &world->sessions[i];
		session->code = world->codes[i];
		session->access = world->accesses[i];
		session->title = world->codes[i];
		session->items = world->items[i];
		for (size_t j = 0; j < session->item_count; j++)
			session->items[j].access = world->item_accesses[i][j];
	}
	world->course.roles = world->course_roles;
	world->course.counted.ids = world->counted;
	world->course.required.ids = world->required;
	for (size_t i = 0; i < world->course.requirement_count; i++)
		world->requirements[i].name = world->requirement_names[i];
	world->course.requirements = world->requirements;
}

static inline struct zone *world_zone(const char *name)
{
	struct zone *zone = NULL;
	struct error error = ERROR_INIT;

	if (zone_open(name, &zone, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	return zone;
}

/* The parts of a world that the sources want apart. */
struct world_parts {
	struct session sessions[WORLD_EVENTS_MAX][WORLD_SESSIONS_MAX];
	struct programme programmes[WORLD_EVENTS_MAX];
	struct zone *zones[WORLD_EVENTS_MAX]; /* NULL: the world's */
	struct agenda_event events[WORLD_EVENTS_MAX];
	struct presence *presences[WORLD_EVENTS_MAX];
	const char *roles[WORLD_EVENTS_MAX];
};

static inline void world_part_event(const struct world *world, size_t index,
	const struct zone *zone, struct world_parts *parts)
{
	const struct world_event *event = &world->events[index];
	struct programme *programme = &parts->programmes[index];

	programme->sessions = parts->sessions[index];
	for (size_t i = 0; i < world->session_count; i++)
		if (world->session_events[i] == index)
			programme->sessions[programme->session_count++] = world->sessions[i];
	if (event->zone != NULL)
		parts->zones[index] = world_zone(event->zone);
	parts->events[index] = (struct agenda_event){
		.code = event->code,
		.zone = event->zone != NULL ? parts->zones[index] : zone,
		.programme = programme,
		.doors_s = event->doors_s,
		.has_first_day = event->has_first_day,
		.first_day = event->first_day,
		.has_last_day = event->has_last_day,
		.last_day = event->last_day,
	};
	parts->roles[index] = event->is_registered ? event->roles : NULL;
}

/* The rows of one event, in the order they have. */
static inline struct presence *world_presence(const struct world *world, size_t index,
	const struct world_parts *parts)
{
	const struct presence_settings settings = {
		.programme = &parts->programmes[index],
		.doors_s = world->events[index].doors_s,
		.as_of_s = world->as_of_s,
		.now_s = world->as_of_s,
	};
	struct presence *presence = presence_new(&settings);

	for (size_t i = 0; i < world->row_count; i++)
		if (world->row_events[i] == index)
			presence_add(presence, &world->rows[i]);
	presence_finish(presence);
	return presence;
}

/* What is asked of the person. */
typedef void world_function(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, void *data);

static inline void world_ask(struct world *world, const struct zone *zone, world_function *function,
	void *data)
{
	struct world_parts *parts = xcalloc(1, sizeof *parts);

	world_tie(world);
	for (size_t i = 0; i < world->event_count; i++)
		world_part_event(world, i, zone, parts);
	CLEANUP(agenda_freep)
	struct agenda *agenda = agenda_new(parts->events, world->event_count, world->names_events);
	for (size_t i = 0; i < world->event_count; i++)
		parts->presences[i] = world_presence(world, i, parts);
	const struct credit_settings settings = {
		.course = &world->course,
		.agenda = agenda,
		.zone = zone,
		.as_of_s = world->as_of_s,
	};
	CLEANUP(credit_freep) struct credit *credit = credit_new(&settings);
	const struct credit_person person = {
		.roles = parts->roles,
		.is_enrolled = world->is_enrolled,
		.is_cancelled = world->is_cancelled,
		.results = world->results,
		.verdict = world->verdict,
		.has_granted_credits = world->has_granted_credits,
		.granted_hundredths = world->granted_hundredths,
		.presences = (const struct presence *const *)parts->presences,
	};

	function(&settings, &person, credit_evaluate(credit, &person), data);
	for (size_t i = 0; i < world->event_count; i++) {
		presence_free(parts->presences[i]);
		zone_close(parts->zones[i]);
	}
	free(parts);
}

/* Where in the world a session of the agenda stands. */
static inline size_t world_place(const struct world *world, const struct agenda_place *place)
{
	size_t before = 0;

	for (size_t i = 0; i < world->session_count; i++)
		if (world->session_events[i] == place->event && before++ == place->session)
			return i;
	return WORLD_SESSIONS_MAX;
}

struct world_keeping {
	const struct world *world;
	struct world_result result;
};

static inline void world_keep(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, void *data)
{
	struct world_keeping *keeping = data;
	struct world_result *result = &keeping->result;
	CLEANUP(str_free) struct str reasons = STR_INIT;

	(void)person;
	result->decision = outcome->decision;
	result->attended_s = outcome->attended_s;
	result->total_s = outcome->total_s;
	result->sessions_attended = outcome->sessions_attended;
	result->sessions_total = outcome->sessions_total;
	result->percent_permille = outcome->percent_permille;
	result->credits_hundredths = outcome->credits_hundredths;
	credit_reasons_write(settings, outcome, &reasons);
	assert_true(reasons.length < sizeof result->reasons);
	memcpy(result->reasons, reasons.text, reasons.length + 1);
	for (size_t i = 0; i < outcome->plan->session_count; i++) {
		const struct agenda_place *place = &settings->agenda->places[i];
		if (!place->is_arrival)
			result->session_s[world_place(keeping->world, place)] =
				outcome->plan->sessions[i].attended_s;
	}
}

static inline struct world_result world_evaluate(struct world *world, const struct zone *zone)
{
	struct world_keeping keeping;

	memset(&keeping, 0, sizeof keeping);
	keeping.world = world;
	world_ask(world, zone, world_keep, &keeping);
	return keeping.result;
}

#endif

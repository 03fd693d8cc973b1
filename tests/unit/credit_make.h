/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Small events made at random, and a person's rows at them: around midnight between two days
 * of UTC.
 */
#ifndef REGTOOL_TESTS_CREDIT_MAKE_H
#define REGTOOL_TESTS_CREDIT_MAKE_H

#include "credit_reference.h"

enum {
	HALF_S = 450, /* sessions lie so far around midnight */
	GRID_S = 50,
};

/* Midnight between 2022-02-14 and 2022-02-15, UTC; and where the bits begin. */
static const int64_t midnight_s = 1644883200;
static const int64_t first_s = 1644883200 - REFERENCE_SECONDS / 2;

static const char *const role_sets[] = {
	"attendee",
	"student",
	"chair;student",
	"attendee;speaker",
	"organizer",
};
static const char *const accesses[] = { "", "", "", "speaker", "chair;speaker", "student" };

static inline int64_t pick(uint64_t *state, int64_t from, int64_t to)
{
	return from + (int64_t)unit_random_below(state, (size_t)(to - from + 1));
}

static inline bool one_in(uint64_t *state, size_t times)
{
	return unit_random_below(state, times) == 0;
}

static inline void copy_text(char *to, const char *from)
{
	memcpy(to, from, strlen(from) + 1);
}

/* A time; every second one on a grid, so that ends, scans and reports often meet in the same
 * second: there it matters most. */
static inline int64_t pick_time(uint64_t *state, int64_t from, int64_t to)
{
	int64_t at_s = pick(state, from, to);

	if (one_in(state, 2))
		at_s -= at_s % GRID_S;
	return midnight_s + at_s;
}

static const char *pick_access(uint64_t *state)
{
	return accesses[unit_random_below(state, COUNT(accesses))];
}

/* --- A world --- */

static inline void make_items(uint64_t *state, struct world *world, size_t index)
{
	struct session *session = &world->sessions[index];
	int64_t at_s = session->start_s;

	while (session->item_count < WORLD_ITEMS_MAX && !one_in(state, 3)) {
		int64_t from_s = at_s + pick(state, 0, 40);
		int64_t to_s = from_s + pick(state, 1, 60);
		if (to_s > session->end_s)
			return;
		size_t item = session->item_count++;
		copy_text(world->item_accesses[index][item], pick_access(state));
		world->items[index][item] = (struct item){
			.kind = one_in(state, 3) ? ITEM_BREAK : ITEM_TALK,
			.start_s = from_s,
			.end_s = to_s,
			.is_credit = !one_in(state, 4),
		};
		if (world->items[index][item].kind == ITEM_BREAK)
			world->items[index][item].is_credit = false;
		at_s = to_s;
	}
}

/* Those of one event after the other: a session's event is its id for now. */
static inline int compare_starts(const void *left, const void *right)
{
	const struct session *a = left;
	const struct session *b = right;
	int order = (a->start_s > b->start_s) - (a->start_s < b->start_s);

	return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static inline void make_event(uint64_t *state, struct world *world, size_t index)
{
	struct world_event *event = &world->events[index];
	zone_day day = midnight_s / 86400;

	(void)snprintf(event->code, sizeof event->code, "e%zu", index);
	copy_text(event->roles, role_sets[unit_random_below(state, COUNT(role_sets))]);
	event->is_registered = world->event_count == 1 || !one_in(state, 5);
	event->doors_s = pick(state, 0, 2) * GRID_S;
	event->has_first_day = !one_in(state, 3);
	event->first_day = day - pick(state, 0, 1);
	event->has_last_day = one_in(state, 2);
	event->last_day = event->first_day + pick(state, 0, 1);
}

/* Mostly one; of several, some may turn out to be without sessions. */
static inline void make_events(uint64_t *state, struct world *world)
{
	world->event_count = one_in(state, 2) ? 1 : (size_t)pick(state, 1, 4);
	world->names_events = world->event_count > 1;
	for (size_t i = 0; i < world->event_count; i++)
		make_event(state, world, i);
}

static inline void make_sessions(uint64_t *state, struct world *world)
{
	world->session_count = (size_t)pick(state, world->event_count > 1 ? 0 : 1, 5);
	for (size_t i = 0; i < world->session_count; i++) {
		int64_t start_s = pick_time(state, -HALF_S, HALF_S - GRID_S);
		int64_t end_s = pick_time(state, (int)(start_s - midnight_s) + 1, HALF_S);
		world->sessions[i] = (struct session){
			.id = (int64_t)unit_random_below(state, world->event_count),
			.start_s = start_s,
			.end_s = end_s > start_s ? end_s : start_s + GRID_S,
			.is_credit = !one_in(state, 6),
		};
	}
	qsort(world->sessions, world->session_count, sizeof *world->sessions, compare_starts);
	size_t turn = world->session_count > 0 ? unit_random_below(state, world->session_count) : 0;
	for (size_t i = 0; i < world->session_count; i++) {
		size_t letter = (i + turn) % world->session_count;
		world->session_events[i] = (size_t)world->sessions[i].id;
		world->sessions[i].id = 101 + (int64_t)(i * 7 % 5) * 10;
		world->sessions[i].code_rank = (int)letter + 1;
		(void)snprintf(world->codes[i], WORLD_TEXT_MAX, "%c", 'A' + (int)letter);
		copy_text(world->accesses[i], pick_access(state));
		make_items(state, world, i);
	}
}

static inline int64_t pick_session(uint64_t *state, const struct world *world)
{
	return world->sessions[unit_random_below(state, world->session_count)].id;
}

static inline struct credit_rate make_rate(uint64_t *state)
{
	static const int64_t steps[] = { 100, 50, 25, 1, 150 };
	struct credit_rate rate = { .fixed_hundredths = 150, .step_hundredths = 100 };

	if (one_in(state, 2))
		return rate;
	if (one_in(state, 3))
		rate.sessions = pick(state, 1, 4);
	else
		rate.minutes = pick(state, 1, 6);
	rate.is_rounded_nearest = one_in(state, 2);
	rate.step_hundredths = steps[unit_random_below(state, COUNT(steps))];
	rate.max_half_day_hundredths = one_in(state, 3) ? pick(state, 1, 300) : 0;
	rate.max_day_hundredths = one_in(state, 3) ? pick(state, 1, 300) : 0;
	rate.max_hundredths = one_in(state, 3) ? pick(state, 1, 400) : 0;
	return rate;
}

static inline void make_marks(uint64_t *state, struct world *world)
{
	zone_day day = midnight_s / 86400;

	if (one_in(state, 3))
		world->course.requirement_count = (size_t)pick(state, 1, 3);
	for (size_t i = 0; i < world->course.requirement_count; i++) {
		(void)snprintf(world->requirement_names[i], WORLD_TEXT_MAX, "paper%zu", i);
		world->requirements[i].has_due = one_in(state, 2);
		world->requirements[i].due_day = day - 1 + pick(state, 0, 2);
		world->results[i] = one_in(state, 2)
					    ? MARK_PASS
					    : (enum mark_result)pick(state, MARK_NONE, MARK_ABSENT);
	}
	if (one_in(state, 8)) {
		world->verdict = one_in(state, 2) ? CREDIT_BY_GRANT : CREDIT_BY_DENIAL;
		world->has_granted_credits = one_in(state, 2);
		world->granted_hundredths = 75;
	}
}

static inline void make_course(uint64_t *state, struct world *world)
{
	struct course *course = &world->course;

	*course = (struct course){
		.rate = make_rate(state),
		.is_enrolment_required = !one_in(state, 3),
		.session_percent_permille = one_in(state, 2) ? 750 : pick(state, 0, 1000),
		.is_exit_required = one_in(state, 3),
		.rule_version = 1,
	};
	if (one_in(state, 5))
		copy_text(world->course_roles, "speaker;student");
	if (world->session_count > 0 && one_in(state, 3)) {
		course->counted.count = 1;
		world->counted[0] = pick_session(state, world);
	}
	if (one_in(state, 3))
		return;
	course->is_attendance_named = true;
	course->min_percent_permille = one_in(state, 2) ? pick(state, 1, 1000) : 0;
	course->min_minutes = one_in(state, 3) ? pick(state, 1, 12) : 0;
	course->min_sessions = one_in(state, 3) ? pick(state, 1, 4) : 0;
	course->is_each_day_required = one_in(state, 3);
	if (world->session_count > 0 && one_in(state, 3)) {
		course->required.count = 1;
		world->required[0] = pick_session(state, world);
	}
}

/* A row of a session; of a door, also without one. */
static inline struct presence_row make_row(uint64_t *state, const struct world *world,
	int64_t scan_id)
{
	struct presence_row row = {
		.scan_id = scan_id,
		.at_s = pick_time(state, -HALF_S - GRID_S, HALF_S + GRID_S),
		.session_id = world->session_count > 0 ? pick_session(state, world) : 0,
		.source = PRESENCE_DOOR,
		.result = PRESENCE_ADMITTED,
	};

	if (row.session_id != 0 && one_in(state, 3)) {
		row.source = one_in(state, 2) ? PRESENCE_ONLINE : PRESENCE_MANUAL;
		row.has_until = !one_in(state, 4);
		row.until_s = row.at_s + pick(state, 0, 200);
		return row;
	}
	row.is_out = one_in(state, 3);
	if (one_in(state, world->event_count > 1 ? 3 : 8))
		row.session_id = 0;
	if (one_in(state, 4))
		row.result = one_in(state, 2) ? PRESENCE_SIGHTED : PRESENCE_REFUSED;
	return row;
}

/* One more row, of the event of its session; without one, of any. */
static inline void add_row(uint64_t *state, struct world *world, const struct presence_row *row)
{
	size_t event = row->session_id != 0
			       ? world->session_events[reference_session(world, row->session_id)]
			       : unit_random_below(state, world->event_count);

	world->row_events[world->row_count] = event;
	world->rows[world->row_count++] = *row;
}

static inline void make_world(uint64_t *state, struct world *world)
{
	memset(world, 0, sizeof *world);
	make_events(state, world);
	make_sessions(state, world);
	make_course(state, world);
	world->is_enrolled = !one_in(state, 5);
	world->is_cancelled = one_in(state, 10);
	make_marks(state, world);
	world->as_of_s = one_in(state, 2) ? midnight_s + 100000
					  : pick_time(state, -HALF_S - GRID_S, HALF_S + GRID_S);
	for (size_t i = unit_random_below(state, 13); i > 0; i--) {
		struct presence_row row = make_row(state, world, (int64_t)world->row_count + 1);
		add_row(state, world, &row);
	}
	/* A report at the very second of a scan. */
	if (world->row_count > 0 && one_in(state, 4))
		world->as_of_s = world->rows[world->row_count - 1].at_s;
}

#endif

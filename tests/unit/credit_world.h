/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small event held in memory: a programme, a course and one person's rows, for the tests
 * of presence and credit; and what the rule says of it.
 */
#ifndef REGTOOL_TESTS_CREDIT_WORLD_H
#define REGTOOL_TESTS_CREDIT_WORLD_H

#include "core/credit.h"
#include "core/presence.h"
#include "util/memory.h"
#include "util/zone.h"

#include "unit.h"

enum {
	WORLD_SESSIONS_MAX = 10,
	WORLD_ITEMS_MAX = 6,
	WORLD_ROWS_MAX = 64,
	WORLD_REQUIREMENTS_MAX = 4,
	WORLD_TEXT_MAX = 64,
	WORLD_REASONS_MAX = 512,
};

struct world {
	struct session sessions[WORLD_SESSIONS_MAX]; /* by start, then code; ids from 101 */
	char codes[WORLD_SESSIONS_MAX][WORLD_TEXT_MAX];
	char accesses[WORLD_SESSIONS_MAX][WORLD_TEXT_MAX];
	struct item items[WORLD_SESSIONS_MAX][WORLD_ITEMS_MAX];
	char item_accesses[WORLD_SESSIONS_MAX][WORLD_ITEMS_MAX][WORLD_TEXT_MAX];
	size_t session_count;
	struct presence_row rows[WORLD_ROWS_MAX];
	size_t row_count;
	struct course course;
	char course_roles[WORLD_TEXT_MAX];
	int64_t counted[WORLD_SESSIONS_MAX];
	int64_t required[WORLD_SESSIONS_MAX];
	char roles[WORLD_TEXT_MAX];
	bool is_enrolled;
	bool is_cancelled;
	struct course_requirement requirements[WORLD_REQUIREMENTS_MAX];
	char requirement_names[WORLD_REQUIREMENTS_MAX][WORLD_TEXT_MAX];
	enum mark_result results[WORLD_REQUIREMENTS_MAX];
	enum credit_verdict verdict;
	bool has_granted_credits;
	int64_t granted_hundredths;
	int64_t as_of_s;
	int64_t doors_s;
	bool has_last_day;
	zone_day last_day;
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
static inline void world_tie(struct world *world, struct programme *ret_programme)
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
	*ret_programme = (struct programme){
		.event_id = 1,
		.sessions = world->sessions,
		.session_count = world->session_count,
	};
}

/* What is asked of the person, after the rows were taken in the order they have. */
typedef void world_function(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, void *data);

static inline void world_ask(struct world *world, const struct zone *zone, world_function *function,
	void *data)
{
	struct programme programme;

	world_tie(world, &programme);
	const struct presence_settings presence_settings = {
		.programme = &programme,
		.doors_s = world->doors_s,
		.as_of_s = world->as_of_s,
		.now_s = world->as_of_s,
	};
	const struct credit_settings settings = {
		.course = &world->course,
		.programme = &programme,
		.zone = zone,
		.as_of_s = world->as_of_s,
		.doors_s = world->doors_s,
		.has_last_day = world->has_last_day,
		.last_day = world->last_day,
	};
	CLEANUP(presence_freep) struct presence *presence = presence_new(&presence_settings);
	CLEANUP(credit_freep) struct credit *credit = credit_new(&settings);
	const struct credit_person person = {
		.roles = world->roles,
		.is_enrolled = world->is_enrolled,
		.is_cancelled = world->is_cancelled,
		.results = world->results,
		.verdict = world->verdict,
		.has_granted_credits = world->has_granted_credits,
		.granted_hundredths = world->granted_hundredths,
		.presence = presence,
	};

	for (size_t i = 0; i < world->row_count; i++)
		presence_add(presence, &world->rows[i]);
	presence_finish(presence);
	function(&settings, &person, credit_evaluate(credit, &person), data);
}

static inline void world_keep(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, void *data)
{
	struct world_result *result = data;
	CLEANUP(str_free) struct str reasons = STR_INIT;

	(void)person;
	memset(result, 0, sizeof *result);
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
	for (size_t i = 0; i < outcome->plan->session_count; i++)
		result->session_s[i] = outcome->plan->sessions[i].attended_s;
}

static inline struct world_result world_evaluate(struct world *world, const struct zone *zone)
{
	struct world_result result;

	world_ask(world, zone, world_keep, &result);
	return result;
}

static inline struct zone *world_zone(const char *name)
{
	struct zone *zone = NULL;
	struct error error = ERROR_INIT;

	if (zone_open(name, &zone, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	return zone;
}

#endif

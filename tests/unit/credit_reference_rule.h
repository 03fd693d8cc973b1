/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The conditions of the slow and plain rule.
 */
#ifndef REGTOOL_TESTS_CREDIT_REFERENCE_RULE_H
#define REGTOOL_TESTS_CREDIT_REFERENCE_RULE_H

#include "credit_reference.h"

static inline bool reference_is_attended(const struct reference *reference, size_t session,
	const bool bits[WORLD_SESSIONS_MAX][REFERENCE_SECONDS])
{
	int64_t attended = reference_count(reference, bits, session);
	int64_t countable = 0;

	for (int64_t second = 0; second < REFERENCE_SECONDS; second++)
		countable += reference_is_countable(reference, session, reference->base_s + second);
	/* attended / countable >= percent / 1000 */
	return attended > 0 &&
	       attended * 1000 >= countable * reference->world->course.session_percent_permille;
}

/* Whether a session counts of those of its event: all, if none of them is named. */
static inline bool reference_is_meant(const struct world *world, size_t session)
{
	bool is_any_named = false;

	for (size_t i = 0; i < world->session_count; i++)
		is_any_named |= world->session_events[i] == world->session_events[session] &&
				reference_has(world->counted, world->course.counted.count,
					world->sessions[i].id);
	return !is_any_named || reference_has(world->counted, world->course.counted.count,
					world->sessions[session].id);
}

/* Events without sessions: how many there are, at how many the person was, and at how many
 * that is or may be so. */
struct reference_arrivals {
	int64_t all;
	int64_t now;
	int64_t possible;
	int64_t ahead;
};

static inline struct reference_arrivals reference_arrivals(const struct reference *reference)
{
	const struct world *world = reference->world;
	struct reference_arrivals arrivals = { 0 };

	for (size_t i = 0; i < world->event_count; i++) {
		const struct world_event *event = &world->events[i];
		bool is_over =
			event->has_last_day && world->as_of_s >= (event->last_day + 1) * 86400;
		if (!reference_is_without_sessions(world, i))
			continue;
		arrivals.all++;
		arrivals.now += reference->has_arrived[i];
		arrivals.possible += reference->has_arrived[i] || !is_over;
		arrivals.ahead += !is_over;
	}
	return arrivals;
}

static inline void reference_add_up(struct reference *reference)
{
	const struct world *world = reference->world;
	struct world_result *result = &reference->result;
	struct reference_arrivals arrivals = reference_arrivals(reference);

	for (size_t i = 0; i < world->session_count; i++) {
		const struct session *session = &world->sessions[i];
		reference->counts[i] =
			session->is_credit &&
			reference_admits(session->access, reference_roles(reference, i)) &&
			reference_is_meant(world, i);
		reference->requires[i] =
			reference_has(world->required, world->course.required.count, session->id);
	}
	for (int64_t second = 0; second < REFERENCE_SECONDS; second++) {
		bool is_set = false;
		for (size_t i = 0; i < world->session_count; i++)
			is_set |= reference->counts[i] &&
				  reference_is_countable(reference, i, reference->base_s + second);
		result->total_s += is_set;
	}
	for (size_t i = 0; i < world->session_count; i++) {
		if (reference->counts[i] || reference->requires[i])
			result->session_s[i] = reference_count(reference, reference->good, i);
		if (!reference->counts[i])
			continue;
		result->sessions_total++;
		result->sessions_attended += reference_is_attended(reference, i, reference->good);
	}
	result->sessions_total += arrivals.all;
	result->sessions_attended += arrivals.now;
	result->attended_s = reference_count(reference, reference->good, WORLD_SESSIONS_MAX);
	if (result->total_s > 0)
		result->percent_permille = result->attended_s * 1000 / result->total_s;
	else if (arrivals.all > 0)
		result->percent_permille = arrivals.now * 1000 / arrivals.all;
}

static inline void reference_check_person(struct reference *reference)
{
	const struct world *world = reference->world;

	if (world->course.is_enrolment_required && !world->is_enrolled)
		reference_say(reference, "not-enrolled");
	bool has_role = world->course_roles[0] == '\0';
	for (size_t i = 0; i < world->event_count; i++)
		has_role |= world->events[i].is_registered &&
			    reference_admits(world->course_roles, world->events[i].roles);
	if (!has_role)
		reference_say(reference, "role");
	if (world->is_cancelled)
		reference_say(reference, "cancelled");
	reference->can = reference->result.reasons[0] == '\0';
}

/* So many whole minutes that the seconds, of thousand parts each, are not more. */
static inline int64_t reference_minutes_up(int64_t milliseconds)
{
	int64_t minutes = 0;

	while (minutes * 60000 < milliseconds)
		minutes++;
	return minutes;
}

static inline void reference_check_time(struct reference *reference)
{
	const struct course *course = &reference->world->course;
	int64_t attended_s = reference->result.attended_s;
	int64_t total_s = reference->result.total_s;
	int64_t possible_s = reference_count(reference, reference->possible, WORLD_SESSIONS_MAX);
	int64_t permille = course->is_attendance_named ? course->min_percent_permille : 800;
	struct reference_arrivals arrivals = reference_arrivals(reference);

	if (attended_s < course->min_minutes * 60) {
		reference_say(reference, "minutes-short:%lld",
			(long long)reference_minutes_up(
				(course->min_minutes * 60 - attended_s) * 1000));
		reference->can &= possible_s >= course->min_minutes * 60;
	}
	if (total_s == 0 && arrivals.all > 0) {
		if (arrivals.now * 1000 < arrivals.all * permille) {
			reference_say(reference, "percent-short:0");
			reference->can &= arrivals.possible * 1000 >= arrivals.all * permille;
		}
	} else if (permille > 0 && (total_s == 0 || attended_s * 1000 < total_s * permille)) {
		reference_say(reference, "percent-short:%lld",
			(long long)reference_minutes_up(total_s * permille - attended_s * 1000));
		reference->can &= total_s > 0 && possible_s * 1000 >= total_s * permille;
	}
}

static inline void reference_check_sessions(struct reference *reference)
{
	const struct world *world = reference->world;
	int64_t wanted = world->course.min_sessions;
	int64_t possible = reference_arrivals(reference).possible;
	char name[2 * WORLD_TEXT_MAX];

	for (size_t i = 0; i < world->session_count; i++)
		possible += reference->counts[i] &&
			    reference_is_attended(reference, i, reference->possible);
	if (reference->result.sessions_attended < wanted) {
		reference_say(reference, "sessions-short:%lld",
			(long long)(wanted - reference->result.sessions_attended));
		reference->can &= possible >= wanted;
	}
	for (size_t i = 0; i < world->session_count; i++)
		if (reference->requires[i] &&
			!reference_is_attended(reference, i, reference->good)) {
			reference_say(reference, "missing-session:%s",
				reference_name(reference, i, name));
			reference->can &= reference_is_attended(reference, i, reference->possible);
		}
}

/* Days are of UTC here. */
static inline void reference_check_days(struct reference *reference)
{
	const struct world *world = reference->world;
	int64_t first = reference->base_s / 86400;

	if (!world->course.is_each_day_required)
		return;
	for (int64_t day = first; day <= first + 1; day++) {
		bool has_any = false;
		bool is_attended = false;
		bool is_possible = false;
		for (size_t i = 0; i < world->session_count; i++) {
			if (!reference->counts[i] || world->sessions[i].start_s / 86400 != day)
				continue;
			has_any = true;
			is_attended |= reference_is_attended(reference, i, reference->good);
			is_possible |= reference_is_attended(reference, i, reference->possible);
		}
		for (size_t i = 0; i < world->event_count; i++) {
			const struct world_event *event = &world->events[i];
			if (!reference_is_without_sessions(world, i) || !event->has_first_day ||
				event->first_day != day)
				continue;
			has_any = true;
			is_attended |= reference->has_arrived[i];
			is_possible |= !event->has_last_day ||
				       world->as_of_s < (event->last_day + 1) * 86400;
		}
		if (!has_any || is_attended)
			continue;
		reference_say(reference, "missing-day:%s",
			day == first ? "2022-02-14" : "2022-02-15");
		reference->can &= is_possible;
	}
}

/* Minutes or sessions to credits, slow and plain: a tally for each half-day of UTC, where
 * half-days part at 12:30, in 1/100 of what a credit takes. */
static inline int64_t reference_amount(const struct reference *reference)
{
	const struct world *world = reference->world;
	const struct credit_rate *rate = &world->course.rate;
	int64_t first_day = reference->base_s / 86400;
	double all = 0; /* exact: parts of a half are far below 2^53 */
	double each = (double)(rate->minutes > 0 ? rate->minutes * 60 : rate->sessions);

	if (rate->minutes == 0 && rate->sessions == 0)
		return rate->fixed_hundredths;
	for (int64_t day = first_day; day <= first_day + 1; day++) {
		double of_day = 0;
		for (int64_t half = 0; half < 2; half++) {
			int64_t from_s = day * 86400 + (half == 0 ? 0 : 45000);
			int64_t to_s = day * 86400 + (half == 0 ? 45000 : 86400);
			double of_half = 0;
			for (int64_t second = 0; second < REFERENCE_SECONDS; second++) {
				int64_t at_s = reference->base_s + second;
				bool is_there = false;
				for (size_t i = 0; i < world->session_count; i++)
					is_there |=
						reference->counts[i] && reference->good[i][second];
				if (rate->minutes > 0 && is_there && at_s >= from_s && at_s < to_s)
					of_half += 100;
			}
			for (size_t i = 0; i < world->session_count; i++)
				if (rate->sessions > 0 && reference->counts[i] &&
					world->sessions[i].start_s >= from_s &&
					world->sessions[i].start_s < to_s &&
					reference_is_attended(reference, i, reference->good))
					of_half += 100;
			for (size_t i = 0; i < world->event_count; i++)
				if (rate->sessions > 0 && reference_is_without_sessions(world, i) &&
					reference->has_arrived[i] &&
					reference->arrived_s[i] >= from_s &&
					reference->arrived_s[i] < to_s)
					of_half += 100;
			if (rate->max_half_day_hundredths > 0 &&
				of_half > (double)rate->max_half_day_hundredths * each)
				of_half = (double)rate->max_half_day_hundredths * each;
			of_day += of_half;
		}
		if (rate->max_day_hundredths > 0 &&
			of_day > (double)rate->max_day_hundredths * each)
			of_day = (double)rate->max_day_hundredths * each;
		all += of_day;
	}
	if (rate->max_hundredths > 0 && all > (double)rate->max_hundredths * each)
		all = (double)rate->max_hundredths * each;
	int64_t credits = 0;
	int64_t step = rate->step_hundredths;
	/* As long as the next step is reached, or is the nearer one. */
	while ((double)(credits + step) * each <= all ||
		(rate->is_rounded_nearest &&
			((double)(credits + step) * each - all) <= all - (double)credits * each))
		credits += step;
	while (rate->max_hundredths > 0 && credits > rate->max_hundredths)
		credits -= step;
	return credits;
}

static inline void reference_check_requirements(struct reference *reference)
{
	const struct world *world = reference->world;

	for (size_t i = 0; i < world->course.requirement_count; i++) {
		const struct course_requirement *requirement = &world->requirements[i];
		enum mark_result result = world->results[i];
		if (result == MARK_PASS)
			continue;
		reference_say(reference, "requirement-%s:%s",
			result == MARK_FAIL ? "failed" : "missing", world->requirement_names[i]);
		if (result != MARK_NONE ||
			(requirement->has_due &&
				world->as_of_s >= (requirement->due_day + 1) * 86400))
			reference->can = false;
	}
}

static inline void reference_name_exits(struct reference *reference)
{
	char name[2 * WORLD_TEXT_MAX];

	for (size_t i = 0; i < reference->world->session_count; i++)
		if ((reference->counts[i] || reference->requires[i]) &&
			reference_count(reference, reference->all, i) >
				reference_count(reference, reference->good, i))
			reference_say(reference, "no-exit:%s", reference_name(reference, i, name));
}

static inline void reference_decide(struct reference *reference)
{
	const struct world *world = reference->world;
	struct world_result *result = &reference->result;
	char conditions[WORLD_REASONS_MAX];
	long long ahead = reference_arrivals(reference).ahead;

	bool are_all_passed = true;
	for (size_t i = 0; i < world->course.requirement_count; i++)
		are_all_passed &= world->results[i] == MARK_PASS;
	bool is_met = result->reasons[0] == '\0' && are_all_passed;
	if (!is_met && world->verdict != CREDIT_BY_GRANT)
		reference_name_exits(reference);
	reference_check_requirements(reference);
	if (world->verdict != CREDIT_BY_RULE) {
		(void)snprintf(conditions, sizeof conditions, "%s", result->reasons);
		(void)snprintf(result->reasons, sizeof result->reasons, "%s%s%.400s",
			world->verdict == CREDIT_BY_GRANT ? "granted" : "denied",
			conditions[0] != '\0' ? ";" : "", conditions);
	}
	if (world->verdict == CREDIT_BY_GRANT || (world->verdict == CREDIT_BY_RULE && is_met)) {
		result->decision = CREDIT_ELIGIBLE;
		result->credits_hundredths = reference_amount(reference);
		if (world->verdict == CREDIT_BY_GRANT && world->has_granted_credits)
			result->credits_hundredths = world->granted_hundredths;
		return;
	}
	bool is_pending = world->verdict == CREDIT_BY_RULE && reference->can;
	result->decision = is_pending ? CREDIT_PENDING : CREDIT_NOT_ELIGIBLE;
	for (size_t i = 0; i < world->session_count; i++)
		ahead += (reference->counts[i] || reference->requires[i]) &&
			 world->sessions[i].end_s > world->as_of_s;
	if (is_pending && ahead > 0)
		reference_say(reference, "sessions-ahead:%lld", ahead);
}

/* All sessions are between base_s and REFERENCE_SECONDS later, and zones are UTC. */
static inline struct world_result reference_evaluate(const struct world *world, int64_t base_s)
{
	struct reference *reference = calloc(1, sizeof *reference);

	assert_non_null(reference);
	reference->world = world;
	reference->base_s = base_s;
	for (size_t i = 0; i < world->event_count; i++)
		reference_walk(reference, i);
	reference_take_stated(reference);
	reference_mark(reference);
	reference_add_up(reference);
	reference_check_person(reference);
	reference_check_time(reference);
	reference_check_sessions(reference);
	reference_check_days(reference);
	reference_decide(reference);
	struct world_result result = reference->result;
	free(reference);
	return result;
}

#endif

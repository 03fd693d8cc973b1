/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit.h"

#include "core/credit_amount.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	PLANS_MAX = 64, /* sets of roles kept; an event has a few */
	MINUTE_S = 60,
};

static const int64_t permille = 1000;

struct credit {
	struct credit_settings settings;
	struct credit_plan *plans[PLANS_MAX];
	size_t plan_count;
	size_t next_plan; /* the one to give way */
	/* Of the person at hand. */
	struct credit_plan *plan;
	const struct presence *const *presences;
	struct credit_outcome outcome;
	struct credit_reason *reasons;
	size_t reason_capacity;
	bool can_be_met; /* all conditions looked at so far hold, or can come to hold */
	bool is_possible_known;
	int64_t possible_s;
	int64_t sessions_possible;
	int64_t arrivals;
	int64_t arrivals_possible;
	int64_t earned_hundredths; /* if all conditions hold */
	struct spans stretches;    /* of one session */
	struct spans all;          /* of all of them */
	struct str key;            /* of roles at several events */
};

struct credit *credit_new(const struct credit_settings *settings)
{
	struct credit *credit = xcalloc(1, sizeof *credit);

	credit->settings = *settings;
	credit->key = (struct str)STR_INIT;
	return credit;
}

void credit_free(struct credit *credit)
{
	if (credit == NULL)
		return;
	for (size_t i = 0; i < credit->plan_count; i++)
		credit_plan_free(credit->plans[i]);
	free(credit->reasons);
	spans_free(&credit->stretches);
	spans_free(&credit->all);
	str_free(&credit->key);
	free(credit);
}

void credit_freep(struct credit **credit)
{
	credit_free(*credit);
	*credit = NULL;
}

/* One text for the roles at all events; where there is one event, these themselves. */
static const char *key_of(struct credit *credit, const char *const *roles)
{
	size_t count = credit->settings.agenda->event_count;

	if (count == 1 && roles[0] != NULL)
		return roles[0];
	str_clear(&credit->key);
	for (size_t i = 0; i < count; i++)
		str_addf(&credit->key, "%s\n", roles[i] != NULL ? roles[i] : "-");
	return credit->key.text;
}

static struct credit_plan *find_plan(struct credit *credit, const char *const *roles)
{
	const char *key = key_of(credit, roles);

	for (size_t i = 0; i < credit->plan_count; i++)
		if (strcmp(credit->plans[i]->key, key) == 0)
			return credit->plans[i];
	size_t at = credit->plan_count;
	if (at < PLANS_MAX) {
		credit->plan_count++;
	} else {
		at = credit->next_plan;
		credit->next_plan = (at + 1) % PLANS_MAX;
		credit_plan_free(credit->plans[at]);
	}
	credit->plans[at] = credit_plan_new(&credit->settings, roles, key);
	return credit->plans[at];
}

int64_t credit_total_s(struct credit *credit)
{
	const char **roles = xcalloc(credit->settings.agenda->event_count, sizeof(char *));
	int64_t total_s = find_plan(credit, roles)->total_s;

	free(roles);
	return total_s;
}

/* --- What was attended --- */

static int64_t session_s(struct credit *credit, size_t session, enum presence_kind kind)
{
	const struct agenda_place *place = &credit->settings.agenda->places[session];

	spans_clear(&credit->stretches);
	presence_collect(credit->presences[place->event], place->session, kind,
		&credit->plan->sessions[session].windows, &credit->stretches);
	return spans_cover_s(&credit->stretches);
}

static void measure_session(struct credit *credit, size_t index)
{
	const struct agenda_place *place = &credit->settings.agenda->places[index];
	const struct presence *presence = credit->presences[place->event];
	const struct course *course = credit->settings.course;
	struct credit_session *session = &credit->plan->sessions[index];
	bool is_exit_required = course->is_exit_required;

	session->attended_s = 0;
	session->is_attended = false;
	session->is_lost = false;
	if (session->is_arrival) {
		session->is_attended = presence_has_arrived(presence, &session->arrived_s);
		credit->arrivals += session->is_attended;
		return;
	}
	if (presence_of_session(presence, place->session)->interval_count == 0 ||
		(!session->is_counted && !session->is_required))
		return;
	session->attended_s =
		session_s(credit, index, is_exit_required ? PRESENCE_CLOSED : PRESENCE_ALL);
	if (session->is_counted)
		spans_add_all(&credit->all, &credit->stretches);
	session->is_attended =
		credit_is_attended(course, session->attended_s, session->countable_s);
	session->is_lost =
		is_exit_required && session_s(credit, index, PRESENCE_ALL) > session->attended_s;
}

static void measure(struct credit *credit)
{
	struct credit_plan *plan = credit->plan;
	struct credit_outcome *outcome = &credit->outcome;

	spans_clear(&credit->all);
	credit->arrivals = 0;
	outcome->sessions_attended = 0;
	for (size_t i = 0; i < plan->session_count; i++) {
		measure_session(credit, i);
		if (plan->sessions[i].is_counted && plan->sessions[i].is_attended)
			outcome->sessions_attended++;
	}
	outcome->sessions_total = plan->sessions_total;
	outcome->total_s = plan->total_s;
	outcome->attended_s = spans_cover_s(&credit->all);
	outcome->percent_permille =
		plan->total_s > 0 ? outcome->attended_s * permille / plan->total_s : 0;
	if (credit_plan_is_of_arrivals(plan))
		outcome->percent_permille = credit->arrivals * permille / plan->arrivals_total;
	credit->earned_hundredths =
		credit_amount_hundredths(&credit->settings.course->rate, plan, &credit->all);
}

/* What may still come of it: all the time after now, and the stays under way. */
static void measure_possible(struct credit *credit)
{
	const struct course *course = credit->settings.course;
	struct credit_plan *plan = credit->plan;
	enum presence_kind kind = course->is_exit_required ? PRESENCE_POSSIBLE : PRESENCE_ALL;

	if (credit->is_possible_known)
		return;
	credit->is_possible_known = true;
	credit->sessions_possible = 0;
	credit->arrivals_possible = 0;
	spans_clear(&credit->all);
	for (size_t i = 0; i < plan->session_count; i++) {
		struct credit_session *session = &plan->sessions[i];
		if (session->is_arrival) {
			session->is_attendable = session->is_attended || !session->is_over;
			credit->arrivals_possible += session->is_attendable;
			continue;
		}
		session->possible_s = session_s(credit, i, kind) + session->ahead_s;
		session->is_attendable =
			credit_is_attended(course, session->possible_s, session->countable_s);
		if (!session->is_counted)
			continue;
		spans_add_all(&credit->all, &credit->stretches);
		if (session->is_attendable)
			credit->sessions_possible++;
	}
	credit->possible_s = spans_cover_s(&credit->all) + plan->ahead_s;
	credit->sessions_possible += credit->arrivals_possible;
}

/* --- Conditions --- */

static struct credit_reason *add_reason(struct credit *credit, enum credit_reason_kind kind,
	int64_t number)
{
	struct credit_outcome *outcome = &credit->outcome;

	if (outcome->reason_count == credit->reason_capacity) {
		credit->reason_capacity = 2 * credit->reason_capacity + 8;
		credit->reasons = xreallocarray(credit->reasons, credit->reason_capacity,
			sizeof *credit->reasons);
	}
	outcome->reasons = credit->reasons;
	struct credit_reason *reason = &credit->reasons[outcome->reason_count++];
	*reason = (struct credit_reason){ .kind = kind, .number = number };
	return reason;
}

/* At any of the events. */
static bool has_role(const struct credit *credit, const struct credit_person *person)
{
	for (size_t i = 0; i < credit->settings.agenda->event_count; i++)
		if (person->roles[i] != NULL &&
			text_sets_meet(credit->settings.course->roles, person->roles[i]))
			return true;
	return false;
}

static void check_person(struct credit *credit, const struct credit_person *person)
{
	const struct course *course = credit->settings.course;
	size_t before = credit->outcome.reason_count;

	if (course->is_enrolment_required && !person->is_enrolled)
		(void)add_reason(credit, CREDIT_NOT_ENROLLED, 0);
	if (course->roles[0] != '\0' && !has_role(credit, person))
		(void)add_reason(credit, CREDIT_ROLE, 0);
	if (person->is_cancelled)
		(void)add_reason(credit, CREDIT_CANCELLED, 0);
	if (credit->outcome.reason_count > before)
		credit->can_be_met = false;
}

static int64_t divide_up(int64_t number, int64_t by)
{
	return (number + by - 1) / by;
}

static void check_minutes(struct credit *credit)
{
	int64_t wanted_s = credit->settings.course->min_minutes * MINUTE_S;

	if (credit->outcome.attended_s >= wanted_s)
		return;
	(void)add_reason(credit, CREDIT_MINUTES_SHORT,
		divide_up(wanted_s - credit->outcome.attended_s, MINUTE_S));
	measure_possible(credit);
	credit->can_be_met &= credit->possible_s >= wanted_s;
}

/* A share of the events, where none has time of its own: no minutes are missing. */
static void check_arrivals(struct credit *credit, int64_t wanted)
{
	int64_t total = credit->plan->arrivals_total;

	if (credit->arrivals * permille >= total * wanted)
		return;
	(void)add_reason(credit, CREDIT_PERCENT_SHORT, 0);
	measure_possible(credit);
	credit->can_be_met &= credit->arrivals_possible * permille >= total * wanted;
}

static void check_percent(struct credit *credit)
{
	int64_t wanted = course_min_percent_permille(credit->settings.course);
	int64_t total_s = credit->plan->total_s;

	if (wanted == 0)
		return;
	if (credit_plan_is_of_arrivals(credit->plan)) {
		check_arrivals(credit, wanted);
		return;
	}
	/* In thousandths of a second: nothing is lost by dividing. */
	int64_t missing = total_s * wanted - credit->outcome.attended_s * permille;
	if (total_s > 0 && missing <= 0)
		return;
	(void)add_reason(credit, CREDIT_PERCENT_SHORT, divide_up(missing, MINUTE_S * permille));
	measure_possible(credit);
	credit->can_be_met &= total_s > 0 && credit->possible_s * permille >= total_s * wanted;
}

static void check_sessions(struct credit *credit)
{
	int64_t wanted = credit->settings.course->min_sessions;

	if (credit->outcome.sessions_attended >= wanted)
		return;
	(void)add_reason(credit, CREDIT_SESSIONS_SHORT, wanted - credit->outcome.sessions_attended);
	measure_possible(credit);
	credit->can_be_met &= credit->sessions_possible >= wanted;
}

static void check_required(struct credit *credit)
{
	const struct credit_plan *plan = credit->plan;

	if (credit->settings.course->required.count == 0)
		return;
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (!session->is_required || session->is_attended)
			continue;
		add_reason(credit, CREDIT_MISSING_SESSION, 0)->session = i;
		measure_possible(credit);
		credit->can_be_met &= session->is_attendable;
	}
}

/* Sessions are in order, and so are their days. */
static void check_days(struct credit *credit)
{
	const struct credit_plan *plan = credit->plan;

	if (!credit->settings.course->is_each_day_required)
		return;
	for (size_t first = 0, end; first < plan->session_count; first = end) {
		zone_day day = plan->sessions[first].day;
		bool has_any = false;
		bool is_attended = false;
		bool is_attendable = false;

		measure_possible(credit);
		for (end = first; end < plan->session_count; end++) {
			const struct credit_session *session = &plan->sessions[end];
			if (!session->is_counted || !session->has_day)
				continue;
			if (!has_any)
				day = session->day;
			if (session->day != day)
				break;
			has_any = true;
			is_attended |= session->is_attended;
			is_attendable |= session->is_attendable;
		}
		if (has_any && !is_attended) {
			add_reason(credit, CREDIT_MISSING_DAY, 0)->day = day;
			credit->can_be_met &= is_attendable;
		}
	}
}

/* A requirement without a result can be met until the end of the day when it is due. */
static bool can_still_be_met(const struct credit *credit,
	const struct course_requirement *requirement, enum mark_result result)
{
	return result == MARK_NONE &&
	       (!requirement->has_due ||
		       credit->settings.as_of_s <
			       zone_day_end(credit->settings.zone, requirement->due_day));
}

static void check_requirements(struct credit *credit, const struct credit_person *person)
{
	const struct course *course = credit->settings.course;

	for (size_t i = 0; i < course->requirement_count; i++) {
		enum mark_result result = person->results[i];
		if (result == MARK_PASS)
			continue;
		add_reason(credit,
			result == MARK_FAIL ? CREDIT_REQUIREMENT_FAILED
					    : CREDIT_REQUIREMENT_MISSING,
			0)
			->requirement = i;
		credit->can_be_met &= can_still_be_met(credit, &course->requirements[i], result);
	}
}

static bool are_requirements_met(const struct credit *credit, const struct credit_person *person)
{
	for (size_t i = 0; i < credit->settings.course->requirement_count; i++)
		if (person->results[i] != MARK_PASS)
			return false;
	return true;
}

static void name_lost_stays(struct credit *credit)
{
	const struct credit_plan *plan = credit->plan;

	for (size_t i = 0; i < plan->session_count; i++)
		if (plan->sessions[i].is_lost)
			add_reason(credit, CREDIT_NO_EXIT, 0)->session = i;
}

/* Names every condition that is not met; true if there is none. */
static bool check_rule(struct credit *credit, const struct credit_person *person)
{
	size_t before = credit->outcome.reason_count;

	check_person(credit, person);
	check_minutes(credit);
	check_percent(credit);
	check_sessions(credit);
	check_required(credit);
	check_days(credit);
	bool is_met =
		credit->outcome.reason_count == before && are_requirements_met(credit, person);
	if (!is_met && person->verdict != CREDIT_BY_GRANT)
		name_lost_stays(credit);
	check_requirements(credit, person);
	return is_met;
}

static void decide(struct credit *credit, const struct credit_person *person, bool is_met)
{
	struct credit_outcome *outcome = &credit->outcome;

	if (person->verdict == CREDIT_BY_GRANT || (is_met && person->verdict == CREDIT_BY_RULE)) {
		outcome->decision = CREDIT_ELIGIBLE;
		outcome->credits_hundredths =
			person->verdict == CREDIT_BY_GRANT && person->has_granted_credits
				? person->granted_hundredths
				: credit->earned_hundredths;
		return;
	}
	outcome->decision = person->verdict == CREDIT_BY_RULE && credit->can_be_met
				    ? CREDIT_PENDING
				    : CREDIT_NOT_ELIGIBLE;
	if (outcome->decision == CREDIT_PENDING && credit->plan->sessions_ahead > 0)
		(void)add_reason(credit, CREDIT_SESSIONS_AHEAD, credit->plan->sessions_ahead);
}

const struct credit_outcome *credit_evaluate(struct credit *credit,
	const struct credit_person *person)
{
	struct credit_outcome *outcome = &credit->outcome;

	credit->plan = find_plan(credit, person->roles);
	credit->presences = person->presences;
	credit->can_be_met = true;
	credit->is_possible_known = false;
	outcome->plan = credit->plan;
	outcome->reason_count = 0;
	outcome->credits_hundredths = 0;
	measure(credit);
	if (person->verdict != CREDIT_BY_RULE)
		(void)add_reason(credit,
			person->verdict == CREDIT_BY_GRANT ? CREDIT_GRANTED : CREDIT_DENIED, 0);
	decide(credit, person, check_rule(credit, person));
	return outcome;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_plan.h"

#include "core/course_sessions.h"
#include "util/memory.h"

#include <stdlib.h>

static const int64_t permille = 1000;
static const char plain_roles[] = "attendee";

bool credit_is_attended(const struct course *course, int64_t attended_s, int64_t countable_s)
{
	/* Who was never there attended nothing, even where 0 % are enough. */
	return attended_s > 0 &&
	       attended_s * permille >= countable_s * course->session_percent_permille;
}

static void add_window(int64_t from_s, int64_t to_s, void *data)
{
	spans_add(data, from_s, to_s);
}

/* What of the windows lies after `as_of_s`. */
static void add_ahead(const struct spans *windows, int64_t as_of_s, struct spans *ahead)
{
	for (size_t i = 0; i < windows->count; i++) {
		const struct span *window = &windows->all[i];
		spans_add(ahead, window->from_s > as_of_s ? window->from_s : as_of_s, window->to_s);
	}
}

/* Of an event some of whose sessions are named, only these count. */
static bool is_limited(const struct credit_settings *settings, size_t event)
{
	const struct agenda *agenda = settings->agenda;

	for (size_t i = 0; i < agenda->programme->session_count; i++)
		if (agenda->places[i].event == event &&
			course_sessions_have(&settings->course->counted,
				agenda->programme->sessions[i].id))
			return true;
	return false;
}

static void plan_session(const struct credit_settings *settings, const struct session *session,
	const char *roles, struct credit_session *plan)
{
	const struct course *course = settings->course;
	CLEANUP(spans_free) struct spans ahead = SPANS_INIT;
	bool is_open = access_admits(session->access, roles);

	plan->is_counted = plan->is_counted && session->is_credit && is_open;
	plan->is_required = course_sessions_have(&course->required, session->id);
	plan->is_over = session->end_s <= settings->as_of_s;
	if (!plan->is_counted && !plan->is_required)
		return;
	plan->countable_s = session_countable(session, roles, add_window, &plan->windows);
	if (is_open)
		add_ahead(&plan->windows, settings->as_of_s, &ahead);
	plan->ahead_s = spans_cover_s(&ahead);
}

static void plan_arrival(const struct credit_settings *settings, const struct agenda_event *event,
	struct credit_session *plan)
{
	plan->is_arrival = true;
	plan->is_counted = true;
	plan->is_over = event->has_last_day &&
			zone_day_end(event->zone, event->last_day) <= settings->as_of_s;
}

static void plan_all(const struct credit_settings *settings, const char *const *roles,
	struct credit_plan *plan)
{
	const struct agenda *agenda = settings->agenda;
	bool *limits = xcalloc(agenda->event_count, sizeof *limits);

	for (size_t i = 0; i < agenda->event_count; i++)
		limits[i] = is_limited(settings, i);
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct session *session = &agenda->programme->sessions[i];
		const struct agenda_place *place = &agenda->places[i];
		const char *there = roles[place->event];
		struct credit_session *session_plan = &plan->sessions[i];

		session_plan->start_s = session->start_s;
		session_plan->has_day = place->has_day;
		if (place->has_day)
			session_plan->day = zone_day_of(settings->zone, session->start_s);
		session_plan->is_counted =
			!limits[place->event] ||
			course_sessions_have(&settings->course->counted, session->id);
		if (place->is_arrival)
			plan_arrival(settings, &agenda->events[place->event], session_plan);
		else
			plan_session(settings, session, there != NULL ? there : plain_roles,
				session_plan);
	}
	free(limits);
}

/* Where half-days part. Credit points of medical societies are capped for the morning and the
 * afternoon. */
static int64_t noon_s(const struct zone *zone, zone_day day)
{
	return zone_day_clock(zone, day, 12, 30);
}

static void add_half_day(struct credit_plan *plan, zone_day day, int64_t from_s, int64_t to_s)
{
	plan->half_days =
		xreallocarray(plan->half_days, plan->half_day_count + 1, sizeof *plan->half_days);
	plan->half_days[plan->half_day_count++] = (struct credit_half_day){
		.from_s = from_s,
		.to_s = to_s,
		.day = day,
	};
}

static void add_day(struct credit_plan *plan, zone_day day)
{
	int64_t middle_s = noon_s(plan->zone, day);

	add_half_day(plan, day, zone_day_start(plan->zone, day), middle_s);
	add_half_day(plan, day, middle_s, zone_day_end(plan->zone, day));
}

/* `all` is merged: its days come in order. */
static void add_days(const struct spans *all, struct credit_plan *plan)
{
	for (size_t i = 0; i < all->count; i++) {
		zone_day last = zone_day_of(plan->zone, all->all[i].to_s - 1);
		zone_day day = zone_day_of(plan->zone, all->all[i].from_s);
		if (plan->half_day_count > 0 &&
			day <= plan->half_days[plan->half_day_count - 1].day)
			day = plan->half_days[plan->half_day_count - 1].day + 1;
		for (; day <= last; day++)
			add_day(plan, day);
	}
}

static struct credit_half_day *find_half_day(const struct credit_plan *plan, int64_t at_s)
{
	for (size_t i = 0; i < plan->half_day_count; i++)
		if (plan->half_days[i].from_s <= at_s && at_s < plan->half_days[i].to_s)
			return &plan->half_days[i];
	return NULL;
}

static int compare_half_days(const void *left, const void *right)
{
	const struct credit_half_day *a = left;
	const struct credit_half_day *b = right;

	return (a->from_s > b->from_s) - (a->from_s < b->from_s);
}

struct credit_half_day *credit_plan_half_day(struct credit_plan *plan, int64_t at_s)
{
	struct credit_half_day *half = find_half_day(plan, at_s);

	if (half != NULL)
		return half;
	add_day(plan, zone_day_of(plan->zone, at_s));
	qsort(plan->half_days, plan->half_day_count, sizeof *plan->half_days, compare_half_days);
	return find_half_day(plan, at_s);
}

bool credit_plan_is_of_arrivals(const struct credit_plan *plan)
{
	return plan->arrivals_total > 0 && plan->total_s == 0;
}

static void add_up(const struct credit_settings *settings, struct credit_plan *plan)
{
	CLEANUP(spans_free) struct spans all = SPANS_INIT;
	CLEANUP(spans_free) struct spans ahead = SPANS_INIT;

	for (size_t i = 0; i < plan->session_count; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (session->is_counted) {
			plan->sessions_total++;
			plan->arrivals_total += session->is_arrival;
			spans_add_all(&all, &session->windows);
			add_ahead(&session->windows, settings->as_of_s, &ahead);
		}
		if ((session->is_counted || session->is_required) && !session->is_over)
			plan->sessions_ahead++;
	}
	plan->total_s = spans_cover_s(&all);
	plan->ahead_s = spans_cover_s(&ahead);
	if (settings->course->rate.minutes == 0 && settings->course->rate.sessions == 0)
		return;
	/* A session may begin with a break, in the half-day before. */
	for (size_t i = 0; i < plan->session_count; i++)
		if (plan->sessions[i].is_counted && !plan->sessions[i].is_arrival)
			spans_add(&all, plan->sessions[i].start_s, plan->sessions[i].start_s + 1);
	spans_merge(&all);
	add_days(&all, plan);
}

struct credit_plan *credit_plan_new(const struct credit_settings *settings,
	const char *const *roles, const char *key)
{
	struct credit_plan *plan = xcalloc(1, sizeof *plan);

	plan->key = xstrdup(key);
	plan->zone = settings->zone;
	plan->session_count = settings->agenda->programme->session_count;
	plan->sessions = xcalloc(plan->session_count + 1, sizeof *plan->sessions);
	plan_all(settings, roles, plan);
	add_up(settings, plan);
	return plan;
}

void credit_plan_free(struct credit_plan *plan)
{
	if (plan == NULL)
		return;
	for (size_t i = 0; i < plan->session_count; i++)
		spans_free(&plan->sessions[i].windows);
	free(plan->sessions);
	free(plan->half_days);
	free(plan->key);
	free(plan);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_plan.h"

#include "core/course_sessions.h"
#include "util/memory.h"

#include <stdlib.h>

static const int64_t permille = 1000;

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

static void plan_session(const struct credit_settings *settings, const struct session *session,
	const char *roles, struct credit_session *plan)
{
	const struct course *course = settings->course;
	CLEANUP(spans_free) struct spans ahead = SPANS_INIT;
	bool is_named =
		course->counted.count == 0 || course_sessions_have(&course->counted, session->id);
	bool is_open = access_admits(session->access, roles);

	plan->is_counted = is_named && session->is_credit && is_open;
	plan->is_required = course_sessions_have(&course->required, session->id);
	plan->is_over = session->end_s <= settings->as_of_s;
	plan->start_s = session->start_s;
	if (!plan->is_counted && !plan->is_required)
		return;
	plan->day = zone_day_of(settings->zone, session->start_s);
	plan->countable_s = session_countable(session, roles, add_window, &plan->windows);
	if (is_open)
		add_ahead(&plan->windows, settings->as_of_s, &ahead);
	plan->ahead_s = spans_cover_s(&ahead);
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

/* `all` is merged: its days come in order. */
static void add_half_days(const struct credit_settings *settings, const struct spans *all,
	struct credit_plan *plan)
{
	for (size_t i = 0; i < all->count; i++) {
		zone_day last = zone_day_of(settings->zone, all->all[i].to_s - 1);
		zone_day day = zone_day_of(settings->zone, all->all[i].from_s);
		if (plan->half_day_count > 0 &&
			day <= plan->half_days[plan->half_day_count - 1].day)
			day = plan->half_days[plan->half_day_count - 1].day + 1;
		for (; day <= last; day++) {
			int64_t middle_s = noon_s(settings->zone, day);
			add_half_day(plan, day, zone_day_start(settings->zone, day), middle_s);
			add_half_day(plan, day, middle_s, zone_day_end(settings->zone, day));
		}
	}
}

static void add_up(const struct credit_settings *settings, struct credit_plan *plan)
{
	CLEANUP(spans_free) struct spans all = SPANS_INIT;
	CLEANUP(spans_free) struct spans ahead = SPANS_INIT;

	for (size_t i = 0; i < plan->session_count; i++) {
		const struct credit_session *session = &plan->sessions[i];
		if (session->is_counted) {
			plan->sessions_total++;
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
		if (plan->sessions[i].is_counted)
			spans_add(&all, plan->sessions[i].start_s, plan->sessions[i].start_s + 1);
	spans_merge(&all);
	add_half_days(settings, &all, plan);
}

static void plan_arrival(const struct credit_settings *settings, struct credit_plan *plan)
{
	plan->is_arrival = true;
	plan->is_arrival_over =
		settings->has_last_day &&
		zone_day_end(settings->zone, settings->last_day) <= settings->as_of_s;
	plan->sessions_total = 1;
	plan->sessions_ahead = plan->is_arrival_over ? 0 : 1;
}

struct credit_plan *credit_plan_new(const struct credit_settings *settings, const char *roles)
{
	const struct programme *programme = settings->programme;
	struct credit_plan *plan = xcalloc(1, sizeof *plan);

	plan->roles = xstrdup(roles);
	plan->session_count = programme->session_count;
	plan->sessions = xcalloc(plan->session_count + 1, sizeof *plan->sessions);
	for (size_t i = 0; i < plan->session_count; i++)
		plan_session(settings, &programme->sessions[i], roles, &plan->sessions[i]);
	if (plan->session_count > 0)
		add_up(settings, plan);
	else
		plan_arrival(settings, plan);
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
	free(plan->roles);
	free(plan);
}

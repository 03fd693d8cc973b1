/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a course's rule comes to for people with certain roles: which sessions count, the
 * windows of time that count in them, and what of it is still ahead. Made once for each set
 * of roles. Pure: no database, no clock.
 */
#ifndef REGTOOL_CORE_CREDIT_PLAN_H
#define REGTOOL_CORE_CREDIT_PLAN_H

#include "core/agenda.h"
#include "core/course.h"
#include "core/span.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a decision rests on besides the person. All borrowed. */
struct credit_settings {
	const struct course *course;
	const struct agenda *agenda;
	const struct zone *zone; /* of the course's own event: whose days are meant */
	int64_t as_of_s;         /* scans after it are not looked at */
};

/* A session as the rule sees it. */
struct credit_session {
	bool is_counted;  /* the course's, bears credit, open to the roles */
	bool is_required; /* the rule asks for it by its code */
	bool is_arrival;  /* an event without sessions: being there is all */
	bool is_over;
	bool has_day; /* false: an arrival of which nobody knows when */
	int64_t start_s;
	zone_day day;
	struct spans windows; /* what of it can count, for those that are counted or required */
	int64_t countable_s;
	int64_t ahead_s; /* of that, after as_of_s; 0 if it is closed to the roles */
	/* Of one person; credit_evaluate's. */
	int64_t attended_s;
	int64_t possible_s; /* with what may still come */
	bool is_attended;
	bool is_attendable;
	bool is_lost;      /* a stay without an exit cost time */
	int64_t arrived_s; /* of an arrival that is attended: when */
};

/* Half a local day, until 12:30 or from then on. */
struct credit_half_day {
	int64_t from_s;
	int64_t to_s;
	zone_day day;
	int64_t parts; /* of one person; core/credit_amount's */
};

struct credit_plan {
	char *key;                       /* the roles for which it was made */
	const struct zone *zone;         /* whose days and half-days are meant */
	struct credit_session *sessions; /* as in the agenda */
	size_t session_count;
	int64_t sessions_total;
	int64_t sessions_ahead; /* counted or required ones, not yet over */
	int64_t total_s;        /* what the windows of the counted ones cover together */
	int64_t ahead_s;
	int64_t arrivals_total;            /* counted sessions that are arrivals */
	struct credit_half_day *half_days; /* of days that have counted sessions, in order */
	size_t half_day_count;
};

/* `roles` has a set for each of the agenda's events; NULL: not registered there, and as a
 * plain attendee would see it. `key` is kept, for the caller to find the plan by. */
struct credit_plan *credit_plan_new(const struct credit_settings *settings,
	const char *const *roles, const char *key);
void credit_plan_free(struct credit_plan *plan);

/* Whether nothing that counts has time of its own, so that a share of it is one of arrivals. */
bool credit_plan_is_of_arrivals(const struct credit_plan *plan);
/* The half-day of a time; both halves of a day that was not there before are put in. Lent until
 * the next call. */
struct credit_half_day *credit_plan_half_day(struct credit_plan *plan, int64_t at_s);

/* Whether `attended_s` of a session are enough for it to count as attended. */
bool credit_is_attended(const struct course *course, int64_t attended_s, int64_t countable_s);

#endif

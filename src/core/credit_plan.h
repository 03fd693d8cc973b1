/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a course's rule comes to for people with certain roles: which sessions count, the
 * windows of time that count in them, and what of it is still ahead. Made once for each set
 * of roles. Pure: no database, no clock.
 */
#ifndef REGTOOL_CORE_CREDIT_PLAN_H
#define REGTOOL_CORE_CREDIT_PLAN_H

#include "core/course.h"
#include "core/programme.h"
#include "core/span.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a decision rests on besides the person. All borrowed. */
struct credit_settings {
	const struct course *course;
	const struct programme *programme;
	const struct zone *zone; /* of the event: whose days are meant */
	int64_t as_of_s;         /* scans after it are not looked at */
	int64_t doors_s;         /* how late after a session's end a check-out may be */
	bool has_last_day;       /* of the event: when the arrival at an event without sessions */
	zone_day last_day;       /* is over */
};

/* A session as the rule sees it. */
struct credit_session {
	bool is_counted;  /* the course's, bears credit, open to the roles */
	bool is_required; /* the rule asks for it by its code */
	bool is_over;
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
	bool is_lost; /* a stay without an exit cost time */
};

/* Half a local day, until 12:30 or from then on. */
struct credit_half_day {
	int64_t from_s;
	int64_t to_s;
	zone_day day;
	int64_t parts; /* of one person; core/credit_amount's */
};

struct credit_plan {
	char *roles;
	struct credit_session *sessions; /* as in the programme */
	size_t session_count;
	int64_t sessions_total;
	int64_t sessions_ahead; /* counted or required ones, not yet over */
	int64_t total_s;        /* what the windows of the counted ones cover together */
	int64_t ahead_s;
	struct credit_half_day *half_days; /* of days that have counted sessions, in order */
	size_t half_day_count;
	/* The event has no sessions: being there is the one session. */
	bool is_arrival;
	bool is_arrival_over;
	bool is_arrived; /* of one person; credit_evaluate's */
};

struct credit_plan *credit_plan_new(const struct credit_settings *settings, const char *roles);
void credit_plan_free(struct credit_plan *plan);

/* Whether `attended_s` of a session are enough for it to count as attended. */
bool credit_is_attended(const struct course *course, int64_t attended_s, int64_t countable_s);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Courses: for whom attendance earns how much credit. A course belongs to an event, whose
 * attendance it counts, or that of the events which its rule names; people are enrolled in
 * it. Its rule is data: what it says, not what follows for somebody (core/credit).
 */
#ifndef REGTOOL_CORE_COURSE_H
#define REGTOOL_CORE_COURSE_H

#include "core/log.h"
#include "store/course_store.h"
#include "store/db.h"
#include "store/requirement_store.h"
#include "util/error.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* What holds as long as a rule names no condition on attendance. */
	COURSE_MIN_PERCENT_DEFAULT_PERMILLE = 800,
	COURSE_MIN_MINUTES_MAX = 1000000,
	COURSE_MIN_SESSIONS_MAX = 100000,
	COURSE_CREDITS_MAX_HUNDREDTHS = 100000,
	COURSE_REQUIREMENTS_MAX = 32,
};

/* Events named by a rule, by number. */
struct course_events {
	int64_t *ids;
	char **codes;
	size_t count;
};

/* Sessions named by a rule, by start, then event, then code; EVENT:CODE where the course names
 * events. */
struct course_sessions {
	int64_t *ids;
	char **codes;
	size_t count;
};

/* A deliverable that the rule asks for. */
struct course_requirement {
	char *name;
	bool has_due;
	zone_day due_day; /* in time until its end, in the event's zone */
};

struct course {
	int64_t id;
	int64_t event_id;
	char *code;
	char *title;
	struct credit_rate rate;
	bool is_enrolment_required;
	char *roles; /* set, one of which is needed; "": any */
	bool is_attendance_named;
	int64_t min_percent_permille; /* as named; 0: not. See course_min_percent_permille */
	int64_t min_minutes;
	int64_t min_sessions;
	int64_t session_percent_permille;
	bool is_each_day_required;
	bool is_exit_required;
	int64_t rule_version;
	struct course_events events;     /* that are counted; none: the course's own */
	struct course_sessions counted;  /* of an event of which none is named all count */
	struct course_sessions required; /* none: no such condition */
	struct course_requirement *requirements;
	size_t requirement_count;
};

/* The event's course with the code; or, if it has none, that of another event which counts this
 * one. STATUS_NOT_FOUND with the courses there are in the hint; STATUS_AMBIGUOUS: several other
 * events have one. The caller frees it. */
enum status course_find(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error);
/* The same without those of other events. */
enum status course_find_own(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error);
void course_free(struct course *course);
void course_freep(struct course **course);

/* Lends the event's courses, by code. */
typedef enum status course_function(const struct course *course, void *data, struct error *error);
enum status course_list(struct db *db, int64_t event_id, course_function *function, void *data,
	struct error *error);

/* Lends the courses of other events that course_find finds for this one, by code. */
enum status course_list_counting(struct db *db, int64_t event_id, course_function *function,
	void *data, struct error *error);

/* The place of the requirement with the name (without regard to case) in the rule.
 * STATUS_NOT_FOUND with those there are in the hint. */
enum status course_find_requirement(const struct course *course, const char *name,
	size_t *ret_requirement, struct error *error);

/* Whether the attendance of the event counts. */
bool course_counts_event(const struct course *course, int64_t event_id);
/* Whether any other event than the course's own counts, so that sessions are named with
 * theirs. */
bool course_names_events(const struct course *course);

/* The share of the countable time that is asked for, in permille; 0: none. */
int64_t course_min_percent_permille(const struct course *course);

/* Parts of the rate that a change sets. */
enum rate_part {
	RATE_FIXED = 1 << 0, /* also drops what goes by minutes or sessions */
	RATE_MINUTES = 1 << 1,
	RATE_SESSIONS = 1 << 2,
	RATE_ROUNDING = 1 << 3,
	RATE_STEP = 1 << 4,
	RATE_MAX_HALF_DAY = 1 << 5,
	RATE_MAX_DAY = 1 << 6,
	RATE_MAX = 1 << 7,
};

/* What a course is made of, or what of it changes; what is NULL or not set stays. */
struct course_change {
	const char *title;
	unsigned rate_parts; /* of enum rate_part: what of `rate` is set */
	struct credit_rate rate;
	bool sets_enrolment;
	bool is_enrolment_required;
	const char *roles; /* canonical set; "": anybody */
	bool sets_min_percent;
	int64_t min_percent_permille; /* this and the next two: 0 drops the condition */
	bool sets_min_minutes;
	int64_t min_minutes;
	bool sets_min_sessions;
	int64_t min_sessions;
	bool sets_session_percent;
	int64_t session_percent_permille;
	bool sets_each_day;
	bool is_each_day_required;
	bool sets_exit;
	bool is_exit_required;
	const char *events;   /* set of event codes; "": the course's own */
	const char *counted;  /* set of CODE or EVENT:CODE of sessions; "": all */
	const char *required; /* the same; "": none */
	bool sets_requirements;
	const struct course_requirement *requirements; /* all that there are to be */
	size_t requirement_count;
};

/* Adds a course in a write transaction of its own. STATUS_EXISTS: the code is taken.
 * STATUS_USAGE: the code. STATUS_NOT_FOUND: an event or session. STATUS_AMBIGUOUS: a session's
 * code that several of the events have. */
enum status course_add(struct db *db, const struct actor *actor, int64_t event_id, const char *code,
	const struct course_change *change, struct error *error);
/* Changes a course in a write transaction of its own; *ret_is_changed tells whether anything
 * is other than before. If so its rule has the next version. */
enum status course_set(struct db *db, const struct actor *actor, int64_t event_id, const char *code,
	const struct course_change *change, bool *ret_is_changed, struct error *error);
struct agenda; /* core/agenda.h */
/* What the course would be with the change, by the same rules as course_set, which stores
 * nothing; its rule has no version (0). `agenda` is the course's, and stays: the change names
 * no events. STATUS_NOT_FOUND, STATUS_AMBIGUOUS: a session. The caller frees it. */
enum status course_apply(const struct course *course, const struct agenda *agenda,
	const struct course_change *change, struct course **ret_course, struct error *error);
/* The course with the code, as course_find finds it, or a new one with the default rule, one credit
 * and no title; inside a write transaction. */
enum status course_find_or_add(struct db *db, const struct actor *actor, int64_t event_id,
	const char *code, int64_t *ret_course_id, bool *ret_is_new, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of courses, of the sessions that their rules name, and of who is enrolled.
 */
#ifndef REGTOOL_STORE_COURSE_STORE_H
#define REGTOOL_STORE_COURSE_STORE_H

#include "store/db.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

/* How many credits there are for who meets the conditions. */
struct credit_rate {
	int64_t fixed_hundredths; /* where it goes neither by minutes nor by sessions */
	int64_t minutes;          /* so many minutes are one credit; 0: not by minutes */
	int64_t sessions;         /* so many sessions are one credit; 0: not by sessions */
	/* Of a number by minutes or sessions: */
	bool is_rounded_nearest; /* to the nearest step, a half up; else down */
	int64_t step_hundredths;
	int64_t max_half_day_hundredths; /* at most in half a day, in a day, in all; 0: any */
	int64_t max_day_hundredths;
	int64_t max_hundredths;
};

/* A course with the part of its rule that is one value each. The texts are lent, or owned by
 * whoever made the copy. */
struct course_row {
	int64_t course_id;
	int64_t event_id;
	const char *code;
	const char *title;
	struct credit_rate rate;
	bool is_enrolment_required;
	const char *roles;                /* set, one of which is needed; "": any */
	bool is_attendance_named;         /* false: 80 % holds, see core/course.h */
	int64_t min_percent_permille;     /* 0: no such condition */
	int64_t min_minutes;              /* 0: no such condition */
	int64_t min_sessions;             /* 0: no such condition */
	int64_t session_percent_permille; /* from which a session counts as attended */
	bool is_each_day_required;
	bool is_exit_required;
	int64_t rule_version; /* not looked at when writing */
};

/* What a course starts with where nothing is said: one credit for who is enrolled and there
 * for 80 % of the time. */
#define COURSE_ROW_DEFAULT                                                                         \
	{                                                                                          \
		.code = "", .title = "",                                                           \
		.rate = { .fixed_hundredths = 100, .step_hundredths = 100 },                       \
		.is_enrolment_required = true, .roles = "", .session_percent_permille = 750,       \
		.rule_version = 1                                                                  \
	}

typedef enum status course_row_function(const struct course_row *row, void *data,
	struct error *error);

/* Lends the one course of the event with that code to `function`; STATUS_NOT_FOUND. */
enum status course_store_by_code(struct db *db, int64_t event_id, const char *code,
	course_row_function *function, void *data, struct error *error);
/* All courses of the event, by code. They are few: read in one go. */
enum status course_store_list(struct db *db, int64_t event_id, course_row_function *function,
	void *data, struct error *error);
/* Those of other events that count this one, under codes that this one has not, by code, then
 * event. */
enum status course_store_list_counting(struct db *db, int64_t event_id,
	course_row_function *function, void *data, struct error *error);
/* The code is not taken: the caller has asked before. */
enum status course_store_insert(struct db *db, const struct course_row *row, int64_t *ret_course_id,
	struct error *error);
/* Everything but event and code; the rule's version becomes one more. */
enum status course_store_update(struct db *db, const struct course_row *row, struct error *error);

/* The sessions that a rule names: those that count, and those that must be attended. */
enum course_purpose {
	COURSE_COUNTS,
	COURSE_REQUIRES,
};
typedef void course_session_function(int64_t session_id, const char *event_code, const char *code,
	void *data);

/* By start, then event, then code. */
enum status course_store_sessions(struct db *db, int64_t course_id, enum course_purpose purpose,
	course_session_function *function, void *data, struct error *error);
enum status course_store_add_session(struct db *db, int64_t course_id, enum course_purpose purpose,
	int64_t session_id, struct error *error);
enum status course_store_clear_sessions(struct db *db, int64_t course_id,
	enum course_purpose purpose, struct error *error);

/* The events that a rule names, by number. */
typedef void course_event_function(int64_t event_id, const char *code, void *data);
enum status course_store_events(struct db *db, int64_t course_id, course_event_function *function,
	void *data, struct error *error);
enum status course_store_add_event(struct db *db, int64_t course_id, int64_t event_id,
	struct error *error);
enum status course_store_clear_events(struct db *db, int64_t course_id, struct error *error);

/* Enrols a person; *ret_is_new tells whether that changed anything. */
enum status enrolment_store_add(struct db *db, int64_t course_id, int64_t person_id, int64_t now_s,
	bool *ret_is_new, struct error *error);
/* *ret_was_there tells whether the person had been enrolled. */
enum status enrolment_store_remove(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_was_there, struct error *error);
enum status enrolment_store_has(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_is_enrolled, struct error *error);
enum status enrolment_store_count(struct db *db, int64_t course_id, int64_t *ret_count,
	struct error *error);
/* Sets `ret` to the codes of the event's courses, and of those of others that count it, in which
 * the person is enrolled, as a set. */
enum status enrolment_store_codes(struct db *db, int64_t event_id, int64_t person_id,
	struct str *ret, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who gets a course's credit: the rule applied to all whom a report lists, by the
 * registrants' numbers, for one course or for all.
 */
#ifndef REGTOOL_CORE_CREDIT_REPORT_H
#define REGTOOL_CORE_CREDIT_REPORT_H

#include "core/course.h"
#include "core/course_roll.h"
#include "core/credit.h"
#include "core/event.h"
#include "store/reading.h"
#include "util/zone.h"

enum {
	CREDIT_LOG_HEAD_SIZE = 96, /* a number, ':', 64 digits */
};

struct credit_report_options {
	const struct event *event; /* the course's own, or one that it counts */
	const char *course;        /* code */
	int64_t as_of_s;
	int64_t registrant_id; /* only this person, whoever it is; 0: all whom the course lists */
	bool lists_all;        /* each registrant, be enrolment required or not */
	/* Another rule, under which each row is judged too; NULL: none. Listed is whom either
	 * rule lists. */
	const struct course_change *what_if;
};

/* What a report is about, known before its rows. */
struct credit_report_head {
	const struct course *course;
	const struct course *what_if; /* the course with the other rule; NULL: none was asked for */
	int64_t enrolled;             /* how many are */
	int64_t as_of_s;
	char log_head[CREDIT_LOG_HEAD_SIZE]; /* "N:HASH" of the log's end at the start */
	int64_t total_s;                     /* what counts for a plain attendee */
};

struct credit_row {
	const struct course *course;
	const struct programme *programme; /* the agenda's */
	const struct course_person *person;
	const struct credit_person *asked;
	const struct credit_outcome *outcome;
	const struct credit_settings *settings;
	const char *verdict_reason;       /* why it was granted or denied; "" */
	const struct credit_row *what_if; /* the same person under the other rule; NULL: none */
};

typedef enum status credit_row_function(const struct credit_row *row, void *data,
	struct error *error);

struct credit_report_functions {
	/* Before the first row; again where the reading starts again, and all rows before are to
	 * be forgotten. */
	void (*begin)(const struct credit_report_head *head, void *data);
	credit_row_function *row;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* Reads in slices: doors need not wait. All is lent for the time of one call.
 * STATUS_NOT_FOUND: the course, or a session that the other rule names. */
enum status credit_report(struct db *db, const struct credit_report_options *options,
	const struct credit_report_functions *functions, struct error *error);

/* The same for all courses of the event, by code; of one person (`registrant_id`) those in
 * which the person is enrolled or that are open to any, and after them the same of courses of
 * other events that count this one. `options->course` and `what_if` are not used, and
 * `functions->begin` is given no head (NULL). */
enum status credit_report_courses(struct db *db, const struct credit_report_options *options,
	const struct credit_report_functions *functions, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who was how long in which session: a row for each person and session in which the person
 * has any row, by the registrants' numbers, then the sessions' order.
 */
#ifndef REGTOOL_CORE_PRESENCE_REPORT_H
#define REGTOOL_CORE_PRESENCE_REPORT_H

#include "core/event.h"
#include "core/programme.h"
#include "core/roll.h"
#include "store/reading.h"

struct presence_report_options {
	const struct event *event;
	int64_t session_id;    /* only this one; 0: all */
	int64_t registrant_id; /* only this one; 0: all */
	int64_t now_s;         /* stays under way last to it */
};

struct presence_report_row {
	const struct roll_person *person;
	const struct session *session;
	bool has_first_in; /* not clipped to the session */
	int64_t first_in_s;
	bool has_last_out; /* false while a stay is open */
	int64_t last_out_s;
	int64_t attended_s;
	int64_t countable_s; /* of the session, for the person's roles */
	int64_t percent_permille;
	const char *sources; /* set of "door", "manual", "online" */
};

typedef enum status presence_report_function(const struct presence_report_row *row, void *data,
	struct error *error);

struct presence_report_functions {
	/* Before the first row; again where the reading starts again, and all rows before are to
	 * be forgotten. */
	void (*begin)(void *data);
	presence_report_function *row;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* Reads in slices: doors need not wait. All is lent for the time of one call. */
enum status presence_report(struct db *db, const struct presence_report_options *options,
	const struct presence_report_functions *functions, struct error *error);

#endif

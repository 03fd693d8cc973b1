/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The roll of a course: every person at the events that it counts, with presence at each of
 * them worked out by itself. Linear in the number of scans, constant in memory.
 */
#ifndef REGTOOL_CORE_COURSE_ROLL_H
#define REGTOOL_CORE_COURSE_ROLL_H

#include "core/course_agenda.h"
#include "core/roll.h"

struct course_roll {
	const struct course *course;
	const struct course_agenda *agenda;
	int64_t as_of_s;
	int64_t registrant_id; /* only this person; 0: all */
};

/* A person: by the registrant at the course's own event, else at the first that counts. */
struct course_person {
	const struct roll_row *row;
	const char *name; /* or what stands in for it */
	/* For each event of the agenda. */
	const char *const *roles; /* NULL: not registered there */
	const struct presence *const *presences;
	bool is_cancelled; /* at each of the events where the person is registered */
};

typedef enum status course_roll_function(const struct course_person *person, void *data,
	struct error *error);

/* Calls the roll in a reading, by the registrants' numbers; all is lent for the time of one
 * call. Another status than STATUS_OK ends it. */
enum status course_roll_call(struct reading *reading, const struct course_roll *roll,
	course_roll_function *function, void *data, struct error *error);

#endif

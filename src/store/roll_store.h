/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The roll: an event's registrants by number, and beside it all their scans in the same
 * order, read in one pass in slices of a long reading (store/reading.h). Constant memory,
 * whatever the number of people or scans.
 */
#ifndef REGTOOL_STORE_ROLL_STORE_H
#define REGTOOL_STORE_ROLL_STORE_H

#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

/* Whose roll. */
struct roll_filter {
	int64_t event_id;
	int64_t course_id;     /* in which is_enrolled is asked; 0: none */
	int64_t registrant_id; /* only this one (or this person); 0: all */
};

struct roll_row {
	int64_t registrant_id;
	int64_t person_id;
	const char *name;        /* "" if never given */
	const char *email;       /* NULL: none */
	const char *external_id; /* NULL: none */
	const char *affiliation;
	const char *roles;  /* set */
	const char *status; /* "confirmed" and so on */
	bool is_erased;
	bool is_enrolled;
};

/* A scan that is not a void and was not taken back. */
struct roll_scan {
	int64_t registrant_id;
	int64_t scan_id;
	int64_t at_s;
	int64_t session_id; /* 0: none */
	bool is_out;
	bool is_admitted;
	const char *reason; /* of one that was refused, as stored; else NULL */
	char source;        /* its first letter: 'd'oor, 'o'nline, 'm'anual */
	bool has_until;
	int64_t until_s;
};

/* Lends a scan of the registrant whose row comes next, in the order of their times; then
 * the row. */
typedef void roll_scan_function(const struct roll_scan *scan, void *data);
typedef enum status roll_row_function(const struct roll_row *row, void *data, struct error *error);

struct roll_functions {
	roll_scan_function *scan;
	roll_row_function *row;
	void *data;
};

/* A registration of the person whose row comes next. */
struct roll_place {
	int64_t registrant_id;
	int64_t event_id;
	const char *roles;
	const char *status;
};
typedef void roll_place_function(const struct roll_place *place, void *data);

struct roll_course_functions {
	roll_place_function *place; /* by event; behind each come its scans */
	roll_scan_function *scan;
	roll_row_function *row;
	void *data;
};

/* Reads the roll of a course that counts several events, once: a row for each person who is
 * registered at one of them or at the course's own event (filter->event_id), by the number that
 * the person has there, else at the first of them. Before it the person's registrations at all
 * events, and their scans. */
enum status roll_store_read_course(struct reading *reading, const struct roll_filter *filter,
	const struct roll_course_functions *functions, struct error *error);

/* Reads the roll, once; scans later than reading->last_scan are left out. */
enum status roll_store_read(struct reading *reading, const struct roll_filter *filter,
	const struct roll_functions *functions, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of registrants: who is on them.
 */
#ifndef REGTOOL_CORE_ROSTER_H
#define REGTOOL_CORE_ROSTER_H

#include "core/registrant.h"
#include "store/answer_store.h"
#include "store/roster_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

/* What is asked for; all conditions must hold. */
struct roster_filter {
	int64_t event_id;
	int64_t registrant_id; /* 0: all */
	const char *status;    /* NULL: any */
	const char *role;      /* NULL: any */
	const char *course;    /* code; NULL: any */
	const char *search;    /* words of name, address, affiliation, ids; NULL: any */
	bool is_by_place;      /* the queue for seats first, in its order and with the places */
};

struct roster_functions {
	/* Before the first row; again where the reading starts again, and all rows before are to
	 * be forgotten. May be NULL. */
	enum status (*begin)(void *data, struct error *error);
	roster_row_function *row;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* Reads in slices: doors need not wait. Rows by number, lent for the time of one call, in
 * which the database may be read. STATUS_NOT_FOUND: the course. */
enum status roster_read(struct db *db, const struct roster_filter *filter,
	const struct roster_functions *functions, struct error *error);

#endif

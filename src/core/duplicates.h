/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pairs of registrants of an event who may be one person, for the office to look at.
 *
 * Two are proposed for the same external id; for e-mail addresses that differ only by case,
 * dots or plus tags; for the same name (or given and family name in the other order) with the
 * same affiliation, or where one of the two says none. Two who have one and the same address
 * are not proposed for it if their names differ: an import was told to tell them apart.
 *
 * Of several who are alike each is paired with the first, not with all others.
 */
#ifndef REGTOOL_CORE_DUPLICATES_H
#define REGTOOL_CORE_DUPLICATES_H

#include "store/reading.h"
#include "util/error.h"

#include <stdint.h>

/* Lent for the time of the call. */
struct duplicate_row {
	int64_t registrant_id;
	const char *name;  /* or what stands in for it */
	const char *email; /* NULL: none */
	int64_t other_id;  /* the higher number */
	const char *other_name;
	const char *other_email;
	/* A set of "same-email", "same-id", "same-name", "swapped-name". */
	const char *reasons;
};
typedef enum status duplicate_row_function(const struct duplicate_row *row, void *data,
	struct error *error);

struct duplicates_functions {
	/* Before the first row; again where the reading starts again, and all rows before are to
	 * be forgotten. */
	void (*begin)(void *data);
	duplicate_row_function *row;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* By numbers. Reads in slices, in constant memory; n log n. */
enum status duplicates_find(struct db *db, int64_t event_id,
	const struct duplicates_functions *functions, struct error *error);

#endif

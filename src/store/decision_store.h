/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of decisions by hand: a course's credit granted to a person, or denied.
 */
#ifndef REGTOOL_STORE_DECISION_STORE_H
#define REGTOOL_STORE_DECISION_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

struct decision_row {
	int64_t course_id;
	int64_t person_id;
	bool is_granted; /* false: denied */
	bool has_credits;
	int64_t credits_hundredths; /* with has_credits; else as the rule says */
};
typedef void decision_row_function(const struct decision_row *row, const char *reason, void *data);

/* Lends the decision about a person, if there is one, with its reason ("" if that was
 * erased). */
enum status decision_store_of(struct db *db, int64_t course_id, int64_t person_id,
	decision_row_function *function, void *data, struct error *error);
/* In the place of an earlier one; `log_id` is the entry that has the reason. */
enum status decision_store_put(struct db *db, const struct decision_row *row, int64_t now_s,
	int64_t log_id, struct error *error);
/* *ret_was_there tells whether there was one. */
enum status decision_store_delete(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_was_there, struct error *error);
/* Whether there is any for the course. */
enum status decision_store_any(struct db *db, int64_t course_id, bool *ret_is_any,
	struct error *error);

#endif

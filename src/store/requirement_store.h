/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of what courses ask for besides attendance, and of what came of it for people.
 */
#ifndef REGTOOL_STORE_REQUIREMENT_STORE_H
#define REGTOOL_STORE_REQUIREMENT_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

struct requirement_row {
	const char *name;
	bool has_due;
	int64_t due_day; /* days since 1970-01-01 */
};
typedef void requirement_row_function(const struct requirement_row *row, void *data);

/* Lends the requirements of a course, in the order of its rule. */
enum status requirement_store_list(struct db *db, int64_t course_id,
	requirement_row_function *function, void *data, struct error *error);
/* `position` from 1; the name is not taken. */
enum status requirement_store_add(struct db *db, int64_t course_id, int64_t position,
	const struct requirement_row *row, struct error *error);
enum status requirement_store_clear(struct db *db, int64_t course_id, struct error *error);

/* A person's result in a requirement, by its name. */
struct mark_row {
	int64_t course_id;
	int64_t person_id;
	const char *requirement;
	const char *result; /* "pass", "fail", "excused" or "absent" */
};
typedef void mark_row_function(const char *requirement, const char *result, void *data);

enum status mark_store_list(struct db *db, int64_t course_id, int64_t person_id,
	mark_row_function *function, void *data, struct error *error);
/* *ret_is_changed tells whether it is another than before. */
enum status mark_store_put(struct db *db, const struct mark_row *row, int64_t now_s,
	bool *ret_is_changed, struct error *error);
/* Takes it away; `result` is not looked at. */
enum status mark_store_delete(struct db *db, const struct mark_row *row, bool *ret_is_changed,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a course is shown, by itself, in lists and exports, and at the head of a report.
 */
#ifndef REGTOOL_CMD_COURSE_ROWS_H
#define REGTOOL_CMD_COURSE_ROWS_H

#include "cli/output.h"
#include "core/course.h"
#include "util/str.h"

enum {
	COURSE_COLUMN_COUNT = 25,
};
extern const struct column course_columns[COURSE_COLUMN_COUNT];

/* Writes the cells of course_columns; `enrolled` is how many are. */
void course_put(struct output *output, const struct course *course, int64_t enrolled);
/* Lists all courses of an event, then those of other events that count it, as the document's
 * list: `course list`, `export courses`. */
enum status course_put_list(struct output *output, struct db *db, int64_t event_id,
	struct error *error);

/* Adds the rule in words: "enrolled; 80 % of the time". */
void course_rule_write(const struct course *course, struct str *str);
/* Adds a number of credits: "1.5", "4". */
void course_credits_write(int64_t hundredths, struct str *str);

#endif

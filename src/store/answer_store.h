/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of questions (columns of files that no field claims) and of the answers in them.
 */
#ifndef REGTOOL_STORE_ANSWER_STORE_H
#define REGTOOL_STORE_ANSWER_STORE_H

#include "store/db.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

struct answer_row {
	int64_t question_id;
	const char *header;
	const char *value; /* NULL in a list of questions */
};

typedef enum status answer_row_function(const struct answer_row *row, void *data,
	struct error *error);

enum status question_store_insert(struct db *db, int64_t event_id, const char *header,
	int64_t *ret_question_id, struct error *error);
/* All questions of an event in the order in which they came. They are few. */
enum status question_store_list(struct db *db, int64_t event_id, answer_row_function *function,
	void *data, struct error *error);

/* Sets `ret` to the answer, or to "" where there is none. */
enum status answer_store_value(struct db *db, int64_t registrant_id, int64_t question_id,
	struct str *ret, struct error *error);
/* A registrant's answers in the order of the questions. */
enum status answer_store_list(struct db *db, int64_t registrant_id, answer_row_function *function,
	void *data, struct error *error);
/* Stores an answer, or, if it is empty, takes it away. */
enum status answer_store_put(struct db *db, int64_t registrant_id, int64_t question_id,
	const char *value, struct error *error);

#endif

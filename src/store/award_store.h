/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of awards: a course's decisions as they were frozen.
 */
#ifndef REGTOOL_STORE_AWARD_STORE_H
#define REGTOOL_STORE_AWARD_STORE_H

#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

struct award_row {
	int64_t award_id;
	int64_t course_id;
	int64_t number; /* of the course, from 1 */
	int64_t awarded_s;
	int64_t as_of_s;
	const char *actor;
	int64_t rule_version;
	const char *rule;     /* in words */
	const char *log_head; /* N:HASH */
	int64_t revises;      /* award_id; 0: none */
	/* Of award_store_list only: how many of each decision, and the numbers of the awards that
	 * it revises and that revises it (0: none). */
	int64_t eligible;
	int64_t not_eligible;
	int64_t pending;
	int64_t revises_number;
	int64_t revised_by_number;
};
typedef enum status award_row_function(const struct award_row *row, void *data,
	struct error *error);

/* Lends the latest of the course, or the one with the number; nothing if there is none. */
enum status award_store_latest(struct db *db, int64_t course_id, award_row_function *function,
	void *data, struct error *error);
enum status award_store_by_number(struct db *db, int64_t course_id, int64_t number,
	award_row_function *function, void *data, struct error *error);
/* All of the course, by number. */
enum status award_store_list(struct db *db, int64_t course_id, award_row_function *function,
	void *data, struct error *error);
enum status award_store_insert(struct db *db, const struct award_row *row, int64_t *ret_award_id,
	struct error *error);

/* What was decided about a registrant. */
struct award_decision {
	int64_t registrant_id;
	int64_t certificate; /* 0: none */
	const char *decision;
	int64_t credits_hundredths;
	int64_t attended_s;
	int64_t total_s;
	int64_t sessions_attended;
	int64_t sessions_total;
	const char *reasons;
	/* Not of award_store_decision: */
	const char *name; /* "" if never given */
	const char *email;
	const char *external_id;
	bool is_erased;
};
typedef enum status award_decision_function(const struct award_decision *decision, void *data,
	struct error *error);

enum status award_store_add(struct db *db, int64_t award_id, const struct award_decision *decision,
	struct error *error);
/* Lends that about the person of a registrant; nothing if there is none. */
enum status award_store_decision(struct db *db, int64_t award_id, int64_t registrant_id,
	award_decision_function *function, void *data, struct error *error);
/* Lends those about registrants between two numbers, both excluded, whom the course does not list
 * under another number now, in the caller's reading. */
struct award_range {
	int64_t award_id;
	int64_t after;
	int64_t before;
};
enum status award_store_between(struct db *db, const struct award_range *range,
	award_decision_function *function, void *data, struct error *error);
/* Lends all of an award, by registrant, in slices of the reading. */
enum status award_store_decisions(struct reading *reading, int64_t award_id,
	award_decision_function *function, void *data, struct error *error);

/* The highest number of a certificate of the course; 0: none yet. */
enum status award_store_last_certificate(struct db *db, int64_t course_id, int64_t *ret_number,
	struct error *error);
/* That of a registrant's person; 0: none yet. */
enum status award_store_certificate_of(struct db *db, int64_t course_id, int64_t registrant_id,
	int64_t *ret_number, struct error *error);

#endif

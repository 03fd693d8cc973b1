/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decisions by hand: a course's credit granted to somebody, or denied, whatever the rule
 * says. One for each person and course; a later one takes the place of an earlier one, and
 * the log keeps both.
 */
#ifndef REGTOOL_CORE_DECISION_H
#define REGTOOL_CORE_DECISION_H

#include "core/credit.h"
#include "core/log.h"
#include "store/db.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

struct decision {
	enum credit_verdict verdict; /* CREDIT_BY_RULE: there is no decision by hand */
	bool has_credits;
	int64_t credits_hundredths; /* with has_credits; else as the rule says */
};

struct decision_request {
	int64_t event_id;
	const char *course;       /* code */
	const char *who;          /* as registrant_find takes them */
	struct decision decision; /* CREDIT_BY_RULE takes an earlier one back */
	const char *reason;
};

/* Decides, in a write transaction of its own. STATUS_NOT_FOUND, STATUS_AMBIGUOUS: the course
 * or the person. STATUS_EXISTS: there is no decision to take back. */
enum status decision_make(struct db *db, const struct actor *actor,
	const struct decision_request *request, int64_t *ret_registrant_id, struct error *error);

/* The decision about a person, and why ("" where the words were erased; `ret_reason` may be
 * NULL). */
enum status decision_load(struct db *db, int64_t course_id, int64_t person_id,
	struct decision *ret_decision, struct str *ret_reason, struct error *error);

#endif

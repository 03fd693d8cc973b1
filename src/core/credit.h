/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The credit rule: whether a person has earned a course's credit, and if not, why not. Pure:
 * no database, no clock. Exact: integers only, so that 79.99 % is not 80 %.
 *
 * All conditions of the rule must hold; every one that does not is named, whatever the
 * others say. A decision by hand beats the rule. Pending is who can still come to a yes, each
 * condition judged alone as if all the time that counts after `as_of_s` were attended.
 */
#ifndef REGTOOL_CORE_CREDIT_H
#define REGTOOL_CORE_CREDIT_H

#include "core/credit_plan.h"
#include "core/mark.h"
#include "core/presence.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum credit_decision {
	CREDIT_NOT_ELIGIBLE,
	CREDIT_PENDING,
	CREDIT_ELIGIBLE,
};

/* In the order in which they are named. */
enum credit_reason_kind {
	CREDIT_GRANTED,
	CREDIT_DENIED,
	CREDIT_NOT_ENROLLED,
	CREDIT_ROLE,
	CREDIT_CANCELLED,
	CREDIT_MINUTES_SHORT,  /* number: minutes missing, a begun one counts as one */
	CREDIT_PERCENT_SHORT,  /* number: the same */
	CREDIT_SESSIONS_SHORT, /* number: sessions missing */
	CREDIT_MISSING_SESSION,
	CREDIT_MISSING_DAY,
	CREDIT_NO_EXIT,
	CREDIT_REQUIREMENT_MISSING, /* no result, excused, or absent */
	CREDIT_REQUIREMENT_FAILED,
	CREDIT_SESSIONS_AHEAD, /* number: sessions not yet over */
};

struct credit_reason {
	enum credit_reason_kind kind;
	int64_t number;
	size_t session;     /* CREDIT_MISSING_SESSION, CREDIT_NO_EXIT: place in the agenda */
	zone_day day;       /* CREDIT_MISSING_DAY */
	size_t requirement; /* CREDIT_REQUIREMENT_…: place in the rule */
};

/* A decision by hand. */
enum credit_verdict {
	CREDIT_BY_RULE,
	CREDIT_BY_GRANT,
	CREDIT_BY_DENIAL,
};

struct credit_person {
	/* For each event of the agenda: the set of roles there, NULL: not registered. */
	const char *const *roles;
	bool is_enrolled;
	bool is_cancelled;               /* at each event where the person is registered */
	const enum mark_result *results; /* of the rule's requirements, by place; may be NULL
					    where it has none */
	enum credit_verdict verdict;
	bool has_granted_credits;
	int64_t granted_hundredths; /* with has_granted_credits; else as the rule says */
	/* For each event of the agenda: finished, with that event's programme and doors and the
	 * same time. */
	const struct presence *const *presences;
};

struct credit_outcome {
	enum credit_decision decision;
	int64_t sessions_attended;
	int64_t sessions_total;
	int64_t attended_s;
	int64_t total_s;
	int64_t percent_permille;   /* cut, never rounded up; of arrivals if nothing has time */
	int64_t credits_hundredths; /* earned; 0 for who is not eligible */
	const struct credit_reason *reasons;
	size_t reason_count;
	const struct credit_plan *plan; /* with what was found of each session */
};

/* A rule being applied to one person after the other. */
struct credit;

/* `settings` and all in it are borrowed. */
struct credit *credit_new(const struct credit_settings *settings);
void credit_free(struct credit *credit);
void credit_freep(struct credit **credit);

/* Lent until the next call. */
const struct credit_outcome *credit_evaluate(struct credit *credit,
	const struct credit_person *person);

/* Seconds that count for a plain attendee. */
int64_t credit_total_s(struct credit *credit);

/* "eligible", "not-eligible", "pending". */
const char *credit_decision_word(enum credit_decision decision);
/* Adds a reason's code: "percent-short:27". */
void credit_reason_write(const struct credit_settings *settings, const struct credit_reason *reason,
	struct str *str);
/* Sets `ret` to all codes, divided by ';', in their order. */
void credit_reasons_write(const struct credit_settings *settings,
	const struct credit_outcome *outcome, struct str *ret);

#endif

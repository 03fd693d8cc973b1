/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why somebody's minutes are what they are: each interval of a session taken apart into the
 * seconds that count and those that do not, by the reason. The parts add up to the whole.
 */
#ifndef REGTOOL_CORE_CREDIT_EVIDENCE_H
#define REGTOOL_CORE_CREDIT_EVIDENCE_H

#include "core/credit.h"

struct credit_evidence {
	const struct presence_interval *interval;
	int64_t counted_s;
	int64_t before_s;    /* the session had not begun */
	int64_t after_s;     /* the session was over */
	int64_t break_s;     /* a break in it */
	int64_t no_credit_s; /* an item that bears no credit */
	int64_t closed_s;    /* an item closed to the person's roles */
	int64_t no_exit_s;   /* no check-out, where the rule wants one */
	int64_t double_s;    /* counted already by an interval before */
	int64_t later_s;     /* after the time of the report */
};

typedef void credit_evidence_function(const struct credit_evidence *evidence, void *data);

/* Lends what came of each interval of the session, in order. `person` and `outcome` are
 * those of credit_evaluate; the session is one that is counted or required. */
void credit_evidence_of_session(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, size_t session,
	credit_evidence_function *function, void *data);

/* Adds the seconds of `other` to those of `evidence`, whose interval stays. */
void credit_evidence_add(struct credit_evidence *evidence, const struct credit_evidence *other);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many credits a rate gives. Caps cut the exact amount of each half-day (they part at
 * 12:30 local time) and of each day, then the sum, which is rounded once. Pure and exact:
 * integers only. The rules this can express: AMA PRA (60 minutes a credit, nearest quarter),
 * UEMS-EACCME (0.5 for 30 minutes), Swiss Neurological Society (45 minutes a credit, down, at
 * most 4 a half-day and 8 a day), Lemanic Neuroscience (12 seminars a credit).
 */
#ifndef REGTOOL_CORE_CREDIT_AMOUNT_H
#define REGTOOL_CORE_CREDIT_AMOUNT_H

#include "core/credit_plan.h"
#include "core/span.h"

#include <stdint.h>

/* Hundredths of credits for `attended`, the merged stretches of the counted sessions, and for
 * the plan's sessions that are marked as attended. For a fixed number that number. */
int64_t credit_amount_hundredths(const struct credit_rate *rate, struct credit_plan *plan,
	const struct spans *attended);

#endif

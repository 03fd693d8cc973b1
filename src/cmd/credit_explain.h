/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The evidence of a credit report in words, or nested in the JSON of a row: session by
 * session the intervals, where they come from, what of them was not counted and why, and
 * what would still be needed.
 */
#ifndef REGTOOL_CMD_CREDIT_EXPLAIN_H
#define REGTOOL_CMD_CREDIT_EXPLAIN_H

#include "cli/output.h"
#include "core/credit_report.h"

/* As words at the root of a table. */
void credit_explain_words(struct output *output, const struct zone *zone,
	const struct credit_row *row);
/* As parts of the row whose cells were just put: "evidence" and "needed". */
enum status credit_explain_nested(struct output *output, const struct credit_row *row,
	struct error *error);

/* Sets `ret` to what would still be needed where this condition is not met, in words. */
void credit_explain_need(const struct credit_row *row, const struct credit_reason *reason,
	struct str *ret);

#endif

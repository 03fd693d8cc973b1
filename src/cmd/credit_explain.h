/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The evidence of a credit report, nested in the JSON of a row: session by session the
 * intervals, where they come from, what of them was not counted and why, and what would
 * still be needed; and its words, which the page (cmd/credit_page) has too.
 */
#ifndef REGTOOL_CMD_CREDIT_EXPLAIN_H
#define REGTOOL_CMD_CREDIT_EXPLAIN_H

#include "cli/output.h"
#include "core/credit_evidence.h"
#include "core/credit_report.h"

/* As parts of the row whose cells were just put: "evidence" and "needed". */
enum status credit_explain_nested(struct output *output, const struct credit_row *row,
	struct error *error);

/* Whether the evidence has the session: those that count, and those that the rule asks for. */
bool credit_explain_has(const struct credit_session *session);

/* Sets `ret` to what would still be needed where this condition is not met, in words. */
void credit_explain_need(const struct credit_row *row, const struct credit_reason *reason,
	struct str *ret);
/* Sets `ret` to what was not counted and why: "5 min before the start, 10 min break"; empty
 * if all was. */
void credit_explain_losses(const struct credit_evidence *evidence, struct str *ret);
/* "door", "online", "manual". */
const char *credit_explain_source(enum presence_source source);
/* Adds "15 min", "15 min 30 s". */
void credit_explain_duration(struct str *str, int64_t seconds);
/* Adds "79.5 %", always with one decimal. */
void credit_explain_percent(struct str *str, int64_t permille);

#endif

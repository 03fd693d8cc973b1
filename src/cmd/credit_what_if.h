/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `credit-report --what-if`: who would get another answer under another rule. Nothing is
 * stored.
 */
#ifndef REGTOOL_CMD_CREDIT_WHAT_IF_H
#define REGTOOL_CMD_CREDIT_WHAT_IF_H

#include "cli/command.h"
#include "core/credit_report.h"

/* What can be found wrong before the database is opened: a rule without --what-if, or the
 * reverse. STATUS_USAGE. */
enum status credit_what_if_check(const struct context *context, struct error *error);

/* Writes, as the whole result, a row for each person whose decision or credits would be
 * others; with `options->registrant_id` for that person in any case, and then STATUS_NO if the
 * other rule does not say eligible. Failures as of credit_report. */
enum status credit_put_what_if(struct context *context, const struct credit_report_options *options,
	struct error *error);

#endif

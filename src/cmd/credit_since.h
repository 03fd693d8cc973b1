/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `credit-report --since-award`: what is other now than what was awarded.
 */
#ifndef REGTOOL_CMD_CREDIT_SINCE_H
#define REGTOOL_CMD_CREDIT_SINCE_H

#include "cli/command.h"
#include "core/credit_report.h"

/* Writes a row for each registrant about whom decision, credits or minutes are others than in
 * the course's last award, as the whole result. STATUS_NOT_FOUND: the course, or it was not
 * awarded. */
enum status credit_put_since_award(struct context *context,
	const struct credit_report_options *options, struct error *error);

#endif

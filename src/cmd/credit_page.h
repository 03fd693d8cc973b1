/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `credit-report --explain` as a table: the evidence on one person, on a page to be read,
 * signed and filed by somebody who does not know regtool.
 */
#ifndef REGTOOL_CMD_CREDIT_PAGE_H
#define REGTOOL_CMD_CREDIT_PAGE_H

#include "cli/output.h"
#include "core/credit_report.h"

/* What all pages of a report share. */
struct credit_page {
	struct output *output; /* a table's */
	struct db *db;
	const struct event *event;
	const struct zone *zone; /* of the event */
	const char *log_head;
	bool is_unicode; /* else the bars and rules are ASCII */
	bool is_alone;   /* nothing stands before it, from which a line would divide it */
};

/* Writes the person's page, 80 columns wide but for the log's head. STATUS_IO, STATUS_CORRUPT and
 * the like: what is known of the scans cannot be read. */
enum status credit_page_put(const struct credit_page *page, const struct credit_row *row,
	struct error *error);

#endif

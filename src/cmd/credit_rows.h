/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How credit is shown: the columns and cells that reports and exports share.
 */
#ifndef REGTOOL_CMD_CREDIT_ROWS_H
#define REGTOOL_CMD_CREDIT_ROWS_H

#include "cli/command.h"
#include "core/credit_report.h"

enum {
	CREDIT_COLUMN_COUNT = 17,
	CREDIT_RESULT_COLUMN_COUNT = 5,
};

/* `credit-report`, `export credits`. */
extern const struct column credit_columns[CREDIT_COLUMN_COUNT];
/* Writes the cells of a row, and the requirements nested; what else is nested, and the row's
 * end, are the caller's. STATUS_IO. */
enum status credit_put(struct output *output, const struct credit_row *row, struct error *error);

/* `credit-report -f epfl`: the result list for the programme assistant. */
extern const struct column credit_result_columns[CREDIT_RESULT_COLUMN_COUNT];
/* Whether the person has a line in it: nobody pending, nobody cancelled. */
bool credit_has_result(const struct credit_row *row);
void credit_put_result(struct output *output, const struct credit_row *row);

/* `export credits`: the rows of all courses, by their codes, as the whole result. */
enum status credit_put_all(struct context *context, struct error *error);

/* The head of a report as a table: the course, its rule, the time, and the log's head. */
void credit_say_head(struct output *output, const struct zone *zone,
	const struct credit_report_head *head);

/* Minutes shown: cut, never rounded up. */
int64_t whole_minutes(int64_t seconds);

#endif

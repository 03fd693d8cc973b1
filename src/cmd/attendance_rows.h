/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ledger and presence as results: for attendance list and show, and for export.
 */
#ifndef REGTOOL_CMD_ATTENDANCE_ROWS_H
#define REGTOOL_CMD_ATTENDANCE_ROWS_H

#include "cli/command.h"
#include "core/presence_report.h"

/* What is meant: NULL is all. */
struct attendance_choice {
	const char *session; /* code */
	const char *who;
};

/* Each is the whole result: begins, fills and ends the list. STATUS_NOT_FOUND or
 * STATUS_AMBIGUOUS for what the choice names. */
enum status attendance_put_ledger(struct context *context, const struct attendance_choice *choice,
	struct error *error);
enum status attendance_put_presence(struct context *context, const struct attendance_choice *choice,
	struct error *error);
/* One row of the ledger, as a record. */
enum status attendance_put_scan(struct context *context, int64_t scan_id, struct error *error);

enum {
	PRESENCE_PERSON_COLUMN_COUNT = 3,
	PRESENCE_COLUMN_COUNT = 10,
};
/* The columns of presence; the first say who. */
extern const struct column presence_columns[PRESENCE_COLUMN_COUNT];
/* Writes the cells of a row behind those that say who, with its end. */
enum status presence_put_session(struct output *output, const struct presence_report_row *row,
	struct error *error);

#endif

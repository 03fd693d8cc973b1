/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How entries of the log are shown: where it is listed, and with what is stored on a person.
 */
#ifndef REGTOOL_CMD_LOG_ROWS_H
#define REGTOOL_CMD_LOG_ROWS_H

#include "cli/command.h"
#include "core/log_list.h"

enum {
	LOG_COLUMN_COUNT = 9,
};

extern const struct column log_columns[LOG_COLUMN_COUNT];
/* Writes a row with its end; `reason` may be NULL. */
enum status log_put(struct output *output, const struct log_row *row, const char *reason,
	struct error *error);

#endif

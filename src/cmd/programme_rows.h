/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programme as rows in the columns of its CSV file, which import takes back unchanged:
 * for programme export, programme show and export programme.
 */
#ifndef REGTOOL_CMD_PROGRAMME_ROWS_H
#define REGTOOL_CMD_PROGRAMME_ROWS_H

#include "cli/command.h"
#include "core/programme.h"
#include "util/error.h"

/* A list at the root (`key` NULL) or nested under `key`: each session, then its items by
 * time; items of the day in between. Times are shown in the output's zone, which must be
 * set. A session that no row has stated is not a row, so that it stays so. */
enum status programme_put_rows(struct output *output, const char *key,
	const struct programme *programme, struct error *error);

/* Lends each session (item NULL) and each item in the order of the rows; session is NULL for
 * an item of the day. Ends with another status than STATUS_OK. */
typedef enum status programme_row_function(const struct session *session, const struct item *item,
	void *data, struct error *error);
enum status programme_walk(const struct programme *programme, programme_row_function *function,
	void *data, struct error *error);

/* Sets `ret` to an access as people write it: "speaker+chair"; "" if open. */
void programme_write_access(const char *access, struct str *ret);

#endif

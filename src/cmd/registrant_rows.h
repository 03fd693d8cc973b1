/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How registrants are shown: the columns and cells that lists, records and exports share.
 */
#ifndef REGTOOL_CMD_REGISTRANT_ROWS_H
#define REGTOOL_CMD_REGISTRANT_ROWS_H

#include "cli/command.h"
#include "core/registrant_edit.h"
#include "core/roster.h"

enum {
	REGISTRANT_COLUMN_COUNT = 11,
};

/* `registrant list`. */
extern const struct column registrant_columns[REGISTRANT_COLUMN_COUNT];
/* Writes the cells of a row; what is nested, and the row's end, are the caller's. With
 * `is_exact` a name that was never given stays empty. */
void registrant_put(struct output *output, const struct roster_row *row, bool is_exact);

/* `registrant list`: the list as the whole result. */
enum status registrant_put_list(struct context *context, const struct roster_filter *filter,
	struct error *error);

/* `export registrants`: the list, given and family name and the note, and each answer; an
 * import takes it back as it is. As the whole result. */
enum status registrant_put_export(struct context *context, struct error *error);

/* The place in the queue for a seat, where it is shown beside the others. */
extern const struct column registrant_place_column;

/* One registrant as a record, as it is in the database now: after adding or changing. In JSON
 * with the place in the queue, and with whom that gave a seat. */
enum status registrant_put_record(struct context *context, const struct registrant_outcome *outcome,
	struct error *error);

#endif

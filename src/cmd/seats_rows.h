/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How it is told who was given a seat, and how many are taken: after whatever may change that.
 */
#ifndef REGTOOL_CMD_SEATS_ROWS_H
#define REGTOOL_CMD_SEATS_ROWS_H

#include "cli/command.h"
#include "core/registrant_edit.h"
#include "core/seats.h"

/* Those who were given a seat, as the nested list "promoted" (JSON only); after the cells of a
 * record or row. */
enum status seats_put_promoted(struct context *context, const struct seats *seats,
	struct error *error);
/* The same in words, where the format does not list them. */
enum status seats_say_promoted(const struct context *context, struct db *db,
	const struct seats *seats, struct error *error);
/* The same in every format, for a report that has no such list; `is_dry`: they would be. */
enum status seats_tell_promoted(const struct context *context, struct db *db,
	const struct seats *seats, bool is_dry, struct error *error);
/* What a registrant who was added or changed has to know: the place in the queue, or that more
 * seats are taken now than there are. */
void seats_say_outcome(const struct context *context, const struct registrant_outcome *outcome);

#endif

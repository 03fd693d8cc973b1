/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where an import goes: the database there is, a new one that it makes, or, when nothing is
 * to be written, a private copy of either.
 */
#ifndef REGTOOL_CMD_IMPORT_PLACE_H
#define REGTOOL_CMD_IMPORT_PLACE_H

#include "cli/command.h"
#include "core/event.h"
#include "core/founding.h"

#include <stdbool.h>

struct import_place {
	/* Asked for before it is opened; all may stay 0. */
	const char *new_code;                 /* of a new database's event; NULL: "default" */
	const struct event_change *new_event; /* what that is; without a zone: the machine's */
	bool must_exist;                      /* no new database */
	bool lends_dry;                       /* a dry run only reads: no copy is needed */
	/* What it gives. */
	struct db *db;             /* to import into; lent */
	struct db *opened;         /* the database that is there */
	struct db *copy;           /* of it, for a dry run */
	struct founding *founding; /* a new one */
	struct event *event;
	struct zone *zone;
};

/* Opens the place and finds the event; a new database gets one. STATUS_NOT_FOUND and
 * STATUS_AMBIGUOUS: the event. End it with import_place_close in any case. */
enum status import_place_open(struct context *context, const struct actor *actor, bool is_dry,
	struct import_place *place, struct error *error);
/* Puts a new database in its place, and says so; of a dry run it says what would be. */
enum status import_place_finish(const struct context *context, struct import_place *place,
	bool is_dry, struct error *error);
void import_place_close(struct import_place *place);

#endif

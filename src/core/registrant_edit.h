/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registrants added and changed by hand: one person, one write transaction, one entry of the
 * log. A status set by hand is kept by later imports.
 */
#ifndef REGTOOL_CORE_REGISTRANT_EDIT_H
#define REGTOOL_CORE_REGISTRANT_EDIT_H

#include "core/registrant.h"
#include "core/registrar.h"
#include "core/seats.h"

/* What came of it. */
struct registrant_outcome {
	int64_t registrant_id;
	bool is_changed;     /* anything is other than before; if not, nothing was logged */
	bool has_taken_seat; /* and had none before */
	bool has_left_seat;
	bool has_begun_waiting;
	bool is_back;       /* had asked to be forgotten */
	int64_t place;      /* in the queue; 0: the registrant does not wait */
	struct seats seats; /* as they stand after it, and who was given one */
};
#define REGISTRANT_OUTCOME_INIT                                                                    \
	{                                                                                          \
		.seats = SEATS_INIT                                                                \
	}
/* For CLEANUP(registrant_outcome_free). */
void registrant_outcome_free(struct registrant_outcome *outcome);

/* Who is to be added. */
struct registrant_addition {
	int64_t event_id;
	const char *key_path;
	const struct registrant_values *values;
	bool is_again; /* also who asked to be forgotten, who is known again with it */
};
/* Adds somebody, known by e-mail address or external id; a person of another event of the
 * database is the same person. Who comes when all seats are taken is waitlisted, unless a
 * status is said. A token is issued: STATUS_KEY. STATUS_EXISTS: registered already.
 * STATUS_NO: asked to be forgotten, and is not to be back. STATUS_AMBIGUOUS: several people have
 * the address. STATUS_NOT_FOUND: a course. */
enum status registrant_add(struct db *db, const struct actor *actor,
	const struct registrant_addition *addition, struct registrant_outcome *ret_outcome,
	struct error *error);

/* Changes what is said; sets replace what was there. A seat that gets free is given to the
 * next who wait. STATUS_EXISTS: the e-mail address is another person's. STATUS_USAGE: neither
 * address nor external id would be left. STATUS_NOT_FOUND: a course. */
struct registrant_change {
	int64_t registrant_id;
	const char *action; /* for the log: "registrant set" */
	const char *reason; /* NULL: none */
	const struct registrant_values *values;
};
enum status registrant_set(struct db *db, const struct actor *actor,
	const struct registrant_change *change, struct registrant_outcome *ret_outcome,
	struct error *error);

#endif

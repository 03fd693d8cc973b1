/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registrants added and changed by hand: one person, one write transaction, one entry of the
 * log. A status set by hand is kept by later imports.
 */
#ifndef REGTOOL_CORE_REGISTRANT_EDIT_H
#define REGTOOL_CORE_REGISTRANT_EDIT_H

#include "core/registrant.h"
#include "core/registrar.h"

/* Adds somebody, known by e-mail address or external id; a person of another event of the
 * database is the same person. A token is issued: STATUS_KEY. STATUS_EXISTS: registered
 * already. STATUS_AMBIGUOUS: several people have the address. STATUS_NOT_FOUND: a course. */
enum status registrant_add(struct db *db, const struct actor *actor, int64_t event_id,
	const char *key_path, const struct registrant_values *values, int64_t *ret_registrant_id,
	struct error *error);

/* Changes what is said; sets replace what was there. *ret_is_changed tells whether anything
 * is other than before (if not, nothing is logged). STATUS_EXISTS: the e-mail address is
 * another person's. STATUS_USAGE: neither address nor external id would be left.
 * STATUS_NOT_FOUND: a course. */
struct registrant_change {
	int64_t registrant_id;
	const char *action; /* for the log: "registrant set" */
	const char *reason; /* NULL: none */
	const struct registrant_values *values;
};
enum status registrant_set(struct db *db, const struct actor *actor,
	const struct registrant_change *change, bool *ret_is_changed, struct error *error);

#endif

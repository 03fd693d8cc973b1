/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of names from meeting reports and of whose they are.
 */
#ifndef REGTOOL_STORE_ALIAS_STORE_H
#define REGTOOL_STORE_ALIAS_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

/* A participant of a report, as its keys compare (text_search_key, text_fold; "" : none). */
struct alias_key {
	int64_t event_id;
	const char *name_key;
	const char *email_key;
};

/* Whether somebody has said whose it is; then *ret_registrant_id is 0 for nobody's. */
enum status alias_store_find(struct db *db, const struct alias_key *key, bool *ret_is_known,
	int64_t *ret_registrant_id, struct error *error);
/* `shown` is the name as the report had it; registrant_id 0: nobody's. */
enum status alias_store_put(struct db *db, const struct alias_key *key, const char *shown,
	int64_t registrant_id, bool *ret_is_changed, struct error *error);

#endif

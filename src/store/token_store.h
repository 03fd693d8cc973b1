/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of tokens and of the keys that the database knows. Tokens themselves never come
 * here: only their verifiers.
 */
#ifndef REGTOOL_STORE_TOKEN_STORE_H
#define REGTOOL_STORE_TOKEN_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

struct token_row {
	int64_t token_id; /* the serial number */
	int64_t registrant_id;
	int64_t event_id; /* the registrant's; not written */
	unsigned char verifier[32];
	unsigned char key_id[8];
	int64_t issued_s;
	bool is_revoked;
	int64_t revoked_s;
};

enum status token_store_next_serial(struct db *db, int64_t *ret_serial, struct error *error);
enum status token_store_insert(struct db *db, const struct token_row *row, struct error *error);
/* STATUS_NOT_FOUND if there is none. */
enum status token_store_by_verifier(struct db *db, const unsigned char verifier[static 32],
	struct token_row *ret_row, struct error *error);
/* The newest token of a registrant that is not revoked; STATUS_NOT_FOUND if there is none. */
enum status token_store_current(struct db *db, int64_t registrant_id, struct token_row *ret_row,
	struct error *error);
enum status token_store_revoke(struct db *db, int64_t token_id, int64_t now_s, struct error *error);
enum status token_store_revoke_all(struct db *db, int64_t registrant_id, int64_t now_s,
	struct error *error);

/* STATUS_NOT_FOUND if the database does not know the key. */
enum status token_store_key_known(struct db *db, const unsigned char key_id[static 8],
	struct error *error);
/* The first key it knows; STATUS_NOT_FOUND if it knows none. */
enum status token_store_key_first(struct db *db, unsigned char ret_key_id[static 8],
	struct error *error);
enum status token_store_key_insert(struct db *db, const unsigned char key_id[static 8],
	int64_t now_s, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of tokens and of the keys that the database knows. Tokens themselves never come
 * here: only their verifiers.
 */
#ifndef REGTOOL_STORE_TOKEN_STORE_H
#define REGTOOL_STORE_TOKEN_STORE_H

#include "store/db.h"
#include "store/reading.h"

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
/* All of a registrant, by number: those revoked too, and those of merged records. */
typedef enum status token_row_function(const struct token_row *row, void *data,
	struct error *error);
enum status token_store_of_registrant(struct db *db, int64_t registrant_id,
	token_row_function *function, void *data, struct error *error);
enum status token_store_revoke(struct db *db, int64_t token_id, int64_t now_s, struct error *error);
enum status token_store_revoke_all(struct db *db, int64_t registrant_id, int64_t now_s,
	struct error *error);

/* A registrant of an event with the newest valid token. */
struct token_list_row {
	int64_t registrant_id;
	const char *name;        /* "" if never given */
	const char *email;       /* NULL: none */
	const char *external_id; /* NULL: none */
	const char *roles;       /* set */
	bool has_token;
	struct token_row token;
};
typedef enum status token_list_function(const struct token_list_row *row, void *data,
	struct error *error);
/* Lends the event's registrants but those erased, by number, in slices of the reading. */
enum status token_store_list(struct reading *reading, int64_t event_id,
	token_list_function *function, void *data, struct error *error);

/* STATUS_NOT_FOUND if the database does not know the key. */
enum status token_store_key_known(struct db *db, const unsigned char key_id[static 8],
	struct error *error);
/* The first key it knows; STATUS_NOT_FOUND if it knows none. */
enum status token_store_key_first(struct db *db, unsigned char ret_key_id[static 8],
	struct error *error);
enum status token_store_key_insert(struct db *db, const unsigned char key_id[static 8],
	int64_t now_s, struct error *error);

#endif

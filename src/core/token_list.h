/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tokens of an event, worked out once more from the key: who holds which. For badges and
 * mails.
 */
#ifndef REGTOOL_CORE_TOKEN_LIST_H
#define REGTOOL_CORE_TOKEN_LIST_H

#include "core/key.h"
#include "core/registrant.h"
#include "core/token.h"
#include "store/db.h"
#include "store/reading.h"
#include "util/error.h"

#include <stdint.h>

/* A registrant with the token; lent for the time of the call. */
struct token_entry {
	int64_t registrant_id;
	const char *name;  /* or what stands in for it */
	const char *email; /* NULL: none */
	const char *roles; /* set */
	const char *token; /* as it is printed; NULL: all are revoked */
};
typedef enum status token_entry_function(const struct token_entry *entry, void *data,
	struct error *error);

struct token_list_functions {
	/* Before the first entry; again where the reading starts again, and all entries before
	 * are to be forgotten. */
	void (*begin)(void *data);
	token_entry_function *entry;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* All registrants of the event, by number, but those erased. Reads in slices. The key was
 * checked against the database. STATUS_KEY and STATUS_DATABASE as token_write_again. */
enum status token_list(struct db *db, int64_t event_id, const struct key *key,
	const struct token_list_functions *functions, struct error *error);

/* Called with each further token of a registrant that is valid. */
typedef enum status token_text_function(const char *token, void *data, struct error *error);
/* Those that are valid besides the newest: of records that were merged into this one. What
 * was made with another key is left out. STATUS_NOT_FOUND: there is not one. */
enum status token_others_of(struct db *db, const struct key *key,
	const struct registrant *registrant, token_text_function *function, void *data,
	struct error *error);

/* The valid token of one registrant, of several the newest. STATUS_NOT_FOUND: there is none, or
 * the registrant was erased. */
enum status token_of(struct db *db, const struct key *key, const struct registrant *registrant,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who asked to be forgotten is recognised when they come back: by a hash of the folded e-mail
 * address, and by one of the external id, with a key that follows from the key file
 * (crypto_kdf, id 1, context "regerase"; BLAKE2b-256, personal "regtool-erasure1", over the
 * word for the kind and the text, in canonical form). Without the key file nobody can try out
 * addresses on what is stored.
 */
#ifndef REGTOOL_CORE_ERASURE_H
#define REGTOOL_CORE_ERASURE_H

#include "core/key.h"
#include "store/db.h"
#include "store/erase_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

struct erasures;

/* Those of a database, read and written with its key: `key`, or if that is NULL the one at
 * `key_path`, which is named in errors. STATUS_KEY: it is missing, or not the one with which
 * all of them were made. The caller frees it. */
enum status erasures_open(struct db *db, const struct key *key_or_null, const char *key_path,
	struct erasures **ret_erasures, struct error *error);
/* The same, but NULL where nobody asked: then no key is needed. */
enum status erasures_open_if_any(struct db *db, const struct key *key_or_null, const char *key_path,
	struct erasures **ret_erasures, struct error *error);
/* Takes NULL. */
void erasures_free(struct erasures *erasures);
void erasures_freep(struct erasures **erasures);

/* Who had the address or external id (NULL and "": none) and asked to be forgotten; 0: nobody. */
enum status erasures_find(struct erasures *erasures, const char *email, const char *external_id,
	int64_t *ret_person_id, struct error *error);
/* Inside a write transaction: remembers what a record of the person is known by. */
enum status erasures_add(struct erasures *erasures, const struct erase_record *record,
	int64_t person_id, int64_t now_s, struct error *error);
/* Inside a write transaction: the person is not recognised any more. */
enum status erasures_remove(struct erasures *erasures, int64_t person_id, struct error *error);

#endif

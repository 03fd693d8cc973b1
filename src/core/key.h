/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The key file: 32 random bytes from which all tokens of a database follow, so that a badge
 * can be printed again and the database never holds one. It is needed to issue and print,
 * never to check in or revoke, and has no business on a door's machine. The database knows
 * it by its id. Secrets lie in locked memory and are wiped.
 *
 * The file is text:
 *
 *	regtool key 1
 *	id: 961b344a17f74ff4
 *	key: 64 hexadecimal digits
 *	check: 8 hexadecimal digits over both
 */
#ifndef REGTOOL_CORE_KEY_H
#define REGTOOL_CORE_KEY_H

#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	KEY_SIZE = 32,
	KEY_ID_SIZE = 8,
};

struct key;
struct hash; /* of util/hash */

/* STATUS_KEY: missing, open to others (any permission of group or others), damaged; the file
 * is named. The caller frees the key. */
enum status key_load(const char *path, struct key **ret_key, struct error *error);
/* A new random key, not yet written anywhere. */
struct key *key_make(void);
/* A key of given bytes (tests). */
struct key *key_from_bytes(const unsigned char bytes[static KEY_SIZE]);
void key_free(struct key *key);
void key_freep(struct key **key);

/* Writes it as a new file, 0600, whole and synced with its folder, or not at all. STATUS_EXISTS:
 * there is one, which is left alone. STATUS_IO. */
enum status key_write(const struct key *key, const char *path, struct error *error);
bool key_file_exists(const char *path);

const unsigned char *key_id(const struct key *key);
/* The derivations: 32-byte subkeys by libsodium's crypto_kdf. `context` is 8 characters. */
void key_derive(const struct key *key, uint64_t number, const char *context,
	unsigned char ret_subkey[static KEY_SIZE]);

/* A hash whose key is such a subkey; for hash_free. */
struct hash *key_hash(const struct key *key, uint64_t number, const char *context,
	const char *personal);

/* Whether the database knows the key. STATUS_KEY naming the file and both ids if not. */
enum status key_check(const struct key *key, const char *path, struct db *db, struct error *error);
/* Makes the key known to the database; inside a write transaction. */
enum status key_register(const struct key *key, struct db *db, int64_t now_s, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The least that has to be done for a token: see src/core/token.c, whose numbers these are.
 */
#ifndef REGTOOL_TESTS_FLOOR_TOKEN_H
#define REGTOOL_TESTS_FLOOR_TOKEN_H

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FLOOR_KEY_SIZE = 32,
	FLOOR_TOKEN_SIZE = 16,
	FLOOR_HASH_SIZE = 32,
};

/* The key of the event 1, from the key file that `regtool init' made. */
static inline void floor_event_key(const char *path, unsigned char ret_key[static FLOOR_KEY_SIZE])
{
	unsigned char master[FLOOR_KEY_SIZE];
	char text[512];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		exit(EXIT_FAILURE);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	(void)fclose(file);
	const char *hex = strstr(text, "key: ");
	if (hex == NULL || sodium_hex2bin(master, sizeof master, hex + 5, 2 * sizeof master, NULL,
				   NULL, NULL) != 0)
		exit(EXIT_FAILURE);
	(void)crypto_kdf_derive_from_key(ret_key, FLOOR_KEY_SIZE, 1, "regevent", master);
}

static inline void floor_hash(const unsigned char *bytes, size_t length, const char *personal,
	unsigned char ret_hash[static FLOOR_HASH_SIZE])
{
	static const unsigned char no_salt[crypto_generichash_blake2b_SALTBYTES];

	(void)crypto_generichash_blake2b_salt_personal(ret_hash, FLOOR_HASH_SIZE, bytes, length,
		NULL, 0, no_salt, (const unsigned char *)personal);
}

/* What the database keeps of a token. */
static inline void floor_verifier_of(const unsigned char token[static FLOOR_TOKEN_SIZE],
	unsigned char ret_verifier[static FLOOR_HASH_SIZE])
{
	unsigned char proof[FLOOR_HASH_SIZE];

	floor_hash(token, FLOOR_TOKEN_SIZE, "regtool-proof-v1", proof);
	floor_hash(proof, sizeof proof, "regtool-store-v1", ret_verifier);
}

static inline void floor_verifier(const unsigned char event_key[static FLOOR_KEY_SIZE],
	long long serial, unsigned char ret_verifier[static FLOOR_HASH_SIZE])
{
	unsigned char token[FLOOR_TOKEN_SIZE];

	(void)crypto_kdf_derive_from_key(token, sizeof token, (uint64_t)serial, "regtoken",
		event_key);
	floor_verifier_of(token, ret_verifier);
}

#endif

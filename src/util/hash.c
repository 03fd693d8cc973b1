/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/hash.h"

#include "util/memory.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(crypto_generichash_blake2b_PERSONALBYTES == 16, "personalisation of 16 bytes");

struct hash {
	crypto_generichash_blake2b_state state;
	unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES];
	unsigned char key[HASH_KEY_SIZE];
	size_t key_length; /* 0: none */
};

static void start(struct hash *hash)
{
	static const unsigned char salt[crypto_generichash_blake2b_SALTBYTES];
	int result = crypto_generichash_blake2b_init_salt_personal(&hash->state,
		hash->key_length > 0 ? hash->key : NULL, hash->key_length, HASH_SIZE, salt,
		hash->personal);

	assert(result == 0);
	(void)result;
}

/* A number's 8 bytes, little-endian. */
static void add_number(struct hash *hash, uint64_t number)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(number >> (8 * i) & 0xff);
	hash_add_raw(hash, bytes, sizeof bytes);
}

int hash_start_library(void)
{
	return sodium_init() < 0 ? -1 : 0;
}

const char *hash_library_version(void)
{
	return sodium_version_string();
}

static struct hash *make(const char *personal, const unsigned char *key_or_null)
{
	struct hash *hash = xaligned(_Alignof(struct hash), sizeof *hash);

	memset(hash, 0, sizeof *hash);
	if (personal != NULL) {
		assert(strlen(personal) == sizeof hash->personal);
		memcpy(hash->personal, personal, sizeof hash->personal);
	}
	if (key_or_null != NULL) {
		memcpy(hash->key, key_or_null, sizeof hash->key);
		hash->key_length = sizeof hash->key;
	}
	start(hash);
	return hash;
}

struct hash *hash_new(const char *personal)
{
	return make(personal, NULL);
}

struct hash *hash_new_keyed(const char *personal, const unsigned char key[static HASH_KEY_SIZE])
{
	return make(personal, key);
}

void hash_free(struct hash *hash)
{
	if (hash == NULL)
		return;
	sodium_memzero(hash, sizeof *hash);
	free(hash);
}

void hash_freep(struct hash **hash)
{
	hash_free(*hash);
	*hash = NULL;
}

void hash_add_raw(struct hash *hash, const void *bytes, size_t length)
{
	(void)crypto_generichash_blake2b_update(&hash->state, bytes, length);
}

void hash_add_bytes(struct hash *hash, const void *bytes, size_t length)
{
	if (bytes == NULL) {
		add_number(hash, UINT64_MAX);
		return;
	}
	add_number(hash, length);
	hash_add_raw(hash, bytes, length);
}

void hash_add_text(struct hash *hash, const char *text)
{
	hash_add_bytes(hash, text, text != NULL ? strlen(text) : 0);
}

void hash_add_integer(struct hash *hash, int64_t value)
{
	add_number(hash, 8);
	add_number(hash, (uint64_t)value);
}

void hash_finish(struct hash *hash, unsigned char ret_hash[static HASH_SIZE])
{
	(void)crypto_generichash_blake2b_final(&hash->state, ret_hash, HASH_SIZE);
	start(hash);
}

void hash_to_hex(const unsigned char *bytes, size_t length, char *ret_text)
{
	(void)sodium_bin2hex(ret_text, 2 * length + 1, bytes, length);
}

int hash_from_hex(const char *text, unsigned char *ret_bytes, size_t length)
{
	size_t text_length = strlen(text);
	size_t written;

	if (text_length != 2 * length || strspn(text, "0123456789abcdefABCDEF") != text_length)
		return -1;
	return sodium_hex2bin(ret_bytes, length, text, text_length, NULL, &written, NULL) == 0 &&
			       written == length
		       ? 0
		       : -1;
}

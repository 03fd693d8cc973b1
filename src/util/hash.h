/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BLAKE2b-256 (RFC 7693) by libsodium: with a personalisation (16 characters that keep uses
 * apart), for canonical bytes, files and the schema. Canonical bytes are fields with their
 * lengths before them (8 bytes, little-endian), so that no two lists of fields read the
 * same. Numbers are 8 bytes, little-endian, two's complement.
 */
#ifndef REGTOOL_UTIL_HASH_H
#define REGTOOL_UTIL_HASH_H

#include <stddef.h>
#include <stdint.h>

enum {
	HASH_SIZE = 32,
	HASH_KEY_SIZE = 32,
};

struct hash; /* one being worked out; libsodium's state inside */

/* Must be called once before anything else of libsodium; 0, or -1 if it cannot be used. */
int hash_start_library(void);
/* libsodium's version, for --version. */
const char *hash_library_version(void);

/* `personal` is exactly 16 characters; NULL is none: what `b2sum -l 256` gives of a file. */
struct hash *hash_new(const char *personal);
/* The same with a key of HASH_KEY_SIZE bytes, without which nobody can work it out. */
struct hash *hash_new_keyed(const char *personal, const unsigned char key[static HASH_KEY_SIZE]);
/* Wipes it; takes NULL. */
void hash_free(struct hash *hash);
void hash_freep(struct hash **hash);
/* Plain bytes, no length before them. */
void hash_add_raw(struct hash *hash, const void *bytes, size_t length);
/* Canonical fields. NULL text or bytes are a field of their own, told apart from empty. */
void hash_add_bytes(struct hash *hash, const void *bytes, size_t length);
void hash_add_text(struct hash *hash, const char *text);
void hash_add_integer(struct hash *hash, int64_t value);
/* Gives the result and makes `hash` ready for the next with the same personalisation. */
void hash_finish(struct hash *hash, unsigned char ret_hash[static HASH_SIZE]);

/* Writes 2 * length hexadecimal digits and a NUL. */
void hash_to_hex(const unsigned char *bytes, size_t length, char *ret_text);
/* Reads exactly `length` bytes of hexadecimal digits; 0, or -1. */
int hash_from_hex(const char *text, unsigned char *ret_bytes, size_t length);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tokens: 128 bits that open the door for one registrant. Derived from the key, so never
 * stored; the database has a verifier, from which a token cannot be worked out.
 *
 *	event key = kdf(master, number of the event, "regevent"), 32 bytes
 *	token     = kdf(event key, serial number of the token, "regtoken"), 16 bytes
 *	verifier  = H(H(token, "regtool-proof-v1"), "regtool-store-v1"), 32 bytes
 *
 * with crypto_kdf and BLAKE2b-256 of libsodium. Written in Crockford's base32
 * (www.crockford.com/base32.html): 26 symbols, most significant first, and two check
 * symbols, the number mod 1021, which find every single wrong symbol and every swap.
 */
#ifndef REGTOOL_CORE_TOKEN_H
#define REGTOOL_CORE_TOKEN_H

#include "core/key.h"
#include "store/token_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	TOKEN_SIZE = 16,
	TOKEN_TEXT_SIZE = 28 + 6 + 1, /* seven groups of four with hyphens, and a NUL */
	VERIFIER_SIZE = 32,
};

/* What can issue the tokens of one event, in one write transaction: which number is next it asks
 * once, and nobody else takes one meanwhile. */
struct token_issuer;

struct token_issuer *token_issuer_new(const struct key *key, int64_t event_number);
void token_issuer_free(struct token_issuer *issuer);
void token_issuer_freep(struct token_issuer **issuer);

void token_derive(const struct token_issuer *issuer, int64_t serial,
	unsigned char ret_token[static TOKEN_SIZE]);
void token_write(const unsigned char token[static TOKEN_SIZE],
	char ret_text[static TOKEN_TEXT_SIZE]);
/* Reads a token as people and scanners type it: without regard to case, hyphens, spaces and
 * a CR at the end; O is 0, I and L are 1. False if it is not 28 symbols or the check
 * symbols do not fit. */
bool token_read(const char *text, unsigned char ret_token[static TOKEN_SIZE]);
void token_verifier(const unsigned char token[static TOKEN_SIZE],
	unsigned char ret_verifier[static VERIFIER_SIZE]);
/* Wipes what a caller held of a token. */
void token_wipe(void *bytes, size_t length);

/* Issues the next token of a registrant of the issuer's event, inside a write transaction.
 * The caller logs it. *ret_serial may be NULL. */
enum status token_issue(struct db *db, struct token_issuer *issuer, int64_t registrant_id,
	int64_t now_s, int64_t *ret_serial, struct error *error);

/* Writes a token that was issued before once more. STATUS_KEY: it was made with another key
 * than the issuer's; STATUS_DATABASE: what is stored of it does not fit. */
enum status token_write_again(const struct token_issuer *issuer, const struct token_row *row,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error);

/* What stands behind a verifier. */
struct token_holder {
	int64_t token_id;
	int64_t registrant_id;
	int64_t event_id;
	bool is_revoked;
	int64_t revoked_s; /* if it is */
};

/* Looks a token up by its verifier's unique index and compares in constant time.
 * STATUS_NOT_FOUND (without a message worth showing) if no event of the database has it. */
enum status token_find(struct db *db, const unsigned char token[static TOKEN_SIZE],
	struct token_holder *ret_holder, struct error *error);

#endif

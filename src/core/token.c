/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/token.h"

#include "util/hash.h"
#include "util/memory.h"

#include <sodium.h>
#include <string.h>

enum {
	SYMBOLS = 26, /* 130 bits: the first symbol is 0 to 7 */
	CHECK_SYMBOLS = 2,
	CHECK_MODULUS = 1021, /* the largest prime below 32 * 32 */
	GROUP = 4,
};

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct token_issuer {
	unsigned char event_key[KEY_SIZE];
	unsigned char key_id[KEY_ID_SIZE];
	int64_t last_serial; /* issued; 0: none yet */
};

struct token_issuer *token_issuer_new(const struct key *key, int64_t event_number)
{
	struct token_issuer *issuer = sodium_malloc(sizeof *issuer);

	if (issuer == NULL)
		memory_is_out();
	key_derive(key, (uint64_t)event_number, "regevent", issuer->event_key);
	memcpy(issuer->key_id, key_id(key), sizeof issuer->key_id);
	issuer->last_serial = 0;
	return issuer;
}

void token_issuer_free(struct token_issuer *issuer)
{
	sodium_free(issuer);
}

void token_issuer_freep(struct token_issuer **issuer)
{
	token_issuer_free(*issuer);
	*issuer = NULL;
}

void token_derive(const struct token_issuer *issuer, int64_t serial,
	unsigned char ret_token[static TOKEN_SIZE])
{
	(void)crypto_kdf_derive_from_key(ret_token, TOKEN_SIZE, (uint64_t)serial, "regtoken",
		issuer->event_key);
}

void token_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

/* The big-endian number of the bytes, modulo the check's prime. */
static unsigned check_of(const unsigned char token[static TOKEN_SIZE])
{
	unsigned remainder = 0;

	for (int i = 0; i < TOKEN_SIZE; i++)
		remainder = (remainder * 256 + token[i]) % CHECK_MODULUS;
	return remainder;
}

/* The five bits of the number that symbol `index` stands for. */
static unsigned symbol_of(const unsigned char token[static TOKEN_SIZE], int index)
{
	unsigned value = 0;
	int first = index * 5 - (SYMBOLS * 5 - TOKEN_SIZE * 8);

	for (int bit = first; bit < first + 5; bit++)
		value = value * 2 +
			(bit < 0 ? 0U : ((unsigned)token[bit / 8] >> (7 - bit % 8)) & 1U);
	return value;
}

void token_write(const unsigned char token[static TOKEN_SIZE],
	char ret_text[static TOKEN_TEXT_SIZE])
{
	unsigned check = check_of(token);
	char *end = ret_text;

	for (int i = 0; i < SYMBOLS + CHECK_SYMBOLS; i++) {
		unsigned value = i < SYMBOLS    ? symbol_of(token, i)
				 : i == SYMBOLS ? check / 32
						: check % 32;
		if (i > 0 && i % GROUP == 0)
			*end++ = '-';
		*end++ = alphabet[value];
	}
	*end = '\0';
}

/* The value of a symbol as people write it, or -1. */
static int value_of(char symbol)
{
	char upper = symbol >= 'a' && symbol <= 'z' ? (char)(symbol - 'a' + 'A') : symbol;

	if (upper == 'O')
		upper = '0';
	if (upper == 'I' || upper == 'L')
		upper = '1';
	const char *found = upper != '\0' ? strchr(alphabet, upper) : NULL;
	return found != NULL ? (int)(found - alphabet) : -1;
}

/* Puts five bits in their place; false if they lie before the first. */
static bool put_symbol(unsigned char token[static TOKEN_SIZE], int index, unsigned value)
{
	int first = index * 5 - (SYMBOLS * 5 - TOKEN_SIZE * 8);

	for (int i = 0; i < 5; i++) {
		int bit = first + i;
		if (((value >> (4 - i)) & 1U) == 0)
			continue;
		if (bit < 0)
			return false;
		token[bit / 8] |= (unsigned char)(1U << (7 - bit % 8));
	}
	return true;
}

bool token_read(const char *text, unsigned char ret_token[static TOKEN_SIZE])
{
	unsigned char token[TOKEN_SIZE] = { 0 };
	unsigned check = 0;
	int count = 0;

	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '-' || *c == ' ' || (*c == '\r' && c[1] == '\0'))
			continue;
		int value = value_of(*c);
		if (value < 0 || count == SYMBOLS + CHECK_SYMBOLS)
			return false;
		if (count >= SYMBOLS)
			check = check * 32 + (unsigned)value;
		else if (!put_symbol(token, count, (unsigned)value))
			return false;
		count++;
	}
	if (count != SYMBOLS + CHECK_SYMBOLS || check != check_of(token))
		return false;
	memcpy(ret_token, token, TOKEN_SIZE);
	sodium_memzero(token, sizeof token);
	return true;
}

void token_verifier(const unsigned char token[static TOKEN_SIZE],
	unsigned char ret_verifier[static VERIFIER_SIZE])
{
	static const unsigned char no_salt[crypto_generichash_blake2b_SALTBYTES];
	unsigned char proof[VERIFIER_SIZE];

	(void)crypto_generichash_blake2b_salt_personal(proof, sizeof proof, token, TOKEN_SIZE, NULL,
		0, no_salt, (const unsigned char *)"regtool-proof-v1");
	(void)crypto_generichash_blake2b_salt_personal(ret_verifier, VERIFIER_SIZE, proof,
		sizeof proof, NULL, 0, no_salt, (const unsigned char *)"regtool-store-v1");
	sodium_memzero(proof, sizeof proof);
}

enum status token_issue(struct db *db, struct token_issuer *issuer, int64_t registrant_id,
	int64_t now_s, int64_t *ret_serial, struct error *error)
{
	unsigned char token[TOKEN_SIZE];
	struct token_row row = { .registrant_id = registrant_id, .issued_s = now_s };

	enum status status = STATUS_OK;
	row.token_id = issuer->last_serial + 1;
	if (issuer->last_serial == 0)
		status = token_store_next_serial(db, &row.token_id, error);
	if (status != STATUS_OK)
		return status;
	token_derive(issuer, row.token_id, token);
	token_verifier(token, row.verifier);
	token_wipe(token, sizeof token);
	memcpy(row.key_id, issuer->key_id, sizeof row.key_id);
	status = token_store_insert(db, &row, error);
	if (status == STATUS_OK)
		issuer->last_serial = row.token_id;
	if (status == STATUS_OK && ret_serial != NULL)
		*ret_serial = row.token_id;
	return status;
}

enum status token_write_again(const struct token_issuer *issuer, const struct token_row *row,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error)
{
	unsigned char token[TOKEN_SIZE];
	unsigned char verifier[VERIFIER_SIZE];
	char id[2 * KEY_ID_SIZE + 1];

	if (memcmp(row->key_id, issuer->key_id, KEY_ID_SIZE) != 0) {
		hash_to_hex(row->key_id, KEY_ID_SIZE, id);
		return error_set(error, STATUS_KEY,
			"the token of registrant @%lld was made with another key (id %s)",
			(long long)row->registrant_id, id);
	}
	token_derive(issuer, row->token_id, token);
	token_verifier(token, verifier);
	if (sodium_memcmp(verifier, row->verifier, sizeof verifier) != 0) {
		token_wipe(token, sizeof token);
		(void)error_set(error, STATUS_DATABASE,
			"the token of registrant @%lld is not the one that was issued",
			(long long)row->registrant_id);
		return error_hint(error,
			"somebody changed the database; issue another with 'regtool token reissue'");
	}
	token_write(token, ret_text);
	token_wipe(token, sizeof token);
	return STATUS_OK;
}

enum status token_find(struct db *db, const unsigned char token[static TOKEN_SIZE],
	struct token_holder *ret_holder, struct error *error)
{
	unsigned char verifier[VERIFIER_SIZE];
	struct token_row row;

	token_verifier(token, verifier);
	enum status status = token_store_by_verifier(db, verifier, &row, error);
	if (status != STATUS_OK)
		return status;
	if (sodium_memcmp(verifier, row.verifier, sizeof verifier) != 0)
		return error_set(error, STATUS_NOT_FOUND, "no such token");
	*ret_holder = (struct token_holder){
		.token_id = row.token_id,
		.registrant_id = row.registrant_id,
		.event_id = row.event_id,
		.is_revoked = row.is_revoked,
		.revoked_s = row.revoked_s,
	};
	return STATUS_OK;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/token.h"

#include "store/token_store.h"
#include "support.h"
#include "util/memory.h"

#include <ctype.h>

enum {
	SYMBOLS = 28,
	ROUND_TRIPS = 2000,
};

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char vector_text[] = "14A7-D1N3-0BXH-MFF0-B9WY-28XX-FMK1";
static const char vector_plain[] = "14A7D1N30BXHMFF0B9WY28XXFMK1";

/* The key whose bytes are 00 01 … 1f. */
static struct key *vector_key(void)
{
	unsigned char bytes[KEY_SIZE];

	for (int i = 0; i < KEY_SIZE; i++)
		bytes[i] = (unsigned char)i;
	return key_from_bytes(bytes);
}

static void assert_hex(const unsigned char *bytes, size_t length, const char *wanted)
{
	char text[129];

	hash_to_hex(bytes, length, text);
	assert_string_equal(text, wanted);
}

/* Published with the format: any other program must come to the same. */
static void test_vector(void **state)
{
	CLEANUP(key_freep) struct key *key = vector_key();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);
	unsigned char token[TOKEN_SIZE];
	unsigned char again[TOKEN_SIZE];
	unsigned char verifier[VERIFIER_SIZE];
	char text[TOKEN_TEXT_SIZE];

	(void)state;
	assert_hex(key_id(key), KEY_ID_SIZE, "961b344a17f74ff4");
	token_derive(issuer, 1, token);
	assert_hex(token, sizeof token, "2451da1a8c0bec68f78169e7848ef5f4");
	token_write(token, text);
	assert_string_equal(text, vector_text);
	assert_true(token_read(text, again));
	assert_memory_equal(token, again, sizeof token);
	token_verifier(token, verifier);
	assert_hex(verifier, sizeof verifier,
		"80eca8ffcb3c12d873683b9859ec272e68fc8a3b28f603b30e47a2369b34bab3");
}

/* Another event, another number, another key: another token. */
static void test_derivation(void **state)
{
	CLEANUP(key_freep) struct key *key = vector_key();
	CLEANUP(key_freep) struct key *other_key = key_make();
	CLEANUP(token_issuer_freep) struct token_issuer *first = token_issuer_new(key, 1);
	CLEANUP(token_issuer_freep) struct token_issuer *second = token_issuer_new(key, 2);
	CLEANUP(token_issuer_freep) struct token_issuer *other = token_issuer_new(other_key, 1);
	unsigned char tokens[4][TOKEN_SIZE];

	(void)state;
	token_derive(first, 1, tokens[0]);
	token_derive(first, 2, tokens[1]);
	token_derive(second, 1, tokens[2]);
	token_derive(other, 1, tokens[3]);
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < i; j++)
			assert_memory_not_equal(tokens[i], tokens[j], TOKEN_SIZE);
}

static void assert_reads(const char *text)
{
	unsigned char wanted[TOKEN_SIZE];
	unsigned char token[TOKEN_SIZE];

	assert_true(token_read(vector_text, wanted));
	if (!token_read(text, token))
		fail_msg("'%s' is not read", text);
	assert_memory_equal(token, wanted, TOKEN_SIZE);
}

/* As people and scanners type it. */
static void test_spellings(void **state)
{
	(void)state;
	assert_reads(vector_plain);
	assert_reads("14a7-d1n3-0bxh-mff0-b9wy-28xx-fmk1");
	assert_reads("14A7 D1N3 0BXH MFF0 B9WY 28XX FMK1");
	assert_reads("  14A7D1N30BXHMFF0B9WY28XXFMK1  ");
	assert_reads("--1-4A7D1N30BXHMFF0B9WY28XXFMK-1-");
	assert_reads("14A7D1N30BXHMFF0B9WY28XXFMK1\r");
	assert_reads("l4A7-DlN3-OBXH-MFFO-B9WY-28XX-FMKl");
	assert_reads("I4a7-dIn3-obxh-mffo-b9wy-28xx-fmki");
	assert_reads("L4A7-DLN3-0BXH-MFF0-B9WY-28XX-FMKL");
}

static void assert_malformed(const char *text)
{
	static const unsigned char untouched[TOKEN_SIZE] = { 1, 2, 3 };
	unsigned char token[TOKEN_SIZE] = { 1, 2, 3 };

	if (token_read(text, token))
		fail_msg("'%s' is read", text);
	assert_memory_equal(token, untouched, TOKEN_SIZE);
}

static void test_malformed(void **state)
{
	(void)state;
	assert_malformed("");
	assert_malformed("-");
	assert_malformed("1");
	assert_malformed("14A7D1N30BXHMFF0B9WY28XXFMK");
	assert_malformed("14A7D1N30BXHMFF0B9WY28XXFMK11");
	assert_malformed("014A7D1N30BXHMFF0B9WY28XXFMK1");
	assert_malformed("14A7D1N30BXHMFF0B9WY28XXFMKU");
	assert_malformed("14A7D1N30BXHMFF0B9WY28XXFMK\xc3\xa9");
	assert_malformed("14A7D1N30BXHMFF0\rB9WY28XXFMK1");
	assert_malformed("14A7D1N30BXHMFF0B9WY28XXFMK1\n");
	assert_malformed("14A7_D1N3_0BXH_MFF0_B9WY_28XX_FMK1");
	/* 2^128 and more have no token: the first symbol is 0 to 7. */
	for (const char *c = "89ABCDEFGHJKMNPQRSTVWXYZ"; *c != '\0'; c++) {
		char text[SYMBOLS + 1];

		memcpy(text, vector_plain, sizeof text);
		text[0] = *c;
		assert_malformed(text);
	}
}

/* Every wrong symbol and every swap of two, near or far, is found. */
static void assert_errors_found(const char *plain)
{
	char text[SYMBOLS + 1];

	for (size_t i = 0; i < SYMBOLS; i++) {
		memcpy(text, plain, sizeof text);
		for (const char *c = alphabet; *c != '\0'; c++) {
			text[i] = *c;
			if (*c != plain[i])
				assert_malformed(text);
		}
		for (size_t j = 0; j < i; j++) {
			if (plain[i] == plain[j])
				continue;
			memcpy(text, plain, sizeof text);
			text[i] = plain[j];
			text[j] = plain[i];
			assert_malformed(text);
		}
	}
}

/* Takes the hyphens out. */
static void strip(const char *text, char ret_plain[static SYMBOLS + 1])
{
	for (const char *c = text; *c != '\0'; c++)
		if (*c != '-')
			*ret_plain++ = *c;
	*ret_plain = '\0';
}

static void test_errors(void **state)
{
	CLEANUP(key_freep) struct key *key = vector_key();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);

	(void)state;
	assert_errors_found(vector_plain);
	for (int64_t serial = 1; serial <= 20; serial++) {
		unsigned char token[TOKEN_SIZE];
		char text[TOKEN_TEXT_SIZE];
		char plain[SYMBOLS + 1];

		token_derive(issuer, serial, token);
		token_write(token, text);
		strip(text, plain);
		assert_errors_found(plain);
	}
}

static void test_round_trips(void **state)
{
	static const unsigned char edges[2][TOKEN_SIZE] = { { 0 },
		{ 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
			255 } };
	unsigned random = 99;

	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		unsigned char token[TOKEN_SIZE];
		unsigned char again[TOKEN_SIZE];
		char text[TOKEN_TEXT_SIZE];

		for (int j = 0; j < TOKEN_SIZE; j++) {
			random = random * 1103515245 + 12345;
			token[j] = i < 2 ? edges[i][j] : (unsigned char)(random >> 16);
		}
		token_write(token, text);
		assert_int_equal(strlen(text), TOKEN_TEXT_SIZE - 1);
		assert_true(text[0] >= '0' && text[0] <= '7');
		assert_true(token_read(text, again));
		assert_memory_equal(token, again, TOKEN_SIZE);
		for (char *c = text; *c != '\0'; c++)
			*c = (char)tolower((unsigned char)*c);
		assert_true(token_read(text, again));
		assert_memory_equal(token, again, TOKEN_SIZE);
	}
}

/* Issued, found by what opens the door, revoked. */
static void test_issue(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(key_freep) struct key *key = vector_key();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	unsigned char token[TOKEN_SIZE];
	struct token_holder holder = { 0 };
	int64_t serial = 0;

	(void)state;
	support_database("issue.db");
	assert_ok(db_open("issue.db", DB_WRITE, NULL, &db, &error), error);
	support_registrant(db, 7);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	/* A key that the database does not know can issue nothing. */
	assert_fails(token_issue(db, issuer, 7, 1000, &serial, &error), STATUS_DATABASE,
		"FOREIGN KEY", error);
	assert_ok(key_register(key, db, 1000, &error), error);
	assert_ok(token_issue(db, issuer, 7, 1000, &serial, &error), error);
	assert_int_equal(serial, 1);
	assert_ok(token_issue(db, issuer, 7, 1001, &serial, &error), error);
	assert_int_equal(serial, 2);
	assert_ok(token_store_revoke(db, 1, 1002, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_true(token_read(vector_text, token));
	assert_ok(token_find(db, token, &holder, &error), error);
	assert_int_equal(holder.token_id, 1);
	assert_int_equal(holder.registrant_id, 7);
	assert_int_equal(holder.event_id, 1);
	assert_true(holder.is_revoked);
	assert_int_equal(holder.revoked_s, 1002);
	token_derive(issuer, 2, token);
	assert_ok(token_find(db, token, &holder, &error), error);
	assert_false(holder.is_revoked);
	token_derive(issuer, 3, token);
	assert_int_equal(token_find(db, token, &holder, &error), STATUS_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vector),
		cmocka_unit_test(test_derivation),
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_issue),
	};

	return cmocka_run_group_tests_name("token", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/hash.h"

#include "util/memory.h"

#include "unit.h"

static void assert_hash(struct hash *hash, const char *expected)
{
	unsigned char bytes[HASH_SIZE];
	char text[2 * HASH_SIZE + 1];

	hash_finish(hash, bytes);
	hash_to_hex(bytes, sizeof bytes, text);
	assert_string_equal(text, expected);
}

/* From `b2sum -l 256`. */
static void plain_is_blake2b_256(void **state)
{
	CLEANUP(hash_freep) struct hash *hash = hash_new(NULL);

	(void)state;
	assert_hash(hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	hash_add_raw(hash, "a", 1);
	hash_add_raw(hash, "bc", 2);
	assert_hash(hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

/* The vector of the stored form of a badge's token: H2(H1(token)). */
static void personalisation_keeps_uses_apart(void **state)
{
	CLEANUP(hash_freep) struct hash *proof = hash_new("regtool-proof-v1");
	CLEANUP(hash_freep) struct hash *stored = hash_new("regtool-store-v1");
	unsigned char token[16];
	unsigned char bytes[HASH_SIZE];

	(void)state;
	assert_int_equal(hash_from_hex("2451da1a8c0bec68f78169e7848ef5f4", token, sizeof token), 0);
	for (int round = 0; round < 2; round++) {
		hash_add_raw(proof, token, sizeof token);
		hash_finish(proof, bytes);
		hash_add_raw(stored, bytes, sizeof bytes);
		assert_hash(stored,
			"80eca8ffcb3c12d873683b9859ec272e68fc8a3b28f603b30e47a2369b34bab3");
	}
}

/* From Python: hashlib.blake2b(b'abc', digest_size=32, key=bytes(range(32)),
 * person=b'regtool-erasure1'). */
static void a_key_makes_another_hash(void **state)
{
	unsigned char key[HASH_KEY_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)i;
	CLEANUP(hash_freep) struct hash *keyed = hash_new_keyed("regtool-erasure1", key);
	memset(key, 0, sizeof key);
	for (int round = 0; round < 2; round++) {
		hash_add_raw(keyed, "abc", 3);
		assert_hash(keyed,
			"f8f9975b876fd18d865bc96854b747cdd1e7f05b5f23f076e061338c0267af7b");
	}
}

static void fields_carry_their_length(void **state)
{
	CLEANUP(hash_freep) struct hash *fields = hash_new("regtool-unittest");
	CLEANUP(hash_freep) struct hash *raw = hash_new("regtool-unittest");
	unsigned char expected[HASH_SIZE];
	unsigned char bytes[HASH_SIZE];

	(void)state;
	hash_add_text(fields, "ab");
	hash_add_integer(fields, -2);
	hash_add_bytes(fields, NULL, 0);
	hash_finish(fields, bytes);
	hash_add_raw(raw, "\2\0\0\0\0\0\0\0ab", 10);
	hash_add_raw(raw, "\10\0\0\0\0\0\0\0\376\377\377\377\377\377\377\377", 16);
	hash_add_raw(raw, "\377\377\377\377\377\377\377\377", 8);
	hash_finish(raw, expected);
	assert_memory_equal(bytes, expected, HASH_SIZE);
}

static void lists_of_fields_differ(void **state)
{
	static const char *const lists[][3] = {
		{ "a", "b", "" },
		{ "ab", "", "" },
		{ "", "ab", "" },
		{ "a", "", "b" },
		{ "a", "b", NULL },
		{ NULL, "a", "b" },
		{ NULL, NULL, NULL },
		{ "", "", "" },
	};
	unsigned char hashes[COUNT(lists)][HASH_SIZE];
	CLEANUP(hash_freep) struct hash *hash = hash_new("regtool-unittest");

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		for (size_t j = 0; j < 3; j++)
			hash_add_text(hash, lists[i][j]);
		hash_finish(hash, hashes[i]);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(hashes[i], hashes[j], HASH_SIZE);
	}
}

static void hex_goes_both_ways(void **state)
{
	unsigned char bytes[256];
	unsigned char again[256];
	char text[2 * sizeof bytes + 1];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)i;
	hash_to_hex(bytes, sizeof bytes, text);
	assert_int_equal(strncmp(text, "000102", 6), 0);
	assert_int_equal(hash_from_hex(text, again, sizeof again), 0);
	assert_memory_equal(again, bytes, sizeof bytes);
	assert_int_equal(hash_from_hex("Ff0a", again, 2), 0);
	assert_memory_equal(again, "\377\12", 2);
	assert_int_equal(hash_from_hex("", again, 0), 0);
}

static void bad_hex_is_refused(void **state)
{
	static const char *const bad[] = { "", "0", "00", "000", "00000", "000000", "0g00", " 000",
		"00 0", "00:0", "0x00" };
	unsigned char bytes[8];

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(hash_from_hex(bad[i], bytes, 2), -1);
}

static int start(void **state)
{
	(void)state;
	return hash_start_library();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_is_blake2b_256),
		cmocka_unit_test(personalisation_keeps_uses_apart),
		cmocka_unit_test(a_key_makes_another_hash),
		cmocka_unit_test(fields_carry_their_length),
		cmocka_unit_test(lists_of_fields_differ),
		cmocka_unit_test(hex_goes_both_ways),
		cmocka_unit_test(bad_hex_is_refused),
	};

	return cmocka_run_group_tests_name("hash", tests, start, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/str.h"

#include "util/memory.h"

#include "unit.h"

static void starts_empty_and_terminated(void **state)
{
	struct str str = STR_INIT;

	(void)state;
	assert_string_equal(str.text, "");
	assert_int_equal(str.length, 0);
	str_free(&str);
	str_clear(&str);
	assert_string_equal(str.text, "");
}

static void adds_each_kind(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	str_add(&str, "ab");
	str_add_char(&str, 'c');
	str_addf(&str, "%s-%03d", "d", 7);
	str_add_bytes(&str, "ef", 1);
	str_add(&str, "");
	assert_string_equal(str.text, "abcd-007e");
	assert_int_equal(str.length, 9);
}

static void holds_nul(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	str_add_bytes(&str, "a\0b", 3);
	str_add_char(&str, '\0');
	str_add(&str, "c");
	assert_int_equal(str.length, 5);
	assert_memory_equal(str.text, "a\0b\0c", 6);
}

static void cut_shortens(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	str_cut(&str, 0);
	str_add(&str, "abcdef");
	str_cut(&str, 6);
	assert_string_equal(str.text, "abcdef");
	str_cut(&str, 2);
	assert_string_equal(str.text, "ab");
	assert_int_equal(str.length, 2);
}

static void clear_keeps_memory(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	str_add(&str, "abc");
	const char *text = str.text;
	str_clear(&str);
	assert_string_equal(str.text, "");
	str_add(&str, "def");
	assert_ptr_equal(str.text, text);
	assert_string_equal(str.text, "def");
}

static void steal_leaves_it_empty(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	CLEANUP(memory_free_text) char *nothing = str_steal(&str);
	assert_string_equal(nothing, "");
	str_add(&str, "abc");
	CLEANUP(memory_free_text) char *stolen = str_steal(&str);
	assert_string_equal(stolen, "abc");
	assert_string_equal(str.text, "");
	str_add(&str, "d");
	assert_string_equal(str.text, "d");
	assert_string_equal(stolen, "abc");
}

/* Against an array that is large enough. */
static void grows_as_an_array_would(void **state)
{
	static char expected[100000];
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 20; round++) {
		CLEANUP(str_free) struct str str = STR_INIT;
		size_t length = 0;
		while (length < sizeof expected - 600) {
			size_t more = unit_random_below(&seed, 600);
			char byte = (char)unit_random(&seed);
			memset(expected + length, byte, more);
			for (size_t i = 0; round == 0 && i < more; i++)
				str_add_char(&str, byte);
			if (round > 0)
				str_add_bytes(&str, expected + length, more);
			length += more;
			assert_int_equal(str.length, length);
			assert_int_equal(str.text[length], 0);
		}
		assert_memory_equal(str.text, expected, length);
	}
}

static void formats_long_text(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++)
		str_addf(&str, "%0*d", i, 0);
	assert_int_equal(str.length, 1 + 1000 * 999 / 2);
	assert_int_equal(strspn(str.text, "0"), str.length);
}

static void test_integers(void **state)
{
	static const struct {
		int64_t value;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -1, "-1" },
		{ 10, "10" },
		{ 1644929700, "1644929700" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str str = STR_INIT;
		str_add(&str, "=");
		str_add_integer(&str, cases[i].value);
		assert_string_equal(str.text + 1, cases[i].text);
		str_free(&str);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_empty_and_terminated),
		cmocka_unit_test(adds_each_kind),
		cmocka_unit_test(holds_nul),
		cmocka_unit_test(cut_shortens),
		cmocka_unit_test(clear_keeps_memory),
		cmocka_unit_test(steal_leaves_it_empty),
		cmocka_unit_test(grows_as_an_array_would),
		cmocka_unit_test(formats_long_text),
		cmocka_unit_test(test_integers),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}

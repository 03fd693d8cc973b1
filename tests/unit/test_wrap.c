/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/wrap.h"

#include "cli/printable.h"
#include "render.h"

static void write_sentence(struct output *output)
{
	wrap_words(output, "Rule", 10,
		"enrolled; 80 % of the time; sessions S1, S2 (75 % of each); with check-out; of "
		"S1, S2");
}

static void test_between_words(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_sentence,
		"Rule      enrolled; 80 % of the time; sessions S1, S2 (75 % of each); with\n"
		"          check-out; of S1, S2\n");
	assert_format(FORMAT_CSV, write_sentence, "");
}

static void write_heads(struct output *output)
{
	wrap_words(output, "a head as wide", 14, "beside it no more");
	wrap_words(output, "名前", 6, "four columns and two");
	wrap_words(output, "", 0, "  blanks   are one ");
	wrap_words(output, "empty", 7, "");
}

static void test_heads(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_heads,
		"a head as wide\n"
		"              beside it no more\n"
		"名前  four columns and two\n"
		"blanks are one\n"
		"empty\n");
}

static void write_wide_words(struct output *output)
{
	/* What has no blanks, in columns of two, and accents that stay with their letters. */
	wrap_words(output, "", 70, "x 会議会議会議 e\xcc\x81\x65\xcc\x81 end");
}

static void test_wide_words_are_broken(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_wide_words,
		"                                                                      x\n"
		"                                                                      会議会議会\n"
		"                                                                      議 "
		"e\xcc\x81\x65\xcc\x81 end\n");
}

static void test_length(void **state)
{
	(void)state;
	assert_int_equal(printable_length("abc", 2), 2);
	assert_int_equal(printable_length("abc", 3), 3);
	assert_int_equal(printable_length("会議", 3), 3);
	assert_int_equal(printable_length("e\xcc\x81x", 1), 3);
	assert_int_equal(printable_length("会議", 1), 3); /* one at least */
	assert_int_equal(printable_length("\033[", 4), 1);
	assert_int_equal(printable_length("", 4), 0);
}

int main(void)
{
	terminal_set_locale();

	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_between_words),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_wide_words_are_broken),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}

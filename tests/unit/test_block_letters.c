/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/block_letters.h"

#include "unit.h"

static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789-.' ";

static void test_what_can_be_written(void **state)
{
	(void)state;
	assert_true(block_letters_can(all));
	assert_true(block_letters_can(""));
	assert_false(block_letters_can("Ada"));
	assert_false(block_letters_can("zoë"));
}

/* Every letter is five rows of five dots and a gap, and no two look alike. */
static void test_letters(void **state)
{
	char seen[sizeof all][300];
	size_t count = strlen(all);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct str shape = STR_INIT;
		for (int row = 0; row < BLOCK_ROWS; row++) {
			struct str line = STR_INIT;
			block_letters_add_row(&line, all + i, 1, row);
			size_t columns = 0;
			for (size_t at = 0; at < line.length; at++)
				columns += ((unsigned char)line.text[at] & 0xc0) != 0x80 ? 1 : 0;
			assert_int_equal(columns, BLOCK_COLUMNS);
			assert_int_equal(line.text[line.length - 1], ' ');
			str_add(&shape, line.text);
			str_free(&line);
		}
		assert_in_range(shape.length, 1, sizeof seen[0] - 1);
		memcpy(seen[i], shape.text, shape.length + 1);
		str_free(&shape);
		for (size_t other = 0; other < i; other++)
			if (strcmp(seen[i], seen[other]) == 0)
				fail_msg("'%c' looks like '%c'", all[i], all[other]);
	}
}

static void test_words(void **state)
{
	struct str line = STR_INIT;

	(void)state;
	block_letters_add_row(&line, "til", 2, 1);
	assert_string_equal(line.text, "  █     █   ");
	str_free(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_can_be_written),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests_name("block_letters", tests, NULL, NULL);
}

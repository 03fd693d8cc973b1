/* SPDX-License-Identifier: BSD-2-Clause */
/* Results that start again, and results too large for memory. */
#include "render.h"

static void write_one(struct output *output)
{
	static const struct column columns[] = { { "one", "one", COLUMN_INTEGER, false, false,
		false, false } };

	output_list_begin(output, NULL, NULL, columns, 1);
	output_integer(output, 1);
	end_row(output);
	output_list_end(output);
}

static void write_restarted(struct output *output)
{
	static const struct column pair[] = {
		{ "a", "a", COLUMN_INTEGER, false, false, false, false },
		{ "b", "b", COLUMN_TEXT, false, false, false, false },
	};

	output_words(output, "forgotten");
	write_one(output);
	output_restart(output);
	/* In the middle of a row, too. */
	output_list_begin(output, NULL, NULL, pair, COUNT_OF(pair));
	output_integer(output, 1);
	output_restart(output);
	write_one(output);
}

static void test_restart(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_restarted, "one\n  1\n");
	assert_format(FORMAT_CSV, write_restarted, "one\n1\n");
	assert_format(FORMAT_JSON, write_restarted, "[\n{\"one\": 1}\n]\n");
}

enum {
	MANY_ROWS = 60000, /* some 1.5 MB: more than is kept in memory */
};

static void write_many(struct output *output)
{
	static const struct column columns[] = {
		{ "a", "a", COLUMN_INTEGER, false, false, false, false },
		{ "b", "b", COLUMN_TEXT, false, false, false, false },
		{ "c", "c", COLUMN_TEXT, false, false, false, false },
	};

	output_list_begin(output, NULL, NULL, columns, COUNT_OF(columns));
	for (int i = 1; i <= MANY_ROWS; i++) {
		output_integer(output, i);
		/* The widest is the last: the first chunk must know of it. */
		output_text(output, i == MANY_ROWS ? "the widest of all" : "b");
		output_text(output, "c");
		end_row(output);
	}
	output_list_end(output);
}

static void test_many_rows_as_csv(void **state)
{
	CLEANUP(memory_free_text)
	char *text = render((struct output_settings){ .format = FORMAT_CSV }, write_many);
	CLEANUP(str_free) struct str expected = STR_INIT;

	(void)state;
	str_add(&expected, "a,b,c\n");
	for (int i = 1; i <= MANY_ROWS; i++)
		str_addf(&expected, "%d,%s,c\n", i, i == MANY_ROWS ? "the widest of all" : "b");
	assert_int_equal(strlen(text), expected.length);
	assert_true(strcmp(text, expected.text) == 0);
}

static void test_many_rows_as_table(void **state)
{
	CLEANUP(memory_free_text)
	char *text = render((struct output_settings){ .format = FORMAT_TABLE }, write_many);
	CLEANUP(str_free) struct str expected = STR_INIT;

	(void)state;
	str_addf(&expected, "%5s  %-17s  c\n", "a", "b");
	for (int i = 1; i <= MANY_ROWS; i++)
		str_addf(&expected, "%5d  %-17s  c\n", i,
			i == MANY_ROWS ? "the widest of all" : "b");
	assert_int_equal(strlen(text), expected.length);
	assert_true(strcmp(text, expected.text) == 0);
}

static void write_much_restarted(struct output *output)
{
	write_many(output);
	output_restart(output);
	write_one(output);
}

static void test_restart_after_spill(void **state)
{
	(void)state;
	assert_format(FORMAT_CSV, write_much_restarted, "one\n1\n");
	assert_format(FORMAT_TABLE, write_much_restarted, "one\n  1\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_many_rows_as_csv),
		cmocka_unit_test(test_many_rows_as_table),
		cmocka_unit_test(test_restart_after_spill),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* CSV: the guard against formulas, and how rows end. */
#include "render.h"

/* Each of a text that a spreadsheet would run, and what is written for it. */
static const struct {
	const char *text;
	const char *cell;
} guarded[] = {
	{ "=1+1", "'=1+1" },
	{ "+41 21", "'+41 21" },
	{ "-", "'-" },
	{ "@home", "'@home" },
	{ "\tx", "'\tx" },
	{ "\rx", "\"'\rx\"" },
	{ "'=1", "''=1" },
	{ "''''@", "'''''@" },
	{ "=\"a,b\"", "\"'=\"\"a,b\"\"\"" },
	/* These it would not. */
	{ "'", "'" },
	{ "'90s", "'90s" },
	{ "''", "''" },
	{ "a=1", "a=1" },
	{ " =1", " =1" },
	{ "\n=1", "\"\n=1\"" },
	{ "", "" },
};

static const struct column guard_columns[] = {
	{ "=head", "head", COLUMN_TEXT, false, false, false, false },
	{ "set", "set", COLUMN_SET, false, false, false, false },
	{ "code", "code", COLUMN_CODE, false, false, false, false },
	{ "number", "number", COLUMN_INTEGER, false, false, false, false },
};

static void write_guarded(struct output *output)
{
	output_list_begin(output, NULL, NULL, guard_columns, COUNT_OF(guard_columns));
	for (size_t i = 0; i < COUNT_OF(guarded); i++) {
		output_text(output, guarded[i].text);
		output_text(output, "-a;b");
		output_text(output, "-1Z");
		output_integer(output, -1);
		end_row(output);
	}
	output_list_end(output);
}

static void test_csv_guard(void **state)
{
	CLEANUP(str_free) struct str expected = STR_INIT;

	(void)state;
	str_add(&expected, "'=head,set,code,number\n");
	for (size_t i = 0; i < COUNT_OF(guarded); i++)
		str_addf(&expected, "%s,'-a;b,-1Z,-1\n", guarded[i].cell);
	assert_format(FORMAT_CSV, write_guarded, expected.text);
}

static void write_formula(struct output *output)
{
	output_list_begin(output, NULL, NULL, guard_columns, 1);
	output_text(output, "=1");
	end_row(output);
	output_list_end(output);
}

static void test_csv_raw(void **state)
{
	(void)state;
	assert_rendered((struct output_settings){ .format = FORMAT_CSV, .csv_raw = true },
		write_formula, "=head\n=1\n");
}

static void write_lines(struct output *output)
{
	static const struct column columns[] = { { "a", "a", COLUMN_TEXT, false, false, false,
		false } };

	output_list_begin(output, NULL, NULL, columns, 1);
	output_text(output, "x\ny");
	end_row(output);
	output_text(output, ""); /* unquoted it would be an empty line */
	end_row(output);
	output_list_end(output);
}

static void test_csv_row_ends(void **state)
{
	(void)state;
	assert_format(FORMAT_CSV, write_lines, "a\n\"x\ny\"\n\"\"\n");
	assert_rendered((struct output_settings){ .format = FORMAT_CSV, .csv_crlf = true },
		write_lines, "a\r\n\"x\ny\"\r\n\"\"\r\n");
	assert_rendered((struct output_settings){ .format = FORMAT_CSV, .csv_bom = true },
		write_lines,
		"\xef\xbb\xbf"
		"a\n\"x\ny\"\n\"\"\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_guard),
		cmocka_unit_test(test_csv_raw),
		cmocka_unit_test(test_csv_row_ends),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The typed renderer: what each format looks like to the byte. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "util/memory.h"
#include "util/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2022-02-15 14:30 in Zurich */
enum {
	FIRST_TALK_S = 1644931800,
};

static const char result_path[] = "test_output.result";

static const struct column people[] = {
	{ "registrant", "no.", COLUMN_INTEGER, false, false, false },
	{ "name", "name", COLUMN_TEXT, false, false, true },
	{ "roles", "roles", COLUMN_SET, false, false, false },
	{ "percent", "percent", COLUMN_PERMILLE, false, false, false },
	{ "credits", "credits", COLUMN_HUNDREDTHS, false, false, false },
	{ "at", "at", COLUMN_TIME, false, false, false },
	{ "forced", "forced", COLUMN_BOOLEAN, false, false, false },
	{ "token", NULL, COLUMN_CODE, false, false, false },
};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

typedef void writer(struct output *output);

static struct output *open_output(const struct output_settings *settings)
{
	struct error error = ERROR_INIT;
	struct output *output = NULL;

	assert_int_equal(output_open(settings, &output, &error), STATUS_OK);
	return output;
}

static char *read_file(const char *path)
{
	struct str text = STR_INIT;
	char bytes[4096];
	size_t length;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
		str_add_bytes(&text, bytes, length);
	assert_int_equal(fclose(file), 0);
	return str_steal(&text);
}

/* What `write` gives with the settings, whose path is set here. The caller frees it. */
static char *render(struct output_settings settings, writer *write)
{
	struct error error = ERROR_INIT;
	CLEANUP(zone_closep) struct zone *zone = NULL;
	CLEANUP(output_closep) struct output *output = NULL;

	assert_int_equal(zone_open("Europe/Zurich", &zone, &error), STATUS_OK);
	settings.path = result_path;
	output = open_output(&settings);
	output_set_zone(output, zone);
	write(output);
	assert_int_equal(output_finish(output, &error), STATUS_OK);
	char *text = read_file(result_path);
	assert_int_equal(remove(result_path), 0);
	return text;
}

static void assert_rendered(struct output_settings settings, writer *write, const char *expected)
{
	CLEANUP(memory_free_text) char *text = render(settings, write);

	assert_string_equal(text, expected);
}

static void assert_format(enum output_format format, writer *write, const char *expected)
{
	assert_rendered((struct output_settings){ .format = format }, write, expected);
}

static void end_row(struct output *output)
{
	struct error error = ERROR_INIT;

	assert_int_equal(output_row_end(output, &error), STATUS_OK);
}

/* --- Lists --- */

static void write_people(struct output *output)
{
	output_list_begin(output, NULL, NULL, people, COUNT_OF(people));
	output_integer(output, 1);
	output_text(output, "李小龍");
	output_text(output, "speaker;student");
	output_integer(output, 795);
	output_integer(output, 150);
	output_time(output, FIRST_TALK_S);
	output_boolean(output, true);
	output_text(output, "14A7");
	end_row(output);
	output_integer(output, 12);
	output_text(output, "Ada \"A\", Lovelace");
	output_text(output, "");
	output_integer(output, 1000);
	output_integer(output, 0);
	output_null(output);
	output_boolean(output, false);
	output_null(output);
	end_row(output);
	output_list_end(output);
}

static void test_list_as_table(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_people,
		"no.  name               roles            percent  credits  at                forced\n"
		"  1  李小龍             speaker;student     79.5      1.5  2022-02-15 14:30  yes\n"
		" 12  Ada \"A\", Lovelace                     100.0        0                    no\n");
}

static void test_list_as_csv(void **state)
{
	(void)state;
	assert_format(FORMAT_CSV, write_people,
		"registrant,name,roles,percent,credits,at,forced,token\n"
		"1,李小龍,speaker;student,79.5,1.5,2022-02-15T14:30:00+01:00,yes,14A7\n"
		"12,\"Ada \"\"A\"\", Lovelace\",,100.0,0,,no,\n");
}

static const char person_one[] = "{\"registrant\": 1, \"name\": \"李小龍\", "
				 "\"roles\": [\"speaker\", \"student\"], \"percent\": 79.5, "
				 "\"credits\": 1.5, \"at\": \"2022-02-15T14:30:00+01:00\", "
				 "\"forced\": true, \"token\": \"14A7\"}";
static const char person_two[] = "{\"registrant\": 12, \"name\": \"Ada \\\"A\\\", Lovelace\", "
				 "\"roles\": [], \"percent\": 100.0, \"credits\": 0, "
				 "\"at\": null, \"forced\": false, \"token\": null}";

static void test_list_as_json(void **state)
{
	CLEANUP(str_free) struct str expected = STR_INIT;

	(void)state;
	str_addf(&expected, "[\n%s,\n%s\n]\n", person_one, person_two);
	assert_format(FORMAT_JSON, write_people, expected.text);
}

static void test_list_as_json_lines(void **state)
{
	CLEANUP(str_free) struct str expected = STR_INIT;

	(void)state;
	str_addf(&expected, "%s\n%s\n", person_one, person_two);
	assert_format(FORMAT_JSONL, write_people, expected.text);
}

static void write_nobody(struct output *output)
{
	output_list_begin(output, NULL, NULL, people, 2);
	output_list_end(output);
}

static void test_empty_list(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_nobody, "");
	assert_format(FORMAT_CSV, write_nobody, "registrant,name\n");
	assert_format(FORMAT_JSON, write_nobody, "[]\n");
	assert_format(FORMAT_JSONL, write_nobody, "");
}

static void write_left_out(struct output *output)
{
	static const struct column columns[] = {
		{ "a", "A", COLUMN_TEXT, true, false, false },
		{ "b", "B", COLUMN_TEXT, false, true, false },
		{ "c", NULL, COLUMN_TEXT, false, false, false },
	};

	output_list_begin(output, NULL, NULL, columns, COUNT_OF(columns));
	output_text(output, "1");
	output_text(output, "2");
	output_text(output, "3");
	end_row(output);
	output_list_end(output);
}

static void test_columns_left_out(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_left_out, "A  B\n1  2\n");
	assert_format(FORMAT_CSV, write_left_out, "b,c\n2,3\n");
	assert_format(FORMAT_JSON, write_left_out, "[\n{\"a\": \"1\", \"c\": \"3\"}\n]\n");
}

/* --- Records, nesting, words --- */

static void write_course(struct output *output)
{
	static const struct column course[] = {
		{ "course", "course", COLUMN_TEXT, false, false, false },
		{ "min_percent", "least percent", COLUMN_PERMILLE, false, false, false },
	};
	static const struct column rule[] = { { "kind", "kind", COLUMN_TEXT, false, false,
		false } };
	static const struct column rows[] = { { "who", "who", COLUMN_TEXT, false, false, false } };
	static const struct column needs[] = { { "need", "need", COLUMN_TEXT, false, false,
		false } };

	output_words(output, "as of %s", "today");
	output_record_begin(output, NULL, NULL, course, COUNT_OF(course));
	output_text(output, "BIO-642");
	output_integer(output, 800);
	output_record_begin(output, "rule", NULL, rule, COUNT_OF(rule));
	output_text(output, "hidden in tables");
	output_record_end(output);
	output_list_begin(output, "rows", "People", rows, COUNT_OF(rows));
	for (int i = 0; i < 2; i++) {
		output_text(output, i == 0 ? "Ada" : "Bob");
		output_list_begin(output, "needs", "Needs", needs, COUNT_OF(needs));
		if (i == 0) {
			output_text(output, "exam");
			end_row(output);
			output_text(output, "report");
			end_row(output);
		}
		output_list_end(output);
		end_row(output);
	}
	output_list_end(output);
	output_record_end(output);
	output_words(output, "the end");
}

static void test_nested(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_course,
		"as of today\n"
		"course         BIO-642\n"
		"least percent  80.0\n"
		"\nPeople\nwho\nAda\n"
		"\nNeeds\nneed\nexam\nreport\n"
		"\nwho\nBob\n"
		"\nNeeds\nnone\n"
		"the end\n");
	assert_format(FORMAT_CSV, write_course, "course,min_percent\nBIO-642,80.0\n");
	assert_format(FORMAT_JSON, write_course,
		"{\"course\": \"BIO-642\", \"min_percent\": 80.0, "
		"\"rule\": {\"kind\": \"hidden in tables\"}, \"rows\": [\n"
		"{\"who\": \"Ada\", \"needs\": [{\"need\": \"exam\"}, {\"need\": \"report\"}]},\n"
		"{\"who\": \"Bob\", \"needs\": []}\n"
		"]}\n");
	assert_format(FORMAT_JSONL, write_course,
		"{\"course\": \"BIO-642\", \"min_percent\": 80.0, "
		"\"rule\": {\"kind\": \"hidden in tables\"}, \"rows\": ["
		"{\"who\": \"Ada\", \"needs\": [{\"need\": \"exam\"}, {\"need\": \"report\"}]}, "
		"{\"who\": \"Bob\", \"needs\": []}]}\n");
}

/* Parts with the same columns share their widths, also where they are nested. */
static void write_twice(struct output *output)
{
	static const struct column columns[] = {
		{ "a", "a", COLUMN_TEXT, false, false, false },
		{ "b", "b", COLUMN_INTEGER, false, false, false },
	};

	for (int i = 0; i < 2; i++) {
		output_list_begin(output, NULL, i == 0 ? "First" : "Second", columns, 2);
		output_text(output, i == 0 ? "x" : "longer");
		output_integer(output, i == 0 ? 1 : 1000);
		end_row(output);
		output_list_end(output);
	}
}

static void test_shared_widths(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_twice,
		"First\na          b\nx          1\n\nSecond\na          b\nlonger  1000\n");
}

static void write_bold(struct output *output)
{
	static const struct column columns[] = { { "a", "a", COLUMN_TEXT, false, false, false } };

	output_list_begin(output, NULL, "List", columns, 1);
	output_text(output, "x");
	end_row(output);
	output_list_end(output);
}

static void test_color_marks_headings(void **state)
{
	(void)state;
	assert_rendered((struct output_settings){ .format = FORMAT_TABLE, .color = true },
		write_bold, "\033[1mList\033[0m\n\033[1ma\033[0m\nx\n");
}

/* --- Text that is dangerous to show --- */

static void write_dangerous(struct output *output)
{
	static const struct column columns[] = {
		{ "a", "a", COLUMN_TEXT, false, false, false },
		{ "b", "b", COLUMN_TEXT, false, false, false },
	};

	output_list_begin(output, NULL, NULL, columns, 2);
	output_text(output, "\033[2J");
	output_text(output, "x");
	end_row(output);
	output_text(output, "l1\nl2");
	output_text(output, "\\x1b");
	end_row(output);
	output_text(output, "\xff\xe2\x80\xae");
	output_text(output, "y");
	end_row(output);
	output_list_end(output);
}

static void test_control_characters(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_dangerous,
		"a           b\n"
		"\\x1b[2J     x\n"
		"l1\\x0al2    \\x1b\n"
		"\\xff\\u202e  y\n");
	assert_format(FORMAT_JSONL, write_dangerous,
		"{\"a\": \"\\u001B[2J\", \"b\": \"x\"}\n"
		"{\"a\": \"l1\\nl2\", \"b\": \"\\\\x1b\"}\n"
		"{\"a\": \"\xef\xbf\xbd\xe2\x80\xae\", \"b\": \"y\"}\n");
}

/* --- CSV --- */

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
	{ "=head", "head", COLUMN_TEXT, false, false, false },
	{ "set", "set", COLUMN_SET, false, false, false },
	{ "code", "code", COLUMN_CODE, false, false, false },
	{ "number", "number", COLUMN_INTEGER, false, false, false },
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
	static const struct column columns[] = { { "a", "a", COLUMN_TEXT, false, false, false } };

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

/* --- Numbers --- */

static void write_numbers(struct output *output)
{
	static const struct column columns[] = {
		{ "p", NULL, COLUMN_PERMILLE, false, false, false },
		{ "h", NULL, COLUMN_HUNDREDTHS, false, false, false },
		{ "i", NULL, COLUMN_INTEGER, false, false, false },
	};
	static const int64_t numbers[] = { 0, 5, 100, 101, 110, 799, -5, -110, INT64_MAX,
		INT64_MIN };

	output_list_begin(output, NULL, NULL, columns, COUNT_OF(columns));
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		output_integer(output, numbers[i]);
		output_integer(output, numbers[i]);
		output_integer(output, numbers[i]);
		end_row(output);
	}
	output_list_end(output);
}

static void test_numbers_are_exact(void **state)
{
	(void)state;
	assert_format(FORMAT_JSONL, write_numbers,
		"{\"p\": 0.0, \"h\": 0, \"i\": 0}\n"
		"{\"p\": 0.5, \"h\": 0.05, \"i\": 5}\n"
		"{\"p\": 10.0, \"h\": 1, \"i\": 100}\n"
		"{\"p\": 10.1, \"h\": 1.01, \"i\": 101}\n"
		"{\"p\": 11.0, \"h\": 1.1, \"i\": 110}\n"
		"{\"p\": 79.9, \"h\": 7.99, \"i\": 799}\n"
		"{\"p\": -0.5, \"h\": -0.05, \"i\": -5}\n"
		"{\"p\": -11.0, \"h\": -1.1, \"i\": -110}\n"
		"{\"p\": 922337203685477580.7, \"h\": 92233720368547758.07, "
		"\"i\": 9223372036854775807}\n"
		"{\"p\": -922337203685477580.8, \"h\": -92233720368547758.08, "
		"\"i\": -9223372036854775808}\n");
}

/* --- Starting again, and results too large for memory --- */

static void write_restarted(struct output *output)
{
	output_words(output, "forgotten");
	write_people(output);
	output_restart(output);
	/* In the middle of a row, too. */
	output_list_begin(output, NULL, NULL, people, COUNT_OF(people));
	output_integer(output, 1);
	output_restart(output);
	write_formula(output);
}

static void test_restart(void **state)
{
	(void)state;
	assert_format(FORMAT_TABLE, write_restarted, "head\n=1\n");
	assert_format(FORMAT_CSV, write_restarted, "'=head\n'=1\n");
	assert_format(FORMAT_JSON, write_restarted, "[\n{\"=head\": \"=1\"}\n]\n");
}

enum {
	MANY_ROWS = 60000, /* some 1.5 MB: more than is kept in memory */
};

static void write_many(struct output *output)
{
	static const struct column columns[] = {
		{ "a", "a", COLUMN_INTEGER, false, false, false },
		{ "b", "b", COLUMN_TEXT, false, false, false },
		{ "c", "c", COLUMN_TEXT, false, false, false },
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
	write_formula(output);
}

static void test_restart_after_spill(void **state)
{
	(void)state;
	assert_format(FORMAT_CSV, write_much_restarted, "'=head\n'=1\n");
	assert_format(FORMAT_TABLE, write_much_restarted, "head\n=1\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_as_table),
		cmocka_unit_test(test_list_as_csv),
		cmocka_unit_test(test_list_as_json),
		cmocka_unit_test(test_list_as_json_lines),
		cmocka_unit_test(test_empty_list),
		cmocka_unit_test(test_columns_left_out),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_shared_widths),
		cmocka_unit_test(test_color_marks_headings),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_csv_guard),
		cmocka_unit_test(test_csv_raw),
		cmocka_unit_test(test_csv_row_ends),
		cmocka_unit_test(test_numbers_are_exact),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_many_rows_as_csv),
		cmocka_unit_test(test_many_rows_as_table),
		cmocka_unit_test(test_restart_after_spill),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The typed renderer: what each format looks like to the byte. */
#include "render.h"

/* 2022-02-15 14:30 in Zurich */
enum {
	FIRST_TALK_S = 1644931800,
};

static const struct column people[] = {
	{ "registrant", "no.", COLUMN_INTEGER, false, false, false, false },
	{ "name", "name", COLUMN_TEXT, false, false, true, false },
	{ "roles", "roles", COLUMN_SET, false, false, false, false },
	{ "percent", "percent", COLUMN_PERMILLE, false, false, false, false },
	{ "credits", "credits", COLUMN_HUNDREDTHS, false, false, false, false },
	{ "at", "at", COLUMN_TIME, false, false, false, false },
	{ "forced", "forced", COLUMN_BOOLEAN, false, false, false, false },
	{ "token", NULL, COLUMN_CODE, false, false, false, false },
};

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
		{ "a", "A", COLUMN_TEXT, true, false, false, false },
		{ "b", "B", COLUMN_TEXT, false, true, false, false },
		{ "c", NULL, COLUMN_TEXT, false, false, false, false },
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
		{ "course", "course", COLUMN_TEXT, false, false, false, false },
		{ "min_percent", "least percent", COLUMN_PERMILLE, false, false, false, false },
	};
	static const struct column rule[] = { { "kind", "kind", COLUMN_TEXT, false, false, false,
		false } };
	static const struct column rows[] = { { "who", "who", COLUMN_TEXT, false, false, false,
		false } };
	static const struct column needs[] = { { "need", "need", COLUMN_TEXT, false, false, false,
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
		{ "a", "a", COLUMN_TEXT, false, false, false, false },
		{ "b", "b", COLUMN_INTEGER, false, false, false, false },
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
	static const struct column columns[] = { { "a", "a", COLUMN_TEXT, false, false, false,
		false } };

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
		{ "a", "a", COLUMN_TEXT, false, false, false, false },
		{ "b", "b", COLUMN_TEXT, false, false, false, false },
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

/* --- Numbers --- */

static void write_numbers(struct output *output)
{
	static const struct column columns[] = {
		{ "p", NULL, COLUMN_PERMILLE, false, false, false, false },
		{ "h", NULL, COLUMN_HUNDREDTHS, false, false, false, false },
		{ "i", NULL, COLUMN_INTEGER, false, false, false, false },
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
		cmocka_unit_test(test_numbers_are_exact),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

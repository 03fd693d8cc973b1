/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XLSX: the stream of typed cells that goes to the program that makes the file. Its place is
 * taken by one that gives back what it reads.
 */
#include "render.h"
#include "support.h"

enum {
	WINTER_S = 1644931800, /* 2022-02-15 14:30 in Zurich */
	SUMMER_S = 1656678600, /* 2022-07-01 14:30 */
	MANY_ROWS = 100000,    /* more than memory is given to */
};

static const struct column kinds[] = {
	{ .key = "number", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "hidden", .title = "hidden", .kind = COLUMN_TEXT, .is_left_out_of_csv = true },
	{ .key = "roles", .kind = COLUMN_SET, .is_left_out_of_json = true },
	{ .key = "percent", .kind = COLUMN_PERMILLE },
	{ .key = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "at", .kind = COLUMN_TIME },
	{ .key = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "token", .kind = COLUMN_CODE },
};

static const char kinds_head[] =
	"\"columns\": [{\"key\": \"number\", \"title\": \"no.\", \"kind\": \"integer\"}, "
	"{\"key\": \"name\", \"title\": \"name\", \"kind\": \"text\"}, "
	"{\"key\": \"roles\", \"title\": null, \"kind\": \"set\"}, "
	"{\"key\": \"percent\", \"title\": null, \"kind\": \"permille\"}, "
	"{\"key\": \"credits\", \"title\": null, \"kind\": \"hundredths\"}, "
	"{\"key\": \"at\", \"title\": null, \"kind\": \"time\"}, "
	"{\"key\": \"forced\", \"title\": null, \"kind\": \"boolean\"}, "
	"{\"key\": \"token\", \"title\": null, \"kind\": \"code\"}]}\n";

static void make_program(const char *script)
{
	FILE *file = fopen("regtool-xlsx", "w");

	assert_non_null(file);
	assert_true(fprintf(file, "#!/bin/sh\n%s\n", script) > 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod("regtool-xlsx", 0755), 0);
}

static int set_up(void **state)
{
	if (support_start(state) != 0 || setenv("REGTOOL_LIBEXEC", support_folder, 1) != 0)
		return -1;
	make_program("exec cat");
	return 0;
}

static void assert_stream(writer *write, const char *name, const char *rest)
{
	CLEANUP(str_free) struct str expected = STR_INIT;
	const struct output_settings settings = {
		.format = FORMAT_XLSX,
		.list_name = name,
		.made_s = WINTER_S,
	};

	str_addf(&expected,
		"{\"sheet\": 1, \"name\": \"%s\", \"maker\": \"regtool " PACKAGE_VERSION
		"\", \"made_s\": %d, %s",
		name, WINTER_S, rest);
	assert_rendered(settings, write, expected.text);
}

static void put_row(struct output *output, const char *text, int64_t number, int64_t at_s)
{
	output_integer(output, number);
	output_text(output, text);
	output_text(output, "not in CSV");
	output_text(output, "speaker;student");
	output_integer(output, number);
	output_integer(output, number);
	output_time(output, at_s);
	output_boolean(output, number > 0);
	output_text(output, "14A7");
	end_row(output);
}

static void write_kinds(struct output *output)
{
	output_list_begin(output, NULL, NULL, kinds, COUNT_OF(kinds));
	put_row(output, "李小龍 \"=1+1\"\n\xff", 795, WINTER_S);
	put_row(output, "", -1, SUMMER_S);
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		output_null(output);
	end_row(output);
	output_list_end(output);
}

static void test_all_kinds(void **state)
{
	CLEANUP(str_free) struct str rest = STR_INIT;

	(void)state;
	str_add(&rest, kinds_head);
	str_add(&rest,
		"[795, \"李小龍 \\\"=1+1\\\"\\n\xef\xbf\xbd\", \"speaker;student\", 795, 795, "
		"[1644931800, 3600], true, \"14A7\"]\n"
		"[-1, \"\", \"speaker;student\", -1, -1, [1656678600, 7200], false, \"14A7\"]\n"
		"[null, null, null, null, null, null, null, null]\n"
		"{\"rows\": 3}\n");
	assert_stream(write_kinds, "all kinds", rest.text);
}

static void write_none(struct output *output)
{
	output_list_begin(output, NULL, NULL, kinds, 1);
	output_list_end(output);
}

static void test_empty_list(void **state)
{
	(void)state;
	assert_stream(write_none, "none",
		"\"columns\": [{\"key\": \"number\", \"title\": \"no.\", \"kind\": \"integer\"}]}\n"
		"{\"rows\": 0}\n");
}

/* As in CSV: a record is a row, nested parts do not show. */
static void write_record(struct output *output)
{
	output_record_begin(output, NULL, NULL, kinds, 1);
	output_integer(output, 1);
	output_list_begin(output, "nested", "Nested", kinds, 1);
	output_integer(output, 2);
	end_row(output);
	output_list_end(output);
	output_record_end(output);
	output_words(output, "words");
}

static void test_record(void **state)
{
	(void)state;
	assert_stream(write_record, "record",
		"\"columns\": [{\"key\": \"number\", \"title\": \"no.\", \"kind\": \"integer\"}]}\n"
		"[1]\n{\"rows\": 1}\n");
}

static void write_again(struct output *output)
{
	output_list_begin(output, NULL, NULL, kinds, 1);
	output_integer(output, 1);
	output_restart(output);
	write_none(output);
}

static void test_restart(void **state)
{
	(void)state;
	assert_stream(write_again, "again",
		"\"columns\": [{\"key\": \"number\", \"title\": \"no.\", \"kind\": \"integer\"}]}\n"
		"{\"rows\": 0}\n");
}

static void write_named(struct output *output)
{
	output_set_name(output, "renamed");
	write_none(output);
}

static void test_name(void **state)
{
	CLEANUP(memory_free_text)
	char *text = render((struct output_settings){ .format = FORMAT_XLSX, .list_name = "x" },
		write_named);

	(void)state;
	assert_non_null(strstr(text, "\"name\": \"renamed\""));
}

static void write_many(struct output *output)
{
	output_list_begin(output, NULL, NULL, kinds, 2);
	for (int64_t i = 0; i < MANY_ROWS; i++) {
		output_integer(output, i);
		output_text(output, "somebody");
		end_row(output);
	}
	output_list_end(output);
}

static void test_many_rows(void **state)
{
	CLEANUP(memory_free_text)
	char *text = render((struct output_settings){ .format = FORMAT_XLSX, .list_name = "x" },
		write_many);
	const char *line = strchr(text, '\n');
	int64_t rows = 0;

	(void)state;
	for (; strncmp(line, "\n[", 2) == 0; line = strchr(line + 1, '\n'))
		assert_int_equal(strtol(line + 2, NULL, 10), rows++);
	assert_int_equal(rows, MANY_ROWS);
	assert_string_equal(line, "\n{\"rows\": 100000}\n");
}

static void test_program_that_fails(void **state)
{
	struct error error = ERROR_INIT;
	const struct output_settings settings = { .format = FORMAT_XLSX, .path = "result" };
	CLEANUP(output_closep) struct output *output = open_output(&settings);

	(void)state;
	write_none(output);
	make_program("cat; echo 'the disk is full' >&2; exit 5");
	assert_fails(output_finish(output, &error), STATUS_IO, "the disk is full", error);
	output_closep(&output);
	assert_false(support_exists("result"));
	make_program("exec cat");
}

static void test_program_that_is_missing(void **state)
{
	struct error error = ERROR_INIT;
	const struct output_settings settings = { .format = FORMAT_XLSX, .path = "result" };
	struct output *output = NULL;

	(void)state;
	assert_int_equal(remove("regtool-xlsx"), 0);
	assert_int_equal(output_open(&settings, &output, &error), STATUS_IO);
	assert_non_null(strstr(error.message, "regtool-xlsx': No such file or directory"));
	assert_string_equal(error.hint,
		"regtool was installed without it; $REGTOOL_LIBEXEC names another folder\n"
		"'-f csv' needs no other program");
	assert_false(support_exists("result"));
	make_program("exec cat");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_kinds),
		cmocka_unit_test(test_empty_list),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_name),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_program_that_fails),
		cmocka_unit_test(test_program_that_is_missing),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, set_up, support_stop);
}

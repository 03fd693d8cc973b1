/* SPDX-License-Identifier: BSD-2-Clause */
#include "csv_dump.h"

/* --- Rows and lines --- */

static void rows_are_read_with_their_lines(void **state)
{
	(void)state;
	assert_text_reads("name,email\nAda,a@b\n", "1:[name][email]\n2:[Ada][a@b]\n");
	assert_text_reads("a,b\n1,2", "1:[a][b]\n2:[1][2]\n");
	assert_text_reads("a", "1:[a]\n");
	assert_text_reads("a,b\n1\n1,2,3\n", "1:[a][b]\n2:[1]\n3:[1][2][3]\n");
	assert_text_reads("a,b\n1,\n,2\n", "1:[a][b]\n2:[1][]\n3:[][2]\n");
}

static void all_line_ends_are_counted_once(void **state)
{
	(void)state;
	assert_text_reads("a\n1\n\n2\n", "1:[a]\n2:[1]\n4:[2]\n");
	assert_text_reads("a\r\n1\r\n\r\n2\r\n", "1:[a]\n2:[1]\n4:[2]\n");
	assert_text_reads("a\r1\r\r2\r", "1:[a]\n2:[1]\n4:[2]\n");
	assert_text_reads("a\r1\n2\r\n3\n\r4", "1:[a]\n2:[1]\n3:[2]\n4:[3]\n6:[4]\n");
	assert_text_reads("\n\r\n\ra\n1", "4:[a]\n5:[1]\n");
}

static void line_breaks_in_quotes_are_kept_and_counted(void **state)
{
	(void)state;
	assert_text_reads("a,b\n\"x\ny\",1\nz,2\n", "1:[a][b]\n2:[x\ny][1]\n4:[z][2]\n");
	assert_text_reads("a,b\n\"x\r\ny\rz\",1\nz,2\n", "1:[a][b]\n2:[x\r\ny\rz][1]\n5:[z][2]\n");
	assert_text_reads("\"a\nb\",c\n1,2\n", "1:[a\nb][c]\n3:[1][2]\n");
	assert_text_reads("a\n\"1\n\n\n2\"\n3", "1:[a]\n2:[1\n\n\n2]\n6:[3]\n");
	assert_text_reads("a,b\n\"1\n2\",\"3\n4\"\n5,6", "1:[a][b]\n2:[1\n2][3\n4]\n5:[5][6]\n");
}

static void empty_rows_are_skipped_and_counted(void **state)
{
	(void)state;
	assert_text_reads("\n,,\n  \na,b\n\n , \n\"\",\" \"\n1,2\n,\n", "4:[a][b]\n8:[1][2]\n");
	assert_text_reads("a\tb\n\t\n\t1\n", "1:[a][b]\n3:[][1]\n");
}

static void quotes_are_taken_off(void **state)
{
	(void)state;
	assert_text_reads("\"a\",\"b\"\n\"1,\"\"2\"\"\",\"\"\n", "1:[a][b]\n2:[1,\"2\"][]\n");
	assert_text_reads("a,b\n\"\"\"\",\"\"\"\"\"\"\n", "1:[a][b]\n2:[\"][\"\"]\n");
	assert_text_reads("a,b\n \"x\" , \"y\" \n", "1:[a][b]\n2:[x][y]\n");
}

/* --- Cells --- */

static void cells_are_clean_and_raw_ones_as_they_came(void **state)
{
	static const char text[] = "a,b\n\" x \",Mu\u0308ller\n\u00a0y,'=1\n";
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(str_free) struct str clean = STR_INIT;
	CLEANUP(str_free) struct str raw = STR_INIT;
	const struct csv_row *row;
	struct error error = ERROR_INIT;
	const char *path = unit_file(text, sizeof text - 1);

	(void)state;
	assert_int_equal(csv_in_open(path, &plain, &in, &error), STATUS_OK);
	assert_int_equal(unlink(path), 0);
	while (csv_in_next(in, &row, &error) == STATUS_OK && row != NULL) {
		dump_row(row, row->cells, &clean);
		dump_row(row, row->raw, &raw);
	}
	assert_string_equal(clean.text, "2:[x][Müller]\n3:[y][=1]\n");
	assert_string_equal(raw.text, "2:[ x ][Mu\u0308ller]\n3:[\u00a0y]['=1]\n");
	/* The header is still there. */
	str_clear(&clean);
	dump_row(csv_in_header(in), csv_in_header(in)->cells, &clean);
	assert_string_equal(clean.text, "1:[a][b]\n");
}

static void one_guard_is_taken_off(void **state)
{
	(void)state;
	assert_text_reads("a\n'=1\n'+1\n'-1\n'@x\n", "1:[a]\n2:[=1]\n3:[+1]\n4:[-1]\n5:[@x]\n");
	assert_text_reads("a\n''=1\n'''-\n", "1:[a]\n2:['=1]\n3:[''-]\n");
	assert_text_reads("a\n'\tx\n\"'\rx\"\n", "1:[a]\n2:[\tx]\n3:[\rx]\n");
	assert_text_reads("a\n'x\n'\n''\n=1\n'tis\n",
		"1:[a]\n2:['x]\n3:[']\n4:['']\n5:[=1]\n6:['tis]\n");
	assert_text_reads("a\n  '=1  \n\"\u00a0'=é\"\n", "1:[a]\n2:[=1]\n3:[=é]\n");
	assert_text_reads("'=a\n1\n", "1:[=a]\n2:[1]\n");
}

/* --- The delimiter --- */

static void delimiter_is_the_most_frequent(void **state)
{
	(void)state;
	assert_text_reads("a;b\n1,5;2\n", "1:[a][b]\n2:[1,5][2]\n");
	assert_text_reads("a\tb\n1\t2\n", "1:[a][b]\n2:[1][2]\n");
	assert_text_reads("a|b\n1|2\n", "1:[a][b]\n2:[1][2]\n");
	assert_text_reads("a;b,c;d\n", "1:[a][b,c][d]\n");
	assert_text_reads("\"a,b,c\";d\n", "1:[a,b,c][d]\n");
	assert_text_reads("\"a\"\",,,\n,\";d\n", "1:[a\",,,\n,][d]\n");
	assert_text_reads("\n \na;b\n1,2,3;4\n", "3:[a][b]\n4:[1,2,3][4]\n");
	assert_text_reads("name\nx;y,z\n", "1:[name]\n2:[x;y][z]\n");
}

static void delimiter_may_stand_in_the_first_line(void **state)
{
	const struct csv_in_options named = { .delimiter = ',' };

	(void)state;
	assert_text_reads("sep=;\na,b,c;d\n1;2\n", "2:[a,b,c][d]\n3:[1][2]\n");
	assert_text_reads("sep=,\r\na,b\r\n", "2:[a][b]\n");
	assert_text_reads("sep=\t\ra\tb\r", "2:[a][b]\n");
	assert_text_reads("\xef\xbb\xbfsep=|\na|b\n", "2:[a][b]\n");
	assert_reads(BYTES("sep=;\na;b,c\n"), &named, "2:[a;b][c]\n");
	/* A header that only looks like it. */
	assert_text_reads("sep=;b\n1;2\n", "1:[sep=][b]\n2:[1][2]\n");
	assert_text_reads("sep=x\n1\n", "1:[sep=x]\n2:[1]\n");
	assert_text_rejected("sep=;\n", " is empty: there is no header row", "");
}

static void delimiter_may_be_named(void **state)
{
	const struct csv_in_options options = { .delimiter = ',' };
	const struct csv_in_options colon = { .delimiter = ':' };

	(void)state;
	assert_reads(BYTES("a;b,c\n"), &options, "1:[a;b][c]\n");
	assert_reads(BYTES("a;b;c\n"), &options, "1:[a;b;c]\n");
	assert_reads(BYTES("a:b,c\n"), &colon, "1:[a][b,c]\n");
}

static void delimiter_that_is_not_clear_is_refused(void **state)
{
	(void)state;
	assert_text_rejected("a,b;c\n",
		"1: the delimiter is not clear: ',' and ';' are equally frequent in the header",
		"--delimiter");
	assert_text_rejected("a|b\tc,d\n1;;;;\n",
		"1: the delimiter is not clear: ',' and '|' are equally frequent in the header",
		"--delimiter");
}

/* --- Headers --- */

static void headers_without_a_name_are_refused(void **state)
{
	(void)state;
	assert_text_rejected("a,\n1,2\n", "1: column 2 has no header", "");
	assert_text_rejected("\n,a\n", "2: column 1 has no header", "");
	assert_text_rejected("a,\" \",b\n", "1: column 2 has no header", "");
}

static void doubled_headers_are_refused(void **state)
{
	const struct csv_in_options options = { .takes_any_header = true };

	(void)state;
	assert_text_rejected("a,b,A\n", "1: header 'a' stands twice: columns 1 and 3", "--map");
	assert_text_rejected("x,\u00e9, E\u0301 \n", "1: header 'é' stands twice: columns 2 and 3",
		"--ignore");
	assert_reads(BYTES("a,b,A\n"), &options, "1:[a][b][A]\n");
	assert_text_reads("note,n\u00f4te,no te\n", "1:[note][nôte][no te]\n");
}

static void files_without_a_header_are_refused(void **state)
{
	static const char *const empty[] = { "", "\n", "\r\n\r\n", " \n\t\n", ",,\n,\n", "\"\"\n",
		"\xef\xbb\xbf", "\xef\xbb\xbf\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(empty); i++)
		assert_text_rejected(empty[i], " is empty: there is no header row", "");
}

/* --- Quoting --- */

static void bad_quotes_are_refused_where_they_stand(void **state)
{
	(void)state;
	assert_text_rejected("a,b\n1,2\n3,4\"5\n",
		"3: byte 4 of the line: a quote inside a cell that is not quoted", "\"like");
	assert_text_rejected("a,b\n\"1\"2,3\n",
		"2: byte 4 of the line: text behind a cell's closing quote", "\"like");
	assert_text_rejected("a,b\r\n\r\n\"1\r\n2\"x,3\r\n",
		"4: byte 3 of the line: text behind a cell's closing quote",
		"the quoted cell opened in line 3");
	assert_text_rejected("a\"b\n",
		"1: byte 2 of the line: a quote inside a cell that is not quoted", "");
}

static void quotes_never_closed_are_refused_where_they_open(void **state)
{
	static const char problem[] = ": a quote opens here and is never closed";
	static const struct {
		const char *text;
		int line;
	} bad[] = {
		{ "a,b\n1,\"2", 2 },
		{ "a,b\n1,\"2\n", 2 },
		{ "a,b\n1,\"2\n3,4\n5,6\n", 2 },
		{ "a,b\r\r\"1\r2\",\"3\r4\r", 4 },
		{ "a,b\n\"1\n2\",3\n\"4\n", 4 },
		{ "a,b\n\"1\"\"\n", 2 },
		{ "\"a\n\n", 1 },
		{ "a\n\"", 2 },
		{ "a,b\n\"x\ny\",\"z", 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(str_free) struct str expected = STR_INIT;
		str_addf(&expected, "%d%s", bad[i].line, problem);
		assert_text_rejected(bad[i].text, expected.text, "");
	}
}

/* --- Files --- */

static void what_is_no_file_is_refused(void **state)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(csv_in_open("/", &plain, &in, &error), STATUS_REJECTED);
	assert_string_equal(error.message, "/: is a folder");
	assert_int_equal(csv_in_open("/nonexistent.csv", &plain, &in, &error), STATUS_NOT_FOUND);
	assert_string_equal(error.message, "/nonexistent.csv: no such file");
	assert_int_equal(csv_in_open("/dev/null/x", &plain, &in, &error), STATUS_NOT_FOUND);
	/* Opens, but its first page is not mapped. */
	assert_int_equal(csv_in_open("/proc/self/mem", &plain, &in, &error), STATUS_IO);
	assert_non_null(strstr(error.message, "/proc/self/mem: cannot be read"));
	assert_null(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read_with_their_lines),
		cmocka_unit_test(all_line_ends_are_counted_once),
		cmocka_unit_test(line_breaks_in_quotes_are_kept_and_counted),
		cmocka_unit_test(empty_rows_are_skipped_and_counted),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(cells_are_clean_and_raw_ones_as_they_came),
		cmocka_unit_test(one_guard_is_taken_off),
		cmocka_unit_test(delimiter_is_the_most_frequent),
		cmocka_unit_test(delimiter_may_stand_in_the_first_line),
		cmocka_unit_test(delimiter_may_be_named),
		cmocka_unit_test(delimiter_that_is_not_clear_is_refused),
		cmocka_unit_test(headers_without_a_name_are_refused),
		cmocka_unit_test(doubled_headers_are_refused),
		cmocka_unit_test(files_without_a_header_are_refused),
		cmocka_unit_test(bad_quotes_are_refused_where_they_stand),
		cmocka_unit_test(quotes_never_closed_are_refused_where_they_open),
		cmocka_unit_test(what_is_no_file_is_refused),
	};

	return cmocka_run_group_tests_name("csv_in", tests, NULL, NULL);
}

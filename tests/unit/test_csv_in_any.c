/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever stands in a file, and however it comes. */
#include "csv_dump.h"
#include "util/text.h"

#include <stdbool.h>
#include <sys/socket.h>

enum {
	READ_SIZE = 64 * 1024, /* what the module reads at once */
	MIB = 1024 * 1024,
};

/* --- Limits --- */

static void add_many(struct str *text, char character, size_t count)
{
	CLEANUP(memory_free_text) char *many = xmalloc(count + 1);

	memset(many, character, count);
	many[count] = '\0';
	str_add_bytes(text, many, count);
}

static void assert_limit(struct str *text, const char *problem, const char *hint)
{
	assert_rejects(text->text, text->length, &plain, problem, hint);
	str_clear(text);
	str_add(text, "a,b\n");
}

static void limits_hold(void **state)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	CLEANUP(str_free) struct str dump = STR_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	/* Seven cells of 1 MiB, quoted and not, and a wide row, are just accepted. */
	str_add(&text, "a,b\n");
	for (int i = 0; i < 7; i++) {
		str_add(&text, i > 0 ? ",\"" : "\"");
		add_many(&text, i % 2 == 0 ? 'x' : '\n', MIB);
		str_add(&text, "\"");
	}
	str_add(&text, "\n");
	add_many(&text, 'x', MIB);
	str_add(&text, "\n1");
	add_many(&text, ',', 999);
	str_add(&text, "\n");
	assert_int_equal(dump_bytes(text.text, text.length, &plain, &dump, &error), STATUS_OK);
	assert_true(dump.length > 5 * MIB);

	str_cut(&text, 4);
	add_many(&text, 'x', MIB + 1);
	assert_limit(&text, "2: a cell is longer than 1 MiB", "");
	str_add(&text, "1,2\n\"");
	add_many(&text, 'x', 3 * MIB);
	str_add(&text, "\",1\n");
	assert_limit(&text, "3: a cell is longer than 1 MiB", "");
	str_add(&text, "\"1\n\",\"\n\"\n\n\"1\n\",\"x\n");
	add_many(&text, '\n', 2 * MIB);
	assert_limit(&text, "7: a cell is longer than 1 MiB", "is it closed?");
	str_add(&text, "\n1");
	add_many(&text, ',', 1000);
	assert_limit(&text, "3: a row has more than 1,000 columns", "");
	for (int i = 0; i < 9; i++) {
		add_many(&text, 'x', MIB);
		str_add(&text, ",");
	}
	assert_limit(&text, "2: a row is longer than 8 MiB", "");
}

/* --- However the file is cut into reads --- */

/* A row that has everything, moved over the end of the first read byte by byte. */
static void read_ends_fall_anywhere(void **state)
{
	static const char tricky[] = "\r\n\"é\"\"€\r\n\",𝄞\r\r\n \"x\" ,'=y\n";

	(void)state;
	for (size_t back = 0; back <= sizeof tricky; back++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str expected = STR_INIT;
		str_add(&text, "a,b\n");
		add_many(&text, 'z', READ_SIZE - text.length - back);
		str_add(&expected, "1:[a][b]\n2:[");
		str_add(&expected, text.text + 4);
		str_add(&expected, "]\n3:[é\"€][𝄞]\n6:[x][=y]\n");
		str_add(&text, tricky);
		assert_text_reads(text.text, expected.text);
	}
}

/* A line longer than a read, of letters of three bytes. */
static void long_lines_are_whole(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str expected = STR_INIT;
		str_add(&text, "a\n");
		add_many(&text, 'x', shift);
		for (size_t i = 0; i < READ_SIZE; i++)
			str_add(&text, "€");
		str_addf(&expected, "1:[a]\n2:[%s]\n", text.text + 2);
		assert_text_reads(text.text, expected.text);
		str_add(&text, "\xe2\x82\n");
		str_clear(&expected);
		str_addf(&expected, "2: byte %zu of the line is not UTF-8",
			shift + 3 * (size_t)READ_SIZE + 1);
		assert_text_rejected(text.text, expected.text, "--encoding");
	}
}

/* Reads the bytes from standard input, which gives at most `chunk` at a time. */
static void dump_in_chunks(const struct str *text, size_t chunk, struct str *dump)
{
	int ends[2];
	struct error error = ERROR_INIT;
	int saved = dup(STDIN_FILENO);

	/* A socket that keeps messages apart: each read gives one. */
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	for (size_t at = 0; at < text->length; at += chunk) {
		size_t length = text->length - at < chunk ? text->length - at : chunk;
		assert_int_equal(send(ends[0], text->text + at, length, MSG_DONTWAIT), length);
	}
	assert_int_equal(close(ends[0]), 0);
	assert_int_equal(dup2(ends[1], STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(close(ends[1]), 0);
	if (dump_file("-", &plain, dump, &error) != STATUS_OK)
		str_add(dump, error.message);
	if (saved >= 0) {
		assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
		assert_int_equal(close(saved), 0);
	}
}

static void chunks_make_no_difference(void **state)
{
	static const char *const texts[] = {
		"\xef\xbb\xbf\"a\",é\r\n1,\"2\r\n\r3\"\r\n\r\n'=4,\"5\"\"\"\r",
		"a,b\n\"1\n2\"3\n",
		"a,b\n1,\xe2\x82\n",
		"a,b\n\"1\n2",
	};
	static const char utf16[] = "\xff\xfe"
				    "a\0;\0\xe9\0\r\0\n\0"
				    "\x3d\xd8\x00\xde;\0\xac\x20";

	(void)state;
	for (size_t i = 0; i <= COUNT(texts); i++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str expected = STR_INIT;
		if (i < COUNT(texts))
			str_add(&text, texts[i]);
		else
			str_add_bytes(&text, utf16, sizeof utf16 - 1);
		dump_in_chunks(&text, text.length, &expected);
		for (size_t chunk = 1; chunk < text.length; chunk++) {
			CLEANUP(str_free) struct str dump = STR_INIT;
			dump_in_chunks(&text, chunk, &dump);
			assert_string_equal(dump.text, expected.text);
		}
	}
}

/* A web page is one behind white space too; behind so much that nobody looks there, it is
 * text, and either way however it comes. */
static void white_space_before_a_page_makes_no_difference(void **state)
{
	static const size_t spaces[] = { 0, 58, 59, 63, 64, 65, 500, 1019, 1020, 1024, 2000 };
	static const size_t chunks[] = { 40, 64, 65, 1000, 1024 };
	static const char page[] = "<html>\n1\n";

	(void)state;
	for (size_t i = 0; i < COUNT(spaces); i++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str expected = STR_INIT;
		add_many(&text, ' ', spaces[i]);
		str_add(&text, page);
		dump_in_chunks(&text, text.length, &expected);
		assert_string_equal(expected.text, spaces[i] <= 1019
							   ? "standard input:1: a web page, not CSV"
							   : "1:[<html>]\n2:[1]\n");
		for (size_t j = 0; j < COUNT(chunks); j++) {
			CLEANUP(str_free) struct str dump = STR_INIT;
			dump_in_chunks(&text, chunks[j], &dump);
			assert_string_equal(dump.text, expected.text);
		}
	}
}

/* --- Random rows, written and read back --- */

static void add_random_cell(uint64_t *seed, struct str *cell)
{
	static const char *const parts[] = { "a", "b", "é", "€", "𝄞", " ", ",", ";", "\"", "\n",
		"\r", "\r\n", "\t", "|", "'", "=", "x y" };
	size_t count = unit_random_below(seed, 8);

	for (size_t i = 0; i < count; i++)
		str_add(cell, parts[unit_random_below(seed, COUNT(parts))]);
}

/* Writes a cell as RFC 4180 wants it, in quotes where it must be or by chance. */
static void add_quoted(const char *cell, bool always, struct str *text)
{
	if (!always && strpbrk(cell, " ,;\"\n\r\t|") == NULL) {
		str_add(text, cell);
		return;
	}
	str_add_char(text, '"');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			str_add_char(text, '"');
		str_add_char(text, *cell);
	}
	str_add_char(text, '"');
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text != '\0'; text++)
		lines += *text == '\n' || (*text == '\r' && text[1] != '\n');
	return lines;
}

struct random_file {
	uint64_t seed;
	struct str text;
	struct str expected; /* the dump of the raw cells */
};

static void write_random_file(struct random_file *file, char delimiter, const char *line_end)
{
	size_t rows = 1 + unit_random_below(&file->seed, 6);

	str_clear(&file->text);
	str_addf(&file->text, "h1%ch2%ch3%s", delimiter, delimiter, line_end);
	str_clear(&file->expected);
	for (size_t i = 0; i < rows; i++) {
		str_addf(&file->expected, "%zu:", count_lines(file->text.text) + 1);
		for (size_t j = 0; j < 3; j++) {
			CLEANUP(str_free) struct str cell = STR_INIT;
			str_add(&cell, j == 0 ? "k" : ""); /* no row is empty */
			add_random_cell(&file->seed, &cell);
			if (j > 0)
				str_add_char(&file->text, delimiter);
			add_quoted(cell.text, unit_random_below(&file->seed, 4) == 0, &file->text);
			str_addf(&file->expected, "[%s]", cell.text);
		}
		str_add_char(&file->expected, '\n');
		if (i + 1 < rows || unit_random_below(&file->seed, 2) == 0)
			str_add(&file->text, line_end);
	}
}

static void assert_raw_reads(const struct random_file *file, char delimiter)
{
	const struct csv_in_options options = { .delimiter = delimiter };
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(str_free) struct str dump = STR_INIT;
	const struct csv_row *row;
	struct error error = ERROR_INIT;
	const char *path = unit_file(file->text.text, file->text.length);

	if (csv_in_open(path, &options, &in, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	assert_int_equal(unlink(path), 0);
	for (;;) {
		if (csv_in_next(in, &row, &error) != STATUS_OK)
			fail_msg("%s\n%s", error.message, file->text.text);
		if (row == NULL)
			break;
		dump_row(row, row->raw, &dump);
		for (size_t i = 0; i < row->width; i++) {
			CLEANUP(str_free) struct str clean = STR_INIT;
			text_clean(row->raw[i], strlen(row->raw[i]), &clean);
			if (clean.text[0] != '\'')
				assert_string_equal(row->cells[i], clean.text);
		}
	}
	assert_string_equal(dump.text, file->expected.text);
}

static void what_is_written_is_read_back(void **state)
{
	static const char *const line_ends[] = { "\n", "\r\n", "\r" };
	static const char delimiters[] = { ',', ';', '\t', '|' };
	struct random_file file = { .seed = 7, .text = STR_INIT, .expected = STR_INIT };

	(void)state;
	for (int round = 0; round < 1000; round++) {
		size_t delimiter = unit_random_below(&file.seed, COUNT(delimiters));
		size_t line_end = unit_random_below(&file.seed, COUNT(line_ends));
		write_random_file(&file, delimiters[delimiter], line_ends[line_end]);
		/* A space of the quoting writer's own is nothing that a cell holds. */
		assert_raw_reads(&file, delimiters[delimiter]);
	}
	str_free(&file.text);
	str_free(&file.expected);
}

/* Any bytes: read or refused, with a line; never a crash, never an endless loop. */
static void any_bytes_are_read_or_refused(void **state)
{
	static const char bytes[] = "aab,,;\"\"\"\n\n\r \t\xc3\xa9\xe2'=";
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str dump = STR_INIT;
		struct error error = ERROR_INIT;
		size_t length = unit_random_below(&seed, 40);
		str_add(&text, round % 2 == 0 ? "a,b\n" : "");
		for (size_t i = 0; i < length; i++)
			str_add_char(&text, bytes[unit_random_below(&seed, sizeof bytes - 1)]);
		enum status status = dump_bytes(text.text, text.length, &plain, &dump, &error);
		assert_true(status == STATUS_OK || status == STATUS_REJECTED);
		assert_int_equal(status == STATUS_OK, error.status == STATUS_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(read_ends_fall_anywhere),
		cmocka_unit_test(long_lines_are_whole),
		cmocka_unit_test(chunks_make_no_difference),
		cmocka_unit_test(white_space_before_a_page_makes_no_difference),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(any_bytes_are_read_or_refused),
	};

	return cmocka_run_group_tests_name("csv_in_any", tests, NULL, NULL);
}

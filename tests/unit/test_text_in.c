/* SPDX-License-Identifier: BSD-2-Clause */
/* Encodings, as a reader of CSV meets them. */
#include "csv_dump.h"
#include "util/hash.h"

static void byte_order_marks_decide(void **state)
{
	static const char *const expected = "1:[a][é]\n2:[1][€]\n";
	const struct csv_in_options latin = { .encoding = "windows-1252" };

	(void)state;
	assert_text_reads("\xef\xbb\xbf"
			  "a,é\n1,€\n",
		expected);
	assert_text_reads("\xef\xbb\xbf\"a\",\"é\"\n1,€\n", expected);
	assert_reads(BYTES("\xef\xbb\xbf"
			   "a,é\n1,€\n"),
		&latin, expected);
	assert_reads(BYTES("\xff\xfe"
			   "a\0,\0\xe9\0\n\0"
			   "1\0,\0\xac\x20\n\0"),
		&plain, expected);
	assert_reads(BYTES("\xfe\xff\0a\0,\0\xe9\0\n\0"
			   "1\0,\x20\xac\0\n"),
		&plain, expected);
	assert_reads(BYTES("\xff\xfe"
			   "\"\0a\0\"\0,\0\xe9\0\r\0\n\0"
			   "1\0,\0\xac\x20"),
		&plain, expected);
}

static void encodings_may_be_named(void **state)
{
	const struct csv_in_options windows = { .encoding = "windows-1252" };
	const struct csv_in_options little = { .encoding = "UTF-16LE" };
	const struct csv_in_options utf8 = { .encoding = "utf-8" };

	(void)state;
	assert_reads(BYTES("a,\xe9\n1,\x80\n"), &windows, "1:[a][é]\n2:[1][€]\n");
	assert_reads(BYTES("a\0,\0b\0\n\0"), &little, "1:[a][b]\n");
	assert_reads(BYTES("a,\xc3\xa9\n"), &utf8, "1:[a][é]\n");
}

static void unknown_encodings_are_usage_errors(void **state)
{
	static const char *const bad[] = { "", "nope", "UTF-8//IGNORE", "//", "windows-1252//" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		const struct csv_in_options options = { .encoding = bad[i] };
		CLEANUP(str_free) struct str dump = STR_INIT;
		struct error error = ERROR_INIT;
		assert_int_equal(csv_in_check_encoding(bad[i], &error), STATUS_USAGE);
		assert_string_not_equal(error.hint, "");
		assert_int_equal(dump_bytes("a\n", 2, &options, &dump, &error), STATUS_USAGE);
	}
	struct error error = ERROR_INIT;
	assert_int_equal(csv_in_check_encoding("windows-1252", &error), STATUS_OK);
	assert_int_equal(csv_in_check_encoding("UTF-8", &error), STATUS_OK);
}

static void what_is_not_utf8_is_refused(void **state)
{
	static const char hint[] = "--encoding windows-1252";

	(void)state;
	assert_text_rejected("a,b\n1,M\xfcller\n", "2: byte 4 of the line is not UTF-8", hint);
	assert_text_rejected("a,b\n\"1\n2\xe9", "3: byte 2 of the line is not UTF-8", hint);
	assert_text_rejected("a\r\xed\xa0\x80\n", "2: byte 1 of the line is not UTF-8", hint);
	assert_text_rejected("\xe9\n", "1: byte 1 of the line is not UTF-8", hint);
	assert_text_rejected("a\n\xc3", "2: byte 1 of the line is not UTF-8", hint);
}

static void broken_conversions_are_refused(void **state)
{
	const struct csv_in_options options = { .encoding = "windows-1252" };

	(void)state;
	assert_rejects(BYTES("a\nb\n\x81"), &options, "3: byte 1 of the line is not windows-1252",
		"");
	assert_rejects(BYTES("\xff\xfe"
			     "a\0\n\0\0\xd8"
			     "1\0"),
		&plain, "2: byte 1 of the line is not UTF-16LE", "");
	assert_rejects(BYTES("\xff\xfe"
			     "a\0\n\0"
			     "1\0"
			     "2"),
		&plain, "2: byte 2 of the line is not UTF-16LE", "");
}

static void control_characters_are_refused(void **state)
{
	(void)state;
	assert_text_rejected("a\n1\x01\n", "2: byte 2 of the line is a control character (0x01)",
		"");
	assert_text_rejected("a\n\"\n\x1b[31m\"\n",
		"3: byte 1 of the line is a control character (0x1b)", "");
	assert_text_rejected("a\n\x7f", "2: byte 1 of the line is a control character (0x7f)", "");
	assert_text_rejected("a\né\xc2\x85\n",
		"2: byte 3 of the line is a control character (0x85)", "");
	assert_text_rejected("a\n\x01\xff\n", "2: byte 1 of the line is a control character (0x01)",
		"");
	assert_text_rejected("a\n\xff\x01\n", "2: byte 1 of the line is not UTF-8", "");
	assert_text_reads("a,b\n1\t2,\"3\t\"\n", "1:[a][b]\n2:[1\t2][3]\n");
	assert_text_reads("a\n\u00a1\u00bf\n", "1:[a]\n2:[¡¿]\n");
}

static void nul_is_refused_with_a_guess_at_utf16(void **state)
{
	(void)state;
	assert_rejects(BYTES("a\0,\0b\0\n\0"), &plain, "1: byte 2 of the line is NUL (0x00)",
		"UTF-16LE");
	assert_rejects(BYTES("\0a\0,\0b\0\n"), &plain, "1: byte 1 of the line is NUL (0x00)",
		"UTF-16BE");
	assert_rejects(BYTES("a,b\n1,\0\n"), &plain, "2: byte 3 of the line is NUL (0x00)", "");
}

static void what_was_found_is_said(void **state)
{
	static const char utf16[] = "\xff\xfe"
				    "a\0;\0b\0\n\0";
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	struct error error = ERROR_INIT;
	const char *path = unit_file(utf16, sizeof utf16 - 1);

	(void)state;
	assert_int_equal(csv_in_open(path, &plain, &in, &error), STATUS_OK);
	assert_int_equal(unlink(path), 0);
	assert_string_equal(csv_in_name(in), path);
	assert_int_equal(csv_in_delimiter(in), ';');
	assert_string_equal(csv_in_encoding(in), "UTF-16LE");
	assert_int_equal(csv_in_bytes_total(in), 10);
	assert_int_equal(csv_in_bytes_read(in), 10);
}

static void digest_is_of_the_bytes_as_they_came(void **state)
{
	static const char text[] = "\xff\xfe"
				   "a\0\n\0"
				   "1\0";
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(hash_freep) struct hash *hash = hash_new(NULL);
	unsigned char expected[HASH_SIZE];
	unsigned char digest[HASH_SIZE];
	const struct csv_row *row;
	struct error error = ERROR_INIT;
	const char *path = unit_file(text, sizeof text - 1);

	(void)state;
	assert_int_equal(csv_in_open(path, &plain, &in, &error), STATUS_OK);
	assert_int_equal(unlink(path), 0);
	do {
		assert_int_equal(csv_in_next(in, &row, &error), STATUS_OK);
	} while (row != NULL);
	csv_in_digest(in, digest);
	hash_add_raw(hash, text, sizeof text - 1);
	hash_finish(hash, expected);
	assert_memory_equal(digest, expected, HASH_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(byte_order_marks_decide),
		cmocka_unit_test(encodings_may_be_named),
		cmocka_unit_test(unknown_encodings_are_usage_errors),
		cmocka_unit_test(what_is_not_utf8_is_refused),
		cmocka_unit_test(broken_conversions_are_refused),
		cmocka_unit_test(control_characters_are_refused),
		cmocka_unit_test(nul_is_refused_with_a_guess_at_utf16),
		cmocka_unit_test(what_was_found_is_said),
		cmocka_unit_test(digest_is_of_the_bytes_as_they_came),
	};

	return cmocka_run_group_tests_name("text_in", tests, NULL, NULL);
}

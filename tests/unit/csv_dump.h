/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A CSV file as csv_in reads it, written down: what the tests of reading compare.
 */
#ifndef REGTOOL_TESTS_CSV_DUMP_H
#define REGTOOL_TESTS_CSV_DUMP_H

#include "util/csv_in.h"
#include "util/memory.h"
#include "util/str.h"

#include "unit.h"

/* A literal that may hold NUL, and its length. */
#define BYTES(literal) (literal), sizeof(literal) - 1

static const struct csv_in_options plain = { 0 };

/* Adds a row as LINE:[cell][cell]… and a line end. */
static inline void dump_row(const struct csv_row *row, const char *const *cells, struct str *dump)
{
	str_addf(dump, "%zu:", row->line);
	for (size_t i = 0; i < row->width; i++)
		str_addf(dump, "[%s]", cells[i]);
	str_add_char(dump, '\n');
}

/* Adds the header and all rows; stops at a failure. */
static inline enum status dump_file(const char *path, const struct csv_in_options *options,
	struct str *dump, struct error *error)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	const struct csv_row *row = NULL;
	enum status status = csv_in_open(path, options, &in, error);

	if (status != STATUS_OK) {
		assert_null(in);
		return status;
	}
	dump_row(csv_in_header(in), csv_in_header(in)->cells, dump);
	while ((status = csv_in_next(in, &row, error)) == STATUS_OK && row != NULL)
		dump_row(row, row->cells, dump);
	/* The end and a failure stay what they are. */
	assert_int_equal(csv_in_next(in, &row, error), status);
	return status;
}

static inline enum status dump_bytes(const void *bytes, size_t length,
	const struct csv_in_options *options, struct str *dump, struct error *error)
{
	const char *path = unit_file(bytes, length);
	enum status status = dump_file(path, options, dump, error);

	assert_int_equal(unlink(path), 0);
	return status;
}

static inline void assert_reads(const void *bytes, size_t length,
	const struct csv_in_options *options, const char *expected)
{
	CLEANUP(str_free) struct str dump = STR_INIT;
	struct error error = ERROR_INIT;

	if (dump_bytes(bytes, length, options, &dump, &error) != STATUS_OK)
		fail_msg("%s", error.message);
	assert_string_equal(dump.text, expected);
}

static inline void assert_text_reads(const char *text, const char *expected)
{
	assert_reads(text, strlen(text), &plain, expected);
}

/* The message is the path and then `problem`; the hint holds `hint`. */
static inline void assert_rejects(const void *bytes, size_t length,
	const struct csv_in_options *options, const char *problem, const char *hint)
{
	CLEANUP(str_free) struct str dump = STR_INIT;
	CLEANUP(str_free) struct str expected = STR_INIT;
	struct error error = ERROR_INIT;
	const char *path = unit_file(bytes, length);

	assert_int_equal(dump_file(path, options, &dump, &error), STATUS_REJECTED);
	assert_int_equal(unlink(path), 0);
	str_addf(&expected, "%s:%s", path, problem);
	assert_string_equal(error.message, expected.text);
	if (strstr(error.hint, hint) == NULL)
		fail_msg("'%s' is not in the hint '%s'", hint, error.hint);
}

static inline void assert_text_rejected(const char *text, const char *problem, const char *hint)
{
	assert_rejects(text, strlen(text), &plain, problem, hint);
}

#endif

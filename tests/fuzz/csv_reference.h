/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A second, plain reader of CSV: the whole text at once, a character at a time, RFC 4180 with
 * white space around cells left out. What util/csv_in reads is held against it.
 */
#ifndef REGTOOL_TESTS_CSV_REFERENCE_H
#define REGTOOL_TESTS_CSV_REFERENCE_H

#include "util/str.h"
#include "util/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A row is written down as LINE, CELL_END and each cell with CELL_END, ROW_END: characters
 * that no accepted file has. */
enum {
	CELL_END = 0x1f,
	ROW_END = 0x1e,
};

struct csv_reference {
	const char *text;
	size_t length;
	size_t at;
	char delimiter;
	size_t line;
	bool is_wrong; /* the quoting is, at `line` */
};

static inline bool reference_is_at_line_end(const struct csv_reference *reference)
{
	return reference->at == reference->length || reference->text[reference->at] == '\n' ||
	       reference->text[reference->at] == '\r';
}

/* Moves over a character; CR LF is one line end. */
static inline void reference_move(struct csv_reference *reference)
{
	char character = reference->text[reference->at++];
	bool has_more = reference->at < reference->length;

	if (character == '\n' ||
		(character == '\r' && !(has_more && reference->text[reference->at] == '\n')))
		reference->line++;
}

static inline bool reference_is_space(const struct csv_reference *reference)
{
	char character = reference->text[reference->at];

	return (character == ' ' || character == '\t') && character != reference->delimiter;
}

static inline void reference_skip_spaces(struct csv_reference *reference)
{
	while (reference->at < reference->length && reference_is_space(reference))
		reference->at++;
}

static inline void reference_quoted_cell(struct csv_reference *reference, struct str *cell)
{
	for (reference->at++;; reference_move(reference)) {
		if (reference->at == reference->length) {
			reference->is_wrong = true;
			return;
		}
		if (reference->text[reference->at] == '"') {
			reference->at++;
			if (reference->at == reference->length ||
				reference->text[reference->at] != '"')
				break;
		}
		str_add_char(cell, reference->text[reference->at]);
	}
	reference_skip_spaces(reference);
	reference->is_wrong = !reference_is_at_line_end(reference) &&
			      reference->text[reference->at] != reference->delimiter;
}

static inline void reference_plain_cell(struct csv_reference *reference, struct str *cell)
{
	size_t length = 0; /* without the white space at its end */

	while (!reference_is_at_line_end(reference) &&
		reference->text[reference->at] != reference->delimiter) {
		bool is_space = reference_is_space(reference);
		if (reference->text[reference->at] == '"') {
			reference->is_wrong = true;
			return;
		}
		str_add_char(cell, reference->text[reference->at++]);
		length = is_space ? length : cell->length;
	}
	str_cut(cell, length);
}

static inline void reference_cell(struct csv_reference *reference, struct str *cell)
{
	reference_skip_spaces(reference);
	if (reference->at < reference->length && reference->text[reference->at] == '"')
		reference_quoted_cell(reference, cell);
	else
		reference_plain_cell(reference, cell);
}

/* White space of any kind is none. */
static inline bool reference_has_text(const struct str *cell)
{
	struct str clean = STR_INIT;
	size_t at;
	bool has_text = cell->length > 0;

	if (text_is_utf8(cell->text, cell->length, &at)) {
		text_clean(cell->text, cell->length, &clean);
		has_text = clean.length > 0;
	}
	str_free(&clean);
	return has_text;
}

/* Adds a row if one of its cells is not empty; false at the end and where it is wrong. */
static inline bool reference_row(struct csv_reference *reference, struct str *dump)
{
	size_t before = dump->length;
	bool has_text = false;
	bool is_cell = true;

	if (reference->at == reference->length)
		return false;
	str_add_integer(dump, (int64_t)reference->line);
	str_add_char(dump, CELL_END);
	while (is_cell) {
		struct str cell = STR_INIT;
		reference_cell(reference, &cell);
		has_text |= reference_has_text(&cell);
		str_add_bytes(dump, cell.text, cell.length);
		str_add_char(dump, CELL_END);
		str_free(&cell);
		is_cell = !reference->is_wrong && !reference_is_at_line_end(reference);
		if (is_cell)
			reference->at++;
	}
	if (!reference->is_wrong && reference->at < reference->length)
		reference_move(reference);
	str_add_char(dump, ROW_END);
	if (!has_text || reference->is_wrong)
		str_cut(dump, before);
	return !reference->is_wrong;
}

/* Writes down all rows that are not empty; false if the quoting is wrong, with the rows
 * before. */
static inline bool reference_read(const char *text, size_t length, char delimiter, struct str *dump)
{
	struct csv_reference reference = {
		.text = text,
		.length = length,
		.delimiter = delimiter,
		.line = 1,
	};

	/* A first line of Excel's, "sep=;", is none of the rows. */
	if (length >= 6 && memcmp(text, "sep=", 4) == 0 && memchr(",;\t|", text[4], 4) != NULL &&
		(text[5] == '\n' || text[5] == '\r')) {
		reference.at = 5;
		do
			reference_move(&reference);
		while (reference.line == 1);
	}
	while (reference_row(&reference, dump))
		continue;
	return !reference.is_wrong;
}

#endif

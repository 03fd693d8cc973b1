/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads CSV as offices write it: finds out encoding and delimiter, keeps physical line
 * numbers, is strict about quoting, and says where a file is wrong. libcsv does the
 * parsing. Memory is bounded by one row whatever the file's size.
 *
 * Encoding: a BOM decides (UTF-8, UTF-16LE, UTF-16BE); without one the bytes must be valid
 * UTF-8, or the encoding named is converted by iconv. NUL and control characters other than
 * TAB, LF and CR are refused. Delimiter: what a first line "sep=;" says, else `,` `;` TAB or
 * `|`, the most frequent outside quotes in the first line that is not empty. Rows end in LF, CRLF
 * or CR. Empty lines and rows whose cells are all empty are skipped. A field is at most 1 MiB, a
 * row 8 MiB and 1,000 columns.
 */
#ifndef REGTOOL_UTIL_CSV_IN_H
#define REGTOOL_UTIL_CSV_IN_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_in;
struct text_in;

struct csv_in_options {
	char delimiter;            /* 0: find it out */
	const char *encoding;      /* NULL: find it out; else a name that iconv knows */
	bool takes_any_header;     /* the caller sorts out empty and doubled headers; else they
				    * are refused */
	const char *const *header; /* of a file that has none; borrowed; NULL: its first row */
	size_t header_count;
	/* A report of another system: no header is read, since tables with headers of their own
	 * stand between titles (csv_in_header has no meaning); the delimiter is found over its
	 * first lines; NUL bytes are left out, and UTF-16 without a BOM is recognised. */
	bool is_report;
};

/* A row, lent until the next call. `cells` are trimmed, in NFC, and without the formula
 * guard: exactly one `'` is taken off a cell that, after any number of `'`, goes on with
 * = + - @ TAB or CR. `raw` are the same cells as they came (decoded, nothing else). */
struct csv_row {
	size_t line;  /* physical line on which the row begins, from 1; 0: a header by option */
	size_t width; /* number of cells; other than the header's is the caller's to refuse */
	const char *const *cells;
	const char *const *raw;
};

/* Opens a file ("-" is standard input) and reads its header row. Failures name the path and
 * the line: STATUS_NOT_FOUND (no such file), STATUS_IO (cannot be read), STATUS_REJECTED
 * (a folder, a bad encoding, an empty file, an ambiguous delimiter, an empty or doubled
 * header, bad quoting), STATUS_USAGE (iconv does not know the encoding's name). */
enum status csv_in_open(const char *path, const struct csv_in_options *options,
	struct csv_in **ret_in, struct error *error);
/* The same of a text that is open, of which nothing was consumed; it becomes the reader's, also
 * if that fails. */
enum status csv_in_open_text(struct text_in *text, const struct csv_in_options *options,
	struct csv_in **ret_in, struct error *error);
void csv_in_close(struct csv_in *in);
void csv_in_closep(struct csv_in **in);

/* Whether iconv knows the name: found before anything is opened. STATUS_USAGE if not. */
enum status csv_in_check_encoding(const char *name, struct error *error);

/* The header row; lent for as long as `in` is open. */
const struct csv_row *csv_in_header(const struct csv_in *in);
/* What messages call the file: its path, or "standard input". */
const char *csv_in_name(const struct csv_in *in);
/* What was found: ',' ';' '\t' or '|', and "UTF-8", "UTF-16LE", or the name given. */
char csv_in_delimiter(const struct csv_in *in);
const char *csv_in_encoding(const struct csv_in *in);

/* The next row, or *ret_row = NULL at the end. STATUS_REJECTED for what breaks the file's
 * structure (quoting, encoding, limits; the message is "FILE:LINE: problem"), after which
 * nothing more can be read; STATUS_IO for a failing read. */
enum status csv_in_next(struct csv_in *in, const struct csv_row **ret_row, struct error *error);

/* NUL bytes of a report left out so far. */
int64_t csv_in_nul_count(const struct csv_in *in);
/* Bytes read so far, and in all (-1 where it is not known): for a progress bar. */
int64_t csv_in_bytes_read(const struct csv_in *in);
int64_t csv_in_bytes_total(const struct csv_in *in);
/* BLAKE2b-256 of the bytes as they came; complete once csv_in_next gave NULL. */
void csv_in_digest(const struct csv_in *in, unsigned char ret_digest[static 32]);

#endif

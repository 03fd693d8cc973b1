/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which character divides the cells: the most frequent of `,` `;` TAB and `|`, outside
 * quotes, in the first row that is not empty.
 */
#ifndef REGTOOL_UTIL_CSV_DELIMITER_H
#define REGTOOL_UTIL_CSV_DELIMITER_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_delimiters {
	size_t line;  /* of the row, from 1 */
	bool has_end; /* the row's end was found */
	size_t counts[4];
};

/* The length of a line "sep=;", by which some programs tell Excel the delimiter, with its
 * end, if the text begins with one: 0 if not. */
size_t csv_delimiters_line(const char *text, size_t length, char *ret_delimiter);
/* Counts in the text that a file begins with. */
struct csv_delimiters csv_delimiters_count(const char *text, size_t length);
/* STATUS_REJECTED where two are equally frequent; none at all is a comma. */
enum status csv_delimiters_choose(const struct csv_delimiters *found, const char *name,
	char *ret_delimiter, struct error *error);

/* Of a report of another system. Its first lines may be titles without any, and dates have
 * commas beside the TABs: so all of the text is counted, and TABs go first. */
char csv_delimiter_of_report(const char *text, size_t length);

#endif

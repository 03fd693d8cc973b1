/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Takes a text file apart into its physical lines, which end in LF, CRLF or CR, and checks
 * them: valid UTF-8, no NUL, no control characters but TAB. What is wrong is said with the
 * line and the byte in it.
 */
#ifndef REGTOOL_UTIL_LINE_IN_H
#define REGTOOL_UTIL_LINE_IN_H

#include "util/error.h"
#include "util/text_in.h"

#include <stdbool.h>
#include <stddef.h>

/* Starts as { .text = …, .line = 1 }. */
struct line_in {
	struct text_in *text;
	size_t line;   /* the line that comes next, or whose next piece does */
	size_t offset; /* bytes of it that were consumed */
	bool has_wide; /* characters of several bytes were read */
};

/* A line, or a piece of one that is longer than 64 KiB; its line end stands in it. */
struct line_piece {
	const char *bytes;
	size_t length;
	bool ends_line;
};

/* Gives the next piece, which stays the next until it is consumed; one of length 0 is the
 * end of the file. STATUS_REJECTED ("FILE:LINE: problem"), STATUS_IO. */
enum status line_in_next(struct line_in *in, struct line_piece *ret_piece, struct error *error);
void line_in_consume(struct line_in *in, const struct line_piece *piece);

#endif

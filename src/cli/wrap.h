/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Paragraphs of plain words in 80 columns.
 */
#ifndef REGTOOL_CLI_WRAP_H
#define REGTOOL_CLI_WRAP_H

#include "cli/output.h"

#include <stddef.h>

enum {
	WRAP_WIDTH = 80,
};

/* Writes `head`, and beside it, from the column `indent` on (which must be less than
 * WRAP_WIDTH - 1), the text in as many lines as it needs; it is broken between words, and
 * inside one only where the word is wider than the room. A head that reaches so far stands on
 * a line of its own. In a table only, as output_words. */
void wrap_words(struct output *output, const char *head, size_t indent, const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Letters five rows high, made of full blocks: for a screen that is read from some steps away.
 */
#ifndef REGTOOL_CLI_BLOCK_LETTERS_H
#define REGTOOL_CLI_BLOCK_LETTERS_H

#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	BLOCK_ROWS = 5,
	BLOCK_COLUMNS = 6, /* of a letter, with the gap behind it */
};

/* Whether all of the text (small letters) can be written: letters, digits, - . ' and space. */
bool block_letters_can(const char *text);
/* Adds one of the rows, 0 to 4, of the text. */
void block_letters_add_row(struct str *str, const char *text, size_t length, int row);

#endif

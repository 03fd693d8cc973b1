/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What standard input, output and error are: a terminal or not, how wide, with colour or
 * not. NO_COLOR is honoured here.
 */
#ifndef REGTOOL_CLI_TERMINAL_H
#define REGTOOL_CLI_TERMINAL_H

#include <stdbool.h>

enum color_choice {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

bool terminal_is(int descriptor);
/* Columns of the terminal on the descriptor; 80 where it cannot be told. */
int terminal_width(int descriptor);
/* Its rows; 24 where they cannot be told. */
int terminal_height(int descriptor);
bool terminal_wants_color(int descriptor, enum color_choice choice);
/* Whether whoever reads the output can be taken to see UTF-8: what $LC_ALL, $LC_CTYPE or $LANG
 * says, the first that is set. */
bool terminal_shows_utf8(void);
/* Opens missing descriptors 0 to 2 on the null device; -1 if that fails. */
int terminal_keep_descriptors(void);
/* A UTF-8 character type for the process whatever the environment says (table widths). */
void terminal_set_locale(void);

#endif

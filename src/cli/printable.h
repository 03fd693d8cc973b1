/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text made safe for a terminal: control characters (an ESC in an imported name could
 * rewrite the screen), bytes that are not UTF-8 and characters that turn the direction of
 * writing around are shown as \x1b, \xff, \u202e; all else stays. Widths are columns of the
 * terminal, as wcwidth has them: the process needs a UTF-8 character type
 * (terminal_set_locale).
 */
#ifndef REGTOOL_CLI_PRINTABLE_H
#define REGTOOL_CLI_PRINTABLE_H

#include "util/str.h"

#include <stddef.h>

/* Adds the safe form of `text`; gives its width. */
size_t printable_add(struct str *str, const char *text);
/* Adds the safe form of no more than `width` columns, its end replaced by "…" where it is
 * longer; gives its width. */
size_t printable_add_cut(struct str *str, const char *text, size_t width);
/* The width that printable_add would give. */
size_t printable_width(const char *text);
/* The bytes at the start of `text` whose safe form is at most so wide: whole characters, with
 * what combines with them; at least one character, so that who breaks text gets on. */
size_t printable_length(const char *text, size_t width);

#endif

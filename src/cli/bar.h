/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bar that shows which stretches of a length are covered: the length is cut into marks of
 * the same size, and each mark says how much of it is. It never says more than is so: a mark is
 * full only where nothing is missing, and blank only where nothing is there, so that a second
 * missing or present in a whole day can be seen.
 */
#ifndef REGTOOL_CLI_BAR_H
#define REGTOOL_CLI_BAR_H

#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bar_stretch {
	int64_t from; /* included */
	int64_t to;   /* not included */
};

struct bar {
	const struct bar_stretch *stretches; /* in order, not overlapping, in 0 to length */
	size_t count;
	int64_t length; /* of the whole, in any unit, to 2^50; 0: there is nothing, all is blank */
};

enum {
	BAR_MARKS_MAX = 1000,
};

/* Adds so many marks, one column each: blocks of Unicode, the higher the more, or ASCII. */
void bar_add(struct str *str, const struct bar *bar, size_t marks, bool is_unicode);

/* The marks from nothing (level 0) by the parts, rising, to all (level bar_full). */
const char *bar_mark(size_t level, bool is_unicode);
size_t bar_full(bool is_unicode);

#endif

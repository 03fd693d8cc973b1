/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "Did you mean": of the names that exist, the one nearest to what was typed. A name that
 * what was typed begins is nearest of all; else the edit distance decides, and where that is
 * more than about a third of the word nothing is suggested.
 */
#ifndef REGTOOL_CLI_SUGGEST_H
#define REGTOOL_CLI_SUGGEST_H

#include <stddef.h>

struct suggestion {
	const char *typed;
	const char *nearest; /* NULL while none is near enough; lent by suggestion_consider */
	size_t distance;
};

void suggestion_start(struct suggestion *suggestion, const char *typed);
void suggestion_consider(struct suggestion *suggestion, const char *name);

#endif

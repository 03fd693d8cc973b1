/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * People as a programme names them: "Name (Affiliation) (Second affiliation); Name". A `;`
 * inside brackets does not divide. Brackets at the end of an entry are affiliations; others
 * belong to the name, as in "Guido (van) Rossum".
 */
#ifndef REGTOOL_CORE_PEOPLE_H
#define REGTOOL_CORE_PEOPLE_H

#include "util/error.h"
#include "util/str.h"

#include <stddef.h>

/* Called for each person, in order. The texts are lent. */
typedef void people_function(const char *name, const char *const *affiliations, size_t count,
	void *data);

/* Lends each person. STATUS_REJECTED: a bracket without its other half, an affiliation
 * without a name; then some may have been lent already. */
enum status people_parse(const char *text, people_function *function, void *data,
	struct error *error);
/* Sets `ret` to the same people, divided by "; " and without empty entries. */
enum status people_tidy(const char *text, struct str *ret, struct error *error);
/* Sets `ret` to the names alone, joined by ';' (what COLUMN_SET shows), in order. A text
 * that cannot be parsed gives the names before the fault. */
void people_names(const char *text, struct str *ret);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The words that stand over columns of registration files, and finding a column by what a
 * user calls it.
 */
#ifndef REGTOOL_CORE_IMPORT_HEADER_H
#define REGTOOL_CORE_IMPORT_HEADER_H

#include "core/field.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

struct header_claim {
	enum field field;
	bool is_of_two_meanings; /* "Name": the family name beside a given name */
	bool is_never_imported;  /* of an export: regtool's own numbers and times */
};

/* What a header (by its text_header_key) is known as; false if it is not. */
bool header_claim_of(const char *header_key, struct header_claim *ret_claim);

/* Finds the columns that "HEADER" (all of that name) or "HEADER#2" (the second) names: the
 * same but for case, or, if there is none, but for accents, spaces, '_' and '-' too. Sets
 * ret_is_match[0..count). STATUS_REJECTED: there is none; the hint has the headers there
 * are. */
enum status header_find(const char *const *headers, size_t count, const char *name,
	bool *ret_is_match, struct error *error);

/* Adds the headers (of many, the first), each in quotes. */
void header_list(const char *const *headers, size_t count, struct str *ret);

/* STATUS_REJECTED for a first row that is somebody's, not a header (it has an e-mail address
 * in a column that is not left out; the hint says how to go on), and for an empty header. */
enum status header_check(const char *const *headers, size_t count, const bool *is_left_out,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fields of a registrant: their names, and what a value must be, whether it comes from
 * a file or from the command line. The words by which other systems tell a state.
 */
#ifndef REGTOOL_CORE_FIELD_H
#define REGTOOL_CORE_FIELD_H

#include "util/error.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>

enum field {
	FIELD_NAME,
	FIELD_GIVEN_NAME,
	FIELD_FAMILY_NAME,
	FIELD_EMAIL,
	FIELD_AFFILIATION,
	FIELD_ROLES,
	FIELD_EXTERNAL_ID,
	FIELD_COURSES,
	FIELD_STATUS,
	FIELD_CATEGORY,
	FIELD_NOTE,
	FIELD_REGISTERED_AT, /* of a new registrant only */
	FIELD_COUNT,
};

enum {
	EMAIL_MAX = 254, /* bytes; RFC 5321, 4.5.3.1.3 without the angle brackets */
	ROLE_MAX = 64,   /* bytes of one role */
};

/* "given_name" and so on; the parse takes exactly these. */
const char *field_word(enum field field);
bool field_parse(const char *word, enum field *ret_field);
/* The fields' names as a sentence: "name, given_name, … or note". */
void field_list_words(struct str *str);

/* Another system's word for a state, and which of ours it is. */
struct state_word {
	const char *word;
	const char *status; /* "confirmed" and so on */
};

struct field_rules {
	const struct state_word *states; /* come before those that are known */
	size_t state_count;
	const struct zone
		*zone; /* of times without an offset; NULL: only their form is looked at */
};

/*
 * Brings a value into the form that is stored and sets `ret` to it: text trimmed and in NFC,
 * roles and courses as sets (roles in lower case), a state as one of ours, a time as UTC
 * seconds in decimal digits. Empty stays empty. The text is valid UTF-8 without control
 * characters but TAB, CR and LF. STATUS_REJECTED: the message is the problem alone, names
 * the value, and stands well behind "FILE:LINE: FIELD: ".
 */
enum status field_normalise(enum field field, const char *text, const struct field_rules *rules,
	struct str *ret, struct error *error);

/* The status that the word means, or NULL. */
const char *field_status_of(const char *word, const struct field_rules *rules);

/* The name that given and family name make: joined by a space. */
void field_join_name(const char *given_name, const char *family_name, struct str *ret);

#endif

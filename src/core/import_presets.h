/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The exports of other systems, known by their shape: a set of headers that stand in one
 * system's file and in no other. The shape settles what a header alone leaves open (which of
 * two addresses is the attendee's) or would be refused for (headers that stand twice). It
 * never settles what the file does not say. doc/IMPORTS shows what comes of each.
 */
#ifndef REGTOOL_CORE_IMPORT_PRESETS_H
#define REGTOOL_CORE_IMPORT_PRESETS_H

#include "core/field.h"

#include <stdbool.h>
#include <stddef.h>

enum column_use {
	USE_NONE, /* left out */
	USE_FIELD,
	USE_ANSWER,
};

struct preset_column {
	const char *header; /* compared as text_header_key has it */
	size_t number;      /* which of the two of that name; 0: it stands once */
	enum column_use use;
	enum field field;   /* USE_FIELD */
	const char *answer; /* USE_ANSWER: under this header; NULL: its own */
};

struct import_preset {
	const char *name;             /* "pretix order positions" */
	const char *const *signature; /* headers that must be there, NULL-terminated */
	bool is_whole;                /* … and no others */
	const struct preset_column *columns;
	size_t column_count;
	const struct state_word *states; /* the system's words, where they say more than our list */
	size_t state_count;
	/* For the way out where rows have no e-mail address, or several have the same; NULL:
	 * there is none. */
	const char *ticket_header; /* a column that is another in every row */
	const char *payer_header;  /* the address of who paid for the row */
	/* Where nothing in the shape is an attendee's address: the way out. */
	const char *hint;
};

/* The preset whose shape the headers have, or NULL. `keys` are the headers' keys
 * (text_header_key). */
const struct import_preset *import_preset_find(const char *const *keys, size_t count);

/* The column that a preset's entry speaks of, from 0; `count` if it is not there, or stands
 * another number of times than the preset knows. */
size_t import_preset_place(const struct preset_column *entry, const char *const *keys,
	size_t count);

#endif

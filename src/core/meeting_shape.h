/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a row of a meeting report is, found out by the words of its cells and never by the
 * file's name: a header (of Zoom, Teams or Google Meet, in English, French or German), a title
 * between sections, or a participant. Preambles have headers of their own, which repeat some
 * of the words: only one that names people and their times is taken.
 */
#ifndef REGTOOL_CORE_MEETING_SHAPE_H
#define REGTOOL_CORE_MEETING_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum meeting_source {
	MEETING_AUTO,
	MEETING_ZOOM,
	MEETING_TEAMS,
	MEETING_MEET,
	MEETING_CSV, /* facts in our own columns */
};

/* "zoom" and so on; false if it is none of them. */
bool meeting_source_parse(const char *word, enum meeting_source *ret_source);
const char *meeting_source_word(enum meeting_source source);

enum meeting_field {
	MEETING_NAME,
	MEETING_GIVEN_NAME,
	MEETING_FAMILY_NAME,
	MEETING_EMAIL,
	MEETING_SECOND_EMAIL, /* Teams: the participant's id, which looks like one */
	MEETING_JOIN,
	MEETING_LEAVE,
	MEETING_FIRST_JOIN, /* totals: from the first join to the last leave */
	MEETING_LAST_LEAVE,
	MEETING_DURATION,
	MEETING_WAITING, /* in the waiting room */
	MEETING_ATTENDED,
	MEETING_ACTION,
	MEETING_TIMESTAMP,
	MEETING_FIELD_COUNT,
};

enum meeting_kind {
	MEETING_NO_HEADER,
	MEETING_STAYS,   /* a row for each join, with join and leave */
	MEETING_ACTIONS, /* a row for each joining and each leaving */
	MEETING_SPANS,   /* a row for each person, from the first join to the last leave */
	MEETING_TOTALS,  /* durations without times */
};

struct meeting_header {
	enum meeting_kind kind;
	enum meeting_source source;
	size_t columns[MEETING_FIELD_COUNT]; /* from 1; 0: it is not there */
};

/* Whether the row is a header that names people; MEETING_NO_HEADER if not. */
struct meeting_header meeting_header_of(const char *const *cells, size_t width);

enum meeting_action {
	MEETING_NO_ACTION,
	MEETING_JOINED,
	MEETING_LEFT,
};
/* "Joined", "A quitté", "Beigetreten" and so on. */
enum meeting_action meeting_action_of(const char *word);

/* Whether a cell says yes, or no, in one of the languages. */
bool meeting_says_yes(const char *word);
bool meeting_says_no(const char *word);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * UTF-8 text: is it valid, in which form, and what counts as the same. All of it by
 * utf8proc (Unicode normalisation and case folding); a word of our own only for which
 * folding is used for what. A `ret` is set, never added to; it must not be the text's own.
 */
#ifndef REGTOOL_UTIL_TEXT_H
#define REGTOOL_UTIL_TEXT_H

#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes are valid UTF-8; if not, *ret_at is the offset of the first bad byte. */
bool text_is_utf8(const char *bytes, size_t length, size_t *ret_at);

/* Sets `ret` to the text trimmed of white space at both ends (line breaks and other white
 * space inside stay) and in NFC. The text must be valid UTF-8. ASCII takes a short way. */
void text_clean(const char *text, size_t length, struct str *ret);
/* Whether text_clean would give the same bytes: false also where only a longer look could
 * tell. */
bool text_is_clean(const char *text, size_t length);

/* The key by which e-mail addresses, codes and ids compare: NFC and case-folded. */
void text_fold(const char *text, struct str *ret);

/* The key for searching and for names that may have lost their accents: case-folded, marks
 * and strokes taken off, ligatures and wide letters as plain ones, trimmed, runs of white
 * space as one space. "Müller" and "MULLER" have the same. */
void text_search_key(const char *text, struct str *ret);

/* The key of a CSV header: as text_search_key, and spaces, '_', '-', '.' and apostrophes
 * taken out ("E-Mail Address" and "e_mail address" have the same). */
void text_header_key(const char *text, struct str *ret);

/* Whether `text` holds a control character other than those in `allowed`; C1 controls and
 * DEL count. *ret_at is its offset. */
bool text_has_control(const char *text, size_t length, const char *allowed, size_t *ret_at);

/* Edit distance for "did you mean"; of ASCII words, lengths up to 64 (longer: no match). */
size_t text_distance(const char *a, const char *b);

/* --- Sets: words joined by ';' in the database and on the command line ('+' also divides
 * there). A canonical set is sorted by bytes, has no empty and no doubled word. --- */

/* Sets `ret` to the canonical form of words divided by ';' or '+'; each is trimmed and, if
 * `lower`, brought to lower case. */
void text_set_parse(const char *text, bool lower, struct str *ret);
/* Whether the canonical set has the word. */
bool text_set_has(const char *set, const char *word);
/* Whether two canonical sets share a word. */
bool text_sets_meet(const char *a, const char *b);
/* Sets `ret` to the union of two canonical sets. */
void text_set_join(const char *a, const char *b, struct str *ret);
/* Sets `ret` to the words of the canonical set `a` that `b` has not. */
void text_set_without(const char *a, const char *b, struct str *ret);
/* Walks a set: starts with *position = set; gives the next word's start and length and
 * moves on; false at the end. */
bool text_set_next(const char **position, const char **ret_word, size_t *ret_length);

#endif

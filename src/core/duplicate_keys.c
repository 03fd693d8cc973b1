/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/duplicate_keys.h"

#include "util/memory.h"
#include "util/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- Addresses --- */

void duplicate_email_key(const char *email, struct str *ret)
{
	CLEANUP(str_free) struct str folded = STR_INIT;

	text_fold(email, &folded);
	str_clear(ret);
	const char *at = strrchr(folded.text, '@');
	if (at == NULL) {
		str_add(ret, folded.text);
		return;
	}
	for (const char *c = folded.text; c < at; c++) {
		/* "+tag@" alone is no tag. */
		if (*c == '+' && ret->length > 0)
			break;
		if (*c != '.')
			str_add_char(ret, *c);
	}
	str_add(ret, strcmp(at, "@googlemail.com") == 0 ? "@gmail.com" : at);
}

/* --- Names --- */

enum part {
	PART_OF_WORD,
	PART_IS_NOTHING,
	PART_DIVIDES,
};

static const struct {
	const char *text;
	enum part part;
} signs[] = {
	{ "'", PART_IS_NOTHING },
	{ "`", PART_IS_NOTHING },
	{ "\u2018", PART_IS_NOTHING },
	{ "\u2019", PART_IS_NOTHING },
	{ "\u02bc", PART_IS_NOTHING },
	{ " ", PART_DIVIDES },
	{ ",", PART_DIVIDES },
	{ ".", PART_DIVIDES },
	{ "-", PART_DIVIDES },
	{ "\u2010", PART_DIVIDES },
	{ "\u2011", PART_DIVIDES },
	{ "\u2013", PART_DIVIDES },
};

/* What stands at the place, and how many bytes it has. */
static enum part part_at(const char *text, size_t *ret_length)
{
	*ret_length = 1;
	if (isalnum((unsigned char)*text))
		return PART_OF_WORD;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t length = strlen(signs[i].text);
		if (strncmp(text, signs[i].text, length) == 0) {
			*ret_length = length;
			return signs[i].part;
		}
	}
	return PART_OF_WORD;
}

void duplicate_name_key(const char *name, struct str *ret)
{
	CLEANUP(str_free) struct str folded = STR_INIT;
	bool is_divided = false;
	size_t length;

	text_search_key(name, &folded);
	str_clear(ret);
	for (const char *c = folded.text; *c != '\0'; c += length) {
		enum part part = part_at(c, &length);
		is_divided |= part == PART_DIVIDES;
		if (part != PART_OF_WORD)
			continue;
		if (is_divided && ret->length > 0)
			str_add_char(ret, ' ');
		is_divided = false;
		str_add_char(ret, *c);
	}
}

struct word {
	const char *text;
	size_t length;
};

static int compare_words(const void *left, const void *right)
{
	const struct word *a = left;
	const struct word *b = right;
	size_t length = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->text, b->text, length);

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

void duplicate_words_key(const char *name_key, struct str *ret)
{
	struct word *words = NULL;
	size_t count = 0;

	str_clear(ret);
	for (const char *c = name_key; *c != '\0';) {
		size_t length = strcspn(c, " ");
		/* Doubled at each power of two. */
		if ((count & (count - 1)) == 0)
			words = xreallocarray(words, count > 0 ? 2 * count : 1, sizeof *words);
		words[count++] = (struct word){ c, length };
		c += length;
		c += *c == ' ' ? 1 : 0;
	}
	if (count > 1)
		qsort(words, count, sizeof *words, compare_words);
	for (size_t i = 0; i < count; i++) {
		str_add(ret, i > 0 ? " " : "");
		str_add_bytes(ret, words[i].text, words[i].length);
	}
	free(words);
}

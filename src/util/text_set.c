/* SPDX-License-Identifier: BSD-2-Clause */
/* The sets of text.h. */
#include "util/memory.h"
#include "util/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Brings the text from `start` on to lower case; letters may change their length. */
static void lower_from(struct str *str, size_t start)
{
	CLEANUP(str_free) struct str lowered = STR_INIT;

	for (; start < str->length && (unsigned char)str->text[start] < 0x80; start++)
		if (str->text[start] >= 'A' && str->text[start] <= 'Z')
			str->text[start] = (char)(str->text[start] - 'A' + 'a');
	for (size_t at = start; at < str->length;) {
		utf8proc_int32_t code_point;
		utf8proc_uint8_t encoded[4];
		utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)str->text + at,
			(utf8proc_ssize_t)(str->length - at), &code_point);
		assert(read > 0);
		utf8proc_ssize_t written =
			utf8proc_encode_char(utf8proc_tolower(code_point), encoded);
		str_add_bytes(&lowered, encoded, (size_t)written);
		at += (size_t)read;
	}
	str_cut(str, start);
	str_add_bytes(str, lowered.text, lowered.length);
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sets `ret` to the words sorted, each once. `words` is NUL-terminated words one behind the
 * other. */
static void join_sorted(const struct str *words, size_t count, struct str *ret)
{
	const char **sorted = xcalloc(count, sizeof *sorted);
	const char *word = words->text;

	for (size_t i = 0; i < count; i++) {
		sorted[i] = word;
		word += strlen(word) + 1;
	}
	qsort(sorted, count, sizeof *sorted, compare_words);
	str_clear(ret);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0)
			continue;
		if (i > 0)
			str_add_char(ret, ';');
		str_add(ret, sorted[i]);
	}
	free(sorted);
}

void text_set_parse(const char *text, bool lower, struct str *ret)
{
	CLEANUP(str_free) struct str words = STR_INIT;
	CLEANUP(str_free) struct str word = STR_INIT;
	size_t count = 0;

	for (const char *start = text;;) {
		size_t length = strcspn(start, ";+");
		text_clean(start, length, &word);
		if (lower)
			lower_from(&word, 0);
		if (word.length > 0) {
			str_add_bytes(&words, word.text, word.length + 1);
			count++;
		}
		if (start[length] == '\0')
			break;
		start += length + 1;
	}
	join_sorted(&words, count, ret);
}

bool text_set_next(const char **position, const char **ret_word, size_t *ret_length)
{
	const char *start = *position;

	if (*start == '\0')
		return false;
	size_t length = strcspn(start, ";");
	*ret_word = start;
	*ret_length = length;
	*position = start + length + (start[length] == ';');
	return true;
}

bool text_set_has(const char *set, const char *word)
{
	size_t word_length = strlen(word);
	const char *member;
	size_t length;

	while (text_set_next(&set, &member, &length)) {
		if (length == word_length && memcmp(member, word, length) == 0)
			return true;
	}
	return false;
}

/* As strcmp, of words that end at their length. */
static int compare_members(const char *a, size_t length_a, const char *b, size_t length_b)
{
	int order = memcmp(a, b, length_a < length_b ? length_a : length_b);

	return order != 0 ? order : (length_a > length_b) - (length_a < length_b);
}

/* Walks two sorted sets side by side: gives each word of either once, in order. */
struct walk {
	const char *position[2];
	const char *word[2];
	size_t length[2];
	bool has[2];
};

static void walk_start(struct walk *walk, const char *a, const char *b)
{
	walk->position[0] = a;
	walk->position[1] = b;
	for (int i = 0; i < 2; i++)
		walk->has[i] = text_set_next(&walk->position[i], &walk->word[i], &walk->length[i]);
}

/* *ret_both says whether the word stands in both sets. */
static bool walk_next(struct walk *walk, const char **ret_word, size_t *ret_length, bool *ret_both)
{
	int order = 0;

	if (!walk->has[0] && !walk->has[1])
		return false;
	if (!walk->has[0])
		order = 1;
	else if (!walk->has[1])
		order = -1;
	else
		order = compare_members(walk->word[0], walk->length[0], walk->word[1],
			walk->length[1]);
	int from = order > 0 ? 1 : 0;
	*ret_word = walk->word[from];
	*ret_length = walk->length[from];
	*ret_both = order == 0;
	for (int i = 0; i < 2; i++) {
		if (order == 0 || i == from)
			walk->has[i] =
				text_set_next(&walk->position[i], &walk->word[i], &walk->length[i]);
	}
	return true;
}

bool text_sets_meet(const char *a, const char *b)
{
	struct walk walk;
	const char *word;
	size_t length;
	bool is_in_both;

	walk_start(&walk, a, b);
	while (walk_next(&walk, &word, &length, &is_in_both)) {
		if (is_in_both)
			return true;
	}
	return false;
}

void text_set_join(const char *a, const char *b, struct str *ret)
{
	struct walk walk;
	const char *word;
	size_t length;
	bool is_in_both;

	str_clear(ret);
	walk_start(&walk, a, b);
	while (walk_next(&walk, &word, &length, &is_in_both)) {
		if (ret->length > 0)
			str_add_char(ret, ';');
		str_add_bytes(ret, word, length);
	}
}

void text_set_without(const char *a, const char *b, struct str *ret)
{
	const char *word;
	size_t length;

	str_clear(ret);
	while (text_set_next(&a, &word, &length)) {
		CLEANUP(str_free) struct str one = STR_INIT;
		str_add_bytes(&one, word, length);
		if (text_set_has(b, one.text))
			continue;
		if (ret->length > 0)
			str_add_char(ret, ';');
		str_add(ret, one.text);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text: valid or not, clean, and the keys by which it compares. An input is two texts, divided
 * by a line end.
 */
#include "util/text.h"

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	return hash_start_library();
}

/* The length of the character at `bytes` by the table of RFC 3629, or 0. */
static size_t character_length(const unsigned char *bytes, size_t length)
{
	static const struct {
		unsigned char first, last;     /* of the first byte */
		unsigned char second, highest; /* of the second one */
		size_t length;
	} kinds[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	if (bytes[0] < 0x80)
		return 1;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (bytes[0] < kinds[i].first || bytes[0] > kinds[i].last)
			continue;
		if (length < kinds[i].length || bytes[1] < kinds[i].second ||
			bytes[1] > kinds[i].highest)
			return 0;
		for (size_t at = 2; at < kinds[i].length; at++) {
			if ((bytes[at] & 0xc0) != 0x80)
				return 0;
		}
		return kinds[i].length;
	}
	return 0;
}

static bool claim_utf8(const char *bytes, size_t length)
{
	size_t at = 0;
	size_t bad_at = length;

	while (at < length) {
		size_t character = character_length((const unsigned char *)bytes + at, length - at);
		if (character == 0)
			break;
		at += character;
	}
	bool is_utf8 = text_is_utf8(bytes, length, &bad_at);
	claim(is_utf8 == (at == length), "byte %zu", at);
	claim(is_utf8 || bad_at == at, "byte %zu, not %zu", at, bad_at);
	return is_utf8;
}

typedef void key_function(const char *text, struct str *ret);

/* A key is its own key, and valid. */
static void claim_key(key_function *function, const char *text, struct str *ret)
{
	CLEANUP(str_free) struct str again = STR_INIT;

	function(text, ret);
	(void)claim_utf8(ret->text, ret->length);
	function(ret->text, &again);
	claim(strcmp(ret->text, again.text) == 0, "'%s' became '%s', and then '%s'", text,
		ret->text, again.text);
}

static void clean(const char *text, struct str *ret)
{
	text_clean(text, strlen(text), ret);
}

static void claim_text(const char *text)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	CLEANUP(str_free) struct str other = STR_INIT;

	claim_key(clean, text, &key);
	if (text_is_clean(text, strlen(text)))
		claim(strcmp(text, key.text) == 0, "'%s' is not clean", text);
	/* What is the same when clean is the same by each key. */
	claim_key(text_fold, key.text, &other);
	claim_key(text_search_key, text, &other);
	struct str of_clean = STR_INIT;
	text_search_key(key.text, &of_clean);
	claim(strcmp(of_clean.text, other.text) == 0, "'%s' and '%s'", of_clean.text, other.text);
	/* Where a hyphen is taken out, what is left may join: not a key of its own. */
	text_header_key(text, &other);
	(void)claim_utf8(other.text, other.length);
	text_header_key(key.text, &of_clean);
	claim(strcmp(of_clean.text, other.text) == 0, "'%s' and '%s'", of_clean.text, other.text);
	str_free(&of_clean);
}

static void parse_set(const char *text, struct str *ret)
{
	text_set_parse(text, true, ret);
}

/* Each word of the set is in it, in order, once. */
static void claim_set(const char *set)
{
	CLEANUP(str_free) struct str word = STR_INIT;
	CLEANUP(str_free) struct str before = STR_INIT;
	const char *position = set;
	const char *start;
	size_t length;

	while (text_set_next(&position, &start, &length)) {
		str_clear(&word);
		str_add_bytes(&word, start, length);
		claim(text_set_has(set, word.text), "'%s' in '%s'", word.text, set);
		claim(strcmp(before.text, word.text) < 0, "'%s' in '%s'", word.text, set);
		str_clear(&before);
		str_add(&before, word.text);
	}
}

static void claim_sets(const char *a, const char *b)
{
	CLEANUP(str_free) struct str left = STR_INIT;
	CLEANUP(str_free) struct str right = STR_INIT;
	CLEANUP(str_free) struct str both = STR_INIT;
	CLEANUP(str_free) struct str swapped = STR_INIT;

	claim_key(parse_set, a, &left);
	claim_key(parse_set, b, &right);
	claim_set(left.text);
	text_set_join(left.text, right.text, &both);
	text_set_join(right.text, left.text, &swapped);
	claim_set(both.text);
	claim(strcmp(both.text, swapped.text) == 0, "'%s' and '%s'", both.text, swapped.text);
	claim(text_sets_meet(left.text, right.text) == text_sets_meet(right.text, left.text),
		"'%s' and '%s'", left.text, right.text);
	claim(text_sets_meet(left.text, both.text) == (left.length > 0), "'%s' and '%s'", left.text,
		both.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(memory_free_text) char *a = NULL;
	CLEANUP(memory_free_text) char *b = NULL;

	(void)claim_utf8((const char *)data, size);
	a = fuzz_text(&input, '\n');
	b = fuzz_text(&input, '\n');
	if (!claim_utf8(a, strlen(a)) || !claim_utf8(b, strlen(b)))
		return 0;
	claim_text(a);
	claim_sets(a, b);
	claim(text_distance(a, b) == text_distance(b, a), "'%s' and '%s'", a, b);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/text.h"

#include "util/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
	PIECE_MAX = 512,        /* bytes that are normalised at a time, if they may be cut */
	EXPANSION_MAX = 6,      /* code points that one byte can become (U+FDFA: 3 bytes, 18) */
	FIRST_MARK_BYTE = 0xcc, /* UTF-8 of U+0300 and beyond: all before it is in NFC */
	DISTANCE_MAX = 64,
};

static bool is_ascii(const char *text, size_t length)
{
	const uint64_t high_bits = UINT64_C(0x8080808080808080);
	size_t at = 0;

	for (; length - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, text + at, sizeof word);
		if ((word & high_bits) != 0)
			return false;
	}
	for (; at < length; at++) {
		if ((unsigned char)text[at] >= 0x80)
			return false;
	}
	return true;
}

static bool is_ascii_space(unsigned char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Unicode's White_Space. */
static bool is_space(utf8proc_int32_t code_point)
{
	if (code_point < 0x80)
		return is_ascii_space((unsigned char)code_point);
	if (code_point == 0x85)
		return true;
	switch (utf8proc_category(code_point)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

/* The code point at `text`, which is valid UTF-8, and its length. */
static size_t read_code_point(const char *text, size_t length, utf8proc_int32_t *ret_code_point)
{
	utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)text,
		(utf8proc_ssize_t)length, ret_code_point);

	assert(read > 0);
	return (size_t)read;
}

bool text_is_utf8(const char *bytes, size_t length, size_t *ret_at)
{
	if (is_ascii(bytes, length))
		return true;
	for (size_t at = 0; at < length;) {
		utf8proc_int32_t code_point;
		if ((unsigned char)bytes[at] < 0x80) {
			at++;
			continue;
		}
		utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
			(utf8proc_ssize_t)(length - at), &code_point);
		if (read <= 0) {
			*ret_at = at;
			return false;
		}
		at += (size_t)read;
	}
	return true;
}

bool text_has_control(const char *text, size_t length, const char *allowed, size_t *ret_at)
{
	for (size_t at = 0; at < length; at++) {
		unsigned char byte = (unsigned char)text[at];
		bool is_c1 = byte == 0xc2 && at + 1 < length &&
			     ((unsigned char)text[at + 1] & 0xe0) == 0x80;
		if (byte >= 0x20 && byte != 0x7f && !is_c1)
			continue;
		if (byte != 0 && !is_c1 && strchr(allowed, byte) != NULL)
			continue;
		*ret_at = at;
		return true;
	}
	return false;
}

/* --- Normalisation --- */

/* Whether a text may be cut before this code point without changing its normal form: it
 * never joins what comes before it. */
static bool starts_afresh(utf8proc_int32_t code_point)
{
	switch (utf8proc_category(code_point)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return false;
	default:
		/* Vowels and finals of Hangul join the letter before. */
		return code_point < 0x1160 || code_point > 0x11ff;
	}
}

/* The form that the options ask for. */
struct mapping {
	utf8proc_option_t options;
	utf8proc_custom_func function; /* may be NULL */
};

/* How much of the text to normalise at once: a long one goes in pieces, but 0 if no piece ends
 * where it may be cut. */
static size_t piece_length(const char *text, size_t length)
{
	size_t best = 0;

	if (length <= PIECE_MAX)
		return length;
	for (size_t at = 0; at <= PIECE_MAX;) {
		utf8proc_int32_t code_point;
		size_t read = read_code_point(text + at, length - at, &code_point);
		if (at > 0 && starts_afresh(code_point))
			best = at;
		at += read;
	}
	return best;
}

/* Where the letter's marks end, however many they are. */
static size_t run_length(const char *text, size_t length)
{
	utf8proc_int32_t code_point;
	size_t at = read_code_point(text, length, &code_point);

	while (at < length) {
		size_t read = read_code_point(text + at, length - at, &code_point);
		if (starts_afresh(code_point))
			break;
		at += read;
	}
	return at;
}

static unsigned int class_of(utf8proc_int32_t code_point)
{
	return (unsigned int)utf8proc_get_property(code_point)->combining_class & 0xff;
}

/* Sorts marks that stand side by side by their classes; those of one class keep their order. */
static void sort_marks(utf8proc_int32_t *marks, size_t count)
{
	size_t places[256 + 1] = { 0 };

	if (count < 2)
		return;
	utf8proc_int32_t *sorted = xcalloc(count, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		places[class_of(marks[i]) + 1]++;
	for (size_t class = 1; class <= 256; class ++)
		places[class] += places[class - 1];
	for (size_t i = 0; i < count; i++)
		sorted[places[class_of(marks[i])]++] = marks[i];
	memcpy(marks, sorted, count * sizeof *marks);
	free(sorted);
}

/* Adds a letter with hundreds of marks and more, all at once. Sorting them is quadratic in
 * utf8proc, which is asked for a character at a time instead. */
static void add_run(const char *text, size_t length, const struct mapping *mapping, struct str *str)
{
	utf8proc_int32_t *buffer = xcalloc(length + 1, EXPANSION_MAX * sizeof *buffer);
	size_t count = 0;
	size_t marks = 0; /* where those begin that stand side by side */

	for (size_t at = 0; at < length;) {
		utf8proc_int32_t code_point;
		int boundary = 0;
		at += read_code_point(text + at, length - at, &code_point);
		if (mapping->function != NULL)
			code_point = mapping->function(code_point, NULL);
		utf8proc_ssize_t more = utf8proc_decompose_char(code_point, buffer + count,
			(utf8proc_ssize_t)(length * EXPANSION_MAX - count), mapping->options,
			&boundary);
		assert(more >= 0);
		for (; more > 0; more--, count++) {
			if (class_of(buffer[count]) != 0)
				continue;
			sort_marks(buffer + marks, count - marks);
			marks = count + 1;
		}
	}
	sort_marks(buffer + marks, count - marks);
	utf8proc_ssize_t bytes =
		utf8proc_reencode(buffer, (utf8proc_ssize_t)count, mapping->options);
	assert(bytes >= 0);
	str_add_bytes(str, buffer, (size_t)bytes);
	free(buffer);
}

static void add_piece(const char *text, size_t length, const struct mapping *mapping,
	struct str *str)
{
	utf8proc_int32_t buffer[PIECE_MAX * EXPANSION_MAX + 1];

	utf8proc_ssize_t count = utf8proc_decompose_custom((const utf8proc_uint8_t *)text,
		(utf8proc_ssize_t)length, buffer, PIECE_MAX * EXPANSION_MAX, mapping->options,
		mapping->function, NULL);
	assert(count >= 0 && count <= PIECE_MAX * EXPANSION_MAX);
	utf8proc_ssize_t bytes = utf8proc_reencode(buffer, count, mapping->options);
	assert(bytes >= 0);
	str_add_bytes(str, buffer, (size_t)bytes);
}

/* Adds the text, which must be valid UTF-8, in the form that the options ask for. */
static void add_mapped(const char *text, size_t length, unsigned int options,
	utf8proc_custom_func function, struct str *str)
{
	const struct mapping mapping = { (utf8proc_option_t)options, function };

	while (length > 0) {
		size_t piece = piece_length(text, length);
		if (piece > 0) {
			add_piece(text, piece, &mapping, str);
		} else {
			piece = run_length(text, length);
			add_run(text, piece, &mapping, str);
		}
		text += piece;
		length -= piece;
	}
}

/* Moves both ends of the text inwards over white space. */
static void trim(const char **text, size_t *length)
{
	const char *start = *text;
	const char *end = start + *length;
	utf8proc_int32_t code_point;

	while (start < end) {
		size_t read = read_code_point(start, (size_t)(end - start), &code_point);
		if (!is_space(code_point))
			break;
		start += read;
	}
	while (end > start) {
		const char *last = end - 1;
		while (((unsigned char)*last & 0xc0) == 0x80)
			last--;
		(void)read_code_point(last, (size_t)(end - last), &code_point);
		if (!is_space(code_point))
			break;
		end = last;
	}
	*text = start;
	*length = (size_t)(end - start);
}

/* Whether the text is in NFC as far as a look at its bytes tells. */
static bool is_surely_nfc(const char *text, size_t length)
{
	if (is_ascii(text, length))
		return true;
	for (size_t at = 0; at < length; at++) {
		if ((unsigned char)text[at] >= FIRST_MARK_BYTE)
			return false;
	}
	return true;
}

static bool may_be_space(unsigned char byte)
{
	return is_ascii_space(byte) || byte >= 0x80;
}

bool text_is_clean(const char *text, size_t length)
{
	const char *trimmed = text;
	size_t trimmed_length = length;

	if (length == 0)
		return true;
	if (may_be_space((unsigned char)text[0]) || may_be_space((unsigned char)text[length - 1])) {
		trim(&trimmed, &trimmed_length);
		if (trimmed_length != length)
			return false;
	}
	return is_surely_nfc(text, length);
}

void text_clean(const char *text, size_t length, struct str *ret)
{
	str_clear(ret);
	trim(&text, &length);
	if (is_surely_nfc(text, length))
		str_add_bytes(ret, text, length);
	else
		add_mapped(text, length, UTF8PROC_STABLE | UTF8PROC_COMPOSE, NULL, ret);
}

static char lower_ascii(char character)
{
	return character >= 'A' && character <= 'Z' ? (char)(character - 'A' + 'a') : character;
}

void text_fold(const char *text, struct str *ret)
{
	size_t length = strlen(text);

	str_clear(ret);
	if (!is_ascii(text, length)) {
		add_mapped(text, length, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD,
			NULL, ret);
		return;
	}
	str_add_bytes(ret, text, length);
	for (size_t at = 0; at < length; at++)
		ret->text[at] = lower_ascii(ret->text[at]);
}

/* White space as a plain space; letters with a stroke, which Unicode does not take apart,
 * as the letter that stands for them where accents were lost. */
static utf8proc_int32_t plain_letter(utf8proc_int32_t code_point, void *data)
{
	(void)data;
	switch (code_point) {
	case 0x00d8: /* Ø */
	case 0x00f8: /* ø */
	case 0x01fe: /* Ǿ */
	case 0x01ff: /* ǿ */
		return 'o';
	case 0x0110: /* Đ */
	case 0x0111: /* đ */
		return 'd';
	case 0x0126: /* Ħ */
	case 0x0127: /* ħ */
		return 'h';
	case 0x0131: /* ı */
		return 'i';
	case 0x0141: /* Ł */
	case 0x0142: /* ł */
		return 'l';
	case 0x0166: /* Ŧ */
	case 0x0167: /* ŧ */
		return 't';
	default:
		return is_space(code_point) ? ' ' : code_point;
	}
}

/* Trims, and makes each run of ASCII white space one space, in place. */
static void collapse_spaces(struct str *str)
{
	size_t kept = 0;

	for (size_t at = 0; at < str->length; at++) {
		char character = str->text[at];
		if (!is_ascii_space((unsigned char)character))
			str->text[kept++] = character;
		else if (kept > 0 && str->text[kept - 1] != ' ')
			str->text[kept++] = ' ';
	}
	if (kept > 0 && str->text[kept - 1] == ' ')
		kept--;
	str_cut(str, kept);
}

void text_search_key(const char *text, struct str *ret)
{
	size_t length = strlen(text);

	if (is_ascii(text, length)) {
		text_fold(text, ret);
	} else {
		str_clear(ret);
		add_mapped(text, length,
			UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
				UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
			plain_letter, ret);
	}
	collapse_spaces(ret);
}

/* The length of what stands at `text` if headers compare without it, else 0. */
static size_t header_noise(const char *text)
{
	static const char *const apostrophes[] = { "\u2018", "\u2019", "\u02bc", "\u2032" };
	static const char *const hyphens[] = { "\u2010", "\u2012", "\u2013", "\u2014", "\u2212" };

	if (strchr(" _-.'`", *text) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof apostrophes / sizeof *apostrophes; i++) {
		if (strncmp(text, apostrophes[i], strlen(apostrophes[i])) == 0)
			return strlen(apostrophes[i]);
	}
	for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++) {
		if (strncmp(text, hyphens[i], strlen(hyphens[i])) == 0)
			return strlen(hyphens[i]);
	}
	return 0;
}

void text_header_key(const char *text, struct str *ret)
{
	size_t kept = 0;

	text_search_key(text, ret);
	for (size_t at = 0; at < ret->length;) {
		size_t noise = header_noise(ret->text + at);
		if (noise == 0)
			ret->text[kept++] = ret->text[at++];
		else
			at += noise;
	}
	str_cut(ret, kept);
}

/* --- Distance --- */

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b)
{
	/* Three rows of the table: a swap of neighbours looks two back. */
	size_t rows[3][DISTANCE_MAX + 1];
	size_t length_a = strlen(a);
	size_t length_b = strlen(b);

	if (length_a > DISTANCE_MAX || length_b > DISTANCE_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= length_b; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= length_a; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *second_above = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			row[j] = smaller(smaller(above[j], row[j - 1]) + 1,
				above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = smaller(row[j], second_above[j - 2] + 1);
		}
	}
	return rows[length_a % 3][length_b];
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/printable.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum {
	ESCAPE_SIZE = 16, /* "\u202e" and its NUL, with room */
};

/* One character of text: how many bytes it has, and how it is shown. */
struct glyph {
	size_t length;
	size_t width;
	bool is_escaped;
	char escape[ESCAPE_SIZE];
};

/* Explicit directional formatting (Unicode UAX #9, 2.1 to 2.5). */
static bool turns_direction(wchar_t character)
{
	return character == 0x061c || character == 0x200e || character == 0x200f ||
	       (character >= 0x202a && character <= 0x202e) ||
	       (character >= 0x2066 && character <= 0x2069);
}

static void escape_byte(struct glyph *glyph, unsigned char byte)
{
	glyph->length = 1;
	glyph->is_escaped = true;
	glyph->width = (size_t)snprintf(glyph->escape, sizeof glyph->escape, "\\x%02x", byte);
}

static void read_glyph(const char *text, struct glyph *glyph)
{
	unsigned char first = (unsigned char)*text;

	glyph->is_escaped = false;
	if (first >= 0x20 && first < 0x7f) {
		glyph->length = 1;
		glyph->width = 1;
		return;
	}
	mbstate_t state = { 0 };
	wchar_t character;
	size_t length = mbrtowc(&character, text, strlen(text), &state);
	if (length == 0 || length == (size_t)-1 || length == (size_t)-2 || first < 0x80) {
		escape_byte(glyph, first);
		return;
	}
	int width = wcwidth(character);
	glyph->length = length;
	if (width >= 0 && !turns_direction(character)) {
		glyph->width = (size_t)width;
		return;
	}
	glyph->is_escaped = true;
	glyph->width = (size_t)snprintf(glyph->escape, sizeof glyph->escape, "\\u%04lx",
		(unsigned long)character);
}

static void add_glyph(struct str *str, const char *text, const struct glyph *glyph)
{
	if (glyph->is_escaped)
		str_add(str, glyph->escape);
	else
		str_add_bytes(str, text, glyph->length);
}

/* Bytes at the start that stand for themselves, one column each: nearly all there are. */
static size_t count_plain(const char *text)
{
	size_t count = 0;

	while (text[count] >= 0x20 && text[count] < 0x7f)
		count++;
	return count;
}

size_t printable_add(struct str *str, const char *text)
{
	size_t width = 0;
	struct glyph glyph;

	for (;; text += glyph.length) {
		size_t plain = count_plain(text);
		str_add_bytes(str, text, plain);
		width += plain;
		text += plain;
		if (*text == '\0')
			return width;
		read_glyph(text, &glyph);
		add_glyph(str, text, &glyph);
		width += glyph.width;
	}
}

size_t printable_width(const char *text)
{
	size_t width = 0;
	struct glyph glyph;

	for (; *text != '\0'; text += glyph.length) {
		read_glyph(text, &glyph);
		width += glyph.width;
	}
	return width;
}

size_t printable_length(const char *text, size_t width)
{
	size_t length = 0;
	size_t used = 0;
	struct glyph glyph;

	for (; text[length] != '\0'; length += glyph.length) {
		read_glyph(text + length, &glyph);
		used += glyph.width;
		if (used > width && length > 0)
			break;
	}
	return length;
}

size_t printable_add_cut(struct str *str, const char *text, size_t width)
{
	if (printable_width(text) <= width)
		return printable_add(str, text);
	if (width == 0)
		return 0;
	size_t used = 0;
	struct glyph glyph;
	for (; *text != '\0'; text += glyph.length) {
		read_glyph(text, &glyph);
		if (used + glyph.width > width - 1)
			break;
		add_glyph(str, text, &glyph);
		used += glyph.width;
	}
	str_add(str, "…");
	return used + 1;
}

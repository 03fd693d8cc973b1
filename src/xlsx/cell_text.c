/* SPDX-License-Identifier: BSD-2-Clause */
#include "xlsx/cell_text.h"

#include <stdbool.h>
#include <string.h>

/* U+FFFE and U+FFFF, which XML excludes, but for their last byte. */
static const char noncharacter_start[] = "\xef\xbf";

static bool is_control(char character)
{
	unsigned char byte = (unsigned char)character;

	return byte < 0x20 && byte != '\t' && byte != '\n';
}

static bool is_noncharacter(const char *text)
{
	return strncmp(text, noncharacter_start, 2) == 0 && (unsigned char)text[2] >= 0xbe;
}

/* Bytes at the start that stand for themselves: nearly all there are. */
static size_t count_plain(const char *text)
{
	size_t count = 0;

	while ((unsigned char)text[count] >= 0x20 && text[count] != '_' && text[count] != '\xef')
		count++;
	return count;
}

void cell_text_escape(const char *text, struct str *ret)
{
	str_clear(ret);
	for (;;) {
		size_t plain = count_plain(text);
		str_add_bytes(ret, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		if (is_control(*text)) {
			str_addf(ret, "_x%04X_", (unsigned)(unsigned char)*text++);
		} else if (is_noncharacter(text)) {
			str_add(ret, (unsigned char)text[2] == 0xbe ? "_xFFFE_" : "_xFFFF_");
			text += 3;
		} else if (strncmp(text, "_x", 2) == 0) {
			str_add(ret, "_x005F_");
			text++;
		} else {
			str_add_char(ret, *text++);
		}
	}
}

size_t cell_text_units(const char *text)
{
	size_t units = 0;

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;
		if ((byte & 0xc0) != 0x80)
			units += byte >= 0xf0 ? 2 : 1;
	}
	return units;
}

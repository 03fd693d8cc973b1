/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/ical_out.h"

#include "util/calendar.h"
#include "util/memory.h"

#include <stdbool.h>
#include <string.h>

enum {
	LINE_MAX_OCTETS = 75, /* without the line's end */
};

/* Whether the byte is not the first of its character. */
static bool is_inside_character(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

static void add_folded(struct str *str, const char *line, size_t length)
{
	size_t room = LINE_MAX_OCTETS;

	while (length > room) {
		size_t cut = room;
		while (cut > 0 && is_inside_character(line[cut]))
			cut--;
		str_add_bytes(str, line, cut);
		str_add(str, "\r\n ");
		line += cut;
		length -= cut;
		room = LINE_MAX_OCTETS - 1; /* less the space */
	}
	str_add_bytes(str, line, length);
	str_add(str, "\r\n");
}

static bool is_control(char character)
{
	return ((unsigned char)character < 0x20 && character != '\t') || character == 0x7f;
}

void ical_line(struct str *str, const char *name, const char *value)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	str_addf(&line, "%s:", name);
	for (; *value != '\0'; value++)
		if (!is_control(*value))
			str_add_char(&line, *value);
	add_folded(str, line.text, line.length);
}

void ical_text(struct str *str, const char *name, const char *text)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	str_addf(&line, "%s:", name);
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			str_add(&line, "\\n");
			continue;
		}
		if (strchr("\\;,", *text) != NULL)
			str_add_char(&line, '\\');
		if (!is_control(*text))
			str_add_char(&line, *text);
	}
	add_folded(str, line.text, line.length);
}

void ical_integer(struct str *str, const char *name, int64_t value)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_add_integer(&text, value);
	ical_line(str, name, text.text);
}

void ical_time(struct str *str, const char *name, int64_t at_s)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct civil civil;

	calendar_from_seconds(at_s, &civil);
	str_addf(&text, "%04d%02d%02dT%02d%02d%02dZ", civil.year, civil.month, civil.day,
		civil.hour, civil.minute, civil.second);
	ical_line(str, name, text.text);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/xml_out.h"

#include <assert.h>
#include <string.h>

static const char replacement_character[] = "\xef\xbf\xbd";

/* U+FFFE and U+FFFF. */
static bool is_noncharacter(const char *text)
{
	return strncmp(text, "\xef\xbf\xbe", 3) == 0 || strncmp(text, "\xef\xbf\xbf", 3) == 0;
}

/* White space that a parser would change unless it is written as a reference (3.3.3, 2.11). */
static bool is_fragile(char character, bool is_attribute)
{
	return character == '\r' || (is_attribute && (character == '\n' || character == '\t'));
}

static void add_escaped(struct str *str, const char *text, bool is_attribute)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			str_add(str, "&amp;");
		else if (*text == '<')
			str_add(str, "&lt;");
		else if (*text == '>')
			str_add(str, "&gt;");
		else if (*text == '"' && is_attribute)
			str_add(str, "&quot;");
		else if (is_fragile(*text, is_attribute))
			str_addf(str, "&#%d;", *text);
		else if ((unsigned char)*text < 0x20 && strchr("\t\n", *text) == NULL)
			str_add(str, replacement_character);
		else if (is_noncharacter(text)) {
			str_add(str, replacement_character);
			text += 2;
		} else
			str_add_char(str, *text);
	}
}

static void add_indent(struct xml_out *xml)
{
	for (size_t i = 0; i < xml->depth; i++)
		str_add(xml->str, "  ");
}

static void close_tag(struct xml_out *xml)
{
	if (xml->is_tag_open)
		str_add_char(xml->str, '>');
	xml->is_tag_open = false;
}

void xml_start(struct xml_out *xml, struct str *str)
{
	*xml = (struct xml_out){ .str = str };
	str_add(str, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void xml_begin(struct xml_out *xml, const char *name)
{
	assert(xml->depth < XML_DEPTH_MAX);
	close_tag(xml);
	if (xml->depth > 0 && !xml->has_children)
		str_add_char(xml->str, '\n');
	add_indent(xml);
	str_addf(xml->str, "<%s", name);
	xml->open[xml->depth++] = name;
	xml->is_tag_open = true;
	xml->has_children = false;
}

void xml_attribute(struct xml_out *xml, const char *name, const char *value)
{
	assert(xml->is_tag_open);
	str_addf(xml->str, " %s=\"", name);
	add_escaped(xml->str, value, true);
	str_add_char(xml->str, '"');
}

void xml_text(struct xml_out *xml, const char *text)
{
	assert(!xml->has_children);
	close_tag(xml);
	add_escaped(xml->str, text, false);
}

void xml_end(struct xml_out *xml)
{
	assert(xml->depth > 0);
	const char *name = xml->open[--xml->depth];
	if (xml->is_tag_open) {
		str_add(xml->str, "/>\n");
	} else {
		if (xml->has_children)
			add_indent(xml);
		str_addf(xml->str, "</%s>\n", name);
	}
	xml->is_tag_open = false;
	xml->has_children = true;
}

void xml_element(struct xml_out *xml, const char *name, const char *text)
{
	xml_begin(xml, name);
	if (*text != '\0')
		xml_text(xml, text);
	xml_end(xml);
}

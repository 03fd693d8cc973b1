/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes XML 1.0 in UTF-8, indented, element by element. Texts are valid UTF-8; characters
 * that XML does not have (controls, U+FFFE, U+FFFF) become U+FFFD.
 */
#ifndef REGTOOL_UTIL_XML_OUT_H
#define REGTOOL_UTIL_XML_OUT_H

#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	XML_DEPTH_MAX = 16,
};

struct xml_out {
	struct str *str;                 /* lent; what is written is added to it */
	const char *open[XML_DEPTH_MAX]; /* elements that are open; names lent */
	size_t depth;
	bool is_tag_open;  /* attributes may still come */
	bool has_children; /* of the innermost: its end stands in a line of its own */
};

/* Writes the declaration. */
void xml_start(struct xml_out *xml, struct str *str);
void xml_begin(struct xml_out *xml, const char *name);
/* Of the element that has just begun. */
void xml_attribute(struct xml_out *xml, const char *name, const char *value);
/* What stands in the innermost element, which then has no elements inside. */
void xml_text(struct xml_out *xml, const char *text);
void xml_end(struct xml_out *xml);
/* An element with text alone. */
void xml_element(struct xml_out *xml, const char *name, const char *text);

#endif

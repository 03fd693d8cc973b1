/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PDF that is being made: pages, and text that fits its box in any script. Lengths are
 * points (72 an inch), from the top left of the page; sizes of type too. The same calls give
 * the same bytes. Nothing is kept of a page that is done, but what a PDF says of all of them
 * at its end.
 */
#ifndef REGTOOL_PRINT_PRESS_H
#define REGTOOL_PRINT_PRESS_H

#include "util/error.h"

#include <pango/pangocairo.h>
#include <stdbool.h>

/* A length in millimetres. */
#define MM(length) ((length) * (72.0 / 25.4))

struct box {
	double x, y, width, height;
};

struct colour {
	double red, green, blue; /* 0 to 1 */
};

enum text_place {
	TEXT_TOP,
	TEXT_MIDDLE,
	TEXT_BOTTOM,
};

struct text_style {
	double size;       /* if it fits, else smaller */
	double line_least; /* one line down to this size, then several, as large as they fit */
	bool is_bold;
	bool is_centred; /* else it begins where its script does: left, or right */
	enum text_place place;
	struct colour colour;
};

struct press;

struct press_settings {
	double width, height; /* of each page */
	const char *title;
	const char *maker;
	const char *day; /* 2022-02-15; NULL: none is known */
};

/* A PDF on standard output. The caller frees it. */
struct press *press_open(const struct press_settings *settings);
void press_freep(struct press **press);
/* What has been drawn is a page. STATUS_IO: it could not be written. */
enum status press_end_page(struct press *press, struct error *error);
/* Writes the end of the PDF. STATUS_IO. */
enum status press_finish(struct press *press, struct error *error);

/* For drawing of other kinds; lent. */
cairo_t *press_cairo(struct press *press);

void press_colour(struct press *press, struct colour colour);
void press_fill_box(struct press *press, struct box box, struct colour colour);
/* A hairline. */
void press_line(struct press *press, double from_x, double from_y, double to_x, double to_y,
	struct colour colour);

/* Draws all of the text inside the box: made smaller down to `line_least`, then broken into
 * lines between words, then, where a word alone is too wide, within words; never cut. Nothing
 * for NULL and "". */
void press_text(struct press *press, struct box box, const struct text_style *style,
	const char *text_or_null);

/* The size that press_text gives a text that is not empty. */
double press_fit(struct press *press, struct box box, const struct text_style *style,
	const char *text);

/* A text laid out `width` wide at that size, broken where it must; for g_object_unref. */
PangoLayout *press_lay_out(struct press *press, const char *text, double width, double size,
	bool is_bold);
double press_height(PangoLayout *layout);
void press_show(struct press *press, PangoLayout *layout, double x, double y, struct colour colour);

/* How many characters no font of this machine has, of what was drawn since it was asked last. */
int press_take_unknown(struct press *press);

#endif

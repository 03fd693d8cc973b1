/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/press.h"

#include "util/memory.h"
#include "util/str.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The packages that README names have these; what they lack fontconfig looks for elsewhere.
 * Which of its shapes a Chinese character gets would else hang on the machine's language. */
static const char families[] = "Noto Sans,Noto Sans CJK SC";

enum {
	SIZE_STEPS = 24, /* halvings in the search for a size */
};

/* Smaller than anybody reads: what does not fit at this size fits nowhere. */
static const double size_least = 0.1;

struct press {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoContext *context;
	int failure; /* errno of the first write that failed, or 0 */
	int unknown;
};

/* --- Pages --- */

static cairo_status_t write_out(void *data, const unsigned char *bytes, unsigned length)
{
	struct press *press = data;

	while (length > 0 && press->failure == 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);
		if (written < 0 && errno != EINTR)
			press->failure = errno;
		if (written > 0) {
			bytes += written;
			length -= (unsigned)written;
		}
	}
	return press->failure == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* A PDF of no known day is given the first that PDFs can have been made on: cairo would take
 * the clock's, and the same badges would not be the same bytes. */
static void set_metadata(cairo_surface_t *surface, const struct press_settings *settings)
{
	CLEANUP(str_free) struct str made = STR_INIT;

	str_addf(&made, "%sT00:00:00Z", settings->day != NULL ? settings->day : "1993-06-15");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, settings->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, settings->maker);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.text);
}

/* Type as the font says, not as a screen's pixels would have it: so it scales exactly. */
static PangoContext *new_context(cairo_t *cairo)
{
	PangoContext *context = pango_cairo_create_context(cairo);
	cairo_font_options_t *options = cairo_font_options_create();
	PangoFontDescription *font = pango_font_description_from_string(families);

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_font_description(context, font);
	pango_context_set_language(context, pango_language_from_string("en"));
	pango_font_description_free(font);
	cairo_font_options_destroy(options);
	return context;
}

struct press *press_open(const struct press_settings *settings)
{
	struct press *press = xcalloc(1, sizeof *press);

	press->surface = cairo_pdf_surface_create_for_stream(write_out, press, settings->width,
		settings->height);
	set_metadata(press->surface, settings);
	press->cairo = cairo_create(press->surface);
	press->context = new_context(press->cairo);
	return press;
}

void press_freep(struct press **press)
{
	if (*press == NULL)
		return;
	g_object_unref((*press)->context);
	cairo_destroy((*press)->cairo);
	cairo_surface_destroy((*press)->surface);
	free(*press);
	*press = NULL;
}

static enum status judge(const struct press *press, cairo_status_t status, struct error *error)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return STATUS_OK;
	if (press->failure == 0)
		return error_set(error, STATUS_IO, "cannot make the PDF: %s",
			cairo_status_to_string(status));
	errno = press->failure;
	return error_set_errno(error, STATUS_IO, "cannot write the result");
}

enum status press_end_page(struct press *press, struct error *error)
{
	cairo_show_page(press->cairo);
	return judge(press, cairo_status(press->cairo), error);
}

enum status press_finish(struct press *press, struct error *error)
{
	cairo_surface_finish(press->surface);
	return judge(press, cairo_surface_status(press->surface), error);
}

/* --- Drawing --- */

cairo_t *press_cairo(struct press *press)
{
	return press->cairo;
}

void press_colour(struct press *press, struct colour colour)
{
	cairo_set_source_rgb(press->cairo, colour.red, colour.green, colour.blue);
}

void press_fill_box(struct press *press, struct box box, struct colour colour)
{
	press_colour(press, colour);
	cairo_rectangle(press->cairo, box.x, box.y, box.width, box.height);
	cairo_fill(press->cairo);
}

void press_line(struct press *press, double from_x, double from_y, double to_x, double to_y,
	struct colour colour)
{
	press_colour(press, colour);
	cairo_set_line_width(press->cairo, 0.25);
	cairo_move_to(press->cairo, from_x, from_y);
	cairo_line_to(press->cairo, to_x, to_y);
	cairo_stroke(press->cairo);
}

/* --- Text --- */

static void set_font(PangoLayout *layout, double size, bool is_bold)
{
	PangoFontDescription *font = pango_font_description_from_string(families);

	pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
	pango_font_description_set_weight(font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

PangoLayout *press_lay_out(struct press *press, const char *text, double width, double size,
	bool is_bold)
{
	PangoLayout *layout = pango_layout_new(press->context);

	pango_layout_set_text(layout, text, -1);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	set_font(layout, size, is_bold);
	return layout;
}

double press_height(PangoLayout *layout)
{
	int height;

	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

void press_show(struct press *press, PangoLayout *layout, double x, double y, struct colour colour)
{
	press_colour(press, colour);
	cairo_move_to(press->cairo, x, y);
	pango_cairo_show_layout(press->cairo, layout);
	press->unknown += pango_layout_get_unknown_glyphs_count(layout);
}

/* How the text may be broken, in the order in which it is tried. */
enum breaking {
	BREAK_NOWHERE,
	BREAK_BETWEEN_WORDS,
	BREAK_ANYWHERE,
};

static bool fits(PangoLayout *layout, struct box box, double size, enum breaking breaking,
	bool is_bold)
{
	PangoRectangle logical;

	set_font(layout, size, is_bold);
	pango_layout_set_wrap(layout,
		breaking == BREAK_ANYWHERE ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
	pango_layout_get_extents(layout, NULL, &logical);
	return logical.width <= (int)(box.width * PANGO_SCALE) &&
	       logical.height <= (int)(box.height * PANGO_SCALE) &&
	       (breaking != BREAK_NOWHERE || pango_layout_get_line_count(layout) == 1);
}

/* The largest size from `least` to `most` at which it fits, which the layout then has; 0 if
 * there is none. */
static double find_size(PangoLayout *layout, struct box box, double least, double most,
	enum breaking breaking, bool is_bold)
{
	if (fits(layout, box, most, breaking, is_bold))
		return most;
	if (!fits(layout, box, least, breaking, is_bold))
		return 0;
	for (int i = 0; i < SIZE_STEPS && most - least > 0.05; i++) {
		double middle = (least + most) / 2;
		if (fits(layout, box, middle, breaking, is_bold))
			least = middle;
		else
			most = middle;
	}
	(void)fits(layout, box, least, breaking, is_bold);
	return least;
}

static PangoLayout *fit(struct press *press, struct box box, const struct text_style *style,
	const char *text, double *ret_size)
{
	PangoLayout *layout = press_lay_out(press, text, box.width, style->size, style->is_bold);
	double size = find_size(layout, box, style->line_least, style->size, BREAK_NOWHERE,
		style->is_bold);

	if (size <= 0)
		size = find_size(layout, box, style->line_least / 2, style->size,
			BREAK_BETWEEN_WORDS, style->is_bold);
	if (size <= 0)
		size = find_size(layout, box, size_least, style->size, BREAK_ANYWHERE,
			style->is_bold);
	*ret_size = size;
	return layout;
}

double press_fit(struct press *press, struct box box, const struct text_style *style,
	const char *text)
{
	double size;

	g_object_unref(fit(press, box, style, text, &size));
	return size;
}

void press_text(struct press *press, struct box box, const struct text_style *style,
	const char *text_or_null)
{
	double size;

	if (text_or_null == NULL || *text_or_null == '\0')
		return;
	PangoLayout *layout = fit(press, box, style, text_or_null, &size);
	if (style->is_centred)
		pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	double spare = box.height - press_height(layout);
	double down = style->place == TEXT_TOP      ? 0
		      : style->place == TEXT_MIDDLE ? spare / 2
						    : spare;
	press_show(press, layout, box.x, box.y + down, style->colour);
	g_object_unref(layout);
}

int press_take_unknown(struct press *press)
{
	int unknown = press->unknown;

	press->unknown = 0;
	return unknown;
}

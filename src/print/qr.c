/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/qr.h"

#include <qrencode.h>

enum {
	QUIET_MODULES = 4,
};

static const double module_least_mm = 0.4;

static bool is_dark(const QRcode *code, int row, int column)
{
	return (code->data[row * code->width + column] & 1) != 0;
}

/* Modules side by side are one rectangle: where two meet, viewers show a line. */
static void add_row(cairo_t *cairo, const QRcode *code, int row, double x, double y, double module)
{
	int column = 0;

	while (column < code->width) {
		int start = column;
		while (column < code->width && is_dark(code, row, column))
			column++;
		if (column > start)
			cairo_rectangle(cairo, x + start * module, y, (column - start) * module,
				module);
		else
			column++;
	}
}

static void draw(struct press *press, struct box box, const QRcode *code, double module)
{
	cairo_t *cairo = press_cairo(press);
	double side = code->width * module;
	double quiet = QUIET_MODULES * module;
	double x = box.x + (box.width - side) / 2;
	double y = box.y + (box.height - side) / 2;

	press_fill_box(press,
		(struct box){ x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet },
		(struct colour){ 1, 1, 1 });
	press_colour(press, (struct colour){ 0, 0, 0 });
	for (int row = 0; row < code->width; row++)
		add_row(cairo, code, row, x, y + row * module, module);
	cairo_fill(cairo);
}

enum status qr_draw(struct press *press, struct box box, const char *text, struct error *error)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

	if (code == NULL)
		return error_set_errno(error, STATUS_REJECTED, "no QR code can hold the token");
	double side = box.width < box.height ? box.width : box.height;
	double module = side / (code->width + 2 * QUIET_MODULES);
	bool is_readable = module >= MM(module_least_mm);
	if (is_readable)
		draw(press, box, code, module);
	QRcode_free(code);
	return is_readable ? STATUS_OK
			   : error_set(error, STATUS_REJECTED,
				     "the token is too long for a QR code of this size");
}

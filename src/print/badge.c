/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/badge.h"

#include "print/qr.h"
#include "print/role.h"
#include "print/words.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

/* 54x86 is the card of ISO/IEC 7810 (ID-1), on its short side, rounded up to whole millimetres;
 * 90x55 is what most plastic holders with a clip take. */
static const struct badge_size sizes[] = {
	{ "54x86", MM(210), MM(297), MM(54), MM(86), 3, 3 },
	{ "90x55", MM(210), MM(297), MM(90), MM(55), 2, 5 },
	{ "a6", MM(105), MM(148), MM(105), MM(148), 1, 1 },
};

static const struct colour black = { 0, 0, 0 };
static const struct colour grey = { 0.3, 0.3, 0.3 };

/* Where things stand on a badge, and how large type is at most. */
struct design {
	struct box heading, name, affiliation, code, number, roles;
	double heading_size, name_size, affiliation_size, number_size, roles_size;
	bool is_centred;
};

/* In millimetres of a badge of the design's own size, which `fit` makes larger. */
static const struct design lying = {
	.heading = { 4, 3, 82, 7 },
	.name = { 4, 10.5, 82, 16 },
	.affiliation = { 4, 27.5, 58, 12 },
	.code = { 64.5, 25.5, 22, 22 },
	.number = { 4, 40.5, 58, 5 },
	.roles = { 0, 47.5, 90, 7.5 },
	.heading_size = 8,
	.name_size = 30,
	.affiliation_size = 11,
	.number_size = 6.5,
	.roles_size = 11,
};
static const struct design standing = {
	.heading = { 4, 4, 46, 9 },
	.name = { 4, 14, 46, 21 },
	.affiliation = { 4, 36, 46, 11 },
	.code = { 15, 47, 24, 24 },
	.number = { 4, 71, 46, 5 },
	.roles = { 0, 78, 54, 8 },
	.heading_size = 8,
	.name_size = 22,
	.affiliation_size = 10,
	.number_size = 6.5,
	.roles_size = 10,
	.is_centred = true,
};

const struct badge_size *badge_size_find(const char *name_or_null)
{
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (name_or_null != NULL && strcmp(sizes[i].name, name_or_null) == 0)
			return &sizes[i];
	return NULL;
}

/* --- The place --- */

static struct box place_of(const struct badge_size *size, size_t index)
{
	size_t columns = (size_t)size->columns;
	size_t at = index % (columns * (size_t)size->rows);

	return (struct box){
		.x = (size->page_width - size->columns * size->width) / 2 +
		     (double)(at % columns) * size->width,
		.y = (size->page_height - size->rows * size->height) / 2 +
		     (double)(at / columns) * size->height,
		.width = size->width,
		.height = size->height,
	};
}

/* Short lines in the margins where the sheet is to be cut. */
static void draw_marks(struct press *press, const struct badge_size *size)
{
	double left = (size->page_width - size->columns * size->width) / 2;
	double top = (size->page_height - size->rows * size->height) / 2;
	double right = size->page_width - left;
	double bottom = size->page_height - top;
	double gap = MM(1.5);
	double end = MM(6);

	if (size->columns * size->rows == 1)
		return;
	for (int i = 0; i <= size->columns; i++) {
		double x = left + i * size->width;
		press_line(press, x, top - end, x, top - gap, black);
		press_line(press, x, bottom + gap, x, bottom + end, black);
	}
	for (int i = 0; i <= size->rows; i++) {
		double y = top + i * size->height;
		press_line(press, left - end, y, left - gap, y, black);
		press_line(press, right + gap, y, right + end, y, black);
	}
}

/* --- The badge --- */

struct scale {
	double x, y; /* points for a millimetre of the design */
	double size; /* of type */
};

static struct box fit(const struct scale *scale, struct box place, struct box box)
{
	return (struct box){
		.x = place.x + box.x * scale->x,
		.y = place.y + box.y * scale->y,
		.width = box.width * scale->x,
		.height = box.height * scale->y,
	};
}

static void draw_heading(struct press *press, struct box box, const struct text_style *style,
	const struct print_head *head)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	CLEANUP(str_free) struct str days = STR_INIT;

	str_add(&text, head->title != NULL ? head->title : head->code);
	words_add_days(&days, head->first_day, head->last_day);
	if (days.length > 0)
		str_addf(&text, "\n%s", days.text);
	press_text(press, box, style, text.text);
}

static void draw_number(struct press *press, struct box box, const struct text_style *style,
	const struct print_person *person)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "@%lld  %s", (long long)person->number, person->token);
	press_text(press, box, style, text.text);
}

static struct text_style style_of(const struct design *design, double size, enum text_place place,
	struct colour colour)
{
	return (struct text_style){
		.size = size,
		.line_least = size * 0.7,
		.is_centred = design->is_centred,
		.place = place,
		.colour = colour,
	};
}

enum status badge_draw(struct press *press, const struct badge_size *size,
	const struct print_head *head, const struct print_person *person, size_t index,
	struct error *error)
{
	bool is_lying = size->width > size->height;
	const struct design *design = is_lying ? &lying : &standing;
	struct box place = place_of(size, index);
	struct scale scale = {
		.x = size->width / (is_lying ? 90 : 54),
		.y = size->height / (is_lying ? 55 : 86),
	};
	scale.size = (scale.x < scale.y ? scale.x : scale.y) / MM(1);
	const struct text_style heading =
		style_of(design, design->heading_size * scale.size, TEXT_TOP, grey);
	struct text_style name =
		style_of(design, design->name_size * scale.size, TEXT_MIDDLE, black);
	const struct text_style affiliation =
		style_of(design, design->affiliation_size * scale.size, TEXT_TOP, black);
	const struct text_style number =
		style_of(design, design->number_size * scale.size, TEXT_BOTTOM, grey);

	name.is_bold = true;
	if (index % (size_t)(size->columns * size->rows) == 0)
		draw_marks(press, size);
	draw_heading(press, fit(&scale, place, design->heading), &heading, head);
	press_text(press, fit(&scale, place, design->name), &name, person->name);
	press_text(press, fit(&scale, place, design->affiliation), &affiliation,
		person->affiliation);
	draw_number(press, fit(&scale, place, design->number), &number, person);
	role_draw(press, fit(&scale, place, design->roles), person->roles,
		design->roles_size * scale.size);
	return qr_draw(press, fit(&scale, place, design->code), person->token, error);
}

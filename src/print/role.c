/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/role.h"

#include "util/memory.h"
#include "util/text.h"

#include <string.h>

/* All are dark: white on each has a contrast of 4.5 and more (WCAG 2.1, 1.4.3). */
static const struct {
	const char *role;
	unsigned rgb;
} known[] = {
	{ "attendee", 0x555555 },
	{ "chair", 0x7b3294 },
	{ "organizer", 0x00694e },
	{ "speaker", 0xb33c00 },
	{ "staff", 0x1a1a1a },
	{ "student", 0x1f5fa8 },
};

/* Of the roles that an event makes up. */
static const unsigned others[] = { 0x8a5a00, 0x006a80, 0x9c1f5b, 0x4a5a00, 0x5b4636, 0x3a4a9f };

static struct colour from_rgb(unsigned rgb)
{
	return (struct colour){
		.red = (double)(rgb >> 16 & 0xff) / 0xff,
		.green = (double)(rgb >> 8 & 0xff) / 0xff,
		.blue = (double)(rgb & 0xff) / 0xff,
	};
}

/* By the word alone, so that a badge printed again looks the same. */
static struct colour colour_of(const char *role)
{
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].role, role) == 0)
			return from_rgb(known[i].rgb);
	for (const char *at = role; *at != '\0'; at++)
		sum = sum * 31 + (unsigned char)*at;
	return from_rgb(others[sum % (sizeof others / sizeof others[0])]);
}

static void draw_one(struct press *press, struct box box, const char *role, double size)
{
	const struct text_style style = {
		.size = size,
		.line_least = size / 2,
		.is_bold = true,
		.is_centred = true,
		.place = TEXT_MIDDLE,
		.colour = { 1, 1, 1 },
	};
	double margin = size / 3;
	char *word = g_utf8_strup(role, -1);

	press_fill_box(press, box, colour_of(role));
	box.x += margin;
	box.width -= 2 * margin;
	press_text(press, box, &style, word);
	g_free(word);
}

void role_draw(struct press *press, struct box box, const char *roles_or_null, double size)
{
	const char *roles = roles_or_null != NULL ? roles_or_null : "";
	const char *position = roles;
	const char *word;
	size_t length;
	int count = 0;

	while (text_set_next(&position, &word, &length))
		count++;
	if (count == 0)
		return;
	box.width /= count;
	position = roles;
	while (text_set_next(&position, &word, &length)) {
		CLEANUP(memory_free_text) char *role = xstrndup(word, length);
		draw_one(press, box, role, size);
		box.x += box.width;
	}
}

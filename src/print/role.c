/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/role.h"

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

/* The roles as an array that ends in NULL; for g_strfreev. */
static char **split(const char *roles, guint *ret_count)
{
	GPtrArray *words = g_ptr_array_new();
	const char *word;
	size_t length;

	while (text_set_next(&roles, &word, &length))
		g_ptr_array_add(words, g_strndup(word, length));
	*ret_count = words->len;
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

static struct box inner(struct box bar, double margin)
{
	return (struct box){ bar.x + margin, bar.y, bar.width - 2 * margin, bar.height };
}

/* All bars have the type of the longest word: none counts for more. */
void role_draw(struct press *press, struct box box, const char *roles_or_null, double size)
{
	struct text_style style = {
		.size = size,
		.line_least = 1,
		.is_bold = true,
		.is_centred = true,
		.place = TEXT_MIDDLE,
		.colour = { 1, 1, 1 },
	};
	guint count;
	char **roles = split(roles_or_null != NULL ? roles_or_null : "", &count);
	struct box bar = { box.x, box.y, count > 0 ? box.width / count : 0, box.height };
	double margin = size / 3;

	for (guint i = 0; i < count; i++) {
		char *word = g_utf8_strup(roles[i], -1);
		style.size = press_fit(press, inner(bar, margin), &style, word);
		g_free(word);
	}
	for (guint i = 0; i < count; i++) {
		char *word = g_utf8_strup(roles[i], -1);
		press_fill_box(press, bar, colour_of(roles[i]));
		press_text(press, inner(bar, margin), &style, word);
		bar.x += bar.width;
		g_free(word);
	}
	g_strfreev(roles);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/bar.h"

#include <assert.h>

enum {
	UNICODE_FULL = 8,
	ASCII_FULL = 4,
};

static const char *const unicode_marks[UNICODE_FULL + 1] = {
	" ",
	"▁",
	"▂",
	"▃",
	"▄",
	"▅",
	"▆",
	"▇",
	"█",
};
static const char *const ascii_marks[ASCII_FULL + 1] = { " ", ".", ":", "+", "#" };

size_t bar_full(bool is_unicode)
{
	return is_unicode ? UNICODE_FULL : ASCII_FULL;
}

const char *bar_mark(size_t level, bool is_unicode)
{
	assert(level <= bar_full(is_unicode));
	return is_unicode ? unicode_marks[level] : ascii_marks[level];
}

/* Only all is full, and only nothing is nothing; the parts between share the other levels. */
static size_t level_of(int64_t covered, int64_t whole, size_t full)
{
	if (covered == 0)
		return 0;
	if (covered == whole)
		return full;
	return 1 + (size_t)(covered * (int64_t)(full - 1) / whole);
}

static int64_t shared(int64_t from, int64_t to, int64_t start, int64_t end)
{
	int64_t first = from > start ? from : start;
	int64_t last = to < end ? to : end;

	return last > first ? last - first : 0;
}

void bar_add(struct str *str, const struct bar *bar, size_t marks, bool is_unicode)
{
	/* Everything times the number of marks: then each mark is `length` long, exactly. */
	int64_t scale = (int64_t)marks;
	size_t next = 0;

	assert(marks <= BAR_MARKS_MAX);
	assert(bar->length >= 0 && bar->length <= INT64_MAX / (BAR_MARKS_MAX * UNICODE_FULL));
	for (size_t mark = 0; mark < marks; mark++) {
		int64_t start = (int64_t)mark * bar->length;
		int64_t end = start + bar->length;
		int64_t covered = 0;
		while (next < bar->count && bar->stretches[next].to * scale <= start)
			next++;
		for (size_t i = next; i < bar->count && bar->stretches[i].from * scale < end; i++)
			covered += shared(bar->stretches[i].from * scale,
				bar->stretches[i].to * scale, start, end);
		str_add(str,
			bar_mark(level_of(covered, bar->length, bar_full(is_unicode)), is_unicode));
	}
}

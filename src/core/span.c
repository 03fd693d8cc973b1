/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/span.h"

#include "util/memory.h"

#include <stdbool.h>
#include <stdlib.h>

enum {
	CAPACITY_MIN = 8,
};

void spans_add(struct spans *spans, int64_t from_s, int64_t to_s)
{
	if (to_s <= from_s)
		return;
	if (spans->count == spans->capacity) {
		spans->capacity = spans->capacity > 0 ? 2 * spans->capacity : CAPACITY_MIN;
		spans->all = xreallocarray(spans->all, spans->capacity, sizeof *spans->all);
	}
	spans->all[spans->count++] = (struct span){ .from_s = from_s, .to_s = to_s };
}

void spans_add_all(struct spans *spans, const struct spans *others)
{
	for (size_t i = 0; i < others->count; i++)
		spans_add(spans, others->all[i].from_s, others->all[i].to_s);
}

void spans_add_clipped(struct spans *spans, int64_t from_s, int64_t to_s,
	const struct spans *windows)
{
	for (size_t i = 0; i < windows->count && windows->all[i].from_s < to_s; i++) {
		const struct span *window = &windows->all[i];
		spans_add(spans, from_s > window->from_s ? from_s : window->from_s,
			to_s < window->to_s ? to_s : window->to_s);
	}
}

static int compare(const void *left, const void *right)
{
	const struct span *a = left;
	const struct span *b = right;

	return (a->from_s > b->from_s) - (a->from_s < b->from_s);
}

static bool is_in_order(const struct spans *spans)
{
	for (size_t i = 1; i < spans->count; i++)
		if (spans->all[i].from_s < spans->all[i - 1].from_s)
			return false;
	return true;
}

void spans_merge(struct spans *spans)
{
	size_t kept = 0;

	if (spans->count == 0)
		return;
	/* Mostly they are, as scans are read in the order of their times. */
	if (!is_in_order(spans))
		qsort(spans->all, spans->count, sizeof *spans->all, compare);
	for (size_t i = 1; i < spans->count; i++) {
		struct span *last = &spans->all[kept];
		const struct span *next = &spans->all[i];
		if (next->from_s > last->to_s)
			spans->all[++kept] = *next;
		else if (next->to_s > last->to_s)
			last->to_s = next->to_s;
	}
	spans->count = kept + 1;
}

int64_t spans_cover_s(struct spans *spans)
{
	int64_t sum_s = 0;

	spans_merge(spans);
	for (size_t i = 0; i < spans->count; i++)
		sum_s += spans->all[i].to_s - spans->all[i].from_s;
	return sum_s;
}

void spans_clear(struct spans *spans)
{
	spans->count = 0;
}

void spans_free(struct spans *spans)
{
	free(spans->all);
	*spans = (struct spans)SPANS_INIT;
}

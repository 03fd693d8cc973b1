/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stretches of time, from a second (included) to a second (not included), and lists of them:
 * what they cover together, and what they share with others. Exact in seconds.
 */
#ifndef REGTOOL_CORE_SPAN_H
#define REGTOOL_CORE_SPAN_H

#include <stddef.h>
#include <stdint.h>

struct span {
	int64_t from_s;
	int64_t to_s; /* not before from_s */
};

/* A list that grows; its memory is kept from one use to the next. */
struct spans {
	struct span *all;
	size_t count;
	size_t capacity;
};
#define SPANS_INIT                                                                                 \
	{                                                                                          \
		.all = NULL                                                                        \
	}

/* Adds a stretch; an empty one (to_s <= from_s) is left out. */
void spans_add(struct spans *spans, int64_t from_s, int64_t to_s);
void spans_add_all(struct spans *spans, const struct spans *others);
/* Adds what the stretch from_s to to_s shares with `windows`, which are in order and do not
 * overlap. */
void spans_add_clipped(struct spans *spans, int64_t from_s, int64_t to_s,
	const struct spans *windows);
/* Brings them in order and makes one of those that overlap or touch. */
void spans_merge(struct spans *spans);
/* Merges them, and gives the seconds that they cover. */
int64_t spans_cover_s(struct spans *spans);
/* Makes it empty and keeps its memory. */
void spans_clear(struct spans *spans);
void spans_free(struct spans *spans);

#endif

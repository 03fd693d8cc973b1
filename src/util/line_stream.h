/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines as they arrive on a descriptor: what is there already is given without waiting for
 * more. Memory is bounded by the longest line allowed.
 */
#ifndef REGTOOL_UTIL_LINE_STREAM_H
#define REGTOOL_UTIL_LINE_STREAM_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct line_stream;

enum line_stream_state {
	LINE_STREAM_LINE, /* a line */
	LINE_STREAM_NONE, /* no whole line has arrived, and nobody was to wait */
	LINE_STREAM_END,
};

/* Lent until the next call. Ended by a NUL, without the line end (LF); may hold NULs. The
 * last one need not have had a line end; a BOM before the first is taken off. */
struct line_stream_line {
	char *text;
	size_t length;
	bool is_too_long; /* of more than `length_max` bytes: it was skipped, and is empty here */
};

/* The descriptor stays the caller's. `name` for messages ("standard input"), borrowed. */
struct line_stream *line_stream_open(int descriptor, const char *name, size_t length_max);
void line_stream_free(struct line_stream *in);
void line_stream_freep(struct line_stream **in);

/* STATUS_REJECTED: a folder; STATUS_IO. */
enum status line_stream_next(struct line_stream *in, bool may_wait,
	enum line_stream_state *ret_state, struct line_stream_line *ret_line, struct error *error);

#endif

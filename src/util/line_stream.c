/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/line_stream.h"

#include "util/memory.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	READ_SIZE = 1 << 16,
};

static const char bom[] = "\xef\xbb\xbf";

struct line_stream {
	int descriptor;
	const char *name;
	size_t length_max;
	char *buffer; /* length_max + READ_SIZE bytes and a NUL */
	size_t start; /* of what was not given yet */
	size_t end;
	size_t searched;  /* up to here there is no line end */
	bool is_skipping; /* the rest of a line that is too long */
	bool is_at_end;
	bool has_begun;
};

struct line_stream *line_stream_open(int descriptor, const char *name, size_t length_max)
{
	struct line_stream *in = xcalloc(1, sizeof *in);

	in->descriptor = descriptor;
	in->name = name;
	in->length_max = length_max;
	in->buffer = xmalloc(length_max + READ_SIZE + 1);
	return in;
}

void line_stream_free(struct line_stream *in)
{
	if (in == NULL)
		return;
	free(in->buffer);
	free(in);
}

void line_stream_freep(struct line_stream **in)
{
	line_stream_free(*in);
	*in = NULL;
}

/* Whether a read would not wait. */
static bool has_arrived(const struct line_stream *in)
{
	struct pollfd wanted = { .fd = in->descriptor, .events = POLLIN };
	int result;

	do {
		result = poll(&wanted, 1, 0);
	} while (result < 0 && errno == EINTR);
	return result != 0;
}

static enum status read_more(struct line_stream *in, struct error *error)
{
	ssize_t got;

	if (in->start > 0) {
		memmove(in->buffer, in->buffer + in->start, in->end - in->start);
		in->end -= in->start;
		in->searched -= in->start;
		in->start = 0;
	}
	do {
		got = read(in->descriptor, in->buffer + in->end, READ_SIZE);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set_errno(error, errno == EISDIR ? STATUS_REJECTED : STATUS_IO,
			"cannot read %s", in->name);
	in->end += (size_t)got;
	in->is_at_end = got == 0;
	return STATUS_OK;
}

/* Gives the line up to `end` and goes on after it. */
static struct line_stream_line take(struct line_stream *in, size_t end)
{
	struct line_stream_line line = { .text = in->buffer + in->start,
		.length = end - in->start };

	line.text[line.length] = '\0';
	if (!in->has_begun && line.length >= strlen(bom) &&
		memcmp(line.text, bom, strlen(bom)) == 0) {
		line.text += strlen(bom);
		line.length -= strlen(bom);
	}
	if (in->is_skipping || line.length > in->length_max) {
		line.is_too_long = true;
		line.length = 0;
		line.text[0] = '\0';
	}
	in->has_begun = true;
	in->is_skipping = false;
	in->start = end < in->end ? end + 1 : end;
	in->searched = in->start;
	return line;
}

/* A line that is whole, or the last one; false if there is none yet. */
static bool take_line(struct line_stream *in, struct line_stream_line *ret_line)
{
	char *found = memchr(in->buffer + in->searched, '\n', in->end - in->searched);

	in->searched = in->end;
	if (found != NULL) {
		*ret_line = take(in, (size_t)(found - in->buffer));
		return true;
	}
	if (in->is_at_end && (in->start < in->end || in->is_skipping)) {
		*ret_line = take(in, in->end);
		return true;
	}
	if (in->end - in->start > in->length_max + strlen(bom)) {
		in->is_skipping = true;
		in->start = in->end;
	}
	return false;
}

enum status line_stream_next(struct line_stream *in, bool may_wait,
	enum line_stream_state *ret_state, struct line_stream_line *ret_line, struct error *error)
{
	while (!take_line(in, ret_line)) {
		if (in->is_at_end || (!may_wait && !has_arrived(in))) {
			*ret_state = in->is_at_end ? LINE_STREAM_END : LINE_STREAM_NONE;
			return STATUS_OK;
		}
		enum status status = read_more(in, error);
		if (status != STATUS_OK)
			return status;
	}
	*ret_state = LINE_STREAM_LINE;
	return STATUS_OK;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line of scans: a token, as a hand scanner types it, or a JSON object with any of token or
 * who, at, session, direction, station, nonce. Pure.
 */
#ifndef REGTOOL_CORE_CHECKIN_LINE_H
#define REGTOOL_CORE_CHECKIN_LINE_H

#include "core/checkin.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>

struct checkin_line {
	struct checkin_request request;
	void *owned; /* what its texts stand in */
};
#define CHECKIN_LINE_INIT                                                                          \
	{                                                                                          \
		.owned = NULL                                                                      \
	}

/* For CLEANUP. */
void checkin_line_free(struct checkin_line *line);

/* Whether nothing but white space stands in it. */
bool checkin_line_is_empty(const char *text, size_t length);

/*
 * Reads a line of `length` bytes with a NUL behind. What it does not say is taken from
 * `otherwise`; a session named, or a check-out, takes the place of an arrival. False with
 * what is wrong in `problem` if it cannot be read.
 */
bool checkin_line_read(char *text, size_t length, const struct checkin_request *otherwise,
	const struct zone *zone, struct checkin_line *ret_line, struct str *problem);

#endif

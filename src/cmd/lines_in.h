/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of plain lines, read whole: one name a line.
 */
#ifndef REGTOOL_CMD_LINES_IN_H
#define REGTOOL_CMD_LINES_IN_H

#include "util/error.h"

#include <stddef.h>

/* The lines that are not empty, trimmed and in NFC, and where each stands. */
struct lines {
	const char *name; /* what messages call the file */
	char **all;
	size_t *numbers; /* from 1 */
	size_t count;
};
#define LINES_INIT                                                                                 \
	{                                                                                          \
		.name = ""                                                                         \
	}

/* Reads a file ("-" is standard input); a byte-order mark and CR before a line's end are no
 * part of a line. STATUS_NOT_FOUND (no such file), STATUS_IO, STATUS_REJECTED (a folder, not
 * UTF-8, no line in it). `path` is lent; the caller frees the lines in any case. */
enum status lines_read(const char *path, struct lines *lines, struct error *error);
void lines_free(struct lines *lines);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a result goes: standard output, a file that is whole or not there at all, or a pipe
 * or device that is written to directly. A file is written without a name (or under another)
 * in the same folder, synced, named, renamed, and the folder synced; links are followed to
 * the file they name.
 * Used in this order: target_check, target_open, writing by target_write, target_commit;
 * target_close at any time.
 */
#ifndef REGTOOL_CLI_OUTPUT_TARGET_H
#define REGTOOL_CLI_OUTPUT_TARGET_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

struct target {
	FILE *stream;    /* NULL until target_open */
	char *path;      /* the file's own path; NULL: standard output */
	char *temporary; /* its name while it is not whole; NULL: it has none */
	mode_t mode;     /* of the new file */
	bool is_direct;  /* a pipe or device */
};

/* Finds out what `path` (NULL or "-": standard output) is, and whether it can be written;
 * makes nothing yet. STATUS_IO names the path. */
enum status target_check(struct target *target, const char *path, bool is_private,
	struct error *error);
enum status target_open(struct target *target, struct error *error);
/* STATUS_IO if not all of it was taken. */
enum status target_write(struct target *target, const void *bytes, size_t length,
	struct error *error);
/* Hands over to the system what was written so far. */
enum status target_flush(struct target *target, struct error *error);
/* Flushes, and puts a file in its place. */
enum status target_commit(struct target *target, struct error *error);
/* Ends; a file that was not committed leaves nothing behind. */
void target_close(struct target *target);

/* Where the path ends, which may be where nothing is yet; the caller frees it. NULL with errno
 * set. */
char *target_follow_links(const char *path);

#endif

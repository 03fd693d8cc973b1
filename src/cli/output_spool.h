/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes that wait: in memory up to 1 MiB, beyond that in a temporary file that has no name.
 * First all is written, then all is read. The first failure is kept and given by
 * spool_status; what is added after it is lost.
 */
#ifndef REGTOOL_CLI_OUTPUT_SPOOL_H
#define REGTOOL_CLI_OUTPUT_SPOOL_H

#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	SPOOL_MEMORY_MAX = 1 << 20,
};

struct spool {
	struct str memory; /* what is not in the file yet; while reading, a piece of it */
	size_t position;   /* of reading, in memory */
	bool has_file;
	int descriptor; /* with has_file */
	int failure;    /* errno of the first failure, or 0 */
};
#define SPOOL_INIT                                                                                 \
	{                                                                                          \
		.memory = STR_INIT                                                                 \
	}

void spool_add(struct spool *spool, const void *bytes, size_t length);
/* STATUS_OK, or STATUS_IO if something could not be kept. */
enum status spool_status(const struct spool *spool, struct error *error);
/* Forgets all and starts again, the failure too. */
void spool_clear(struct spool *spool);
/* Goes to the start for reading. STATUS_IO as spool_status. */
enum status spool_rewind(struct spool *spool, struct error *error);
/* Reads up to `size` bytes; less only at the end, or after a failure (spool_status). */
size_t spool_read(struct spool *spool, void *ret_bytes, size_t size);
/* Moves all to the temporary file, for another program to read: gives its descriptor, at the
 * start, which stays the spool's. STATUS_IO as spool_status. */
enum status spool_descriptor(struct spool *spool, int *ret_descriptor, struct error *error);
void spool_free(struct spool *spool);

#endif

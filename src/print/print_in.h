/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the stream of cli/print_stream.h, line by line. */
#ifndef REGTOOL_PRINT_PRINT_IN_H
#define REGTOOL_PRINT_PRINT_IN_H

#include "cli/print_stream.h"
#include "util/error.h"

#include <stddef.h>
#include <stdio.h>

struct print_in;

/* Reads the head and the programme. STATUS_REJECTED names the line that is not as it should be.
 * `file` is borrowed. The caller frees the print_in. */
enum status print_in_open(FILE *file, struct print_in **ret_in, struct error *error);
void print_in_freep(struct print_in **in);

/* Lent as long as the print_in. Of a head, what, maker and code are there; of an item, start,
 * end, kind and access. */
const struct print_head *print_in_head(const struct print_in *in);
const struct print_item *print_in_items(const struct print_in *in, size_t *ret_count);

/* Gives the next person, whose name and token are there and whose texts last until the next is
 * read, or NULL at the end. STATUS_REJECTED, also where the stream stops before its end. */
enum status print_in_next(struct print_in *in, const struct print_person **ret_person,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list that regtool sends to a program of its own (cli/libexec.h), as the program reads it: a
 * line of JSON for each thing, and a last one with how many there were, so that a list that was
 * cut off is not taken for a whole one.
 */
#ifndef REGTOOL_CLI_LIST_IN_H
#define REGTOOL_CLI_LIST_IN_H

#include "util/error.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>

/* Starts as { .file = … }, which is borrowed; ends with list_in_free. */
struct list_in {
	FILE *file;
	char *line;
	size_t line_size;
	long long line_number; /* of the line read last, from 1 */
};

void list_in_free(struct list_in *in);

/* The next line's value, which the caller owns. STATUS_REJECTED: it is no JSON, or the list ends
 * before its end; STATUS_IO. */
enum status list_in_next(struct list_in *in, json_t **ret_value, struct error *error);
/* STATUS_REJECTED: the line read last, and what is wrong with it. */
enum status list_in_reject(const struct list_in *in, const char *problem, struct error *error);
/* Whether `value`, read last, ends the list: { KEY: COUNT }, and nothing behind it.
 * STATUS_REJECTED if not, with `problem` where it is something else. */
enum status list_in_end(const struct list_in *in, const json_t *value, const char *key,
	long long count, const char *problem, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are no list of people in text, by how they begin: so that who picked the wrong
 * file hears what it is, and not what is wrong with its bytes.
 */
#ifndef REGTOOL_UTIL_FILE_KIND_H
#define REGTOOL_UTIL_FILE_KIND_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	FILE_KIND_BYTES =
		1024, /* to look at, if the file has as many: pages begin with white space */
};

struct file_kind {
	const char *name; /* "a PDF document, not text" */
	const char *hint; /* the way to a CSV file */
};

/* The kind of a file that begins so, or NULL. */
const struct file_kind *file_kind_find(const char *bytes, size_t length);

/* STATUS_REJECTED with "FILE:1: KIND", if it is of one. */
enum status file_kind_refuse(const char *name, const char *bytes, size_t length,
	struct error *error);

#endif

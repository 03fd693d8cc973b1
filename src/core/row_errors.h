/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong with the rows of a file: each with its line and column, all of them kept.
 */
#ifndef REGTOOL_CORE_ROW_ERRORS_H
#define REGTOOL_CORE_ROW_ERRORS_H

#include "util/error.h"

#include <stddef.h>

struct row_error {
	size_t line;        /* 0: no line of the file */
	const char *column; /* a constant, or NULL: none */
	char *message;
	size_t number; /* in the order they were found */
};

struct row_errors {
	struct row_error *all;
	size_t count;
};
#define ROW_ERRORS_INIT                                                                            \
	{                                                                                          \
		.all = NULL                                                                        \
	}

/* `column` is kept, not copied. */
void row_errors_add(struct row_errors *errors, size_t line, const char *column, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* The same of an error that a function gave: its message, and its hint behind it. */
void row_errors_take(struct row_errors *errors, size_t line, const char *column,
	const struct error *error);
/* Names a row by its place in a document in the place of line and column: "day 1: title: …". */
void row_errors_place(struct row_error *row, const char *place);
/* Brings them in the order of their lines; of one line in the order they were found. */
void row_errors_sort(struct row_errors *errors);
/* For CLEANUP(row_errors_free). */
void row_errors_free(struct row_errors *errors);

#endif

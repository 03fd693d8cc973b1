/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Gathers the cells of a CSV row: as they came, and as they are meant (trimmed, in NFC,
 * without the formula guard). A cell that is clean as it came is kept once; the memory is
 * kept from row to row.
 */
#ifndef REGTOOL_UTIL_ROW_BUILDER_H
#define REGTOOL_UTIL_ROW_BUILDER_H

#include "util/csv_in.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	ROW_CELL_MAX = 1024 * 1024,
	ROW_BYTES_MAX = 8 * 1024 * 1024,
	ROW_WIDTH_MAX = 1000,
};

struct row_builder;

struct row_builder *row_builder_new(void);
void row_builder_free(struct row_builder *builder);
void row_builder_clear(struct row_builder *builder);
/* The bytes must be valid UTF-8 without NUL. What goes beyond a limit is not kept. */
void row_builder_add(struct row_builder *builder, const char *bytes, size_t length);
/* The limit that was passed, as the problem of a message; NULL: none. */
const char *row_builder_limit(const struct row_builder *builder);
/* Whether a cell is not empty. */
bool row_builder_has_text(const struct row_builder *builder);
/* Gives the row, lent until the builder is changed. */
void row_builder_finish(struct row_builder *builder, size_t line, struct csv_row *ret_row);

#endif

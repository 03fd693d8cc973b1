/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/row_builder.h"

#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

/* Offsets, since the buffers may move while the row grows. */
struct cell {
	size_t raw_at;
	size_t clean_at;
	bool is_raw; /* clean_at too is in the raw buffer */
};

struct row_builder {
	struct str raw;   /* cells with a NUL behind each */
	struct str clean; /* the same, of cells that are not clean as they came */
	struct str scratch;
	struct cell *cells;
	size_t width;
	size_t capacity;
	const char **raw_pointers; /* of `capacity`, as the next */
	const char **clean_pointers;
	const char *limit;
	bool has_text;
};

struct row_builder *row_builder_new(void)
{
	struct row_builder *builder = xcalloc(1, sizeof *builder);

	builder->raw = (struct str)STR_INIT;
	builder->clean = (struct str)STR_INIT;
	builder->scratch = (struct str)STR_INIT;
	return builder;
}

void row_builder_free(struct row_builder *builder)
{
	if (builder == NULL)
		return;
	str_free(&builder->raw);
	str_free(&builder->clean);
	str_free(&builder->scratch);
	free(builder->cells);
	free(builder->raw_pointers);
	free(builder->clean_pointers);
	free(builder);
}

void row_builder_clear(struct row_builder *builder)
{
	str_clear(&builder->raw);
	str_clear(&builder->clean);
	builder->width = 0;
	builder->limit = NULL;
	builder->has_text = false;
}

/* How many bytes to take off the front: the `'` that keeps a spreadsheet from running the
 * cell, however many of them there are. */
static size_t guard_length(const char *text)
{
	if (text[0] != '\'')
		return 0;
	char first = text[strspn(text, "'")];
	return first != '\0' && strchr("=+-@\t\r", first) != NULL ? 1 : 0;
}

static struct cell *new_cell(struct row_builder *builder)
{
	if (builder->width == builder->capacity) {
		size_t capacity = builder->capacity > 0 ? 2 * builder->capacity : 16;
		builder->cells = xreallocarray(builder->cells, capacity, sizeof *builder->cells);
		builder->raw_pointers = xreallocarray(builder->raw_pointers, capacity,
			sizeof *builder->raw_pointers);
		builder->clean_pointers = xreallocarray(builder->clean_pointers, capacity,
			sizeof *builder->clean_pointers);
		builder->capacity = capacity;
	}
	return &builder->cells[builder->width++];
}

static const char *passed_limit(const struct row_builder *builder, size_t length)
{
	if (length > ROW_CELL_MAX)
		return "a cell is longer than 1 MiB";
	if (builder->raw.length - builder->width + length > ROW_BYTES_MAX)
		return "a row is longer than 8 MiB";
	if (builder->width == ROW_WIDTH_MAX)
		return "a row has more than 1,000 columns";
	return NULL;
}

void row_builder_add(struct row_builder *builder, const char *bytes, size_t length)
{
	if (builder->limit == NULL)
		builder->limit = passed_limit(builder, length);
	if (builder->limit != NULL)
		return;
	struct cell *cell = new_cell(builder);
	cell->raw_at = builder->raw.length;
	str_add_bytes(&builder->raw, bytes, length);
	str_add_bytes(&builder->raw, "", 1);
	const char *text = builder->raw.text + cell->raw_at;
	cell->is_raw = text_is_clean(text, length);
	if (cell->is_raw) {
		size_t guard = guard_length(text);
		cell->clean_at = cell->raw_at + guard;
		builder->has_text = builder->has_text || length > 0;
		return;
	}
	text_clean(text, length, &builder->scratch);
	size_t guard = guard_length(builder->scratch.text);
	cell->clean_at = builder->clean.length;
	str_add_bytes(&builder->clean, builder->scratch.text + guard,
		builder->scratch.length - guard + 1);
	builder->has_text = builder->has_text || builder->scratch.length > 0;
}

const char *row_builder_limit(const struct row_builder *builder)
{
	return builder->limit;
}

bool row_builder_has_text(const struct row_builder *builder)
{
	return builder->has_text;
}

void row_builder_finish(struct row_builder *builder, size_t line, struct csv_row *ret_row)
{
	for (size_t i = 0; i < builder->width; i++) {
		const struct cell *cell = &builder->cells[i];
		const char *clean = cell->is_raw ? builder->raw.text : builder->clean.text;
		builder->raw_pointers[i] = builder->raw.text + cell->raw_at;
		builder->clean_pointers[i] = clean + cell->clean_at;
	}
	*ret_row = (struct csv_row){
		.line = line,
		.width = builder->width,
		.cells = builder->clean_pointers,
		.raw = builder->raw_pointers,
	};
}

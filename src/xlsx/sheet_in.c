/* SPDX-License-Identifier: BSD-2-Clause */
#include "xlsx/sheet_in.h"

#include "cli/sheet_stream.h"
#include "util/memory.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct sheet_in {
	FILE *file;
	char *line;
	size_t line_size;
	long long line_number;
	json_t *head_json; /* what the head borrows from */
	json_t *row_json;  /* what the cells borrow from */
	struct sheet_head head;
	struct sheet_column *columns;
	struct sheet_cell *cells;
	long long rows;
};

void sheet_in_freep(struct sheet_in **in)
{
	if (*in == NULL)
		return;
	json_decref((*in)->row_json);
	json_decref((*in)->head_json);
	free((*in)->columns);
	free((*in)->cells);
	free((*in)->line);
	free(*in);
	*in = NULL;
}

static enum status reject(const struct sheet_in *in, const char *problem, struct error *error)
{
	return error_set(error, STATUS_REJECTED, "line %lld of the list: %s", in->line_number,
		problem);
}

/* The next line's value, which the caller owns. */
static enum status read_value(struct sheet_in *in, json_t **ret_value, struct error *error)
{
	json_error_t json_error;

	in->line_number++;
	ssize_t length = getline(&in->line, &in->line_size, in->file);
	if (length < 0 && ferror(in->file))
		return error_set_errno(error, STATUS_IO, "cannot read the list");
	if (length < 0 || in->line[length - 1] != '\n')
		return reject(in, "it ends before its end", error);
	json_t *value = json_loadb(in->line, (size_t)length, 0, &json_error);
	if (value == NULL)
		return reject(in, json_error.text, error);
	*ret_value = value;
	return STATUS_OK;
}

/* --- The head --- */

/* COLUMN_KIND_COUNT for a word that is none. */
static int find_kind(const char *word_or_null)
{
	int kind = 0;

	while (kind < COLUMN_KIND_COUNT &&
		(word_or_null == NULL ||
			strcmp(sheet_kind_word((enum column_kind)kind), word_or_null) != 0))
		kind++;
	return kind;
}

static enum status read_column(const struct sheet_in *in, const json_t *column,
	struct sheet_column *ret_column, struct error *error)
{
	const char *key = json_string_value(json_object_get(column, "key"));
	int kind = find_kind(json_string_value(json_object_get(column, "kind")));

	if (key == NULL || kind == COLUMN_KIND_COUNT)
		return reject(in, "a column without a key, or of no known kind", error);
	ret_column->key = key;
	ret_column->kind = (enum column_kind)kind;
	return STATUS_OK;
}

static enum status read_head(struct sheet_in *in, struct error *error)
{
	const json_t *head = in->head_json;
	const json_t *columns = json_object_get(head, "columns");
	const char *maker = json_string_value(json_object_get(head, "maker"));
	enum status status = STATUS_OK;

	if (json_integer_value(json_object_get(head, "sheet")) != SHEET_STREAM_VERSION)
		return reject(in, "not of this version of regtool", error);
	if (maker == NULL || !json_is_array(columns) ||
		!json_is_integer(json_object_get(head, "made_s")))
		return reject(in, "no maker, made_s or columns", error);
	size_t count = json_array_size(columns);
	in->columns = xcalloc(count + 1, sizeof *in->columns);
	in->cells = xcalloc(count + 1, sizeof *in->cells);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		status = read_column(in, json_array_get(columns, i), &in->columns[i], error);
	in->head = (struct sheet_head){
		.name = json_string_value(json_object_get(head, "name")),
		.maker = maker,
		.made_s = json_integer_value(json_object_get(head, "made_s")),
		.columns = in->columns,
		.count = count,
	};
	return status;
}

enum status sheet_in_open(FILE *file, struct sheet_in **ret_in, struct error *error)
{
	CLEANUP(sheet_in_freep) struct sheet_in *in = xcalloc(1, sizeof *in);

	in->file = file;
	enum status status = read_value(in, &in->head_json, error);
	if (status == STATUS_OK)
		status = read_head(in, error);
	if (status != STATUS_OK)
		return status;
	*ret_in = in;
	in = NULL;
	return STATUS_OK;
}

const struct sheet_head *sheet_in_head(const struct sheet_in *in)
{
	return &in->head;
}

/* --- Rows --- */

static bool read_time(const json_t *value, struct sheet_cell *cell)
{
	const json_t *at = json_array_get(value, 0);
	const json_t *offset = json_array_get(value, 1);

	if (json_array_size(value) != 2 || !json_is_integer(at) || !json_is_integer(offset) ||
		llabs(json_integer_value(offset)) > INT_MAX)
		return false;
	cell->number = json_integer_value(at);
	cell->offset_s = (int)json_integer_value(offset);
	return true;
}

/* Whether the value fits the kind. */
static bool read_cell(enum column_kind kind, const json_t *value, struct sheet_cell *cell)
{
	*cell = (struct sheet_cell){ .kind = SHEET_NULL };
	if (json_is_null(value))
		return true;
	switch (kind) {
	case COLUMN_TEXT:
	case COLUMN_CODE:
	case COLUMN_SET:
		cell->kind = SHEET_TEXT;
		cell->text = json_string_value(value);
		return cell->text != NULL;
	case COLUMN_INTEGER:
	case COLUMN_PERMILLE:
	case COLUMN_HUNDREDTHS:
		cell->kind = SHEET_NUMBER;
		cell->number = json_integer_value(value);
		return json_is_integer(value);
	case COLUMN_BOOLEAN:
		cell->kind = SHEET_NUMBER;
		cell->number = json_is_true(value) ? 1 : 0;
		return json_is_boolean(value);
	case COLUMN_TIME:
		cell->kind = SHEET_NUMBER;
		return read_time(value, cell);
	}
	return false;
}

static enum status read_end(const struct sheet_in *in, const json_t *end, struct error *error)
{
	const json_t *rows = json_object_get(end, "rows");

	if (!json_is_integer(rows) || json_integer_value(rows) != in->rows)
		return reject(in, "neither a row nor the number of rows", error);
	if (fgetc(in->file) != EOF)
		return reject(in, "it goes on after its end", error);
	return STATUS_OK;
}

enum status sheet_in_next(struct sheet_in *in, const struct sheet_cell **ret_cells,
	struct error *error)
{
	json_decref(in->row_json);
	in->row_json = NULL;
	enum status status = read_value(in, &in->row_json, error);
	if (status != STATUS_OK)
		return status;
	if (!json_is_array(in->row_json)) {
		status = read_end(in, in->row_json, error);
		if (status == STATUS_OK)
			*ret_cells = NULL;
		return status;
	}
	bool fits = json_array_size(in->row_json) == in->head.count;
	for (size_t i = 0; fits && i < in->head.count; i++)
		fits = read_cell(in->columns[i].kind, json_array_get(in->row_json, i),
			&in->cells[i]);
	if (!fits)
		return reject(in, "not a row of its columns", error);
	in->rows++;
	*ret_cells = in->cells;
	return STATUS_OK;
}

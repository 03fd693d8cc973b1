/* SPDX-License-Identifier: BSD-2-Clause */
#include "xlsx/sheet_in.h"

#include "cli/list_in.h"
#include "cli/sheet_stream.h"
#include "util/memory.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct sheet_in {
	struct list_in list;
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
	list_in_free(&(*in)->list);
	free(*in);
	*in = NULL;
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
		return list_in_reject(&in->list, "a column without a key, or of no known kind",
			error);
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
		return list_in_reject(&in->list, "not of this version of regtool", error);
	if (maker == NULL || !json_is_array(columns) ||
		!json_is_integer(json_object_get(head, "made_s")))
		return list_in_reject(&in->list, "no maker, made_s or columns", error);
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

	in->list.file = file;
	enum status status = list_in_next(&in->list, &in->head_json, error);
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

enum status sheet_in_next(struct sheet_in *in, const struct sheet_cell **ret_cells,
	struct error *error)
{
	json_decref(in->row_json);
	in->row_json = NULL;
	enum status status = list_in_next(&in->list, &in->row_json, error);
	if (status != STATUS_OK)
		return status;
	if (!json_is_array(in->row_json)) {
		status = list_in_end(&in->list, in->row_json, "rows", in->rows,
			"neither a row nor the number of rows", error);
		if (status == STATUS_OK)
			*ret_cells = NULL;
		return status;
	}
	bool fits = json_array_size(in->row_json) == in->head.count;
	for (size_t i = 0; fits && i < in->head.count; i++)
		fits = read_cell(in->columns[i].kind, json_array_get(in->row_json, i),
			&in->cells[i]);
	if (!fits)
		return list_in_reject(&in->list, "not a row of its columns", error);
	in->rows++;
	*ret_cells = in->cells;
	return STATUS_OK;
}

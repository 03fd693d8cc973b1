/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XLSX: what CSV would show goes to the spool as a stream of typed cells (sheet_stream.h),
 * and in the end to the program regtool-xlsx, which makes the file: so regtool itself needs
 * no library for it.
 */
#include "cli/libexec.h"
#include "cli/output_renderer.h"
#include "cli/sheet_stream.h"
#include "util/memory.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Nested parts do not show, as in CSV. */
static bool is_root(const struct output *output)
{
	return output->depth == 1;
}

static void add(struct output *output, const char *text)
{
	spool_add(&output->spool, text, strlen(text));
}

static void add_integer(struct output *output, int64_t value)
{
	str_clear(&output->scratch);
	str_add_integer(&output->scratch, value);
	spool_add(&output->spool, output->scratch.text, output->scratch.length);
}

static void add_text_or_null(struct output *output, const char *text_or_null)
{
	if (text_or_null != NULL)
		output_add_json_string(output, text_or_null, strlen(text_or_null));
	else
		add(output, "null");
}

static void begin_stream(struct output *output, const struct column *columns, size_t count)
{
	bool is_first = true;

	add(output, "{\"sheet\": ");
	add_integer(output, SHEET_STREAM_VERSION);
	add(output, ", \"name\": ");
	add_text_or_null(output, output->settings.list_name);
	add(output, ", \"maker\": \"regtool " PACKAGE_VERSION "\", \"made_s\": ");
	add_integer(output, output->settings.made_s);
	add(output, ", \"columns\": [");
	for (size_t i = 0; i < count; i++) {
		const struct column *column = &columns[i];
		if (column->is_left_out_of_csv)
			continue;
		add(output, is_first ? "{\"key\": " : ", {\"key\": ");
		add_text_or_null(output, column->key);
		add(output, ", \"title\": ");
		add_text_or_null(output, column->title);
		add(output, ", \"kind\": \"");
		add(output, sheet_kind_word(column->kind));
		add(output, "\"}");
		is_first = false;
	}
	add(output, "]}\n");
}

static void end_stream(struct output *output, int64_t rows)
{
	add(output, "{\"rows\": ");
	add_integer(output, rows);
	add(output, "}\n");
}

static void xlsx_begin(struct output *output)
{
	const struct part *part = output_part(output);

	if (is_root(output))
		begin_stream(output, part->columns, part->count);
}

static void xlsx_row_begin(struct output *output)
{
	if (is_root(output))
		add(output, "[");
}

static void add_number(struct output *output, const struct column *column, int64_t number)
{
	struct civil civil;
	int offset_s;

	switch (column->kind) {
	case COLUMN_TIME:
		zone_to_civil(output->zone, number, &civil, &offset_s);
		add(output, "[");
		add_integer(output, number);
		add(output, ", ");
		add_integer(output, offset_s);
		add(output, "]");
		break;
	case COLUMN_BOOLEAN:
		add(output, number != 0 ? "true" : "false");
		break;
	default:
		add_integer(output, number);
		break;
	}
}

static void xlsx_cell(struct output *output, const struct column *column, const struct cell *cell)
{
	if (!is_root(output) || column->is_left_out_of_csv)
		return;
	if (output_part(output)->members++ > 0)
		add(output, ", ");
	if (cell->kind == CELL_NUMBER)
		add_number(output, column, cell->number);
	else
		add_text_or_null(output, cell->kind == CELL_TEXT ? cell->text : NULL);
}

static void xlsx_row_end(struct output *output)
{
	if (is_root(output))
		add(output, "]\n");
}

static void xlsx_end(struct output *output)
{
	const struct part *part = output_part(output);

	if (is_root(output))
		end_stream(output, part->is_list ? part->rows : 1);
}

static enum status find_program(char **ret_path, struct error *error)
{
	enum status status = libexec_find(LIBEXEC_XLSX, ret_path, error);

	if (status == STATUS_OK)
		return STATUS_OK;
	CLEANUP(memory_free_text) char *hint = xstrdup(error->hint);
	return error_hint(error, "%s\n'-f csv' needs no other program", hint);
}

/* A program that is missing is named before a long list is read. */
static enum status xlsx_check(struct error *error)
{
	CLEANUP(memory_free_text) char *path = NULL;

	return find_program(&path, error);
}

static enum status xlsx_write(struct output *output, struct error *error)
{
	CLEANUP(memory_free_text) char *path = NULL;
	int input = -1;

	assert(output->is_begun);
	enum status status = find_program(&path, error);
	if (status == STATUS_OK)
		status = spool_descriptor(&output->spool, &input, error);
	if (status == STATUS_OK)
		status = libexec_run(path, input, fileno(output->target.stream), NULL, error);
	return status;
}

const struct renderer renderer_xlsx = {
	.begin = xlsx_begin,
	.row_begin = xlsx_row_begin,
	.cell = xlsx_cell,
	.row_end = xlsx_row_end,
	.end = xlsx_end,
	.check = xlsx_check,
	.write = xlsx_write,
};

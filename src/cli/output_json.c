/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON and JSON lines, row by row: one object a line for the rows of a list at the root or
 * directly in the root's record, so that results can be read and compared by eye too.
 * Strings are jansson's.
 */
#include "cli/output_renderer.h"
#include "util/memory.h"
#include "util/text.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char replacement_character[] = "\xef\xbf\xbd";

static void add(struct output *output, const char *text)
{
	spool_add(&output->spool, text, strlen(text));
}

/* JSON text must be UTF-8. What is not (a file's name, say) is shown as U+FFFD. */
static void repair(const char *text, struct str *ret)
{
	size_t length = strlen(text);
	size_t bad;

	while (!text_is_utf8(text, length, &bad)) {
		str_add_bytes(ret, text, bad);
		str_add(ret, replacement_character);
		text += bad + 1;
		length -= bad + 1;
	}
	str_add_bytes(ret, text, length);
}

/* Most text: nothing in it has to be escaped, which a million rows notice. */
static bool is_plain(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\')
			return false;
	}
	return true;
}

static int add_dumped(const char *bytes, size_t length, void *data)
{
	struct output *output = data;

	spool_add(&output->spool, bytes, length);
	return 0;
}

void output_add_json_string(struct output *output, const char *text, size_t length)
{
	if (is_plain(text, length)) {
		spool_add(&output->spool, "\"", 1);
		spool_add(&output->spool, text, length);
		spool_add(&output->spool, "\"", 1);
		return;
	}
	json_t *string = json_stringn(text, length);
	if (string == NULL) {
		CLEANUP(memory_free_text) char *copy = xstrndup(text, length);
		CLEANUP(str_free) struct str repaired = STR_INIT;
		repair(copy, &repaired);
		string = json_stringn(repaired.text, repaired.length);
	}
	int failed = json_dump_callback(string, add_dumped, output, JSON_ENCODE_ANY);
	json_decref(string);
	if (string == NULL || failed != 0)
		memory_is_out(); /* the only way left to fail */
}

static void add_set(struct output *output, const char *set)
{
	const char *position = set;
	const char *word;
	size_t length;
	bool is_first = true;

	add(output, "[");
	while (text_set_next(&position, &word, &length)) {
		if (!is_first)
			add(output, ", ");
		output_add_json_string(output, word, length);
		is_first = false;
	}
	add(output, "]");
}

static bool has_line_a_row(const struct output *output)
{
	bool is_in_record = output->depth == 2 && !output->parts[0].is_list;

	return output->settings.format == FORMAT_JSON && (output->depth == 1 || is_in_record);
}

/* JSON lines: the rows of the root's list stand for themselves. */
static bool is_bare_list(struct output *output)
{
	return output->settings.format == FORMAT_JSONL && output->depth == 1 &&
	       output_part(output)->is_list;
}

static void add_member(struct output *output, struct part *object, const char *key)
{
	if (object->members++ > 0)
		add(output, ", ");
	output_add_json_string(output, key, strlen(key));
	add(output, ": ");
}

static void json_begin(struct output *output)
{
	const struct part *part = output_part(output);

	if (output->depth > 1)
		add_member(output, &output->parts[output->depth - 2], part->key);
	if (part->is_list && !is_bare_list(output))
		add(output, "[");
}

static void json_row_begin(struct output *output)
{
	const struct part *part = output_part(output);

	if (part->is_list && !is_bare_list(output)) {
		if (part->rows > 0)
			add(output, ",");
		if (has_line_a_row(output))
			add(output, "\n");
		else if (part->rows > 0)
			add(output, " ");
	}
	add(output, "{");
}

static void add_number(struct output *output, const struct column *column, const struct cell *cell)
{
	if (column->kind == COLUMN_BOOLEAN) {
		add(output, cell->number != 0 ? "true" : "false");
		return;
	}
	str_clear(&output->scratch);
	output_cell_text(output, column, cell, true, &output->scratch);
	if (column->kind == COLUMN_TIME)
		output_add_json_string(output, output->scratch.text, output->scratch.length);
	else
		add(output, output->scratch.text);
}

static void json_cell(struct output *output, const struct column *column, const struct cell *cell)
{
	if (column->is_left_out_of_json)
		return;
	add_member(output, output_part(output), column->key);
	if (cell->kind == CELL_NULL)
		add(output, "null");
	else if (cell->kind == CELL_NUMBER)
		add_number(output, column, cell);
	else if (column->kind == COLUMN_SET)
		add_set(output, cell->text);
	else
		output_add_json_string(output, cell->text, strlen(cell->text));
}

static void json_row_end(struct output *output)
{
	add(output, "}");
	if (is_bare_list(output))
		add(output, "\n");
}

static void json_end(struct output *output)
{
	const struct part *part = output_part(output);

	if (part->is_list && !is_bare_list(output)) {
		if (part->rows > 0 && has_line_a_row(output))
			add(output, "\n");
		add(output, "]");
	}
	if (output->depth == 1 && !is_bare_list(output))
		add(output, "\n");
}

const struct renderer renderer_json = {
	.begin = json_begin,
	.row_begin = json_row_begin,
	.cell = json_cell,
	.row_end = json_row_end,
	.end = json_end,
	.write = output_copy_spool,
};

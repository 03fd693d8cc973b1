/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output_table.h"

#include "cli/printable.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

static bool is_right_aligned(enum column_kind kind)
{
	return kind == COLUMN_INTEGER || kind == COLUMN_PERMILLE || kind == COLUMN_HUNDREDTHS;
}

/* --- Layouts --- */

static void make_layout(const struct part *part, struct table_layout *layout)
{
	*layout = (struct table_layout){
		.is_list = part->is_list,
		.columns = xcalloc(part->count, sizeof *layout->columns),
	};
	for (size_t i = 0; i < part->count; i++) {
		const struct column *column = &part->columns[i];
		if (column->title == NULL)
			continue;
		struct table_column *made = &layout->columns[layout->count++];
		struct str title = STR_INIT;
		made->title_width = printable_add(&title, column->title);
		made->title = str_steal(&title);
		made->width = made->title_width;
		made->is_right_aligned = is_right_aligned(column->kind);
		made->may_shrink = column->may_shrink;
		made->may_be_left_out = column->may_be_left_out;
	}
}

static void free_layout(struct table_layout *layout)
{
	for (size_t i = 0; i < layout->count; i++)
		free(layout->columns[i].title);
	free(layout->columns);
}

static bool are_same(const struct table_layout *a, const struct table_layout *b)
{
	if (a->is_list != b->is_list || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct table_column *left = &a->columns[i];
		const struct table_column *right = &b->columns[i];
		if (strcmp(left->title, right->title) != 0 ||
			left->is_right_aligned != right->is_right_aligned ||
			left->may_shrink != right->may_shrink)
			return false;
	}
	return true;
}

/* The number of the part's layout, which is new or was used before. */
static size_t find_layout(struct output *output, const struct part *part)
{
	struct table_layout layout;

	if (output->layouts == NULL)
		output->layouts = xcalloc(1, sizeof *output->layouts);
	struct table_layouts *layouts = output->layouts;
	make_layout(part, &layout);
	for (size_t i = 0; i < layouts->count; i++) {
		if (are_same(&layouts->all[i], &layout)) {
			free_layout(&layout);
			return i;
		}
	}
	layouts->all = xreallocarray(layouts->all, layouts->count + 1, sizeof *layouts->all);
	layouts->all[layouts->count] = layout;
	return layouts->count++;
}

static void table_free(struct output *output)
{
	struct table_layouts *layouts = output->layouts;

	if (layouts == NULL)
		return;
	for (size_t i = 0; i < layouts->count; i++)
		free_layout(&layouts->all[i]);
	free(layouts->all);
	free(layouts);
	output->layouts = NULL;
}

/* --- The spool --- */

static void add_size(struct str *str, size_t size)
{
	str_add_bytes(str, &size, sizeof size);
}

/* Gives the width of the text. */
static size_t add_text(struct str *str, const char *text)
{
	size_t at = str->length;
	add_size(str, 0);
	size_t start = str->length;
	size_t width = printable_add(str, text);
	size_t length = str->length - start;

	memcpy(str->text + at, &length, sizeof length);
	return width;
}

static void start_entry(struct output *output, char kind)
{
	str_clear(&output->scratch);
	str_add_char(&output->scratch, kind);
}

static void end_entry(struct output *output)
{
	spool_add(&output->spool, output->scratch.text, output->scratch.length);
}

static void table_begin(struct output *output)
{
	struct part *part = output_part(output);
	bool is_in_hidden = output->depth > 1 && output->parts[output->depth - 2].is_hidden;

	part->is_hidden = is_in_hidden || (output->depth > 1 && part->heading == NULL);
	if (part->is_hidden)
		return;
	part->layout = find_layout(output, part);
	start_entry(output, TABLE_BEGIN);
	add_size(&output->scratch, part->layout);
	(void)add_text(&output->scratch, part->heading != NULL ? part->heading : "");
	end_entry(output);
}

static void table_row_begin(struct output *output)
{
	output_part(output)->members = 0;
	start_entry(output, TABLE_ROW);
}

static void table_cell(struct output *output, const struct column *column, const struct cell *cell)
{
	struct part *part = output_part(output);
	CLEANUP(str_free) struct str text = STR_INIT;

	if (part->is_hidden)
		return;
	if (column->title != NULL) {
		struct table_layout *layout = &output->layouts->all[part->layout];
		struct table_column *shown = &layout->columns[part->members++];
		output_cell_text(output, column, cell, false, &text);
		size_t width = add_text(&output->scratch, text.text);
		if (width > shown->width)
			shown->width = width;
		bool is_no = column->kind == COLUMN_BOOLEAN && cell->number == 0;
		shown->has_more |= width > 0 && !is_no;
	}
	/* The row's cells are complete before anything is nested in it. */
	if (part->next == part->count)
		end_entry(output);
}

static void table_row_end(struct output *output)
{
	(void)output;
}

static void table_end(struct output *output)
{
	if (output_part(output)->is_hidden)
		return;
	start_entry(output, TABLE_END);
	end_entry(output);
}

static void table_words(struct output *output, const char *words)
{
	start_entry(output, TABLE_WORDS);
	(void)add_text(&output->scratch, words);
	end_entry(output);
}

const struct renderer renderer_table = {
	.begin = table_begin,
	.row_begin = table_row_begin,
	.cell = table_cell,
	.row_end = table_row_end,
	.end = table_end,
	.words = table_words,
	.restart = table_free,
	.write = output_table_print,
	.free = table_free,
};

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output_table.h"

#include "cli/printable.h"
#include "cli/terminal.h"
#include "util/memory.h"

#include <assert.h>
#include <errno.h>
#include <libsmartcols/libsmartcols.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	CHUNK_ROWS = 1000, /* that libsmartcols holds at a time */
	SHRUNK_WIDTH_MIN = 8,
	READABLE_WIDTH = 18, /* of a name */
};

static const char separator[] = "  ";
static const char bold[] = "\033[1m";
static const char plain[] = "\033[0m";

struct printer {
	struct output *output;
	struct error *error;
	bool has_printed; /* something stands above */
	struct str text;  /* read last */
};

/* A part while it is printed. */
struct table {
	const struct table_layout *layout;
	struct libscols_table *scols;
	size_t rows;    /* in `scols` */
	bool is_empty;  /* nothing was printed of it */
	bool is_broken; /* a part nested in its last row was printed */
};

/* --- Reading the spool --- */

static bool read_exactly(struct printer *printer, void *ret_bytes, size_t size)
{
	return spool_read(&printer->output->spool, ret_bytes, size) == size;
}

static enum status refuse_short(struct printer *printer)
{
	enum status status = spool_status(&printer->output->spool, printer->error);

	if (status != STATUS_OK)
		return status;
	return error_set(printer->error, STATUS_IO,
		"the temporary file of the result is cut short");
}

static enum status read_text(struct printer *printer)
{
	size_t length;
	char bytes[4096];

	str_clear(&printer->text);
	if (!read_exactly(printer, &length, sizeof length))
		return refuse_short(printer);
	while (length > 0) {
		size_t part = length < sizeof bytes ? length : sizeof bytes;
		if (!read_exactly(printer, bytes, part))
			return refuse_short(printer);
		str_add_bytes(&printer->text, bytes, part);
		length -= part;
	}
	return STATUS_OK;
}

/* --- Widths --- */

/* Of what is not left out; `shrunk_width`: of a column that may be cut, at most. */
static size_t total_width(const struct table_layout *layout, size_t shrunk_width)
{
	size_t total = 0;

	for (size_t i = 0; i < layout->count; i++) {
		const struct table_column *column = &layout->columns[i];
		bool is_less = column->may_shrink && column->width > shrunk_width &&
			       column->title_width <= shrunk_width;
		if (!column->is_left_out)
			total += (is_less ? shrunk_width : column->width) + sizeof separator - 1;
	}
	return total - (total > 0 ? sizeof separator - 1 : 0);
}

/* The widest column that may still give way, or NULL. */
static struct table_column *widest_to_shrink(struct table_layout *layout)
{
	struct table_column *widest = NULL;

	for (size_t i = 0; i < layout->count; i++) {
		struct table_column *column = &layout->columns[i];
		size_t least = column->title_width > SHRUNK_WIDTH_MIN ? column->title_width
								      : SHRUNK_WIDTH_MIN;
		if (column->is_left_out || !column->may_shrink || column->width <= least)
			continue;
		if (widest == NULL || column->width > widest->width)
			widest = column;
	}
	return widest;
}

/* Columns that say nothing, unless that is all of them: no rows, say. */
static void leave_out_empty(struct table_layout *layout)
{
	bool has_more = false;

	for (size_t i = 0; i < layout->count; i++)
		has_more |= layout->columns[i].has_more;
	for (size_t i = 0; i < layout->count && has_more; i++)
		layout->columns[i].is_left_out = !layout->columns[i].has_more;
}

/* On a terminal that is too narrow columns that say nothing are left out, then those that may
 * be, as long as the others are not readable; then those that may be cut give way, the widest
 * first. Codes never do: half a token is worse than a line that wraps. */
static void fit(struct table_layout *layout, size_t width)
{
	struct table_column *column;

	if (total_width(layout, SIZE_MAX) > width)
		leave_out_empty(layout);
	for (size_t i = layout->count; i-- > 0 && total_width(layout, READABLE_WIDTH) > width;)
		if (layout->columns[i].may_be_left_out)
			layout->columns[i].is_left_out = true;
	while (layout->count > 0 && total_width(layout, SIZE_MAX) > width &&
		(column = widest_to_shrink(layout)) != NULL) {
		column->width--;
		column->is_cut = true;
	}
}

static void fit_all(struct output *output)
{
	if (output->target.path != NULL || !terminal_is(STDOUT_FILENO))
		return;
	size_t width = (size_t)terminal_width(STDOUT_FILENO);
	for (size_t i = 0; output->layouts != NULL && i < output->layouts->count; i++) {
		if (output->layouts->all[i].is_list)
			fit(&output->layouts->all[i], width);
	}
}

/* --- Printing --- */

static enum status write_text(struct printer *printer, const char *text)
{
	printer->has_printed = true;
	return target_write(&printer->output->target, text, strlen(text), printer->error);
}

static void *must_scols(void *made)
{
	if (made == NULL)
		memory_is_out(); /* the only way that it fails */
	return made;
}

/* libsmartcols works out widths from what it holds, a chunk. A title padded to the width of
 * the whole column makes all chunks alike. */
static void add_column(struct printer *printer, struct libscols_table *scols,
	const struct table_column *column, bool is_last)
{
	CLEANUP(str_free) struct str title = STR_INIT;
	size_t padding = column->width - column->title_width;

	if (column->is_right_aligned)
		str_addf(&title, "%*s", (int)padding, "");
	str_add(&title, column->title);
	if (!column->is_right_aligned && !is_last)
		str_addf(&title, "%*s", (int)padding, "");
	struct libscols_column *made = must_scols(scols_table_new_column(scols, title.text, 0,
		column->is_right_aligned ? SCOLS_FL_RIGHT : 0));
	if (printer->output->settings.color)
		(void)scols_cell_set_color(scols_column_get_header(made), bold);
}

static void open_table(struct printer *printer, struct table *table)
{
	const struct table_layout *layout = table->layout;
	struct libscols_table *scols = must_scols(scols_new_table());

	(void)scols_table_set_column_separator(scols, separator);
	(void)scols_table_set_termforce(scols, SCOLS_TERMFORCE_NEVER);
	(void)scols_table_enable_noencoding(scols, 1); /* made safe before */
	(void)scols_table_enable_colors(scols, printer->output->settings.color ? 1 : 0);
	if (layout->is_list) {
		for (size_t i = 0; i < layout->count; i++)
			if (!layout->columns[i].is_left_out)
				add_column(printer, scols, &layout->columns[i],
					i + 1 == layout->count);
	} else {
		(void)scols_table_enable_noheadings(scols, 1);
		(void)must_scols(scols_table_new_column(scols, "", 0, 0));
		(void)must_scols(scols_table_new_column(scols, "", 0, 0));
	}
	table->scols = scols;
}

/* Without the blanks that fill up the last column. */
static enum status write_lines(struct printer *printer, char *lines)
{
	CLEANUP(str_free) struct str trimmed = STR_INIT;

	for (char *line = lines; *line != '\0';) {
		size_t length = strcspn(line, "\n");
		size_t shown = length;
		while (shown > 0 && line[shown - 1] == ' ')
			shown--;
		str_add_bytes(&trimmed, line, shown);
		str_add_char(&trimmed, '\n');
		line += length + (line[length] == '\n' ? 1 : 0);
	}
	return write_text(printer, trimmed.text);
}

static enum status print_chunk(struct printer *printer, struct table *table)
{
	CLEANUP(memory_free_text) char *lines = NULL;

	if (table->rows == 0)
		return STATUS_OK;
	int result = scols_print_table_to_string(table->scols, &lines);
	if (result != 0 || lines == NULL) {
		errno = result < 0 ? -result : ENOMEM;
		return error_set_errno(printer->error, STATUS_IO, "cannot lay out the table");
	}
	scols_table_remove_lines(table->scols);
	(void)scols_table_enable_noheadings(table->scols, 1);
	table->rows = 0;
	table->is_empty = false;
	return write_lines(printer, lines);
}

static void set_cell(struct libscols_line *line, size_t column, const char *text)
{
	if (scols_line_set_data(line, column, text) != 0)
		memory_is_out();
}

static enum status add_row(struct printer *printer, struct table *table)
{
	const struct table_layout *layout = table->layout;
	CLEANUP(str_free) struct str cut = STR_INIT;
	struct libscols_line *line = NULL;
	size_t place = 0;

	if (table->is_broken) {
		/* The list goes on under its titles. */
		enum status status = write_text(printer, "\n");
		if (status != STATUS_OK)
			return status;
		(void)scols_table_enable_noheadings(table->scols, 0);
		table->is_broken = false;
	}
	if (layout->is_list && layout->count > 0) {
		line = must_scols(scols_table_new_line(table->scols, NULL));
		table->rows++;
	}
	for (size_t i = 0; i < layout->count; i++) {
		const struct table_column *column = &layout->columns[i];
		enum status status = read_text(printer);
		if (status != STATUS_OK)
			return status;
		if (column->is_left_out)
			continue;
		if (layout->is_list && column->is_cut) {
			str_clear(&cut);
			(void)printable_add_cut(&cut, printer->text.text, column->width);
			set_cell(line, place++, cut.text);
		} else if (layout->is_list) {
			set_cell(line, place++, printer->text.text);
		} else {
			line = must_scols(scols_table_new_line(table->scols, NULL));
			table->rows++;
			set_cell(line, 0, column->title);
			set_cell(line, 1, printer->text.text);
		}
	}
	return table->rows >= CHUNK_ROWS ? print_chunk(printer, table) : STATUS_OK;
}

static enum status print_heading(struct printer *printer)
{
	CLEANUP(str_free) struct str heading = STR_INIT;
	bool color = printer->output->settings.color;

	if (printer->text.length == 0)
		return STATUS_OK;
	str_addf(&heading, "%s%s%s%s\n", printer->has_printed ? "\n" : "", color ? bold : "",
		printer->text.text, color ? plain : "");
	return write_text(printer, heading.text);
}

static enum status print_part(struct printer *printer);

static enum status print_nested(struct printer *printer, struct table *table)
{
	enum status status = print_chunk(printer, table);

	if (status != STATUS_OK)
		return status;
	table->is_broken = table->layout->is_list;
	return print_part(printer);
}

static enum status print_rows(struct printer *printer, struct table *table)
{
	for (;;) {
		char kind;
		enum status status;

		if (!read_exactly(printer, &kind, 1))
			return refuse_short(printer);
		if (kind == TABLE_END)
			break;
		if (kind == TABLE_ROW)
			status = add_row(printer, table);
		else
			status = print_nested(printer, table);
		if (status != STATUS_OK)
			return status;
	}
	return print_chunk(printer, table);
}

static enum status print_part(struct printer *printer)
{
	struct table table = { .is_empty = true };
	size_t layout;

	if (!read_exactly(printer, &layout, sizeof layout))
		return refuse_short(printer);
	assert(layout < printer->output->layouts->count);
	table.layout = &printer->output->layouts->all[layout];
	enum status status = read_text(printer);
	bool has_heading = printer->text.length > 0;
	if (status == STATUS_OK)
		status = print_heading(printer);
	if (status != STATUS_OK)
		return status;
	open_table(printer, &table);
	status = print_rows(printer, &table);
	scols_unref_table(table.scols);
	if (status == STATUS_OK && table.is_empty && has_heading)
		status = write_text(printer, "none\n");
	return status;
}

static enum status print_words(struct printer *printer)
{
	enum status status = read_text(printer);

	if (status != STATUS_OK)
		return status;
	str_add_char(&printer->text, '\n');
	return write_text(printer, printer->text.text);
}

enum status output_table_print(struct output *output, struct error *error)
{
	struct printer printer = { .output = output, .error = error, .text = STR_INIT };
	enum status status = STATUS_OK;
	char kind;

	fit_all(output);
	while (status == STATUS_OK && read_exactly(&printer, &kind, 1))
		status = kind == TABLE_WORDS ? print_words(&printer) : print_part(&printer);
	if (status == STATUS_OK)
		status = spool_status(&output->spool, error);
	str_free(&printer.text);
	return status;
}

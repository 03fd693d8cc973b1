/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CSV (RFC 4180): what stands at the root, header first, quoted by libcsv where it must be.
 * A cell that a spreadsheet would run as a formula gets one more ' in front; import takes
 * exactly one off again, so that both together change nothing (see util/csv_in.h).
 */
#include "cli/output_csv.h"

#include "cli/output_renderer.h"
#include "util/memory.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* Whether, after any number of ', it goes on with a character that starts a formula. */
static bool starts_formula(const char *text)
{
	text += strspn(text, "'");
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

/* Nested parts do not show in CSV. */
static bool is_root(const struct output *output)
{
	return output->depth == 1;
}

static size_t count_columns(const struct part *part)
{
	size_t count = 0;

	for (size_t i = 0; i < part->count; i++) {
		if (!part->columns[i].is_left_out_of_csv)
			count++;
	}
	return count;
}

static void add_field(struct output *output, const char *text, bool is_guarded)
{
	CLEANUP(str_free) struct str guarded = STR_INIT;
	struct str *row = &output->scratch;

	if (is_guarded && !output->settings.csv_raw && starts_formula(text)) {
		str_addf(&guarded, "'%s", text);
		text = guarded.text;
	}
	/* A row of one empty cell would be an empty line, which readers skip. */
	bool must_quote = (*text == '\0') ? count_columns(output_part(output)) == 1
					  : text[strcspn(text, ",\"\r\n")] != '\0';
	if (!must_quote) {
		str_add(row, text);
		return;
	}
	size_t length = strlen(text);
	size_t size = csv_write2(NULL, 0, text, length, '"');
	char *quoted = xmalloc(size);
	(void)csv_write2(quoted, size, text, length, '"');
	str_add_bytes(row, quoted, size);
	free(quoted);
}

static void end_line(struct output *output)
{
	str_add(&output->scratch, output->settings.csv_crlf ? "\r\n" : "\n");
	spool_add(&output->spool, output->scratch.text, output->scratch.length);
}

static void start_line(struct output *output)
{
	str_clear(&output->scratch);
	output_part(output)->members = 0;
}

static void divide(struct output *output)
{
	if (output_part(output)->members++ > 0)
		str_add_char(&output->scratch, ',');
}

static void add_column(struct output *output, const char *text, bool is_guarded)
{
	divide(output);
	add_field(output, text, is_guarded);
}

static void csv_begin(struct output *output)
{
	if (!is_root(output))
		return;
	const struct part *part = output_part(output);
	start_line(output);
	if (output->settings.csv_bom)
		str_add(&output->scratch, byte_order_mark);
	for (size_t i = 0; i < part->count; i++) {
		if (!part->columns[i].is_left_out_of_csv)
			add_column(output, part->columns[i].key, true);
	}
	end_line(output);
}

static void csv_row_begin(struct output *output)
{
	if (is_root(output))
		start_line(output);
}

static void csv_cell(struct output *output, const struct column *column, const struct cell *cell)
{
	if (!is_root(output) || column->is_left_out_of_csv)
		return;
	if (cell->kind == CELL_NUMBER) {
		/* Nothing that regtool makes of a number has to be quoted or guarded. */
		divide(output);
		output_cell_text(output, column, cell, true, &output->scratch);
		return;
	}
	bool is_guarded = column->kind == COLUMN_TEXT || column->kind == COLUMN_SET;
	add_column(output, cell->kind == CELL_TEXT ? cell->text : "", is_guarded);
}

static void csv_row_end(struct output *output)
{
	if (is_root(output))
		end_line(output);
}

static void csv_end(struct output *output)
{
	(void)output;
}

const struct renderer renderer_csv = {
	.begin = csv_begin,
	.row_begin = csv_row_begin,
	.cell = csv_cell,
	.row_end = csv_row_end,
	.end = csv_end,
	.write = output_copy_spool,
};

#define TEXT_OF(number)                   #number
#define VERSION_OF(major, minor, release) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(release)

const char *output_csv_library_version(void)
{
	return VERSION_OF(CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}

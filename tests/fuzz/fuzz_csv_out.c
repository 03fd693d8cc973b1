/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing CSV: what is written is read back as it was. An input is the line ends and whether
 * there is a BOM (a byte each), the number of columns, and then cells divided by 0x1f.
 */
#include "util/csv_in.h"

#include "output.h"
#include "util/text.h"

enum {
	COLUMNS_MAX = 8,
	CELLS_MAX = 256,
	CELL_END = 0x1f,
};

struct table {
	size_t width;
	size_t count; /* of cells; whole rows */
	char *cells[CELLS_MAX];
};

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	return hash_start_library();
}

/* Takes a cell as a database holds it: valid, without control characters, clean. */
static char *take_cell(struct fuzz_input *input)
{
	CLEANUP(memory_free_text) char *text = fuzz_text(input, CELL_END);
	struct str cell = STR_INIT;
	size_t at;

	if (text_is_utf8(text, strlen(text), &at) &&
		!text_has_control(text, strlen(text), "\t\r\n", &at))
		text_clean(text, strlen(text), &cell);
	return str_steal(&cell);
}

static void write_table(const struct table *table, const struct output_settings *settings,
	struct str *ret)
{
	static const char *const keys[COLUMNS_MAX] = { "a", "b", "c", "d", "e", "f", "g", "h" };
	struct column columns[COLUMNS_MAX] = { 0 };
	CLEANUP(output_closep) struct output *output = fuzz_output(settings);
	struct error error = ERROR_INIT;

	for (size_t i = 0; i < table->width; i++)
		columns[i] = (struct column){ .key = keys[i], .kind = COLUMN_TEXT };
	output_list_begin(output, NULL, NULL, columns, table->width);
	for (size_t i = 0; i < table->count; i++) {
		output_text(output, table->cells[i]);
		if ((i + 1) % table->width == 0)
			claim(output_row_end(output, &error) == STATUS_OK, "%s", error.message);
	}
	output_list_end(output);
	fuzz_output_finish(output, ret);
}

/* Whether all cells of the row are empty: such a row is none for a reader. */
static bool is_empty_row(const struct table *table, size_t first)
{
	for (size_t i = 0; i < table->width; i++) {
		if (table->cells[first + i][0] != '\0')
			return false;
	}
	return true;
}

static void claim_rows(struct csv_in *in, const struct table *table, const char *text)
{
	const struct csv_row *row = NULL;
	struct error error = ERROR_INIT;

	claim(csv_in_header(in)->width == table->width, "%s", text);
	for (size_t first = 0; first < table->count; first += table->width) {
		if (is_empty_row(table, first))
			continue;
		claim(csv_in_next(in, &row, &error) == STATUS_OK, "%s\n%s", error.message, text);
		claim(row != NULL && row->width == table->width, "%s", text);
		for (size_t i = 0; i < table->width; i++)
			claim(strcmp(row->cells[i], table->cells[first + i]) == 0,
				"'%s' became '%s'", table->cells[first + i], row->cells[i]);
	}
	claim(csv_in_next(in, &row, &error) == STATUS_OK && row == NULL, "%s", text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(str_free) struct str text = STR_INIT;
	struct error error = ERROR_INIT;
	struct table table = { .width = 0 };
	const struct output_settings settings = {
		.format = FORMAT_CSV,
		.csv_crlf = fuzz_choice(&input, 2) != 0,
		.csv_bom = fuzz_choice(&input, 2) != 0,
	};
	/* With one column the header alone does not tell the delimiter. */
	const struct csv_in_options options = { .delimiter = ',' };

	table.width = fuzz_choice(&input, COLUMNS_MAX) + 1;
	while (input.length > 0 && table.count + table.width <= CELLS_MAX) {
		for (size_t i = 0; i < table.width; i++)
			table.cells[table.count++] = take_cell(&input);
	}
	write_table(&table, &settings, &text);
	const char *path = fuzz_file(0, text.text, text.length);
	claim(csv_in_open(path, &options, &in, &error) == STATUS_OK, "%s\n%s", error.message,
		text.text);
	claim_rows(in, &table, text.text);
	for (size_t i = 0; i < table.count; i++)
		free(table.cells[i]);
	return 0;
}

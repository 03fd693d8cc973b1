/* SPDX-License-Identifier: BSD-2-Clause */
#include "xlsx/book.h"

#include "cli/printable.h"
#include "util/calendar.h"
#include "util/memory.h"
#include "util/str.h"
#include "xlsx/cell_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
	ROWS_MAX = 1048576, /* the header's with them */
	COLUMNS_MAX = 16384,
	UNITS_MAX = 32767, /* of text in a cell, UTF-16 */
	/* Beyond these, columns and cells grow unhandy, and some spreadsheets show ##### for
	 * longer text that is formatted as text. */
	WIDTH_MAX = 60,
	AS_TEXT_MAX = 255,
	BUTTON_WIDTH = 3, /* of the filter, beside the header's text */
	MARGIN_WIDTH = 1,
	LINES_MAX = 10, /* shown of a cell */
	PAPER_A4 = 9,
	/* Of the formats that every spreadsheet has. */
	FORMAT_INDEX_INTEGER = 1, /* 0 */
	FORMAT_INDEX_TEXT = 49,   /* @ */
};

/* Numbers are doubles there, of which spreadsheets keep 15 digits. */
#define NUMBER_MAX INT64_C(999999999999999)

/* Day 1 is 1900-01-01, and 1900 had a 29 February: right from 1900-03-01 on. */
#define DAY_OF_1970 INT64_C(25569)
#define FIRST_DAY   INT64_C(61)
#define LAST_DAY    INT64_C(2958465) /* 9999-12-31 */

const char book_sheet_part[] = "xl/worksheets/sheet1.xml";

/* Times are shown with their offset, as in CSV: the cell itself holds what the clock showed.
 * So an hour that a clock shows twice can be told apart. */
struct offset_format {
	int offset_s;
	lxw_format *format;
};

struct book {
	const struct sheet_head *head;
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_format *header;
	lxw_format *text;
	lxw_format *lines; /* of text with line breaks */
	lxw_format *integer;
	lxw_format *permille;
	lxw_format *time; /* of cells that are still empty */
	struct offset_format *offsets;
	size_t offset_count;
	size_t *widths;
	uint32_t rows; /* the header's with them */
	struct str scratch;
};

void book_freep(struct book **book)
{
	if (*book == NULL)
		return;
	lxw_workbook_free((*book)->workbook);
	free((*book)->offsets);
	free((*book)->widths);
	str_free(&(*book)->scratch);
	free(*book);
	*book = NULL;
}

/* --- Cells --- */

static enum status refuse(const struct book *book, size_t column, const char *problem,
	struct error *error)
{
	(void)error_set(error, STATUS_REJECTED, "row %lu of the sheet, column '%s': %s",
		(unsigned long)book->rows + 1, book->head->columns[column].key, problem);
	return error_hint(error, "'-f csv' has no such limit");
}

static enum status judge(const struct book *book, size_t column, lxw_error result,
	struct error *error)
{
	return result == LXW_NO_ERROR ? STATUS_OK
				      : refuse(book, column, lxw_strerror(result), error);
}

static size_t widest_line(const char *text)
{
	size_t widest = 0;

	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		CLEANUP(memory_free_text) char *line = xstrndup(text, length);
		size_t width = printable_width(line);
		if (width > widest)
			widest = width;
		text += length + (text[length] == '\n' ? 1 : 0);
	}
	return widest;
}

/* Text that is short in bytes cannot be wide: most need no look. */
static void fit_width(struct book *book, size_t column, const char *text, size_t more)
{
	if (book->widths[column] == WIDTH_MAX || strlen(text) + more <= book->widths[column])
		return;
	size_t width = widest_line(text) + more;
	if (width > book->widths[column])
		book->widths[column] = width < WIDTH_MAX ? width : WIDTH_MAX;
}

static enum status add_text(struct book *book, size_t column, const char *text, lxw_format *format,
	struct error *error)
{
	size_t units = cell_text_units(text);
	char problem[80];

	if (units > UNITS_MAX) {
		(void)snprintf(problem, sizeof problem, "%zu characters, where a cell takes %d",
			units, UNITS_MAX);
		return refuse(book, column, problem, error);
	}
	cell_text_escape(text, &book->scratch);
	return judge(book, column,
		worksheet_write_string(book->sheet, book->rows, (lxw_col_t)column,
			book->scratch.text, format),
		error);
}

static enum status add_number(struct book *book, size_t column, double number, lxw_format *format,
	struct error *error)
{
	return judge(book, column,
		worksheet_write_number(book->sheet, book->rows, (lxw_col_t)column, number, format),
		error);
}

static lxw_format *new_format(struct book *book, const char *number_format)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_num_format(format, number_format);
	return format;
}

static lxw_format *offset_format(struct book *book, int offset_s)
{
	CLEANUP(str_free) struct str code = STR_INIT;
	int distance_s = abs(offset_s);

	for (size_t i = 0; i < book->offset_count; i++) {
		if (book->offsets[i].offset_s == offset_s)
			return book->offsets[i].format;
	}
	str_addf(&code, "yyyy-mm-dd hh:mm:ss\"%c%02d:%02d", offset_s < 0 ? '-' : '+',
		distance_s / CALENDAR_HOUR_S, distance_s % CALENDAR_HOUR_S / 60);
	if (distance_s % 60 != 0)
		str_addf(&code, ":%02d", distance_s % 60);
	str_add_char(&code, '"');
	lxw_format *format = new_format(book, code.text);
	book->offsets = xreallocarray(book->offsets, book->offset_count + 1, sizeof *book->offsets);
	book->offsets[book->offset_count++] = (struct offset_format){ offset_s, format };
	return format;
}

static enum status add_time(struct book *book, size_t column, const struct sheet_cell *cell,
	struct error *error)
{
	static const char widest[] = "2022-02-15 14:30:00+01:00";
	int64_t clock_s = calendar_clamp(cell->number) + cell->offset_s;
	int64_t serial_s = clock_s + DAY_OF_1970 * CALENDAR_DAY_S;
	int64_t day = serial_s / CALENDAR_DAY_S;
	int64_t second = serial_s % CALENDAR_DAY_S;

	if (serial_s < FIRST_DAY * CALENDAR_DAY_S || day > LAST_DAY)
		return refuse(book, column, "a time before March 1900, or after 9999", error);
	fit_width(book, column, widest, 0);
	return add_number(book, column, (double)day + (double)second / CALENDAR_DAY_S,
		offset_format(book, cell->offset_s), error);
}

static enum status add_counted(struct book *book, size_t column, int64_t number,
	struct error *error)
{
	if (number > NUMBER_MAX || number < -NUMBER_MAX)
		return refuse(book, column, "a number of more than 15 digits", error);
	str_clear(&book->scratch);
	str_add_integer(&book->scratch, number);
	fit_width(book, column, book->scratch.text, MARGIN_WIDTH);
	switch (book->head->columns[column].kind) {
	case COLUMN_PERMILLE:
		return add_number(book, column, (double)number / 10, book->permille, error);
	case COLUMN_HUNDREDTHS:
		return add_number(book, column, (double)number / 100, NULL, error);
	default:
		return add_number(book, column, (double)number, book->integer, error);
	}
}

static lxw_format *text_format(const struct book *book, const char *text)
{
	if (strchr(text, '\n') != NULL)
		return book->lines;
	return strlen(text) > AS_TEXT_MAX ? NULL : book->text;
}

static enum status add_cell(struct book *book, size_t column, const struct sheet_cell *cell,
	struct error *error)
{
	if (cell->kind == SHEET_NULL || (cell->kind == SHEET_TEXT && *cell->text == '\0'))
		return STATUS_OK;
	if (cell->kind == SHEET_TEXT) {
		fit_width(book, column, cell->text, MARGIN_WIDTH);
		return add_text(book, column, cell->text, text_format(book, cell->text), error);
	}
	switch (book->head->columns[column].kind) {
	case COLUMN_TIME:
		return add_time(book, column, cell, error);
	case COLUMN_BOOLEAN:
		return add_text(book, column, cell->number != 0 ? "yes" : "no", book->text, error);
	default:
		return add_counted(book, column, cell->number, error);
	}
}

/* --- The sheet --- */

static enum status add_header(struct book *book, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < book->head->count; i++) {
		fit_width(book, i, book->head->columns[i].key, BUTTON_WIDTH);
		status = add_text(book, i, book->head->columns[i].key, book->header, error);
	}
	book->rows = 1;
	return status;
}

static void set_properties(struct book *book)
{
	lxw_doc_properties properties = {
		.title = (char *)book->head->name,
		.author = (char *)book->head->maker,
		.created = (time_t)book->head->made_s,
	};

	(void)workbook_set_properties(book->workbook, &properties);
}

static enum status begin(struct book *book, struct error *error)
{
	lxw_error result = LXW_NO_ERROR;

	if (book->head->name != NULL)
		result = workbook_validate_sheet_name(book->workbook, book->head->name);
	if (result != LXW_NO_ERROR)
		return error_set(error, STATUS_REJECTED, "a sheet cannot be called '%s': %s",
			book->head->name, lxw_strerror(result));
	errno = 0;
	book->sheet = workbook_add_worksheet(book->workbook, book->head->name);
	if (book->sheet == NULL || book->sheet->optimize_tmpfile == NULL)
		return error_set_errno(error, STATUS_IO, "cannot make a temporary file");
	book->header = workbook_add_format(book->workbook);
	format_set_bold(book->header);
	book->text = workbook_add_format(book->workbook);
	format_set_num_format_index(book->text, FORMAT_INDEX_TEXT);
	book->lines = workbook_add_format(book->workbook);
	format_set_text_wrap(book->lines);
	format_set_align(book->lines, LXW_ALIGN_VERTICAL_TOP);
	book->integer = workbook_add_format(book->workbook);
	format_set_num_format_index(book->integer, FORMAT_INDEX_INTEGER);
	book->permille = new_format(book, "0.0");
	book->time = new_format(book, "yyyy-mm-dd hh:mm:ss");
	set_properties(book);
	return add_header(book, error);
}

enum status book_open(const char *path, const char *folder, const struct sheet_head *head,
	struct book **ret_book, struct error *error)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = (char *)folder };

	if (head->count > COLUMNS_MAX) {
		(void)error_set(error, STATUS_REJECTED, "%zu columns, where a sheet takes %d",
			head->count, COLUMNS_MAX);
		return error_hint(error, "'-f csv' has no such limit");
	}
	CLEANUP(book_freep) struct book *book = xcalloc(1, sizeof *book);
	book->head = head;
	book->scratch = (struct str)STR_INIT;
	book->widths = xcalloc(head->count + 1, sizeof *book->widths);
	book->workbook = workbook_new_opt(path, &options);
	enum status status = begin(book, error);
	if (status != STATUS_OK)
		return status;
	*ret_book = book;
	book = NULL;
	return STATUS_OK;
}

/* Not all spreadsheets make room for line breaks by themselves. */
static void fit_height(struct book *book, const struct sheet_cell *cells)
{
	int most = 1;

	for (size_t i = 0; i < book->head->count; i++) {
		const char *at = cells[i].kind == SHEET_TEXT ? cells[i].text : "";
		int lines = 1;
		while (lines < LINES_MAX && (at = strchr(at, '\n')) != NULL) {
			lines++;
			at++;
		}
		most = lines > most ? lines : most;
	}
	if (most > 1)
		(void)worksheet_set_row(book->sheet, book->rows, LXW_DEF_ROW_HEIGHT * most, NULL);
}

enum status book_add_row(struct book *book, const struct sheet_cell *cells, struct error *error)
{
	enum status status = STATUS_OK;

	if (book->rows == ROWS_MAX) {
		(void)error_set(error, STATUS_REJECTED, "row %d: a sheet takes %d", ROWS_MAX + 1,
			ROWS_MAX);
		return error_hint(error, "'-f csv' has no such limit");
	}
	fit_height(book, cells);
	for (size_t i = 0; status == STATUS_OK && i < book->head->count; i++)
		status = add_cell(book, i, &cells[i], error);
	book->rows++;
	return status;
}

/* --- Writing --- */

static lxw_format *column_format(const struct book *book, enum column_kind kind)
{
	switch (kind) {
	case COLUMN_TEXT:
	case COLUMN_CODE:
	case COLUMN_SET:
	case COLUMN_BOOLEAN:
		return book->text; /* so that a 007 that is typed in stays one */
	case COLUMN_TIME:
		return book->time;
	case COLUMN_PERMILLE:
		return book->permille;
	case COLUMN_INTEGER:
		return book->integer;
	case COLUMN_HUNDREDTHS:
		break;
	}
	return NULL;
}

static void lay_out(struct book *book)
{
	char range[LXW_MAX_CELL_RANGE_LENGTH];
	lxw_col_t last_column = (lxw_col_t)(book->head->count - 1);

	for (size_t i = 0; i < book->head->count; i++)
		(void)worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i,
			(double)book->widths[i], column_format(book, book->head->columns[i].kind));
	worksheet_freeze_panes(book->sheet, 1, 0);
	(void)worksheet_autofilter(book->sheet, 0, 0, book->rows - 1, last_column);
	/* Ids that are all digits are meant to be text. */
	lxw_rowcol_to_range(range, 0, 0, book->rows - 1, last_column);
	(void)worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
	worksheet_gridlines(book->sheet, LXW_SHOW_ALL_GRIDLINES);
	worksheet_set_landscape(book->sheet);
	worksheet_set_paper(book->sheet, PAPER_A4);
	worksheet_fit_to_pages(book->sheet, 1, 0);
	(void)worksheet_repeat_rows(book->sheet, 0, 0);
}

enum status book_write(struct book *book, uint64_t *ret_rows_length, struct error *error)
{
	FILE *rows = book->sheet->optimize_tmpfile;

	if (book->head->count > 0)
		lay_out(book);
	/* The library itself never asks whether the rows could be kept. */
	lxw_worksheet_write_single_row(book->sheet);
	errno = 0;
	if (fflush(rows) != 0 || ferror(rows))
		return error_set_errno(error, STATUS_IO,
			"cannot keep the sheet in a temporary file");
	off_t length = ftello(rows);
	errno = 0;
	lxw_error result = workbook_close(book->workbook);
	book->workbook = NULL;
	if (result != LXW_NO_ERROR)
		return error_set_errno(error, STATUS_IO, "cannot write the sheet: %s",
			lxw_strerror(result));
	*ret_rows_length = (uint64_t)length;
	return STATUS_OK;
}

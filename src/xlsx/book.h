/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A workbook of one sheet, written row by row in the memory of one row: a header that stays in
 * sight, a filter on each column, widths that fit. Text is text, whatever it begins with.
 * What a sheet cannot hold is an error that names the row and the column.
 */
#ifndef REGTOOL_XLSX_BOOK_H
#define REGTOOL_XLSX_BOOK_H

#include "util/error.h"
#include "xlsx/sheet_in.h"

#include <stdint.h>

/* The sheet's part of the file. */
extern const char book_sheet_part[];

struct book;

/* Begins a workbook that will be written to `path`; temporary files stand in `folder`. Both
 * and the head are borrowed until the book is freed. STATUS_REJECTED where there are too many
 * columns, STATUS_IO. */
enum status book_open(const char *path, const char *folder, const struct sheet_head *head,
	struct book **ret_book, struct error *error);
void book_freep(struct book **book);

/* Adds a row of as many cells as the head has columns. STATUS_REJECTED. */
enum status book_add_row(struct book *book, const struct sheet_cell *cells, struct error *error);

/* Writes the file. `ret_rows_length`: how many bytes of its sheet's part the rows are. The
 * library looks only at some of its errors of writing: package_check finds the others. */
enum status book_write(struct book *book, uint64_t *ret_rows_length, struct error *error);

#endif

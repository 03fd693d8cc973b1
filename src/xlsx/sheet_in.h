/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the stream of cli/sheet_stream.h, line by line. */
#ifndef REGTOOL_XLSX_SHEET_IN_H
#define REGTOOL_XLSX_SHEET_IN_H

#include "cli/output.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct sheet_column {
	const char *key;
	enum column_kind kind;
};

struct sheet_head {
	const char *name;  /* NULL: none was given */
	const char *maker; /* of the file: the program and its version */
	int64_t made_s;
	const struct sheet_column *columns;
	size_t count;
};

enum sheet_cell_kind {
	SHEET_NULL,
	SHEET_TEXT,
	SHEET_NUMBER, /* integer, permille, hundredths, time, boolean */
};

struct sheet_cell {
	enum sheet_cell_kind kind;
	const char *text; /* until the next row is read */
	int64_t number;
	int offset_s; /* of a time: its zone's offset from UTC */
};

struct sheet_in;

/* Reads the head. STATUS_REJECTED names the line that is not as it should be. `file` is
 * borrowed. The caller frees the sheet_in. */
enum status sheet_in_open(FILE *file, struct sheet_in **ret_in, struct error *error);
void sheet_in_freep(struct sheet_in **in);
const struct sheet_head *sheet_in_head(const struct sheet_in *in);

/* Gives the cells of the next row, as many as columns, or NULL at the end. STATUS_REJECTED,
 * also where the stream stops before its end. */
enum status sheet_in_next(struct sheet_in *in, const struct sheet_cell **ret_cells,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables, in two passes so that a million rows need no memory. While cells come, their safe
 * text goes to the spool and the widest of each column is noted (output_table.c); in the end
 * the spool is read again and libsmartcols prints it in chunks whose columns line up
 * (output_table_print.c). Parts with the same columns share their widths.
 *
 * The spool holds, by their first byte:
 *	B  a part begins: layout (size_t), text of its heading ("" for none)
 *	R  a row: one text for each column of the layout
 *	E  the part ends
 *	W  words: a text
 * where a text is its length (size_t) and its bytes.
 */
#ifndef REGTOOL_CLI_OUTPUT_TABLE_H
#define REGTOOL_CLI_OUTPUT_TABLE_H

#include "cli/output_renderer.h"

enum {
	TABLE_BEGIN = 'B',
	TABLE_ROW = 'R',
	TABLE_END = 'E',
	TABLE_WORDS = 'W',
};

struct table_column {
	char *title;
	size_t title_width;
	size_t width;     /* of the widest cell or the title */
	bool is_cut;      /* the width was made less to fit a terminal */
	bool has_more;    /* than empty cells and no: says something */
	bool is_left_out; /* to fit a terminal, as it says nothing */
	bool is_right_aligned;
	bool may_shrink;
	bool may_be_left_out;
};

/* The columns of a table that are shown. */
struct table_layout {
	bool is_list;
	struct table_column *columns;
	size_t count;
};

struct table_layouts {
	struct table_layout *all;
	size_t count;
};

/* Prints what the spool holds; renderer_table's write. */
enum status output_table_print(struct output *output, struct error *error);

#endif

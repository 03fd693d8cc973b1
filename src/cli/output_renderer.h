/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What output.c and the layouts (output_table.c, output_csv.c, output_json.c, output_pdf.c,
 * output_xlsx.c) share. output.c keeps the order of calls, the open parts and their columns; a
 * layout turns what it is told into bytes of the spool, and in the end the spool into the target.
 */
#ifndef REGTOOL_CLI_OUTPUT_RENDERER_H
#define REGTOOL_CLI_OUTPUT_RENDERER_H

#include "cli/output.h"
#include "cli/output_spool.h"
#include "cli/output_target.h"
#include "util/str.h"

enum {
	PART_DEPTH_MAX = 8, /* parts nested in parts */
};

/* A list or record that has begun and not ended. */
struct part {
	bool is_list;
	const char *key;
	const char *heading;
	const struct column *columns;
	size_t count;
	size_t next;      /* column of the next cell */
	bool is_row_open; /* a cell or nested part of the row has come */
	int64_t rows;     /* ended */
	size_t members;   /* JSON: of the object that is open */
	size_t layout;    /* table: which columns with which widths */
	bool is_hidden;   /* table: this part and all in it is not shown */
};

enum cell_kind {
	CELL_NULL,
	CELL_TEXT,
	CELL_NUMBER, /* integer, permille, hundredths, time, boolean */
};

struct cell {
	enum cell_kind kind;
	const char *text;
	int64_t number;
};

struct output;

/* The part that is meant is the innermost; output_part gives it. */
struct renderer {
	void (*begin)(struct output *output);
	/* Before the first cell or nested part of a row (a record: of its only one). */
	void (*row_begin)(struct output *output);
	void (*cell)(struct output *output, const struct column *column, const struct cell *cell);
	void (*row_end)(struct output *output);
	void (*end)(struct output *output);
	void (*words)(struct output *output, const char *words); /* may be NULL */
	void (*restart)(struct output *output);                  /* may be NULL */
	/* May be NULL: whether what write needs is there. */
	enum status (*check)(struct error *error);
	/* Writes the spool to the target, both of which are ready. */
	enum status (*write)(struct output *output, struct error *error);
	void (*free)(struct output *output); /* may be NULL */
};

extern const struct renderer renderer_table;
extern const struct renderer renderer_csv;
extern const struct renderer renderer_json; /* JSON and JSON lines */
extern const struct renderer renderer_pdf;
extern const struct renderer renderer_xlsx;

struct table_layouts; /* output_table.c */

struct output {
	struct output_settings settings;
	const struct renderer *renderer;
	const struct zone *zone;
	struct target target;
	struct spool spool;
	bool is_streaming;
	bool is_begun; /* a root part has come: there is only one, but in tables */
	struct part parts[PART_DEPTH_MAX];
	size_t depth;
	struct str scratch; /* a row, a cell: a layout's own */
	struct table_layouts *layouts;
	int64_t people; /* PDF: how many are to be printed */
};

static inline struct part *output_part(struct output *output)
{
	return &output->parts[output->depth - 1];
}

/* Copies the spool to the target as it is; what CSV and JSON do. */
enum status output_copy_spool(struct output *output, struct error *error);
/* Adds the text to the spool as a string of JSON; output_json.c's. */
void output_add_json_string(struct output *output, const char *text, size_t length);
/* The cell as text for people and CSV: "" for null, yes and no, 79.5, a time in the zone
 * (`is_iso`: 2022-02-15T14:30:00+01:00, else 2022-02-15 14:30). */
void output_cell_text(struct output *output, const struct column *column, const struct cell *cell,
	bool is_iso, struct str *str);
/* 795 is "79.5", always one decimal; 150 is "1.5", at most two decimals. */
void output_add_permille(struct str *str, int64_t value);
void output_add_hundredths(struct str *str, int64_t value);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Results: typed columns in, a table, CSV, JSON, JSON lines or XLSX out. The only place that
 * writes to standard output. A document is either a list (JSON: an array of objects) or a
 * record (JSON: one object). After the cells of a record or of a list's row further lists and
 * records may be nested. CSV and XLSX show what stands at the root only; tables show nested
 * parts that have a heading, after the row they belong to.
 *
 * Rows wait in memory and beyond that in an unlinked temporary file until output_finish, so
 * a reading that must start again calls output_restart, and a failure writes nothing. With
 * output_stream they are written and flushed row by row instead.
 */
#ifndef REGTOOL_CLI_OUTPUT_H
#define REGTOOL_CLI_OUTPUT_H

#include "cli/diagnostics.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum output_format {
	FORMAT_TABLE,
	FORMAT_CSV,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_DOCUMENT, /* made whole by the command: output_document and nothing else */
	FORMAT_XLSX,     /* not streamed; made by a program of its own (output_xlsx.c) */
	FORMAT_PDF,      /* the same (output_pdf.c); what is to be laid out: cli/print_stream.h */
};

enum column_kind {
	COLUMN_TEXT,     /* guarded against formulas in CSV */
	COLUMN_CODE,     /* text that regtool makes itself (numbers, tokens, hashes): not guarded */
	COLUMN_INTEGER,  /* right-aligned; JSON number */
	COLUMN_PERMILLE, /* integer 795 is shown 79.5, always one decimal; JSON number */
	COLUMN_HUNDREDTHS, /* integer 150 is shown 1.5, at most two decimals; JSON number */
	COLUMN_TIME,       /* UTC seconds, shown in the zone of the output, which must be set */
	COLUMN_BOOLEAN,    /* yes and no; JSON true and false */
	COLUMN_SET,        /* canonical set "a;b"; JSON array of strings; guarded in CSV */
};

struct column {
	const char *key;   /* CSV header and JSON key */
	const char *title; /* heading in a table; NULL: not in the table */
	enum column_kind kind;
	bool is_left_out_of_csv; /* JSON (and table, if it has a title) only */
	bool is_left_out_of_json;
	/* In a list on a terminal that is too narrow: cut, with an ellipsis; left out, the last
	 * one first. */
	bool may_shrink;
	bool may_be_left_out;
};

struct output_settings {
	enum output_format format;
	const char *path; /* NULL or "-": standard output */
	bool is_private;  /* a new file is made 0600 (tokens) */
	bool csv_crlf;
	bool csv_bom;
	bool csv_raw; /* no formula guard */
	bool color;
	const char *list_name; /* XLSX: the sheet's; borrowed, see output_set_name */
	int64_t made_s;        /* XLSX: when, in UTC seconds */
	const struct diagnostics *diagnostics; /* PDF: to whom its program's notices go; borrowed */
	bool is_progress_wanted;               /* PDF */
};

struct output;

/* Fails only where the path cannot be written, or the program for XLSX or PDF is missing. */
enum status output_open(const struct output_settings *settings, struct output **ret_output,
	struct error *error);
/* Throws away what was not finished; the file at `path` stays as it was. */
void output_close(struct output *output);
void output_closep(struct output **output);

enum output_format output_format(const struct output *output);
/* JSON or JSON lines: nested parts are shown. */
bool output_is_json(const struct output *output);
/* The zone in which times are shown; borrowed, must outlive the output. */
void output_set_zone(struct output *output, const struct zone *zone);
/* What the list is called (XLSX: the sheet); borrowed, must outlive the output. At most 31
 * characters, none of them one of []:*?/\ */
void output_set_name(struct output *output, const char *name);
/* From here on each root row is written and flushed when it ends (CSV, JSONL; anything else
 * waits all the same). Failing to write is found by output_row_end's result. */
void output_stream(struct output *output);
/* Forgets all rows: the reading starts again. */
void output_restart(struct output *output);

/* A list or record with its columns (borrowed until its end). At the root `key` is NULL;
 * nested it is the JSON key, and `heading` the table's heading (NULL: not in the table). */
void output_list_begin(struct output *output, const char *key, const char *heading,
	const struct column *columns, size_t count);
void output_list_end(struct output *output);
/* A record has one row; after its cells come nested parts, then its end. */
void output_record_begin(struct output *output, const char *key, const char *heading,
	const struct column *columns, size_t count);
void output_record_end(struct output *output);

/* Cells, in the order of the columns; the kind must fit (asserted). */
void output_text(struct output *output, const char *text_or_null);
void output_integer(struct output *output, int64_t value);
void output_time(struct output *output, int64_t at_s);
void output_boolean(struct output *output, bool value);
void output_null(struct output *output);
/* Ends a list's row. STATUS_IO where it cannot be kept (the temporary file's disk is full) or,
 * when streaming, not be written. */
enum status output_row_end(struct output *output, struct error *error);
/* In a table: a line of plain words at the root, between or after lists; elsewhere nothing. */
void output_words(struct output *output, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, written and flushed at once. STATUS_IO. */
enum status output_words_now(struct output *output, struct error *error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* With FORMAT_DOCUMENT: bytes of the document, as they are. */
void output_document(struct output *output, const char *bytes, size_t length);

/* Writes what waits, whole: to standard output (STATUS_IO if not all of it was taken), or
 * to a new file that is synced and renamed over `path` (links are followed; a pipe or a
 * device is written to directly). */
enum status output_finish(struct output *output, struct error *error);

#endif

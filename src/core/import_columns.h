/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each column of a registration file is: a field, an answer kept under its header, or
 * nothing to import. By what the user says, else by the shape of another system's export, else
 * by the header's words (the list stands in regtool-import(1)). What regtool's own export
 * writes is recognised too.
 */
#ifndef REGTOOL_CORE_IMPORT_COLUMNS_H
#define REGTOOL_CORE_IMPORT_COLUMNS_H

#include "core/field.h"
#include "core/import_presets.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>

/* What the user says. */
struct column_map {
	enum field field;
	const char *header; /* "HEADER" or "HEADER#2": the second of that name */
};

struct column_choices {
	const struct column_map *maps; /* each field once */
	size_t map_count;
	const char *const *ignored; /* "HEADER" (all of that name) or "HEADER#2" */
	size_t ignored_count;
	const char *constants[FIELD_COUNT]; /* normalised; NULL: none */
};

struct import_column {
	enum column_use use;
	enum field field;    /* USE_FIELD */
	char *answer;        /* USE_ANSWER: its header */
	size_t answer_rank;  /* USE_ANSWER: its place among the answers, from 0 */
	bool is_ticket_code; /* USE_NONE, because a preset says so */
};

struct import_columns {
	struct import_column *columns;
	size_t count;
	size_t answer_count;
	bool has_error_column;              /* the last one: of the rejects of an earlier import */
	const struct import_preset *preset; /* whose shape the file has, or NULL */
};

/* Decides for the headers of a file. STATUS_REJECTED: a header of the choices that is not
 * there or stands twice, a first row that is no header, a doubled header, two columns for one
 * field, a field with column and constant, nothing by which people could be known. The caller
 * frees it. */
enum status import_columns_claim(const char *const *headers, size_t count,
	const struct column_choices *choices, struct import_columns **ret_columns,
	struct error *error);
void import_columns_free(struct import_columns *columns);
void import_columns_freep(struct import_columns **columns);

/* Adds the heading under which an export writes the answer: the header itself, or, where the
 * import would take that for something else, "answer: HEADER". */
void import_columns_add_heading(const char *answer_header, struct str *str);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The middle of a page of evidence (cmd/credit_page): session by session when the person was
 * there, as a bar and in minutes, where that is known from, and what was not counted.
 */
#ifndef REGTOOL_CMD_CREDIT_SHEET_H
#define REGTOOL_CMD_CREDIT_SHEET_H

#include "cli/output.h"
#include "core/credit_report.h"

struct credit_sheet {
	struct output *output; /* a table's */
	struct db *db;
	const struct zone *zone; /* of the event */
	bool is_unicode;         /* else the bars are ASCII */
};

/* What is to be explained below it. */
struct credit_sheet_notes {
	size_t marks;       /* parts of a bar; 0: there is none */
	bool is_shortened;  /* of some session only the first stays are shown */
	struct str imports; /* the files of the imports that are named: "3: stays.csv; 4: …" */
};
#define CREDIT_SHEET_NOTES_INIT                                                                    \
	{                                                                                          \
		.imports = STR_INIT                                                                \
	}

/* Writes it, 80 columns wide. A session with more stays than a page has room for shows the first
 * of them and sums up the others. Fails where what is known of the scans cannot be read.
 * The caller frees notes->imports, in any case. */
enum status credit_sheet_put(const struct credit_sheet *sheet, const struct credit_row *row,
	struct credit_sheet_notes *notes, struct error *error);

#endif

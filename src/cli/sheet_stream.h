/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stream in which a list goes to a program that lays it out (output_xlsx.c writes it,
 * src/xlsx reads it): UTF-8, one JSON value a line, nothing else.
 *
 * First an object, then an array for each row, last an object that counts the rows: where it
 * is missing, the stream was cut off.
 *
 *	{"sheet": 1, "name": "scans", "maker": "regtool 0.1.0", "made_s": 1644931800,
 *	 "columns": [{"key": "scan", "title": "no.", "kind": "integer"}, ...]}
 *	[1, "14A7", "speaker;student", 795, 150, [1644931800, 3600], true, null]
 *	{"rows": 1}
 *
 * (the first is one line too). "sheet" is the version of the form; "title" is null for a
 * column that tables do not show. The columns are those of CSV. A cell is null, or as its
 * column's kind says:
 *
 *	text, code, set         a string; the words of a set are divided by ';'
 *	integer                 an integer
 *	permille, hundredths    an integer: 795 is 79.5, and 150 is 1.5
 *	time                    [UTC seconds, the zone's offset from UTC then in seconds]
 *	boolean                 true or false
 */
#ifndef REGTOOL_CLI_SHEET_STREAM_H
#define REGTOOL_CLI_SHEET_STREAM_H

#include "cli/output.h"

enum {
	SHEET_STREAM_VERSION = 1,
	COLUMN_KIND_COUNT = COLUMN_SET + 1,
};

/* The word for a kind of column. */
static inline const char *sheet_kind_word(enum column_kind kind)
{
	static const char *const words[COLUMN_KIND_COUNT] = {
		[COLUMN_TEXT] = "text",
		[COLUMN_CODE] = "code",
		[COLUMN_INTEGER] = "integer",
		[COLUMN_PERMILLE] = "permille",
		[COLUMN_HUNDREDTHS] = "hundredths",
		[COLUMN_TIME] = "time",
		[COLUMN_BOOLEAN] = "boolean",
		[COLUMN_SET] = "set",
	};

	return words[kind];
}

#endif

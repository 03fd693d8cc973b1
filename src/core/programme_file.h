/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A programme as a file states it: its rows, read and checked each by itself; of a CSV file
 * here, of a schedule.json in core/schedule_in. What they come to together with the programme
 * that is there: core/programme_plan.
 */
#ifndef REGTOOL_CORE_PROGRAMME_FILE_H
#define REGTOOL_CORE_PROGRAMME_FILE_H

#include "core/programme.h"
#include "core/row_errors.h"
#include "util/csv_in.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_t;

enum {
	PROGRAMME_ROWS_MAX = 20000, /* no programme of an event has that many: it is another file */
	PROGRAMME_CELL_MAX = 8000,  /* bytes */
};

enum programme_column {
	PROGRAMME_SESSION,
	PROGRAMME_KIND,
	PROGRAMME_START,
	PROGRAMME_END,
	PROGRAMME_TITLE,
	PROGRAMME_PEOPLE,
	PROGRAMME_CHAIR, /* from here on a file may leave them out */
	PROGRAMME_ROOM,
	PROGRAMME_ACCESS,
	PROGRAMME_CREDIT,
	PROGRAMME_CAPACITY,
	PROGRAMME_COLUMN_COUNT,
};

extern const char *const programme_column_names[PROGRAMME_COLUMN_COUNT];

/* A row, its texts owned. Of one with errors some fields are not set. */
struct programme_row {
	size_t line; /* of a schedule: the event's number */
	bool has_errors;
	bool is_session;     /* states the session itself */
	enum item_kind kind; /* of an item */
	char *code;          /* of the session; "": of the day */
	int64_t start_s;
	int64_t end_s;
	char *title;
	char *people;
	char *chair;
	char *room;
	char *access;
	bool is_credit;
	bool has_capacity;
	int64_t capacity;
	/* Of a schedule; else NULL and false. */
	char *place;                /* what messages call it */
	const struct json_t *event; /* lent by the document */
	struct json_t *kept;        /* what is to be kept of a session */
	bool is_aside;              /* its item is another row's: it adds nothing */
	bool is_named;              /* by the code of a session that is there */
};

struct programme_file {
	bool is_schedule; /* and so cannot say all that a programme has */
	bool has_column[PROGRAMME_COLUMN_COUNT];
	struct programme_row *rows; /* in the file's order */
	size_t row_count;
	unsigned char digest[32];
};
#define PROGRAMME_FILE_INIT                                                                        \
	{                                                                                          \
		.rows = NULL                                                                       \
	}

/*
 * Reads all rows; `zone` is that of times without an offset. Rows that are wrong are added
 * to `errors`, and reading goes on. STATUS_REJECTED: the header (an unknown or doubled
 * column, one that is missing), the file's structure, no rows, or far too many. STATUS_IO.
 * End it with programme_file_free in any case.
 */
enum status programme_file_read(struct csv_in *in, const struct zone *zone,
	struct programme_file *file, struct row_errors *errors, struct error *error);
/* For CLEANUP(programme_file_free). */
void programme_file_free(struct programme_file *file);

#endif

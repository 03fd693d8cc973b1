/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A meeting report, read whole: its rows of participants, from whatever tables stand in it.
 * Facts in our own columns (source csv) are core/attendance_facts's.
 */
#ifndef REGTOOL_CORE_MEETING_FILE_H
#define REGTOOL_CORE_MEETING_FILE_H

#include "core/meeting_shape.h"
#include "core/meeting_time.h"
#include "util/csv_in.h"
#include "util/error.h"
#include "util/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of a row. */
enum meeting_fate {
	MEETING_USED,
	MEETING_NOT_ADMITTED, /* in the waiting room */
	MEETING_NEVER_CAME,   /* registered only */
	MEETING_NAMELESS,
	MEETING_UNKNOWN, /* left before joining, or left without: what really was, nobody knows */
};

struct meeting_row {
	int64_t line;
	size_t name; /* places in the file's texts; 0: "" */
	size_t email;
	size_t second_email;
	enum meeting_fate fate;
	enum meeting_kind kind;
	enum meeting_action action; /* of MEETING_ACTIONS, whose time is `join` */
	struct meeting_time join;
	struct meeting_time leave;
	bool has_leave;
	int64_t duration_s; /* -1: unknown */
	/* Once meeting_dates_settle has settled them. */
	int64_t join_s;
	int64_t leave_s;
};

struct meeting_file {
	enum meeting_source source;
	struct meeting_row *rows;
	size_t count;
	struct str texts;
	unsigned char digest[32];
	int64_t nul_count; /* NUL bytes that were left out */
};

const char *meeting_text(const struct meeting_file *file, size_t place);

/* Reads on from the first row, which was read already. STATUS_REJECTED: a time that cannot be
 * read, a table of totals without times, no participant at all; bad quoting and the like.
 * The caller frees it. */
enum status meeting_file_read(struct csv_in *in, const struct csv_row *first,
	enum meeting_source source, struct meeting_file **ret_file, struct error *error);
void meeting_file_free(struct meeting_file *file);
void meeting_file_freep(struct meeting_file **file);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of attendance: reports of meetings, and facts in our own columns. What a file comes to
 * is worked out away from the write lock; then all of it is written in one transaction, or
 * nothing. A row that the ledger has already is not written again, so the same file twice
 * changes nothing; one that was taken back meanwhile is.
 */
#ifndef REGTOOL_CORE_ATTENDANCE_IMPORT_H
#define REGTOOL_CORE_ATTENDANCE_IMPORT_H

#include "core/event.h"
#include "core/log.h"
#include "core/meeting_people.h"
#include "core/meeting_shape.h"
#include "core/row_errors.h"
#include "store/db.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All borrowed. */
struct attendance_import_request {
	const struct event *event;
	const struct zone *zone; /* of the file's clock */
	const char *path;        /* "-": standard input */
	enum meeting_source source;
	const char *const *sessions; /* codes; none: all that the rows touch */
	size_t session_count;
	const char *matches;  /* a file of matches, or NULL */
	const char *encoding; /* NULL: found out */
	bool is_dry_run;
};

struct attendance_import_report {
	enum meeting_source source; /* as found out */
	int64_t rows;               /* matched + unmatched + ignored */
	int64_t matched;
	int64_t unmatched;
	int64_t ignored;
	int64_t people;       /* registrants whose rows count */
	int64_t minutes;      /* in sessions, the union for each; cut */
	int64_t added;        /* to the ledger */
	int64_t known;        /* in the ledger already */
	int64_t import_id;    /* 0: nothing was written */
	int64_t upper_bounds; /* stays whose duration is less than join to leave */
	int64_t nul_count;
	struct row_errors errors;   /* why nothing was written */
	struct row_errors warnings; /* rows that count for nothing, and why */
	/* Participants of a report; texts are the report's own. */
	struct meeting_people participants;
	struct meeting_file *file;
};
#define ATTENDANCE_IMPORT_REPORT_INIT                                                              \
	{                                                                                          \
		.rows = 0                                                                          \
	}

/* STATUS_REJECTED: the file, or rows of it, which are in the report's errors. STATUS_NOT_FOUND:
 * the file, a session, somebody in the file of matches. STATUS_AMBIGUOUS: sessions at the same
 * time. Then nothing was written. The caller frees the report in any case. */
enum status attendance_import(struct db *db, const struct actor *actor,
	const struct attendance_import_request *request, struct attendance_import_report *report,
	struct error *error);
void attendance_import_report_free(struct attendance_import_report *report);

#endif

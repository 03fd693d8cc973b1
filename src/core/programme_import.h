/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking a programme in from a CSV file or a schedule.json: read, planned, checked as a whole,
 * written in one transaction, logged. The same file twice changes nothing, and logs nothing.
 */
#ifndef REGTOOL_CORE_PROGRAMME_IMPORT_H
#define REGTOOL_CORE_PROGRAMME_IMPORT_H

#include "core/event.h"
#include "core/log.h"
#include "core/programme_plan.h"
#include "core/row_errors.h"
#include "core/schedule_in.h"
#include "store/db.h"
#include "util/csv_in.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>

/* What is to be done; all borrowed. */
struct programme_import {
	const struct event *event;
	const struct zone *zone;            /* the event's, for times without an offset */
	struct csv_in *csv;                 /* one of the two; the other is NULL */
	const struct schedule_in *schedule; /* what it says beyond the programme is kept */
	bool replace;
	bool is_dry_run; /* all but the writing */
};

struct programme_import_report {
	size_t row_count;
	size_t sessions[PLAN_CHANGE_COUNT]; /* how many; 0 where the file was refused */
	size_t items[PLAN_CHANGE_COUNT];
	struct row_errors errors;
	struct row_errors warnings; /* nothing is refused for them */
	bool is_rest_changed;       /* what is kept of a schedule, beside its sessions */
};
#define PROGRAMME_IMPORT_REPORT_INIT                                                               \
	{                                                                                          \
		.row_count = 0                                                                     \
	}

/*
 * Takes the file's rows into the event's programme. STATUS_REJECTED: the file, or rows of
 * it, which are in the report's errors; or a session would go that has scans or that a
 * course's rule names. Then nothing was written. End the report with
 * programme_import_report_free in any case.
 */
enum status programme_import(struct db *db, const struct actor *actor,
	const struct programme_import *import, struct programme_import_report *report,
	struct error *error);
/* For CLEANUP(programme_import_report_free). */
void programme_import_report_free(struct programme_import_report *report);

#endif

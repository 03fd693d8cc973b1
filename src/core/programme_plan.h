/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a programme becomes when a file's rows are taken in: a full outer join of what is
 * there and what the file states, checked as a whole. Pure: nothing is written here.
 *
 * A session is known by its code, an item by its session and start. A row that is there
 * states all that its columns say, empty cells too; what the file has no column for stays
 * as it is. With `replace` the file is the whole programme: what it does not name goes, and
 * nothing of before stays. But what a schedule cannot say stays even so: access, credit, chair
 * and capacity of its sessions, the items in them, and, if it has none itself, breaks.
 */
#ifndef REGTOOL_CORE_PROGRAMME_PLAN_H
#define REGTOOL_CORE_PROGRAMME_PLAN_H

#include "core/programme.h"
#include "core/programme_file.h"
#include "core/row_errors.h"
#include "store/programme_store.h"

#include <stdbool.h>
#include <stddef.h>

enum plan_change {
	PLAN_LEFT,      /* not named by the file, and stays */
	PLAN_UNCHANGED, /* named, and is so already */
	PLAN_ADDED,
	PLAN_UPDATED,
	PLAN_REMOVED,
	PLAN_CHANGE_COUNT,
};

/* The rows' texts are lent by the programme and the file. */
struct planned_item {
	struct item_row row;
	size_t line; /* 0: not named */
	enum plan_change change;
};

struct planned_items {
	struct planned_item *all; /* by start */
	size_t count;
};

struct planned_session {
	struct session_row row;
	const struct session *before; /* NULL: new */
	size_t line;                  /* of the row that states it; 0: none */
	bool is_named;                /* by that or by one of its items */
	bool has_bad_row;             /* so that its span is not known */
	enum plan_change change;
	const struct json_t *kept; /* of a schedule, lent by the row; NULL: stays as it is */
	bool is_kept_changed;      /* and is not what is stored (core/schedule_kept) */
	struct planned_items items;
};

struct plan {
	struct planned_session *sessions; /* by code */
	size_t session_count;
	struct planned_items items; /* of the day */
};
#define PLAN_INIT                                                                                  \
	{                                                                                          \
		.sessions = NULL                                                                   \
	}

/* Makes the plan; what is wrong with it is added to `errors`. Programme and file are lent
 * until plan_free, which is for CLEANUP. */
void plan_make(struct plan *plan, const struct programme *programme,
	const struct programme_file *file, bool replace, struct row_errors *errors);
/* Adds what is wrong with the programme that the plan gives: items outside their session,
 * or at the same time as another. (By plan_make; in a file of its own.) */
void plan_check(const struct plan *plan, struct row_errors *errors);
void plan_free(struct plan *plan);

/* How many sessions, or items, are changed so. */
void plan_count(const struct plan *plan, size_t ret_sessions[static PLAN_CHANGE_COUNT],
	size_t ret_items[static PLAN_CHANGE_COUNT]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a schedule that was taken in says beyond the programme, kept so that it can be given
 * back: of the conference the whole document without its events (but for breaks, which are
 * items of the day and have no place of their own), of each session its object. Members that
 * the programme settles (title, times, room) are null where the programme gives them back as
 * they came; where their form was another they stay, and count as long as they say the same.
 */
#ifndef REGTOOL_CORE_SCHEDULE_KEPT_H
#define REGTOOL_CORE_SCHEDULE_KEPT_H

#include "store/db.h"
#include "util/error.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct plan;

struct kept_session {
	int64_t session_id;
	json_t *json;
};

struct schedule_kept {
	json_t *document;              /* NULL: no schedule was taken in */
	struct kept_session *sessions; /* by number */
	size_t count;
};

/* Reads it, in the caller's transaction. STATUS_DATABASE: something is no JSON object. The
 * caller frees it. */
enum status schedule_kept_load(struct db *db, int64_t event_id, struct schedule_kept **ret_kept,
	struct error *error);
void schedule_kept_free(struct schedule_kept *kept);
void schedule_kept_freep(struct schedule_kept **kept);
/* Of a session; NULL: nothing. */
const json_t *schedule_kept_session(const struct schedule_kept *kept, int64_t session_id);

/* Finds out of which sessions of the plan something else is to be kept than is: these are
 * updated, whatever else they are. */
void schedule_kept_compare(const struct schedule_kept *kept, struct plan *plan);
/* Stores what is to be kept of a session, or of the event (whose document `rest` is). Both
 * inside the write transaction. */
enum status schedule_kept_put_session(struct db *db, int64_t session_id, const json_t *json,
	struct error *error);
enum status schedule_kept_put_event(struct db *db, int64_t event_id, const json_t *rest,
	struct error *error);

#endif

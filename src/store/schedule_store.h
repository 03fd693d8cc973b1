/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is kept of a schedule that was taken in, beyond the programme: JSON text of the
 * conference and of its sessions. Read in one go, inside the caller's transaction, as the
 * programme is.
 */
#ifndef REGTOOL_STORE_SCHEDULE_STORE_H
#define REGTOOL_STORE_SCHEDULE_STORE_H

#include "store/db.h"

#include <stdint.h>

/* Lends the text; another status than STATUS_OK ends the list with it. */
typedef enum status schedule_json_function(int64_t session_id, const char *json, void *data,
	struct error *error);

/* Of the event, with session 0; not called if there is none. */
enum status schedule_store_event(struct db *db, int64_t event_id, schedule_json_function *function,
	void *data, struct error *error);
/* Of the event's sessions, by number. */
enum status schedule_store_sessions(struct db *db, int64_t event_id,
	schedule_json_function *function, void *data, struct error *error);

enum status schedule_store_put_event(struct db *db, int64_t event_id, const char *json,
	struct error *error);
enum status schedule_store_put_session(struct db *db, int64_t session_id, const char *json,
	struct error *error);
enum status schedule_store_delete_session(struct db *db, int64_t session_id, struct error *error);

/* The time of the event's last entry in the log, and how many it has (0 and 0: none). */
enum status schedule_store_changed(struct db *db, int64_t event_id, int64_t *ret_at_s,
	int64_t *ret_count, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seats of an event, and the waiting list for them.
 *
 * Who is confirmed or pending has a seat. Where the event has a capacity, a registration that
 * would be over it is waitlisted instead, and waits in a queue in the order of arrival;
 * whenever seats get free the next of the queue are confirmed, in the same transaction. So
 * nobody waits while a seat is free, and no seat is given beyond the capacity. Only what is
 * decided by hand may differ: a status set by hand is obeyed.
 *
 * Where seats are limited the queue is kept here, not by the other system whose files are
 * imported: its "confirmed" gives no seat to who waits, its "waitlisted" takes none away; only
 * its "cancelled" does. Without a capacity every status is as it is said.
 *
 * Whatever else takes a registrant's seat away (taken back, merged, forgotten) sets the
 * status or the mark first, then calls seats_fill inside its transaction. What is stored
 * through store/registrant_store keeps the queue right by itself; other statements that end
 * somebody's waiting must set queue_number to NULL.
 */
#ifndef REGTOOL_CORE_SEATS_H
#define REGTOOL_CORE_SEATS_H

#include "core/log.h"
#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The seats of one event as they stand within one write transaction. */
struct seats {
	struct db *db;
	const struct actor *actor;
	int64_t event_id;
	bool has_capacity;
	int64_t capacity;
	int64_t taken;     /* 0 without a capacity: not counted */
	int64_t waiting;   /* the same */
	int64_t *promoted; /* registrants who were given a seat, in their order */
	size_t promoted_count;
};
#define SEATS_INIT                                                                                 \
	{                                                                                          \
		.db = NULL                                                                         \
	}
/* For CLEANUP(seats_free). */
void seats_free(struct seats *seats);
/* Gives them to the caller of whoever filled them; `from` is empty afterwards. */
void seats_move(struct seats *from, struct seats *ret_seats);

/* Gives the free seats of the event to the next who wait: each is confirmed, and logged.
 * Inside a write transaction. *ret_seats tells whom, and how things stand then; the caller
 * frees it. Does nothing without a capacity. */
enum status seats_fill(struct db *db, const struct actor *actor, int64_t event_id,
	struct seats *ret_seats, struct error *error);
/* The same for all who wait, whatever the capacity: it was dropped. */
enum status seats_fill_all(struct db *db, const struct actor *actor, int64_t event_id,
	struct seats *ret_seats, struct error *error);

/* How things stand, in a reading of its own: capacity, taken, waiting. */
enum status seats_read(struct db *db, int64_t event_id, struct seats *ret_seats,
	struct error *error);

/* --- For changes of many, or of one beside whom the seats are given --- */

/* Reads the capacity and, if there is one, counts; inside a transaction. `actor` is
 * borrowed. */
enum status seats_open(struct seats *seats, struct db *db, const struct actor *actor,
	int64_t event_id, struct error *error);
/* As seats_fill, but passes over the one registrant (0: nobody). */
enum status seats_give(struct seats *seats, int64_t except_id, struct error *error);

/* Whether who has the status (NULL: nobody yet) has a seat, or waits for one. */
bool seats_are_of(const char *status_or_null);
bool seats_are_waited_for(const char *status_or_null);
/* The status that a registrant gets, who has `now` (NULL: is new), where another system, or
 * nobody in particular, says `said`: see above. One of both, or "waitlisted". */
const char *seats_decide(const struct seats *seats, const char *now_or_null, const char *said);
/* Counts a change of status; from NULL: of a new registrant. */
void seats_note(struct seats *seats, const char *from_or_null, const char *to);

/* The place in the queue, from 1; 0: the registrant does not wait. */
enum status seats_place(struct db *db, int64_t registrant_id, int64_t *ret_place,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seats of an event and the queue for them. A registrant whose status is set goes into
 * the queue and leaves it in the same statement (store/registrant_store.h).
 */
#ifndef REGTOOL_STORE_SEATS_STORE_H
#define REGTOOL_STORE_SEATS_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

/* Neither erased nor merged into another. */
struct seats_counts {
	int64_t taken;   /* confirmed or pending */
	int64_t waiting; /* waitlisted */
	int64_t old;     /* of these: without a place in the queue */
};

/* *ret_has_capacity is false where the seats are not limited. */
enum status seats_store_capacity(struct db *db, int64_t event_id, bool *ret_has_capacity,
	int64_t *ret_capacity, struct error *error);
/* Reads all registrants of the event: some milliseconds for ten thousand. */
enum status seats_store_count(struct db *db, int64_t event_id, struct seats_counts *ret_counts,
	struct error *error);
/* Gives a place to who waits without one: before all others. */
enum status seats_store_queue_old(struct db *db, int64_t event_id, struct error *error);
/* The first of the queue, leaving one registrant out (0: nobody); 0: nobody waits. */
enum status seats_store_next(struct db *db, int64_t event_id, int64_t except_id,
	int64_t *ret_registrant_id, struct error *error);
/* The registrant is confirmed, and leaves the queue. */
enum status seats_store_promote(struct db *db, int64_t registrant_id, struct error *error);
/* The registrant's place in the queue, from 1; 0: not in it. */
enum status seats_store_place(struct db *db, int64_t registrant_id, int64_t *ret_place,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The roster: an event's registrants by number, with what a list of them shows, in slices of
 * a long reading (store/reading.h).
 */
#ifndef REGTOOL_STORE_ROSTER_STORE_H
#define REGTOOL_STORE_ROSTER_STORE_H

#include "store/reading.h"
#include "store/registrant_store.h"

#include <stdbool.h>
#include <stdint.h>

struct roster_row {
	struct registrant_row registrant;
	const char *courses; /* set */
	bool has_first_checkin;
	int64_t first_checkin_s; /* the first admission at a door that was not taken back */
	bool is_queued;          /* has a place in the queue for a seat */
	int64_t place;           /* from 1; only of roster_store_queue */
};

typedef enum status roster_row_function(const struct roster_row *row, void *data,
	struct error *error);

/* All of the event, or the one with the number (0: all). Check-ins later than the reading's
 * last scan are left out. */
enum status roster_store_list(struct reading *reading, int64_t event_id, int64_t registrant_id,
	roster_row_function *function, void *data, struct error *error);
/* All of the event who are in the queue for a seat, in its order. */
enum status roster_store_queue(struct reading *reading, int64_t event_id,
	roster_row_function *function, void *data, struct error *error);

#endif

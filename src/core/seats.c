/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/seats.h"

#include "core/registrant.h"
#include "store/seats_store.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

void seats_free(struct seats *seats)
{
	free(seats->promoted);
	*seats = (struct seats)SEATS_INIT;
}

void seats_move(struct seats *from, struct seats *ret_seats)
{
	*ret_seats = *from;
	*from = (struct seats)SEATS_INIT;
}

bool seats_are_of(const char *status_or_null)
{
	return status_or_null != NULL &&
	       (strcmp(status_or_null, registrant_status_word(REGISTRANT_CONFIRMED)) == 0 ||
		       strcmp(status_or_null, registrant_status_word(REGISTRANT_PENDING)) == 0);
}

bool seats_are_waited_for(const char *status_or_null)
{
	return status_or_null != NULL &&
	       strcmp(status_or_null, registrant_status_word(REGISTRANT_WAITLISTED)) == 0;
}

const char *seats_decide(const struct seats *seats, const char *now_or_null, const char *said)
{
	bool has_seat = seats_are_of(now_or_null);

	if (!seats->has_capacity)
		return said;
	if (seats_are_of(said)) {
		if (has_seat)
			return said;
		if (seats_are_waited_for(now_or_null))
			return now_or_null;
		return seats->taken < seats->capacity
			       ? said
			       : registrant_status_word(REGISTRANT_WAITLISTED);
	}
	return has_seat && seats_are_waited_for(said) ? now_or_null : said;
}

void seats_note(struct seats *seats, const char *from_or_null, const char *to)
{
	if (!seats->has_capacity)
		return;
	seats->taken += (int)seats_are_of(to) - (int)seats_are_of(from_or_null);
	seats->waiting += (int)seats_are_waited_for(to) - (int)seats_are_waited_for(from_or_null);
}

static enum status count(struct seats *seats, int64_t *ret_old, struct error *error)
{
	struct seats_counts counts = { .taken = 0 };

	enum status status = seats_store_capacity(seats->db, seats->event_id, &seats->has_capacity,
		&seats->capacity, error);
	if (status == STATUS_OK && seats->has_capacity)
		status = seats_store_count(seats->db, seats->event_id, &counts, error);
	seats->taken = counts.taken;
	seats->waiting = counts.waiting;
	*ret_old = counts.old;
	return status;
}

enum status seats_open(struct seats *seats, struct db *db, const struct actor *actor,
	int64_t event_id, struct error *error)
{
	int64_t old = 0;

	*seats = (struct seats){ .db = db, .actor = actor, .event_id = event_id };
	enum status status = count(seats, &old, error);
	if (status == STATUS_OK && old > 0)
		status = seats_store_queue_old(db, event_id, error);
	return status;
}

enum status seats_read(struct db *db, int64_t event_id, struct seats *ret_seats,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct seats seats = { .db = db, .event_id = event_id };
	int64_t old = 0;

	enum status status = transaction_begin_read(&transaction, db, error);
	if (status == STATUS_OK)
		status = count(&seats, &old, error);
	if (status == STATUS_OK)
		*ret_seats = seats;
	return status;
}

static enum status promote(struct seats *seats, int64_t registrant_id, struct error *error)
{
	enum status status = seats_store_promote(seats->db, registrant_id, error);

	if (status == STATUS_OK)
		status = log_append(seats->db, seats->actor,
			&(struct log_event){ .action = "registrant promote",
				.subject = "registrant",
				.subject_id = registrant_id },
			error);
	if (status != STATUS_OK)
		return status;
	/* Doubled at each power of two. */
	size_t count = seats->promoted_count;
	if ((count & (count - 1)) == 0)
		seats->promoted = xreallocarray(seats->promoted, count > 0 ? 2 * count : 1,
			sizeof *seats->promoted);
	seats->promoted[seats->promoted_count++] = registrant_id;
	seats->taken++;
	seats->waiting--;
	return STATUS_OK;
}

static enum status give(struct seats *seats, int64_t free_seats, int64_t except_id,
	struct error *error)
{
	while (free_seats-- > 0) {
		int64_t registrant_id = 0;
		enum status status = seats_store_next(seats->db, seats->event_id, except_id,
			&registrant_id, error);
		if (status == STATUS_OK && registrant_id != 0)
			status = promote(seats, registrant_id, error);
		if (status != STATUS_OK || registrant_id == 0)
			return status;
	}
	return STATUS_OK;
}

enum status seats_give(struct seats *seats, int64_t except_id, struct error *error)
{
	if (!seats->has_capacity || seats->waiting == 0)
		return STATUS_OK;
	return give(seats, seats->capacity - seats->taken, except_id, error);
}

enum status seats_fill(struct db *db, const struct actor *actor, int64_t event_id,
	struct seats *ret_seats, struct error *error)
{
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;

	enum status status = seats_open(&seats, db, actor, event_id, error);
	if (status == STATUS_OK)
		status = seats_give(&seats, 0, error);
	if (status == STATUS_OK)
		seats_move(&seats, ret_seats);
	return status;
}

enum status seats_fill_all(struct db *db, const struct actor *actor, int64_t event_id,
	struct seats *ret_seats, struct error *error)
{
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;

	enum status status = seats_open(&seats, db, actor, event_id, error);
	if (status == STATUS_OK && !seats.has_capacity)
		status = seats_store_queue_old(db, event_id, error);
	if (status == STATUS_OK)
		status = give(&seats, INT64_MAX, 0, error);
	if (status == STATUS_OK)
		seats_move(&seats, ret_seats);
	return status;
}

enum status seats_place(struct db *db, int64_t registrant_id, int64_t *ret_place,
	struct error *error)
{
	return seats_store_place(db, registrant_id, ret_place, error);
}

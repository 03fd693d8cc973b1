/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/seats_store.h"

enum status seats_store_capacity(struct db *db, int64_t event_id, bool *ret_has_capacity,
	int64_t *ret_capacity, struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_CAPACITY);

	query_bind_integer(query, "event", event_id);
	bool has_capacity = query_step(query) && !query_is_null(query, 0);
	int64_t capacity = has_capacity ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK) {
		*ret_has_capacity = has_capacity;
		*ret_capacity = capacity;
	}
	return status;
}

enum status seats_store_count(struct db *db, int64_t event_id, struct seats_counts *ret_counts,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_COUNT);
	struct seats_counts counts = { .taken = 0 };

	query_bind_integer(query, "event", event_id);
	if (query_step(query))
		counts = (struct seats_counts){
			.taken = query_integer(query, 0),
			.waiting = query_integer(query, 1),
			.old = query_integer(query, 2),
		};
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_counts = counts;
	return status;
}

enum status seats_store_queue_old(struct db *db, int64_t event_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_QUEUE_OLD);

	query_bind_integer(query, "event", event_id);
	return query_run(query, error);
}

/* Ends a query of one number, 0 where there is no row. */
static enum status end_number(struct query *query, int64_t *ret_number, struct error *error)
{
	int64_t number = query_step(query) ? query_integer(query, 0) : 0;

	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_number = number;
	return status;
}

enum status seats_store_next(struct db *db, int64_t event_id, int64_t except_id,
	int64_t *ret_registrant_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_NEXT);

	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "except", except_id);
	return end_number(query, ret_registrant_id, error);
}

enum status seats_store_promote(struct db *db, int64_t registrant_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_PROMOTE);

	query_bind_integer(query, "registrant", registrant_id);
	return query_run(query, error);
}

enum status seats_store_place(struct db *db, int64_t registrant_id, int64_t *ret_place,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SEATS_PLACE);

	query_bind_integer(query, "registrant", registrant_id);
	return end_number(query, ret_place, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/event_store.h"

static struct event_row row_of(struct query *query)
{
	return (struct event_row){
		.event_id = query_integer(query, 0),
		.code = query_text(query, 1),
		.title = query_text(query, 2),
		.timezone = query_text(query, 3),
		.has_first_day = !query_is_null(query, 4),
		.first_day = query_integer(query, 4),
		.has_last_day = !query_is_null(query, 5),
		.last_day = query_integer(query, 5),
		.url = query_text(query, 6),
		.doors_min = query_integer(query, 7),
		.has_capacity = !query_is_null(query, 8),
		.capacity = query_integer(query, 8),
	};
}

/* Lends every row of the statement; the callback's failure comes before the statement's. */
static enum status lend_rows(struct query *query, event_row_function *function, void *data,
	int *ret_count, struct error *error)
{
	enum status status = STATUS_OK;

	*ret_count = 0;
	while (status == STATUS_OK && query_step(query)) {
		struct event_row row = row_of(query);
		(*ret_count)++;
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status event_store_by_code(struct db *db, const char *code, event_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_EVENT_BY_CODE);
	int count;

	query_bind_text(query, "code", code);
	enum status status = lend_rows(query, function, data, &count, error);
	if (status == STATUS_OK && count == 0)
		status = error_set(error, STATUS_NOT_FOUND, "no event '%s'", code);
	return status;
}

enum status event_store_by_number(struct db *db, int64_t event_id, event_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_EVENT_BY_NUMBER);
	int count;

	query_bind_integer(query, "event", event_id);
	enum status status = lend_rows(query, function, data, &count, error);
	if (status == STATUS_OK && count == 0)
		status = error_set(error, STATUS_DATABASE, "event number %lld is not there",
			(long long)event_id);
	return status;
}

enum status event_store_list(struct db *db, event_row_function *function, void *data,
	struct error *error)
{
	int count;

	return lend_rows(db_query(db, QUERY_EVENT_LIST), function, data, &count, error);
}

static void bind_row(struct query *query, const struct event_row *row)
{
	query_bind_text(query, "title", row->title);
	query_bind_text(query, "timezone", row->timezone);
	query_bind_optional(query, "first_day", row->has_first_day, row->first_day);
	query_bind_optional(query, "last_day", row->has_last_day, row->last_day);
	query_bind_text(query, "url", row->url);
	query_bind_integer(query, "doors", row->doors_min);
	query_bind_optional(query, "capacity", row->has_capacity, row->capacity);
}

enum status event_store_insert(struct db *db, const struct event_row *row, int64_t *ret_event_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_EVENT_INSERT);

	query_bind_text(query, "code", row->code);
	bind_row(query, row);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_event_id = db_last_id(db);
	return status;
}

enum status event_store_update(struct db *db, const struct event_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_EVENT_UPDATE);

	query_bind_integer(query, "event", row->event_id);
	bind_row(query, row);
	return query_run(query, error);
}

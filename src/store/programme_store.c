/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/programme_store.h"

enum status session_store_list(struct db *db, int64_t event_id, session_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query)) {
		struct session_row row = {
			.session_id = query_integer(query, 0),
			.event_id = event_id,
			.code = query_text(query, 1),
			.title = query_text(query, 2),
			.start_s = query_integer(query, 3),
			.end_s = query_integer(query, 4),
			.people = query_text(query, 5),
			.chair = query_text(query, 6),
			.room = query_text(query, 7),
			.access = query_text(query, 8),
			.is_credit = query_integer(query, 9) != 0,
			.has_capacity = !query_is_null(query, 10),
			.capacity = query_integer(query, 10),
			.is_stated = query_integer(query, 11) != 0,
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status item_store_list(struct db *db, int64_t event_id, item_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_ITEM_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query)) {
		struct item_row row = {
			.item_id = query_integer(query, 0),
			.event_id = event_id,
			.session_id = query_integer(query, 1),
			.kind = query_text(query, 2),
			.start_s = query_integer(query, 3),
			.end_s = query_integer(query, 4),
			.title = query_text(query, 5),
			.people = query_text(query, 6),
			.chair = query_text(query, 7),
			.room = query_text(query, 8),
			.access = query_text(query, 9),
			.is_credit = query_integer(query, 10) != 0,
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

static void bind_session(struct query *query, const struct session_row *row)
{
	query_bind_text(query, "code", row->code);
	query_bind_text(query, "title", row->title);
	query_bind_integer(query, "start", row->start_s);
	query_bind_integer(query, "end", row->end_s);
	query_bind_text(query, "people", row->people);
	query_bind_text(query, "chair", row->chair);
	query_bind_text(query, "room", row->room);
	query_bind_text(query, "access", row->access);
	query_bind_integer(query, "credit", row->is_credit ? 1 : 0);
	query_bind_optional(query, "capacity", row->has_capacity, row->capacity);
	query_bind_integer(query, "stated", row->is_stated ? 1 : 0);
}

enum status session_store_insert(struct db *db, const struct session_row *row,
	int64_t *ret_session_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_INSERT);

	query_bind_integer(query, "event", row->event_id);
	bind_session(query, row);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_session_id = db_last_id(db);
	return status;
}

enum status session_store_update(struct db *db, const struct session_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_UPDATE);

	query_bind_integer(query, "session", row->session_id);
	bind_session(query, row);
	return query_run(query, error);
}

enum status session_store_delete(struct db *db, int64_t session_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_DELETE);

	query_bind_integer(query, "session", session_id);
	return query_run(query, error);
}

enum status session_store_scan_count(struct db *db, int64_t session_id, int64_t *ret_count,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_SCAN_COUNT);

	query_bind_integer(query, "session", session_id);
	int64_t count = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_count = count;
	return status;
}

enum status session_store_courses(struct db *db, int64_t session_id, course_code_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SESSION_COURSE);
	enum status status = STATUS_OK;

	query_bind_integer(query, "session", session_id);
	while (status == STATUS_OK && query_step(query))
		status = function(query_text(query, 0), data, error);
	return query_end_list(query, status, error);
}

static void bind_item(struct query *query, const struct item_row *row)
{
	query_bind_text(query, "kind", row->kind);
	query_bind_integer(query, "end", row->end_s);
	query_bind_text(query, "title", row->title);
	query_bind_text(query, "people", row->people);
	query_bind_text(query, "chair", row->chair);
	query_bind_text(query, "room", row->room);
	query_bind_text(query, "access", row->access);
	query_bind_integer(query, "credit", row->is_credit ? 1 : 0);
}

enum status item_store_insert(struct db *db, const struct item_row *row, int64_t *ret_item_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ITEM_INSERT);

	query_bind_integer(query, "event", row->event_id);
	query_bind_optional(query, "session", row->session_id != 0, row->session_id);
	query_bind_integer(query, "start", row->start_s);
	bind_item(query, row);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_item_id = db_last_id(db);
	return status;
}

enum status item_store_update(struct db *db, const struct item_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_ITEM_UPDATE);

	query_bind_integer(query, "item", row->item_id);
	bind_item(query, row);
	return query_run(query, error);
}

enum status item_store_delete(struct db *db, int64_t item_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_ITEM_DELETE);

	query_bind_integer(query, "item", item_id);
	return query_run(query, error);
}

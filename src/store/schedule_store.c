/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/schedule_store.h"

enum status schedule_store_event(struct db *db, int64_t event_id, schedule_json_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_EVENT_GET);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query))
		status = function(0, query_text(query, 0), data, error);
	return query_end_list(query, status, error);
}

enum status schedule_store_sessions(struct db *db, int64_t event_id,
	schedule_json_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_SESSION_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query))
		status = function(query_integer(query, 0), query_text(query, 1), data, error);
	return query_end_list(query, status, error);
}

enum status schedule_store_put_event(struct db *db, int64_t event_id, const char *json,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_EVENT_PUT);

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "json", json);
	return query_run(query, error);
}

enum status schedule_store_put_session(struct db *db, int64_t session_id, const char *json,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_SESSION_PUT);

	query_bind_integer(query, "session", session_id);
	query_bind_text(query, "json", json);
	return query_run(query, error);
}

enum status schedule_store_delete_session(struct db *db, int64_t session_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_SESSION_DELETE);

	query_bind_integer(query, "session", session_id);
	return query_run(query, error);
}

enum status schedule_store_changed(struct db *db, int64_t event_id, int64_t *ret_at_s,
	int64_t *ret_count, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCHEDULE_CHANGED);
	int64_t at_s = 0;
	int64_t count = 0;

	query_bind_integer(query, "event", event_id);
	if (query_step(query)) {
		at_s = query_integer(query, 0);
		count = query_integer(query, 1);
	}
	enum status status = query_end(query, error);
	if (status == STATUS_OK) {
		*ret_at_s = at_s;
		*ret_count = count;
	}
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/requirement_store.h"

enum status requirement_store_list(struct db *db, int64_t course_id,
	requirement_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_REQUIREMENT_LIST);

	query_bind_integer(query, "course", course_id);
	while (query_step(query)) {
		const struct requirement_row row = {
			.name = query_text(query, 0),
			.has_due = !query_is_null(query, 1),
			.due_day = query_integer(query, 1),
		};
		function(&row, data);
	}
	return query_end(query, error);
}

enum status requirement_store_add(struct db *db, int64_t course_id, int64_t position,
	const struct requirement_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_REQUIREMENT_INSERT);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "position", position);
	query_bind_text(query, "name", row->name);
	query_bind_optional(query, "due", row->has_due, row->due_day);
	return query_run(query, error);
}

enum status requirement_store_clear(struct db *db, int64_t course_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_REQUIREMENT_CLEAR);

	query_bind_integer(query, "course", course_id);
	return query_run(query, error);
}

enum status mark_store_list(struct db *db, int64_t course_id, int64_t person_id,
	mark_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_MARK_LIST);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	while (query_step(query))
		function(query_text(query, 0), query_text(query, 1), data);
	return query_end(query, error);
}

static void bind_key(struct query *query, const struct mark_row *row)
{
	query_bind_integer(query, "course", row->course_id);
	query_bind_integer(query, "person", row->person_id);
	query_bind_text(query, "requirement", row->requirement);
}

static enum status run_change(struct db *db, struct query *query, bool *ret_is_changed,
	struct error *error)
{
	enum status status = query_run(query, error);

	if (status == STATUS_OK)
		*ret_is_changed = db_changes(db) > 0;
	return status;
}

enum status mark_store_put(struct db *db, const struct mark_row *row, int64_t now_s,
	bool *ret_is_changed, struct error *error)
{
	struct query *query = db_query(db, QUERY_MARK_PUT);

	bind_key(query, row);
	query_bind_text(query, "result", row->result);
	query_bind_integer(query, "now", now_s);
	return run_change(db, query, ret_is_changed, error);
}

enum status mark_store_delete(struct db *db, const struct mark_row *row, bool *ret_is_changed,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_MARK_DELETE);

	bind_key(query, row);
	return run_change(db, query, ret_is_changed, error);
}

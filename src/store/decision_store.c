/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/decision_store.h"

enum status decision_store_of(struct db *db, int64_t course_id, int64_t person_id,
	decision_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_DECISION_OF);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	if (query_step(query)) {
		const struct decision_row row = {
			.course_id = course_id,
			.person_id = person_id,
			.is_granted = query_integer(query, 0) != 0,
			.has_credits = !query_is_null(query, 1),
			.credits_hundredths = query_integer(query, 1),
		};
		function(&row, query_text(query, 2), data);
	}
	return query_end(query, error);
}

enum status decision_store_put(struct db *db, const struct decision_row *row, int64_t now_s,
	int64_t log_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_DECISION_PUT);

	query_bind_integer(query, "course", row->course_id);
	query_bind_integer(query, "person", row->person_id);
	query_bind_integer(query, "granted", row->is_granted);
	query_bind_optional(query, "credits", row->has_credits, row->credits_hundredths);
	query_bind_integer(query, "now", now_s);
	query_bind_integer(query, "log", log_id);
	return query_run(query, error);
}

enum status decision_store_delete(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_was_there, struct error *error)
{
	struct query *query = db_query(db, QUERY_DECISION_DELETE);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_was_there = db_changes(db) > 0;
	return status;
}

enum status decision_store_any(struct db *db, int64_t course_id, bool *ret_is_any,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_DECISION_ANY);

	query_bind_integer(query, "course", course_id);
	bool is_any = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_is_any = is_any;
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/answer_store.h"

enum status question_store_insert(struct db *db, int64_t event_id, const char *header,
	int64_t *ret_question_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_QUESTION_INSERT);

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "header", header);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_question_id = db_last_id(db);
	return status;
}

enum status question_store_list(struct db *db, int64_t event_id, answer_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_QUESTION_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query)) {
		const struct answer_row row = {
			.question_id = query_integer(query, 0),
			.header = query_text(query, 1),
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status answer_store_value(struct db *db, int64_t registrant_id, int64_t question_id,
	struct str *ret, struct error *error)
{
	struct query *query = db_query(db, QUERY_ANSWER_VALUE);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "question", question_id);
	str_clear(ret);
	if (query_step(query))
		str_add(ret, query_text(query, 0));
	return query_end(query, error);
}

enum status answer_store_list(struct db *db, int64_t registrant_id, answer_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_ANSWER_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "registrant", registrant_id);
	while (status == STATUS_OK && query_step(query)) {
		const struct answer_row row = {
			.question_id = query_integer(query, 0),
			.header = query_text(query, 1),
			.value = query_text(query, 2),
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status answer_store_put(struct db *db, int64_t registrant_id, int64_t question_id,
	const char *value, struct error *error)
{
	bool is_empty = value[0] == '\0';
	struct query *query = db_query(db, is_empty ? QUERY_ANSWER_DELETE : QUERY_ANSWER_PUT);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "question", question_id);
	if (!is_empty)
		query_bind_text(query, "value", value);
	return query_run(query, error);
}

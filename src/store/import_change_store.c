/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/import_change_store.h"

enum status import_change_store_insert(struct db *db, const struct import_change_row *row,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_INSERT);

	query_bind_integer(query, "import", row->import_id);
	query_bind_integer(query, "registrant", row->registrant_id);
	query_bind_text(query, "field", row->field);
	query_bind_optional(query, "question", row->field == NULL, row->question_id);
	query_bind_text(query, "old", row->old_value);
	query_bind_text(query, "new", row->new_value);
	return query_run(query, error);
}

/* Lends the one row there is, or none. */
static enum status lend_one(struct query *query, import_change_function *function, void *data,
	struct error *error)
{
	enum status status = STATUS_OK;

	if (query_step(query)) {
		const struct import_change_row row = {
			.change_id = query_integer(query, 0),
			.import_id = query_integer(query, 1),
			.registrant_id = query_integer(query, 2),
			.field = query_text_or_null(query, 3),
			.question_id = query_integer(query, 4),
			.old_value = query_text(query, 5),
			.new_value = query_text(query, 6),
			.name = query_text(query, 7),
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status import_change_store_before(struct db *db, int64_t import_id, int64_t before,
	import_change_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_BEFORE);

	query_bind_integer(query, "import", import_id);
	query_bind_integer(query, "before", before);
	return lend_one(query, function, data, error);
}

enum status import_change_store_next(struct db *db, const struct import_change_thread *thread,
	import_change_function *function, void *data, struct error *error)
{
	const struct import_change_row *change = thread->change;
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_NEXT);

	query_bind_integer(query, "person", thread->person_id);
	query_bind_integer(query, "change", thread->after);
	query_bind_text(query, "field", change->field);
	query_bind_optional(query, "question", change->field == NULL, change->question_id);
	query_bind_optional(query, "registrant", !thread->is_of_person, change->registrant_id);
	return lend_one(query, function, data, error);
}

enum status import_change_store_set(struct db *db, int64_t change_id, const char *old_value,
	const char *new_value, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_SET);

	query_bind_integer(query, "change", change_id);
	query_bind_text(query, "old", old_value);
	query_bind_text(query, "new", new_value);
	return query_run(query, error);
}

enum status import_change_store_delete(struct db *db, int64_t change_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_DELETE);

	query_bind_integer(query, "change", change_id);
	return query_run(query, error);
}

enum status import_change_store_delete_all(struct db *db, int64_t import_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_DELETE_ALL);

	query_bind_integer(query, "import", import_id);
	return query_run(query, error);
}

enum status import_change_store_delete_field(struct db *db, int64_t registrant_id,
	const char *field, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_CHANGE_DELETE_FIELD);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_text(query, "field", field);
	return query_run(query, error);
}

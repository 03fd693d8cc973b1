/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/import_store.h"

enum status import_store_insert(struct db *db, const struct import_row *row, int64_t *ret_import_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_INSERT);

	query_bind_integer(query, "event", row->event_id);
	query_bind_text(query, "name", row->name);
	query_bind_bytes(query, "digest", row->digest, sizeof row->digest);
	query_bind_integer(query, "taken", row->taken_s);
	query_bind_text(query, "actor", row->actor);
	query_bind_text(query, "kind", row->kind != NULL ? row->kind : "registrants");
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_import_id = db_last_id(db);
	return status;
}

enum status import_store_finish(struct db *db, const struct import_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_FINISH);

	query_bind_integer(query, "import", row->import_id);
	query_bind_integer(query, "rows", row->rows);
	query_bind_integer(query, "added", row->added);
	query_bind_integer(query, "updated", row->updated);
	query_bind_integer(query, "unchanged", row->unchanged);
	query_bind_integer(query, "kept", row->kept);
	query_bind_integer(query, "rejected", row->rejected);
	return query_run(query, error);
}

enum status import_store_delete(struct db *db, int64_t import_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_DELETE);

	query_bind_integer(query, "import", import_id);
	return query_run(query, error);
}

enum status import_store_kind(struct db *db, int64_t event_id, int64_t import_id,
	bool *ret_is_attendance, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_OF_EVENT);

	query_bind_integer(query, "import", import_id);
	query_bind_integer(query, "event", event_id);
	bool is_there = query_step(query);
	bool is_attendance = is_there && query_letter(query, 0) == 'a';
	enum status status = query_end(query, error);
	if (status == STATUS_OK && !is_there)
		return error_set(error, STATUS_NOT_FOUND, "no import %lld", (long long)import_id);
	if (status == STATUS_OK)
		*ret_is_attendance = is_attendance;
	return status;
}

static struct import_row row_of(struct query *query)
{
	return (struct import_row){
		.import_id = query_integer(query, 0),
		.event_id = query_integer(query, 1),
		.name = query_text(query, 2),
		.taken_s = query_integer(query, 3),
		.actor = query_text(query, 4),
		.rows = query_integer(query, 5),
		.added = query_integer(query, 6),
		.updated = query_integer(query, 7),
		.unchanged = query_integer(query, 8),
		.kept = query_integer(query, 9),
		.rejected = query_integer(query, 10),
		.is_undone = !query_is_null(query, 11),
		.undone_s = query_integer(query, 11),
		.kind = query_text(query, 12),
	};
}

enum status import_store_list(struct reading *reading, int64_t event_id,
	import_row_function *function, void *data, struct error *error)
{
	enum status status = STATUS_OK;
	int64_t after = 0;
	bool is_more = true;

	while (status == STATUS_OK && is_more) {
		status = reading_slice_begin(reading, error);
		if (status != STATUS_OK)
			break;
		struct query *query = db_query(reading->db, QUERY_IMPORT_LIST);
		query_bind_integer(query, "event", event_id);
		query_bind_integer(query, "after", after);
		is_more = false;
		while (status == STATUS_OK && !is_more && query_step(query)) {
			const struct import_row row = row_of(query);
			after = row.import_id;
			status = function(&row, data, error);
			is_more = reading_slice_is_over(reading);
		}
		status = query_end_list(query, status, error);
		reading_slice_end(reading);
	}
	return status;
}

enum status import_store_by_number(struct db *db, int64_t import_id, import_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_BY_NUMBER);
	enum status status = STATUS_OK;

	query_bind_integer(query, "import", import_id);
	bool is_found = query_step(query);
	if (is_found) {
		const struct import_row row = row_of(query);
		status = function(&row, data, error);
	}
	status = query_end_list(query, status, error);
	if (status == STATUS_OK && !is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no import %lld", (long long)import_id);
	return status;
}

enum status import_store_undo(struct db *db, int64_t import_id, int64_t now_s, struct error *error)
{
	struct query *query = db_query(db, QUERY_IMPORT_UNDO);

	query_bind_integer(query, "import", import_id);
	query_bind_integer(query, "now", now_s);
	return query_run(query, error);
}

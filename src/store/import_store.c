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

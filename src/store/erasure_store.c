/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/erasure_store.h"

#include <string.h>

enum status erasure_store_any(struct db *db, bool *ret_is_any, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASURE_ANY);
	bool is_any = query_step(query);

	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_is_any = is_any;
	return status;
}

enum status erasure_store_other_key(struct db *db, const unsigned char key_id[static 8],
	unsigned char ret_key_id[static 8], struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASURE_OTHER_KEY);
	bool is_found = false;

	query_bind_bytes(query, "key", key_id, 8);
	if (query_step(query)) {
		const void *bytes = query_bytes(query, 0, 8);
		is_found = bytes != NULL;
		if (is_found)
			memcpy(ret_key_id, bytes, 8);
	}
	enum status status = query_end(query, error);
	if (status == STATUS_OK && !is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no other key");
	return status;
}

enum status erasure_store_find(struct db *db, const unsigned char hash[static 32],
	int64_t *ret_person_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASURE_BY_HASH);
	int64_t person_id = 0;

	query_bind_bytes(query, "hash", hash, 32);
	if (query_step(query))
		person_id = query_integer(query, 0);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_person_id = person_id;
	return status;
}

enum status erasure_store_insert(struct db *db, const struct erasure_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASURE_INSERT);

	query_bind_bytes(query, "hash", row->hash, sizeof row->hash);
	query_bind_bytes(query, "key", row->key_id, sizeof row->key_id);
	query_bind_integer(query, "person", row->person_id);
	query_bind_integer(query, "now", row->erased_s);
	return query_run(query, error);
}

enum status erasure_store_delete(struct db *db, int64_t person_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASURE_DELETE);

	query_bind_integer(query, "person", person_id);
	return query_run(query, error);
}

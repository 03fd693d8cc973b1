/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/alias_store.h"

static void bind_key(struct query *query, const struct alias_key *key)
{
	query_bind_integer(query, "event", key->event_id);
	query_bind_text(query, "name", key->name_key);
	query_bind_text(query, "email", key->email_key);
}

enum status alias_store_find(struct db *db, const struct alias_key *key, bool *ret_is_known,
	int64_t *ret_registrant_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_ALIAS_FIND);

	bind_key(query, key);
	bool is_known = query_step(query);
	int64_t registrant_id = is_known ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK) {
		*ret_is_known = is_known;
		*ret_registrant_id = registrant_id;
	}
	return status;
}

enum status alias_store_put(struct db *db, const struct alias_key *key, const char *shown,
	int64_t registrant_id, bool *ret_is_changed, struct error *error)
{
	struct query *query = db_query(db, QUERY_ALIAS_PUT);

	bind_key(query, key);
	query_bind_text(query, "shown", shown);
	query_bind_optional(query, "registrant", registrant_id != 0, registrant_id);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_is_changed = db_changes(db) > 0;
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/log_store.h"

#include <string.h>

enum status log_store_head(struct db *db, int64_t *ret_log_id, unsigned char ret_hash[static 32],
	struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_HEAD);
	int64_t log_id = 0;
	unsigned char hash[32] = { 0 };

	if (query_step(query)) {
		const void *bytes = query_bytes(query, 1, sizeof hash);
		log_id = query_integer(query, 0);
		if (bytes != NULL)
			memcpy(hash, bytes, sizeof hash);
	}
	enum status status = query_end(query, error);
	if (status == STATUS_OK) {
		*ret_log_id = log_id;
		memcpy(ret_hash, hash, sizeof hash);
	}
	return status;
}

enum status log_store_insert(struct db *db, const struct log_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_INSERT);

	query_bind_integer(query, "log", row->log_id);
	query_bind_integer(query, "at", row->at_s);
	query_bind_text(query, "actor", row->actor);
	query_bind_text(query, "action", row->action);
	query_bind_text(query, "subject", row->subject);
	query_bind_optional(query, "subject_id", row->subject_id != 0, row->subject_id);
	query_bind_text(query, "detail", row->detail);
	query_bind_optional(query, "first_scan", row->first_scan != 0, row->first_scan);
	query_bind_optional(query, "last_scan", row->first_scan != 0, row->last_scan);
	query_bind_bytes(query, "digest", row->has_digest ? row->digest : NULL, sizeof row->digest);
	query_bind_bytes(query, "hash", row->hash, sizeof row->hash);
	return query_run(query, error);
}

enum status log_store_insert_remark(struct db *db, int64_t log_id, int64_t registrant_id,
	int64_t scan_id, const char *text, struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_REMARK_INSERT);

	query_bind_integer(query, "log", log_id);
	query_bind_optional(query, "registrant", registrant_id != 0, registrant_id);
	query_bind_optional(query, "scan", scan_id != 0, scan_id);
	query_bind_text(query, "text", text);
	return query_run(query, error);
}

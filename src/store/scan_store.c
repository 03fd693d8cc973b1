/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/scan_store.h"

enum status scan_store_last_number(struct db *db, int64_t *ret_scan_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_LAST_NUMBER);
	int64_t last = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);

	if (status == STATUS_OK)
		*ret_scan_id = last;
	return status;
}

enum status scan_store_insert(struct db *db, const struct scan_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_INSERT);

	query_bind_integer(query, "scan", row->scan_id);
	query_bind_integer(query, "event", row->event_id);
	query_bind_optional(query, "registrant", row->registrant_id != 0, row->registrant_id);
	query_bind_optional(query, "session", row->session_id != 0, row->session_id);
	query_bind_optional(query, "token", row->token_id != 0, row->token_id);
	query_bind_text(query, "direction", row->direction);
	query_bind_integer(query, "at", row->at_s);
	query_bind_optional(query, "until", row->has_until, row->until_s);
	query_bind_optional(query, "first", row->has_first, row->first_s);
	query_bind_integer(query, "stored", row->stored_s);
	query_bind_text(query, "source", row->source);
	query_bind_text(query, "station", row->station);
	query_bind_text(query, "nonce", row->nonce);
	query_bind_text(query, "result", row->result);
	query_bind_text(query, "reason", row->reason);
	query_bind_integer(query, "forced", row->is_forced ? 1 : 0);
	query_bind_optional(query, "void_of", row->void_of != 0, row->void_of);
	query_bind_optional(query, "import", row->import_id != 0, row->import_id);
	query_bind_text(query, "actor", row->actor);
	bool is_stored = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK && !is_stored)
		status = error_set(error, STATUS_EXISTS, "the scan is known already");
	return status;
}

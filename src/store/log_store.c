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

static struct log_row row_of(struct query *query)
{
	struct log_row row = {
		.log_id = query_integer(query, 0),
		.at_s = query_integer(query, 1),
		.actor = query_text(query, 2),
		.action = query_text(query, 3),
		.subject = query_text(query, 4),
		.subject_id = query_integer(query, 5),
		.detail = query_text(query, 6),
		.first_scan = query_integer(query, 7),
		.last_scan = query_integer(query, 8),
	};
	const void *digest = query_bytes(query, 9, sizeof row.digest);
	const void *hash = query_bytes(query, 10, sizeof row.hash);

	row.has_digest = digest != NULL;
	if (digest != NULL)
		memcpy(row.digest, digest, sizeof row.digest);
	if (hash != NULL)
		memcpy(row.hash, hash, sizeof row.hash);
	return row;
}

static enum status list_slice(struct reading *reading, int64_t *after, log_row_function *function,
	void *data, bool *ret_has_more, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	bool has_more = false;
	struct query *query = db_query(reading->db, QUERY_LOG_LIST);
	query_bind_integer(query, "after", *after);
	query_bind_integer(query, "last", reading->last_log);
	while (status == STATUS_OK && !has_more && query_step(query)) {
		const struct log_row row = row_of(query);
		status = function(&row, query_text_or_null(query, 11), data, error);
		*after = row.log_id;
		has_more = reading_slice_is_over(reading);
	}
	status = query_end_list(query, status, error);
	reading_slice_end(reading);
	*ret_has_more = has_more;
	return status;
}

enum status log_store_list(struct reading *reading, int64_t after, log_row_function *function,
	void *data, struct error *error)
{
	enum status status = STATUS_OK;
	bool has_more = true;

	while (status == STATUS_OK && has_more)
		status = list_slice(reading, &after, function, data, &has_more, error);
	return status;
}

enum status log_store_hash(struct db *db, int64_t log_id, unsigned char ret_hash[static 32],
	struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_HASH);
	unsigned char hash[32];

	query_bind_integer(query, "log", log_id);
	const void *bytes = query_step(query) ? query_bytes(query, 0, sizeof hash) : NULL;
	if (bytes != NULL)
		memcpy(hash, bytes, sizeof hash);
	enum status status = query_end(query, error);
	if (status != STATUS_OK)
		return status;
	if (bytes == NULL)
		return error_set(error, STATUS_NOT_FOUND, "no such log entry");
	memcpy(ret_hash, hash, sizeof hash);
	return STATUS_OK;
}

enum status log_store_last_scan(struct db *db, int64_t log_id, int64_t *ret_scan_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_LAST_SCAN_BEFORE);

	query_bind_integer(query, "log", log_id);
	int64_t scan_id = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_scan_id = scan_id;
	return status;
}

enum status log_store_scans_of(struct reading *reading, int64_t registrant_id,
	void (*function)(int64_t scan_id, void *data), void *data, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_LOG_SCANS_OF_REGISTRANT);
	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "last", reading->last_scan);
	while (query_step(query))
		function(query_integer(query, 0), data);
	status = query_end(query, error);
	reading_slice_end(reading);
	return status;
}

enum status log_store_changed_since(struct db *db, int64_t log_id, bool *ret_is_changed,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_LOG_CHANGED_SINCE);

	query_bind_integer(query, "log", log_id);
	bool is_changed = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_is_changed = is_changed;
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/token_store.h"

#include <string.h>

enum status token_store_next_serial(struct db *db, int64_t *ret_serial, struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_NEXT_SERIAL);
	int64_t serial = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);

	if (status == STATUS_OK)
		*ret_serial = serial;
	return status;
}

enum status token_store_insert(struct db *db, const struct token_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_INSERT);

	query_bind_integer(query, "token", row->token_id);
	query_bind_integer(query, "registrant", row->registrant_id);
	query_bind_bytes(query, "verifier", row->verifier, sizeof row->verifier);
	query_bind_bytes(query, "key", row->key_id, sizeof row->key_id);
	query_bind_integer(query, "issued", row->issued_s);
	return query_run(query, error);
}

/* The first seven columns of all that reads tokens. */
static struct token_row row_of(struct query *query)
{
	struct token_row row = {
		.token_id = query_integer(query, 0),
		.registrant_id = query_integer(query, 1),
		.event_id = query_integer(query, 2),
		.issued_s = query_integer(query, 5),
		.is_revoked = !query_is_null(query, 6),
		.revoked_s = query_integer(query, 6),
	};
	const void *verifier = query_bytes(query, 3, sizeof row.verifier);
	const void *key_id = query_bytes(query, 4, sizeof row.key_id);

	if (verifier != NULL)
		memcpy(row.verifier, verifier, sizeof row.verifier);
	if (key_id != NULL)
		memcpy(row.key_id, key_id, sizeof row.key_id);
	return row;
}

static enum status fetch_row(struct query *query, struct token_row *ret_row, struct error *error)
{
	struct token_row row = { 0 };
	bool is_found = query_step(query);

	if (is_found)
		row = row_of(query);
	enum status status = query_end(query, error);
	if (status != STATUS_OK)
		return status;
	if (!is_found)
		return error_set(error, STATUS_NOT_FOUND, "no such token");
	*ret_row = row;
	return STATUS_OK;
}

enum status token_store_by_verifier(struct db *db, const unsigned char verifier[static 32],
	struct token_row *ret_row, struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_BY_VERIFIER);

	query_bind_bytes(query, "verifier", verifier, 32);
	return fetch_row(query, ret_row, error);
}

enum status token_store_current(struct db *db, int64_t registrant_id, struct token_row *ret_row,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_CURRENT);

	query_bind_integer(query, "registrant", registrant_id);
	return fetch_row(query, ret_row, error);
}

enum status token_store_of_registrant(struct db *db, int64_t registrant_id,
	token_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_OF_REGISTRANT);
	enum status status = STATUS_OK;

	query_bind_integer(query, "registrant", registrant_id);
	while (status == STATUS_OK && query_step(query)) {
		const struct token_row row = row_of(query);
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status token_store_revoke(struct db *db, int64_t token_id, int64_t now_s, struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_REVOKE);

	query_bind_integer(query, "token", token_id);
	query_bind_integer(query, "now", now_s);
	return query_run(query, error);
}

enum status token_store_revoke_all(struct db *db, int64_t registrant_id, int64_t now_s,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_TOKEN_REVOKE_ALL);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "now", now_s);
	return query_run(query, error);
}

/* One slice, from `*after` on. */
static enum status list_slice(struct reading *reading, int64_t event_id, int64_t *after,
	token_list_function *function, void *data, bool *ret_has_more, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	bool has_more = false;
	struct query *query = db_query(reading->db, QUERY_TOKEN_LIST);
	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "after", *after);
	while (status == STATUS_OK && !has_more && query_step(query)) {
		const struct token_list_row row = {
			.registrant_id = query_integer(query, 1),
			.name = query_text(query, 7),
			.email = query_text_or_null(query, 8),
			.external_id = query_text_or_null(query, 9),
			.roles = query_text(query, 10),
			.has_token = !query_is_null(query, 0),
			.token = row_of(query),
		};
		status = function(&row, data, error);
		*after = row.registrant_id;
		has_more = reading_slice_is_over(reading);
	}
	status = query_end_list(query, status, error);
	reading_slice_end(reading);
	*ret_has_more = has_more;
	return status;
}

enum status token_store_list(struct reading *reading, int64_t event_id,
	token_list_function *function, void *data, struct error *error)
{
	enum status status = STATUS_OK;
	bool has_more = true;
	int64_t after = 0;

	while (status == STATUS_OK && has_more)
		status = list_slice(reading, event_id, &after, function, data, &has_more, error);
	return status;
}

enum status token_store_key_known(struct db *db, const unsigned char key_id[static 8],
	struct error *error)
{
	struct query *query = db_query(db, QUERY_KEY_KNOWN);

	query_bind_bytes(query, "key", key_id, 8);
	bool is_known = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK && !is_known)
		status = error_set(error, STATUS_NOT_FOUND, "the database does not know the key");
	return status;
}

enum status token_store_key_first(struct db *db, unsigned char ret_key_id[static 8],
	struct error *error)
{
	struct query *query = db_query(db, QUERY_KEY_FIRST);
	const void *bytes = query_step(query) ? query_bytes(query, 0, 8) : NULL;

	if (bytes != NULL)
		memcpy(ret_key_id, bytes, 8);
	enum status status = query_end(query, error);
	if (status == STATUS_OK && bytes == NULL)
		status = error_set(error, STATUS_NOT_FOUND, "the database knows no key");
	return status;
}

enum status token_store_key_insert(struct db *db, const unsigned char key_id[static 8],
	int64_t now_s, struct error *error)
{
	struct query *query = db_query(db, QUERY_KEY_INSERT);

	query_bind_bytes(query, "key", key_id, 8);
	query_bind_integer(query, "now", now_s);
	return query_run(query, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/registrant_store.h"

struct registrant_row registrant_store_row(struct query *query)
{
	return (struct registrant_row){
		.registrant_id = query_integer(query, 0),
		.event_id = query_integer(query, 1),
		.person_id = query_integer(query, 2),
		.name = query_text(query, 3),
		.given_name = query_text(query, 4),
		.family_name = query_text(query, 5),
		.email = query_text_or_null(query, 6),
		.affiliation = query_text(query, 7),
		.external_id = query_text_or_null(query, 8),
		.roles = query_text(query, 9),
		.status = query_text(query, 10),
		.is_status_manual = query_integer(query, 11) != 0,
		.category = query_text(query, 12),
		.note = query_text(query, 13),
		.registered_s = query_integer(query, 14),
		.is_erased = !query_is_null(query, 15),
	};
}

/* Lends every row of the statement; the callback's failure comes before the statement's. */
static enum status lend_rows(struct query *query, registrant_row_function *function, void *data,
	int *ret_count, struct error *error)
{
	enum status status = STATUS_OK;

	*ret_count = 0;
	while (status == STATUS_OK && query_step(query)) {
		struct registrant_row row = registrant_store_row(query);
		(*ret_count)++;
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status registrant_store_by_number(struct db *db, int64_t registrant_id,
	registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_BY_NUMBER);
	int count;

	query_bind_integer(query, "registrant", registrant_id);
	enum status status = lend_rows(query, function, data, &count, error);
	if (status == STATUS_OK && count == 0)
		status = error_set(error, STATUS_NOT_FOUND, "no registrant @%lld",
			(long long)registrant_id);
	return status;
}

enum status registrant_store_by_email(struct db *db, int64_t event_id, const char *email_key,
	registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_BY_EMAIL);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "email", email_key);
	return lend_rows(query, function, data, &count, error);
}

enum status registrant_store_by_external_id(struct db *db, int64_t event_id,
	const char *external_id, registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_BY_EXTERNAL_ID);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "external_id", external_id);
	return lend_rows(query, function, data, &count, error);
}

/* --- People, and the records by which they are known --- */

enum {
	ROW_COLUMNS = 16,
	RECORD_MERGED = ROW_COLUMNS,
	RECORD_NAME,
	RECORD_EMAIL,
	RECORD_EXTERNAL_ID,
};

static enum status lend_records(struct query *query, person_record_function *function, void *data,
	struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && query_step(query)) {
		const struct person_record record = {
			.row = registrant_store_row(query),
			.is_merged = !query_is_null(query, RECORD_MERGED),
			.name = query_text(query, RECORD_NAME),
			.email = query_text_or_null(query, RECORD_EMAIL),
			.external_id = query_text_or_null(query, RECORD_EXTERNAL_ID),
		};
		status = function(&record, data, error);
	}
	return query_end_list(query, status, error);
}

/* Whether there is a record at all: asked first, since it is a tenth of the work. */
static enum status has_records(struct query *query, const char *parameter, const char *key,
	bool *ret_has, struct error *error)
{
	query_bind_text(query, parameter, key);
	*ret_has = query_step(query);
	return query_end(query, error);
}

enum status person_store_records_by_email(struct db *db, int64_t event_id, const char *email_key,
	person_record_function *function, void *data, struct error *error)
{
	bool has = false;
	enum status status =
		has_records(db_query(db, QUERY_PERSON_HAS_EMAIL), "email", email_key, &has, error);

	if (status != STATUS_OK || !has)
		return status;
	struct query *query = db_query(db, QUERY_PERSON_RECORDS_BY_EMAIL);
	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "email", email_key);
	return lend_records(query, function, data, error);
}

enum status person_store_records_by_external_id(struct db *db, int64_t event_id,
	const char *external_id, person_record_function *function, void *data, struct error *error)
{
	bool has = false;
	enum status status = has_records(db_query(db, QUERY_PERSON_HAS_EXTERNAL_ID), "external_id",
		external_id, &has, error);

	if (status != STATUS_OK || !has)
		return status;
	struct query *query = db_query(db, QUERY_PERSON_RECORDS_BY_EXTERNAL_ID);
	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "external_id", external_id);
	return lend_records(query, function, data, error);
}

enum status person_store_by_email(struct db *db, int64_t event_id, const char *email_key,
	registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_PERSON_BY_EMAIL);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "email", email_key);
	return lend_rows(query, function, data, &count, error);
}

enum status person_store_by_external_id(struct db *db, int64_t event_id, const char *external_id,
	registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_PERSON_BY_EXTERNAL_ID);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "external_id", external_id);
	return lend_rows(query, function, data, &count, error);
}

enum status person_store_merged(struct db *db, int64_t event_id, int64_t person_id,
	registrant_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_PERSON_MERGED);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "person", person_id);
	return lend_rows(query, function, data, &count, error);
}

enum status registrant_store_merged(struct db *db, int64_t registrant_id,
	registrant_merged_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_MERGED);

	query_bind_integer(query, "registrant", registrant_id);
	while (query_step(query))
		function(query_integer(query, 0), data);
	return query_end(query, error);
}

/* --- Writing --- */

static void bind_person(struct query *query, const struct registrant_row *row,
	const char *email_key)
{
	query_bind_text(query, "email", row->email);
	query_bind_text(query, "email_key", email_key);
	query_bind_text(query, "name", row->name);
	query_bind_text(query, "given_name", row->given_name);
	query_bind_text(query, "family_name", row->family_name);
	query_bind_text(query, "affiliation", row->affiliation);
	query_bind_text(query, "external_id", row->external_id);
}

enum status person_store_insert(struct db *db, const struct registrant_row *row,
	const char *email_key, int64_t *ret_person_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_PERSON_INSERT);

	bind_person(query, row, email_key);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_person_id = db_last_id(db);
	return status;
}

enum status person_store_update(struct db *db, const struct registrant_row *row,
	const char *email_key, struct error *error)
{
	struct query *query = db_query(db, QUERY_PERSON_UPDATE);

	query_bind_integer(query, "person", row->person_id);
	bind_person(query, row, email_key);
	return query_run(query, error);
}

static void bind_registrant(struct query *query, const struct registrant_row *row)
{
	query_bind_text(query, "roles", row->roles);
	query_bind_text(query, "status", row->status);
	query_bind_integer(query, "manual", row->is_status_manual ? 1 : 0);
	query_bind_text(query, "category", row->category);
	query_bind_text(query, "note", row->note);
}

enum status registrant_store_insert(struct db *db, const struct registrant_row *row,
	int64_t import_id, int64_t *ret_registrant_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_INSERT);

	query_bind_integer(query, "event", row->event_id);
	query_bind_integer(query, "person", row->person_id);
	query_bind_integer(query, "registered", row->registered_s);
	query_bind_optional(query, "import", import_id != 0, import_id);
	bind_registrant(query, row);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_registrant_id = db_last_id(db);
	return status;
}

enum status registrant_store_update(struct db *db, const struct registrant_row *row,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_UPDATE);

	query_bind_integer(query, "registrant", row->registrant_id);
	bind_registrant(query, row);
	return query_run(query, error);
}

enum status registrant_store_queue_number(struct db *db, int64_t registrant_id,
	int64_t *ret_queue_number, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_QUEUE_NUMBER);

	query_bind_integer(query, "registrant", registrant_id);
	int64_t queue_number = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_queue_number = queue_number;
	return status;
}

enum status registrant_store_is_taken_back(struct db *db, int64_t registrant_id,
	bool *ret_is_taken_back, struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_IS_TAKEN_BACK);

	query_bind_integer(query, "registrant", registrant_id);
	bool is_taken_back = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_is_taken_back = is_taken_back;
	return status;
}

enum status registrant_store_come_back(struct db *db, int64_t registrant_id, int64_t import_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_REGISTRANT_COME_BACK);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "import", import_id);
	return query_run(query, error);
}

enum status registrant_store_names(struct reading *reading, int64_t event_id,
	registrant_name_function *function, void *data, struct error *error)
{
	int64_t after = 0;
	bool has_more = true;

	while (has_more) {
		enum status status = reading_slice_begin(reading, error);
		if (status != STATUS_OK)
			return status;
		struct query *query = db_query(reading->db, QUERY_REGISTRANT_NAMES);
		query_bind_integer(query, "event", event_id);
		query_bind_integer(query, "after", after);
		has_more = false;
		while (!has_more && query_step(query)) {
			after = query_integer(query, 0);
			function(query_integer(query, 1), query_text(query, 2), data);
			has_more = reading_slice_is_over(reading);
		}
		status = query_end(query, error);
		reading_slice_end(reading);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

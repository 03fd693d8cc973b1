/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/scan_store.h"

#include <string.h>

enum {
	STRETCH = 20000, /* numbers looked through before a slice may end */
};

/* Places of the columns after those of a scan in the ledger's statements. */
enum {
	SCAN_COLUMNS = 19,
	LEDGER_CODE = SCAN_COLUMNS,
	LEDGER_NAME,
	LEDGER_EMAIL,
	LEDGER_EXTERNAL_ID,
	LEDGER_ERASED,
	LEDGER_VOIDED,
};

bool scan_row_is_sighting(const struct scan_row *row)
{
	if (strcmp(row->source, "door") != 0)
		return false;
	return strcmp(row->result, "admitted") == 0 ||
	       (row->reason != NULL && (strcmp(row->reason, "already-in") == 0 ||
					       strcmp(row->reason, "not-in") == 0));
}

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
	enum status status = query_run(query, error);
	if (status == STATUS_OK && db_changes(db) == 0)
		status = error_set(error, STATUS_EXISTS, "the scan is known already");
	return status;
}

/* The columns that all statements on whole rows begin with. */
static struct scan_row read_row(struct query *query)
{
	return (struct scan_row){
		.scan_id = query_integer(query, 0),
		.event_id = query_integer(query, 1),
		.registrant_id = query_integer(query, 2),
		.session_id = query_integer(query, 3),
		.token_id = query_integer(query, 4),
		.direction = query_text_or_null(query, 5),
		.at_s = query_integer(query, 6),
		.has_until = !query_is_null(query, 7),
		.until_s = query_integer(query, 7),
		.has_first = !query_is_null(query, 8),
		.first_s = query_integer(query, 8),
		.stored_s = query_integer(query, 9),
		.source = query_text(query, 10),
		.station = query_text(query, 11),
		.nonce = query_text_or_null(query, 12),
		.result = query_text(query, 13),
		.reason = query_text_or_null(query, 14),
		.is_forced = query_integer(query, 15) != 0,
		.void_of = query_integer(query, 16),
		.import_id = query_integer(query, 17),
		.actor = query_text(query, 18),
	};
}

static enum status lend_one(struct query *query, scan_row_function *function, void *data,
	bool *ret_found, struct error *error)
{
	enum status lent = STATUS_OK;

	*ret_found = query_step(query);
	if (*ret_found) {
		struct scan_row row = read_row(query);
		lent = function(&row, data, error);
	}
	enum status status = query_end(query, error);
	return status == STATUS_OK ? lent : status;
}

enum status scan_store_by_nonce(struct db *db, int64_t event_id, const char *nonce,
	scan_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_BY_NONCE);
	bool is_found;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "nonce", nonce);
	enum status status = lend_one(query, function, data, &is_found, error);
	if (status == STATUS_OK && !is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no scan has the nonce");
	return status;
}

enum status scan_store_by_number(struct db *db, int64_t scan_id, scan_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_BY_NUMBER);
	bool is_found;

	query_bind_integer(query, "scan", scan_id);
	enum status status = lend_one(query, function, data, &is_found, error);
	if (status == STATUS_OK && !is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no scan %lld", (long long)scan_id);
	return status;
}

enum status scan_store_void_of(struct db *db, int64_t scan_id, int64_t *ret_void_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_VOID_OF);

	query_bind_integer(query, "scan", scan_id);
	int64_t void_id = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_void_id = void_id;
	return status;
}

/* --- What was seen --- */

static enum scan_source source_of(const char *word)
{
	if (strcmp(word, "online") == 0)
		return SCAN_ONLINE;
	return strcmp(word, "manual") == 0 ? SCAN_MANUAL : SCAN_DOOR;
}

static struct seen_row read_seen(struct query *query)
{
	const struct scan_row scan = {
		.source = query_text(query, 8),
		.result = query_text(query, 6),
		.reason = query_text_or_null(query, 7),
	};

	return (struct seen_row){
		.registrant_id = query_integer(query, 0),
		.scan_id = query_integer(query, 1),
		.at_s = query_integer(query, 2),
		.has_until = !query_is_null(query, 3),
		.until_s = query_integer(query, 3),
		.session_id = query_integer(query, 4),
		.is_out = strcmp(query_text(query, 5), "out") == 0,
		.source = source_of(scan.source),
		.is_sighting = scan_row_is_sighting(&scan),
	};
}

enum status scan_store_seen(struct db *db, int64_t registrant_id, int64_t until_s,
	int64_t last_scan, seen_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_SEEN);
	enum status lent = STATUS_OK;

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "until", until_s);
	query_bind_integer(query, "last", last_scan);
	while (lent == STATUS_OK && query_step(query)) {
		struct seen_row row = read_seen(query);
		lent = function(&row, data, error);
	}
	enum status status = query_end(query, error);
	return status == STATUS_OK ? lent : status;
}

enum status scan_store_seen_last(struct db *db, int64_t registrant_id, int64_t until_s,
	seen_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_SEEN_LAST);
	enum status lent = STATUS_OK;

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "until", until_s);
	while (lent == STATUS_OK && query_step(query)) {
		struct seen_row row = read_seen(query);
		lent = function(&row, data, error);
	}
	return query_end_list(query, lent == STATUS_NO ? STATUS_OK : lent, error);
}

enum status scan_store_people_in_session(struct db *db, int64_t session_id,
	registrant_number_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_PEOPLE_IN_SESSION);
	enum status lent = STATUS_OK;

	query_bind_integer(query, "session", session_id);
	while (lent == STATUS_OK && query_step(query))
		lent = function(query_integer(query, 0), data, error);
	enum status status = query_end(query, error);
	return status == STATUS_OK ? lent : status;
}

/* --- The ledger --- */

static enum status lend_ledger(struct query *query, ledger_row_function *function, void *data,
	struct error *error)
{
	enum status lent = STATUS_OK;

	while (lent == STATUS_OK && query_step(query)) {
		const struct ledger_row row = {
			.scan = read_row(query),
			.session_code = query_text_or_null(query, LEDGER_CODE),
			.name = query_text_or_null(query, LEDGER_NAME),
			.email = query_text_or_null(query, LEDGER_EMAIL),
			.external_id = query_text_or_null(query, LEDGER_EXTERNAL_ID),
			.is_erased = !query_is_null(query, LEDGER_ERASED),
			.is_voided = query_integer(query, LEDGER_VOIDED) != 0,
		};
		lent = function(&row, data, error);
	}
	enum status status = query_end(query, error);
	return status == STATUS_OK ? lent : status;
}

struct one_row {
	ledger_row_function *function;
	void *data;
	bool is_found;
};

static enum status lend_found(const struct ledger_row *row, void *data, struct error *error)
{
	struct one_row *one = data;

	one->is_found = true;
	return one->function(row, one->data, error);
}

enum status scan_store_ledger_row(struct db *db, int64_t scan_id, ledger_row_function *function,
	void *data, struct error *error)
{
	struct one_row one = { .function = function, .data = data };
	struct query *query = db_query(db, QUERY_SCAN_LEDGER_ROW);

	query_bind_integer(query, "scan", scan_id);
	enum status status = lend_ledger(query, lend_found, &one, error);
	if (status == STATUS_OK && !one.is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no scan %lld", (long long)scan_id);
	return status;
}

static enum status list_of_registrant(struct reading *reading, const struct ledger_filter *filter,
	ledger_row_function *function, void *data, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_SCAN_LIST_OF_REGISTRANT);
	query_bind_integer(query, "registrant", filter->registrant_id);
	query_bind_optional(query, "session", filter->session_id != 0, filter->session_id);
	query_bind_integer(query, "last", reading->last_scan);
	status = lend_ledger(query, function, data, error);
	reading_slice_end(reading);
	return status;
}

enum status scan_store_list(struct reading *reading, const struct ledger_filter *filter,
	ledger_row_function *function, void *data, struct error *error)
{
	int64_t after = 0;

	if (filter->registrant_id != 0)
		return list_of_registrant(reading, filter, function, data, error);
	while (after < reading->last_scan) {
		enum status status = reading_slice_begin(reading, error);
		if (status != STATUS_OK)
			return status;
		while (status == STATUS_OK && after < reading->last_scan) {
			struct query *query = db_query(reading->db, QUERY_SCAN_LIST);
			query_bind_integer(query, "event", filter->event_id);
			query_bind_optional(query, "session", filter->session_id != 0,
				filter->session_id);
			query_bind_integer(query, "after", after);
			query_bind_integer(query, "to", after + STRETCH);
			query_bind_integer(query, "last", reading->last_scan);
			status = lend_ledger(query, function, data, error);
			after += STRETCH;
			if (reading_slice_is_over(reading))
				break;
		}
		reading_slice_end(reading);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

struct query *scan_store_walk(struct db *db, int64_t after)
{
	struct query *walk = db_query(db, QUERY_CHECK_SCANS);

	query_bind_integer(walk, "after", after);
	return walk;
}

bool scan_store_walk_next(struct query *walk, struct scan_row *ret_row)
{
	if (!query_step(walk))
		return false;
	*ret_row = read_row(walk);
	return true;
}

enum status scan_store_of_import(struct db *db, int64_t import_id, scan_number_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_SCAN_OF_IMPORT);

	query_bind_integer(query, "import", import_id);
	while (query_step(query))
		function(query_integer(query, 0), data);
	return query_end(query, error);
}

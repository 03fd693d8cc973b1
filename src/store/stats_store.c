/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/stats_store.h"

enum {
	STRETCH = 20000, /* numbers counted by one statement: some milliseconds */
};

typedef void lend_function(struct query *query, const struct stats_functions *functions);

struct pass {
	struct reading *reading;
	int64_t event_id;
	const struct stats_functions *functions;
};

static void lend_registrants(struct query *query, const struct stats_functions *functions)
{
	functions->registrants(query_text(query, 0), query_text(query, 1), query_integer(query, 2),
		query_integer(query, 3), functions->data);
}

static void lend_tokens(struct query *query, const struct stats_functions *functions)
{
	functions->tokens(query_integer(query, 0), query_integer(query, 1), functions->data);
}

static void lend_scans(struct query *query, const struct stats_functions *functions)
{
	functions->scans(query_text(query, 0), query_text_or_null(query, 1), query_text(query, 2),
		query_integer(query, 3), query_integer(query, 4), functions->data);
}

static void lend_arrivals(struct query *query, const struct stats_functions *functions)
{
	functions->arrival(query_integer(query, 0), query_integer(query, 1), functions->data);
}

static void lend_programme(struct query *query, const struct stats_functions *functions)
{
	functions->programme(query_integer(query, 0), query_integer(query, 1), functions->data);
}

static void lend_course(struct query *query, const struct stats_functions *functions)
{
	functions->course(query_text(query, 0), query_integer(query, 1), functions->data);
}

static enum status lend_all(struct pass *pass, struct query *query, lend_function *lend,
	struct error *error)
{
	query_bind_integer(query, "event", pass->event_id);
	while (query_step(query))
		lend(query, pass->functions);
	return query_end(query, error);
}

/* All numbers up to `last` (0: none), a stretch at a time. */
static enum status lend_stretches(struct pass *pass, enum query_id id, bool binds_last_scan,
	int64_t last, lend_function *lend, struct error *error)
{
	enum status status = STATUS_OK;

	for (int64_t after = 0; status == STATUS_OK && after < last; after += STRETCH) {
		status = reading_slice_begin(pass->reading, error);
		if (status != STATUS_OK)
			return status;
		struct query *query = db_query(pass->reading->db, id);
		query_bind_integer(query, "after", after);
		query_bind_integer(query, "to", after + STRETCH);
		if (binds_last_scan)
			query_bind_integer(query, "last", pass->reading->last_scan);
		status = lend_all(pass, query, lend, error);
		if (reading_slice_is_over(pass->reading))
			reading_slice_end(pass->reading);
	}
	return status;
}

static enum status read_number(struct pass *pass, enum query_id id, int64_t *ret_number,
	struct error *error)
{
	enum status status = reading_slice_begin(pass->reading, error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(pass->reading->db, id);
	int64_t number = query_step(query) ? query_integer(query, 0) : 0;
	status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_number = number;
	return status;
}

enum status stats_store_read(struct reading *reading, int64_t event_id,
	const struct stats_functions *functions, struct error *error)
{
	struct pass pass = {
		.reading = reading,
		.event_id = event_id,
		.functions = functions,
	};
	int64_t last_registrant = 0;
	int64_t last_token = 0;

	enum status status =
		read_number(&pass, QUERY_STATS_LAST_REGISTRANT, &last_registrant, error);
	if (status == STATUS_OK)
		status = read_number(&pass, QUERY_STATS_LAST_TOKEN, &last_token, error);
	if (status == STATUS_OK)
		status = lend_all(&pass, db_query(reading->db, QUERY_STATS_PROGRAMME),
			lend_programme, error);
	if (status == STATUS_OK)
		status = lend_all(&pass, db_query(reading->db, QUERY_STATS_COURSES), lend_course,
			error);
	if (status == STATUS_OK)
		status = lend_stretches(&pass, QUERY_STATS_REGISTRANTS, false, last_registrant,
			lend_registrants, error);
	if (status == STATUS_OK)
		status = lend_stretches(&pass, QUERY_STATS_TOKENS, false, last_token, lend_tokens,
			error);
	if (status == STATUS_OK)
		status = lend_stretches(&pass, QUERY_STATS_SCANS, true, reading->last_scan,
			lend_scans, error);
	if (status == STATUS_OK)
		status = lend_stretches(&pass, QUERY_STATS_ARRIVALS, true, last_registrant,
			lend_arrivals, error);
	reading_slice_end(reading);
	return status;
}

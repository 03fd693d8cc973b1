/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/dossier_store.h"

static const enum query_id queries[DOSSIER_SECTION_COUNT] = {
	[DOSSIER_RECORDS] = QUERY_DOSSIER_RECORDS,
	[DOSSIER_ENROLMENTS] = QUERY_DOSSIER_ENROLMENTS,
	[DOSSIER_MARKS] = QUERY_DOSSIER_MARKS,
	[DOSSIER_DECISIONS] = QUERY_DOSSIER_DECISIONS,
	[DOSSIER_ERASURES] = QUERY_DOSSIER_ERASURES,
	[DOSSIER_REGISTRATION] = QUERY_DOSSIER_REGISTRATION,
	[DOSSIER_TOKENS] = QUERY_DOSSIER_TOKENS,
	[DOSSIER_SCANS] = QUERY_DOSSIER_SCANS,
	[DOSSIER_IMPORTS] = QUERY_DOSSIER_IMPORTS,
	[DOSSIER_CHANGES] = QUERY_DOSSIER_CHANGES,
	[DOSSIER_ALIASES] = QUERY_DOSSIER_ALIASES,
	[DOSSIER_AWARDS] = QUERY_DOSSIER_AWARDS,
	[DOSSIER_REMARKS] = QUERY_DOSSIER_REMARKS,
};

enum query_id dossier_store_query(enum dossier_section section)
{
	return queries[section];
}

enum status dossier_store_list(struct db *db, enum dossier_section section, int64_t number,
	dossier_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, queries[section]);
	enum status status = STATUS_OK;

	query_bind_integer(query, "number", number);
	while (status == STATUS_OK && query_step(query))
		status = function(query, data, error);
	return query_end_list(query, status, error);
}

enum status dossier_store_places(struct db *db, int64_t person_id, dossier_place_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_DOSSIER_PLACES);
	enum status status = STATUS_OK;

	query_bind_integer(query, "number", person_id);
	while (status == STATUS_OK && query_step(query)) {
		const struct dossier_place place = {
			.registrant_id = query_integer(query, 0),
			.event_code = query_text(query, 1),
			.merged_into = query_is_null(query, 2) ? 0 : query_integer(query, 2),
		};
		status = function(&place, data, error);
	}
	return query_end_list(query, status, error);
}

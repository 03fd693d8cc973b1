/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/erase_store.h"

#include <stddef.h>

enum status erase_store_records(struct db *db, int64_t person_id, erase_record_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_RECORDS);
	enum status status = STATUS_OK;

	query_bind_integer(query, "person", person_id);
	while (status == STATUS_OK && query_step(query)) {
		const struct erase_record record = {
			.person_id = query_integer(query, 0),
			.name = query_text(query, 1),
			.email = query_text_or_null(query, 2),
			.external_id = query_text_or_null(query, 3),
			.is_erased = !query_is_null(query, 4),
		};
		status = function(&record, data, error);
	}
	return query_end_list(query, status, error);
}

enum status erase_store_registrants(struct db *db, int64_t person_id,
	erase_registrant_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_REGISTRANTS);
	enum status status = STATUS_OK;

	query_bind_integer(query, "person", person_id);
	while (status == STATUS_OK && query_step(query))
		status = function(query_integer(query, 0), query_integer(query, 1), data, error);
	return query_end_list(query, status, error);
}

enum status erase_store_person(struct db *db, int64_t person_id, int64_t now_s,
	struct erase_counts *counts, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_PERSON);

	query_bind_integer(query, "person", person_id);
	query_bind_integer(query, "now", now_s);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		counts->people += db_changes(db);
	return status;
}

enum status erase_store_registrant(struct db *db, int64_t registrant_id,
	struct erase_counts *counts, struct error *error)
{
	const struct {
		enum query_id id;
		int64_t *count;
	} parts[] = {
		{ QUERY_ERASE_REGISTRANT, &counts->registrants },
		{ QUERY_ERASE_ANSWERS, &counts->answers },
		{ QUERY_ERASE_REMARKS, &counts->remarks },
		{ QUERY_ERASE_IMPORT_CHANGES, &counts->changes },
		{ QUERY_ERASE_ALIASES, &counts->aliases },
	};
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == STATUS_OK; i++) {
		struct query *query = db_query(db, parts[i].id);
		query_bind_integer(query, "registrant", registrant_id);
		status = query_run(query, error);
		if (status == STATUS_OK)
			*parts[i].count += db_changes(db);
	}
	return status;
}

enum status erase_store_aliases(struct db *db, int64_t person_id, struct erase_counts *counts,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_ALIASES_OF_NOBODY);

	query_bind_integer(query, "person", person_id);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		counts->aliases += db_changes(db);
	return status;
}

enum status erase_store_part(struct db *db, const struct erase_parting *parting, int64_t now_s,
	int64_t *ret_person_id, struct error *error)
{
	/* What courses of the event know of the person. */
	static const enum query_id moves[] = {
		QUERY_ERASE_MOVE_ENROLMENTS,
		QUERY_ERASE_MOVE_MARKS,
		QUERY_ERASE_MOVE_DECISIONS,
	};
	struct query *query = db_query(db, QUERY_ERASE_STAND_IN);

	query_bind_integer(query, "now", now_s);
	query_bind_optional(query, "merged_into", parting->merged_into != 0, parting->merged_into);
	enum status status = query_run(query, error);
	int64_t stand_in = db_last_id(db);
	if (status != STATUS_OK)
		return status;
	query = db_query(db, QUERY_ERASE_POINT);
	query_bind_integer(query, "registrant", parting->registrant_id);
	query_bind_integer(query, "stand_in", stand_in);
	status = query_run(query, error);
	for (size_t i = 0; i < sizeof moves / sizeof moves[0] && status == STATUS_OK; i++) {
		query = db_query(db, moves[i]);
		query_bind_integer(query, "person", parting->person_id);
		query_bind_integer(query, "event", parting->event_id);
		query_bind_integer(query, "stand_in", stand_in);
		status = query_run(query, error);
	}
	if (status == STATUS_OK)
		*ret_person_id = stand_in;
	return status;
}

enum status erase_store_named(struct db *db, const char *name, bool *ret_is_named,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_NAMED_IN_PROGRAMME);

	query_bind_text(query, "name", name);
	if (query_step(query))
		*ret_is_named = query_integer(query, 0) != 0;
	return query_end(query, error);
}

enum status erase_store_event(struct db *db, const struct erase_page *page,
	erase_number_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_EVENT_REGISTRANTS);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", page->event_id);
	query_bind_integer(query, "after", page->after);
	query_bind_integer(query, "limit", page->limit);
	while (status == STATUS_OK && query_step(query))
		status = function(query_integer(query, 0), !query_is_null(query, 1), data, error);
	return query_end_list(query, status, error);
}

enum status erase_store_event_aliases(struct db *db, int64_t event_id, struct erase_counts *counts,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_EVENT_ALIASES);

	query_bind_integer(query, "event", event_id);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		counts->aliases += db_changes(db);
	return status;
}

enum status erase_store_courses(struct db *db, int64_t event_id,
	enum status (*function)(const char *code, void *data, struct error *error), void *data,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ERASE_COUNTING_COURSES);
	enum status status = STATUS_OK;

	query_bind_integer(query, "event", event_id);
	while (status == STATUS_OK && query_step(query))
		status = function(query_text(query, 0), data, error);
	return query_end_list(query, status, error);
}

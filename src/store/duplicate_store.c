/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/duplicate_store.h"

enum status duplicate_store_open(struct db *db, struct error *error)
{
	static const enum query_id steps[] = { QUERY_DUPLICATE_MAKE_KEYS,
		QUERY_DUPLICATE_MAKE_PAIRS, QUERY_DUPLICATE_CLEAR_KEYS,
		QUERY_DUPLICATE_CLEAR_PAIRS };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == STATUS_OK; i++)
		status = query_run(db_query(db, steps[i]), error);
	return status;
}

/* --- People --- */

/* Ends a slice: what was set aside in it stays, unless it failed. */
static enum status end_slice(struct reading *reading, enum status status, struct error *error)
{
	if (status == STATUS_OK)
		return reading_slice_keep(reading, error);
	reading_slice_end(reading);
	return status;
}

static enum status people_slice(struct reading *reading, int64_t event_id, int64_t *after,
	duplicate_person_function *function, void *data, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);
	bool has_more = false;

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_DUPLICATE_PEOPLE);
	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "after", *after);
	while (status == STATUS_OK && !has_more && query_step(query)) {
		const struct duplicate_person person = {
			.registrant_id = query_integer(query, 0),
			.name = query_text(query, 1),
			.email = query_text_or_null(query, 2),
			.affiliation = query_text(query, 3),
			.external_id = query_text_or_null(query, 4),
		};
		*after = person.registrant_id;
		status = function(&person, data, error);
		has_more = reading_slice_is_over(reading);
	}
	status = end_slice(reading, query_end_list(query, status, error), error);
	return status == STATUS_OK && has_more ? STATUS_NO : status;
}

enum status duplicate_store_people(struct reading *reading, int64_t event_id,
	duplicate_person_function *function, void *data, struct error *error)
{
	enum status status;
	int64_t after = 0;

	do {
		status = people_slice(reading, event_id, &after, function, data, error);
	} while (status == STATUS_NO);
	return status;
}

/* --- Keys --- */

enum status duplicate_store_add_key(struct db *db, const struct duplicate_key *key,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_DUPLICATE_ADD_KEY);

	query_bind_integer(query, "kind", key->kind);
	query_bind_text(query, "key", key->key);
	query_bind_text(query, "part", key->part);
	query_bind_text(query, "detail", key->detail);
	query_bind_integer(query, "registrant", key->registrant_id);
	return query_run(query, error);
}

enum status duplicate_store_keys(struct reading *reading, duplicate_key_function *function,
	void *data, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_DUPLICATE_KEYS);

	while (status == STATUS_OK && query_step(query)) {
		const struct duplicate_key key = {
			.kind = (int)query_integer(query, 0),
			.key = query_text(query, 1),
			.part = query_text(query, 2),
			.detail = query_text(query, 3),
			.registrant_id = query_integer(query, 4),
		};
		status = function(&key, data, error);
	}
	return end_slice(reading, query_end_list(query, status, error), error);
}

/* --- Pairs --- */

enum status duplicate_store_add_pair(struct db *db, int64_t registrant_id, int64_t other_id,
	int64_t reason, struct error *error)
{
	struct query *query = db_query(db, QUERY_DUPLICATE_ADD_PAIR);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "other", other_id);
	query_bind_integer(query, "reasons", reason);
	return query_run(query, error);
}

struct place {
	int64_t registrant_id;
	int64_t other_id;
};

static struct duplicate_person person_of(struct query *query, int first)
{
	return (struct duplicate_person){
		.registrant_id = query_integer(query, first),
		.name = query_text(query, first + 1),
		.email = query_text_or_null(query, first + 2),
		.affiliation = "",
		.external_id = query_text_or_null(query, first + 3),
	};
}

static enum status pairs_slice(struct reading *reading, struct place *after,
	duplicate_pair_function *function, void *data, struct error *error)
{
	enum status status = reading_slice_begin(reading, error);
	bool has_more = false;

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(reading->db, QUERY_DUPLICATE_PAIRS);
	query_bind_integer(query, "after", after->registrant_id);
	query_bind_integer(query, "after_other", after->other_id);
	while (status == STATUS_OK && !has_more && query_step(query)) {
		const struct duplicate_pair pair = {
			.person = person_of(query, 0),
			.other = person_of(query, 4),
			.reasons = query_integer(query, 8),
		};
		after->registrant_id = pair.person.registrant_id;
		after->other_id = pair.other.registrant_id;
		status = function(&pair, data, error);
		has_more = reading_slice_is_over(reading);
	}
	status = query_end_list(query, status, error);
	reading_slice_end(reading);
	return status == STATUS_OK && has_more ? STATUS_NO : status;
}

enum status duplicate_store_pairs(struct reading *reading, duplicate_pair_function *function,
	void *data, struct error *error)
{
	struct place after = { .registrant_id = 0 };
	enum status status;

	do {
		status = pairs_slice(reading, &after, function, data, error);
	} while (status == STATUS_NO);
	return status;
}

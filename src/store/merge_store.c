/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/merge_store.h"

enum {
	COLUMN_MERGED_INTO = 16, /* after those of a registrant */
	COLUMN_QUEUE = 17,
};

/* What of a registrant may differ … */
static const enum query_id registrant_notes[] = {
	QUERY_MERGE_NOTE_ANSWERS,
};

/* … and what hangs on one, in the order in which it must go. What speaks of the past (the log's
 * remarks, what imports changed, what was awarded) stays where it is. */
static const enum query_id registrant_steps[] = {
	QUERY_MERGE_TAKE_ANSWERS,
	QUERY_MERGE_TAKE_TOKENS,
	QUERY_MERGE_TAKE_ALIASES,
	QUERY_MERGE_TAKE_RECORDS,
	QUERY_MERGE_END_REGISTRANT,
};

/* The same of a person. */
static const enum query_id person_notes[] = {
	QUERY_MERGE_NOTE_COURSES,
	QUERY_MERGE_NOTE_MARKS,
	QUERY_MERGE_NOTE_DECISIONS,
};

static const enum query_id person_steps[] = {
	QUERY_MERGE_TAKE_MARKS,
	QUERY_MERGE_END_MARKS,
	QUERY_MERGE_TAKE_DECISIONS,
	QUERY_MERGE_END_DECISIONS,
	QUERY_MERGE_TAKE_COURSES,
	QUERY_MERGE_END_COURSES,
	QUERY_MERGE_TAKE_PEOPLE,
	QUERY_MERGE_END_PERSON,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct query *from_into(struct db *db, enum query_id id, int64_t from, int64_t into)
{
	struct query *query = db_query(db, id);

	query_bind_integer(query, "from", from);
	query_bind_integer(query, "into", into);
	return query;
}

/* --- Asking --- */

enum status merge_store_registrant(struct db *db, int64_t registrant_id,
	merge_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_MERGE_REGISTRANT);
	enum status status = STATUS_OK;

	query_bind_integer(query, "registrant", registrant_id);
	bool is_found = query_step(query);
	if (is_found) {
		const struct merge_row row = {
			.registrant = registrant_store_row(query),
			.merged_into = query_integer(query, COLUMN_MERGED_INTO),
			.has_queue = !query_is_null(query, COLUMN_QUEUE),
			.queue_number = query_integer(query, COLUMN_QUEUE),
		};
		status = function(&row, data, error);
	}
	status = query_end_list(query, status, error);
	if (status == STATUS_OK && !is_found)
		status = error_set(error, STATUS_NOT_FOUND, "no registrant @%lld",
			(long long)registrant_id);
	return status;
}

enum status merge_store_events(struct db *db, int64_t from_person, int64_t into_person,
	merge_event_function *function, void *data, struct error *error)
{
	struct query *query = from_into(db, QUERY_MERGE_PLACES, from_person, into_person);

	while (query_step(query)) {
		const struct merge_event event = {
			.event_id = query_integer(query, 0),
			.code = query_text(query, 1),
			.from_id = query_integer(query, 2),
			.into_id = query_integer(query, 3),
		};
		function(&event, data);
	}
	return query_end(query, error);
}

/* Of whom something is noted. */
struct two {
	int64_t from;
	int64_t into;
};

static enum status run_notes(struct db *db, const enum query_id *notes, size_t count,
	const struct two *two, merge_note_function *function, void *data, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct query *query = from_into(db, notes[i], two->from, two->into);
		while (query_step(query))
			function(query_text(query, 0), query_text(query, 1),
				query_text_or_null(query, 2), query_text(query, 3), data);
		status = query_end(query, error);
	}
	return status;
}

enum status merge_store_note_registrants(struct db *db, int64_t from_id, int64_t into_id,
	merge_note_function *function, void *data, struct error *error)
{
	const struct two two = { from_id, into_id };

	return run_notes(db, registrant_notes, COUNT(registrant_notes), &two, function, data,
		error);
}

enum status merge_store_note_people(struct db *db, int64_t from_person, int64_t into_person,
	merge_note_function *function, void *data, struct error *error)
{
	const struct two two = { from_person, into_person };

	return run_notes(db, person_notes, COUNT(person_notes), &two, function, data, error);
}

enum status merge_store_tokens(struct db *db, int64_t registrant_id, int64_t *ret_count,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_MERGE_TOKENS);

	query_bind_integer(query, "from", registrant_id);
	int64_t count = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_count = count;
	return status;
}

enum status merge_store_scans(struct db *db, int64_t registrant_id, merge_scan_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_MERGE_SCANS);

	query_bind_integer(query, "from", registrant_id);
	while (query_step(query))
		function(query_integer(query, 0), data);
	return query_end(query, error);
}

/* --- Moving --- */

static enum status run_steps(struct db *db, const enum query_id *steps, size_t count, int64_t from,
	int64_t into, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = query_run(from_into(db, steps[i], from, into), error);
	return status;
}

enum status merge_store_registrants(struct db *db, const struct merge_row *from, int64_t into_id,
	struct error *error)
{
	enum status status = run_steps(db, registrant_steps, COUNT(registrant_steps),
		from->registrant.registrant_id, into_id, error);

	if (status != STATUS_OK || !from->has_queue)
		return status;
	/* Free by now: two may not have one place. */
	struct query *query = db_query(db, QUERY_MERGE_TAKE_PLACE_IN_QUEUE);
	query_bind_integer(query, "into", into_id);
	query_bind_integer(query, "queue", from->queue_number);
	return query_run(query, error);
}

enum status merge_store_join(struct db *db, int64_t registrant_id, int64_t into_person,
	struct error *error)
{
	return query_run(from_into(db, QUERY_MERGE_JOIN_REGISTRANT, registrant_id, into_person),
		error);
}

enum status merge_store_people(struct db *db, int64_t from_person, int64_t into_person,
	struct error *error)
{
	return run_steps(db, person_steps, COUNT(person_steps), from_person, into_person, error);
}

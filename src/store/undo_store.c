/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/undo_store.h"

#include <stdio.h>

static struct undo_registrant registrant_of(struct query *query)
{
	struct undo_registrant registrant = {
		.registrant_id = query_integer(query, 0),
		.event_id = query_integer(query, 1),
		.person_id = query_integer(query, 2),
		.is_status_manual = query_integer(query, 4) != 0,
		.import_id = query_integer(query, 5),
		.is_import_undone = query_integer(query, 6) != 0,
		.is_erased = query_integer(query, 7) != 0,
		.is_merged = query_integer(query, 8) != 0,
		.has_merged = query_integer(query, 9) != 0,
		.has_scans = query_integer(query, 10) != 0,
		.is_by_hand = query_integer(query, 11) != 0,
		.is_awarded = query_integer(query, 12) != 0,
		.changed_by = query_integer(query, 13),
		.maybe_named_by = query_integer(query, 14),
	};

	(void)snprintf(registrant.status, sizeof registrant.status, "%s", query_text(query, 3));
	return registrant;
}

enum status undo_store_registrant(struct db *db, int64_t registrant_id,
	struct undo_registrant *ret_registrant, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_REGISTRANT);
	struct undo_registrant registrant = { .registrant_id = 0 };

	query_bind_integer(query, "registrant", registrant_id);
	if (query_step(query))
		registrant = registrant_of(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK && registrant.registrant_id == 0)
		status = error_set(error, STATUS_NOT_FOUND, "no registrant @%lld",
			(long long)registrant_id);
	if (status == STATUS_OK)
		*ret_registrant = registrant;
	return status;
}

enum status undo_store_people(struct db *db, int64_t event_id, int64_t after, int64_t *ret_ids,
	size_t *count_max, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_PEOPLE);
	size_t count = 0;

	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "after", after);
	while (count < *count_max && query_step(query))
		ret_ids[count++] = query_integer(query, 0);
	*count_max = count;
	return query_end(query, error);
}

enum status undo_store_queue_first(struct db *db, int64_t registrant_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_QUEUE_FIRST);

	query_bind_integer(query, "registrant", registrant_id);
	return query_run(query, error);
}

enum status undo_store_queue_place(struct db *db, int64_t registrant_id, int64_t queue_number,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_QUEUE_PLACE);

	query_bind_integer(query, "registrant", registrant_id);
	query_bind_integer(query, "queue", queue_number);
	return query_run(query, error);
}

/* The first column of the first row; 0 and false if there is none. */
static enum status ask(struct query *query, bool *ret_is_there, int64_t *ret_number,
	struct error *error)
{
	bool is_there = query_step(query);
	int64_t number = is_there ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);

	if (status != STATUS_OK)
		return status;
	*ret_is_there = is_there;
	*ret_number = number;
	return STATUS_OK;
}

enum status undo_store_log_entry(struct db *db, int64_t import_id, int64_t *ret_log_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_LOG_ENTRY);
	bool is_there;

	query_bind_integer(query, "import", import_id);
	return ask(query, &is_there, ret_log_id, error);
}

enum status undo_store_enrolled_since(struct db *db, const struct undo_enrolment *enrolment,
	bool *ret_is_enrolled, int64_t *ret_since_s, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_ENROLMENT);

	query_bind_integer(query, "event", enrolment->event_id);
	query_bind_integer(query, "person", enrolment->person_id);
	query_bind_text(query, "code", enrolment->code);
	return ask(query, ret_is_enrolled, ret_since_s, error);
}

enum status undo_store_enrolled_by_hand(struct db *db, const struct undo_enrolment *enrolment,
	int64_t log_id, bool *ret_is_by_hand, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_LOG_OF_COURSES);
	int64_t number;

	query_bind_integer(query, "registrant", enrolment->registrant_id);
	query_bind_integer(query, "log", log_id);
	query_bind_text(query, "code", enrolment->code);
	return ask(query, ret_is_by_hand, &number, error);
}

enum status undo_store_unenrol(struct db *db, const struct undo_enrolment *enrolment,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_UNENROL);

	query_bind_integer(query, "event", enrolment->event_id);
	query_bind_integer(query, "person", enrolment->person_id);
	query_bind_text(query, "code", enrolment->code);
	return query_run(query, error);
}

enum status undo_store_unenrol_all(struct db *db, int64_t event_id, int64_t person_id,
	int64_t taken_s, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_UNENROL_ALL);

	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "person", person_id);
	query_bind_integer(query, "taken", taken_s);
	return query_run(query, error);
}

enum status undo_store_empty_courses(struct db *db, int64_t event_id, struct str *ret,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_EMPTY_COURSES);

	str_clear(ret);
	query_bind_integer(query, "event", event_id);
	while (query_step(query))
		str_addf(ret, "%s%s", ret->length > 0 ? ";" : "", query_text(query, 0));
	return query_end(query, error);
}

enum status undo_store_clear_questions(struct db *db, int64_t event_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_QUESTIONS);

	query_bind_integer(query, "event", event_id);
	return query_run(query, error);
}

/* --- What is left --- */

enum status undo_store_left_open(struct db *db, struct error *error)
{
	enum status status = query_run(db_query(db, QUERY_UNDO_LEFT_MAKE), error);

	if (status == STATUS_OK)
		status = query_run(db_query(db, QUERY_UNDO_LEFT_CLEAR), error);
	return status;
}

enum status undo_store_left_add(struct db *db, const struct undo_left *left, struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_LEFT_ADD);

	query_bind_integer(query, "registrant", left->registrant_id);
	query_bind_text(query, "thing", left->thing);
	query_bind_text(query, "value", left->value);
	query_bind_text(query, "reasons", left->reasons);
	return query_run(query, error);
}

enum status undo_store_left_list(struct db *db, undo_left_function *function, void *data,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_UNDO_LEFT_LIST);
	enum status status = STATUS_OK;

	while (status == STATUS_OK && query_step(query)) {
		const struct undo_left left = {
			.registrant_id = query_integer(query, 0),
			.name = query_text(query, 1),
			.email = query_text_or_null(query, 2),
			.external_id = query_text_or_null(query, 3),
			.is_erased = !query_is_null(query, 4),
			.thing = query_text(query, 5),
			.value = query_text(query, 6),
			.reasons = query_text(query, 7),
		};
		status = function(&left, data, error);
	}
	return query_end_list(query, status, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/course_store.h"

#include <string.h>

static struct credit_rate rate_of(struct query *query)
{
	return (struct credit_rate){
		.fixed_hundredths = query_integer(query, 4),
		.minutes = query_integer(query, 15),
		.sessions = query_integer(query, 16),
		.is_rounded_nearest = query_integer(query, 17) != 0,
		.step_hundredths = query_integer(query, 18),
		.max_half_day_hundredths = query_integer(query, 19),
		.max_day_hundredths = query_integer(query, 20),
		.max_hundredths = query_integer(query, 21),
	};
}

static struct course_row row_of(struct query *query)
{
	return (struct course_row){
		.course_id = query_integer(query, 0),
		.event_id = query_integer(query, 1),
		.code = query_text(query, 2),
		.title = query_text(query, 3),
		.rate = rate_of(query),
		.is_enrolment_required = strcmp(query_text(query, 5), "required") == 0,
		.roles = query_text(query, 6),
		.is_attendance_named = query_integer(query, 7) != 0,
		.min_percent_permille = query_integer(query, 8),
		.min_minutes = query_integer(query, 9),
		.min_sessions = query_integer(query, 10),
		.session_percent_permille = query_integer(query, 11),
		.is_each_day_required = query_integer(query, 12) != 0,
		.is_exit_required = query_integer(query, 13) != 0,
		.rule_version = query_integer(query, 14),
	};
}

/* Lends every row of the statement; the callback's failure comes before the statement's. */
static enum status lend_rows(struct query *query, course_row_function *function, void *data,
	int *ret_count, struct error *error)
{
	enum status status = STATUS_OK;

	*ret_count = 0;
	while (status == STATUS_OK && query_step(query)) {
		struct course_row row = row_of(query);
		(*ret_count)++;
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status course_store_by_code(struct db *db, int64_t event_id, const char *code,
	course_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_BY_CODE);
	int count;

	query_bind_integer(query, "event", event_id);
	query_bind_text(query, "code", code);
	enum status status = lend_rows(query, function, data, &count, error);
	if (status == STATUS_OK && count == 0)
		status = error_set(error, STATUS_NOT_FOUND, "no course '%s'", code);
	return status;
}

enum status course_store_list(struct db *db, int64_t event_id, course_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_LIST);
	int count;

	query_bind_integer(query, "event", event_id);
	return lend_rows(query, function, data, &count, error);
}

enum status course_store_list_counting(struct db *db, int64_t event_id,
	course_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_LIST_COUNTING);
	int count;

	query_bind_integer(query, "event", event_id);
	return lend_rows(query, function, data, &count, error);
}

/* 0 stands for none. */
static void bind_positive(struct query *query, const char *name, int64_t value)
{
	query_bind_optional(query, name, value > 0, value);
}

static void bind_rate(struct query *query, const struct credit_rate *rate)
{
	query_bind_integer(query, "credits", rate->fixed_hundredths);
	bind_positive(query, "credit_minutes", rate->minutes);
	bind_positive(query, "credit_sessions", rate->sessions);
	query_bind_integer(query, "nearest", rate->is_rounded_nearest);
	query_bind_integer(query, "step", rate->step_hundredths);
	bind_positive(query, "max_half_day", rate->max_half_day_hundredths);
	bind_positive(query, "max_day", rate->max_day_hundredths);
	bind_positive(query, "max", rate->max_hundredths);
}

static void bind_row(struct query *query, const struct course_row *row)
{
	query_bind_text(query, "title", row->title);
	query_bind_text(query, "enrolment", row->is_enrolment_required ? "required" : "any");
	query_bind_text(query, "roles", row->roles);
	query_bind_integer(query, "attendance_named", row->is_attendance_named);
	bind_positive(query, "min_percent", row->min_percent_permille);
	bind_positive(query, "min_minutes", row->min_minutes);
	bind_positive(query, "min_sessions", row->min_sessions);
	query_bind_integer(query, "session_percent", row->session_percent_permille);
	query_bind_integer(query, "each_day", row->is_each_day_required);
	query_bind_integer(query, "exit", row->is_exit_required);
	bind_rate(query, &row->rate);
}

enum status course_store_insert(struct db *db, const struct course_row *row, int64_t *ret_course_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_INSERT);

	query_bind_integer(query, "event", row->event_id);
	query_bind_text(query, "code", row->code);
	bind_row(query, row);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_course_id = db_last_id(db);
	return status;
}

enum status course_store_update(struct db *db, const struct course_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_UPDATE);

	query_bind_integer(query, "course", row->course_id);
	bind_row(query, row);
	return query_run(query, error);
}

static const char *purpose_word(enum course_purpose purpose)
{
	return purpose == COURSE_COUNTS ? "count" : "require";
}

enum status course_store_sessions(struct db *db, int64_t course_id, enum course_purpose purpose,
	course_session_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_SESSION_LIST);

	query_bind_integer(query, "course", course_id);
	query_bind_text(query, "purpose", purpose_word(purpose));
	while (query_step(query))
		function(query_integer(query, 0), query_text(query, 2), query_text(query, 1), data);
	return query_end(query, error);
}

enum status course_store_add_session(struct db *db, int64_t course_id, enum course_purpose purpose,
	int64_t session_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_SESSION_INSERT);

	query_bind_integer(query, "course", course_id);
	query_bind_text(query, "purpose", purpose_word(purpose));
	query_bind_integer(query, "session", session_id);
	return query_run(query, error);
}

enum status course_store_clear_sessions(struct db *db, int64_t course_id,
	enum course_purpose purpose, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_SESSION_CLEAR);

	query_bind_integer(query, "course", course_id);
	query_bind_text(query, "purpose", purpose_word(purpose));
	return query_run(query, error);
}

enum status course_store_events(struct db *db, int64_t course_id, course_event_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_EVENT_LIST);

	query_bind_integer(query, "course", course_id);
	while (query_step(query))
		function(query_integer(query, 0), query_text(query, 1), data);
	return query_end(query, error);
}

enum status course_store_add_event(struct db *db, int64_t course_id, int64_t event_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_EVENT_INSERT);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "event", event_id);
	return query_run(query, error);
}

enum status course_store_clear_events(struct db *db, int64_t course_id, struct error *error)
{
	struct query *query = db_query(db, QUERY_COURSE_EVENT_CLEAR);

	query_bind_integer(query, "course", course_id);
	return query_run(query, error);
}

enum status enrolment_store_add(struct db *db, int64_t course_id, int64_t person_id, int64_t now_s,
	bool *ret_is_new, struct error *error)
{
	struct query *query = db_query(db, QUERY_ENROLMENT_INSERT);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	query_bind_integer(query, "now", now_s);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_is_new = db_changes(db) > 0;
	return status;
}

enum status enrolment_store_remove(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_was_there, struct error *error)
{
	struct query *query = db_query(db, QUERY_ENROLMENT_DELETE);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_was_there = db_changes(db) > 0;
	return status;
}

enum status enrolment_store_has(struct db *db, int64_t course_id, int64_t person_id,
	bool *ret_is_enrolled, struct error *error)
{
	struct query *query = db_query(db, QUERY_ENROLMENT_KNOWN);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "person", person_id);
	bool is_enrolled = query_step(query);
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_is_enrolled = is_enrolled;
	return status;
}

enum status enrolment_store_count(struct db *db, int64_t course_id, int64_t *ret_count,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_ENROLMENT_COUNT);

	query_bind_integer(query, "course", course_id);
	int64_t count = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);
	if (status == STATUS_OK)
		*ret_count = count;
	return status;
}

enum status enrolment_store_codes(struct db *db, int64_t event_id, int64_t person_id,
	struct str *ret, struct error *error)
{
	struct query *query = db_query(db, QUERY_ENROLMENT_CODES);

	query_bind_integer(query, "event", event_id);
	query_bind_integer(query, "person", person_id);
	str_clear(ret);
	while (query_step(query)) {
		if (ret->length > 0)
			str_add_char(ret, ';');
		str_add(ret, query_text(query, 0));
	}
	return query_end(query, error);
}

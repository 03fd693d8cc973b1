/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/award_store.h"

static struct award_row row_of(struct query *query)
{
	return (struct award_row){
		.award_id = query_integer(query, 0),
		.course_id = query_integer(query, 1),
		.number = query_integer(query, 2),
		.awarded_s = query_integer(query, 3),
		.as_of_s = query_integer(query, 4),
		.actor = query_text(query, 5),
		.rule_version = query_integer(query, 6),
		.rule = query_text(query, 7),
		.log_head = query_text(query, 8),
		.revises = query_integer(query, 9),
	};
}

static enum status lend_awards(struct query *query, bool has_counts, award_row_function *function,
	void *data, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && query_step(query)) {
		struct award_row row = row_of(query);
		if (has_counts) {
			row.eligible = query_integer(query, 10);
			row.not_eligible = query_integer(query, 11);
			row.pending = query_integer(query, 12);
			row.revises_number = query_integer(query, 13);
			row.revised_by_number = query_integer(query, 14);
		}
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status award_store_latest(struct db *db, int64_t course_id, award_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_LATEST);

	query_bind_integer(query, "course", course_id);
	return lend_awards(query, false, function, data, error);
}

enum status award_store_by_number(struct db *db, int64_t course_id, int64_t number,
	award_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_BY_NUMBER);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "number", number);
	return lend_awards(query, false, function, data, error);
}

enum status award_store_list(struct db *db, int64_t course_id, award_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_LIST);

	query_bind_integer(query, "course", course_id);
	return lend_awards(query, true, function, data, error);
}

enum status award_store_insert(struct db *db, const struct award_row *row, int64_t *ret_award_id,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_INSERT);

	query_bind_integer(query, "course", row->course_id);
	query_bind_integer(query, "number", row->number);
	query_bind_integer(query, "awarded", row->awarded_s);
	query_bind_integer(query, "as_of", row->as_of_s);
	query_bind_text(query, "actor", row->actor);
	query_bind_integer(query, "rule_version", row->rule_version);
	query_bind_text(query, "rule", row->rule);
	query_bind_text(query, "log_head", row->log_head);
	query_bind_optional(query, "revises", row->revises != 0, row->revises);
	enum status status = query_run(query, error);
	if (status == STATUS_OK)
		*ret_award_id = db_last_id(db);
	return status;
}

static struct award_decision decision_of(struct query *query)
{
	return (struct award_decision){
		.registrant_id = query_integer(query, 0),
		.certificate = query_integer(query, 1),
		.decision = query_text(query, 2),
		.credits_hundredths = query_integer(query, 3),
		.attended_s = query_integer(query, 4),
		.total_s = query_integer(query, 5),
		.sessions_attended = query_integer(query, 6),
		.sessions_total = query_integer(query, 7),
		.reasons = query_text(query, 8),
	};
}

/* With who it is about. */
static struct award_decision named_decision_of(struct query *query)
{
	struct award_decision decision = decision_of(query);

	decision.name = query_text(query, 9);
	decision.email = query_text_or_null(query, 10);
	decision.external_id = query_text_or_null(query, 11);
	decision.is_erased = !query_is_null(query, 12);
	return decision;
}

enum status award_store_add(struct db *db, int64_t award_id, const struct award_decision *decision,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_ROW_INSERT);

	query_bind_integer(query, "award", award_id);
	query_bind_integer(query, "registrant", decision->registrant_id);
	query_bind_optional(query, "certificate", decision->certificate != 0,
		decision->certificate);
	query_bind_text(query, "decision", decision->decision);
	query_bind_integer(query, "credits", decision->credits_hundredths);
	query_bind_integer(query, "attended", decision->attended_s);
	query_bind_integer(query, "total", decision->total_s);
	query_bind_integer(query, "sessions_attended", decision->sessions_attended);
	query_bind_integer(query, "sessions_total", decision->sessions_total);
	query_bind_text(query, "reasons", decision->reasons);
	return query_run(query, error);
}

enum status award_store_decision(struct db *db, int64_t award_id, int64_t registrant_id,
	award_decision_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_ROW_OF);
	enum status status = STATUS_OK;

	query_bind_integer(query, "award", award_id);
	query_bind_integer(query, "registrant", registrant_id);
	if (query_step(query)) {
		const struct award_decision decision = decision_of(query);
		status = function(&decision, data, error);
	}
	return query_end_list(query, status, error);
}

enum status award_store_decisions(struct reading *reading, int64_t award_id,
	award_decision_function *function, void *data, struct error *error)
{
	int64_t after = 0;
	bool has_more = true;
	enum status status = STATUS_OK;

	while (has_more && status == STATUS_OK) {
		status = reading_slice_begin(reading, error);
		if (status != STATUS_OK)
			return status;
		struct query *query = db_query(reading->db, QUERY_AWARD_ROW_LIST);
		query_bind_integer(query, "award", award_id);
		query_bind_integer(query, "after", after);
		has_more = false;
		while (status == STATUS_OK && !has_more && query_step(query)) {
			const struct award_decision decision = named_decision_of(query);
			after = decision.registrant_id;
			status = function(&decision, data, error);
			has_more = reading_slice_is_over(reading);
		}
		status = query_end_list(query, status, error);
		reading_slice_end(reading);
	}
	return status;
}

enum status award_store_between(struct db *db, const struct award_range *range,
	award_decision_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_ROW_BETWEEN);
	enum status status = STATUS_OK;

	query_bind_integer(query, "award", range->award_id);
	query_bind_integer(query, "after", range->after);
	query_bind_integer(query, "before", range->before);
	while (status == STATUS_OK && query_step(query)) {
		const struct award_decision decision = named_decision_of(query);
		status = function(&decision, data, error);
	}
	return query_end_list(query, status, error);
}

static enum status read_number(struct query *query, int64_t *ret_number, struct error *error)
{
	int64_t number = query_step(query) ? query_integer(query, 0) : 0;
	enum status status = query_end(query, error);

	if (status == STATUS_OK)
		*ret_number = number;
	return status;
}

enum status award_store_last_certificate(struct db *db, int64_t course_id, int64_t *ret_number,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_LAST_CERTIFICATE);

	query_bind_integer(query, "course", course_id);
	return read_number(query, ret_number, error);
}

enum status award_store_certificate_of(struct db *db, int64_t course_id, int64_t registrant_id,
	int64_t *ret_number, struct error *error)
{
	struct query *query = db_query(db, QUERY_AWARD_CERTIFICATE_OF);

	query_bind_integer(query, "course", course_id);
	query_bind_integer(query, "registrant", registrant_id);
	return read_number(query, ret_number, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/award.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

void award_free(struct award *award)
{
	if (award == NULL)
		return;
	free(award->actor);
	free(award->rule);
	free(award->log_head);
	free(award);
}

void award_freep(struct award **award)
{
	award_free(*award);
	*award = NULL;
}

static enum status keep_award(const struct award_row *row, void *data, struct error *error)
{
	struct award **award = data;

	(void)error;
	award_free(*award);
	*award = xcalloc(1, sizeof **award);
	(*award)->row = *row;
	(*award)->row.actor = (*award)->actor = xstrdup(row->actor);
	(*award)->row.rule = (*award)->rule = xstrdup(row->rule);
	(*award)->row.log_head = (*award)->log_head = xstrdup(row->log_head);
	return STATUS_OK;
}

enum status award_find(struct db *db, const struct course *course, int64_t number,
	struct award **ret_award, struct error *error)
{
	CLEANUP(award_freep) struct award *award = NULL;

	enum status status =
		number == 0
			? award_store_latest(db, course->id, keep_award, &award, error)
			: award_store_by_number(db, course->id, number, keep_award, &award, error);
	if (status == STATUS_OK && award == NULL && number == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "course '%s' was not awarded yet",
			course->code);
		return error_hint(error, "'regtool course award %s' does", course->code);
	}
	if (status == STATUS_OK && award == NULL)
		return error_set(error, STATUS_NOT_FOUND, "course '%s' has no award %lld",
			course->code, (long long)number);
	if (status != STATUS_OK)
		return status;
	*ret_award = award;
	award = NULL;
	return STATUS_OK;
}

/* --- Making one --- */

struct making {
	struct db *db;
	const struct actor *actor;
	const struct award_request *request;
	struct award *before; /* the last one; NULL: none */
	int64_t award_id;
	int64_t last_certificate;
	struct award_totals totals;
	struct str reasons;
	struct error failure; /* of what has no other way to fail */
};

static enum status check_before(const struct making *making, const struct course *course,
	struct error *error)
{
	const struct award *before = making->before;
	int64_t revises = making->request->revises;

	if (before == NULL && revises != 0)
		return error_set(error, STATUS_NOT_FOUND, "course '%s' was not awarded yet",
			course->code);
	if (before == NULL || revises == before->row.number)
		return STATUS_OK;
	if (revises == 0) {
		(void)error_set(error, STATUS_EXISTS,
			"course '%s' was awarded already, by award %lld", course->code,
			(long long)before->row.number);
		return error_hint(error,
			"'regtool credit-report --course %s --since-award' shows what is other now; "
			"--revise %lld --reason R takes its place",
			course->code, (long long)before->row.number);
	}
	(void)error_set(error, STATUS_EXISTS, "award %lld is not the last one of course '%s'",
		(long long)revises, course->code);
	return error_hint(error, "that is award %lld", (long long)before->row.number);
}

/* The award itself, before its rows. */
static void begin(const struct credit_report_head *head, void *data)
{
	struct making *making = data;
	CLEANUP(str_free) struct str rule = STR_INIT;
	struct error *error = &making->failure;

	enum status status = award_store_latest(making->db, head->course->id, keep_award,
		&making->before, error);
	if (status == STATUS_OK)
		status = check_before(making, head->course, error);
	if (status == STATUS_OK)
		status = award_store_last_certificate(making->db, head->course->id,
			&making->last_certificate, error);
	if (status != STATUS_OK)
		return;
	making->request->write_rule(head->course, &rule);
	making->totals.number = making->before != NULL ? making->before->row.number + 1 : 1;
	const struct award_row row = {
		.course_id = head->course->id,
		.number = making->totals.number,
		.awarded_s = making->actor->now_s,
		.as_of_s = head->as_of_s,
		.actor = making->actor->name,
		.rule_version = head->course->rule_version,
		.rule = rule.text,
		.log_head = head->log_head,
		.revises = making->before != NULL ? making->before->row.award_id : 0,
	};
	(void)award_store_insert(making->db, &row, &making->award_id, error);
}

static enum status give_certificate(struct making *making, const struct credit_row *row,
	struct award_decision *decision, struct error *error)
{
	if (row->outcome->decision != CREDIT_ELIGIBLE)
		return STATUS_OK;
	enum status status = award_store_certificate_of(making->db, row->course->id,
		decision->registrant_id, &decision->certificate, error);
	if (status == STATUS_OK && decision->certificate == 0)
		decision->certificate = ++making->last_certificate;
	return status;
}

static enum status take_row(const struct credit_row *row, void *data, struct error *error)
{
	struct making *making = data;
	const struct credit_outcome *outcome = row->outcome;
	int64_t *const counts[] = {
		[CREDIT_NOT_ELIGIBLE] = &making->totals.not_eligible,
		[CREDIT_PENDING] = &making->totals.pending,
		[CREDIT_ELIGIBLE] = &making->totals.eligible,
	};

	if (making->failure.status != STATUS_OK) {
		*error = making->failure;
		return error->status;
	}
	credit_reasons_write(row->settings, outcome, &making->reasons);
	struct award_decision decision = {
		.registrant_id = row->person->row->registrant_id,
		.decision = credit_decision_word(outcome->decision),
		.credits_hundredths = outcome->credits_hundredths,
		.attended_s = outcome->attended_s,
		.total_s = outcome->total_s,
		.sessions_attended = outcome->sessions_attended,
		.sessions_total = outcome->sessions_total,
		.reasons = making->reasons.text,
	};
	(*counts[outcome->decision])++;
	enum status status = give_certificate(making, row, &decision, error);
	if (status == STATUS_OK)
		status = award_store_add(making->db, making->award_id, &decision, error);
	return status;
}

static enum status log_award(const struct making *making, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	const struct award_totals *totals = &making->totals;

	str_addf(&detail, "%s: award %lld", making->request->course, (long long)totals->number);
	if (making->before != NULL)
		str_addf(&detail, " in the place of %lld", (long long)making->before->row.number);
	str_addf(&detail, ", %lld eligible, %lld not eligible, %lld pending",
		(long long)totals->eligible, (long long)totals->not_eligible,
		(long long)totals->pending);
	return log_append(making->db, making->actor,
		&(struct log_event){ .action = "course award",
			.subject = "award",
			.subject_id = making->award_id,
			.detail = detail.text,
			.reason = making->request->reason },
		error);
}

static enum status make(struct making *making, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	const struct award_request *request = making->request;
	const struct credit_report_options options = {
		.event = request->event,
		.course = request->course,
		.as_of_s = request->as_of_s,
	};
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = take_row,
		.data = making,
	};

	/* The report is read inside it, as one state. */
	enum status status = transaction_begin_write(&transaction, making->db, error);
	if (status == STATUS_OK)
		status = credit_report(making->db, &options, &functions, error);
	if (status == STATUS_OK && making->failure.status != STATUS_OK) {
		*error = making->failure;
		status = error->status;
	}
	if (status == STATUS_OK)
		status = log_award(making, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

enum status award_make(struct db *db, const struct actor *actor,
	const struct award_request *request, struct award_totals *ret_totals, struct error *error)
{
	struct making making = {
		.db = db,
		.actor = actor,
		.request = request,
		.reasons = STR_INIT,
	};

	enum status status = make(&making, error);
	str_free(&making.reasons);
	award_free(making.before);
	if (status == STATUS_OK)
		*ret_totals = making.totals;
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/decision.h"

#include "core/course.h"
#include "core/registrant.h"
#include "store/decision_store.h"
#include "util/hash.h"
#include "util/memory.h"

struct loading {
	struct decision *decision;
	struct str *reason;
};

static void take_decision(const struct decision_row *row, const char *reason, void *data)
{
	const struct loading *loading = data;

	*loading->decision = (struct decision){
		.verdict = row->is_granted ? CREDIT_BY_GRANT : CREDIT_BY_DENIAL,
		.has_credits = row->has_credits,
		.credits_hundredths = row->credits_hundredths,
	};
	if (loading->reason != NULL)
		str_add(loading->reason, reason);
}

enum status decision_load(struct db *db, int64_t course_id, int64_t person_id,
	struct decision *ret_decision, struct str *ret_reason, struct error *error)
{
	struct decision decision = { .verdict = CREDIT_BY_RULE };
	struct loading loading = { .decision = &decision, .reason = ret_reason };

	if (ret_reason != NULL)
		str_clear(ret_reason);
	enum status status =
		decision_store_of(db, course_id, person_id, take_decision, &loading, error);
	if (status == STATUS_OK)
		*ret_decision = decision;
	return status;
}

static const char *action_of(enum credit_verdict verdict)
{
	static const char *const actions[] = {
		[CREDIT_BY_RULE] = "course undecide",
		[CREDIT_BY_GRANT] = "course grant",
		[CREDIT_BY_DENIAL] = "course deny",
	};

	return actions[verdict];
}

static enum status log_decision(struct db *db, const struct actor *actor,
	const struct decision_request *request, const struct course *course,
	const struct registrant *registrant, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	const struct decision *decision = &request->decision;

	str_add(&detail, course->code);
	if (decision->has_credits)
		str_addf(&detail, ": %lld.%02lld credits",
			(long long)(decision->credits_hundredths / 100),
			(long long)(decision->credits_hundredths % 100));
	return log_append(db, actor,
		&(struct log_event){ .action = action_of(decision->verdict),
			.subject = "registrant",
			.subject_id = registrant->id,
			.detail = detail.text,
			.reason = request->reason,
			.reason_registrant_id = registrant->id },
		error);
}

/* Writes the decision with the number of the log's last entry, which is its own. */
static enum status put_decision(struct db *db, const struct actor *actor,
	const struct decision *decision, const struct course *course, int64_t person_id,
	struct error *error)
{
	unsigned char hash[HASH_SIZE];
	int64_t log_id;
	const struct decision_row row = {
		.course_id = course->id,
		.person_id = person_id,
		.is_granted = decision->verdict == CREDIT_BY_GRANT,
		.has_credits = decision->has_credits,
		.credits_hundredths = decision->credits_hundredths,
	};

	enum status status = log_store_head(db, &log_id, hash, error);
	if (status == STATUS_OK)
		status = decision_store_put(db, &row, actor->now_s, log_id, error);
	return status;
}

static enum status take_back(struct db *db, const struct course *course,
	const struct registrant *registrant, struct error *error)
{
	bool was_there = false;

	enum status status =
		decision_store_delete(db, course->id, registrant->person_id, &was_there, error);
	if (status == STATUS_OK && !was_there)
		status = error_set(error, STATUS_EXISTS,
			"nothing was decided by hand about @%lld in course '%s'",
			(long long)registrant->id, course->code);
	return status;
}

enum status decision_make(struct db *db, const struct actor *actor,
	const struct decision_request *request, int64_t *ret_registrant_id, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(course_freep) struct course *course = NULL;
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	bool takes_back = request->decision.verdict == CREDIT_BY_RULE;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = course_find(db, request->event_id, request->course, &course, error);
	if (status == STATUS_OK)
		status = registrant_find(db, request->event_id, request->who, &registrant, error);
	if (status == STATUS_OK && takes_back)
		status = take_back(db, course, registrant, error);
	if (status == STATUS_OK)
		status = log_decision(db, actor, request, course, registrant, error);
	if (status == STATUS_OK && !takes_back)
		status = put_decision(db, actor, &request->decision, course, registrant->person_id,
			error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_registrant_id = registrant->id;
	return status;
}

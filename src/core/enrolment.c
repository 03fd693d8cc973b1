/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/enrolment.h"

#include "core/course.h"
#include "core/registrant.h"
#include "util/memory.h"

struct change {
	struct db *db;
	const struct actor *actor;
	const struct enrolment_request *request;
	struct course *course;
	struct enrolment_result result;
	size_t problems;
};

static enum status change_one(struct change *change, const struct registrant *registrant,
	struct error *error)
{
	bool takes_out = change->request->takes_out;
	int64_t course_id = change->course->id;
	int64_t person_id = registrant->person_id;
	bool is_changed = false;
	enum status status;

	if (takes_out)
		status = enrolment_store_remove(change->db, course_id, person_id, &is_changed,
			error);
	else
		status = enrolment_store_add(change->db, course_id, person_id, change->actor->now_s,
			&is_changed, error);
	if (status != STATUS_OK)
		return status;
	if (!is_changed) {
		change->result.unchanged++;
		return STATUS_OK;
	}
	change->result.changed++;
	return log_append(change->db, change->actor,
		&(struct log_event){ .action = takes_out ? "course unenrol" : "course enrol",
			.subject = "registrant",
			.subject_id = registrant->id,
			.detail = change->course->code },
		error);
}

static enum status find_and_change(struct change *change, size_t index, struct error *error)
{
	const struct enrolment_request *request = change->request;
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;

	enum status status = registrant_find(change->db, request->event_id, request->who[index],
		&registrant, error);
	if (status == STATUS_NOT_FOUND || status == STATUS_AMBIGUOUS) {
		change->problems++;
		request->problem(index, error, request->data);
		error_clear(error);
		return STATUS_OK;
	}
	/* Once somebody is not known nobody will be changed; the others are still looked up. */
	if (status == STATUS_OK && change->problems == 0)
		status = change_one(change, registrant, error);
	return status;
}

enum status enrolment_change(struct db *db, const struct actor *actor,
	const struct enrolment_request *request, struct enrolment_result *ret_result,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(course_freep) struct course *course = NULL;
	struct change change = { .db = db, .actor = actor, .request = request };

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = course_find(db, request->event_id, request->course, &course, error);
	change.course = course;
	for (size_t i = 0; i < request->count && status == STATUS_OK; i++)
		status = find_and_change(&change, i, error);
	if (status == STATUS_OK && change.problems > 0)
		return error_set(error, STATUS_NOT_FOUND, "%s", "");
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_result = change.result;
	return status;
}

enum status enrolment_count(struct db *db, int64_t course_id, int64_t *ret_count,
	struct error *error)
{
	return enrolment_store_count(db, course_id, ret_count, error);
}

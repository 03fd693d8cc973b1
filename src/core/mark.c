/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/mark.h"

#include "util/memory.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

static const char *const words[] = {
	[MARK_PASS] = "pass",
	[MARK_FAIL] = "fail",
	[MARK_EXCUSED] = "excused",
	[MARK_ABSENT] = "absent",
};

const char *mark_result_word(enum mark_result result)
{
	return words[result];
}

bool mark_result_parse(const char *word, enum mark_result *ret_result)
{
	if (strcmp(word, "none") == 0) {
		*ret_result = MARK_NONE;
		return true;
	}
	for (size_t i = MARK_PASS; i <= MARK_ABSENT; i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret_result = (enum mark_result)i;
			return true;
		}
	}
	return false;
}

struct loading {
	const struct course *course;
	enum mark_result *results;
};

static void take_mark(const char *requirement, const char *result, void *data)
{
	const struct loading *loading = data;

	for (size_t i = 0; i < loading->course->requirement_count; i++)
		if (strcasecmp(loading->course->requirements[i].name, requirement) == 0)
			(void)mark_result_parse(result, &loading->results[i]);
}

enum status mark_load(struct db *db, const struct course *course, int64_t person_id,
	enum mark_result *results, struct error *error)
{
	struct loading loading = { .course = course, .results = results };

	for (size_t i = 0; i < course->requirement_count; i++)
		results[i] = MARK_NONE;
	if (course->requirement_count == 0)
		return STATUS_OK;
	return mark_store_list(db, course->id, person_id, take_mark, &loading, error);
}

/* --- Marking --- */

struct marking {
	struct db *db;
	const struct actor *actor;
	const struct mark_request *request;
	struct course *course;
	struct mark_totals totals;
	size_t problems;
};

static enum status mark_one(struct marking *marking, const struct mark_entry *entry,
	const struct registrant *registrant, const char *requirement, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	const char *word = mark_result_word(entry->result);
	const struct mark_row row = {
		.course_id = marking->course->id,
		.person_id = registrant->person_id,
		.requirement = requirement,
		.result = word,
	};
	bool is_changed = false;
	enum status status;

	if (entry->result == MARK_NONE)
		status = mark_store_delete(marking->db, &row, &is_changed, error);
	else
		status = mark_store_put(marking->db, &row, marking->actor->now_s, &is_changed,
			error);
	if (status != STATUS_OK)
		return status;
	if (!is_changed) {
		marking->totals.unchanged++;
		return STATUS_OK;
	}
	marking->totals.marked++;
	str_addf(&detail, "%s %s: %s", marking->course->code, requirement,
		word != NULL ? word : "none");
	return log_append(marking->db, marking->actor,
		&(struct log_event){ .action = "course mark",
			.subject = "registrant",
			.subject_id = registrant->id,
			.detail = detail.text },
		error);
}

static enum status tell_stranger(const struct marking *marking, const struct registrant *registrant,
	struct error *error)
{
	const struct mark_request *request = marking->request;
	bool is_enrolled = true;
	enum status status = STATUS_OK;

	if (request->stranger == NULL || !marking->course->is_enrolment_required)
		return STATUS_OK;
	status = enrolment_store_has(marking->db, marking->course->id, registrant->person_id,
		&is_enrolled, error);
	if (status == STATUS_OK && !is_enrolled)
		request->stranger(registrant, request->data);
	return status;
}

/* Not named, it is the only one. */
static enum status find_requirement(const struct course *course, const char *name_or_null,
	size_t *ret_requirement, struct error *error)
{
	if (name_or_null != NULL)
		return course_find_requirement(course, name_or_null, ret_requirement, error);
	if (course->requirement_count == 1) {
		*ret_requirement = 0;
		return STATUS_OK;
	}
	if (course->requirement_count == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "course '%s' has no requirement",
			course->code);
		return error_hint(error, "name one with 'regtool course set %s --requirement NAME'",
			course->code);
	}
	(void)error_set(error, STATUS_AMBIGUOUS, "course '%s' has %zu requirements", course->code,
		course->requirement_count);
	return error_hint(error, "say which one with --requirement");
}

static enum status find_and_mark(struct marking *marking, size_t index, struct error *error)
{
	const struct mark_request *request = marking->request;
	const struct mark_entry *entry = &request->entries[index];
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	size_t place = 0;

	enum status status = find_requirement(marking->course, entry->requirement, &place, error);
	if (status == STATUS_OK)
		status = registrant_find(marking->db, request->event_id, entry->who, &registrant,
			error);
	if (status == STATUS_NOT_FOUND || status == STATUS_AMBIGUOUS) {
		marking->problems++;
		request->problem(index, error, request->data);
		error_clear(error);
		return STATUS_OK;
	}
	/* Once one is not known nothing will be written; the others are still looked up. */
	if (status != STATUS_OK || marking->problems > 0)
		return status;
	status = tell_stranger(marking, registrant, error);
	if (status == STATUS_OK)
		status = mark_one(marking, entry, registrant,
			marking->course->requirements[place].name, error);
	return status;
}

enum status mark_all(struct db *db, const struct actor *actor, const struct mark_request *request,
	struct mark_totals *ret_totals, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(course_freep) struct course *course = NULL;
	struct marking marking = { .db = db, .actor = actor, .request = request };

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = course_find(db, request->event_id, request->course, &course, error);
	marking.course = course;
	for (size_t i = 0; i < request->count && status == STATUS_OK; i++)
		status = find_and_mark(&marking, i, error);
	if (status == STATUS_OK && marking.problems > 0)
		return error_set(error, STATUS_NOT_FOUND, "%s", "");
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_totals = marking.totals;
	return status;
}

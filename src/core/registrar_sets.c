/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrar_sets.h"

#include "core/course.h"
#include "store/course_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>
#include <strings.h>

/* The number of the course; an import makes one that is not there. Most rows of a file name
 * the same: the last one is remembered. */
static enum status find_course(struct registrar *registrar, const char *code,
	int64_t *ret_course_id, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	CLEANUP(str_free) struct str joined = STR_INIT;
	int64_t course_id = 0;
	bool is_new = false;
	enum status status;

	if (registrar->last_course_id != 0 && strcmp(registrar->last_course.text, code) == 0) {
		*ret_course_id = registrar->last_course_id;
		return STATUS_OK;
	}
	if (registrar->is_by_hand) {
		status = course_find(registrar->db, registrar->event_id, code, &course, error);
		course_id = course != NULL ? course->id : 0;
	} else {
		status = course_find_or_add(registrar->db, registrar->actor, registrar->event_id,
			code, &course_id, &is_new, error);
	}
	if (status != STATUS_OK)
		return status;
	if (is_new) {
		text_set_join(registrar->courses_created.text, code, &joined);
		str_clear(&registrar->courses_created);
		str_add(&registrar->courses_created, joined.text);
	}
	str_clear(&registrar->last_course);
	str_add(&registrar->last_course, code);
	registrar->last_course_id = course_id;
	*ret_course_id = course_id;
	return STATUS_OK;
}

/* Codes compare without regard to case. */
static bool has_code(const char *courses, const char *code, size_t code_length)
{
	const char *position = courses;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		if (length == code_length && strncasecmp(word, code, length) == 0)
			return true;
	}
	return false;
}

static enum status remove_others(struct registrar *registrar, int64_t person_id,
	const char *courses, bool *is_changed, struct error *error)
{
	const char *position = registrar->old_courses.text;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		int64_t course_id;
		bool was_there = false;
		if (has_code(courses, word, length))
			continue;
		str_clear(&registrar->word);
		str_add_bytes(&registrar->word, word, length);
		enum status status =
			find_course(registrar, registrar->word.text, &course_id, error);
		if (status == STATUS_OK)
			status = enrolment_store_remove(registrar->db, course_id, person_id,
				&was_there, error);
		if (status != STATUS_OK)
			return status;
		*is_changed |= was_there;
	}
	return STATUS_OK;
}

static enum status add_courses(struct registrar *registrar, int64_t person_id, const char *courses,
	bool *is_changed, struct error *error)
{
	const char *position = courses;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		int64_t course_id;
		bool is_new = false;
		str_clear(&registrar->word);
		str_add_bytes(&registrar->word, word, length);
		enum status status =
			find_course(registrar, registrar->word.text, &course_id, error);
		if (status == STATUS_OK)
			status = enrolment_store_add(registrar->db, course_id, person_id,
				registrar->actor->now_s, &is_new, error);
		if (status != STATUS_OK)
			return status;
		*is_changed |= is_new;
	}
	return STATUS_OK;
}

enum status registrar_write_courses(struct registrar *registrar, int64_t person_id,
	const char *courses, bool *is_changed, struct error *error)
{
	bool is_told = registrar->is_telling;
	bool is_other = false;
	enum status status = STATUS_OK;

	if (courses[0] == '\0' && !registrar->is_by_hand)
		return STATUS_OK;
	if (registrar->is_by_hand || is_told)
		status = enrolment_store_codes(registrar->db, registrar->event_id, person_id,
			&registrar->old_courses, error);
	if (status == STATUS_OK)
		status = add_courses(registrar, person_id, courses, &is_other, error);
	if (status == STATUS_OK && registrar->is_by_hand)
		status = remove_others(registrar, person_id, courses, &is_other, error);
	if (status != STATUS_OK || !is_other)
		return status;
	*is_changed = true;
	if (is_told) {
		status = enrolment_store_codes(registrar->db, registrar->event_id, person_id,
			&registrar->text, error);
		if (status == STATUS_OK)
			registrar_tell(registrar, field_word(FIELD_COURSES),
				registrar->old_courses.text, registrar->text.text);
	}
	return status;
}

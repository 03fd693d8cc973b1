/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrar_sets.h"

#include "core/course.h"
#include "core/registrar_record.h"
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

static void add_word(const char *word, struct str *set)
{
	if (set->length > 0)
		str_add_char(set, ';');
	str_add(set, word);
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
		if (is_new)
			add_word(registrar->word.text, &registrar->new_courses);
	}
	return STATUS_OK;
}

/* Sets `ret` to the codes of a set that `others` has not. */
static void leave_out(const char *set, const char *others, struct str *ret)
{
	const char *word;
	size_t length;

	str_clear(ret);
	while (text_set_next(&set, &word, &length)) {
		if (has_code(others, word, length))
			continue;
		if (ret->length > 0)
			str_add_char(ret, ';');
		str_add_bytes(ret, word, length);
	}
}

/* The courses as they are; what they were, by hand, was looked up before. */
static enum status tell_courses(struct registrar *registrar, int64_t person_id, struct error *error)
{
	const char *courses = field_word(FIELD_COURSES);
	struct str *now = &registrar->text;

	enum status status =
		enrolment_store_codes(registrar->db, registrar->event_id, person_id, now, error);
	if (status != STATUS_OK)
		return status;
	if (!registrar->is_by_hand)
		leave_out(now->text, registrar->new_courses.text, &registrar->old_courses);
	registrar_tell(registrar, courses, registrar->old_courses.text, now->text);
	if (!registrar_is_recording(registrar))
		return STATUS_OK;
	return registrar_record_courses(registrar, registrar->old_courses.text, now->text, error);
}

enum status registrar_write_courses(struct registrar *registrar, int64_t person_id,
	const char *courses, bool *is_changed, struct error *error)
{
	bool is_other = false;
	enum status status = STATUS_OK;

	if (courses[0] == '\0' && !registrar->is_by_hand)
		return STATUS_OK;
	str_clear(&registrar->new_courses);
	if (registrar->is_by_hand)
		status = enrolment_store_codes(registrar->db, registrar->event_id, person_id,
			&registrar->old_courses, error);
	if (status == STATUS_OK)
		status = add_courses(registrar, person_id, courses, &is_other, error);
	if (status == STATUS_OK && registrar->is_by_hand)
		status = remove_others(registrar, person_id, courses, &is_other, error);
	if (status != STATUS_OK || !is_other)
		return status;
	*is_changed = true;
	if (registrar->is_telling || registrar_is_recording(registrar))
		status = tell_courses(registrar, person_id, error);
	return status;
}

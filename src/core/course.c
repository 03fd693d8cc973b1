/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course.h"

#include "core/course_events.h"
#include "core/course_private.h"
#include "core/course_sessions.h"
#include "core/event.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void course_free(struct course *course)
{
	if (course == NULL)
		return;
	free(course->code);
	free(course->title);
	free(course->roles);
	course_events_free(&course->events);
	course_sessions_free(&course->counted);
	course_sessions_free(&course->required);
	for (size_t i = 0; i < course->requirement_count; i++)
		free(course->requirements[i].name);
	free(course->requirements);
	free(course);
}

void course_freep(struct course **course)
{
	course_free(*course);
	*course = NULL;
}

enum status course_find_requirement(const struct course *course, const char *name,
	size_t *ret_requirement, struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	for (size_t i = 0; i < course->requirement_count; i++) {
		if (strcasecmp(course->requirements[i].name, name) == 0) {
			*ret_requirement = i;
			return STATUS_OK;
		}
		str_addf(&names, "%s'%s'", i > 0 ? ", " : "", course->requirements[i].name);
	}
	(void)error_set(error, STATUS_NOT_FOUND, "course '%s' has no requirement '%s'",
		course->code, name);
	if (course->requirement_count > 0)
		return error_hint(error, "there is %s", names.text);
	return error_hint(error, "name it with 'regtool course set %s --requirement NAME'",
		course->code);
}

bool course_counts_event(const struct course *course, int64_t event_id)
{
	const struct course_events *events = &course->events;

	return events->count == 0 ? event_id == course->event_id
				  : course_events_have(events, event_id);
}

bool course_names_events(const struct course *course)
{
	const struct course_events *events = &course->events;

	return events->count > 1 || (events->count == 1 && events->ids[0] != course->event_id);
}

int64_t course_min_percent_permille(const struct course *course)
{
	return course->is_attendance_named ? course->min_percent_permille
					   : COURSE_MIN_PERCENT_DEFAULT_PERMILLE;
}

/* --- Reading --- */

struct course *course_from_row(const struct course_row *row)
{
	struct course *course = xmalloc(sizeof *course);

	*course = (struct course){
		.id = row->course_id,
		.event_id = row->event_id,
		.code = xstrdup(row->code),
		.title = xstrdup(row->title),
		.rate = row->rate,
		.is_enrolment_required = row->is_enrolment_required,
		.roles = xstrdup(row->roles),
		.is_attendance_named = row->is_attendance_named,
		.min_percent_permille = row->min_percent_permille,
		.min_minutes = row->min_minutes,
		.min_sessions = row->min_sessions,
		.session_percent_permille = row->session_percent_permille,
		.is_each_day_required = row->is_each_day_required,
		.is_exit_required = row->is_exit_required,
		.rule_version = row->rule_version,
	};
	return course;
}

struct course_row course_as_row(const struct course *course)
{
	return (struct course_row){
		.course_id = course->id,
		.event_id = course->event_id,
		.code = course->code,
		.title = course->title,
		.rate = course->rate,
		.is_enrolment_required = course->is_enrolment_required,
		.roles = course->roles,
		.is_attendance_named = course->is_attendance_named,
		.min_percent_permille = course->min_percent_permille,
		.min_minutes = course->min_minutes,
		.min_sessions = course->min_sessions,
		.session_percent_permille = course->session_percent_permille,
		.is_each_day_required = course->is_each_day_required,
		.is_exit_required = course->is_exit_required,
		.rule_version = course->rule_version,
	};
}

static void add_requirement(const struct requirement_row *row, void *data)
{
	struct course *course = data;
	size_t count = course->requirement_count++;

	course->requirements =
		xreallocarray(course->requirements, count + 1, sizeof *course->requirements);
	course->requirements[count] = (struct course_requirement){
		.name = xstrdup(row->name),
		.has_due = row->has_due,
		.due_day = row->due_day,
	};
}

/* What stands in tables of its own. */
static enum status load_lists(struct db *db, struct course *course, struct error *error)
{
	enum status status = course_events_load(db, course->id, &course->events, error);

	if (status == STATUS_OK)
		status = course_sessions_load(db, course, COURSE_COUNTS, &course->counted, error);
	if (status == STATUS_OK)
		status =
			course_sessions_load(db, course, COURSE_REQUIRES, &course->required, error);
	if (status == STATUS_OK)
		status = requirement_store_list(db, course->id, add_requirement, course, error);
	return status;
}

static enum status keep_course(const struct course_row *row, void *data, struct error *error)
{
	struct course **course = data;

	(void)error;
	course_free(*course);
	*course = course_from_row(row);
	return STATUS_OK;
}

static enum status add_code(const struct course_row *row, void *data, struct error *error)
{
	struct str *codes = data;

	(void)error;
	str_addf(codes, "%s'%s'", codes->length > 0 ? ", " : "", row->code);
	return STATUS_OK;
}

static enum status name_courses(struct db *db, int64_t event_id, struct error *error)
{
	CLEANUP(str_free) struct str codes = STR_INIT;
	struct error list_error = ERROR_INIT;

	enum status status = course_store_list(db, event_id, add_code, &codes, &list_error);
	if (status == STATUS_OK)
		status = course_store_list_counting(db, event_id, add_code, &codes, &list_error);
	if (status != STATUS_OK) {
		*error = list_error;
		return status;
	}
	if (codes.length > 0)
		return error_hint(error, "there is %s", codes.text);
	return error_hint(error, "add it with 'regtool course add CODE --title T'");
}

/* The first of them, and how many events they belong to. */
struct counting {
	const char *code;
	struct course *course;
	struct db *db;
	struct str events; /* their codes, for a hint */
	size_t count;
};

static enum status keep_counting(const struct course_row *row, void *data, struct error *error)
{
	struct counting *counting = data;
	CLEANUP(event_freep) struct event *event = NULL;

	if (strcasecmp(row->code, counting->code) != 0)
		return STATUS_OK;
	enum status status = event_by_id(counting->db, row->event_id, &event, error);
	if (status != STATUS_OK)
		return status;
	str_addf(&counting->events, "%s'%s'", counting->count++ > 0 ? ", " : "", event->code);
	return keep_course(row, &counting->course, error);
}

/* A course of another event that counts this one; none leaves *ret_course NULL. */
static enum status find_counting(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error)
{
	struct counting counting = { .code = code, .db = db, .events = STR_INIT };

	enum status status =
		course_store_list_counting(db, event_id, keep_counting, &counting, error);
	if (status == STATUS_OK && counting.count > 1) {
		(void)error_set(error, STATUS_AMBIGUOUS, "several events have a course '%s'", code);
		status = error_hint(error, "say whose with --event: %s", counting.events.text);
	}
	str_free(&counting.events);
	if (status == STATUS_OK)
		*ret_course = counting.course;
	else
		course_free(counting.course);
	return status;
}

enum status course_find_own(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;

	enum status status = course_store_by_code(db, event_id, code, keep_course, &course, error);
	if (status == STATUS_NOT_FOUND)
		return name_courses(db, event_id, error);
	if (status == STATUS_OK)
		status = load_lists(db, course, error);
	if (status != STATUS_OK)
		return status;
	*ret_course = course;
	course = NULL;
	return STATUS_OK;
}

enum status course_find(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	struct error counting_error = ERROR_INIT;

	enum status status = course_find_own(db, event_id, code, ret_course, error);
	if (status != STATUS_NOT_FOUND)
		return status;
	status = find_counting(db, event_id, code, &course, &counting_error);
	if (status == STATUS_OK && course == NULL)
		return STATUS_NOT_FOUND;
	if (status == STATUS_OK)
		status = load_lists(db, course, &counting_error);
	*error = counting_error;
	if (status != STATUS_OK)
		return status;
	*ret_course = course;
	course = NULL;
	return STATUS_OK;
}

struct listing {
	struct course **courses;
	size_t count;
};

static enum status add_to_listing(const struct course_row *row, void *data, struct error *error)
{
	struct listing *listing = data;

	(void)error;
	listing->courses =
		xreallocarray(listing->courses, listing->count + 1, sizeof(struct course *));
	listing->courses[listing->count++] = course_from_row(row);
	return STATUS_OK;
}

typedef enum status store_list_function(struct db *db, int64_t event_id,
	course_row_function *function, void *data, struct error *error);

static enum status list(struct db *db, int64_t event_id, store_list_function *read,
	course_function *function, void *data, struct error *error)
{
	struct listing listing = { .courses = NULL };

	enum status status = read(db, event_id, add_to_listing, &listing, error);
	for (size_t i = 0; i < listing.count; i++) {
		if (status == STATUS_OK)
			status = load_lists(db, listing.courses[i], error);
		if (status == STATUS_OK)
			status = function(listing.courses[i], data, error);
		course_free(listing.courses[i]);
	}
	free(listing.courses);
	return status;
}

enum status course_list(struct db *db, int64_t event_id, course_function *function, void *data,
	struct error *error)
{
	return list(db, event_id, course_store_list, function, data, error);
}

enum status course_list_counting(struct db *db, int64_t event_id, course_function *function,
	void *data, struct error *error)
{
	return list(db, event_id, course_store_list_counting, function, data, error);
}

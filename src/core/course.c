/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course.h"

#include "core/course_sessions.h"
#include "core/event.h"
#include "core/programme.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

void course_free(struct course *course)
{
	if (course == NULL)
		return;
	free(course->code);
	free(course->title);
	free(course->roles);
	course_sessions_free(&course->counted);
	course_sessions_free(&course->required);
	free(course);
}

void course_freep(struct course **course)
{
	course_free(*course);
	*course = NULL;
}

int64_t course_min_percent_permille(const struct course *course)
{
	return course->is_attendance_named ? course->min_percent_permille
					   : COURSE_MIN_PERCENT_DEFAULT_PERMILLE;
}

/* --- Reading --- */

static struct course *copy_row(const struct course_row *row)
{
	struct course *course = xmalloc(sizeof *course);

	*course = (struct course){
		.id = row->course_id,
		.event_id = row->event_id,
		.code = xstrdup(row->code),
		.title = xstrdup(row->title),
		.credits_hundredths = row->credits_hundredths,
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

static enum status load_sessions(struct db *db, struct course *course, struct error *error)
{
	enum status status =
		course_sessions_load(db, course->id, COURSE_COUNTS, &course->counted, error);

	if (status == STATUS_OK)
		status = course_sessions_load(db, course->id, COURSE_REQUIRES, &course->required,
			error);
	return status;
}

static enum status keep_course(const struct course_row *row, void *data, struct error *error)
{
	struct course **course = data;

	(void)error;
	course_free(*course);
	*course = copy_row(row);
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
	if (status != STATUS_OK) {
		*error = list_error;
		return status;
	}
	if (codes.length > 0)
		return error_hint(error, "there is %s", codes.text);
	return error_hint(error, "add it with 'regtool course add CODE --title T'");
}

enum status course_find(struct db *db, int64_t event_id, const char *code,
	struct course **ret_course, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;

	enum status status = course_store_by_code(db, event_id, code, keep_course, &course, error);
	if (status == STATUS_NOT_FOUND)
		return name_courses(db, event_id, error);
	if (status == STATUS_OK)
		status = load_sessions(db, course, error);
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
	listing->courses[listing->count++] = copy_row(row);
	return STATUS_OK;
}

enum status course_list(struct db *db, int64_t event_id, course_function *function, void *data,
	struct error *error)
{
	struct listing listing = { .courses = NULL };

	enum status status = course_store_list(db, event_id, add_to_listing, &listing, error);
	for (size_t i = 0; i < listing.count; i++) {
		if (status == STATUS_OK)
			status = load_sessions(db, listing.courses[i], error);
		if (status == STATUS_OK)
			status = function(listing.courses[i], data, error);
		course_free(listing.courses[i]);
	}
	free(listing.courses);
	return status;
}

/* --- Changing --- */

static void apply_attendance(struct course_row *row, const struct course_change *change)
{
	if (change->sets_min_percent)
		row->min_percent_permille = change->min_percent_permille;
	if (change->sets_min_minutes)
		row->min_minutes = change->min_minutes;
	if (change->sets_min_sessions)
		row->min_sessions = change->min_sessions;
	if (change->sets_each_day)
		row->is_each_day_required = change->is_each_day_required;
	if (change->sets_min_percent || change->sets_min_minutes || change->sets_min_sessions ||
		change->sets_each_day || change->required != NULL)
		row->is_attendance_named = true;
}

static void apply_change(struct course_row *row, const struct course_change *change)
{
	if (change->title != NULL)
		row->title = change->title;
	if (change->sets_credits)
		row->credits_hundredths = change->credits_hundredths;
	if (change->sets_enrolment)
		row->is_enrolment_required = change->is_enrolment_required;
	if (change->roles != NULL)
		row->roles = change->roles;
	if (change->sets_session_percent)
		row->session_percent_permille = change->session_percent_permille;
	if (change->sets_exit)
		row->is_exit_required = change->is_exit_required;
	apply_attendance(row, change);
}

static bool is_row_changed(const struct course_row *a, const struct course_row *b)
{
	return strcmp(a->title, b->title) != 0 || a->credits_hundredths != b->credits_hundredths ||
	       a->is_enrolment_required != b->is_enrolment_required ||
	       strcmp(a->roles, b->roles) != 0 ||
	       a->is_attendance_named != b->is_attendance_named ||
	       a->min_percent_permille != b->min_percent_permille ||
	       a->min_minutes != b->min_minutes || a->min_sessions != b->min_sessions ||
	       a->session_percent_permille != b->session_percent_permille ||
	       a->is_each_day_required != b->is_each_day_required ||
	       a->is_exit_required != b->is_exit_required;
}

/* Both lists of sessions, as named now. */
static enum status change_sessions(struct db *db, const struct course *course,
	const struct course_change *change, bool *ret_is_changed, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	bool is_counted_changed = false;
	bool is_required_changed = false;
	enum status status = STATUS_OK;

	if (change->counted == NULL && change->required == NULL)
		return STATUS_OK;
	status = programme_load(db, course->event_id, &programme, error);
	if (status == STATUS_OK && change->counted != NULL)
		status = course_sessions_change(db, course, COURSE_COUNTS,
			&(struct course_sessions_change){ programme, change->counted },
			&is_counted_changed, error);
	if (status == STATUS_OK && change->required != NULL)
		status = course_sessions_change(db, course, COURSE_REQUIRES,
			&(struct course_sessions_change){ programme, change->required },
			&is_required_changed, error);
	if (status == STATUS_OK && (is_counted_changed || is_required_changed))
		*ret_is_changed = true;
	return status;
}

static enum status log_course(struct db *db, const struct actor *actor, const char *action,
	int64_t course_id, const char *code, struct error *error)
{
	return log_append(db, actor,
		&(struct log_event){ .action = action,
			.subject = "course",
			.subject_id = course_id,
			.detail = code },
		error);
}

static enum status insert_course(struct db *db, const struct actor *actor,
	const struct course_row *row, const struct course_change *change, int64_t *ret_course_id,
	struct error *error)
{
	int64_t course_id = 0;
	bool is_changed = false;

	enum status status = course_store_insert(db, row, &course_id, error);
	if (status == STATUS_OK)
		status = change_sessions(db,
			&(struct course){ .id = course_id, .event_id = row->event_id }, change,
			&is_changed, error);
	if (status == STATUS_OK)
		status = log_course(db, actor, "course add", course_id, row->code, error);
	if (status == STATUS_OK)
		*ret_course_id = course_id;
	return status;
}

enum status course_add(struct db *db, const struct actor *actor, int64_t event_id, const char *code,
	const struct course_change *change, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(course_freep) struct course *there = NULL;
	struct course_row row = COURSE_ROW_DEFAULT;
	int64_t course_id;

	row.event_id = event_id;
	row.code = code;
	apply_change(&row, change);
	enum status status = code_check("course", code, error);
	if (status == STATUS_OK)
		status = transaction_begin_write(&transaction, db, error);
	if (status != STATUS_OK)
		return status;
	status = course_store_by_code(db, event_id, code, keep_course, &there, error);
	if (status == STATUS_OK) {
		(void)error_set(error, STATUS_EXISTS, "course '%s' exists already", there->code);
		return error_hint(error, "change it with 'regtool course set %s'", there->code);
	}
	if (status == STATUS_NOT_FOUND)
		status = insert_course(db, actor, &row, change, &course_id, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

enum status course_set(struct db *db, const struct actor *actor, int64_t event_id, const char *code,
	const struct course_change *change, bool *ret_is_changed, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(course_freep) struct course *course = NULL;
	bool is_changed = false;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = course_find(db, event_id, code, &course, error);
	if (status == STATUS_OK)
		status = change_sessions(db, course, change, &is_changed, error);
	if (status != STATUS_OK)
		return status;
	const struct course_row before = {
		.course_id = course->id,
		.title = course->title,
		.credits_hundredths = course->credits_hundredths,
		.is_enrolment_required = course->is_enrolment_required,
		.roles = course->roles,
		.is_attendance_named = course->is_attendance_named,
		.min_percent_permille = course->min_percent_permille,
		.min_minutes = course->min_minutes,
		.min_sessions = course->min_sessions,
		.session_percent_permille = course->session_percent_permille,
		.is_each_day_required = course->is_each_day_required,
		.is_exit_required = course->is_exit_required,
	};
	struct course_row after = before;
	apply_change(&after, change);
	is_changed = is_row_changed(&before, &after) || is_changed;
	if (is_changed)
		status = course_store_update(db, &after, error);
	if (status == STATUS_OK && is_changed)
		status = log_course(db, actor, "course set", course->id, course->code, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_is_changed = is_changed;
	return status;
}

enum status course_find_or_add(struct db *db, const struct actor *actor, int64_t event_id,
	const char *code, int64_t *ret_course_id, bool *ret_is_new, struct error *error)
{
	CLEANUP(course_freep) struct course *there = NULL;
	struct course_row row = COURSE_ROW_DEFAULT;

	enum status status = course_store_by_code(db, event_id, code, keep_course, &there, error);
	if (status == STATUS_OK) {
		*ret_course_id = there->id;
		*ret_is_new = false;
	}
	if (status != STATUS_NOT_FOUND)
		return status;
	row.event_id = event_id;
	row.code = code;
	status = code_check("course", code, error);
	if (status == STATUS_OK)
		status = insert_course(db, actor, &row, &(struct course_change){ 0 }, ret_course_id,
			error);
	if (status == STATUS_OK)
		*ret_is_new = true;
	return status;
}

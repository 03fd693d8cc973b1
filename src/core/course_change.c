/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Courses: adding and changing them.
 */
#include "core/course.h"
#include "core/course_agenda.h"
#include "core/course_events.h"
#include "core/course_private.h"
#include "core/course_sessions.h"
#include "core/event.h"
#include "util/memory.h"

#include <string.h>

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

/* A number for all, by minutes or by sessions: naming one drops the others. */
static void apply_rate(struct credit_rate *rate, const struct course_change *change)
{
	unsigned parts = change->rate_parts;
	const struct credit_rate *new_rate = &change->rate;

	if ((parts & RATE_FIXED) != 0)
		rate->fixed_hundredths = new_rate->fixed_hundredths;
	if ((parts & (RATE_FIXED | RATE_MINUTES | RATE_SESSIONS)) != 0) {
		rate->minutes = (parts & RATE_MINUTES) != 0 ? new_rate->minutes : 0;
		rate->sessions = (parts & RATE_SESSIONS) != 0 ? new_rate->sessions : 0;
	}
	if ((parts & RATE_ROUNDING) != 0)
		rate->is_rounded_nearest = new_rate->is_rounded_nearest;
	if ((parts & RATE_STEP) != 0)
		rate->step_hundredths = new_rate->step_hundredths;
	if ((parts & RATE_MAX_HALF_DAY) != 0)
		rate->max_half_day_hundredths = new_rate->max_half_day_hundredths;
	if ((parts & RATE_MAX_DAY) != 0)
		rate->max_day_hundredths = new_rate->max_day_hundredths;
	if ((parts & RATE_MAX) != 0)
		rate->max_hundredths = new_rate->max_hundredths;
}

static void apply_change(struct course_row *row, const struct course_change *change)
{
	if (change->title != NULL)
		row->title = change->title;
	apply_rate(&row->rate, change);
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

static bool is_rate_changed(const struct credit_rate *a, const struct credit_rate *b)
{
	return a->fixed_hundredths != b->fixed_hundredths || a->minutes != b->minutes ||
	       a->sessions != b->sessions || a->is_rounded_nearest != b->is_rounded_nearest ||
	       a->step_hundredths != b->step_hundredths ||
	       a->max_half_day_hundredths != b->max_half_day_hundredths ||
	       a->max_day_hundredths != b->max_day_hundredths ||
	       a->max_hundredths != b->max_hundredths;
}

static bool is_row_changed(const struct course_row *a, const struct course_row *b)
{
	return strcmp(a->title, b->title) != 0 || is_rate_changed(&a->rate, &b->rate) ||
	       a->is_enrolment_required != b->is_enrolment_required ||
	       strcmp(a->roles, b->roles) != 0 ||
	       a->is_attendance_named != b->is_attendance_named ||
	       a->min_percent_permille != b->min_percent_permille ||
	       a->min_minutes != b->min_minutes || a->min_sessions != b->min_sessions ||
	       a->session_percent_permille != b->session_percent_permille ||
	       a->is_each_day_required != b->is_each_day_required ||
	       a->is_exit_required != b->is_exit_required;
}

/* The events that are named, and both lists of sessions. */
static enum status change_evidence(struct db *db, const struct course *course,
	const struct course_change *change, bool *ret_is_changed, struct error *error)
{
	CLEANUP(course_events_free) struct course_events events = { .ids = NULL };
	CLEANUP(course_agenda_freep) struct course_agenda *agenda = NULL;
	struct course after = *course;
	enum status status = STATUS_OK;

	if (change->events == NULL && change->counted == NULL && change->required == NULL)
		return STATUS_OK;
	if (change->events != NULL) {
		status = course_events_find(db, change->events, &events, error);
		after.events = events;
	}
	if (status == STATUS_OK && !course_events_are_same(&course->events, &after.events)) {
		*ret_is_changed = true;
		status = course_events_put(db, course->id, &after.events, error);
	}
	if (status == STATUS_OK)
		status = course_agenda_load(db, &after, &agenda, error);
	if (status == STATUS_OK)
		status = course_sessions_change(db, course, COURSE_COUNTS,
			&(struct course_sessions_change){ agenda->agenda, change->counted },
			ret_is_changed, error);
	if (status == STATUS_OK)
		status = course_sessions_change(db, course, COURSE_REQUIRES,
			&(struct course_sessions_change){ agenda->agenda, change->required },
			ret_is_changed, error);
	return status;
}

static bool are_requirements_same(const struct course *course, const struct course_change *change)
{
	if (course->requirement_count != change->requirement_count)
		return false;
	for (size_t i = 0; i < change->requirement_count; i++) {
		const struct course_requirement *a = &course->requirements[i];
		const struct course_requirement *b = &change->requirements[i];
		if (strcmp(a->name, b->name) != 0 || a->has_due != b->has_due ||
			(a->has_due && a->due_day != b->due_day))
			return false;
	}
	return true;
}

static enum status change_requirements(struct db *db, const struct course *course,
	const struct course_change *change, bool *ret_is_changed, struct error *error)
{
	if (!change->sets_requirements || are_requirements_same(course, change))
		return STATUS_OK;
	*ret_is_changed = true;
	enum status status = requirement_store_clear(db, course->id, error);
	for (size_t i = 0; i < change->requirement_count && status == STATUS_OK; i++) {
		const struct requirement_row row = {
			.name = change->requirements[i].name,
			.has_due = change->requirements[i].has_due,
			.due_day = change->requirements[i].due_day,
		};
		status = requirement_store_add(db, course->id, (int64_t)i + 1, &row, error);
	}
	return status;
}

/* What of the rule stands in tables of its own. */
static enum status change_lists(struct db *db, const struct course *course,
	const struct course_change *change, bool *ret_is_changed, struct error *error)
{
	enum status status = change_evidence(db, course, change, ret_is_changed, error);

	if (status == STATUS_OK)
		status = change_requirements(db, course, change, ret_is_changed, error);
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
		status = change_lists(db,
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
	status = course_find_own(db, event_id, code, &there, error);
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
		status = change_lists(db, course, change, &is_changed, error);
	if (status != STATUS_OK)
		return status;
	const struct course_row before = course_as_row(course);
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

/* --- What if --- */

static void copy_requirements(const struct course_requirement *requirements, size_t count,
	struct course *ret)
{
	ret->requirements = xcalloc(count + 1, sizeof *ret->requirements);
	ret->requirement_count = count;
	for (size_t i = 0; i < count; i++) {
		ret->requirements[i] = requirements[i];
		ret->requirements[i].name = xstrdup(requirements[i].name);
	}
}

/* As named, or as they are. */
static enum status find_or_copy(const struct agenda *agenda, const char *codes_or_null,
	const struct course_sessions *sessions, struct course_sessions *ret, struct error *error)
{
	if (codes_or_null == NULL) {
		course_sessions_copy(sessions, ret);
		return STATUS_OK;
	}
	return course_sessions_find(&(struct course_sessions_change){ agenda, codes_or_null }, ret,
		error);
}

enum status course_apply(const struct course *course, const struct agenda *agenda,
	const struct course_change *change, struct course **ret_course, struct error *error)
{
	struct course_row row = course_as_row(course);
	CLEANUP(course_freep) struct course *changed = NULL;

	apply_change(&row, change);
	row.rule_version = 0;
	changed = course_from_row(&row);
	course_events_copy(&course->events, &changed->events);
	enum status status =
		find_or_copy(agenda, change->counted, &course->counted, &changed->counted, error);
	if (status == STATUS_OK)
		status = find_or_copy(agenda, change->required, &course->required,
			&changed->required, error);
	if (status != STATUS_OK)
		return status;
	if (change->sets_requirements)
		copy_requirements(change->requirements, change->requirement_count, changed);
	else
		copy_requirements(course->requirements, course->requirement_count, changed);
	*ret_course = changed;
	changed = NULL;
	return STATUS_OK;
}

enum status course_find_or_add(struct db *db, const struct actor *actor, int64_t event_id,
	const char *code, int64_t *ret_course_id, bool *ret_is_new, struct error *error)
{
	CLEANUP(course_freep) struct course *there = NULL;
	struct course_row row = COURSE_ROW_DEFAULT;

	enum status status = course_find(db, event_id, code, &there, error);
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

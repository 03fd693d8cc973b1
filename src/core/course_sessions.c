/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course_sessions.h"

#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>

static void add(int64_t session_id, const char *code, struct course_sessions *sessions)
{
	sessions->ids = xreallocarray(sessions->ids, sessions->count + 1, sizeof *sessions->ids);
	sessions->codes = xreallocarray(sessions->codes, sessions->count + 1, sizeof(char *));
	sessions->ids[sessions->count] = session_id;
	sessions->codes[sessions->count++] = xstrdup(code);
}

struct loading {
	const struct course *course;
	struct course_sessions *sessions;
};

static void add_row(int64_t session_id, const char *event_code, const char *code, void *data)
{
	const struct loading *loading = data;
	CLEANUP(str_free) struct str name = STR_INIT;

	if (course_names_events(loading->course)) {
		agenda_write_name(event_code, code, &name);
		code = name.text;
	}
	add(session_id, code, loading->sessions);
}

enum status course_sessions_load(struct db *db, const struct course *course,
	enum course_purpose purpose, struct course_sessions *sessions, struct error *error)
{
	struct loading loading = { .course = course, .sessions = sessions };

	return course_store_sessions(db, course->id, purpose, add_row, &loading, error);
}

void course_sessions_free(struct course_sessions *sessions)
{
	for (size_t i = 0; i < sessions->count; i++)
		free(sessions->codes[i]);
	free(sessions->ids);
	free(sessions->codes);
	*sessions = (struct course_sessions){ .ids = NULL };
}

bool course_sessions_have(const struct course_sessions *sessions, int64_t session_id)
{
	for (size_t i = 0; i < sessions->count; i++)
		if (sessions->ids[i] == session_id)
			return true;
	return false;
}

void course_sessions_codes(const struct course_sessions *sessions, struct str *ret)
{
	str_clear(ret);
	for (size_t i = 0; i < sessions->count; i++)
		str_addf(ret, "%s%s", i > 0 ? ";" : "", sessions->codes[i]);
}

static enum status find_sessions(const struct course_sessions_change *change,
	struct course_sessions *sessions, struct error *error)
{
	const char *position = change->codes;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		CLEANUP(memory_free_text) char *code = xstrndup(word, length);
		const struct session *session;
		enum status status = agenda_find_session(change->agenda, code, &session, error);
		if (status != STATUS_OK)
			return status;
		if (!course_sessions_have(sessions, session->id))
			add(session->id, session->code, sessions);
	}
	return STATUS_OK;
}

enum status course_sessions_find(const struct course_sessions_change *change,
	struct course_sessions *sessions, struct error *error)
{
	CLEANUP(course_sessions_free) struct course_sessions named = { .ids = NULL };

	enum status status = find_sessions(change, &named, error);
	/* The programme is in the order that is wanted. */
	for (size_t i = 0; i < change->agenda->programme->session_count && status == STATUS_OK;
		i++) {
		const struct session *session = &change->agenda->programme->sessions[i];
		if (course_sessions_have(&named, session->id))
			add(session->id, session->code, sessions);
	}
	return status;
}

void course_sessions_copy(const struct course_sessions *from, struct course_sessions *to)
{
	for (size_t i = 0; i < from->count; i++)
		add(from->ids[i], from->codes[i], to);
}

static bool are_same(const struct course_sessions *a, const struct course_sessions *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!course_sessions_have(b, a->ids[i]))
			return false;
	return a->count == b->count;
}

/* What stays must be of an event that still counts. */
static enum status check_stay(const struct course_sessions *sessions, enum course_purpose purpose,
	const struct agenda *agenda, struct error *error)
{
	const char *option = purpose == COURSE_COUNTS ? "count-session" : "require-session";

	for (size_t i = 0; i < sessions->count; i++) {
		if (programme_session_by_id(agenda->programme, sessions->ids[i]) != NULL)
			continue;
		(void)error_set(error, STATUS_NOT_FOUND,
			"session '%s' is of an event that would not be counted any more",
			sessions->codes[i]);
		return error_hint(error, "name the sessions anew with --%s, or 'none'", option);
	}
	return STATUS_OK;
}

enum status course_sessions_change(struct db *db, const struct course *course,
	enum course_purpose purpose, const struct course_sessions_change *change,
	bool *ret_is_changed, struct error *error)
{
	const struct course_sessions *before =
		purpose == COURSE_COUNTS ? &course->counted : &course->required;
	CLEANUP(course_sessions_free) struct course_sessions after = { .ids = NULL };
	bool is_changed = false;

	if (change->codes == NULL)
		return check_stay(before, purpose, change->agenda, error);
	enum status status = course_sessions_find(change, &after, error);
	if (status == STATUS_OK && !are_same(before, &after)) {
		is_changed = true;
		status = course_store_clear_sessions(db, course->id, purpose, error);
		for (size_t i = 0; i < after.count && status == STATUS_OK; i++)
			status = course_store_add_session(db, course->id, purpose, after.ids[i],
				error);
	}
	if (status == STATUS_OK)
		*ret_is_changed |= is_changed;
	return status;
}

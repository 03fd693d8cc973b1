/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sessions that a course's rule names.
 */
#ifndef REGTOOL_CORE_COURSE_SESSIONS_H
#define REGTOOL_CORE_COURSE_SESSIONS_H

#include "core/agenda.h"
#include "core/course.h"

/* The events that the course counts are known already. */
enum status course_sessions_load(struct db *db, const struct course *course,
	enum course_purpose purpose, struct course_sessions *sessions, struct error *error);
void course_sessions_free(struct course_sessions *sessions);

struct course_sessions_change {
	const struct agenda *agenda; /* of the events that are counted from now on */
	const char *codes;           /* set of CODE or EVENT:CODE, "": none; NULL: they stay */
};

/* Adds the sessions with these codes, each once, in the agenda's order. STATUS_NOT_FOUND,
 * STATUS_AMBIGUOUS: a code. */
enum status course_sessions_find(const struct course_sessions_change *change,
	struct course_sessions *sessions, struct error *error);
/* Adds the same. */
void course_sessions_copy(const struct course_sessions *from, struct course_sessions *to);

/* Replaces the sessions named for a purpose, inside a write transaction; sets
 * *ret_is_changed if they are others than before. STATUS_NOT_FOUND: a code, or one that stays is of
 * an event that counts no more. STATUS_AMBIGUOUS: several of the events have the code. */
enum status course_sessions_change(struct db *db, const struct course *course,
	enum course_purpose purpose, const struct course_sessions_change *change,
	bool *ret_is_changed, struct error *error);

/* Whether the session is among them. */
bool course_sessions_have(const struct course_sessions *sessions, int64_t session_id);
/* Sets `ret` to their codes, divided by ';', in their order. */
void course_sessions_codes(const struct course_sessions *sessions, struct str *ret);

#endif

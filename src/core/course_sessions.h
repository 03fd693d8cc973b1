/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sessions that a course's rule names.
 */
#ifndef REGTOOL_CORE_COURSE_SESSIONS_H
#define REGTOOL_CORE_COURSE_SESSIONS_H

#include "core/course.h"
#include "core/programme.h"

enum status course_sessions_load(struct db *db, int64_t course_id, enum course_purpose purpose,
	struct course_sessions *sessions, struct error *error);
void course_sessions_free(struct course_sessions *sessions);

struct course_sessions_change {
	const struct programme *programme;
	const char *codes; /* set; "": none */
};

/* Adds the sessions with these codes, each once, by start, then code. STATUS_NOT_FOUND: a code. */
enum status course_sessions_find(const struct course_sessions_change *change,
	struct course_sessions *sessions, struct error *error);
/* Adds the same. */
void course_sessions_copy(const struct course_sessions *from, struct course_sessions *to);

/* Replaces the sessions named for a purpose, inside a write transaction; *ret_is_changed
 * tells whether they are others than before. STATUS_NOT_FOUND: a code. */
enum status course_sessions_change(struct db *db, const struct course *course,
	enum course_purpose purpose, const struct course_sessions_change *change,
	bool *ret_is_changed, struct error *error);

/* Whether the session is among them. */
bool course_sessions_have(const struct course_sessions *sessions, int64_t session_id);
/* Sets `ret` to their codes, divided by ';', in their order. */
void course_sessions_codes(const struct course_sessions *sessions, struct str *ret);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events that a course's rule names.
 */
#ifndef REGTOOL_CORE_COURSE_EVENTS_H
#define REGTOOL_CORE_COURSE_EVENTS_H

#include "core/course.h"

enum status course_events_load(struct db *db, int64_t course_id, struct course_events *events,
	struct error *error);
void course_events_free(struct course_events *events);

/* Finds the events of a set of codes, each once, by number. STATUS_NOT_FOUND. The caller frees
 * them in any case. */
enum status course_events_find(struct db *db, const char *codes, struct course_events *ret_events,
	struct error *error);
/* Replaces those of a course, inside a write transaction. */
enum status course_events_put(struct db *db, int64_t course_id, const struct course_events *events,
	struct error *error);

void course_events_copy(const struct course_events *from, struct course_events *to);
bool course_events_have(const struct course_events *events, int64_t event_id);
bool course_events_are_same(const struct course_events *a, const struct course_events *b);
/* Sets `ret` to their codes, divided by ';', in their order. */
void course_events_codes(const struct course_events *events, struct str *ret);

#endif

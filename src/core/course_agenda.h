/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A course's agenda as the database has it: its own event, the events that it counts, and their
 * programmes.
 */
#ifndef REGTOOL_CORE_COURSE_AGENDA_H
#define REGTOOL_CORE_COURSE_AGENDA_H

#include "core/agenda.h"
#include "core/course.h"
#include "core/event.h"

struct course_agenda {
	struct agenda *agenda;
	/* Of the agenda's events, in their order: the course's own first if it is counted, then by
	 * number. */
	struct event **events;
	struct programme **programmes;
	struct zone **zones;
	size_t event_count;
	struct zone *zone; /* of the course's own event */
};

/* Reads it, in the caller's transaction. Of `course' only its own event and the events that it
 * counts are looked at. STATUS_USAGE: a zone that this machine does not have. The caller frees
 * it. */
enum status course_agenda_load(struct db *db, const struct course *course,
	struct course_agenda **ret_agenda, struct error *error);
void course_agenda_free(struct course_agenda *agenda);
void course_agenda_freep(struct course_agenda **agenda);

#endif

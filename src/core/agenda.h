/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a course looks at: the events that it counts, and the sessions of all of them in the
 * order of time. An event without sessions is one session here, without time of its own: the
 * arrival at it. Pure: no database, no clock.
 */
#ifndef REGTOOL_CORE_AGENDA_H
#define REGTOOL_CORE_AGENDA_H

#include "core/programme.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An event that is counted. All borrowed. */
struct agenda_event {
	const char *code;
	const struct zone *zone;
	const struct programme *programme;
	int64_t doors_s; /* how late after a session's end a check-out may be */
	bool has_first_day;
	zone_day first_day; /* when the arrival at an event without sessions is due */
	bool has_last_day;
	zone_day last_day; /* and when it is over */
};

/* Where a session of the agenda comes from. */
struct agenda_place {
	size_t event;    /* place among the agenda's events */
	size_t session;  /* place in that event's programme */
	bool is_arrival; /* the event has no sessions: there is none there */
	bool has_day;    /* false: an arrival of which nobody knows when */
};

struct agenda {
	struct agenda_event *events;
	size_t event_count;
	/* All sessions, by start, then event, then code; an arrival stands at the noon of the
	 * event's first day, or last if there is none. Where `names_events`, a session's code is
	 * EVENT:CODE, an arrival's the event's own. */
	const struct programme *programme;
	struct agenda_place *places; /* of each of these sessions */
	bool names_events;
	struct programme *made; /* of which the programme was put together; NULL: an event's own */
};

/* `names_events` tells whether sessions bear their event's code. What the events borrow must
 * last as long. The caller frees it. */
struct agenda *agenda_new(const struct agenda_event *events, size_t count, bool names_events);
void agenda_free(struct agenda *agenda);
void agenda_freep(struct agenda **agenda);

/* Sets `ret` to how a session is named in a course that counts several events. */
void agenda_write_name(const char *event_code, const char *code, struct str *ret);

/* The session that is meant by CODE or EVENT:CODE, without regard to case. STATUS_NOT_FOUND
 * with the sessions there are in the hint; STATUS_AMBIGUOUS with those that are meant. */
enum status agenda_find_session(const struct agenda *agenda, const char *word,
	const struct session **ret_session, struct error *error);

#endif

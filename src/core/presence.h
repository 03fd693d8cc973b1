/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Presence: from the rows that the ledger has of one person at one event to the intervals
 * in which the person was in each session. Pure: no database, no clock.
 *
 * Scans at the door give stays by core/sighting (an in until the next out, the check-in to
 * another session, or the session's end); a row of a meeting report or by hand is an
 * interval by itself, an open one lasting to the session's end. Rows that happened after
 * `as_of_s` are not looked at, and nothing lasts longer than to it. Two devices, rejoins, a
 * hall and a screen overlap here; whoever adds up takes their union (core/span), so that no
 * second counts twice. What of them counts is asked with the windows that count for the
 * person: presence_collect.
 */
#ifndef REGTOOL_CORE_PRESENCE_H
#define REGTOOL_CORE_PRESENCE_H

#include "core/programme.h"
#include "core/sighting.h"
#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum presence_source {
	PRESENCE_DOOR,
	PRESENCE_ONLINE,
	PRESENCE_MANUAL,
};

enum presence_result {
	PRESENCE_ADMITTED,
	PRESENCE_SIGHTED, /* refused as already-in or not-in: still a sighting */
	PRESENCE_REFUSED, /* refused for another reason: says nothing but that it was tried */
};

/* A row of the ledger that was not taken back. */
struct presence_row {
	int64_t scan_id;
	int64_t at_s;
	int64_t session_id; /* 0: none */
	bool is_out;
	bool has_until; /* online and manual rows: false is open */
	int64_t until_s;
	enum presence_source source;
	enum presence_result result;
};

enum presence_end {
	PRESENCE_OPEN,   /* nothing says when it ended: until the session's end */
	PRESENCE_OUT,    /* a check-out */
	PRESENCE_MOVED,  /* the check-in to another session */
	PRESENCE_STATED, /* the row itself says when */
};

/* The person in a session, in the words of one or two rows; not clipped. */
struct presence_interval {
	size_t session; /* place in the programme */
	enum presence_source source;
	enum presence_end end;
	int64_t from_s;
	int64_t to_s; /* as the rows say it; of an open one the session's end, or now */
	/* An exit was seen: a check-out up to `doors` after the session's end, a move before its
	 * end, a stated leave. What counts where a rule requires exits. */
	bool is_closed;
	/* Not closed, but at `as_of_s` a check-out could still do it. */
	bool is_closable;
	int64_t from_scan_id;
	int64_t to_scan_id; /* 0: none */
};

/* What a person's rows say of one session. */
struct presence_session {
	bool has_rows; /* any, also refused ones */
	bool has_door; /* sources of its intervals */
	bool has_online;
	bool has_manual;
	size_t first_interval; /* place among the intervals */
	size_t interval_count;
};

struct presence_settings {
	const struct programme *programme;
	int64_t doors_s; /* seconds that doors open before a session, and a check-out may be late */
	int64_t as_of_s; /* INT64_MAX: all rows count */
	int64_t now_s;   /* an open stay that began before lasts no longer than to here */
};

/* One person's presence; made once and filled for one person after the other. */
struct presence;

/* `settings` and its programme are borrowed. */
struct presence *presence_new(const struct presence_settings *settings);
void presence_free(struct presence *presence);
void presence_freep(struct presence **presence);

/* The next person: forgets the rows and all that came from them. */
void presence_clear(struct presence *presence);
/* Takes a row; in any order. Rows of sessions that the programme does not have are left
 * out. */
void presence_add(struct presence *presence, const struct presence_row *row);
/* Works out the intervals, after the last row. */
void presence_finish(struct presence *presence);

/* Whether the person was admitted at the event (a check-in without a session); then sets
 * *ret_at_s to the first time (may be NULL). */
bool presence_has_arrived(const struct presence *presence, int64_t *ret_at_s);
const struct presence_session *presence_of_session(const struct presence *presence, size_t session);
/* All intervals, by session, then start. */
const struct presence_interval *presence_intervals(const struct presence *presence,
	size_t *ret_count);

enum presence_kind {
	PRESENCE_ALL,      /* every interval */
	PRESENCE_CLOSED,   /* those with an exit */
	PRESENCE_POSSIBLE, /* those with an exit, or that may still get one */
};

/* Adds the stretches in which the person was in the session, clipped to `windows` and cut at
 * `as_of_s`. */
void presence_collect(const struct presence *presence, size_t session, enum presence_kind kind,
	const struct spans *windows, struct spans *stretches);

#endif

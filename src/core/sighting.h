/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sightings of one person at the doors of one event, and the stays that follow from them.
 * Pure: no database, no clock. Check-in asks it whether somebody is inside; presence turns
 * its stays into minutes.
 *
 * A sighting is every door scan that was admitted, or refused as already-in or not-in, and
 * was not taken back. They count in the order of their own times, whenever they were
 * stored: so a late entry gives the same stays in any order. At the same second an out goes
 * before an in, then the session's code decides, then the scan's number.
 *
 * An in opens a stay in its session; an in to another session closes it at that time; an
 * out closes it (an out of another session than the one the person is in changes nothing;
 * an out without a session closes any). An arrival (in without a session) opens and closes
 * nothing here.
 */
#ifndef REGTOOL_CORE_SIGHTING_H
#define REGTOOL_CORE_SIGHTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sighting {
	int64_t at_s;
	int64_t scan_id;
	int64_t session_id; /* 0: none */
	int code_rank;      /* of the session; 0 for none */
	bool is_out;
};

enum stay_end {
	STAY_OPEN,  /* nothing closed it */
	STAY_OUT,   /* a check-out did */
	STAY_MOVED, /* the check-in to another session did */
};

struct stay {
	int64_t session_id;
	int64_t from_s;
	int64_t to_s; /* not set if it is open */
	enum stay_end end;
	int64_t from_scan_id;
	int64_t to_scan_id; /* 0 if it is open */
};

/* Puts them into the order in which they count. */
void sightings_sort(struct sighting *sightings, size_t count);

/* Whether an in of the same second counts after `next`, though that was seen last. */
bool sightings_overtake(const struct sighting *sightings, size_t count,
	const struct sighting *next);

/* Lends each stay, in order; of the last it may be that it is open. `sightings` is sorted. */
typedef void stay_function(const struct stay *stay, void *data);
void sightings_walk(const struct sighting *sightings, size_t count, stay_function *function,
	void *data);

/* Where the person is after all of the sorted sightings up to and including `at_s`: true
 * with the open stay, false if in no session. */
bool sightings_inside(const struct sighting *sightings, size_t count, int64_t at_s,
	struct stay *ret_stay);

/* The same asked of one session, from the end: whether the last of the sorted sightings tell
 * that the person is in it, or is not, or that earlier ones have to be looked at too. */
enum sightings_verdict {
	SIGHTINGS_SILENT, /* whoever was in is in */
	SIGHTINGS_IN,
	SIGHTINGS_NOT_IN,
};
enum sightings_verdict sightings_last_say(const struct sighting *sightings, size_t count,
	int64_t session_id);

/* Whether there is an arrival from `from_s` (the start of a local day) up to and including
 * `at_s`; true with the time since when. `is_ended_by_out`: an out without a session takes it
 * back (an event without sessions). */
bool sightings_arrived(const struct sighting *sightings, size_t count, int64_t from_s, int64_t at_s,
	bool is_ended_by_out, int64_t *ret_first_s);

#endif

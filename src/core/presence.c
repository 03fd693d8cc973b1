/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/presence.h"

#include "util/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A session by its number, for a quick look. */
struct place {
	int64_t session_id;
	size_t session;
};

struct presence {
	struct presence_settings settings;
	struct place *places; /* by number */
	struct presence_session *sessions;
	struct sighting *sightings;
	size_t sighting_count;
	size_t sighting_capacity;
	struct presence_interval *intervals;
	size_t interval_count;
	size_t interval_capacity;
	bool has_arrived;
	int64_t arrived_s; /* the first time */
	bool is_clear;
	bool is_finished;
};

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left;
	const struct place *b = right;

	return (a->session_id > b->session_id) - (a->session_id < b->session_id);
}

struct presence *presence_new(const struct presence_settings *settings)
{
	const struct programme *programme = settings->programme;
	struct presence *presence = xcalloc(1, sizeof *presence);

	presence->settings = *settings;
	presence->places = xcalloc(programme->session_count + 1, sizeof *presence->places);
	presence->sessions = xcalloc(programme->session_count + 1, sizeof *presence->sessions);
	for (size_t i = 0; i < programme->session_count; i++)
		presence->places[i] = (struct place){
			.session_id = programme->sessions[i].id,
			.session = i,
		};
	qsort(presence->places, programme->session_count, sizeof *presence->places, compare_places);
	presence->is_clear = true;
	return presence;
}

void presence_free(struct presence *presence)
{
	if (presence == NULL)
		return;
	free(presence->places);
	free(presence->sessions);
	free(presence->sightings);
	free(presence->intervals);
	free(presence);
}

void presence_freep(struct presence **presence)
{
	presence_free(*presence);
	*presence = NULL;
}

void presence_clear(struct presence *presence)
{
	presence->sighting_count = 0;
	presence->interval_count = 0;
	presence->has_arrived = false;
	presence->is_finished = false;
	if (!presence->is_clear)
		memset(presence->sessions, 0,
			presence->settings.programme->session_count * sizeof *presence->sessions);
	presence->is_clear = true;
}

static bool find_place(const struct presence *presence, int64_t session_id, size_t *ret_session)
{
	const struct place key = { .session_id = session_id };
	const struct place *place = bsearch(&key, presence->places,
		presence->settings.programme->session_count, sizeof key, compare_places);

	if (place == NULL)
		return false;
	*ret_session = place->session;
	return true;
}

static struct presence_interval *new_interval(struct presence *presence)
{
	if (presence->interval_count == presence->interval_capacity) {
		presence->interval_capacity = 2 * presence->interval_capacity + 8;
		presence->intervals = xreallocarray(presence->intervals,
			presence->interval_capacity, sizeof *presence->intervals);
	}
	return &presence->intervals[presence->interval_count++];
}

static void add_sighting(struct presence *presence, const struct presence_row *row, int code_rank)
{
	if (presence->sighting_count == presence->sighting_capacity) {
		presence->sighting_capacity = 2 * presence->sighting_capacity + 8;
		presence->sightings = xreallocarray(presence->sightings,
			presence->sighting_capacity, sizeof *presence->sightings);
	}
	presence->sightings[presence->sighting_count++] = (struct sighting){
		.at_s = row->at_s,
		.scan_id = row->scan_id,
		.session_id = row->session_id,
		.code_rank = code_rank,
		.is_out = row->is_out,
	};
}

/* When an open stay is taken to end. */
static int64_t open_end_s(const struct presence *presence, size_t session, int64_t from_s)
{
	int64_t end_s = presence->settings.programme->sessions[session].end_s;
	int64_t now_s = presence->settings.now_s;

	return from_s <= now_s && now_s < end_s ? now_s : end_s;
}

/* A row that is an interval by itself. */
static void add_stated(struct presence *presence, const struct presence_row *row, size_t session)
{
	*new_interval(presence) = (struct presence_interval){
		.session = session,
		.source = row->source,
		.end = row->has_until ? PRESENCE_STATED : PRESENCE_OPEN,
		.from_s = row->at_s,
		.to_s = row->has_until ? row->until_s : open_end_s(presence, session, row->at_s),
		.is_closed = row->has_until,
		.from_scan_id = row->scan_id,
	};
}

static void add_arrival(struct presence *presence, int64_t at_s)
{
	if (!presence->has_arrived || at_s < presence->arrived_s)
		presence->arrived_s = at_s;
	presence->has_arrived = true;
}

void presence_add(struct presence *presence, const struct presence_row *row)
{
	size_t session;

	assert(!presence->is_finished);
	if (row->at_s > presence->settings.as_of_s)
		return;
	bool is_door = row->source == PRESENCE_DOOR;
	bool is_sighting = is_door && row->result != PRESENCE_REFUSED;
	if (row->session_id == 0 && is_sighting) {
		if (row->result == PRESENCE_ADMITTED && !row->is_out)
			add_arrival(presence, row->at_s);
		add_sighting(presence, row, 0);
	}
	if (row->session_id == 0 || !find_place(presence, row->session_id, &session))
		return;
	presence->is_clear = false;
	presence->sessions[session].has_rows = true;
	if (is_sighting)
		add_sighting(presence, row,
			presence->settings.programme->sessions[session].code_rank);
	else if (!is_door && row->result == PRESENCE_ADMITTED)
		add_stated(presence, row, session);
}

/* --- Intervals --- */

static void take_stay(const struct stay *stay, void *data)
{
	static const enum presence_end ends[] = {
		[STAY_OPEN] = PRESENCE_OPEN,
		[STAY_OUT] = PRESENCE_OUT,
		[STAY_MOVED] = PRESENCE_MOVED,
	};
	struct presence *presence = data;
	const struct presence_settings *settings = &presence->settings;
	size_t session;

	if (!find_place(presence, stay->session_id, &session))
		return;
	int64_t end_s = settings->programme->sessions[session].end_s;
	int64_t last_exit_s = end_s + settings->doors_s;
	bool is_closed = (stay->end == STAY_OUT && stay->to_s <= last_exit_s) ||
			 (stay->end == STAY_MOVED && stay->to_s < end_s);
	*new_interval(presence) = (struct presence_interval){
		.session = session,
		.source = PRESENCE_DOOR,
		.end = ends[stay->end],
		.from_s = stay->from_s,
		.to_s = stay->end != STAY_OPEN ? stay->to_s
					       : open_end_s(presence, session, stay->from_s),
		.is_closed = is_closed,
		.is_closable = stay->end == STAY_OPEN && settings->as_of_s < last_exit_s,
		.from_scan_id = stay->from_scan_id,
		.to_scan_id = stay->to_scan_id,
	};
}

static int compare_intervals(const void *left, const void *right)
{
	const struct presence_interval *a = left;
	const struct presence_interval *b = right;
	int order = (a->session > b->session) - (a->session < b->session);

	if (order == 0)
		order = (a->from_s > b->from_s) - (a->from_s < b->from_s);
	if (order == 0)
		order = (a->from_scan_id > b->from_scan_id) - (a->from_scan_id < b->from_scan_id);
	return order;
}

static bool are_intervals_in_order(const struct presence *presence)
{
	for (size_t i = 1; i < presence->interval_count; i++)
		if (compare_intervals(&presence->intervals[i - 1], &presence->intervals[i]) > 0)
			return false;
	return true;
}

void presence_finish(struct presence *presence)
{
	assert(!presence->is_finished);
	sightings_sort(presence->sightings, presence->sighting_count);
	sightings_walk(presence->sightings, presence->sighting_count, take_stay, presence);
	if (!are_intervals_in_order(presence))
		qsort(presence->intervals, presence->interval_count, sizeof *presence->intervals,
			compare_intervals);
	for (size_t i = 0; i < presence->interval_count; i++) {
		const struct presence_interval *interval = &presence->intervals[i];
		struct presence_session *session = &presence->sessions[interval->session];
		if (session->interval_count++ == 0)
			session->first_interval = i;
		session->has_door |= interval->source == PRESENCE_DOOR;
		session->has_online |= interval->source == PRESENCE_ONLINE;
		session->has_manual |= interval->source == PRESENCE_MANUAL;
	}
	presence->is_finished = true;
}

bool presence_has_arrived(const struct presence *presence, int64_t *ret_at_s)
{
	if (presence->has_arrived && ret_at_s != NULL)
		*ret_at_s = presence->arrived_s;
	return presence->has_arrived;
}

const struct presence_session *presence_of_session(const struct presence *presence, size_t session)
{
	assert(presence->is_finished);
	return &presence->sessions[session];
}

const struct presence_interval *presence_intervals(const struct presence *presence,
	size_t *ret_count)
{
	assert(presence->is_finished);
	*ret_count = presence->interval_count;
	return presence->intervals;
}

static bool is_of_kind(const struct presence_interval *interval, enum presence_kind kind)
{
	switch (kind) {
	case PRESENCE_ALL:
		break;
	case PRESENCE_CLOSED:
		return interval->is_closed;
	case PRESENCE_POSSIBLE:
		return interval->is_closed || interval->is_closable;
	}
	return true;
}

void presence_collect(const struct presence *presence, size_t session, enum presence_kind kind,
	const struct spans *windows, struct spans *stretches)
{
	const struct presence_session *rows = presence_of_session(presence, session);
	int64_t as_of_s = presence->settings.as_of_s;

	for (size_t i = 0; i < rows->interval_count; i++) {
		const struct presence_interval *interval =
			&presence->intervals[rows->first_interval + i];
		int64_t to_s = interval->to_s < as_of_s ? interval->to_s : as_of_s;
		if (is_of_kind(interval, kind))
			spans_add_clipped(stretches, interval->from_s, to_s, windows);
	}
}

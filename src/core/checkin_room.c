/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a session has room for one more. Where somebody is follows from their own sightings
 * alone, so whoever ever had a scan in the session may have to be looked at. Two things keep
 * that short: of a person only the last sightings are read, up to the one that tells; and it
 * ends as soon as those who are left make no difference, which is at once while less people had
 * a scan there than fit in.
 */
#include "core/checkin_private.h"
#include "store/scan_store.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

/* --- Who may be inside --- */

/* Who had a scan in a session, by number, each once. It is listed once in a group, in which
 * nobody else stores a scan. */
struct room {
	bool is_listed;
	int64_t session_id;
	int64_t *ids;
	size_t count;
	size_t capacity;
};

void checkin_free_rooms(struct checkin *checkin)
{
	if (checkin->rooms == NULL)
		return;
	for (size_t i = 0; i < checkin->programme->session_count; i++)
		free(checkin->rooms[i].ids);
	free(checkin->rooms);
	checkin->rooms = NULL;
}

/* The place where the number is, or would be. */
static size_t find_place(const struct room *room, int64_t registrant_id)
{
	size_t low = 0;
	size_t high = room->count;

	/* The usual one is new and the last. */
	if (high > 0 && room->ids[high - 1] < registrant_id)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (room->ids[middle] < registrant_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_to_room(struct room *room, int64_t registrant_id)
{
	size_t place = find_place(room, registrant_id);

	if (place < room->count && room->ids[place] == registrant_id)
		return;
	if (room->count == room->capacity) {
		room->capacity = room->capacity == 0 ? 256 : room->capacity * 2;
		room->ids = xreallocarray(room->ids, room->capacity, sizeof *room->ids);
	}
	memmove(room->ids + place + 1, room->ids + place,
		(room->count - place) * sizeof *room->ids);
	room->ids[place] = registrant_id;
	room->count++;
}

static enum status add_person(int64_t registrant_id, void *data, struct error *error)
{
	(void)error;
	add_to_room(data, registrant_id);
	return STATUS_OK;
}

static void add_rehearsed_person(const struct scan_row *row, void *data)
{
	struct room *room = data;

	if (row->session_id == room->session_id && row->registrant_id != 0)
		add_to_room(room, row->registrant_id);
}

void checkin_note_in_room(struct checkin *checkin, const struct scan_row *row)
{
	const struct programme *programme = checkin->programme;

	if (checkin->rooms == NULL || row->session_id == 0 || row->registrant_id == 0)
		return;
	const struct session *session = programme_session_by_id(programme, row->session_id);
	struct room *room = &checkin->rooms[session - programme->sessions];
	if (room->is_listed)
		add_to_room(room, row->registrant_id);
}

static enum status enter_room(const struct scan_case *scan, const struct room **ret_room,
	struct error *error)
{
	struct checkin *checkin = scan->checkin;
	const struct programme *programme = checkin->programme;

	if (checkin->rooms == NULL)
		checkin->rooms = xcalloc(programme->session_count, sizeof *checkin->rooms);
	struct room *room = &checkin->rooms[scan->session - programme->sessions];
	*ret_room = room;
	if (room->is_listed)
		return STATUS_OK;
	room->session_id = scan->session->id;
	enum status status = scan_store_people_in_session(checkin->settings.db, room->session_id,
		add_person, room, error);
	if (status == STATUS_OK && checkin->rehearsal != NULL)
		rehearsal_all(checkin->rehearsal, add_rehearsed_person, room);
	room->is_listed = status == STATUS_OK;
	return status;
}

/* --- Whether one is --- */

struct looking {
	struct checkin *checkin;
	int64_t session_id;
	enum sightings_verdict verdict;
};

static void judge(struct looking *looking)
{
	struct checkin *checkin = looking->checkin;

	sightings_sort(checkin->sightings, checkin->sighting_count);
	looking->verdict = sightings_last_say(checkin->sightings, checkin->sighting_count,
		looking->session_id);
}

/* Sightings come the last first, but those of one second in no order: it is read to its end. */
static enum status look_at_seen(const struct seen_row *row, void *data, struct error *error)
{
	struct looking *looking = data;
	struct checkin *checkin = looking->checkin;
	size_t count = checkin->sighting_count;

	(void)error;
	if (!row->is_sighting)
		return STATUS_OK;
	if (count > 0 && checkin->sightings[count - 1].at_s != row->at_s) {
		judge(looking);
		if (looking->verdict != SIGHTINGS_SILENT)
			return STATUS_NO;
		/* Sorted, so that the earliest stands first. */
		checkin->sighting_count = 0;
	}
	checkin_add_sighting(checkin, &(struct sighting){
					      .at_s = row->at_s,
					      .scan_id = row->scan_id,
					      .session_id = row->session_id,
					      .is_out = row->is_out,
				      });
	return STATUS_OK;
}

static void forget_later(struct checkin *checkin, int64_t until_s)
{
	while (checkin->sighting_count > 0 &&
		checkin->sightings[checkin->sighting_count - 1].at_s > until_s)
		checkin->sighting_count--;
}

static enum status is_inside(const struct scan_case *scan, int64_t registrant_id,
	bool *ret_is_inside, struct error *error)
{
	struct checkin *checkin = scan->checkin;
	int64_t until_s = scan->request->at_s;
	struct looking looking = { .checkin = checkin, .session_id = scan->session->id };

	checkin->sighting_count = 0;
	enum status status = scan_store_seen_last(checkin->settings.db, registrant_id, until_s,
		look_at_seen, &looking, error);
	if (status != STATUS_OK)
		return status;
	/* What is stored has told by now, or is silent; what is rehearsed may come between. */
	if (checkin->rehearsal != NULL)
		rehearsal_of_registrant(checkin->rehearsal, registrant_id, checkin_add_rehearsed,
			checkin);
	sightings_sort(checkin->sightings, checkin->sighting_count);
	forget_later(checkin, until_s);
	judge(&looking);
	*ret_is_inside = looking.verdict == SIGHTINGS_IN;
	return STATUS_OK;
}

/* --- The whole --- */

static enum status count_inside(const struct scan_case *scan, const struct room *room,
	bool *ret_is_full, struct error *error)
{
	int64_t capacity = scan->session->capacity;
	int64_t inside = 0;

	for (size_t i = 0; i < room->count; i++) {
		bool is_in = false;
		/* They are in enough already, or would not be with all who are left. */
		if (inside >= capacity || inside + (int64_t)(room->count - i) < capacity)
			break;
		enum status status = is_inside(scan, room->ids[i], &is_in, error);
		if (status != STATUS_OK)
			return status;
		inside += is_in ? 1 : 0;
	}
	*ret_is_full = inside >= capacity;
	return STATUS_OK;
}

enum status checkin_is_full(const struct scan_case *scan, bool *ret_is_full, struct error *error)
{
	const struct room *room;

	enum status status = enter_room(scan, &room, error);
	return status == STATUS_OK ? count_inside(scan, room, ret_is_full, error) : status;
}

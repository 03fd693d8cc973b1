/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/sighting.h"

#include <stdlib.h>

static int compare_integers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
	const struct sighting *a = left;
	const struct sighting *b = right;
	int order = compare_integers(a->at_s, b->at_s);

	if (order == 0)
		order = (int)b->is_out - (int)a->is_out;
	if (order == 0)
		order = compare_integers(a->code_rank, b->code_rank);
	if (order == 0)
		order = compare_integers(a->scan_id, b->scan_id);
	return order;
}

void sightings_sort(struct sighting *sightings, size_t count)
{
	if (count > 1)
		qsort(sightings, count, sizeof *sightings, compare);
}

bool sightings_overtake(const struct sighting *sightings, size_t count, const struct sighting *next)
{
	for (size_t i = 0; i < count; i++)
		if (sightings[i].at_s == next->at_s && !sightings[i].is_out &&
			(next->is_out || (next->session_id != 0 &&
						 sightings[i].code_rank > next->code_rank)))
			return true;
	return false;
}

/* Where a person is on the way through the sightings. */
struct place {
	bool is_inside;
	struct stay stay; /* open, if inside */
};

/* What one sighting does. True with the stay that it closed. */
static bool take(struct place *place, const struct sighting *sighting, struct stay *ret_closed)
{
	bool was_inside = place->is_inside;
	bool is_same = was_inside && sighting->session_id == place->stay.session_id;

	if (sighting->is_out ? !was_inside || (sighting->session_id != 0 && !is_same)
			     : sighting->session_id == 0 || is_same)
		return false;
	if (was_inside) {
		*ret_closed = place->stay;
		ret_closed->to_s = sighting->at_s;
		ret_closed->to_scan_id = sighting->scan_id;
		ret_closed->end = sighting->is_out ? STAY_OUT : STAY_MOVED;
	}
	*place = (struct place){ .is_inside = !sighting->is_out };
	if (place->is_inside) {
		place->stay.session_id = sighting->session_id;
		place->stay.from_s = sighting->at_s;
		place->stay.from_scan_id = sighting->scan_id;
	}
	return was_inside;
}

void sightings_walk(const struct sighting *sightings, size_t count, stay_function *function,
	void *data)
{
	struct place place = { .is_inside = false };
	struct stay closed;

	for (size_t i = 0; i < count; i++)
		if (take(&place, &sightings[i], &closed))
			function(&closed, data);
	if (place.is_inside)
		function(&place.stay, data);
}

bool sightings_inside(const struct sighting *sightings, size_t count, int64_t at_s,
	struct stay *ret_stay)
{
	struct place place = { .is_inside = false };
	struct stay closed;

	for (size_t i = 0; i < count && sightings[i].at_s <= at_s; i++)
		(void)take(&place, &sightings[i], &closed);
	if (place.is_inside)
		*ret_stay = place.stay;
	return place.is_inside;
}

enum sightings_verdict sightings_last_say(const struct sighting *sightings, size_t count,
	int64_t session_id)
{
	while (count-- > 0) {
		const struct sighting *sighting = &sightings[count];
		if (sighting->is_out &&
			(sighting->session_id == 0 || sighting->session_id == session_id))
			return SIGHTINGS_NOT_IN;
		if (!sighting->is_out && sighting->session_id != 0)
			return sighting->session_id == session_id ? SIGHTINGS_IN : SIGHTINGS_NOT_IN;
	}
	return SIGHTINGS_SILENT;
}

bool sightings_arrived(const struct sighting *sightings, size_t count, int64_t from_s, int64_t at_s,
	bool is_ended_by_out, int64_t *ret_first_s)
{
	bool has_arrived = false;
	int64_t first_s = 0;

	for (size_t i = 0; i < count && sightings[i].at_s <= at_s; i++) {
		const struct sighting *sighting = &sightings[i];
		if (sighting->session_id != 0 || sighting->at_s < from_s)
			continue;
		if (!sighting->is_out && !has_arrived)
			first_s = sighting->at_s;
		has_arrived = !sighting->is_out || (has_arrived && !is_ended_by_out);
	}
	if (has_arrived)
		*ret_first_s = first_s;
	return has_arrived;
}

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

static bool is_inside(const struct stay *stay)
{
	return stay->from_scan_id != 0 && stay->end == STAY_OPEN;
}

/* What one sighting does to the stay the person is in (from_scan_id 0: none). True with the
 * stay that it closed. */
static bool take(struct stay *stay, const struct sighting *sighting, struct stay *ret_closed)
{
	bool is_in = is_inside(stay);

	if (sighting->is_out) {
		if (!is_in ||
			(sighting->session_id != 0 && sighting->session_id != stay->session_id))
			return false;
	} else if (sighting->session_id == 0 ||
		   (is_in && sighting->session_id == stay->session_id)) {
		return false;
	}
	if (is_in) {
		*ret_closed = *stay;
		ret_closed->to_s = sighting->at_s;
		ret_closed->to_scan_id = sighting->scan_id;
		ret_closed->end = sighting->is_out ? STAY_OUT : STAY_MOVED;
	}
	*stay = (struct stay){ 0 };
	if (!sighting->is_out) {
		stay->session_id = sighting->session_id;
		stay->from_s = sighting->at_s;
		stay->from_scan_id = sighting->scan_id;
	}
	return is_in;
}

void sightings_walk(const struct sighting *sightings, size_t count, stay_function *function,
	void *data)
{
	struct stay stay = { 0 };
	struct stay closed;

	for (size_t i = 0; i < count; i++)
		if (take(&stay, &sightings[i], &closed))
			function(&closed, data);
	if (is_inside(&stay))
		function(&stay, data);
}

bool sightings_inside(const struct sighting *sightings, size_t count, int64_t at_s,
	struct stay *ret_stay)
{
	struct stay stay = { 0 };
	struct stay closed;

	for (size_t i = 0; i < count && sightings[i].at_s <= at_s; i++)
		(void)take(&stay, &sightings[i], &closed);
	if (!is_inside(&stay))
		return false;
	*ret_stay = stay;
	return true;
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

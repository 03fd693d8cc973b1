/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance_batch.h"

#include "core/span.h"
#include "util/memory.h"

#include <stdlib.h>

void attendance_batch_add(struct attendance_batch *rows, const struct attendance_row *row)
{
	if ((rows->count & (rows->count - 1)) == 0)
		rows->all = xreallocarray(rows->all, 2 * rows->count + 1, sizeof *rows->all);
	rows->all[rows->count++] = *row;
}

void attendance_batch_clear(struct attendance_batch *rows)
{
	attendance_batch_free(rows);
}

void attendance_batch_free(struct attendance_batch *rows)
{
	free(rows->all);
	*rows = (struct attendance_batch)ATTENDANCE_BATCH_INIT;
}

static int compare(const void *left, const void *right)
{
	const struct attendance_row *a = left;
	const struct attendance_row *b = right;
	int order = (a->registrant_id > b->registrant_id) - (a->registrant_id < b->registrant_id);

	if (order == 0)
		order = (a->at_s > b->at_s) - (a->at_s < b->at_s);
	if (order == 0)
		order = (a->session_id > b->session_id) - (a->session_id < b->session_id);
	if (order == 0)
		order = (a->until_s > b->until_s) - (a->until_s < b->until_s);
	return order;
}

static void add_window(int64_t from_s, int64_t to_s, void *data)
{
	spans_add(data, from_s, to_s);
}

static void add_stretch(const struct attendance_row *row, const struct programme *programme,
	struct spans *stretches)
{
	CLEANUP(spans_free) struct spans windows = SPANS_INIT;
	const struct session *session = programme_session_by_id(programme, row->session_id);

	if (session == NULL || row->source[0] == 'd')
		return;
	(void)session_countable(session, NULL, add_window, &windows);
	spans_add_clipped(stretches, row->at_s, row->has_until ? row->until_s : session->end_s,
		&windows);
}

void attendance_batch_measure(struct attendance_batch *rows, const struct programme *programme,
	int64_t *ret_people, int64_t *ret_seconds)
{
	CLEANUP(spans_free) struct spans stretches = SPANS_INIT;

	*ret_people = 0;
	*ret_seconds = 0;
	if (rows->count > 0)
		qsort(rows->all, rows->count, sizeof *rows->all, compare);
	for (size_t i = 0; i < rows->count; i++) {
		if (i == 0 || rows->all[i].registrant_id != rows->all[i - 1].registrant_id) {
			*ret_seconds += spans_cover_s(&stretches);
			spans_clear(&stretches);
			(*ret_people)++;
		}
		add_stretch(&rows->all[i], programme, &stretches);
	}
	*ret_seconds += spans_cover_s(&stretches);
}

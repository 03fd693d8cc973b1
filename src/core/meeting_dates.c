/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_dates.h"

#include "util/calendar.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	ROUNDED_S = 60, /* durations in whole minutes say that much less than they are */
};

/* --- The order of day and month --- */

/* Meetings go on past midnight. */
static bool is_near(const struct meeting_calendar *calendar, zone_day day)
{
	for (size_t i = 0; i < calendar->day_count; i++)
		if (calendar->days[i] >= day - 1 && calendar->days[i] <= day + 1)
			return true;
	return false;
}

struct order {
	bool is_possible; /* every date is one */
	bool is_near;     /* one at least is on a day that has a session */
};

static void try_time(const struct meeting_calendar *calendar, const struct meeting_time *time,
	bool is_day_first, struct order *order)
{
	struct civil civil;

	if (!time->has_date)
		return;
	if (!meeting_time_civil(time, is_day_first, &civil))
		order->is_possible = false;
	else if (time->is_order_open)
		order->is_near |= is_near(calendar, calendar_day(&civil));
}

static struct order try_order(const struct meeting_file *file,
	const struct meeting_calendar *calendar, bool is_day_first)
{
	struct order order = { .is_possible = true };

	for (size_t i = 0; i < file->count; i++) {
		const struct meeting_row *row = &file->rows[i];
		if (row->fate != MEETING_USED)
			continue;
		try_time(calendar, &row->join, is_day_first, &order);
		if (row->has_leave)
			try_time(calendar, &row->leave, is_day_first, &order);
	}
	return order;
}

static const struct meeting_row *first_open(const struct meeting_file *file)
{
	for (size_t i = 0; i < file->count; i++)
		if (file->rows[i].fate == MEETING_USED &&
			(file->rows[i].join.is_order_open ||
				(file->rows[i].has_leave && file->rows[i].leave.is_order_open)))
			return &file->rows[i];
	return NULL;
}

static enum status find_order(const struct meeting_file *file, const char *name,
	const struct meeting_calendar *calendar, bool *ret_is_day_first, struct error *error)
{
	const struct meeting_row *open = first_open(file);
	struct order month_first = try_order(file, calendar, false);
	struct order day_first = try_order(file, calendar, true);
	bool fits_month_first = month_first.is_possible && month_first.is_near;
	bool fits_day_first = day_first.is_possible && day_first.is_near;

	*ret_is_day_first = fits_day_first;
	if (open == NULL || fits_month_first != fits_day_first)
		return STATUS_OK;
	const struct civil *civil = &open->join.civil;
	(void)error_set(error, STATUS_REJECTED,
		"%s:%lld: %02d/%02d/%d: whether the day or the month comes first is not clear: "
		"%s with the sessions' days",
		name, (long long)open->line, civil->month, civil->day, civil->year,
		fits_day_first ? "both agree" : "neither agrees");
	return error_hint(error, "%s",
		fits_day_first ? "name the session that it is of: --session CODE"
			       : "is it the report of this event? 'regtool programme show' says "
				 "when its sessions are");
}

/* --- Instants --- */

struct settling {
	const struct meeting_calendar *calendar;
	const char *name;
	bool is_day_first;
};

static enum status place_clock(const struct settling *settling, int64_t line, struct civil *civil,
	struct error *error)
{
	const struct meeting_calendar *calendar = settling->calendar;
	struct civil day;

	if (calendar->day_count != 1) {
		(void)error_set(error, STATUS_REJECTED,
			"%s:%lld: has a clock time without a date, and the sessions are on %zu days",
			settling->name, (long long)line, calendar->day_count);
		return error_hint(error, "name the session that it is of: --session CODE");
	}
	calendar_from_seconds(calendar->days[0] * CALENDAR_DAY_S, &day);
	civil->year = day.year;
	civil->month = day.month;
	civil->day = day.day;
	return STATUS_OK;
}

static enum status settle_time(const struct settling *settling, int64_t line,
	const struct meeting_time *time, int64_t *ret_s, struct error *error)
{
	struct civil civil = time->civil;
	enum status status = STATUS_OK;

	if (!time->has_date)
		status = place_clock(settling, line, &civil, error);
	else
		(void)meeting_time_civil(time, settling->is_day_first, &civil);
	if (status != STATUS_OK)
		return status;
	if (time->has_offset) {
		*ret_s = calendar_seconds(&civil) - time->offset_s;
		return STATUS_OK;
	}
	if (zone_from_civil(settling->calendar->zone, &civil, ret_s, error) == STATUS_OK)
		return STATUS_OK;
	(void)error_prefix(error, "%s:%lld", settling->name, (long long)line);
	error->status = STATUS_REJECTED;
	return STATUS_REJECTED;
}

static enum status settle_row(const struct settling *settling, struct meeting_row *row,
	struct error *error)
{
	enum status status = settle_time(settling, row->line, &row->join, &row->join_s, error);

	if (status == STATUS_OK && row->has_leave)
		status = settle_time(settling, row->line, &row->leave, &row->leave_s, error);
	if (status == STATUS_OK && row->has_leave && row->leave_s < row->join_s)
		row->fate = MEETING_UNKNOWN;
	return status;
}

enum status meeting_dates_settle(struct meeting_file *file, const char *name,
	const struct meeting_calendar *calendar, struct error *error)
{
	struct settling settling = { .calendar = calendar, .name = name };

	enum status status = find_order(file, name, calendar, &settling.is_day_first, error);
	for (size_t i = 0; i < file->count && status == STATUS_OK; i++)
		if (file->rows[i].fate == MEETING_USED)
			status = settle_row(&settling, &file->rows[i], error);
	return status;
}

/* --- Stays --- */

static struct meeting_stay *add_stay(struct meeting_stays *stays, size_t row, int64_t from_s)
{
	if ((stays->count & (stays->count - 1)) == 0)
		stays->all = xreallocarray(stays->all, 2 * stays->count + 1, sizeof *stays->all);
	struct meeting_stay *stay = &stays->all[stays->count++];
	*stay = (struct meeting_stay){ .row = row, .from_s = from_s };
	return stay;
}

static void take_stated(const struct meeting_file *file, size_t index, struct meeting_stays *stays)
{
	const struct meeting_row *row = &file->rows[index];
	struct meeting_stay *stay = add_stay(stays, index, row->join_s);

	stay->has_to = row->has_leave;
	stay->to_s = row->leave_s;
	if (row->has_leave && row->duration_s >= 0 &&
		row->duration_s + ROUNDED_S < row->leave_s - row->join_s)
		stays->upper_bounds++;
}

/* An action with what its order depends on. */
struct acting {
	const struct meeting_file *file;
	size_t row;
};

static int compare_actions(const void *left, const void *right)
{
	const struct acting *a = left;
	const struct acting *b = right;
	const struct meeting_row *row_a = &a->file->rows[a->row];
	const struct meeting_row *row_b = &b->file->rows[b->row];
	int order = strcmp(meeting_text(a->file, row_a->name), meeting_text(b->file, row_b->name));

	if (order == 0)
		order = strcmp(meeting_text(a->file, row_a->email),
			meeting_text(b->file, row_b->email));
	if (order == 0)
		order = (row_a->join_s > row_b->join_s) - (row_a->join_s < row_b->join_s);
	if (order == 0)
		order = (a->row > b->row) - (a->row < b->row);
	return order;
}

static bool is_same_person(const struct meeting_file *file, const struct meeting_row *a,
	const struct meeting_row *b)
{
	return strcmp(meeting_text(file, a->name), meeting_text(file, b->name)) == 0 &&
	       strcmp(meeting_text(file, a->email), meeting_text(file, b->email)) == 0;
}

/* The actions of one person, by time. Each leaving ends the stay that began first and is still
 * open: with two devices their union is the same whichever it was. */
static void pair_actions(struct meeting_file *file, const struct acting *actions, size_t count,
	struct meeting_stays *stays)
{
	size_t open = stays->count;

	for (size_t i = 0; i < count; i++) {
		struct meeting_row *row = &file->rows[actions[i].row];
		if (row->action == MEETING_JOINED) {
			(void)add_stay(stays, actions[i].row, row->join_s);
		} else if (open < stays->count) {
			stays->all[open].has_to = true;
			stays->all[open++].to_s = row->join_s;
		} else {
			row->fate = MEETING_UNKNOWN;
		}
	}
}

static void take_actions(struct meeting_file *file, struct meeting_stays *stays)
{
	struct acting *actions = xcalloc(file->count + 1, sizeof *actions);
	size_t count = 0;

	for (size_t i = 0; i < file->count; i++)
		if (file->rows[i].fate == MEETING_USED && file->rows[i].kind == MEETING_ACTIONS)
			actions[count++] = (struct acting){ .file = file, .row = i };
	qsort(actions, count, sizeof *actions, compare_actions);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1;
			end < count && is_same_person(file, &file->rows[actions[first].row],
					       &file->rows[actions[end].row]);
			end++)
			;
		pair_actions(file, actions + first, end - first, stays);
	}
	free(actions);
}

void meeting_stays_find(struct meeting_file *file, struct meeting_stays *ret_stays)
{
	*ret_stays = (struct meeting_stays){ .all = NULL };
	for (size_t i = 0; i < file->count; i++)
		if (file->rows[i].fate == MEETING_USED && file->rows[i].kind != MEETING_ACTIONS)
			take_stated(file, i, ret_stays);
	take_actions(file, ret_stays);
}

void meeting_stays_free(struct meeting_stays *stays)
{
	free(stays->all);
	*stays = (struct meeting_stays){ .all = NULL };
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme_plan.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Rows of the file that belong together, in order. */
struct group {
	const struct programme_row *const *rows;
	size_t count;
};

/* What making the plan needs. */
struct planner {
	struct plan *plan;
	const struct programme_file *file;
	int64_t event_id;
	bool replace;     /* sessions that are not named go */
	bool blanks;      /* of what is named nothing of before stays */
	bool drops_items; /* those that are not named go */
	struct row_errors *errors;
};

/* By code, the session's own row first, then by start, then by line. */
static int compare_rows(const void *a, const void *b)
{
	const struct programme_row *left = *(const struct programme_row *const *)a;
	const struct programme_row *right = *(const struct programme_row *const *)b;
	int order = strcasecmp(left->code, right->code);

	if (order != 0)
		return order;
	if (left->is_session != right->is_session)
		return left->is_session ? -1 : 1;
	if (!left->is_session && left->start_s != right->start_s)
		return left->start_s < right->start_s ? -1 : 1;
	return left->line < right->line ? -1 : 1;
}

static int compare_sessions(const void *a, const void *b)
{
	const struct session *const *left = a;
	const struct session *const *right = b;

	return strcasecmp((*left)->code, (*right)->code);
}

/* --- Items --- */

static struct item_row row_of_item(const struct item *item, int64_t event_id, int64_t session_id)
{
	return (struct item_row){
		.item_id = item->id,
		.event_id = event_id,
		.session_id = session_id,
		.kind = item_kind_word(item->kind),
		.start_s = item->start_s,
		.end_s = item->end_s,
		.title = item->title,
		.people = item->people,
		.chair = item->chair,
		.room = item->room,
		.access = item->access,
		.is_credit = item->is_credit,
	};
}

static bool is_same_item(const struct item_row *a, const struct item_row *b)
{
	return strcmp(a->kind, b->kind) == 0 && a->end_s == b->end_s &&
	       strcmp(a->title, b->title) == 0 && strcmp(a->people, b->people) == 0 &&
	       strcmp(a->chair, b->chair) == 0 && strcmp(a->room, b->room) == 0 &&
	       strcmp(a->access, b->access) == 0 && a->is_credit == b->is_credit;
}

/* The item as the file's row states it; what it has no column for is of before, if there is
 * a before. */
static struct item_row state_item(const struct planner *planner, const struct programme_row *row,
	const struct item_row *before)
{
	const bool *has = planner->file->has_column;
	bool keeps = before != NULL && !planner->blanks;
	bool was_break = keeps && strcmp(before->kind, item_kind_word(ITEM_BREAK)) == 0;
	bool is_break = row->kind == ITEM_BREAK;

	return (struct item_row){
		.item_id = before != NULL ? before->item_id : 0,
		.event_id = planner->event_id,
		.session_id = before != NULL ? before->session_id : 0,
		.kind = item_kind_word(row->kind),
		.start_s = row->start_s,
		.end_s = row->end_s,
		.title = row->title,
		.people = row->people,
		.chair = keeps && !has[PROGRAMME_CHAIR] ? before->chair : row->chair,
		.room = keeps && !has[PROGRAMME_ROOM] ? before->room : row->room,
		.access = keeps && !has[PROGRAMME_ACCESS] ? before->access : row->access,
		.is_credit = keeps && !has[PROGRAMME_CREDIT] && !was_break && !is_break
				     ? before->is_credit
				     : row->is_credit,
	};
}

static void add_item(struct planned_items *items, const struct planned_item *item)
{
	items->all[items->count++] = *item;
}

static void add_existing(const struct planner *planner, struct planned_items *items,
	const struct item_row *row)
{
	const struct planned_item item = {
		.row = *row,
		.change = planner->drops_items ? PLAN_REMOVED : PLAN_LEFT,
	};
	add_item(items, &item);
}

static void add_stated(const struct planner *planner, struct planned_items *items,
	const struct programme_row *row, const struct item_row *before)
{
	struct planned_item item = {
		.row = state_item(planner, row, before),
		.line = row->line,
		.change = PLAN_ADDED,
	};

	if (before != NULL)
		item.change = is_same_item(&item.row, before) ? PLAN_UNCHANGED : PLAN_UPDATED;
	add_item(items, &item);
}

/* Whether the row is the second of the file for the same item; then it is complained of. */
static bool is_doubled(const struct planner *planner, const struct group *group, size_t at)
{
	if (at == 0 || group->rows[at]->start_s != group->rows[at - 1]->start_s)
		return false;
	row_errors_add(planner->errors, group->rows[at]->line,
		programme_column_names[PROGRAMME_START],
		"line %zu states an item of the same session and start", group->rows[at - 1]->line);
	return true;
}

/* Items that are there. */
struct existing {
	const struct item *items;
	size_t count;
	int64_t session_id; /* 0: of the day */
};

/* Joins them with those of the file; both by start. */
static void join_items(const struct planner *planner, const struct existing *existing,
	const struct group *group, struct planned_items *items)
{
	size_t at = 0;

	items->all = xcalloc(existing->count + group->count, sizeof *items->all);
	for (size_t i = 0; i < existing->count; i++) {
		struct item_row row =
			row_of_item(&existing->items[i], planner->event_id, existing->session_id);

		for (; at < group->count && group->rows[at]->start_s < row.start_s; at++)
			if (!is_doubled(planner, group, at))
				add_stated(planner, items, group->rows[at], NULL);
		if (at < group->count && group->rows[at]->start_s == row.start_s)
			add_stated(planner, items, group->rows[at++], &row);
		else
			add_existing(planner, items, &row);
		while (at < group->count && group->rows[at]->start_s == row.start_s)
			(void)is_doubled(planner, group, at++);
	}
	for (; at < group->count; at++)
		if (!is_doubled(planner, group, at))
			add_stated(planner, items, group->rows[at], NULL);
}

/* --- Sessions --- */

static struct session_row row_of_session(const struct session *session, int64_t event_id)
{
	return (struct session_row){
		.session_id = session->id,
		.event_id = event_id,
		.code = session->code,
		.title = session->title,
		.start_s = session->start_s,
		.end_s = session->end_s,
		.people = session->people,
		.chair = session->chair,
		.room = session->room,
		.access = session->access,
		.is_credit = session->is_credit,
		.has_capacity = session->has_capacity,
		.capacity = session->capacity,
		.is_stated = session->is_stated,
	};
}

static bool is_same_session(const struct session_row *a, const struct session_row *b)
{
	return strcmp(a->code, b->code) == 0 && strcmp(a->title, b->title) == 0 &&
	       a->start_s == b->start_s && a->end_s == b->end_s &&
	       strcmp(a->people, b->people) == 0 && strcmp(a->chair, b->chair) == 0 &&
	       strcmp(a->room, b->room) == 0 && strcmp(a->access, b->access) == 0 &&
	       a->is_credit == b->is_credit && a->has_capacity == b->has_capacity &&
	       a->capacity == b->capacity && a->is_stated == b->is_stated;
}

/* The session as its row states it. */
static void state_session(const struct planner *planner, const struct programme_row *row,
	struct session_row *session)
{
	const bool *has = planner->file->has_column;

	session->code = row->code;
	session->is_stated = true;
	session->start_s = row->start_s;
	session->end_s = row->end_s;
	session->title = row->title;
	session->people = row->people;
	if (has[PROGRAMME_CHAIR])
		session->chair = row->chair;
	if (has[PROGRAMME_ROOM])
		session->room = row->room;
	if (has[PROGRAMME_ACCESS])
		session->access = row->access;
	if (has[PROGRAMME_CREDIT])
		session->is_credit = row->is_credit;
	if (has[PROGRAMME_CAPACITY]) {
		session->has_capacity = row->has_capacity;
		session->capacity = row->capacity;
	}
}

/* A session of which nothing is said but that it has items. */
static struct session_row blank_session(int64_t session_id, int64_t event_id, const char *code)
{
	return (struct session_row){
		.session_id = session_id,
		.event_id = event_id,
		.code = code,
		.title = "",
		.people = "",
		.chair = "",
		.room = "",
		.access = "",
		.is_credit = true,
	};
}

/* The rows of the group that state the session itself are taken off it. */
static void take_session_rows(const struct planner *planner, struct group *group,
	struct planned_session *session)
{
	for (; group->count > 0 && group->rows[0]->is_session; group->rows++, group->count--) {
		const struct programme_row *row = group->rows[0];
		if (row->has_errors) {
			session->has_bad_row = true;
		} else if (session->line != 0) {
			row_errors_add(planner->errors, row->line,
				programme_column_names[PROGRAMME_SESSION],
				"line %zu states the session '%s' already", session->line,
				row->code);
		} else {
			session->line = row->line;
			session->kept = row->kept;
			state_session(planner, row, &session->row);
		}
	}
}

static void span_items(struct planned_session *session)
{
	bool is_first = true;

	for (size_t i = 0; i < session->items.count; i++) {
		const struct planned_item *item = &session->items.all[i];
		if (item->change == PLAN_REMOVED)
			continue;
		if (is_first || item->row.start_s < session->row.start_s)
			session->row.start_s = item->row.start_s;
		if (is_first || item->row.end_s > session->row.end_s)
			session->row.end_s = item->row.end_s;
		is_first = false;
	}
}

static void settle_change(const struct planner *planner, struct planned_session *session)
{
	const struct session *before = session->before;

	if (before == NULL) {
		session->change = PLAN_ADDED;
	} else if (!session->is_named) {
		session->change = planner->replace ? PLAN_REMOVED : PLAN_LEFT;
	} else {
		struct session_row row = row_of_session(before, planner->event_id);
		session->change =
			is_same_session(&row, &session->row) ? PLAN_UNCHANGED : PLAN_UPDATED;
	}
}

/* Joins a session that is there, or NULL, with the rows of its code, if any. */
static void plan_session(const struct planner *planner, const struct session *before,
	struct group group)
{
	struct plan *plan = planner->plan;
	struct planned_session *session = &plan->sessions[plan->session_count];
	struct existing existing = { .items = NULL };
	bool is_blank = before == NULL || (planner->blanks && group.count > 0);
	struct planner for_items = *planner;

	*session = (struct planned_session){
		.before = before,
		.is_named = group.count > 0,
	};
	if (is_blank)
		session->row = blank_session(before != NULL ? before->id : 0, planner->event_id,
			before != NULL ? before->code : group.rows[0]->code);
	else
		session->row = row_of_session(before, planner->event_id);
	take_session_rows(planner, &group, session);
	if (before != NULL)
		existing = (struct existing){ before->items, before->item_count, before->id };
	/* Of a session that goes all do. */
	if (planner->replace && !session->is_named)
		for_items.drops_items = true;
	join_items(&for_items, &existing, &group, &session->items);
	if (session->is_named && !session->row.is_stated)
		span_items(session);
	settle_change(planner, session);
	/* Of a new session there was nothing but a bad row. */
	if (before == NULL && session->line == 0 && session->items.count == 0)
		free(session->items.all);
	else
		plan->session_count++;
}

/* Joins all sessions that are there with all groups of rows; both by code. */
static void join_sessions(const struct planner *planner, const struct programme *programme,
	struct group rest)
{
	const struct session **existing = xcalloc(programme->session_count, sizeof *existing);
	size_t at = 0;

	for (size_t i = 0; i < programme->session_count; i++)
		existing[i] = &programme->sessions[i];
	qsort(existing, programme->session_count, sizeof *existing, compare_sessions);
	planner->plan->sessions =
		xcalloc(programme->session_count + rest.count, sizeof *planner->plan->sessions);
	while (at < programme->session_count || rest.count > 0) {
		struct group group = { .rows = rest.rows };
		int order = rest.count == 0 ? -1 : 1;

		if (rest.count > 0 && at < programme->session_count)
			order = strcasecmp(existing[at]->code, rest.rows[0]->code);
		if (order >= 0) {
			while (group.count < rest.count &&
				strcasecmp(group.rows[group.count]->code, group.rows[0]->code) == 0)
				group.count++;
			rest.rows += group.count;
			rest.count -= group.count;
		}
		plan_session(planner, order <= 0 ? existing[at++] : NULL, group);
	}
	free(existing);
}

void plan_make(struct plan *plan, const struct programme *programme,
	const struct programme_file *file, bool replace, struct row_errors *errors)
{
	const struct programme_row **rows = xcalloc(file->row_count, sizeof *rows);
	struct planner planner = {
		.plan = plan,
		.file = file,
		.event_id = programme->event_id,
		.replace = replace,
		.blanks = replace && !file->is_schedule,
		.errors = errors,
	};
	struct group day = { .rows = rows };
	size_t count = 0;

	/* A bad row of an item is out; that of a session tells that its span is not known. */
	for (size_t i = 0; i < file->row_count; i++) {
		const struct programme_row *row = &file->rows[i];
		bool is_bad_session = row->has_errors && row->is_session && row->code[0] != '\0';
		if (is_bad_session || (!row->has_errors && !row->is_aside))
			rows[count++] = row;
	}
	qsort(rows, count, sizeof *rows, compare_rows);
	while (day.count < count && rows[day.count]->code[0] == '\0')
		day.count++;
	/* A schedule without breaks does not say that there are none. */
	planner.drops_items = replace && (!file->is_schedule || day.count > 0);
	join_items(&planner, &(struct existing){ programme->items, programme->item_count, 0 }, &day,
		&plan->items);
	planner.drops_items = planner.blanks;
	join_sessions(&planner, programme,
		(struct group){ .rows = rows + day.count, .count = count - day.count });
	free(rows);
	plan_check(plan, errors);
}

void plan_free(struct plan *plan)
{
	for (size_t i = 0; i < plan->session_count; i++)
		free(plan->sessions[i].items.all);
	free(plan->sessions);
	free(plan->items.all);
}

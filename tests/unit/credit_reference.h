/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rule once more, slow and plain, to be compared with: a bit for each second and
 * session, and nothing shared with the sources but their types.
 */
#ifndef REGTOOL_TESTS_CREDIT_REFERENCE_H
#define REGTOOL_TESTS_CREDIT_REFERENCE_H

#include "credit_world.h"

enum {
	REFERENCE_SECONDS = 1000,
};

struct reference_stay {
	size_t session;
	int64_t from_s;
	int64_t to_s;
	bool is_closed;
	bool is_closable;
};

struct reference {
	const struct world *world;
	int64_t base_s; /* the first second that has a bit */
	struct reference_stay stays[WORLD_ROWS_MAX];
	size_t stay_count;
	bool has_arrived[WORLD_EVENTS_MAX];
	int64_t arrived_s[WORLD_EVENTS_MAX]; /* the first time */
	bool all[WORLD_SESSIONS_MAX][REFERENCE_SECONDS];
	bool good[WORLD_SESSIONS_MAX][REFERENCE_SECONDS];     /* what counts now */
	bool possible[WORLD_SESSIONS_MAX][REFERENCE_SECONDS]; /* what may count */
	bool counts[WORLD_SESSIONS_MAX];
	bool requires[WORLD_SESSIONS_MAX];
	struct world_result result;
	bool can;
};

static inline bool reference_word(const char *set, const char *word)
{
	char padded_set[4 * WORLD_TEXT_MAX];
	char padded_word[4 * WORLD_TEXT_MAX];

	(void)snprintf(padded_set, sizeof padded_set, ";%s;", set);
	(void)snprintf(padded_word, sizeof padded_word, ";%s;", word);
	return strstr(padded_set, padded_word) != NULL;
}

/* Whether a set of roles is let in by an access. */
static inline bool reference_admits(const char *access, const char *roles)
{
	static const char *const words[] = { "attendee", "student", "speaker", "chair" };

	if (access[0] == '\0')
		return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (reference_word(access, words[i]) && reference_word(roles, words[i]))
			return true;
	return false;
}

static inline size_t reference_session(const struct world *world, int64_t session_id)
{
	for (size_t i = 0; i < world->session_count; i++)
		if (world->sessions[i].id == session_id)
			return i;
	return WORLD_SESSIONS_MAX;
}

static inline int reference_rank(const struct world *world, int64_t session_id)
{
	size_t session = reference_session(world, session_id);

	return session < WORLD_SESSIONS_MAX ? world->sessions[session].code_rank : 0;
}

static inline bool reference_is_before(const struct world *world, const struct presence_row *a,
	const struct presence_row *b)
{
	if (a->at_s != b->at_s)
		return a->at_s < b->at_s;
	if (a->is_out != b->is_out)
		return a->is_out;
	int rank_a = reference_rank(world, a->session_id);
	int rank_b = reference_rank(world, b->session_id);
	return rank_a != rank_b ? rank_a < rank_b : a->scan_id < b->scan_id;
}

static inline const struct world_event *reference_event(const struct reference *reference,
	size_t session)
{
	return &reference->world->events[reference->world->session_events[session]];
}

/* Who is not registered at an event sees what is open to all. */
static inline const char *reference_roles(const struct reference *reference, size_t session)
{
	const struct world_event *event = reference_event(reference, session);

	return event->is_registered ? event->roles : "attendee";
}

static inline bool reference_is_without_sessions(const struct world *world, size_t event)
{
	for (size_t i = 0; i < world->session_count; i++)
		if (world->session_events[i] == event)
			return false;
	return true;
}

static inline void reference_close(struct reference *reference, struct reference_stay *stay,
	const struct presence_row *row)
{
	int64_t end_s = reference->world->sessions[stay->session].end_s;

	stay->to_s = row->at_s;
	stay->is_closable = false;
	if (row->is_out)
		stay->is_closed =
			row->at_s <= end_s + reference_event(reference, stay->session)->doors_s;
	else
		stay->is_closed = row->at_s < end_s;
}

static inline void reference_arrive(struct reference *reference, size_t event,
	const struct presence_row *row)
{
	if (row->result != PRESENCE_ADMITTED)
		return;
	if (!reference->has_arrived[event])
		reference->arrived_s[event] = row->at_s;
	reference->has_arrived[event] = true;
}

/* One scan at the door; gives the stay that the person is in afterwards, or NULL. */
static inline struct reference_stay *reference_scan(struct reference *reference,
	struct reference_stay *now, size_t event, const struct presence_row *row)
{
	const struct world *world = reference->world;
	size_t session = reference_session(world, row->session_id);

	if (row->is_out) {
		if (now == NULL || (row->session_id != 0 && session != now->session))
			return now;
		reference_close(reference, now, row);
		return NULL;
	}
	if (row->session_id == 0) {
		reference_arrive(reference, event, row);
		return now;
	}
	if (now != NULL && now->session == session)
		return now;
	if (now != NULL)
		reference_close(reference, now, row);
	now = &reference->stays[reference->stay_count++];
	*now = (struct reference_stay){
		.session = session,
		.from_s = row->at_s,
		.to_s = world->sessions[session].end_s,
		.is_closable = world->as_of_s <
			       world->sessions[session].end_s + world->events[event].doors_s,
	};
	return now;
}

/* At the doors of one event: whoever is in there is not thereby out elsewhere. */
static inline void reference_walk(struct reference *reference, size_t event)
{
	const struct world *world = reference->world;
	bool is_taken[WORLD_ROWS_MAX] = { false };
	struct reference_stay *now = NULL;

	for (;;) {
		size_t first = WORLD_ROWS_MAX;
		for (size_t i = 0; i < world->row_count; i++) {
			const struct presence_row *row = &world->rows[i];
			if (is_taken[i] || world->row_events[i] != event ||
				row->at_s > world->as_of_s || row->source != PRESENCE_DOOR ||
				row->result == PRESENCE_REFUSED)
				continue;
			if (first == WORLD_ROWS_MAX ||
				reference_is_before(world, row, &world->rows[first]))
				first = i;
		}
		if (first == WORLD_ROWS_MAX)
			return;
		is_taken[first] = true;
		now = reference_scan(reference, now, event, &world->rows[first]);
	}
}

static inline void reference_take_stated(struct reference *reference)
{
	const struct world *world = reference->world;

	for (size_t i = 0; i < world->row_count; i++) {
		const struct presence_row *row = &world->rows[i];
		if (row->source == PRESENCE_DOOR || row->result != PRESENCE_ADMITTED ||
			row->at_s > world->as_of_s)
			continue;
		size_t session = reference_session(world, row->session_id);
		reference->stays[reference->stay_count++] = (struct reference_stay){
			.session = session,
			.from_s = row->at_s,
			.to_s = row->has_until ? row->until_s : world->sessions[session].end_s,
			.is_closed = row->has_until,
		};
	}
}

/* Whether a second of a session can count for the person. */
static inline bool reference_is_countable(const struct reference *reference, size_t index,
	int64_t at_s)
{
	const struct session *session = &reference->world->sessions[index];

	if (at_s < session->start_s || at_s >= session->end_s)
		return false;
	for (size_t i = 0; i < session->item_count; i++) {
		const struct item *item = &session->items[i];
		if (at_s >= item->start_s && at_s < item->end_s &&
			(item->kind == ITEM_BREAK || !item->is_credit ||
				!reference_admits(item->access, reference_roles(reference, index))))
			return false;
	}
	return true;
}

static inline void reference_mark(struct reference *reference)
{
	const struct world *world = reference->world;
	bool is_exit_required = world->course.is_exit_required;

	for (size_t i = 0; i < reference->stay_count; i++) {
		const struct reference_stay *stay = &reference->stays[i];
		for (int64_t second = 0; second < REFERENCE_SECONDS; second++) {
			int64_t at_s = reference->base_s + second;
			if (at_s < stay->from_s || at_s >= stay->to_s || at_s >= world->as_of_s ||
				!reference_is_countable(reference, stay->session, at_s))
				continue;
			reference->all[stay->session][second] = true;
			if (!is_exit_required || stay->is_closed)
				reference->good[stay->session][second] = true;
			if (!is_exit_required || stay->is_closed || stay->is_closable)
				reference->possible[stay->session][second] = true;
		}
	}
	for (size_t i = 0; i < world->session_count; i++)
		for (int64_t second = 0; second < REFERENCE_SECONDS; second++)
			if (reference->base_s + second >= world->as_of_s &&
				reference_admits(world->sessions[i].access,
					reference_roles(reference, i)) &&
				reference_is_countable(reference, i, reference->base_s + second))
				reference->possible[i][second] = true;
}

static inline bool reference_has(const int64_t *ids, size_t count, int64_t session_id)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == session_id)
			return true;
	return false;
}

/* How a session is called in reasons. */
static inline const char *reference_name(const struct reference *reference, size_t session,
	char text[2 * WORLD_TEXT_MAX])
{
	const struct world *world = reference->world;

	(void)snprintf(text, 2 * WORLD_TEXT_MAX, "%s%s%s",
		world->names_events ? reference_event(reference, session)->code : "",
		world->names_events ? ":" : "", world->codes[session]);
	return text;
}

/* Seconds set in a session; or, of all sessions that count, in any. */
static inline int64_t reference_count(const struct reference *reference,
	const bool bits[WORLD_SESSIONS_MAX][REFERENCE_SECONDS], size_t session)
{
	int64_t sum = 0;

	for (size_t second = 0; second < REFERENCE_SECONDS; second++) {
		bool is_set = false;
		for (size_t i = 0; i < reference->world->session_count; i++)
			is_set |= bits[i][second] &&
				  (session == WORLD_SESSIONS_MAX ? reference->counts[i]
								 : session == i);
		sum += is_set;
	}
	return sum;
}

static inline void reference_say(struct reference *reference, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline void reference_say(struct reference *reference, const char *format, ...)
{
	char *reasons = reference->result.reasons;
	size_t length = strlen(reasons);
	va_list arguments;

	if (length > 0)
		reasons[length++] = ';';
	va_start(arguments, format);
	(void)vsnprintf(reasons + length, WORLD_REASONS_MAX - length, format, arguments);
	va_end(arguments);
}

#endif

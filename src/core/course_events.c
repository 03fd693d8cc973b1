/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course_events.h"

#include "core/event.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>

/* Keeps them in the order of their numbers. */
static void add(int64_t event_id, const char *code, void *data)
{
	struct course_events *events = data;
	size_t at = events->count;

	events->ids = xreallocarray(events->ids, events->count + 1, sizeof *events->ids);
	events->codes = xreallocarray(events->codes, events->count + 1, sizeof(char *));
	events->count++;
	for (; at > 0 && events->ids[at - 1] > event_id; at--) {
		events->ids[at] = events->ids[at - 1];
		events->codes[at] = events->codes[at - 1];
	}
	events->ids[at] = event_id;
	events->codes[at] = xstrdup(code);
}

enum status course_events_load(struct db *db, int64_t course_id, struct course_events *events,
	struct error *error)
{
	return course_store_events(db, course_id, add, events, error);
}

void course_events_free(struct course_events *events)
{
	for (size_t i = 0; i < events->count; i++)
		free(events->codes[i]);
	free(events->ids);
	free(events->codes);
	*events = (struct course_events){ .ids = NULL };
}

void course_events_copy(const struct course_events *from, struct course_events *to)
{
	for (size_t i = 0; i < from->count; i++)
		add(from->ids[i], from->codes[i], to);
}

bool course_events_have(const struct course_events *events, int64_t event_id)
{
	for (size_t i = 0; i < events->count; i++)
		if (events->ids[i] == event_id)
			return true;
	return false;
}

bool course_events_are_same(const struct course_events *a, const struct course_events *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (a->ids[i] != b->ids[i])
			return false;
	return a->count == b->count;
}

void course_events_codes(const struct course_events *events, struct str *ret)
{
	str_clear(ret);
	for (size_t i = 0; i < events->count; i++)
		str_addf(ret, "%s%s", i > 0 ? ";" : "", events->codes[i]);
}

enum status course_events_find(struct db *db, const char *codes, struct course_events *ret_events,
	struct error *error)
{
	const char *position = codes;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		CLEANUP(memory_free_text) char *code = xstrndup(word, length);
		CLEANUP(event_freep) struct event *event = NULL;
		enum status status = event_find(db, code, &event, error);
		if (status != STATUS_OK)
			return status;
		if (!course_events_have(ret_events, event->id))
			add(event->id, event->code, ret_events);
	}
	return STATUS_OK;
}

enum status course_events_put(struct db *db, int64_t course_id, const struct course_events *events,
	struct error *error)
{
	enum status status = course_store_clear_events(db, course_id, error);

	for (size_t i = 0; i < events->count && status == STATUS_OK; i++)
		status = course_store_add_event(db, course_id, events->ids[i], error);
	return status;
}

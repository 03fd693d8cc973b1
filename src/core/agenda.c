/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/agenda.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	NOON = 12,
};

void agenda_free(struct agenda *agenda)
{
	if (agenda == NULL)
		return;
	if (agenda->made != NULL) {
		/* The rest of a session is its event's. */
		for (size_t i = 0; i < agenda->made->session_count; i++)
			free(agenda->made->sessions[i].code);
		free(agenda->made->sessions);
		free(agenda->made);
	}
	free(agenda->places);
	free(agenda->events);
	free(agenda);
}

void agenda_freep(struct agenda **agenda)
{
	agenda_free(*agenda);
	*agenda = NULL;
}

void agenda_write_name(const char *event_code, const char *code, struct str *ret)
{
	str_clear(ret);
	str_addf(ret, "%s:%s", event_code, code);
}

/* --- Making --- */

struct entry {
	struct session session;
	struct agenda_place place;
};

static struct entry entry_of_session(const struct agenda *agenda, size_t event, size_t index)
{
	const struct agenda_event *from = &agenda->events[event];
	struct str name = STR_INIT;
	struct entry entry = {
		.session = from->programme->sessions[index],
		.place = { .event = event, .session = index, .has_day = true },
	};

	if (agenda->names_events)
		agenda_write_name(from->code, entry.session.code, &name);
	else
		str_add(&name, entry.session.code);
	entry.session.code = str_steal(&name);
	return entry;
}

static struct entry entry_of_arrival(const struct agenda *agenda, size_t event)
{
	static char nothing[1] = "";
	const struct agenda_event *from = &agenda->events[event];
	int64_t at_s = from->has_first_day ? zone_day_clock(from->zone, from->first_day, NOON, 0)
					   : INT64_MAX;

	return (struct entry){
		.session = {
			.code = xstrdup(from->code),
			.title = nothing,
			.people = nothing,
			.chair = nothing,
			.room = nothing,
			.access = nothing,
			.start_s = at_s,
			.end_s = at_s,
			.is_credit = true,
		},
		.place = { .event = event, .is_arrival = true, .has_day = from->has_first_day },
	};
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;
	int order = (a->session.start_s > b->session.start_s) -
		    (a->session.start_s < b->session.start_s);

	if (order == 0)
		order = (a->place.event > b->place.event) - (a->place.event < b->place.event);
	if (order == 0)
		order = (a->place.session > b->place.session) -
			(a->place.session < b->place.session);
	return order;
}

static size_t count_sessions(const struct agenda *agenda)
{
	size_t count = 0;

	for (size_t i = 0; i < agenda->event_count; i++) {
		size_t sessions = agenda->events[i].programme->session_count;
		count += sessions > 0 ? sessions : 1;
	}
	return count;
}

static void put_together(struct agenda *agenda)
{
	size_t count = count_sessions(agenda);
	struct entry *entries = xcalloc(count, sizeof *entries);
	size_t made = 0;

	for (size_t i = 0; i < agenda->event_count; i++) {
		const struct programme *programme = agenda->events[i].programme;
		for (size_t j = 0; j < programme->session_count; j++)
			entries[made++] = entry_of_session(agenda, i, j);
		if (programme->session_count == 0)
			entries[made++] = entry_of_arrival(agenda, i);
	}
	qsort(entries, count, sizeof *entries, compare_entries);
	agenda->made = xcalloc(1, sizeof *agenda->made);
	agenda->made->sessions = xcalloc(count, sizeof *agenda->made->sessions);
	agenda->made->session_count = count;
	agenda->programme = agenda->made;
	agenda->places = xcalloc(count, sizeof *agenda->places);
	for (size_t i = 0; i < count; i++) {
		agenda->made->sessions[i] = entries[i].session;
		agenda->places[i] = entries[i].place;
	}
	free(entries);
}

/* One event's programme stands as it is. */
static void take_over(struct agenda *agenda)
{
	size_t count = agenda->events[0].programme->session_count;

	agenda->programme = agenda->events[0].programme;
	agenda->places = xcalloc(count, sizeof *agenda->places);
	for (size_t i = 0; i < count; i++)
		agenda->places[i] = (struct agenda_place){ .session = i, .has_day = true };
}

struct agenda *agenda_new(const struct agenda_event *events, size_t count, bool names_events)
{
	struct agenda *agenda = xcalloc(1, sizeof *agenda);

	agenda->events = xcalloc(count, sizeof *agenda->events);
	memcpy(agenda->events, events, count * sizeof *agenda->events);
	agenda->event_count = count;
	agenda->names_events = names_events;
	if (count == 1 && !names_events && events[0].programme->session_count > 0)
		take_over(agenda);
	else
		put_together(agenda);
	return agenda;
}

/* --- Finding --- */

static bool is_meant(const struct agenda_event *event, const struct session *session,
	const char *word)
{
	size_t length = strlen(event->code);

	return strcasecmp(session->code, word) == 0 ||
	       (strncasecmp(event->code, word, length) == 0 && word[length] == ':' &&
		       strcasecmp(session->code, word + length + 1) == 0);
}

static void add_name(const char *name, struct str *names)
{
	str_addf(names, "%s'%s'", names->length > 0 ? ", " : "", name);
}

static enum status say_not_found(const struct agenda *agenda, const char *word, struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	(void)error_set(error, STATUS_NOT_FOUND, "no session '%s'", word);
	for (size_t i = 0; i < agenda->programme->session_count; i++) {
		const char *name = agenda->programme->sessions[i].code;
		if (!agenda->places[i].is_arrival)
			add_name(name, &names);
		else if (agenda->names_events && strcasecmp(name, word) == 0)
			return error_hint(error,
				"the event has no sessions: it counts as one, by the arrival at "
				"it");
	}
	if (names.length > 0)
		return error_hint(error, "there is %s", names.text);
	return error_hint(error,
		"the event%s no sessions: add them with 'regtool programme import "
		"FILE'",
		agenda->event_count > 1 ? "s have" : " has");
}

enum status agenda_find_session(const struct agenda *agenda, const char *word,
	const struct session **ret_session, struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	const struct session *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < agenda->programme->session_count; i++) {
		const struct agenda_place *place = &agenda->places[i];
		const struct agenda_event *event = &agenda->events[place->event];
		if (place->is_arrival ||
			!is_meant(event, &event->programme->sessions[place->session], word))
			continue;
		found = &agenda->programme->sessions[i];
		add_name(found->code, &names);
		count++;
	}
	if (count == 0)
		return say_not_found(agenda, word, error);
	if (count > 1) {
		(void)error_set(error, STATUS_AMBIGUOUS, "session '%s' is one of several events",
			word);
		return error_hint(error, "say which: %s", names.text);
	}
	*ret_session = found;
	return STATUS_OK;
}

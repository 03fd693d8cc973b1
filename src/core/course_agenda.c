/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course_agenda.h"

#include "util/memory.h"

#include <stdlib.h>

enum {
	MINUTE_S = 60,
};

void course_agenda_free(struct course_agenda *agenda)
{
	if (agenda == NULL)
		return;
	agenda_free(agenda->agenda);
	for (size_t i = 0; i < agenda->event_count; i++) {
		programme_free(agenda->programmes[i]);
		zone_close(agenda->zones[i]);
		event_free(agenda->events[i]);
	}
	free(agenda->programmes);
	free(agenda->zones);
	free(agenda->events);
	zone_close(agenda->zone);
	free(agenda);
}

void course_agenda_freep(struct course_agenda **agenda)
{
	course_agenda_free(*agenda);
	*agenda = NULL;
}

static enum status open_zone(const struct event *event, struct zone **ret_zone, struct error *error)
{
	if (zone_open(event->timezone, ret_zone, error) != STATUS_OK)
		return error_prefix(error, "event '%s'", event->code);
	return STATUS_OK;
}

static enum status add_event(struct db *db, int64_t event_id, struct course_agenda *agenda,
	struct error *error)
{
	size_t index = agenda->event_count;

	enum status status = event_by_id(db, event_id, &agenda->events[index], error);
	if (status != STATUS_OK)
		return status;
	agenda->event_count++;
	status = open_zone(agenda->events[index], &agenda->zones[index], error);
	if (status == STATUS_OK)
		status = programme_load(db, event_id, &agenda->programmes[index], error);
	return status;
}

static enum status add_events(struct db *db, const struct course *course,
	struct course_agenda *agenda, struct error *error)
{
	const struct course_events *events = &course->events;
	enum status status = STATUS_OK;

	if (course_counts_event(course, course->event_id))
		status = add_event(db, course->event_id, agenda, error);
	for (size_t i = 0; i < events->count && status == STATUS_OK; i++)
		if (events->ids[i] != course->event_id)
			status = add_event(db, events->ids[i], agenda, error);
	return status;
}

static void put_together(const struct course *course, struct course_agenda *agenda)
{
	struct agenda_event *events = xcalloc(agenda->event_count, sizeof *events);

	for (size_t i = 0; i < agenda->event_count; i++) {
		const struct event *event = agenda->events[i];
		events[i] = (struct agenda_event){
			.code = event->code,
			.zone = agenda->zones[i],
			.programme = agenda->programmes[i],
			.doors_s = event->doors_min * MINUTE_S,
			.has_first_day = event->has_first_day,
			.first_day = event->first_day,
			.has_last_day = event->has_last_day,
			.last_day = event->last_day,
		};
	}
	agenda->agenda = agenda_new(events, agenda->event_count, course_names_events(course));
	free(events);
}

enum status course_agenda_load(struct db *db, const struct course *course,
	struct course_agenda **ret_agenda, struct error *error)
{
	CLEANUP(course_agenda_freep) struct course_agenda *agenda = xcalloc(1, sizeof *agenda);
	CLEANUP(event_freep) struct event *home = NULL;
	size_t most = course->events.count + 1;

	agenda->events = xcalloc(most, sizeof(struct event *));
	agenda->programmes = xcalloc(most, sizeof(struct programme *));
	agenda->zones = xcalloc(most, sizeof(struct zone *));
	enum status status = event_by_id(db, course->event_id, &home, error);
	if (status == STATUS_OK)
		status = open_zone(home, &agenda->zone, error);
	if (status == STATUS_OK)
		status = add_events(db, course, agenda, error);
	if (status != STATUS_OK)
		return status;
	put_together(course, agenda);
	*ret_agenda = agenda;
	agenda = NULL;
	return STATUS_OK;
}

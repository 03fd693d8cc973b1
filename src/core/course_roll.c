/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course_roll.h"

#include "util/memory.h"
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

struct call {
	const struct course_agenda *agenda;
	course_roll_function *function;
	void *data;
	struct presence **presences; /* of each event */
	struct str *texts;           /* roles there */
	const char **roles;
	struct presence *presence; /* where the scans belong; NULL: to no event that counts */
	bool is_somewhere;
	bool is_anywhere_not_cancelled;
};

static bool is_cancelled(const char *status)
{
	return strcmp(status, "cancelled") == 0;
}

static struct presence_settings settings_of(const struct course_roll *roll, size_t event)
{
	const struct agenda_event *from = &roll->agenda->agenda->events[event];

	return (struct presence_settings){
		.programme = from->programme,
		.doors_s = from->doors_s,
		.as_of_s = roll->as_of_s,
		.now_s = roll->as_of_s,
	};
}

/* --- The course's own event alone --- */

static enum status take_person(const struct roll_person *person, void *data, struct error *error)
{
	const struct call *call = data;
	const struct course_person there = {
		.row = person->row,
		.name = person->name,
		.roles = &person->row->roles,
		.presences = &person->presence,
		.is_cancelled = is_cancelled(person->row->status),
	};

	return call->function(&there, call->data, error);
}

/* --- Several events --- */

static void take_place(const struct roll_place *place, void *data)
{
	struct call *call = data;

	call->presence = NULL;
	for (size_t i = 0; i < call->agenda->event_count; i++) {
		if (call->agenda->events[i]->id != place->event_id)
			continue;
		call->presence = call->presences[i];
		str_clear(&call->texts[i]);
		str_add(&call->texts[i], place->roles);
		call->roles[i] = call->texts[i].text;
		call->is_somewhere = true;
		call->is_anywhere_not_cancelled |= !is_cancelled(place->status);
	}
}

static void take_scan(const struct roll_scan *scan, void *data)
{
	const struct call *call = data;
	const struct presence_row row = roll_presence_row(scan);

	if (call->presence != NULL)
		presence_add(call->presence, &row);
}

static enum status take_row(const struct roll_row *row, void *data, struct error *error)
{
	struct call *call = data;
	size_t count = call->agenda->event_count;

	for (size_t i = 0; i < count; i++)
		presence_finish(call->presences[i]);
	const struct course_person person = {
		.row = row,
		.name = roll_name_of(row),
		.roles = call->roles,
		.presences = (const struct presence *const *)call->presences,
		/* Who is registered at the course's own event only may be so there. */
		.is_cancelled = call->is_somewhere ? !call->is_anywhere_not_cancelled
						   : is_cancelled(row->status),
	};
	enum status status = call->function(&person, call->data, error);
	for (size_t i = 0; i < count; i++) {
		presence_clear(call->presences[i]);
		call->roles[i] = NULL;
	}
	call->is_somewhere = false;
	call->is_anywhere_not_cancelled = false;
	return status;
}

static enum status call_events(struct reading *reading, const struct course_roll *roll,
	const struct roll_filter *filter, struct call *call, struct error *error)
{
	size_t count = roll->agenda->event_count;
	const struct roll_course_functions functions = {
		.place = take_place,
		.scan = take_scan,
		.row = take_row,
		.data = call,
	};

	call->presences = xcalloc(count, sizeof(struct presence *));
	call->texts = xcalloc(count, sizeof *call->texts);
	call->roles = xcalloc(count, sizeof(char *));
	for (size_t i = 0; i < count; i++) {
		const struct presence_settings settings = settings_of(roll, i);
		call->presences[i] = presence_new(&settings);
		call->texts[i] = (struct str)STR_INIT;
	}
	enum status status = roll_store_read_course(reading, filter, &functions, error);
	for (size_t i = 0; i < count; i++) {
		presence_free(call->presences[i]);
		str_free(&call->texts[i]);
	}
	free(call->presences);
	free(call->texts);
	free(call->roles);
	return status;
}

enum status course_roll_call(struct reading *reading, const struct course_roll *roll,
	course_roll_function *function, void *data, struct error *error)
{
	struct call call = { .agenda = roll->agenda, .function = function, .data = data };
	const struct roll_filter filter = {
		.event_id = roll->course->event_id,
		.course_id = roll->course->id,
		.registrant_id = roll->registrant_id,
	};

	if (course_names_events(roll->course))
		return call_events(reading, roll, &filter, &call, error);
	const struct presence_settings settings = settings_of(roll, 0);
	return roll_call(reading, &filter, &settings, take_person, &call, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of core/schedule share. JSON values that are returned are new references. */
#ifndef REGTOOL_CORE_SCHEDULE_PRIVATE_H
#define REGTOOL_CORE_SCHEDULE_PRIVATE_H

#include "core/schedule.h"

#include <stdbool.h>

/* --- schedule_id.c: ids that follow from what they name --- */

/* A UUID of version 8 (RFC 9562, 5.8): BLAKE2b over the schedule's origin, the kind of thing,
 * its name and a number (0 where the name says all). */
void schedule_guid(const struct schedule *schedule, const char *kind, const char *name,
	int64_t number, char ret_guid[static GUID_TEXT_SIZE]);
/* The id that goes with a guid: nine digits, as old clients want a number. */
int64_t schedule_number(const char *guid);
/* Adds the text with small letters and digits only, all else as '-' (never two, none at the
 * ends), cut to about 60. */
void schedule_add_slug(struct str *str, const char *text);
/* Sets `ret` to an acronym by the rules of both schemas, made of the event's code. */
void schedule_acronym(const char *code, struct str *ret);

/* --- schedule_people.c --- */

/* Persons as objects of schedule.json; those in `kept` (may be NULL) that are meant are taken
 * from there. */
json_t *schedule_persons(const struct schedule *schedule, const char *people, const json_t *kept);
/* Adds the persons as a programme names them: "Name (Affiliation); Name". Who has no name is
 * left out. */
void schedule_add_people(const json_t *persons, struct str *str);
/* What a person is called, under any of the names that files give it; "" if nothing. */
const char *schedule_person_name(const json_t *person);

/* --- schedule_time.c --- */

/* "1:30" or, beyond 24 hours in some files, "1:01:30"; false if it is none of them. */
bool schedule_read_duration(const char *text, int64_t *ret_s);
/* A time, fractions of a second dropped. STATUS_USAGE. */
enum status schedule_read_time(const struct zone *zone, const char *text, int64_t *ret_s,
	struct error *error);

struct schedule_span {
	int64_t start_s;
	int64_t end_s;
	const char *member; /* the last one read: which is wrong, if one is */
};

/* From an event's date, and its end or, without one, its duration. STATUS_REJECTED and
 * STATUS_USAGE: the member is named in the span, the message is the problem alone. */
enum status schedule_read_span(const struct zone *zone, const json_t *event,
	struct schedule_span *ret_span, struct error *error);

/* --- schedule_event.c --- */

/* An event's own words of its members that the programme settles. */
struct schedule_said {
	const struct zone *zone;
	int64_t start_s;
	int64_t end_s;
	const char *title;
	const char *room;
};

/* The member as the programme has it (title, date, start, end, duration, room), or NULL if the
 * programme does not settle it. */
json_t *schedule_member(const char *name, const struct schedule_said *said);
/* A copy of a file's event in which the members that the programme gives back as they came are
 * null: what is kept of it. */
json_t *schedule_keep(const json_t *event, const struct schedule_said *said);
/* Makes the event's object; guid and number must be set, or stand in what is kept. */
json_t *schedule_event_json(const struct schedule *schedule, const struct schedule_event *event,
	const char *acronym);

/* --- schedule_conference.c --- */

/* Makes the document without its events: days and rooms of what is kept stay, empty. */
void schedule_make_document(struct schedule *schedule, const char *version);
/* The conference of a document; NULL: it has none. */
json_t *schedule_conference(const json_t *document);
/* After the events have come: all rooms are named, unless a file that is kept names none. */
void schedule_name_rooms(struct schedule *schedule);

/* --- schedule_days.c --- */

/* Puts the events' objects, by start, into the days and rooms of the document, makes the days
 * that are missing, and brings the events in the document's order. */
void schedule_place_events(struct schedule *schedule);

/* --- Small things --- */

/* A string; what is not UTF-8 becomes an empty one. */
json_t *schedule_string(const char *text);
/* The member's text, or "" if it is none. */
const char *schedule_text(const json_t *object, const char *name);
/* Whether it can stand where the schemas want a URI. */
bool schedule_is_uri(const char *text);

#endif

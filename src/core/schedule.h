/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programme as others show it: c3voc's schedule.json, frab's schedule.xml, and a calendar
 * (RFC 5545). All three are made of one list of events and tell them by the same ids.
 *
 * An event of a schedule is one thing at one time in one room. A session with talks or other
 * items is shown by these, and names their track; a session without is an event itself, and
 * so is one that came from a schedule. Where a schedule was taken in, what it said beyond the
 * programme (core/schedule_kept) is given back.
 *
 * Nothing here depends on when it is called: the same programme gives the same bytes.
 */
#ifndef REGTOOL_CORE_SCHEDULE_H
#define REGTOOL_CORE_SCHEDULE_H

#include "core/event.h"
#include "core/programme.h"
#include "store/db.h"
#include "util/error.h"
#include "util/str.h"
#include "util/zone.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GUID_TEXT_SIZE = 37, /* with the NUL */
};

struct schedule_event {
	const struct session *session; /* NULL: an item of the day */
	const struct item *item;       /* NULL: the session itself */
	int64_t start_s;
	int64_t end_s;
	const char *title; /* lent by the programme, as are the next three */
	const char *people;
	const char *chair;
	const char *room;
	const json_t *kept; /* what is kept of it; NULL: nothing */
	json_t *json;       /* in the document */
	const json_t *day;  /* in the document, the day it stands in */
	int64_t day_s;      /* when that begins */
	size_t room_rank;   /* of its room in that day */
	size_t rank;        /* among all, by start */
	/* Its guid and id in the document, or, where another event has the same, others. */
	char guid[GUID_TEXT_SIZE];
	int64_t number;
};

struct schedule_kept;

struct schedule {
	const struct event *event; /* lent */
	const struct zone *zone;   /* lent */
	struct programme *programme;
	struct schedule_kept *kept;
	json_t *document;              /* schedule.json */
	struct schedule_event *events; /* in the document's order: by day, room, start */
	size_t count;
	/* When the event or its programme last changed, and how often it has. */
	int64_t changed_s;
	int64_t change_count;
	/* From which guids are worked out, so that no two databases give the same. */
	unsigned char origin[32];
};

/* Makes the schedule of an event (lent, as is its zone, for as long as the schedule lasts).
 * `version` is that of regtool. STATUS_NOT_FOUND: the event has no programme. The caller frees
 * it. */
enum status schedule_make(struct db *db, const struct event *event, const struct zone *zone,
	const char *version, struct schedule **ret_schedule, struct error *error);
void schedule_free(struct schedule *schedule);
void schedule_freep(struct schedule **schedule);

/* Each adds the whole document to `str`. */
void schedule_write_json(const struct schedule *schedule, struct str *str);
void schedule_write_xml(const struct schedule *schedule, struct str *str);
void schedule_write_ical(const struct schedule *schedule, struct str *str);

#endif

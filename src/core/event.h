/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events: which one is meant, adding and changing them. A database holds one or more.
 */
#ifndef REGTOOL_CORE_EVENT_H
#define REGTOOL_CORE_EVENT_H

#include "core/log.h"
#include "core/seats.h"
#include "store/db.h"
#include "store/event_store.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	EVENT_DOORS_DEFAULT_MIN = 30,
	CODE_MAX = 64, /* characters of a code of an event, session or course */
};

struct event {
	int64_t id;
	char *code;
	char *title;
	char *timezone;
	bool has_first_day;
	zone_day first_day;
	bool has_last_day;
	zone_day last_day;
	char *url;
	int64_t doors_min;
	bool has_capacity;
	int64_t capacity; /* seats; see core/seats */
};

/* The event with the code, or, with code NULL, the only one. STATUS_NOT_FOUND or
 * STATUS_AMBIGUOUS with the events there are in the hint. The caller frees it. */
enum status event_find(struct db *db, const char *code_or_null, struct event **ret_event,
	struct error *error);
/* The event with the number, which there is. The caller frees it. */
enum status event_by_id(struct db *db, int64_t event_id, struct event **ret_event,
	struct error *error);
void event_free(struct event *event);
void event_freep(struct event **event);

/* The event's zone. STATUS_DATABASE: the machine does not know it, or the file is damaged. The
 * caller closes it. */
enum status event_open_zone(struct db *db, const struct event *event, struct zone **ret_zone,
	struct error *error);

/* Lends each event, by number. */
enum status event_list(struct db *db, event_row_function *function, void *data,
	struct error *error);
/* The event as a row; its texts are lent. */
struct event_row event_as_row(const struct event *event);

/* What an event is made of, or what of it changes (NULL or false: stays). */
struct event_change {
	const char *title;
	const char *timezone; /* a zone the machine knows */
	bool sets_first_day;
	zone_day first_day;
	bool sets_last_day;
	zone_day last_day;
	const char *url;
	bool sets_doors;
	int64_t doors_min; /* minutes, from 0 */
	bool sets_capacity;
	bool has_capacity; /* false: drops the limit */
	int64_t capacity;  /* seats, from 0 */
};

/* Adds an event, inside a write transaction. Needs a zone. STATUS_EXISTS: the code is taken.
 * STATUS_USAGE: the code, or the days' order. */
enum status event_add(struct db *db, const struct actor *actor, const char *code,
	const struct event_change *change, int64_t *ret_event_id, struct error *error);
/* The same in a write transaction of its own. */
enum status event_create(struct db *db, const struct actor *actor, const char *code,
	const struct event_change *change, int64_t *ret_event_id, struct error *error);
/* Changes an event in a write transaction of its own. More seats, or no limit any more, are
 * given to the waiting list: *ret_seats tells to whom, and how many are taken; the caller
 * frees it. Who has a seat keeps it. */
enum status event_set(struct db *db, const struct actor *actor, const struct event *event,
	const struct event_change *change, struct seats *ret_seats, struct error *error);

/* A code of an event, session or course: 1 to 64 printable characters without white space,
 * ';' and '+' (which divide sets). `what` names it in the message. STATUS_USAGE. */
enum status code_check(const char *what, const char *code, struct error *error);

#endif

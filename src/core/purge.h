/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of an event's retention: all its people are erased. That is no wish to be forgotten:
 * nobody is recognised afterwards, no key is needed, and who is registered for another event
 * stays known there. See core/erase for what goes and what stays.
 */
#ifndef REGTOOL_CORE_PURGE_H
#define REGTOOL_CORE_PURGE_H

#include "core/event.h"
#include "core/log.h"
#include "store/db.h"
#include "util/error.h"
#include "util/str.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

struct purge_request {
	const struct event *event;
	const struct zone *zone;
	zone_day before;    /* the event must have ended before that day, which must not be ahead */
	const char *reason; /* kept beside the log; NULL: none */
	bool is_dry;        /* only counts */
	/* Registrants looked at; may be NULL. */
	void (*on_progress)(int64_t done, void *data);
	void *data;
};

struct purge_result {
	zone_day last_day; /* of the event, or of its programme */
	int64_t registrants;
	int64_t erased;        /* now */
	int64_t erased_before; /* already */
	int64_t elsewhere;     /* of those erased now: known at another event, and still so */
	struct str courses;    /* set: of other events, which count this one's sessions */
};
#define PURGE_RESULT_INIT                                                                          \
	{                                                                                          \
		.courses = STR_INIT                                                                \
	}
/* For CLEANUP(purge_result_free). */
void purge_result_free(struct purge_result *result);

/*
 * In write transactions of some hundred registrants, each logged, between which others work: what
 * a crash left is erased by the same again. The file is to be cleaned after it (core/clean). The
 * caller frees the result. STATUS_NO: the event has not ended before that day, or nobody knows
 * when it ends; the day is ahead. Nothing is changed then.
 */
enum status purge_event(struct db *db, const struct actor *actor,
	const struct purge_request *request, struct purge_result *ret_result, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An event in numbers.
 */
#ifndef REGTOOL_CORE_STATS_H
#define REGTOOL_CORE_STATS_H

#include "core/event.h"
#include "store/db.h"
#include "store/reading.h"
#include "util/error.h"
#include "util/zone.h"

#include <stddef.h>
#include <stdint.h>

enum stats_section {
	STATS_REGISTRANTS, /* total, confirmed, pending, waitlisted, cancelled, erased */
	STATS_SEATS,       /* taken, waiting; where they are limited also capacity and free */
	STATS_ROLES,       /* by role; who has several counts in each */
	STATS_TOKENS,      /* valid, revoked */
	STATS_PROGRAMME,   /* sessions, items */
	STATS_SCANS,    /* total, admitted, refused, void, taken_back, and door, online, manual */
	STATS_REFUSALS, /* by reason */
	STATS_ARRIVALS, /* people admitted at a door, by local day, and total: once each */
	STATS_COURSES,  /* people enrolled, by code */
	STATS_SECTION_COUNT,
};

struct stats_number {
	char *name;
	int64_t value;
};

struct stats {
	struct {
		struct stats_number *numbers;
		size_t count;
	} sections[STATS_SECTION_COUNT];
};

/* "registrants", "roles", … */
const char *stats_section_name(enum stats_section section);

/* Reads in slices; `notice` (may be NULL) before doors must wait. stats_free in any case. */
enum status stats_read(struct db *db, const struct event *event, const struct zone *zone,
	reading_notice *notice, void *notice_data, struct stats *ret_stats, struct error *error);
void stats_free(struct stats *stats);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The roll of an event: every registrant, by number, with presence worked out. Linear in the
 * number of scans, constant in memory.
 */
#ifndef REGTOOL_CORE_ROLL_H
#define REGTOOL_CORE_ROLL_H

#include "core/presence.h"
#include "store/roll_store.h"

struct roll_person {
	const struct roll_row *row;
	const char *name; /* or what stands in for it */
	const struct presence *presence;
};

typedef enum status roll_function(const struct roll_person *person, void *data,
	struct error *error);

/* What a scan says of presence. */
struct presence_row roll_presence_row(const struct roll_scan *scan);
/* What the person is called. */
const char *roll_name_of(const struct roll_row *row);

/* Calls the roll in a reading; all is lent for the time of one call. Another status than
 * STATUS_OK ends it. */
enum status roll_call(struct reading *reading, const struct roll_filter *filter,
	const struct presence_settings *settings, roll_function *function, void *data,
	struct error *error);

#endif

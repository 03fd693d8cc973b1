/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The screen of a check-in station: one card at a time, to be read from some steps away. The
 * name (or the reason of a refusal) stands in block letters where it can be written in them
 * and there is room, else in bold; the name as it is stands below in any case.
 */
#ifndef REGTOOL_CLI_STATION_H
#define REGTOOL_CLI_STATION_H

#include "util/error.h"

#include <stdbool.h>

struct station;

struct station_card {
	bool is_good;          /* green; else red, and the bell */
	const char *headline;  /* large: who was admitted, or why not */
	const char *message;   /* one sentence */
	const char *place;     /* where to; NULL: nowhere */
	const char *attention; /* a note for whoever stands at the desk; NULL: none */
};

/* Standard output is a terminal. `title` stands at the top; borrowed. Shows the first
 * screen. */
enum status station_open(const char *title, bool color, struct station **ret_station,
	struct error *error);
/* Leaves the cursor below the last card. */
void station_close(struct station *station);
void station_closep(struct station **station);

/* Shows the card in the place of the last one, and counts it. STATUS_IO. */
enum status station_show(struct station *station, const struct station_card *card,
	struct error *error);

#endif

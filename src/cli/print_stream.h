/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stream in which people and their event go to the program that prints badges and tickets
 * (print_stream.c writes it, src/print reads it): UTF-8, one JSON object a line, nothing else.
 * All members but numbers are strings or null; days are 2022-02-15, times 2022-02-15T14:30 as
 * a clock of the event's zone shows them. In this order:
 *
 *	{"print": 1, "what": "badge", "size": "90x55", "maker": "regtool 0.1.0", "code": "x22",
 *	 "title": "Loss", "first_day": "2022-02-15", "last_day": null, "zone": "Europe/Zurich",
 *	 "url": null}
 *	{"start": "2022-02-15T14:30", "end": "2022-02-15T15:00", "kind": "talk",
 *	 "title": "Mean-field", "people": "Ada;Ben", "room": "CO 1", "access": "speaker;chair"}
 *	{"number": 12, "name": "Ada", "affiliation": null, "roles": "speaker;student",
 *	 "token": "14A7-D1N3-0BXH-MFF0-B9WY-28XX-FMK1"}
 *	{"people": 1}
 *
 * (each is one line). The first comes once, then the programme, by time, each session (kind
 * "session") before its items, then the people; last how many they were: where it is missing,
 * the stream was cut off.
 */
#ifndef REGTOOL_CLI_PRINT_STREAM_H
#define REGTOOL_CLI_PRINT_STREAM_H

#include "cli/output.h"

#include <stdint.h>

enum {
	PRINT_STREAM_VERSION = 1,
};

/* All texts are borrowed; NULL: null. */
struct print_head {
	const char *what; /* "badge" or "ticket" */
	const char *size; /* NULL: there is only one */
	const char *maker;
	const char *code; /* of the event, as are all below */
	const char *title;
	const char *first_day;
	const char *last_day;
	const char *zone;
	const char *url;
};

struct print_item {
	const char *start;
	const char *end;
	const char *kind;
	const char *title;
	const char *people; /* set of names */
	const char *room;
	const char *access; /* set; "": open */
};

struct print_person {
	int64_t number;
	const char *name;
	const char *affiliation;
	const char *roles; /* set */
	const char *token;
};

/* Forgets what was written before and begins. `output` is one of FORMAT_PDF, as below. */
void print_stream_begin(struct output *output, const struct print_head *head);
void print_stream_item(struct output *output, const struct print_item *item);
void print_stream_person(struct output *output, const struct print_person *person);
/* How many people it has so far. */
int64_t print_stream_people(const struct output *output);
void print_stream_end(struct output *output);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A schedule.json (c3voc) as a file gives it, from pretalx, frab or another system: read whole,
 * its structure looked at, its events as rows of a programme.
 *
 * An event becomes a session of its own, so that attendance is taken at each; one whose type
 * is a break becomes an item of the day. Files are taken as the systems write them: what the
 * schema asks for and the programme does not need may be missing.
 */
#ifndef REGTOOL_CORE_SCHEDULE_IN_H
#define REGTOOL_CORE_SCHEDULE_IN_H

#include "core/event.h"
#include "core/programme_file.h"
#include "core/row_errors.h"
#include "util/error.h"
#include "util/text_in.h"
#include "util/zone.h"

#include <stdbool.h>

struct json_t;
struct schedule_kept;

struct schedule_in {
	char *name; /* the file, in messages */
	struct json_t *document;
	unsigned char digest[32];
};

/* Whether the text begins as a JSON object or array; reads no more than that needs. */
enum status schedule_in_recognise(struct text_in *text, bool *ret_is_json, struct error *error);
/* Reads the text to its end. STATUS_REJECTED: it is no JSON, or no schedule; the message names
 * the line, or the place in the document. The caller frees it. */
enum status schedule_in_read(struct text_in *text, struct schedule_in **ret_in,
	struct error *error);
void schedule_in_free(struct schedule_in *in);
void schedule_in_freep(struct schedule_in **in);

/* The event that the conference would be; its texts are owned. */
struct schedule_conference {
	char *code;  /* its acronym; NULL: it has none */
	char *title; /* "" and so on where nothing is said */
	char *timezone;
	char *url;
	struct event_change change; /* of these texts and the days */
};

/* STATUS_REJECTED: a code, a zone or days that no event can have. End it with
 * schedule_conference_free in any case. */
enum status schedule_in_conference(const struct schedule_in *in,
	struct schedule_conference *conference, struct error *error);
/* For CLEANUP. */
void schedule_conference_free(struct schedule_conference *conference);

/* What is wrong with rows, and what is only worth a word. */
struct row_lists {
	struct row_errors *errors;
	struct row_errors *warnings;
};

/* Adds all events to the file as rows, numbered as they come, each with its place in the
 * document and what is to be kept of it. STATUS_REJECTED: no events, or far too many. */
enum status schedule_in_rows(const struct schedule_in *in, const struct zone *zone,
	struct programme_file *file, const struct row_lists *lists, struct error *error);
/* Settles the codes of the rows' sessions: one whose guid is known already keeps its code,
 * another has its own, with a number behind it where that is taken. */
void schedule_in_name_rows(struct programme_file *file, const struct programme *programme,
	const struct schedule_kept *kept);
/* The document without its events, but for breaks: what is to be kept of the conference. A new
 * reference. */
struct json_t *schedule_in_rest(const struct schedule_in *in);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of check-in, for its own files alone: checkin.c (groups, storing),
 * checkin_rules.c (deciding), checkin_room.c (whether a session is full), checkin_answer.c
 * (words).
 */
#ifndef REGTOOL_CORE_CHECKIN_PRIVATE_H
#define REGTOOL_CORE_CHECKIN_PRIVATE_H

#include "core/checkin.h"
#include "core/ledger.h"
#include "core/log.h"
#include "core/rehearsal.h"
#include "core/sighting.h"

#include <stddef.h>

struct checkin {
	struct checkin_settings settings;
	int64_t doors_s; /* seconds before a session's start */
	struct actor actor;
	struct transaction transaction;
	struct programme *programme;
	struct room *rooms; /* of its sessions, in their order; NULL: none was asked for */
	struct ledger ledger;
	struct rehearsal *rehearsal; /* of a dry run; else NULL */
	bool has_begun_before;
	/* Of the rows that the next log entry covers. */
	size_t rows;
	size_t rows_out;
	size_t rows_without_token;
	int64_t last_registrant_id;
	/* Of whoever was looked at last; kept for its memory. */
	struct sighting *sightings;
	size_t sighting_count;
	size_t sighting_capacity;
};

/* One scan being decided. */
struct scan_case {
	struct checkin *checkin;
	const struct checkin_request *request;
	struct checkin_answer *answer; /* its registrant is whom it is about */
	const struct session *session; /* NULL: none, or not found out */
	bool is_arrival;               /* asked for, or the event has no sessions */
	int64_t token_id;              /* 0: without one */
	bool is_revoked;
	enum checkin_reason overridden;
};

/* Tests the rules from `erased` on: sets the answer's result, reason and first_s, and the
 * case's session. */
enum status checkin_judge(struct scan_case *scan, struct error *error);

/* The sessions that are open at a time for somebody with these roles (NULL: whoever), of
 * these those that are preferred; gives how many, and the first. Adds their codes to `codes`
 * (may be NULL). */
size_t checkin_open_sessions(const struct checkin *checkin, int64_t at_s, const char *roles_or_null,
	const struct session **ret_first, struct str *codes);

/* Whether as many as it takes are inside the case's session at the scan's time, when the person
 * is not. */
enum status checkin_is_full(const struct scan_case *scan, bool *ret_is_full, struct error *error);
/* A scan was stored, or rehearsed. */
void checkin_note_in_room(struct checkin *checkin, const struct scan_row *row);
/* At the end of a group, before the programme is freed. */
void checkin_free_rooms(struct checkin *checkin);

/* Adds to the sightings of whoever is looked at; what was rehearsed, if it is one. */
void checkin_add_sighting(struct checkin *checkin, const struct sighting *sighting);
void checkin_add_rehearsed(const struct scan_row *row, void *data);

/* Sets what the answer's sentence needs. */
void checkin_explain(const struct scan_case *scan);

#endif

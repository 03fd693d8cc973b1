/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Erasing what is known of people: names, e-mail address, external id, affiliation, category,
 * note, answers, reasons in free words, and what imports changed of it. The numbers stay, and
 * what stands under them without saying who it was: status and roles, scans, decisions,
 * enrolments, the hashes of tokens. Inside a write transaction of the caller, who also logs.
 */
#ifndef REGTOOL_CORE_ERASE_H
#define REGTOOL_CORE_ERASE_H

#include "store/db.h"
#include "store/erase_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Erases a person with all records that were merged, at all events. Who is erased already loses
 * what may be left. Adds to the counts. */
enum status erase_person(struct db *db, int64_t person_id, int64_t now_s,
	struct erase_counts *counts, struct error *error);

/* Erases a registrant of one event. The person goes too, with what else of them is at the event;
 * but who is registered for another event stays there as they were: then this registrant is
 * given a person of their own, erased, and the enrolments in the event's courses. */
enum status erase_registrant(struct db *db, int64_t registrant_id, int64_t now_s,
	struct erase_counts *counts, struct error *error);

/* Whether the person is registered for another event too, and would stay known there. */
enum status erase_is_elsewhere(struct db *db, int64_t registrant_id, bool *ret_is_elsewhere,
	struct error *error);

#endif

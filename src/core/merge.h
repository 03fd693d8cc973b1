/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two records of one person become one.
 *
 * Scans come together by adding alone: each of the merged record that was not taken back is
 * taken back, and entered anew for the other with all that it said but its nonce, which stays
 * with the first, so that a retry still has its answer (a row of a file has one that follows
 * from what it says). So whoever reads scans needs to know
 * nothing of merging, and presence is that of one person.
 *
 * Where both records say something and not the same, the one merged into is right, and the
 * difference is named; what it lacks it takes over, and a seat where it only waits for one. Roles
 * and courses are added. Tokens of both open the door for the one. Registrants of the same person
 * at other events are merged too, or become the person's where only one of the records is.
 *
 * The merged record stays, with its texts: so that its address, id and name are known when an
 * import or a person at the desk gives them. It is cancelled, on no list, and has neither token
 * nor scan.
 */
#ifndef REGTOOL_CORE_MERGE_H
#define REGTOOL_CORE_MERGE_H

#include "core/log.h"
#include "core/seats.h"
#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct merge_request {
	int64_t from_id; /* registrants of one event */
	int64_t into_id;
	const char *reason; /* free words; NULL: none */
	bool is_dry_run;    /* all is done, and then taken back */
};

/* Something that the merged record said. All texts are owned by the result. */
struct merge_note {
	char *event; /* code; NULL: of the person */
	char *field; /* by name, or "answer: HEADER" */
	char *kept;  /* what the other says; NULL: nothing, and the value was taken over */
	char *value;
};

struct merge_place {
	char *event; /* code */
	int64_t registrant_id;
	int64_t merged_id; /* 0: there was but one, who is the person's now */
	int64_t scans;     /* entered anew */
	int64_t tokens;    /* of the merged one, still valid */
};

struct merge_result {
	struct merge_note *notes;
	size_t note_count;
	struct merge_place *places; /* first the event asked for */
	size_t place_count;
	struct seats seats; /* of these only who was given one */
};

void merge_result_free(struct merge_result *result);

/* In a write transaction of its own. STATUS_USAGE: they are one already. STATUS_NO: one was
 * erased. STATUS_NOT_FOUND: of another event. The result is to be freed in any case. */
enum status merge_registrants(struct db *db, const struct actor *actor,
	const struct merge_request *request, struct merge_result *ret_result, struct error *error);

#endif

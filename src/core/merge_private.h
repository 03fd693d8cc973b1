/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of core/merge: merge.c (records), merge_scans.c (scans).
 */
#ifndef REGTOOL_CORE_MERGE_PRIVATE_H
#define REGTOOL_CORE_MERGE_PRIVATE_H

#include "core/field.h"
#include "core/ledger.h"
#include "core/merge.h"
#include "core/registrant.h"
#include "store/merge_store.h"
#include "util/str.h"

/* A registrant that is merged, or merged into; `row` lends the texts of its copy. */
struct merge_record {
	struct merge_row row;
	struct registrant *registrant;
};
void merge_record_free(struct merge_record *record);

struct merge {
	struct db *db;
	const struct actor *actor;
	struct merge_result *result;
	struct merge_record from; /* at the event asked for */
	struct merge_record into;
	struct ledger ledger;
	const char *event; /* that is looked at; NULL: what is noted is of the person */
	struct str detail; /* for the log */
};

/* Takes back the scans of one registrant and enters them anew for the other; how many. */
enum status merge_move_scans(struct merge *merge, int64_t from_id, int64_t into_id,
	int64_t *ret_count, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All that is stored on a person: a statement for each table, whose rows are lent as they are.
 * (Answers: store/answer_store.)
 */
#ifndef REGTOOL_STORE_DOSSIER_STORE_H
#define REGTOOL_STORE_DOSSIER_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dossier_section {
	/* Of the person; whichever of the merged records is named. */
	DOSSIER_RECORDS,
	DOSSIER_ENROLMENTS,
	DOSSIER_MARKS,
	DOSSIER_DECISIONS,
	DOSSIER_ERASURES,
	/* Of a registrant. */
	DOSSIER_REGISTRATION,
	DOSSIER_TOKENS,
	DOSSIER_SCANS,
	DOSSIER_IMPORTS,
	DOSSIER_CHANGES,
	DOSSIER_ALIASES,
	DOSSIER_AWARDS,
	DOSSIER_REMARKS,
	DOSSIER_SECTION_COUNT,
};

/* Lends the statement's row, whose columns are read with query_text and its like. */
typedef enum status dossier_row_function(struct query *query, void *data, struct error *error);
/* `number` is the person's or the registrant's. Short: a person's rows are few. */
enum status dossier_store_list(struct db *db, enum dossier_section section, int64_t number,
	dossier_row_function *function, void *data, struct error *error);
/* The statement of a section, for the test that reads the schema. */
enum query_id dossier_store_query(enum dossier_section section);

/* What the person is registered as, at all events. */
struct dossier_place {
	int64_t registrant_id;
	int64_t merged_into;    /* 0: not */
	const char *event_code; /* lent */
};
typedef enum status dossier_place_function(const struct dossier_place *place, void *data,
	struct error *error);
enum status dossier_store_places(struct db *db, int64_t person_id, dossier_place_function *function,
	void *data, struct error *error);

#endif

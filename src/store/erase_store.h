/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is erased of people, in one place: the statements of erase.sql. Rules are core/erase's.
 */
#ifndef REGTOOL_STORE_ERASE_STORE_H
#define REGTOOL_STORE_ERASE_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

/* Rows that were changed or went. */
struct erase_counts {
	int64_t people;
	int64_t registrants;
	int64_t answers;
	int64_t remarks; /* reasons in free words */
	int64_t changes; /* what imports changed */
	int64_t aliases; /* names from meeting reports */
	int64_t parted;  /* registrants of people who stay known at another event */
};

/* A record of the human being. */
struct erase_record {
	int64_t person_id;
	const char *name;        /* "" if never given */
	const char *email;       /* NULL: none */
	const char *external_id; /* NULL: none */
	bool is_erased;
};
typedef enum status erase_record_function(const struct erase_record *record, void *data,
	struct error *error);
/* Lends the person's records, which are one but for those that were merged; the person may be
 * any of them. */
enum status erase_store_records(struct db *db, int64_t person_id, erase_record_function *function,
	void *data, struct error *error);

typedef enum status erase_registrant_function(int64_t registrant_id, int64_t event_id, void *data,
	struct error *error);
/* Lends what one record is registered as, at all events. */
enum status erase_store_registrants(struct db *db, int64_t person_id,
	erase_registrant_function *function, void *data, struct error *error);

/* Erase, and add to the counts. */
enum status erase_store_person(struct db *db, int64_t person_id, int64_t now_s,
	struct erase_counts *counts, struct error *error);
enum status erase_store_registrant(struct db *db, int64_t registrant_id,
	struct erase_counts *counts, struct error *error);

/* Before the person is erased: names from meeting reports that are the person's, and were said to
 * be nobody's. Reads all that there are. */
enum status erase_store_aliases(struct db *db, int64_t person_id, struct erase_counts *counts,
	struct error *error);

/* A registrant to be parted from the person, who stays. */
struct erase_parting {
	int64_t registrant_id;
	int64_t person_id;
	int64_t event_id;
	int64_t merged_into; /* the new person of whom this is a merged record; 0: of nobody */
};
/* A new, erased person takes the place, and what the event's courses know: enrolments, results,
 * decisions. */
enum status erase_store_part(struct db *db, const struct erase_parting *parting, int64_t now_s,
	int64_t *ret_person_id, struct error *error);

/* Some registrants of an event, by number. */
struct erase_page {
	int64_t event_id;
	int64_t after; /* this number */
	int64_t limit;
};
typedef enum status erase_number_function(int64_t registrant_id, bool is_erased, void *data,
	struct error *error);
enum status erase_store_event(struct db *db, const struct erase_page *page,
	erase_number_function *function, void *data, struct error *error);
/* Names that meeting reports of the event had, whosever they are. */
enum status erase_store_event_aliases(struct db *db, int64_t event_id, struct erase_counts *counts,
	struct error *error);
/* Lends the codes of courses of other events that count sessions of this one. */
enum status erase_store_courses(struct db *db, int64_t event_id,
	enum status (*function)(const char *code, void *data, struct error *error), void *data,
	struct error *error);

/* Whether the programme of any event has the name, which must not be empty. */
enum status erase_store_named(struct db *db, const char *name, bool *ret_is_named,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of registrants, each with the person behind it.
 */
#ifndef REGTOOL_STORE_REGISTRANT_STORE_H
#define REGTOOL_STORE_REGISTRANT_STORE_H

#include "store/db.h"
#include "store/reading.h"

#include <stdbool.h>
#include <stdint.h>

/* The texts are lent, or owned by whoever made the copy. */
struct registrant_row {
	int64_t registrant_id;
	int64_t event_id;
	int64_t person_id;
	const char *name; /* "" if never given */
	const char *given_name;
	const char *family_name;
	const char *email; /* NULL: none */
	const char *affiliation;
	const char *external_id; /* NULL: none */
	const char *roles;       /* set */
	const char *status;      /* "pending", "confirmed", "waitlisted", "cancelled" */
	bool is_status_manual;
	const char *category;
	const char *note;
	int64_t registered_s;
	bool is_erased;
};

/* Lends a row; another status than STATUS_OK ends the list with it. */
typedef enum status registrant_row_function(const struct registrant_row *row, void *data,
	struct error *error);

/* The first sixteen columns of the statements of registrant.sql; lent until the next step. */
struct registrant_row registrant_store_row(struct query *query);

/* Lends the one row with the number to `function`; of a merged record, the one that it was
 * merged into. STATUS_NOT_FOUND if there is none. */
enum status registrant_store_by_number(struct db *db, int64_t registrant_id,
	registrant_row_function *function, void *data, struct error *error);
/* All registrants of the event whose person has the folded e-mail address (text_fold), or a
 * record merged into them does, by number; there may be none. */
enum status registrant_store_by_email(struct db *db, int64_t event_id, const char *email_key,
	registrant_row_function *function, void *data, struct error *error);
/* The same for an external id. */
enum status registrant_store_by_external_id(struct db *db, int64_t event_id,
	const char *external_id, registrant_row_function *function, void *data,
	struct error *error);

/* Lends whoever has the e-mail address (folded) or external id in any event of the database,
 * or a record merged into them does, once; the registrant's number and the rest of the
 * registrant are 0 and "" for who is not registered for this one. */
enum status person_store_by_email(struct db *db, int64_t event_id, const char *email_key,
	registrant_row_function *function, void *data, struct error *error);
enum status person_store_by_external_id(struct db *db, int64_t event_id, const char *external_id,
	registrant_row_function *function, void *data, struct error *error);

/* A person, and a record by which they are known: their own, or one merged into them. */
struct person_record {
	struct registrant_row row; /* of the person, never of a merged record */
	bool is_merged;
	const char *name; /* the record's own, as are these */
	const char *email;
	const char *external_id;
};
typedef enum status person_record_function(const struct person_record *record, void *data,
	struct error *error);
/* Lends the records with the address (folded) or external id; several may be of one person. */
enum status person_store_records_by_email(struct db *db, int64_t event_id, const char *email_key,
	person_record_function *function, void *data, struct error *error);
enum status person_store_records_by_external_id(struct db *db, int64_t event_id,
	const char *external_id, person_record_function *function, void *data, struct error *error);

/* Lends the records that were merged into the person, each with its registrant of the event
 * (number 0: it had none there). What is to be told or erased of a person is theirs too. */
enum status person_store_merged(struct db *db, int64_t event_id, int64_t person_id,
	registrant_row_function *function, void *data, struct error *error);

/* The numbers of the records that were merged into the registrant. */
typedef void registrant_merged_function(int64_t registrant_id, void *data);
enum status registrant_store_merged(struct db *db, int64_t registrant_id,
	registrant_merged_function *function, void *data, struct error *error);

/* Lends the names of the event's registrants, in slices of the reading; those of records that
 * were merged into one are names of it too, which may be the same. */
typedef void registrant_name_function(int64_t registrant_id, const char *name, void *data);
enum status registrant_store_names(struct reading *reading, int64_t event_id,
	registrant_name_function *function, void *data, struct error *error);

/* The person's part of a row; email_key is the folded address, NULL without one. */
enum status person_store_insert(struct db *db, const struct registrant_row *row,
	const char *email_key, int64_t *ret_person_id, struct error *error);
enum status person_store_update(struct db *db, const struct registrant_row *row,
	const char *email_key, struct error *error);
/* The registrant's part; import_id 0: by hand. */
enum status registrant_store_insert(struct db *db, const struct registrant_row *row,
	int64_t import_id, int64_t *ret_registrant_id, struct error *error);
/* Roles, status, category and note. */
enum status registrant_store_update(struct db *db, const struct registrant_row *row,
	struct error *error);

/* The place's number in the queue; 0: the registrant does not wait. */
enum status registrant_store_queue_number(struct db *db, int64_t registrant_id,
	int64_t *ret_queue_number, struct error *error);

/* Whether the import that added the registrant was taken back. */
enum status registrant_store_is_taken_back(struct db *db, int64_t registrant_id,
	bool *ret_is_taken_back, struct error *error);
/* Another import added the registrant again. */
enum status registrant_store_come_back(struct db *db, int64_t registrant_id, int64_t import_id,
	struct error *error);

#endif

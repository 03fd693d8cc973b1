/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What breaks a rule of the model, found by statements that read whole tables: for a copy of
 * the database, which nobody waits for.
 */
#ifndef REGTOOL_STORE_CHECK_STORE_H
#define REGTOOL_STORE_CHECK_STORE_H

#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

enum check_rule {
	CHECK_REGISTRANT_WITHOUT_TOKEN,
	CHECK_TOKEN_GAP, /* the token before this one is missing */
	CHECK_PERSON_WITHOUT_CONTACT,
	CHECK_PERSON_WITHOUT_EVENT,
	CHECK_PERSON_MERGED,
	CHECK_REGISTRANT_MERGED,
	CHECK_PERSON_NOT_ERASED,
	CHECK_REGISTRANT_NOT_ERASED,
	CHECK_QUEUE,                 /* a place in it, and does not wait */
	CHECK_ERASURE_OF_KNOWN,      /* the person */
	CHECK_FILE_CLEANED,          /* the log's entry after which it was not */
	CHECK_ANSWER_OF_OTHER_EVENT, /* the registrant, with the question's header */
	CHECK_IMPORT_UNLOGGED,
	CHECK_IMPORT_UNDONE, /* taken back, but not wholly, or unlogged */
	CHECK_ITEM_OUTSIDE,  /* of its session, whose code is given */
	CHECK_ITEMS_OVERLAP, /* the same */
	CHECK_SESSION_SPAN,
	CHECK_SCHEDULE,        /* of the session, or event, whose code is given */
	CHECK_COURSE_SESSIONS, /* of the course, whose code is given */
	CHECK_SCAN_RELATIONS,  /* the text says which */
	CHECK_RULE_COUNT,
};

/* Lends the number of what breaks the rule, and a code or NULL. */
typedef void check_rule_function(int64_t number, const char *text, void *data);
enum status check_store_rule(struct db *db, enum check_rule rule, check_rule_function *function,
	void *data, struct error *error);

/* Lends each person's e-mail address with the key by which it compares. */
typedef void check_person_function(int64_t person_id, const char *email, const char *email_key,
	void *data);
enum status check_store_people(struct db *db, check_person_function *function, void *data,
	struct error *error);
/* Lends each registrant's roles. */
enum status check_store_roles(struct db *db, check_rule_function *function, void *data,
	struct error *error);

/* Reads all texts of the tables with numbers below check_store_text_tables(), one at a time;
 * *ret_name is set in any case. STATUS_DATABASE: one is not UTF-8. */
size_t check_store_text_tables(void);
enum status check_store_texts(struct db *db, size_t table, const char **ret_name,
	struct error *error);

#endif

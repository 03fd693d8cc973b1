/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programme: sessions and what happens in them. It is small (some hundreds of rows) and
 * is read as a whole. (Reading it from a file: core/programme_import.)
 */
#ifndef REGTOOL_CORE_PROGRAMME_H
#define REGTOOL_CORE_PROGRAMME_H

#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum item_kind {
	ITEM_TALK,
	ITEM_INTRO,
	ITEM_DISCUSSION,
	ITEM_BREAK,
	ITEM_OTHER,
};

struct item {
	int64_t id;
	enum item_kind kind;
	int64_t start_s;
	int64_t end_s;
	char *title;
	char *people; /* "Name (Affiliation) (Second affiliation); Name" */
	char *chair;
	char *room;
	char *access; /* set of roles; "": open */
	bool is_credit;
};

struct session {
	int64_t id;
	char *code;
	char *title;
	int64_t start_s;
	int64_t end_s;
	char *people;
	char *chair;
	char *room;
	char *access;
	bool is_credit;
	bool has_capacity;
	int64_t capacity;
	bool is_stated;     /* by a row of its own; else it spans its items */
	int code_rank;      /* place of its code among the event's, from 1; for ties in time */
	struct item *items; /* by start */
	size_t item_count;
};

struct programme {
	int64_t event_id;
	struct session *sessions; /* by start, then code */
	size_t session_count;
	struct item *items; /* of the day, without a session; by start */
	size_t item_count;
};

/* Reads all of it, in the caller's transaction or its own. The caller frees it. */
enum status programme_load(struct db *db, int64_t event_id, struct programme **ret_programme,
	struct error *error);
void programme_free(struct programme *programme);
void programme_freep(struct programme **programme);

/* NULL if there is none. Codes compare without regard to case. */
const struct session *programme_session(const struct programme *programme, const char *code);
const struct session *programme_session_by_id(const struct programme *programme,
	int64_t session_id);
/* The same, with STATUS_NOT_FOUND, "no session 'S9'", and the sessions there are as hint. */
enum status programme_find_session(const struct programme *programme, const char *code,
	const struct session **ret_session, struct error *error);

/* Whether an access (of a session or item) admits somebody with these roles. */
bool access_admits(const char *access, const char *roles);

/*
 * The time of a session that can count for somebody with these roles (NULL: a plain
 * attendee, who goes where it is open): its span, less the items in it that are breaks, bear
 * no credit, or are closed to the roles. Whether the session itself admits them or bears
 * credit is not asked. Gives the seconds; lends each stretch, in order, to `function` (may
 * be NULL).
 */
typedef void stretch_function(int64_t from_s, int64_t to_s, void *data);
int64_t session_countable(const struct session *session, const char *roles_or_null,
	stretch_function *function, void *data);

const char *item_kind_word(enum item_kind kind);
bool item_kind_parse(const char *word, enum item_kind *ret_kind);

#endif

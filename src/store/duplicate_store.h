/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records that may be one person, within a long reading: keys by which they are compared are
 * set aside in temporary tables, sorted, and made into pairs. Memory stays the same whatever
 * the number of people. Rules are core/duplicates'.
 */
#ifndef REGTOOL_STORE_DUPLICATE_STORE_H
#define REGTOOL_STORE_DUPLICATE_STORE_H

#include "store/reading.h"

#include <stdint.h>

/* Makes the tables, or empties them. */
enum status duplicate_store_open(struct db *db, struct error *error);

struct duplicate_person {
	int64_t registrant_id;
	const char *name;        /* "" if never given */
	const char *email;       /* NULL: none */
	const char *affiliation; /* "": none */
	const char *external_id; /* NULL: none */
};
typedef enum status duplicate_person_function(const struct duplicate_person *person, void *data,
	struct error *error);
/* Lends the event's registrants, but those merged and erased, by number, in slices. Keys that
 * the function adds are kept. */
enum status duplicate_store_people(struct reading *reading, int64_t event_id,
	duplicate_person_function *function, void *data, struct error *error);

struct duplicate_key {
	int kind;         /* by what: keys of different kinds never meet */
	const char *key;  /* who share it may be one person */
	const char *part; /* divides these */
	const char *detail;
	int64_t registrant_id;
};
enum status duplicate_store_add_key(struct db *db, const struct duplicate_key *key,
	struct error *error);
typedef enum status duplicate_key_function(const struct duplicate_key *key, void *data,
	struct error *error);
/* Lends all keys by kind, key, part and number; nobody waits for it. Pairs that the function
 * adds are kept. */
enum status duplicate_store_keys(struct reading *reading, duplicate_key_function *function,
	void *data, struct error *error);

/* A pair for a reason, a bit; it may have others already. */
enum status duplicate_store_add_pair(struct db *db, int64_t registrant_id, int64_t other_id,
	int64_t reason, struct error *error);
struct duplicate_pair {
	struct duplicate_person person; /* without the affiliation */
	struct duplicate_person other;
	int64_t reasons;
};
typedef enum status duplicate_pair_function(const struct duplicate_pair *pair, void *data,
	struct error *error);
/* Lends all pairs by their numbers, in slices. */
enum status duplicate_store_pairs(struct reading *reading, duplicate_pair_function *function,
	void *data, struct error *error);

#endif

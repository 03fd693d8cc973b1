/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of who asked to be forgotten: hashes, made by core/erasure.
 */
#ifndef REGTOOL_STORE_ERASURE_STORE_H
#define REGTOOL_STORE_ERASURE_STORE_H

#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

struct erasure_row {
	unsigned char hash[32];
	unsigned char key_id[8];
	int64_t person_id;
	int64_t erased_s;
};

/* Whether there is one. */
enum status erasure_store_any(struct db *db, bool *ret_is_any, struct error *error);
/* The id of a key other than `key_id` with which one was made; STATUS_NOT_FOUND (without a
 * message worth showing) if there is none. */
enum status erasure_store_other_key(struct db *db, const unsigned char key_id[static 8],
	unsigned char ret_key_id[static 8], struct error *error);
/* Whose hash it is; 0: nobody's. */
enum status erasure_store_find(struct db *db, const unsigned char hash[static 32],
	int64_t *ret_person_id, struct error *error);
/* A hash that is there already stays as it is. */
enum status erasure_store_insert(struct db *db, const struct erasure_row *row, struct error *error);
/* Those of a person. */
enum status erasure_store_delete(struct db *db, int64_t person_id, struct error *error);

#endif

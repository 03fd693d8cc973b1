/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new database, made whole in private and then put in its place: with the key file beside
 * it, and with all that the command puts into it. Whatever fails before the end leaves
 * neither behind. A key file that is there already is used and left alone.
 */
#ifndef REGTOOL_CORE_FOUNDING_H
#define REGTOOL_CORE_FOUNDING_H

#include "core/key.h"
#include "core/log.h"
#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>

struct founding;

/* Makes the database under another name and registers its key (logged as "init"). The paths
 * are lent for as long as the founding lasts. STATUS_EXISTS: there is a file that is not
 * empty. STATUS_KEY: the key file that is there cannot be used. STATUS_IO. The caller frees
 * it. */
enum status founding_begin(const char *db_path, const char *key_path,
	const struct db_options *options, const struct actor *actor, struct founding **ret_founding,
	struct error *error);
/* The database and its key, lent. */
struct db *founding_db(const struct founding *founding);
const struct key *founding_key(const struct founding *founding);
/* Whether the key is a new one, whose file founding_finish writes. */
bool founding_is_key_new(const struct founding *founding);

/* Writes the key file, then puts the database in its place; nothing may be open on it. If
 * the second fails, so that there is no such database, the key file is taken away again. */
enum status founding_finish(struct founding *founding, struct error *error);
void founding_free(struct founding *founding);
void founding_freep(struct founding **founding);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tokens given anew and taken back. Each change is one write transaction with its log entry;
 * a token is never deleted, so a revoked one is known for what it is at the door.
 */
#ifndef REGTOOL_CORE_TOKEN_CHANGE_H
#define REGTOOL_CORE_TOKEN_CHANGE_H

#include "core/key.h"
#include "core/log.h"
#include "core/registrant.h"
#include "core/token.h"
#include "store/db.h"
#include "util/error.h"

#include <stdint.h>

/* Revokes all valid tokens of the registrant, issues a new one and gives its text, after the
 * commit. The caller has checked the key against the database. STATUS_NO: the registrant was
 * erased. */
enum status token_reissue(struct db *db, const struct actor *actor, const struct key *key,
	const struct registrant *registrant, const char *reason,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error);

/* Revokes all valid tokens of the registrant; *ret_count is how many. STATUS_NO: there is
 * none. */
enum status token_revoke_all(struct db *db, const struct actor *actor,
	const struct registrant *registrant, const char *reason, int64_t *ret_count,
	struct error *error);
/* Revokes one token. STATUS_NO: it is revoked already. */
enum status token_revoke_one(struct db *db, const struct actor *actor,
	const struct token_holder *holder, const char *reason, struct error *error);

#endif

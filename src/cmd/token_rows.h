/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How tokens are shown: the token list of `token export` and `import --tokens`, and one
 * token of `token show` and `token reissue`. The output must be a private one.
 */
#ifndef REGTOOL_CMD_TOKEN_ROWS_H
#define REGTOOL_CMD_TOKEN_ROWS_H

#include "cli/output.h"
#include "core/token_list.h"

/* Writes the whole list; *ret_without_token is how many registrants were left out because all
 * their tokens are revoked. The notice is given before doors must wait. */
enum status token_put_list(struct output *output, struct db *db, int64_t event_id,
	const struct key *key, reading_notice *notice_or_null, void *notice_data,
	int64_t *ret_without_token, struct error *error);

/* Begins a record with one token. Other lists may follow before its end. */
void token_begin_record(struct output *output, const struct token_entry *entry);

#endif

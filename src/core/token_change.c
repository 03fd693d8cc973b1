/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/token_change.h"

#include "store/token_store.h"
#include "util/memory.h"
#include "util/str.h"

static enum status log_change(struct db *db, const struct actor *actor, const char *action,
	int64_t registrant_id, const char *detail, const char *reason, struct error *error)
{
	return log_append(db, actor,
		&(struct log_event){
			.action = action,
			.subject = "registrant",
			.subject_id = registrant_id,
			.detail = detail,
			.reason = reason,
			.reason_registrant_id = registrant_id,
		},
		error);
}

/* Who was looked up before the transaction may have been merged since. */
static enum status check_current(struct db *db, const struct registrant *registrant,
	struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *current = NULL;

	enum status status = registrant_load(db, registrant->id, &current, error);
	if (status == STATUS_OK && current->id != registrant->id)
		status = error_set(error, STATUS_NO, "registrant @%lld was merged into @%lld",
			(long long)registrant->id, (long long)current->id);
	return status;
}

enum status token_reissue(struct db *db, const struct actor *actor, const struct key *key,
	const struct registrant *registrant, const char *reason,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = NULL;
	CLEANUP(str_free) struct str detail = STR_INIT;
	unsigned char token[TOKEN_SIZE];
	int64_t serial = 0;

	if (registrant->is_erased)
		return error_set(error, STATUS_NO, "registrant @%lld was erased",
			(long long)registrant->id);
	issuer = token_issuer_new(key, registrant->event_id);
	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = check_current(db, registrant, error);
	if (status == STATUS_OK)
		status = token_store_revoke_all(db, registrant->id, actor->now_s, error);
	if (status == STATUS_OK)
		status = token_issue(db, issuer, registrant->id, actor->now_s, &serial, error);
	str_addf(&detail, "token %lld", (long long)serial);
	if (status == STATUS_OK)
		status = log_change(db, actor, "token reissue", registrant->id, detail.text, reason,
			error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status != STATUS_OK)
		return status;
	token_derive(issuer, serial, token);
	token_write(token, ret_text);
	token_wipe(token, sizeof token);
	return STATUS_OK;
}

enum status token_revoke_all(struct db *db, const struct actor *actor,
	const struct registrant *registrant, const char *reason, int64_t *ret_count,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(str_free) struct str detail = STR_INIT;
	int64_t count = 0;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = token_store_revoke_all(db, registrant->id, actor->now_s, error);
	if (status == STATUS_OK) {
		count = db_changes(db);
		if (count == 0)
			return error_set(error, STATUS_NO,
				"registrant @%lld has no valid token: already revoked",
				(long long)registrant->id);
		str_addf(&detail, "tokens: %lld", (long long)count);
		status = log_change(db, actor, "token revoke", registrant->id, detail.text, reason,
			error);
	}
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		*ret_count = count;
	return status;
}

enum status token_revoke_one(struct db *db, const struct actor *actor,
	const struct token_holder *holder, const char *reason, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(str_free) struct str detail = STR_INIT;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = token_store_revoke(db, holder->token_id, actor->now_s, error);
	if (status == STATUS_OK && db_changes(db) == 0)
		return error_set(error, STATUS_NO,
			"this token of registrant @%lld is revoked already",
			(long long)holder->registrant_id);
	str_addf(&detail, "token %lld", (long long)holder->token_id);
	if (status == STATUS_OK)
		status = log_change(db, actor, "token revoke", holder->registrant_id, detail.text,
			reason, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

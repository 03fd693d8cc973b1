/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/token_list.h"

#include "store/registrant_store.h"
#include "store/token_store.h"
#include "util/memory.h"

struct list {
	int64_t event_id;
	struct token_issuer *issuer;
	const struct token_list_functions *functions;
};

static enum status lend_entry(const struct token_list_row *row, void *data, struct error *error)
{
	struct list *list = data;
	char text[TOKEN_TEXT_SIZE];
	const struct registrant_row named = {
		.name = row->name,
		.email = row->email,
		.external_id = row->external_id,
	};
	struct token_entry entry = {
		.registrant_id = row->registrant_id,
		.name = registrant_name_of(&named),
		.email = row->email,
		.roles = row->roles,
	};
	enum status status = STATUS_OK;

	if (row->has_token) {
		status = token_write_again(list->issuer, &row->token, text, error);
		entry.token = text;
	}
	if (status == STATUS_OK)
		status = list->functions->entry(&entry, list->functions->data, error);
	token_wipe(text, sizeof text);
	return status;
}

static enum status read_list(struct reading *reading, void *data, struct error *error)
{
	struct list *list = data;

	list->functions->begin(list->functions->data);
	return token_store_list(reading, list->event_id, lend_entry, list, error);
}

enum status token_list(struct db *db, int64_t event_id, const struct key *key,
	const struct token_list_functions *functions, struct error *error)
{
	CLEANUP(token_issuer_freep)
	struct token_issuer *issuer = token_issuer_new(key, event_id);
	struct list list = { .event_id = event_id, .issuer = issuer, .functions = functions };

	return reading_run(db, read_list, &list, functions->notice, functions->data, error);
}

enum status token_of(struct db *db, const struct key *key, const struct registrant *registrant,
	char ret_text[static TOKEN_TEXT_SIZE], struct error *error)
{
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = NULL;
	struct token_row row;

	if (registrant->is_erased)
		return error_set(error, STATUS_NOT_FOUND, "registrant @%lld was erased",
			(long long)registrant->id);
	enum status status = token_store_current(db, registrant->id, &row, error);
	if (status == STATUS_NOT_FOUND) {
		(void)error_set(error, status, "registrant @%lld has no valid token",
			(long long)registrant->id);
		return error_hint(error, "issue one with 'regtool token reissue @%lld --reason …'",
			(long long)registrant->id);
	}
	if (status != STATUS_OK)
		return status;
	issuer = token_issuer_new(key, registrant->event_id);
	return token_write_again(issuer, &row, ret_text, error);
}

struct others {
	struct token_issuer *issuer;
	int64_t newest_id;
	token_text_function *function;
	void *data;
};

static enum status lend_other(const struct token_row *row, void *data, struct error *error)
{
	const struct others *others = data;
	char text[TOKEN_TEXT_SIZE];

	if (row->is_revoked || row->token_id == others->newest_id)
		return STATUS_OK;
	enum status status = token_write_again(others->issuer, row, text, error);
	if (status == STATUS_KEY) {
		error_clear(error);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		status = others->function(text, others->data, error);
	token_wipe(text, sizeof text);
	return status;
}

enum status token_others_of(struct db *db, const struct key *key,
	const struct registrant *registrant, token_text_function *function, void *data,
	struct error *error)
{
	CLEANUP(token_issuer_freep)
	struct token_issuer *issuer = token_issuer_new(key, registrant->event_id);
	struct others others = { .issuer = issuer, .function = function, .data = data };
	struct token_row newest;

	enum status status = token_store_current(db, registrant->id, &newest, error);
	if (status != STATUS_OK)
		return status;
	others.newest_id = newest.token_id;
	return token_store_of_registrant(db, registrant->id, lend_other, &others, error);
}

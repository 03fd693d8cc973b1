/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/ledger.h"

#include "core/registrant.h"

#include <string.h>

void ledger_hash_row(struct hash *hash, const struct scan_row *row)
{
	hash_add_integer(hash, row->scan_id);
	hash_add_integer(hash, row->event_id);
	hash_add_integer(hash, row->registrant_id);
	hash_add_integer(hash, row->session_id);
	hash_add_integer(hash, row->token_id);
	hash_add_text(hash, row->direction);
	hash_add_integer(hash, row->at_s);
	hash_add_integer(hash, row->has_until ? 1 : 0);
	hash_add_integer(hash, row->has_until ? row->until_s : 0);
	hash_add_integer(hash, row->has_first ? 1 : 0);
	hash_add_integer(hash, row->has_first ? row->first_s : 0);
	hash_add_integer(hash, row->stored_s);
	hash_add_text(hash, row->source);
	hash_add_text(hash, row->station);
	hash_add_text(hash, row->nonce);
	hash_add_text(hash, row->result);
	hash_add_text(hash, row->reason);
	hash_add_integer(hash, row->is_forced ? 1 : 0);
	hash_add_integer(hash, row->void_of);
	hash_add_integer(hash, row->import_id);
	hash_add_text(hash, row->actor);
}

enum status ledger_begin(struct ledger *ledger, struct db *db, struct error *error)
{
	int64_t last = 0;
	enum status status = scan_store_last_number(db, &last, error);

	*ledger = (struct ledger){ .db = db, .next_scan = last + 1 };
	return status;
}

enum status ledger_add(struct ledger *ledger, struct scan_row *row, struct error *error)
{
	row->scan_id = ledger->next_scan;
	enum status status = scan_store_insert(ledger->db, row, error);
	if (status != STATUS_OK)
		return status;
	if (ledger->hash == NULL)
		ledger->hash = hash_new(LEDGER_HASH_PERSONAL);
	ledger_hash_row(ledger->hash, row);
	if (ledger->first_scan == 0)
		ledger->first_scan = row->scan_id;
	ledger->next_scan++;
	return STATUS_OK;
}

enum status ledger_close(struct ledger *ledger, const struct actor *actor,
	const struct log_event *event, struct error *error)
{
	unsigned char digest[HASH_SIZE];
	struct log_event entry = *event;

	if (ledger->first_scan == 0)
		return STATUS_OK;
	hash_finish(ledger->hash, digest);
	entry.first_scan = ledger->first_scan;
	entry.last_scan = ledger->next_scan - 1;
	entry.digest = digest;
	ledger->first_scan = 0;
	return log_append(ledger->db, actor, &entry, error);
}

void ledger_free(struct ledger *ledger)
{
	hash_free(ledger->hash);
	ledger->hash = NULL;
}

const char *ledger_name_of(const struct ledger_row *row)
{
	const struct registrant_row registrant = {
		.name = row->name != NULL ? row->name : "",
		.email = row->email,
		.external_id = row->external_id,
		.is_erased = row->is_erased,
	};

	return registrant_name_of(&registrant);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/log.h"

#include "util/hash.h"
#include "util/memory.h"

#include <string.h>

void log_entry_hash(const struct log_row *row, const unsigned char before[static 32],
	unsigned char ret_hash[static 32])
{
	CLEANUP(hash_freep) struct hash *hash = hash_new("regtool-logent-1");

	hash_add_bytes(hash, before, 32);
	hash_add_integer(hash, row->log_id);
	hash_add_integer(hash, row->at_s);
	hash_add_text(hash, row->actor);
	hash_add_text(hash, row->action);
	hash_add_text(hash, row->subject);
	hash_add_integer(hash, row->subject_id);
	hash_add_text(hash, row->detail);
	hash_add_integer(hash, row->first_scan);
	hash_add_integer(hash, row->last_scan);
	hash_add_bytes(hash, row->has_digest ? row->digest : NULL, sizeof row->digest);
	hash_finish(hash, ret_hash);
}

enum status log_append(struct db *db, const struct actor *actor, const struct log_event *event,
	struct error *error)
{
	unsigned char before[32];
	struct log_row row = {
		.at_s = actor->now_s,
		.actor = actor->name,
		.action = event->action,
		.subject = event->subject != NULL ? event->subject : "",
		.subject_id = event->subject_id,
		.detail = event->detail != NULL ? event->detail : "",
		.first_scan = event->first_scan,
		.last_scan = event->last_scan,
		.has_digest = event->digest != NULL,
	};

	enum status status = log_store_head(db, &row.log_id, before, error);
	if (status != STATUS_OK)
		return status;
	row.log_id++;
	if (event->digest != NULL)
		memcpy(row.digest, event->digest, sizeof row.digest);
	log_entry_hash(&row, before, row.hash);
	status = log_store_insert(db, &row, error);
	if (status == STATUS_OK && event->reason != NULL)
		status = log_store_insert_remark(db, row.log_id, event->reason_registrant_id,
			event->reason_scan_id, event->reason, error);
	return status;
}

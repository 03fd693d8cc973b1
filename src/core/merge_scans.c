/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scans of a merged record: taken back and entered anew.
 */
#include "core/attendance_write.h"
#include "core/merge_private.h"
#include "store/scan_store.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

/* A person has a few dozen. */
struct numbers {
	int64_t *list;
	size_t count;
	size_t capacity;
};

static void keep_number(int64_t scan_id, void *data)
{
	struct numbers *numbers = data;

	if (numbers->count == numbers->capacity) {
		numbers->capacity = numbers->capacity * 2 + 32;
		numbers->list =
			xreallocarray(numbers->list, numbers->capacity, sizeof *numbers->list);
	}
	numbers->list[numbers->count++] = scan_id;
}

struct move {
	struct merge *merge;
	int64_t into_id;
};

/* A row of a file is known again by what it says of whom (see core/attendance_write): so the same
 * file adds nothing after a merge either. */
static enum status find_nonce(struct merge *merge, const struct scan_row *row,
	char nonce[static ATTENDANCE_NONCE_SIZE], const char **ret_nonce, struct error *error)
{
	bool is_known = false;
	const struct attendance_row said = {
		.registrant_id = row->registrant_id,
		.session_id = row->session_id,
		.source = row->source,
		.is_out = strcmp(row->direction, "out") == 0,
		.at_s = row->at_s,
		.has_until = row->has_until,
		.until_s = row->until_s,
	};

	enum status status =
		attendance_nonce(merge->db, row->event_id, &said, nonce, &is_known, error);
	if (status == STATUS_OK && !is_known)
		*ret_nonce = nonce;
	return status;
}

/* What was seen, when and where stays; who enters it, and when, is the merge. */
static enum status move_scan(const struct scan_row *found, void *data, struct error *error)
{
	const struct move *move = data;
	struct merge *merge = move->merge;
	char nonce[ATTENDANCE_NONCE_SIZE];
	struct scan_row anew = *found;
	struct scan_row taken_back = {
		.event_id = found->event_id,
		.registrant_id = found->registrant_id,
		.session_id = found->session_id,
		.at_s = merge->actor->now_s,
		.stored_s = merge->actor->now_s,
		.source = found->source,
		.station = "",
		.result = "void",
		.void_of = found->scan_id,
		.actor = merge->actor->name,
	};

	anew.registrant_id = move->into_id;
	anew.stored_s = merge->actor->now_s;
	anew.nonce = NULL;
	anew.actor = merge->actor->name;
	enum status status = ledger_add(&merge->ledger, &taken_back, error);
	if (status == STATUS_OK && found->import_id != 0)
		status = find_nonce(merge, &anew, nonce, &anew.nonce, error);
	if (status == STATUS_OK)
		status = ledger_add(&merge->ledger, &anew, error);
	return status;
}

enum status merge_move_scans(struct merge *merge, int64_t from_id, int64_t into_id,
	int64_t *ret_count, struct error *error)
{
	struct numbers numbers = { .count = 0 };
	struct move move = { .merge = merge, .into_id = into_id };

	enum status status = merge_store_scans(merge->db, from_id, keep_number, &numbers, error);
	for (size_t i = 0; i < numbers.count && status == STATUS_OK; i++)
		status = scan_store_by_number(merge->db, numbers.list[i], move_scan, &move, error);
	free(numbers.list);
	if (status == STATUS_OK)
		*ret_count = (int64_t)numbers.count;
	return status;
}

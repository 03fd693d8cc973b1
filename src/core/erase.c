/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/erase.h"

#include "core/registrant.h"
#include "util/memory.h"

#include <stdbool.h>
#include <stdlib.h>

struct eraser {
	struct db *db;
	int64_t now_s;
	struct erase_counts *counts;
	int64_t event_id;  /* of the one registrant */
	bool is_elsewhere; /* registered for another event too */
};

static enum status erase_one(int64_t registrant_id, int64_t event_id, void *data,
	struct error *error)
{
	const struct eraser *eraser = data;

	(void)event_id;
	return erase_store_registrant(eraser->db, registrant_id, eraser->counts, error);
}

static enum status erase_record(const struct erase_record *record, void *data, struct error *error)
{
	struct eraser *eraser = data;

	enum status status =
		erase_store_registrants(eraser->db, record->person_id, erase_one, eraser, error);
	if (status == STATUS_OK)
		status = erase_store_person(eraser->db, record->person_id, eraser->now_s,
			eraser->counts, error);
	return status;
}

enum status erase_person(struct db *db, int64_t person_id, int64_t now_s,
	struct erase_counts *counts, struct error *error)
{
	struct eraser eraser = { .db = db, .now_s = now_s, .counts = counts };

	return erase_store_records(db, person_id, erase_record, &eraser, error);
}

static enum status look_elsewhere(int64_t registrant_id, int64_t event_id, void *data,
	struct error *error)
{
	struct eraser *eraser = data;

	(void)registrant_id;
	(void)error;
	eraser->is_elsewhere |= event_id != eraser->event_id;
	return STATUS_OK;
}

static enum status look_at_record(const struct erase_record *record, void *data,
	struct error *error)
{
	const struct eraser *eraser = data;

	return erase_store_registrants(eraser->db, record->person_id, look_elsewhere, data, error);
}

/* Numbers, copied: rows are changed while they are walked. */
struct merged {
	int64_t *list;
	size_t count;
};

static void keep_merged(int64_t registrant_id, void *data)
{
	struct merged *merged = data;

	merged->list = xreallocarray(merged->list, merged->count + 1, sizeof *merged->list);
	merged->list[merged->count++] = registrant_id;
}

static enum status part_one(struct eraser *eraser, struct erase_parting *parting,
	int64_t *ret_person_id, struct error *error)
{
	enum status status =
		erase_store_registrant(eraser->db, parting->registrant_id, eraser->counts, error);

	if (status == STATUS_OK)
		status = erase_store_part(eraser->db, parting, eraser->now_s, ret_person_id, error);
	return status;
}

/* The registrant, and those that were merged into it. */
static enum status part(struct eraser *eraser, struct erase_parting *parting, struct error *error)
{
	struct merged merged = { .count = 0 };
	int64_t merged_person;

	enum status status = registrant_store_merged(eraser->db, parting->registrant_id,
		keep_merged, &merged, error);
	if (status == STATUS_OK)
		status = part_one(eraser, parting, &parting->merged_into, error);
	for (size_t i = 0; i < merged.count && status == STATUS_OK; i++) {
		parting->registrant_id = merged.list[i];
		status = part_one(eraser, parting, &merged_person, error);
	}
	free(merged.list);
	if (status == STATUS_OK) {
		eraser->counts->people++;
		eraser->counts->parted++;
	}
	return status;
}

enum status erase_registrant(struct db *db, int64_t registrant_id, int64_t now_s,
	struct erase_counts *counts, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct eraser eraser = { .db = db, .now_s = now_s, .counts = counts };

	enum status status = registrant_load(db, registrant_id, &registrant, error);
	if (status != STATUS_OK)
		return status;
	eraser.event_id = registrant->event_id;
	status = erase_store_records(db, registrant->person_id, look_at_record, &eraser, error);
	if (status != STATUS_OK)
		return status;
	if (!eraser.is_elsewhere || registrant->is_erased)
		return erase_person(db, registrant->person_id, now_s, counts, error);
	struct erase_parting parting = {
		.registrant_id = registrant->id,
		.person_id = registrant->person_id,
		.event_id = registrant->event_id,
	};
	return part(&eraser, &parting, error);
}

enum status erase_is_elsewhere(struct db *db, int64_t registrant_id, bool *ret_is_elsewhere,
	struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct eraser eraser = { .db = db };

	enum status status = registrant_load(db, registrant_id, &registrant, error);
	if (status != STATUS_OK)
		return status;
	eraser.event_id = registrant->event_id;
	status = erase_store_records(db, registrant->person_id, look_at_record, &eraser, error);
	if (status == STATUS_OK)
		*ret_is_elsewhere = eraser.is_elsewhere;
	return status;
}

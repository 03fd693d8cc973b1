/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/scan_origin.h"

#include "store/import_store.h"
#include "store/scan_store.h"

static enum status take_first(const struct scan_row *row, void *data, struct error *error)
{
	struct scan_origin *origin = data;

	(void)error;
	str_add(&origin->from_station, row->station);
	str_add(&origin->actor, row->actor);
	origin->import_id = row->import_id;
	return STATUS_OK;
}

static enum status take_second(const struct scan_row *row, void *data, struct error *error)
{
	struct scan_origin *origin = data;

	(void)error;
	str_add(&origin->to_station, row->station);
	return STATUS_OK;
}

static enum status take_import(const struct import_row *row, void *data, struct error *error)
{
	struct scan_origin *origin = data;

	(void)error;
	str_add(&origin->file, row->name);
	return STATUS_OK;
}

enum status scan_origin_load(struct db *db, int64_t from_scan_id, int64_t to_scan_id,
	struct scan_origin *origin, struct error *error)
{
	enum status status = scan_store_by_number(db, from_scan_id, take_first, origin, error);

	if (status == STATUS_OK && to_scan_id != 0)
		status = scan_store_by_number(db, to_scan_id, take_second, origin, error);
	if (status == STATUS_OK && origin->import_id != 0)
		status = import_store_by_number(db, origin->import_id, take_import, origin, error);
	return status;
}

void scan_origin_free(struct scan_origin *origin)
{
	str_free(&origin->from_station);
	str_free(&origin->to_station);
	str_free(&origin->actor);
	str_free(&origin->file);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a stay comes from: the doors that saw it begin and end, or who wrote it down, and the
 * file that it stood in.
 */
#ifndef REGTOOL_CORE_SCAN_ORIGIN_H
#define REGTOOL_CORE_SCAN_ORIGIN_H

#include "store/db.h"
#include "util/error.h"
#include "util/str.h"

#include <stdint.h>

struct scan_origin {
	struct str from_station; /* "": none */
	struct str to_station;   /* "": none, or no second scan */
	struct str actor;        /* of the first scan */
	int64_t import_id;       /* of the first scan; 0: none */
	struct str file;         /* the import's; "": none */
};
#define SCAN_ORIGIN_INIT                                                                           \
	{                                                                                          \
		.from_station = STR_INIT, .to_station = STR_INIT, .actor = STR_INIT,               \
		.file = STR_INIT                                                                   \
	}

/* Of the stay between two scans; `to_scan_id` 0: of one row alone. STATUS_NOT_FOUND: a scan.
 * Freed by scan_origin_free, also after a failure. */
enum status scan_origin_load(struct db *db, int64_t from_scan_id, int64_t to_scan_id,
	struct scan_origin *origin, struct error *error);
void scan_origin_free(struct scan_origin *origin);

#endif

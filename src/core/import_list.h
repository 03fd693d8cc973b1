/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files that were taken in for an event, with what became of their rows.
 */
#ifndef REGTOOL_CORE_IMPORT_LIST_H
#define REGTOOL_CORE_IMPORT_LIST_H

#include "store/import_store.h"

struct import_list_functions {
	/* Before the first row; again where the reading starts again, and all rows before are to
	 * be forgotten. */
	void (*begin)(void *data);
	import_row_function *row;
	reading_notice *notice; /* doors will have to wait; may be NULL */
	void *data;
};

/* Lends the event's imports, by number. Reads in slices. */
enum status import_list(struct db *db, int64_t event_id,
	const struct import_list_functions *functions, struct error *error);

#endif

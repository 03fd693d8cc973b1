/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_list.h"

struct list {
	int64_t event_id;
	const struct import_list_functions *functions;
};

static enum status read_list(struct reading *reading, void *data, struct error *error)
{
	const struct list *list = data;

	list->functions->begin(list->functions->data);
	return import_store_list(reading, list->event_id, list->functions->row,
		list->functions->data, error);
}

enum status import_list(struct db *db, int64_t event_id,
	const struct import_list_functions *functions, struct error *error)
{
	struct list list = { .event_id = event_id, .functions = functions };

	return reading_run(db, read_list, &list, functions->notice, functions->data, error);
}

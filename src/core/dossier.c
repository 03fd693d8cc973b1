/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/dossier.h"

#include "util/memory.h"

#include <stdlib.h>

static enum status keep_place(const struct dossier_place *place, void *data, struct error *error)
{
	struct dossier_places *places = data;

	(void)error;
	places->list = xreallocarray(places->list, places->count + 1, sizeof *places->list);
	places->list[places->count++] = (struct dossier_registration){
		.registrant_id = place->registrant_id,
		.event_code = xstrdup(place->event_code),
		.is_merged = place->merged_into != 0,
	};
	return STATUS_OK;
}

enum status dossier_places(struct db *db, int64_t person_id, struct dossier_places *ret_places,
	struct error *error)
{
	return dossier_store_places(db, person_id, keep_place, ret_places, error);
}

void dossier_places_free(struct dossier_places *places)
{
	for (size_t i = 0; i < places->count; i++)
		free(places->list[i].event_code);
	free(places->list);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All that is stored on a person, for whoever asks what is known of them.
 */
#ifndef REGTOOL_CORE_DOSSIER_H
#define REGTOOL_CORE_DOSSIER_H

#include "store/db.h"
#include "store/dossier_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dossier_registration {
	int64_t registrant_id;
	char *event_code;
	bool is_merged; /* into another of the person's */
};
/* Copied: nothing stays open while each is read. */
struct dossier_places {
	struct dossier_registration *list;
	size_t count;
};
/* What the person is registered as at all events, by number; whichever of the merged records is
 * named. The caller frees it in any case. */
enum status dossier_places(struct db *db, int64_t person_id, struct dossier_places *ret_places,
	struct error *error);
void dossier_places_free(struct dossier_places *places);

#endif

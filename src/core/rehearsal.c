/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/rehearsal.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHAINS = 1 << 14,
};

struct kept {
	struct scan_row row; /* owns its nonce and station */
	size_t next_of_registrant;
	size_t next_of_nonce;
};

/* Chains of places in `all`, counted from 1; 0 is the end. */
struct rehearsal {
	struct kept *all;
	size_t count;
	size_t capacity;
	size_t by_registrant[CHAINS];
	size_t by_nonce[CHAINS];
};

static size_t chain_of_number(int64_t number)
{
	return (size_t)number % CHAINS;
}

static size_t chain_of_text(const char *text)
{
	size_t sum = 5381;

	for (const char *c = text; *c != '\0'; c++)
		sum = sum * 33 + (unsigned char)*c;
	return sum % CHAINS;
}

struct rehearsal *rehearsal_new(void)
{
	return xcalloc(1, sizeof(struct rehearsal));
}

void rehearsal_free(struct rehearsal *rehearsal)
{
	if (rehearsal == NULL)
		return;
	for (size_t i = 0; i < rehearsal->count; i++) {
		free((char *)rehearsal->all[i].row.nonce);
		free((char *)rehearsal->all[i].row.station);
	}
	free(rehearsal->all);
	free(rehearsal);
}

void rehearsal_add(struct rehearsal *rehearsal, const struct scan_row *row)
{
	if (rehearsal->count == rehearsal->capacity) {
		rehearsal->capacity = rehearsal->capacity == 0 ? 64 : rehearsal->capacity * 2;
		rehearsal->all =
			xreallocarray(rehearsal->all, rehearsal->capacity, sizeof *rehearsal->all);
	}
	struct kept *kept = &rehearsal->all[rehearsal->count++];
	size_t *of_registrant = &rehearsal->by_registrant[chain_of_number(row->registrant_id)];
	*kept = (struct kept){ .row = *row, .next_of_registrant = *of_registrant };
	*of_registrant = rehearsal->count;
	kept->row.station = xstrdup(row->station);
	if (row->nonce != NULL) {
		size_t *of_nonce = &rehearsal->by_nonce[chain_of_text(row->nonce)];
		kept->row.nonce = xstrdup(row->nonce);
		kept->next_of_nonce = *of_nonce;
		*of_nonce = rehearsal->count;
	}
}

const struct scan_row *rehearsal_by_nonce(const struct rehearsal *rehearsal, const char *nonce)
{
	size_t place = rehearsal->by_nonce[chain_of_text(nonce)];

	while (place != 0) {
		const struct kept *kept = &rehearsal->all[place - 1];
		if (strcmp(kept->row.nonce, nonce) == 0)
			return &kept->row;
		place = kept->next_of_nonce;
	}
	return NULL;
}

void rehearsal_of_registrant(const struct rehearsal *rehearsal, int64_t registrant_id,
	rehearsal_function *function, void *data)
{
	size_t place = rehearsal->by_registrant[chain_of_number(registrant_id)];

	while (place != 0) {
		const struct kept *kept = &rehearsal->all[place - 1];
		if (kept->row.registrant_id == registrant_id)
			function(&kept->row, data);
		place = kept->next_of_registrant;
	}
}

void rehearsal_all(const struct rehearsal *rehearsal, rehearsal_function *function, void *data)
{
	for (size_t i = 0; i < rehearsal->count; i++)
		function(&rehearsal->all[i].row, data);
}

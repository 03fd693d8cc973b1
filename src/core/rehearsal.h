/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a dry run would have stored: so that its later scans are answered as they would be.
 */
#ifndef REGTOOL_CORE_REHEARSAL_H
#define REGTOOL_CORE_REHEARSAL_H

#include "store/scan_store.h"

#include <stdint.h>

struct rehearsal;

struct rehearsal *rehearsal_new(void);
void rehearsal_free(struct rehearsal *rehearsal);

/* Keeps what of the row is asked for here. Its direction, result and reason must be words
 * that last. */
void rehearsal_add(struct rehearsal *rehearsal, const struct scan_row *row);
/* NULL if none has the nonce. */
const struct scan_row *rehearsal_by_nonce(const struct rehearsal *rehearsal, const char *nonce);
/* Lends a registrant's rows, the newest first. */
typedef void rehearsal_function(const struct scan_row *row, void *data);
void rehearsal_of_registrant(const struct rehearsal *rehearsal, int64_t registrant_id,
	rehearsal_function *function, void *data);
/* Lends all rows. */
void rehearsal_all(const struct rehearsal *rehearsal, rehearsal_function *function, void *data);

#endif

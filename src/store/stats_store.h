/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts over an event, read in slices. Each function lends partial counts, which the caller
 * adds up: the same words come again and again.
 */
#ifndef REGTOOL_STORE_STATS_STORE_H
#define REGTOOL_STORE_STATS_STORE_H

#include "store/reading.h"

#include <stdint.h>

struct stats_functions {
	/* `erased` of the `count` are. */
	void (*registrants)(const char *status, const char *roles, int64_t count, int64_t erased,
		void *data);
	/* `revoked` of the `count` are. */
	void (*tokens)(int64_t count, int64_t revoked, void *data);
	/* `voided` of the `count` were taken back; reason is NULL but for refusals. */
	void (*scans)(const char *result, const char *reason, const char *source, int64_t count,
		int64_t voided, void *data);
	/* An admission at a door, by registrant and time. */
	void (*arrival)(int64_t registrant_id, int64_t at_s, void *data);
	void (*programme)(int64_t sessions, int64_t items, void *data);
	void (*course)(const char *code, int64_t enrolled, void *data);
	void *data;
};

enum status stats_store_read(struct reading *reading, int64_t event_id,
	const struct stats_functions *functions, struct error *error);

#endif

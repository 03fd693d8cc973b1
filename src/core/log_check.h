/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The log's chain worked out again, with the scans that its entries cover. In one pass over
 * both, in constant memory; on a copy of the database, since nobody can write meanwhile.
 */
#ifndef REGTOOL_CORE_LOG_CHECK_H
#define REGTOOL_CORE_LOG_CHECK_H

#include "core/finding.h"
#include "core/log_list.h"
#include "store/db.h"

#include <stdint.h>

struct log_check_options {
	int64_t after; /* only the entries after this one, whose hash is believed; 0: all */
	/* Called now and then with entries and scans done so far; may be NULL. */
	void (*progress)(int64_t done, void *data);
	void *data;
};

struct log_check_counts {
	int64_t entries;
	int64_t scans;
};

/* STATUS_OK even with faults, which are told; else reading failed (a damaged file). */
enum status log_check(struct db *copy, const struct log_check_options *options,
	struct findings *findings, struct log_check_counts *ret_counts, struct error *error);

/* Whether the log goes on from a head kept elsewhere; faults are told. */
enum status log_check_head(struct db *copy, const struct log_head *head, struct findings *findings,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file after an erasure: what earlier changes left in its unused parts is overwritten, and
 * the log says so, so that check can tell that it was done.
 */
#ifndef REGTOOL_CORE_CLEAN_H
#define REGTOOL_CORE_CLEAN_H

#include "core/log.h"
#include "store/db.h"
#include "store/reading.h"

/* Not inside a transaction; others work in between, and wait at last only after `notice` (may be
 * NULL). On a failure what was erased is erased, and this is to be done again: STATUS_BUSY,
 * STATUS_IO. */
enum status clean_file(struct db *db, const struct actor *actor, reading_notice *notice, void *data,
	struct error *error);

#endif

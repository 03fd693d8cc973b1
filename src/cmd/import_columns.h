/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What standard error says of a file's columns: none is lost in silence.
 */
#ifndef REGTOOL_CMD_IMPORT_COLUMNS_H
#define REGTOOL_CMD_IMPORT_COLUMNS_H

#include "cli/diagnostics.h"
#include "core/import.h"

/* On a file's columns: what shape was recognised and what each column is (with --verbose), and
 * what is left out although nobody asked for it. */
void import_say_columns(const struct diagnostics *diagnostics, const struct csv_in *in,
	const struct import_columns *columns);
/* What of the people that were added may not be meant so: they have no names, or somebody's
 * external id. */
void import_say_doubts(const struct diagnostics *diagnostics, const struct import *import);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a dry run says of the changes that an import would make: one by one, person by person,
 * or in one sentence.
 */
#ifndef REGTOOL_CMD_IMPORT_CHANGES_H
#define REGTOOL_CMD_IMPORT_CHANGES_H

#include "cli/output.h"
#include "core/import.h"

#include <stdbool.h>

struct import_changes;

/* `lists_all`: each change is put when it is added. The caller frees it. */
struct import_changes *import_changes_new(struct output *output, bool lists_all);
void import_changes_free(struct import_changes *changes);

void import_changes_add(struct import_changes *changes, const struct import *import,
	const struct import_change *change);
/* The sentence. */
void import_changes_put_summary(struct import_changes *changes, const struct import *import);

#endif

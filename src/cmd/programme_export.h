/* SPDX-License-Identifier: BSD-2-Clause */
/* The programme as a file: for programme export and export programme. */
#ifndef REGTOOL_CMD_PROGRAMME_EXPORT_H
#define REGTOOL_CMD_PROGRAMME_EXPORT_H

#include "cli/command.h"
#include "util/error.h"

/* Formats besides rows: ical, schedule.json, schedule.xml. */
extern const char *const programme_documents[];

/* Writes the context's event's programme in the context's format. STATUS_NOT_FOUND: there is
 * none, and so no document. */
enum status programme_export(struct context *context, struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be said of an import on the command line. */
#ifndef REGTOOL_CMD_IMPORT_OPTIONS_H
#define REGTOOL_CMD_IMPORT_OPTIONS_H

#include "cli/command.h"
#include "core/import.h"

extern const struct option import_options[];

/* What was said; `settings` points into it. */
struct import_request {
	struct import_settings settings;
	struct column_map *maps;
	struct state_word *states;
	struct str constants[FIELD_COUNT];
	const char **header; /* of --header */
	char **words;        /* parts of values, owned */
	size_t word_count;
};

/* Reads the options and arguments, and finds wrong what can be before the database is
 * opened. End it with import_request_free in any case. */
enum status import_request_read(const struct context *context, struct import_request *request,
	struct error *error);
void import_request_free(struct import_request *request);

#endif

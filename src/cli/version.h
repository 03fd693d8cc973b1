/* SPDX-License-Identifier: BSD-2-Clause */
/* What --version shows: the program's version and those of its libraries. */
#ifndef REGTOOL_CLI_VERSION_H
#define REGTOOL_CLI_VERSION_H

#include "cli/output.h"

/* The database engine is not known to this layer. */
void version_show(struct output *output, const char *engine_name, const char *engine_version);

#endif

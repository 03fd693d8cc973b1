/* SPDX-License-Identifier: BSD-2-Clause */
/* What --version shows: the program's version and those of its libraries. */
#ifndef REGTOOL_CLI_VERSION_H
#define REGTOOL_CLI_VERSION_H

#include "cli/output.h"

/* `engine` is the database engine's name and version, which this layer does not know. */
void version_show(struct output *output, const char *engine);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a command may open: worked out from its options and arguments, so that a file that was
 * made to harm, and finds a fault in what reads it, gets at nothing else.
 */
#ifndef REGTOOL_CLI_CONFINE_H
#define REGTOOL_CLI_CONFINE_H

#include "cli/command.h"

/*
 * Fences the process in (util/sandbox.h): the folder of the database, for its journal, lock
 * and copies; the key file, or its folder where it is still to be made; what the options and
 * arguments name, by their kinds; folders for temporary files; and, to be read, what the C
 * library opens late (zones, character sets). Before the database is opened.
 * $REGTOOL_SANDBOX=off leaves it; any other value is STATUS_USAGE. Then, and where the kernel
 * has no such thing, all goes on as it is; --verbose says so.
 */
enum status confine(const struct context *context, struct error *error);

#endif

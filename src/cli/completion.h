/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Completion of a command line in a shell: what may stand for the last of the words, a line
 * each, from the tables of commands and options. Where files are meant it gives nothing: the
 * shell completes those itself.
 */
#ifndef REGTOOL_CLI_COMPLETION_H
#define REGTOOL_CLI_COMPLETION_H

#include "cli/command.h"

#include <stddef.h>

/* `words` are those behind the program's name, the one being typed last ("" if it is yet to
 * begin). A "=" of its own, where bash divides --format=csv, is left out. */
void completion_write(struct output *output, const struct command *const *table, size_t count,
	const char *const *words);

#endif

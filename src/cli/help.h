/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Help, made from the tables of commands and options. All of it is words of a result in
 * table format.
 */
#ifndef REGTOOL_CLI_HELP_H
#define REGTOOL_CLI_HELP_H

#include "cli/command.h"

/* All commands with their summaries, by group, and the common options. */
void help_overview(struct output *output, const struct command *const *table);
/* The commands of a group ("registrant"). */
void help_group(struct output *output, const struct command *const *table, const char *group);
/* A command: usage, its own options, the commands whose names go on from its own, the common
 * options. */
void help_command(struct output *output, const struct command *const *table,
	const struct command *command);

#endif

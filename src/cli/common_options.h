/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options that every command takes, before and after its name, and those of every
 * command that has a result; and which formats a command has.
 */
#ifndef REGTOOL_CLI_COMMON_OPTIONS_H
#define REGTOOL_CLI_COMMON_OPTIONS_H

#include "cli/command.h"
#include "cli/terminal.h"

enum {
	COMMAND_TABLES_MAX = 5, /* tables of a command, the closing NULL included */
};

extern const struct option common_options[];
extern const struct option output_options[]; /* --crlf and so on: of commands that write CSV */

/* The tables for what stands before the command's name, and for what stands after it. */
void common_option_tables(const struct option *ret_tables[COMMAND_TABLES_MAX]);
void command_option_tables(const struct command *command,
	const struct option *ret_tables[COMMAND_TABLES_MAX]);

/* Whether the command has the options of output_options. */
bool command_writes_csv(const struct command *command);

/* How a format's name (NULL: the command's default) is laid out. STATUS_USAGE lists those
 * that the command has. */
enum status command_format(const struct command *command, const char *name_or_null,
	enum output_format *ret_format, const char **ret_name, struct error *error);
/* Adds the names of the command's formats, divided by `divider`. */
void command_add_formats(const struct command *command, const char *divider, struct str *str);

/* --color, and --progress for standard error. */
enum color_choice common_color(const struct options *options);
bool common_wants_progress(const struct options *options);

#endif

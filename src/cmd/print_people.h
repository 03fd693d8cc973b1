/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Badges and tickets: who is to have one, and what it takes to print it.
 */
#ifndef REGTOOL_CMD_PRINT_PEOPLE_H
#define REGTOOL_CMD_PRINT_PEOPLE_H

#include "cli/command.h"
#include "util/error.h"

#include <stdbool.h>

/* The options by which people are selected, as entries of a command's table. */
#define PRINT_PEOPLE_OPTIONS                                                                       \
	{ .kind = OPTION_FLAG,                                                                     \
		.name = "all",                                                                     \
		.help = "everybody who is confirmed",                                              \
		.excludes = print_people_not_all },                                                \
		{ .kind = OPTION_TEXT,                                                             \
			.name = "role",                                                            \
			.value = "ROLE",                                                           \
			.help = "only those with this role" },                                     \
		{ .kind = OPTION_CHOICE,                                                           \
			.name = "status",                                                          \
			.value = "STATUS",                                                         \
			.help = "those with this status (default: confirmed)",                     \
			.choices = print_people_statuses },                                        \
	{                                                                                          \
		.kind = OPTION_TEXT, .name = "search", .value = "TEXT",                            \
		.help = "only those with this in name, address, affiliation, id or number"         \
	}

extern const char *const print_people_not_all[];
extern const char *const print_people_statuses[];

/* A check of a command: people are named, or selected by an option, not both, and not neither.
 * STATUS_USAGE. */
enum status print_people_check(struct context *context, struct error *error);

/* Puts the event, with the programme where `has_programme`, and the people whom the command line
 * names or selects into the output, by number, or in the order in which they are named. Says
 * who of a selection is left out. STATUS_NOT_FOUND: one who is named, or has no valid token, or
 * nobody is selected; STATUS_KEY names the key file. `size_or_null` is a badge's. */
enum status print_people(struct context *context, const char *what, const char *size_or_null,
	bool has_programme, struct error *error);

#endif

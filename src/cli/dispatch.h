/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From words to a command. Names have one word or two ("registrant add"); a first word that
 * stands before second words ("registrant") is a group. A group may be a command too
 * ("import" and "import list"): then a second word that makes a command's name is one, and
 * any other is the first command's argument.
 */
#ifndef REGTOOL_CLI_DISPATCH_H
#define REGTOOL_CLI_DISPATCH_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

/* Finds the command that the first words name; `*ret_words` is how many they are.
 * STATUS_USAGE: none, with the nearest name, or the group's commands, in the hint. */
enum status dispatch_find(const struct command *const *table, size_t count,
	const char *const *words, const struct command **ret_command, size_t *ret_words,
	struct error *error);

/* The command with the one-word name; with the two words; NULL: none. */
const struct command *dispatch_find_one(const struct command *const *table, const char *word);
const struct command *dispatch_find_two(const struct command *const *table, const char *group,
	const char *word);

/* Whether the command's name has the first word `group` and a second one, which is given. */
bool dispatch_is_in_group(const struct command *command, const char *group,
	const char **ret_second_word);
/* Whether any command is in it. */
bool dispatch_is_group(const struct command *const *table, const char *word);

#endif

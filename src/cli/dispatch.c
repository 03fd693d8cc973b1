/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/dispatch.h"

#include "cli/suggest.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

bool dispatch_is_in_group(const struct command *command, const char *group,
	const char **ret_second_word)
{
	size_t length = strlen(group);

	if (length == 0 || strncmp(command->name, group, length) != 0 ||
		command->name[length] != ' ')
		return false;
	*ret_second_word = command->name + length + 1;
	return true;
}

bool dispatch_is_group(const struct command *const *table, const char *word)
{
	const char *second;

	for (; *table != NULL; table++) {
		if (dispatch_is_in_group(*table, word, &second))
			return true;
	}
	return false;
}

/* The command's first word, or all its name. */
static char *first_word(const struct command *command)
{
	return xstrndup(command->name, strcspn(command->name, " "));
}

static enum status refuse_unknown(const struct command *const *table, const char *typed,
	struct error *error)
{
	struct suggestion suggestion;
	CLEANUP(memory_free_text) char *nearest = NULL;

	suggestion_start(&suggestion, typed);
	for (; *table != NULL; table++) {
		if ((*table)->is_hidden)
			continue;
		CLEANUP(memory_free_text) char *word = first_word(*table);
		suggestion_consider(&suggestion, word);
		if (suggestion.nearest == word) {
			memory_free_text(&nearest);
			nearest = xstrdup(word);
			suggestion.nearest = nearest;
		}
	}
	(void)error_set(error, STATUS_USAGE, "unknown command '%s'", typed);
	if (suggestion.nearest != NULL)
		return error_hint(error, "did you mean '%s'?", suggestion.nearest);
	return error_hint(error, "'regtool help' lists the commands");
}

static enum status refuse_in_group(const struct command *const *table, const char *group,
	const char *typed_or_null, struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;
	struct suggestion suggestion;
	const char *second;

	suggestion_start(&suggestion, typed_or_null != NULL ? typed_or_null : "");
	for (; *table != NULL; table++) {
		if (!dispatch_is_in_group(*table, group, &second))
			continue;
		str_addf(&names, "%s%s", names.length > 0 ? ", " : "", second);
		if (typed_or_null != NULL)
			suggestion_consider(&suggestion, second);
	}
	if (typed_or_null == NULL)
		(void)error_set(error, STATUS_USAGE, "'%s' needs a second word", group);
	else
		(void)error_set(error, STATUS_USAGE, "unknown command '%s %s'", group,
			typed_or_null);
	if (suggestion.nearest != NULL)
		return error_hint(error, "did you mean '%s %s'? '%s' has: %s", group,
			suggestion.nearest, group, names.text);
	return error_hint(error, "'%s' has: %s", group, names.text);
}

const struct command *dispatch_find_one(const struct command *const *table, const char *word)
{
	for (; *table != NULL; table++) {
		if (strcmp((*table)->name, word) == 0 && strchr(word, ' ') == NULL)
			return *table;
	}
	return NULL;
}

const struct command *dispatch_find_two(const struct command *const *table, const char *group,
	const char *word)
{
	const char *second;

	for (; *table != NULL; table++) {
		if (dispatch_is_in_group(*table, group, &second) && strcmp(second, word) == 0)
			return *table;
	}
	return NULL;
}

enum status dispatch_find(const struct command *const *table, size_t count,
	const char *const *words, const struct command **ret_command, size_t *ret_words,
	struct error *error)
{
	const struct command *two = count > 1 ? dispatch_find_two(table, words[0], words[1]) : NULL;
	const struct command *one = count > 0 ? dispatch_find_one(table, words[0]) : NULL;

	if (two != NULL || one != NULL) {
		*ret_command = two != NULL ? two : one;
		*ret_words = two != NULL ? 2 : 1;
		return STATUS_OK;
	}
	if (count == 0) {
		(void)error_set(error, STATUS_USAGE, "no command is given");
		return error_hint(error, "'regtool help' lists the commands");
	}
	if (!dispatch_is_group(table, words[0]))
		return refuse_unknown(table, words[0], error);
	bool is_word = count > 1 && words[1][0] != '-';
	return refuse_in_group(table, words[0], is_word ? words[1] : NULL, error);
}

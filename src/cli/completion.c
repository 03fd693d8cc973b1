/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/completion.h"

#include "cli/common_options.h"
#include "cli/dispatch.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

/* What the words so far amount to. */
struct line {
	struct output *output;
	const struct command *const *table;
	const struct command *command; /* NULL: not yet named */
	const char *group;             /* the first word of a command of two */
	bool may_go_on;                /* the command is a group too, and its name the last word */
	const struct option *pending;  /* its value comes next */
	bool is_lost;                  /* a word that names no command */
	const char *typed;             /* of the word to complete */
};

static void offer(const struct line *line, const char *before, const char *candidate)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "%s%s", before, candidate);
	if (strncmp(text.text, line->typed, strlen(line->typed)) == 0)
		output_words(line->output, "%s", text.text);
}

static void tables_of(const struct line *line, const struct option *ret_tables[COMMAND_TABLES_MAX])
{
	if (line->command != NULL)
		command_option_tables(line->command, ret_tables);
	else
		common_option_tables(ret_tables);
}

static bool is_called(const struct option *option, const char *word)
{
	if (strncmp(word, "--", 2) == 0)
		return strcmp(word + 2, option->name) == 0;
	return option->letter != 0 && word[1] == option->letter && word[2] == '\0';
}

/* The option that `word` is, if the next word is its value. */
static const struct option *find_pending(const struct line *line, const char *word)
{
	const struct option *tables[COMMAND_TABLES_MAX];

	tables_of(line, tables);
	for (size_t i = 0; tables[i] != NULL; i++) {
		for (const struct option *option = tables[i]; option->kind != OPTION_END;
			option++) {
			if (option->kind != OPTION_FLAG && is_called(option, word))
				return option;
		}
	}
	return NULL;
}

static void take_first_word(struct line *line, const char *word)
{
	const struct command *command = dispatch_find_one(line->table, word);

	/* What follows help is a command's name again. */
	if (command != NULL && strcmp(command->name, "help") == 0)
		return;
	line->command = command;
	if (dispatch_is_group(line->table, word))
		line->group = word;
	line->may_go_on = command != NULL && line->group != NULL;
	line->is_lost = command == NULL && line->group == NULL;
}

static void take_second_word(struct line *line, const char *word)
{
	const struct command *command = dispatch_find_two(line->table, line->group, word);

	if (command != NULL)
		line->command = command;
	line->is_lost = line->command == NULL;
}

static void take_word(struct line *line, const char *word)
{
	bool may_go_on = line->may_go_on;

	line->may_go_on = false;
	if (line->pending != NULL)
		line->pending = NULL;
	else if (word[0] == '-' && word[1] != '\0')
		line->pending = find_pending(line, word);
	else if (line->command == NULL && line->group == NULL)
		take_first_word(line, word);
	else if (line->command == NULL || may_go_on)
		take_second_word(line, word);
}

static void offer_values(const struct line *line)
{
	CLEANUP(str_free) struct str formats = STR_INIT;
	static const struct command any = { .needs = NEEDS_OUTPUT };

	for (const char *const *choice = line->pending->choices; choice != NULL && *choice != NULL;
		choice++)
		offer(line, "", *choice);
	if (strcmp(line->pending->name, "format") != 0)
		return;
	command_add_formats(line->command != NULL ? line->command : &any, ";", &formats);
	for (char *at = formats.text; *at != '\0';) {
		size_t length = strcspn(at, ";");
		CLEANUP(memory_free_text) char *name = xstrndup(at, length);
		offer(line, "", name);
		at += length + (at[length] == ';' ? 1 : 0);
	}
}

static void offer_options(const struct line *line)
{
	const struct option *tables[COMMAND_TABLES_MAX];

	tables_of(line, tables);
	for (size_t i = 0; tables[i] != NULL; i++) {
		for (const struct option *option = tables[i]; option->kind != OPTION_END; option++)
			offer(line, "--", option->name);
	}
}

/* First words stand together in the sorted table, so a look at the last one shown is enough
 * to give each once. */
static void offer_commands(const struct line *line)
{
	CLEANUP(memory_free_text) char *last = xstrdup("");
	const char *second;

	for (size_t i = 0; line->table[i] != NULL; i++) {
		const struct command *command = line->table[i];
		if (command->is_hidden)
			continue;
		if (line->group != NULL) {
			if (dispatch_is_in_group(command, line->group, &second))
				offer(line, "", second);
			continue;
		}
		char *first = xstrndup(command->name, strcspn(command->name, " "));
		if (strcmp(first, last) != 0)
			offer(line, "", first);
		memory_free_text(&last);
		last = first;
	}
}

/* Where the argument is one of some words: "registrants|scans". */
static void offer_arguments(const struct line *line)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-|";
	const char *at = line->command->arguments;

	if (strchr(at, '|') == NULL || strspn(at, letters) != strlen(at))
		return;
	while (*at != '\0') {
		size_t length = strcspn(at, "|");
		CLEANUP(memory_free_text) char *word = xstrndup(at, length);
		offer(line, "", word);
		at += length + (at[length] == '|' ? 1 : 0);
	}
}

void completion_write(struct output *output, const struct command *const *table, size_t count,
	const char *const *words)
{
	struct line line = { .output = output, .table = table, .typed = "" };

	if (count == 0)
		return;
	for (size_t i = 0; i + 1 < count; i++) {
		if (strcmp(words[i], "=") != 0)
			take_word(&line, words[i]);
	}
	if (strcmp(words[count - 1], "=") != 0)
		line.typed = words[count - 1];
	if (line.is_lost)
		return;
	if (line.pending != NULL)
		offer_values(&line);
	else if (line.typed[0] == '-')
		offer_options(&line);
	else if (line.command == NULL)
		offer_commands(&line);
	else
		offer_arguments(&line);
	/* Where nothing is offered the shell completes files, which is what most want. */
	if (line.may_go_on && line.typed[0] != '\0' && line.typed[0] != '-')
		offer_commands(&line);
}

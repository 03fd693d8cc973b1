/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command line. An input is words, one a line, as after the program's name.
 */
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/dispatch.h"

#include "fuzz.h"

enum {
	WORDS_MAX = 64,
};

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	(void)argument_count;
	(void)arguments;
	return hash_start_library();
}

static void claim_value(const struct options *options, const struct option *option)
{
	const char *text;
	size_t count;

	if (option->kind == OPTION_FLAG) {
		claim(options_flag(options, option->name), "--%s", option->name);
		return;
	}
	if (option->is_repeatable) {
		const char *const *list = options_list(options, option->name, &count);
		claim(count > 0 && list[count] == NULL, "--%s", option->name);
		return;
	}
	if (option->kind == OPTION_INTEGER || option->kind == OPTION_PERMILLE ||
		option->kind == OPTION_HUNDREDTHS) {
		int64_t value = options_integer(options, option->name, option->min);
		claim((option->min == 0 && option->max == 0) ||
				(value >= option->min && value <= option->max),
			"--%s: %lld", option->name, (long long)value);
		return;
	}
	text = options_text(options, option->name);
	claim(text != NULL, "--%s", option->name);
	claim(text[0] != '\0' || option->may_be_empty, "--%s is empty", option->name);
	if (option->kind != OPTION_CHOICE)
		return;
	size_t i = 0;
	while (option->choices[i] != NULL && strcmp(option->choices[i], text) != 0)
		i++;
	claim(option->choices[i] != NULL, "--%s '%s'", option->name, text);
}

/* What was accepted has the values that the tables allow, and nothing that they exclude. */
static void claim_values(const struct options *options, const struct option *const *tables)
{
	for (; *tables != NULL; tables++) {
		for (const struct option *option = *tables; option->kind != OPTION_END; option++) {
			if (!options_given(options, option->name))
				continue;
			claim_value(options, option);
			for (size_t i = 0; option->excludes != NULL && option->excludes[i] != NULL;
				i++)
				claim(!options_given(options, option->excludes[i]), "--%s, --%s",
					option->name, option->excludes[i]);
		}
	}
}

static void claim_usage(enum status status, const struct error *error)
{
	claim(status == STATUS_USAGE && error->message[0] != '\0', "status %d: %s", (int)status,
		error->message);
}

/* The words after the command's name, with the options before it joined to them. */
static void parse_rest(const struct command *command, const struct options *earlier,
	const char *const *words, size_t count)
{
	CLEANUP(options_freep) struct options *options = NULL;
	const struct option *tables[COMMAND_TABLES_MAX];
	struct error error = ERROR_INIT;

	command_option_tables(command, tables);
	enum status status = options_parse(tables, (int)count, words, false, &options, &error);
	if (status == STATUS_OK)
		status = options_join(options, earlier, &error);
	if (status != STATUS_OK)
		claim_usage(status, &error);
	else
		claim_values(options, tables);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(options_freep) struct options *earlier = NULL;
	struct fuzz_input input = { data, size };
	const struct option *tables[COMMAND_TABLES_MAX];
	const struct command *command = NULL;
	struct error error = ERROR_INIT;
	char *words[WORDS_MAX];
	const char *const *rest = NULL;
	size_t word_count = 0;
	size_t count = 0;
	size_t used = 0;

	while (input.length > 0 && word_count < WORDS_MAX)
		words[word_count++] = fuzz_text(&input, '\n');
	common_option_tables(tables);
	enum status status = options_parse(tables, (int)word_count, (const char *const *)words,
		true, &earlier, &error);
	if (status == STATUS_OK) {
		claim_values(earlier, tables);
		rest = options_arguments(earlier, &count);
	}
	if (status == STATUS_OK && count > 0)
		status = dispatch_find(command_table, count, rest, &command, &used, &error);
	if (status != STATUS_OK)
		claim_usage(status, &error);
	else if (count > 0)
		parse_rest(command, earlier, rest + used, count - used);
	for (size_t i = 0; i < word_count; i++)
		free(words[i]);
	return 0;
}

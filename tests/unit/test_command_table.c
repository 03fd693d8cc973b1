/* SPDX-License-Identifier: BSD-2-Clause */
/* The one table of commands: what is easily forgotten when a command is added. */
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/dispatch.h"
#include "util/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

/* Fails with the command's name: "course add: problem". */
static void must(bool is_so, const struct command *command, const char *problem, const char *what)
{
	if (!is_so)
		fail_msg("%s: %s%s%s", command->name, problem, *what != '\0' ? ": " : "", what);
}

static bool consists_of(const char *text, const char *more)
{
	for (; *text != '\0'; text++) {
		if (!islower((unsigned char)*text) && !isdigit((unsigned char)*text) &&
			strchr(more, *text) == NULL)
			return false;
	}
	return true;
}

/* One line, lower case at its start (but for names such as CSV), no full stop. */
static bool is_line(const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	return length > 0 && text[length - 1] != '.' && strchr(text, '\n') == NULL &&
	       (!isupper((unsigned char)text[0]) || isupper((unsigned char)text[1]));
}

/* What is called FILE is one: else the command could not open it (cli/confine.h). */
static void test_files_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; command_table[i] != NULL; i++) {
		const struct command *command = command_table[i];
		const struct option *option = command->options;
		bool has_files = strncmp(command->arguments, "FILE", 4) == 0;

		must(has_files == (command->argument_kind != ARGUMENTS_WORDS), command,
			"argument_kind and arguments do not agree", command->arguments);
		for (; option != NULL && option->kind != OPTION_END; option++) {
			bool is_path = option->kind == OPTION_FILE || option->kind == OPTION_OUTPUT;
			bool is_called =
				option->value != NULL && strcmp(option->value, "FILE") == 0;
			must(is_path == is_called, command,
				"its kind and the name of its value do not agree", option->name);
		}
	}
}

static void test_sorted_and_unique(void **state)
{
	(void)state;
	assert_non_null(command_table[0]);
	for (size_t i = 1; command_table[i] != NULL; i++)
		must(strcmp(command_table[i - 1]->name, command_table[i]->name) < 0,
			command_table[i], "not sorted by name, or twice", "");
}

static void test_commands_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; command_table[i] != NULL; i++) {
		const struct command *command = command_table[i];
		unsigned database = NEEDS_DB_READ | NEEDS_DB_WRITE;

		must(command->is_hidden || consists_of(command->name, " -"), command,
			"the name has other letters", "");
		must(strchr(command->name, ' ') == strrchr(command->name, ' '), command,
			"the name has more than two words", "");
		must(is_line(command->summary), command, "the summary is no line of words", "");
		must(command->arguments != NULL, command, "arguments are not told", "");
		must(command->is_hidden == (command->group == GROUP_NONE), command,
			"no group for the help", "");
		must(command->group < GROUP_COUNT, command, "no such group", "");
		must(command->run != NULL, command, "nothing to run", "");
		must(command->max_arguments == -1 ||
				command->min_arguments <= command->max_arguments,
			command, "more arguments needed than allowed", "");
		must((*command->arguments == '\0') == (command->max_arguments == 0), command,
			"arguments told and taken differ", "");
		must((command->needs & NEEDS_EVENT) == 0 || (command->needs & database) != 0,
			command, "an event without a database", "");
		must((command->needs & database) != database, command, "read or write?", "");
		must(command->more_formats == NULL || (command->needs & NEEDS_OUTPUT) != 0, command,
			"formats without a result", "");
	}
}

static void check_option(const struct command *command, const struct option *option)
{
	bool is_flag = option->kind == OPTION_FLAG;
	bool is_number = option->kind == OPTION_INTEGER || option->kind == OPTION_PERMILLE ||
			 option->kind == OPTION_HUNDREDTHS;

	must(option->name != NULL && strlen(option->name) > 1 && consists_of(option->name, "-"),
		command, "an option's name", option->name);
	must(is_line(option->help), command, "the help is no line of words", option->name);
	must(is_flag == (option->value == NULL), command, "a value's name", option->name);
	must((option->kind == OPTION_CHOICE) == (option->choices != NULL), command, "choices",
		option->name);
	must(!is_flag || !option->is_repeatable, command, "a flag repeats", option->name);
	must(option->kind == OPTION_TEXT || !option->may_be_empty, command, "may be empty",
		option->name);
	must(is_number || (option->min == 0 && option->max == 0), command, "a range", option->name);
	must(option->min <= option->max, command, "an empty range", option->name);
}

static const struct option *find(const struct option *const *tables, const char *name, char letter,
	int *ret_count)
{
	const struct option *found = NULL;

	*ret_count = 0;
	for (; *tables != NULL; tables++) {
		for (const struct option *option = *tables; option->kind != OPTION_END; option++) {
			if (name != NULL ? strcmp(option->name, name) == 0
					 : option->letter == letter) {
				found = option;
				(*ret_count)++;
			}
		}
	}
	return found;
}

static void check_exclusions(const struct command *command, const struct option *const *tables,
	const struct option *option)
{
	int count;

	for (const char *const *name = option->excludes; name != NULL && *name != NULL; name++) {
		must(find(tables, *name, 0, &count) != NULL, command,
			"excludes an option that is not there", *name);
		must(strcmp(*name, option->name) != 0, command, "excludes itself", *name);
	}
}

static void test_options_are_whole(void **state)
{
	const struct option *tables[COMMAND_TABLES_MAX];
	int count;

	(void)state;
	for (size_t i = 0; command_table[i] != NULL; i++) {
		const struct command *command = command_table[i];

		command_option_tables(command, tables);
		for (size_t j = 0; tables[j] != NULL; j++) {
			for (const struct option *option = tables[j]; option->kind != OPTION_END;
				option++) {
				check_option(command, option);
				check_exclusions(command, tables, option);
				(void)find(tables, option->name, 0, &count);
				must(count == 1, command, "two options of one name", option->name);
				(void)find(tables, NULL, option->letter, &count);
				must(option->letter == 0 || count == 1, command,
					"two options of one letter", option->name);
			}
		}
	}
}

/* Each is found by its own words. */
static void test_commands_are_found(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	for (size_t i = 0; command_table[i] != NULL; i++) {
		const struct command *command = command_table[i];
		const struct command *found = NULL;
		char first[64];
		size_t length = strcspn(command->name, " ");
		bool is_two = command->name[length] == ' ';
		size_t words = 0;

		assert_true(length < sizeof first);
		memcpy(first, command->name, length);
		first[length] = '\0';
		const char *const argv[] = { first,
			is_two ? command->name + length + 1 : "argument", "argument" };
		assert_int_equal(dispatch_find(command_table, 3, argv, &found, &words, &error),
			STATUS_OK);
		assert_ptr_equal(found, command);
		assert_int_equal(words, is_two ? 2 : 1);
	}
}

/* --- Dispatch, on a table of its own --- */

static const struct command registrant_add = { .name = "registrant add" };
static const struct command registrant_list = { .name = "registrant list" };
static const struct command import = { .name = "import" };
static const struct command import_list = { .name = "import list" };
static const struct command hidden = { .name = "zz", .is_hidden = true };
static const struct command *const small_table[] = { &import, &import_list, &registrant_add,
	&registrant_list, &hidden, NULL };

static void assert_found(const struct command *wanted, size_t wanted_words, size_t count,
	const char *const *words)
{
	const struct command *found = NULL;
	struct error error = ERROR_INIT;
	size_t used = 0;

	assert_int_equal(dispatch_find(small_table, count, words, &found, &used, &error),
		STATUS_OK);
	assert_ptr_equal(found, wanted);
	assert_int_equal(used, wanted_words);
}

/* Of a command that is a group too, the second word settles it. */
static void test_command_and_group(void **state)
{
	(void)state;
	assert_found(&import, 1, 1, (const char *const[]){ "import" });
	assert_found(&import_list, 2, 2, (const char *const[]){ "import", "list" });
	assert_found(&import_list, 2, 3, (const char *const[]){ "import", "list", "x" });
	assert_found(&import, 1, 2, (const char *const[]){ "import", "./list" });
	assert_found(&import, 1, 2, (const char *const[]){ "import", "lists" });
	assert_found(&import, 1, 3, (const char *const[]){ "import", "--", "list" });
	assert_found(&import, 1, 3, (const char *const[]){ "import", "a.csv", "list" });
}

static void assert_not_found(size_t count, const char *const *words, const char *message,
	const char *hint)
{
	const struct command *found = NULL;
	struct error error = ERROR_INIT;
	size_t used = 0;

	assert_int_equal(dispatch_find(small_table, count, words, &found, &used, &error),
		STATUS_USAGE);
	assert_null(found);
	assert_string_equal(error.message, message);
	assert_string_equal(error.hint, hint);
}

static void test_unknown_commands(void **state)
{
	static const char list[] = "'regtool help' lists the commands";

	(void)state;
	assert_not_found(0, NULL, "no command is given", list);
	assert_not_found(1, (const char *const[]){ "imp" }, "unknown command 'imp'",
		"did you mean 'import'?");
	assert_not_found(1, (const char *const[]){ "registrants" }, "unknown command 'registrants'",
		"did you mean 'registrant'?");
	assert_not_found(1, (const char *const[]){ "xyzzy" }, "unknown command 'xyzzy'", list);
	assert_not_found(1, (const char *const[]){ "" }, "unknown command ''", list);
	assert_not_found(1, (const char *const[]){ "z" }, "unknown command 'z'", list);
	assert_not_found(1, (const char *const[]){ "registrant" },
		"'registrant' needs a second word", "'registrant' has: add, list");
	assert_not_found(2, (const char *const[]){ "registrant", "ad" },
		"unknown command 'registrant ad'",
		"did you mean 'registrant add'? 'registrant' has: add, list");
	assert_not_found(2, (const char *const[]){ "registrant", "xyzzy" },
		"unknown command 'registrant xyzzy'", "'registrant' has: add, list");
	assert_not_found(1, (const char *const[]){ "registrant add" },
		"unknown command 'registrant add'", "did you mean 'registrant'?");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted_and_unique),
		cmocka_unit_test(test_files_are_known),
		cmocka_unit_test(test_commands_are_whole),
		cmocka_unit_test(test_options_are_whole),
		cmocka_unit_test(test_commands_are_found),
		cmocka_unit_test(test_command_and_group),
		cmocka_unit_test(test_unknown_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

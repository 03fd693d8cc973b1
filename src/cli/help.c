/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/help.h"

#include "cli/common_options.h"
#include "cli/dispatch.h"
#include "cli/printable.h"
#include "cli/wrap.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

enum {
	NAME_WIDTH_MAX = 26, /* wider names stand on a line of their own */
};

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_SETUP] = "Set-up",
	[GROUP_REGISTRANTS] = "Registrants",
	[GROUP_PROGRAMME] = "Programme",
	[GROUP_TOKENS] = "Tokens",
	[GROUP_DOOR] = "At the door",
	[GROUP_ATTENDANCE] = "Attendance",
	[GROUP_CREDIT] = "Courses and credit",
	[GROUP_CARE] = "Care",
};

static void add_blank_line(struct output *output)
{
	output_words(output, "%s", "");
}

static void add_title(struct output *output, const char *title)
{
	add_blank_line(output);
	output_words(output, "%s:", title);
}

/* "  NAME   text", the text wrapped under itself. */
static void add_entry(struct output *output, const char *name, size_t name_width, const char *text)
{
	CLEANUP(str_free) struct str head = STR_INIT;

	str_addf(&head, "  %s", name);
	wrap_words(output, head.text, name_width + 4, text);
}

/* "-f, --format FMT"; without a letter the long name stands where it stands with one. */
static void add_option_name(const struct option *option, struct str *str)
{
	if (option->letter != 0)
		str_addf(str, "-%c, ", option->letter);
	else
		str_add(str, "    ");
	str_addf(str, "--%s", option->name);
	if (option->value != NULL)
		str_addf(str, " %s", option->value);
}

static size_t widest_option(const struct option *const *tables)
{
	size_t widest = 0;

	for (; *tables != NULL; tables++) {
		for (const struct option *option = *tables; option->kind != OPTION_END; option++) {
			CLEANUP(str_free) struct str name = STR_INIT;
			add_option_name(option, &name);
			size_t width = printable_width(name.text);
			if (width > widest && width <= NAME_WIDTH_MAX)
				widest = width;
		}
	}
	return widest;
}

static void add_options(struct output *output, const struct option *options, size_t width)
{
	for (; options->kind != OPTION_END; options++) {
		CLEANUP(str_free) struct str name = STR_INIT;
		CLEANUP(str_free) struct str text = STR_INIT;

		add_option_name(options, &name);
		str_add(&text, options->help);
		if (options->is_repeatable)
			str_add(&text, " (repeatable)");
		add_entry(output, name.text, width, text.text);
	}
}

static size_t widest_command(const struct command *const *table)
{
	size_t widest = 0;

	for (; *table != NULL; table++) {
		size_t width = printable_width((*table)->name);
		if (!(*table)->is_hidden && width > widest)
			widest = width;
	}
	return widest;
}

void help_overview(struct output *output, const struct command *const *table)
{
	const struct option *tables[COMMAND_TABLES_MAX];
	size_t width = widest_command(table);

	output_words(output, "Usage: regtool [OPTIONS] COMMAND [OPTIONS] [ARGUMENTS]");
	for (int group = GROUP_NONE + 1; group < GROUP_COUNT; group++) {
		bool has_any = false;
		for (size_t i = 0; table[i] != NULL; i++) {
			if ((int)table[i]->group != group || table[i]->is_hidden)
				continue;
			if (!has_any)
				add_title(output, group_titles[group]);
			has_any = true;
			add_entry(output, table[i]->name, width, table[i]->summary);
		}
	}
	common_option_tables(tables);
	add_title(output, "Options of all commands, before or after the command's name");
	width = widest_option(tables);
	add_options(output, common_options, width);
	add_title(output, "Options of all commands that write CSV");
	add_options(output, output_options, width);
	add_blank_line(output);
	output_words(output, "'regtool help COMMAND' tells more on a command.");
}

static void add_group(struct output *output, const struct command *const *table, const char *group)
{
	size_t width = widest_command(table);
	const char *second;

	for (; *table != NULL; table++) {
		if (!(*table)->is_hidden && dispatch_is_in_group(*table, group, &second))
			add_entry(output, (*table)->name, width, (*table)->summary);
	}
}

void help_group(struct output *output, const struct command *const *table, const char *group)
{
	output_words(output, "Usage: regtool %s COMMAND [OPTIONS] [ARGUMENTS]", group);
	add_blank_line(output);
	add_group(output, table, group);
}

/* A long list of words stands on a line of its own. */
static void add_usage(struct output *output, const struct command *command)
{
	const char *arguments = command->arguments;
	size_t width = printable_width("Usage: regtool  [OPTIONS] ") +
		       printable_width(command->name) + printable_width(arguments);
	bool is_long = width > WRAP_WIDTH;

	output_words(output, "Usage: regtool %s [OPTIONS]%s%s", command->name,
		is_long || *arguments == '\0' ? "" : " ", is_long ? "" : arguments);
	if (is_long)
		output_words(output, "        %s", arguments);
}

void help_command(struct output *output, const struct command *const *table,
	const struct command *command)
{
	const struct option *tables[COMMAND_TABLES_MAX];

	command_option_tables(command, tables);
	size_t width = widest_option(tables);
	add_usage(output, command);
	output_words(output, "%s", command->summary);
	if (command->options != NULL && command->options->kind != OPTION_END) {
		add_title(output, "Options");
		add_options(output, command->options, width);
	}
	if (command->more_options != NULL) {
		add_title(output, command->more_options_title);
		add_options(output, command->more_options, width);
	}
	if (dispatch_is_group(table, command->name)) {
		add_title(output, "Commands beside it");
		add_group(output, table, command->name);
	}
	add_title(output, "Options of all commands");
	add_options(output, common_options, width);
	if ((command->needs & NEEDS_OUTPUT) == 0)
		return;
	if (command_writes_csv(command))
		add_options(output, output_options, width);
	CLEANUP(str_free) struct str formats = STR_INIT;
	command_add_formats(command, ", ", &formats);
	if (formats.length == 0) /* a build without what prints */
		return;
	add_blank_line(output);
	output_words(output, "Formats: %s.", formats.text);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/help.h"

#include "cli/dispatch.h"
#include "cmd/commands.h"

static enum status help_run(struct context *context, struct error *error)
{
	const struct command *command;
	size_t count;
	size_t words;
	const char *const *arguments = options_arguments(context->options, &count);

	if (count == 0) {
		help_overview(context->output, command_table);
		return STATUS_OK;
	}
	if (count == 1 && dispatch_find_one(command_table, arguments[0]) == NULL &&
		dispatch_is_group(command_table, arguments[0])) {
		help_group(context->output, command_table, arguments[0]);
		return STATUS_OK;
	}
	enum status status =
		dispatch_find(command_table, count, arguments, &command, &words, error);
	if (status != STATUS_OK)
		return status;
	if (words < count)
		return error_set(error, STATUS_USAGE, "unknown command '%s %s'", command->name,
			arguments[words]);
	help_command(context->output, command_table, command);
	return STATUS_OK;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "show help on regtool or on a command",
	.arguments = "[COMMAND]",
	.group = GROUP_SETUP,
	.needs = NEEDS_WORDS,
	.min_arguments = 0,
	.max_arguments = 2,
	.run = help_run,
};

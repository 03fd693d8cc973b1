/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/completion.h"

#include "cmd/commands.h"

static enum status complete_run(struct context *context, struct error *error)
{
	size_t count;
	const char *const *words = options_arguments(context->options, &count);

	(void)error;
	completion_write(context->output, command_table, count, words);
	return STATUS_OK;
}

const struct command cmd_complete = {
	.name = "__complete",
	.summary = "print what may complete a command line, for the shell",
	.arguments = "-- WORD…",
	.is_hidden = true,
	.needs = NEEDS_WORDS,
	.min_arguments = 0,
	.max_arguments = -1,
	.run = complete_run,
};

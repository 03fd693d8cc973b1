/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/commands.h"
#include "cmd/print_people.h"

static const struct option ticket_options[] = {
	PRINT_PEOPLE_OPTIONS,
	{ .kind = OPTION_END },
};

static enum status ticket_run(struct context *context, struct error *error)
{
	return print_people(context, "ticket", NULL, true, error);
}

const struct command cmd_ticket = {
	.name = "ticket",
	.summary = "print tickets: a page with the programme and the code that opens the door",
	.arguments = "[WHO…]",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = ticket_options,
	.min_arguments = 0,
	.max_arguments = -1,
	.default_format = FORMAT_PDF,
	.is_output_private = true,
	.check = print_people_check,
	.run = ticket_run,
};

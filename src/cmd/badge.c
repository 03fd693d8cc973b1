/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/commands.h"
#include "cmd/print_people.h"

static const char *const sizes[] = { "54x86", "90x55", "a6", NULL };

static const struct option badge_options[] = {
	PRINT_PEOPLE_OPTIONS,
	{ .kind = OPTION_CHOICE,
		.name = "size",
		.value = "SIZE",
		.help = "of a badge, in mm on A4: 54x86, 90x55 (default); or a6, one a page",
		.choices = sizes },
	{ .kind = OPTION_END },
};

static enum status badge_run(struct context *context, struct error *error)
{
	const char *size = options_text(context->options, "size");

	return print_people(context, "badge", size != NULL ? size : "90x55", false, error);
}

const struct command cmd_badge = {
	.name = "badge",
	.summary = "print name badges, with the code that opens the door",
	.arguments = "[WHO…]",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = badge_options,
	.min_arguments = 0,
	.max_arguments = -1,
	.default_format = FORMAT_PDF,
	.is_output_private = true,
	.check = print_people_check,
	.run = badge_run,
};

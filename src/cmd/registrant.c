/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrant.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/registrant_rows.h"
#include "core/event.h"

#include <string.h>

static const char *const statuses[] = { "pending", "confirmed", "waitlisted", "cancelled", NULL };

static const struct option list_options[] = {
	{ .kind = OPTION_CHOICE,
		.name = "status",
		.value = "STATUS",
		.help = "only those with this status; waitlisted: by their place in the queue",
		.choices = statuses },
	{ .kind = OPTION_TEXT,
		.name = "role",
		.value = "ROLE",
		.help = "only those with this role" },
	{ .kind = OPTION_TEXT,
		.name = "course",
		.value = "COURSE",
		.help = "only those enrolled in this course" },
	{ .kind = OPTION_TEXT,
		.name = "search",
		.value = "TEXT",
		.help = "only those with this in name, address, affiliation, id or number" },
	{ .kind = OPTION_END },
};

static enum status list_run(struct context *context, struct error *error)
{
	const char *status = options_text(context->options, "status");
	const struct roster_filter filter = {
		.event_id = context->event->id,
		.status = status,
		.is_by_place = status != NULL && strcmp(status, "waitlisted") == 0,
		.role = options_text(context->options, "role"),
		.course = options_text(context->options, "course"),
		.search = options_text(context->options, "search"),
	};

	return registrant_put_list(context, &filter, error);
}

const struct command cmd_registrant_list = {
	.name = "registrant list",
	.summary = "list registrants, by number",
	.arguments = "",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = list_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = list_run,
};

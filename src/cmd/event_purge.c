/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/purge.h"

#include "cli/progress.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/erasing.h"
#include "core/event.h"
#include "util/memory.h"

static const struct option purge_options[] = {
	{ .kind = OPTION_DATE,
		.name = "before",
		.value = "DATE",
		.help = "only if the event ended before that day" },
	{ .kind = OPTION_TEXT,
		.name = "reason",
		.value = "TEXT",
		.help = "why (kept: name nobody in it)" },
	{ .kind = OPTION_FLAG, .name = "dry-run", .help = "count, erase nothing" },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "ended", .title = "ended", .kind = COLUMN_CODE },
	{ .key = "registrants", .title = "registrants", .kind = COLUMN_INTEGER },
	{ .key = "erased", .title = "erased", .kind = COLUMN_INTEGER },
	{ .key = "erased_before", .title = "erased before", .kind = COLUMN_INTEGER },
	{ .key = "elsewhere", .title = "known at other events", .kind = COLUMN_INTEGER },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
};

static void on_progress(int64_t done, void *data)
{
	progress_update(data, done);
}

static void put_result(struct context *context, const struct purge_request *request,
	const struct purge_result *result)
{
	struct output *output = context->output;
	CLEANUP(str_free) struct str ended = STR_INIT;

	date_write(result->last_day, &ended);
	output_record_begin(output, NULL, NULL, columns, sizeof columns / sizeof columns[0]);
	output_text(output, request->event->code);
	output_text(output, ended.text);
	output_integer(output, result->registrants);
	output_integer(output, result->erased);
	output_integer(output, result->erased_before);
	output_integer(output, result->elsewhere);
	output_boolean(output, request->is_dry);
	output_record_end(output);
}

/* Presence at this event is no longer theirs at the other. */
static void say_courses(const struct context *context, const struct purge_request *request,
	const struct purge_result *result)
{
	if (result->elsewhere > 0 && result->courses.length > 0)
		say_notice(context->diagnostics,
			"of who stays known at other events, the courses that count this one's"
			" sessions (%s) %s count them any more",
			result->courses.text, request->is_dry ? "would not" : "do not");
}

static enum status purge(struct context *context, const struct purge_request *request,
	struct error *error)
{
	const struct actor actor = common_actor(context);
	CLEANUP(purge_result_free) struct purge_result result = PURGE_RESULT_INIT;

	enum status status = purge_event(context->db, &actor, request, &result, error);
	if (status == STATUS_OK && !request->is_dry)
		status = erasing_clean(context, &actor, "run the same command again", error);
	if (status != STATUS_OK)
		return status;
	say_courses(context, request, &result);
	if (!request->is_dry)
		erasing_say_copies(context);
	put_result(context, request, &result);
	return STATUS_OK;
}

static enum status purge_run(struct context *context, struct error *error)
{
	struct progress *progress = progress_begin(context->is_progress_wanted, "registrants", -1);
	struct purge_request request = {
		.event = context->event,
		.zone = context->zone,
		.reason = options_text(context->options, "reason"),
		.is_dry = options_flag(context->options, "dry-run"),
		.on_progress = on_progress,
		.data = progress,
	};

	enum status status =
		date_parse(options_text(context->options, "before"), &request.before, error);
	if (status == STATUS_OK)
		status = purge(context, &request, error);
	progress_end(progress);
	return status;
}

static enum status purge_check(struct context *context, struct error *error)
{
	if (options_given(context->options, "before"))
		return STATUS_OK;
	(void)error_set(error, STATUS_USAGE, "--before is missing");
	return error_hint(error, "say before which day an event must have ended to be erased");
}

const struct command cmd_event_purge = {
	.name = "event purge",
	.summary = "erase all people of an event that is long over",
	.arguments = "",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT | NEEDS_DRY_READ,
	.options = purge_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.check = purge_check,
	.run = purge_run,
};

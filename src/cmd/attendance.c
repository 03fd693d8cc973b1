/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance.h"
#include "cli/command.h"
#include "cmd/attendance_rows.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "core/event.h"
#include "core/programme.h"
#include "core/registrant.h"
#include "util/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct option choice_options[] = {
	{ .kind = OPTION_TEXT, .name = "session", .value = "CODE", .help = "only this session" },
	{ .kind = OPTION_TEXT, .name = "who", .value = "WHO", .help = "only this person" },
	{ .kind = OPTION_END },
};

static struct attendance_choice read_choice(const struct context *context)
{
	return (struct attendance_choice){
		.session = options_text(context->options, "session"),
		.who = options_text(context->options, "who"),
	};
}

static enum status list_run(struct context *context, struct error *error)
{
	const struct attendance_choice choice = read_choice(context);

	return attendance_put_ledger(context, &choice, error);
}

const struct command cmd_attendance_list = {
	.name = "attendance list",
	.summary = "list every scan and row of attendance, the refused and voided too",
	.arguments = "",
	.group = GROUP_ATTENDANCE,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = choice_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = list_run,
};

static enum status show_run(struct context *context, struct error *error)
{
	const struct attendance_choice choice = read_choice(context);

	return attendance_put_presence(context, &choice, error);
}

const struct command cmd_attendance_show = {
	.name = "attendance show",
	.summary = "show who was how long in which session",
	.arguments = "",
	.group = GROUP_ATTENDANCE,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = choice_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = show_run,
};

/* --- By hand --- */

static const struct option add_options[] = {
	{ .kind = OPTION_TEXT, .name = "session", .value = "CODE", .help = "the session (needed)" },
	{ .kind = OPTION_TIME,
		.name = "from",
		.value = "TIME",
		.help = "since when (default: the session's start)" },
	{ .kind = OPTION_TIME,
		.name = "to",
		.value = "TIME",
		.help = "until when (default: the session's end)" },
	{ .kind = OPTION_TEXT, .name = "reason", .value = "REASON", .help = "why (needed)" },
	{ .kind = OPTION_END },
};

static enum status add_check(struct context *context, struct error *error)
{
	const struct options *options = context->options;

	if (!options_given(options, "session"))
		return error_set(error, STATUS_USAGE, "--session is missing");
	if (options_given(options, "from") != options_given(options, "to"))
		return error_set(error, STATUS_USAGE, "--from and --to go together");
	return common_need_reason(context, error);
}

static enum status read_span(const struct context *context, struct attendance_entry *entry,
	struct error *error)
{
	const char *from = options_text(context->options, "from");
	const char *to = options_text(context->options, "to");

	if (from == NULL)
		return STATUS_OK;
	enum status status = time_parse(context->zone, from, &entry->from_s, error);
	if (status != STATUS_OK)
		return error_prefix(error, "--from");
	status = time_parse(context->zone, to, &entry->to_s, error);
	if (status != STATUS_OK)
		return error_prefix(error, "--to");
	if (entry->to_s <= entry->from_s)
		return error_set(error, STATUS_USAGE, "--to: '%s' is not after --from '%s'", to,
			from);
	return STATUS_OK;
}

static enum status add_run(struct context *context, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	const struct actor actor = common_actor(context);
	const struct session *session = NULL;
	struct attendance_entry entry = {
		.event_id = context->event->id,
		.reason = options_text(context->options, "reason"),
	};
	int64_t scan_id;

	enum status status = programme_load(context->db, context->event->id, &programme, error);
	if (status == STATUS_OK)
		status = programme_find_session(programme,
			options_text(context->options, "session"), &session, error);
	if (status == STATUS_OK)
		status = registrant_find(context->db, context->event->id,
			options_arguments(context->options, NULL)[0], &registrant, error);
	if (status != STATUS_OK)
		return status;
	entry.registrant_id = registrant->id;
	entry.session_id = session->id;
	entry.from_s = session->start_s;
	entry.to_s = session->end_s;
	status = read_span(context, &entry, error);
	if (status == STATUS_OK)
		status = attendance_add(context->db, &actor, &entry, &scan_id, error);
	return status == STATUS_OK ? attendance_put_scan(context, scan_id, error) : status;
}

const struct command cmd_attendance_add = {
	.name = "attendance add",
	.summary = "enter by hand that somebody was in a session",
	.arguments = "WHO",
	.group = GROUP_ATTENDANCE,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = add_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = add_check,
	.run = add_run,
};

static const struct option void_options[] = {
	{ .kind = OPTION_INTEGER,
		.name = "import",
		.value = "ID",
		.help = "all rows of this import, in the place of one scan",
		.min = 1,
		.max = INT64_MAX },
	{ .kind = OPTION_TEXT, .name = "reason", .value = "REASON", .help = "why (needed)" },
	{ .kind = OPTION_END },
};

static const struct column void_columns[] = {
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "voided", .title = "taken back", .kind = COLUMN_INTEGER },
};

static enum status read_number(const struct context *context, int64_t *ret_number,
	struct error *error)
{
	const char *text = options_arguments(context->options, NULL)[0];

	errno = 0;
	long long number = strtoll(text, NULL, 10);
	if (errno != 0 || *text == '\0' || strspn(text, "0123456789") != strlen(text)) {
		(void)error_set(error, STATUS_USAGE, "'%s' is not the number of a scan", text);
		return error_hint(error, "'regtool attendance list' shows the numbers");
	}
	*ret_number = number;
	return STATUS_OK;
}

static enum status void_check(struct context *context, struct error *error)
{
	bool has_import = options_given(context->options, "import");
	enum status status = STATUS_OK;
	int64_t number;
	size_t count;

	(void)options_arguments(context->options, &count);
	if (has_import && count > 0)
		return error_set(error, STATUS_USAGE,
			"a scan and --import are named: take one of both");
	if (!has_import && count == 0) {
		(void)error_set(error, STATUS_USAGE, "an argument is missing");
		return error_hint(error, "name a scan, or a whole import with --import ID");
	}
	if (!has_import)
		status = read_number(context, &number, error);
	return status == STATUS_OK ? common_need_reason(context, error) : status;
}

static enum status void_import(struct context *context, const struct actor *actor,
	struct error *error)
{
	int64_t import_id = options_integer(context->options, "import", 0);
	int64_t count;

	enum status status = attendance_void_import(context->db, actor, context->event->id,
		import_id, options_text(context->options, "reason"), &count, error);
	if (status != STATUS_OK)
		return status;
	output_record_begin(context->output, NULL, NULL, void_columns,
		sizeof void_columns / sizeof void_columns[0]);
	output_integer(context->output, import_id);
	output_integer(context->output, count);
	output_record_end(context->output);
	return STATUS_OK;
}

static enum status void_run(struct context *context, struct error *error)
{
	const struct actor actor = common_actor(context);
	int64_t number = 0;
	int64_t scan_id;

	if (options_given(context->options, "import"))
		return void_import(context, &actor, error);
	enum status status = read_number(context, &number, error);
	if (status == STATUS_OK)
		status = attendance_void(context->db, &actor, context->event->id, number,
			options_text(context->options, "reason"), &scan_id, error);
	return status == STATUS_OK ? attendance_put_scan(context, scan_id, error) : status;
}

const struct command cmd_attendance_void = {
	.name = "attendance void",
	.summary = "take a scan or row back, by a new entry",
	.arguments = "[SCAN]",
	.group = GROUP_ATTENDANCE,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = void_options,
	.min_arguments = 0,
	.max_arguments = 1,
	.check = void_check,
	.run = void_run,
};

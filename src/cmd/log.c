/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/log_rows.h"
#include "core/event.h"
#include "core/log_list.h"
#include "core/registrant.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/zone.h"

static const char *const not_with_head[] = { "who", "since", NULL };

static const struct option log_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "who",
		.value = "WHO",
		.help = "entries of this registrant, and those that cover a scan of theirs" },
	{ .kind = OPTION_TIME, .name = "since", .value = "T", .help = "entries from that time on" },
	{ .kind = OPTION_FLAG,
		.name = "head",
		.help = "only where the log stands, N:HASH, to be kept elsewhere",
		.excludes = not_with_head },
	{ .kind = OPTION_END },
};

static const struct column head_columns[] = {
	{ .key = "entry", .kind = COLUMN_INTEGER },
	{ .key = "hash", .kind = COLUMN_CODE },
	{ .key = "head", .kind = COLUMN_CODE },
};

static enum status put_head(struct context *context, struct error *error)
{
	struct log_head head;
	char text[LOG_HEAD_TEXT_SIZE];
	char hash[2 * HASH_SIZE + 1];

	enum status status = log_head(context->db, &head, error);
	if (status != STATUS_OK)
		return status;
	log_head_write(&head, text);
	hash_to_hex(head.hash, sizeof head.hash, hash);
	if (context->format == FORMAT_TABLE) {
		output_words(context->output, "%s", text);
		return STATUS_OK;
	}
	output_record_begin(context->output, NULL, NULL, head_columns,
		sizeof head_columns / sizeof head_columns[0]);
	output_integer(context->output, head.log_id);
	output_text(context->output, hash);
	output_text(context->output, text);
	output_record_end(context->output);
	return STATUS_OK;
}

/* The log is of all events; its times are shown by the clock of the one event there is, or
 * that is named. */
static enum status open_zone(const struct context *context, const struct event *event,
	struct zone **ret_zone, struct error *error)
{
	if (event != NULL)
		return event_open_zone(context->db, event, ret_zone, error);
	say_notice(context->diagnostics, "times are UTC; name an event with --event for its own");
	return zone_open("UTC", ret_zone, error);
}

static enum status find_event(const struct context *context, struct event **ret_event,
	struct error *error)
{
	struct error why = ERROR_INIT;
	bool is_needed = context->event_code != NULL || options_given(context->options, "who");

	enum status status = event_find(context->db, context->event_code, ret_event, &why);
	if (!is_needed && (status == STATUS_NOT_FOUND || status == STATUS_AMBIGUOUS))
		return STATUS_OK;
	if (status != STATUS_OK)
		*error = why;
	return status;
}

static enum status read_filter(const struct context *context, const struct event *event,
	const struct zone *zone, struct log_filter *ret_filter, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	const char *who = options_text(context->options, "who");
	const char *since = options_text(context->options, "since");
	struct log_filter filter = { .has_since = since != NULL };
	enum status status = STATUS_OK;

	if (since != NULL && time_parse(zone, since, &filter.since_s, error) != STATUS_OK)
		return error_prefix(error, "--since");
	if (who != NULL) {
		status = registrant_find(context->db, event->id, who, &registrant, error);
		if (status == STATUS_OK)
			filter.registrant_id = registrant->id;
	}
	if (status == STATUS_OK)
		*ret_filter = filter;
	return status;
}

static enum status put_row(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	return log_put(data, row, reason, error);
}

static enum status log_run(struct context *context, struct error *error)
{
	CLEANUP(event_freep) struct event *event = NULL;
	CLEANUP(zone_closep) struct zone *zone = NULL;
	struct log_filter filter;

	if (options_flag(context->options, "head"))
		return put_head(context, error);
	enum status status = find_event(context, &event, error);
	if (status == STATUS_OK)
		status = open_zone(context, event, &zone, error);
	if (status == STATUS_OK)
		status = read_filter(context, event, zone, &filter, error);
	if (status != STATUS_OK)
		return status;
	output_set_zone(context->output, zone);
	output_list_begin(context->output, NULL, NULL, log_columns, LOG_COLUMN_COUNT);
	status = log_list(context->db, &filter, put_row, context->output, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	output_set_zone(context->output, NULL);
	return status;
}

const struct command cmd_log = {
	.name = "log",
	.summary = "show who changed what and when",
	.arguments = "",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_READ | NEEDS_OUTPUT,
	.options = log_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = log_run,
};

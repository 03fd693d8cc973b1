/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/event.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/event_options.h"
#include "cmd/seats_rows.h"
#include "core/programme.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

static const struct column columns[] = {
	{ .key = "code", .title = "code", .kind = COLUMN_TEXT },
	{ .key = "title", .title = "title", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "timezone", .title = "time zone", .kind = COLUMN_TEXT },
	{ .key = "start", .title = "first day", .kind = COLUMN_CODE },
	{ .key = "end", .title = "last day", .kind = COLUMN_CODE },
	{ .key = "url", .title = "page", .kind = COLUMN_TEXT },
	{ .key = "doors", .title = "doors (min)", .kind = COLUMN_INTEGER },
	{ .key = "capacity", .title = "seats", .kind = COLUMN_INTEGER },
	/* Of one event alone. */
	{ .key = "taken", .title = "taken", .kind = COLUMN_INTEGER },
	{ .key = "waiting", .title = "waiting", .kind = COLUMN_INTEGER },
};
enum {
	RECORD_COLUMN_COUNT = sizeof columns / sizeof columns[0],
	LIST_COLUMN_COUNT = RECORD_COLUMN_COUNT - 2,
};

static void put_text(struct output *output, const char *text)
{
	output_text(output, text[0] != '\0' ? text : NULL);
}

static void put_day(struct output *output, bool has_day, zone_day day)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	if (has_day)
		date_write(day, &text);
	put_text(output, text.text);
}

static void put_count(struct output *output, bool has_count, int64_t count)
{
	if (has_count)
		output_integer(output, count);
	else
		output_null(output);
}

static void put_event(struct output *output, const struct event_row *row)
{
	output_text(output, row->code);
	put_text(output, row->title);
	output_text(output, row->timezone);
	put_day(output, row->has_first_day, row->first_day);
	put_day(output, row->has_last_day, row->last_day);
	put_text(output, row->url);
	output_integer(output, row->doors_min);
	put_count(output, row->has_capacity, row->capacity);
}

/* With whom a change that came before gave a seat (NULL: there was none). */
static enum status show(struct context *context, const char *code_or_null,
	const struct seats *given_or_null, struct error *error)
{
	CLEANUP(event_freep) struct event *event = NULL;
	struct seats seats = SEATS_INIT;

	enum status status = event_find(context->db, code_or_null, &event, error);
	if (status == STATUS_OK)
		status = seats_read(context->db, event->id, &seats, error);
	if (status != STATUS_OK)
		return status;
	const struct event_row row = event_as_row(event);
	output_record_begin(context->output, NULL, NULL, columns, RECORD_COLUMN_COUNT);
	put_event(context->output, &row);
	put_count(context->output, seats.has_capacity, seats.taken);
	put_count(context->output, seats.has_capacity, seats.waiting);
	if (given_or_null != NULL)
		status = seats_put_promoted(context, given_or_null, error);
	if (status == STATUS_OK)
		output_record_end(context->output);
	return status;
}

static const char *first_argument(const struct context *context)
{
	return options_arguments(context->options, NULL)[0];
}

static enum status add_check(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;

	enum status status = code_check("event", first_argument(context), error);
	if (status == STATUS_OK)
		status = event_options_read(context, true, &settings, error);
	return status;
}

static enum status add_run(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;
	const char *code = first_argument(context);
	const struct actor actor = common_actor(context);
	int64_t event_id;

	enum status status = event_options_read(context, true, &settings, error);
	if (status == STATUS_OK)
		status =
			event_create(context->db, &actor, code, &settings.change, &event_id, error);
	if (status != STATUS_OK)
		return status;
	if (settings.is_zone_of_machine)
		say_notice(context->diagnostics, "event '%s': time zone %s, the machine's", code,
			settings.timezone);
	return show(context, code, NULL, error);
}

const struct command cmd_event_add = {
	.name = "event add",
	.summary = "add an event to the database",
	.arguments = "CODE",
	.group = GROUP_SETUP,
	.needs = NEEDS_DB_WRITE | NEEDS_OUTPUT,
	.options = event_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = add_check,
	.run = add_run,
};

static enum status set_check(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;

	if (!event_options_given(context->options)) {
		(void)error_set(error, STATUS_USAGE, "nothing to change is named");
		return error_hint(error, "for example: regtool event set %s --title TITLE",
			first_argument(context));
	}
	return event_options_read(context, false, &settings, error);
}

/* Another zone moves the clock times of all that is there. */
static enum status warn_of_zone(const struct context *context, const struct event *before,
	const char *timezone, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;

	if (timezone == NULL || strcmp(timezone, before->timezone) == 0)
		return STATUS_OK;
	enum status status = programme_load(context->db, before->id, &programme, error);
	if (status == STATUS_OK && programme->session_count > 0)
		say_notice(context->diagnostics,
			"the programme's sessions stay where they are in time: their clock times are "
			"now those of %s, not of %s",
			timezone, before->timezone);
	return status;
}

static enum status set_run(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;
	CLEANUP(event_freep) struct event *event = NULL;
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;
	const struct actor actor = common_actor(context);

	enum status status = event_options_read(context, false, &settings, error);
	if (status == STATUS_OK)
		status = event_find(context->db, first_argument(context), &event, error);
	if (status == STATUS_OK)
		status = event_set(context->db, &actor, event, &settings.change, &seats, error);
	if (status == STATUS_OK)
		status = warn_of_zone(context, event, settings.timezone, error);
	if (status == STATUS_OK)
		status = show(context, event->code, &seats, error);
	if (status != STATUS_OK)
		return status;
	if (seats.has_capacity && seats.taken > seats.capacity)
		say_notice(context->diagnostics,
			"%lld of %lld seats are taken: who has one keeps it",
			(long long)seats.taken, (long long)seats.capacity);
	return seats_say_promoted(context, context->db, &seats, error);
}

const struct command cmd_event_set = {
	.name = "event set",
	.summary = "change an event; what is not named stays",
	.arguments = "CODE",
	.group = GROUP_SETUP,
	.needs = NEEDS_DB_WRITE | NEEDS_OUTPUT,
	.options = event_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = set_check,
	.run = set_run,
};

static enum status show_run(struct context *context, struct error *error)
{
	size_t count;
	const char *const *arguments = options_arguments(context->options, &count);

	return show(context, count > 0 ? arguments[0] : context->event_code, NULL, error);
}

const struct command cmd_event_show = {
	.name = "event show",
	.summary = "show an event",
	.arguments = "[CODE]",
	.group = GROUP_SETUP,
	.needs = NEEDS_DB_READ | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 1,
	.run = show_run,
};

static enum status list_row(const struct event_row *row, void *data, struct error *error)
{
	struct output *output = data;

	put_event(output, row);
	return output_row_end(output, error);
}

static enum status list_run(struct context *context, struct error *error)
{
	output_list_begin(context->output, NULL, NULL, columns, LIST_COLUMN_COUNT);
	enum status status = event_list(context->db, list_row, context->output, error);
	output_list_end(context->output);
	return status;
}

const struct command cmd_event_list = {
	.name = "event list",
	.summary = "list the events of the database",
	.arguments = "",
	.group = GROUP_SETUP,
	.needs = NEEDS_DB_READ | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = list_run,
};

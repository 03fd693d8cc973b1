/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/event_options.h"
#include "core/event.h"
#include "core/founding.h"
#include "util/memory.h"

#include <string.h>

static enum status init_check(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;

	if (strcmp(context->db_path, context->key_path) == 0)
		return error_set(error, STATUS_USAGE, "--key: '%s' is the database",
			context->key_path);
	if (context->event_code == NULL && event_options_given(context->options)) {
		(void)error_set(error, STATUS_USAGE, "a title, zone or day is an event's");
		return error_hint(error, "name the event with --event CODE");
	}
	if (context->event_code == NULL)
		return STATUS_OK;
	enum status status = code_check("event", context->event_code, error);
	if (status == STATUS_OK)
		status = event_options_read(context, true, &settings, error);
	return status;
}

static void say_what_was_made(const struct context *context, bool is_key_new,
	const struct event_settings *settings)
{
	const struct diagnostics *diagnostics = context->diagnostics;

	say_notice(diagnostics, "made the database '%s'", context->db_path);
	if (is_key_new)
		say_notice(diagnostics,
			"made the key file '%s': keep a copy, and keep it from the doors' machines",
			context->key_path);
	else
		say_notice(diagnostics, "its key is that of '%s', which was there already",
			context->key_path);
	if (context->event_code != NULL)
		say_notice(diagnostics, "event '%s': time zone %s%s", context->event_code,
			settings->timezone, settings->is_zone_of_machine ? ", the machine's" : "");
}

static enum status init_run(struct context *context, struct error *error)
{
	CLEANUP(event_settings_free) struct event_settings settings = EVENT_SETTINGS_INIT;
	CLEANUP(founding_freep) struct founding *founding = NULL;
	const struct db_options options = { .allow_unsafe_fs = context->is_unsafe_fs_allowed };
	const struct actor actor = { .name = context->actor, .now_s = context->now_s(context) };
	enum status status = STATUS_OK;
	int64_t event_id;

	if (context->event_code != NULL)
		status = event_options_read(context, true, &settings, error);
	if (status == STATUS_OK)
		status = founding_begin(context->db_path, context->key_path, &options, &actor,
			&founding, error);
	if (status == STATUS_EXISTS)
		return error_hint(error, "it was left alone; name another with --db");
	if (status == STATUS_OK && context->event_code != NULL)
		status = event_create(founding_db(founding), &actor, context->event_code,
			&settings.change, &event_id, error);
	if (status != STATUS_OK)
		return status;
	bool is_key_new = founding_is_key_new(founding);
	status = founding_finish(founding, error);
	if (status == STATUS_OK)
		say_what_was_made(context, is_key_new, &settings);
	return status;
}

const struct command cmd_init = {
	.name = "init",
	.summary = "make a database and its key file, and an event in it",
	.arguments = "",
	.group = GROUP_SETUP,
	.needs = NEEDS_NOTHING,
	.options = event_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.check = init_check,
	.run = init_run,
};

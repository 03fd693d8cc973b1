/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/course.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/course_options.h"
#include "cmd/course_rows.h"
#include "core/enrolment.h"
#include "core/event.h"
#include "util/memory.h"

static const char *first_argument(const struct context *context)
{
	return options_arguments(context->options, NULL)[0];
}

static enum status show(struct context *context, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	int64_t enrolled = 0;

	enum status status = course_find(context->db, context->event->id, first_argument(context),
		&course, error);
	if (status == STATUS_OK)
		status = enrolment_count(context->db, course->id, &enrolled, error);
	if (status != STATUS_OK)
		return status;
	output_record_begin(context->output, NULL, NULL, course_columns, COURSE_COLUMN_COUNT);
	course_put(context->output, course, enrolled);
	output_record_end(context->output);
	return STATUS_OK;
}

static enum status add_check(struct context *context, struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;

	enum status status = code_check("course", first_argument(context), error);
	if (status == STATUS_OK && !options_given(context->options, "title"))
		status = error_set(error, STATUS_USAGE, "--title is missing");
	if (status == STATUS_OK)
		status = course_options_read(context->options, &settings, error);
	return status;
}

static enum status add_run(struct context *context, struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;
	const struct actor actor = common_actor(context);

	enum status status = course_options_read(context->options, &settings, error);
	if (status == STATUS_OK)
		status = course_add(context->db, &actor, context->event->id,
			first_argument(context), &settings.change, error);
	return status == STATUS_OK ? show(context, error) : status;
}

const struct command cmd_course_add = {
	.name = "course add",
	.summary = "add a course, with the rule by which it is earned",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = course_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = add_check,
	.run = add_run,
};

static enum status set_check(struct context *context, struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;

	if (!course_options_given(context->options)) {
		(void)error_set(error, STATUS_USAGE, "nothing to change is named");
		return error_hint(error, "for example: regtool course set %s --min-percent 75",
			first_argument(context));
	}
	return course_options_read(context->options, &settings, error);
}

static enum status set_run(struct context *context, struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;
	const struct actor actor = common_actor(context);
	bool is_changed;

	enum status status = course_options_read(context->options, &settings, error);
	if (status == STATUS_OK)
		status = course_set(context->db, &actor, context->event->id,
			first_argument(context), &settings.change, &is_changed, error);
	if (status != STATUS_OK)
		return status;
	if (!is_changed)
		say_notice(context->diagnostics, "nothing is other than before");
	return show(context, error);
}

const struct command cmd_course_set = {
	.name = "course set",
	.summary = "change a course or its rule; what is not named stays",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = course_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = set_check,
	.run = set_run,
};

const struct command cmd_course_show = {
	.name = "course show",
	.summary = "show a course and its rule",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = show,
};

static enum status list_run(struct context *context, struct error *error)
{
	return course_put_list(context->output, context->db, context->event->id, error);
}

const struct command cmd_course_list = {
	.name = "course list",
	.summary = "list the courses of the event",
	.arguments = "",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = list_run,
};

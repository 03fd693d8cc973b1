/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/suggest.h"
#include "cmd/attendance_rows.h"
#include "cmd/commands.h"
#include "cmd/course_rows.h"
#include "cmd/credit_rows.h"
#include "cmd/programme_export.h"
#include "cmd/registrant_rows.h"
#include "core/event.h"

#include <string.h>

static enum status put_scans(struct context *context, struct error *error)
{
	return attendance_put_ledger(context, &(struct attendance_choice){ NULL, NULL }, error);
}

static enum status put_attendance(struct context *context, struct error *error)
{
	return attendance_put_presence(context, &(struct attendance_choice){ NULL, NULL }, error);
}

static enum status put_courses(struct context *context, struct error *error)
{
	return course_put_list(context->output, context->db, context->event->id, error);
}

/* What can be exported, and who writes it. */
static const struct {
	const char *name;
	enum status (*put)(struct context *context, struct error *error);
} kinds[] = {
	{ "registrants", registrant_put_export },
	{ "scans", put_scans },
	{ "attendance", put_attendance },
	{ "programme", programme_export },
	{ "courses", put_courses },
	{ "credits", credit_put_all },
};
#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

/* KIND_COUNT if there is none of the name. */
static size_t find_kind(const char *name)
{
	size_t i = 0;

	while (i < KIND_COUNT && strcmp(kinds[i].name, name) != 0)
		i++;
	return i;
}

static enum status export_check(struct context *context, struct error *error)
{
	const char *name = options_arguments(context->options, NULL)[0];
	struct suggestion suggestion;

	size_t kind = find_kind(name);
	if (kind < KIND_COUNT && context->format == FORMAT_DOCUMENT &&
		kinds[kind].put != programme_export)
		return error_set(error, STATUS_USAGE,
			"--format: '%s' is for the programme, not for %s", context->format_name,
			name);
	if (kind < KIND_COUNT)
		return STATUS_OK;
	suggestion_start(&suggestion, name);
	for (size_t i = 0; i < KIND_COUNT; i++)
		suggestion_consider(&suggestion, kinds[i].name);
	(void)error_set(error, STATUS_USAGE, "nothing named '%s' can be exported", name);
	return error_hint(error,
		"%s%s%sthere are registrants, scans, attendance, programme, courses, credits",
		suggestion.nearest != NULL ? "did you mean '" : "",
		suggestion.nearest != NULL ? suggestion.nearest : "",
		suggestion.nearest != NULL ? "'? " : "");
}

static enum status export_run(struct context *context, struct error *error)
{
	size_t kind = find_kind(options_arguments(context->options, NULL)[0]);

	output_set_name(context->output, kinds[kind].name);
	return kinds[kind].put(context, error);
}

const struct command cmd_export = {
	.name = "export",
	.summary = "write registrants, scans, attendance, programme, courses or credits",
	.arguments = "registrants|scans|attendance|programme|courses|credits",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.default_format = FORMAT_CSV,
	.document_formats = programme_documents,
	.check = export_check,
	.run = export_run,
};

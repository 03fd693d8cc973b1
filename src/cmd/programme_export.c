/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/programme_export.h"

#include "cmd/commands.h"
#include "cmd/programme_rows.h"
#include "core/programme.h"
#include "core/schedule.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

static const char ical[] = "ical";
static const char schedule_json[] = "schedule.json";
static const char schedule_xml[] = "schedule.xml";

const char *const programme_documents[] = { ical, schedule_json, schedule_xml, NULL };

static const struct {
	const char *name;
	void (*write)(const struct schedule *schedule, struct str *str);
} writers[] = {
	{ ical, schedule_write_ical },
	{ schedule_json, schedule_write_json },
	{ schedule_xml, schedule_write_xml },
};

static enum status export_document(struct context *context, struct error *error)
{
	CLEANUP(schedule_freep) struct schedule *schedule = NULL;
	CLEANUP(str_free) struct str document = STR_INIT;

	enum status status = schedule_make(context->db, context->event, context->zone,
		PACKAGE_VERSION, &schedule, error);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
		if (strcmp(writers[i].name, context->format_name) == 0)
			writers[i].write(schedule, &document);
	output_document(context->output, document.text, document.length);
	return STATUS_OK;
}

static enum status export_rows(struct context *context, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;

	enum status status = programme_load(context->db, context->event->id, &programme, error);
	if (status == STATUS_OK)
		status = programme_put_rows(context->output, NULL, programme, error);
	return status;
}

enum status programme_export(struct context *context, struct error *error)
{
	return context->format == FORMAT_DOCUMENT ? export_document(context, error)
						  : export_rows(context, error);
}

const struct command cmd_programme_export = {
	.name = "programme export",
	.summary = "write the programme as a file, a schedule or a calendar",
	.arguments = "",
	.group = GROUP_PROGRAMME,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.default_format = FORMAT_CSV,
	.min_arguments = 0,
	.max_arguments = 0,
	.document_formats = programme_documents,
	.run = programme_export,
};

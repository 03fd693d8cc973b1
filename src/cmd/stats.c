/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/stats.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/waiting.h"
#include "util/memory.h"

#include <stdlib.h>

static const struct column columns[] = {
	{ .key = "section", .title = "of", .kind = COLUMN_CODE },
	{ .key = "name", .title = "", .kind = COLUMN_TEXT },
	{ .key = "value", .title = "number", .kind = COLUMN_INTEGER },
};

static const struct column event_columns[] = {
	{ .key = "event", .kind = COLUMN_TEXT },
};

/* Table, CSV and XLSX: a row for each number. */
static enum status put_rows(struct output *output, const struct stats *stats, struct error *error)
{
	enum status status = STATUS_OK;

	output_list_begin(output, NULL, NULL, columns, sizeof columns / sizeof columns[0]);
	for (int i = 0; i < STATS_SECTION_COUNT; i++) {
		const char *section = stats_section_name((enum stats_section)i);
		for (size_t j = 0; status == STATUS_OK && j < stats->sections[i].count; j++) {
			output_text(output, section);
			output_text(output, stats->sections[i].numbers[j].name);
			output_integer(output, stats->sections[i].numbers[j].value);
			status = output_row_end(output, error);
		}
	}
	if (status == STATUS_OK)
		output_list_end(output);
	return status;
}

/* JSON: an object for each section, with the numbers' names as keys. */
static void put_object(struct output *output, const char *event_code, const struct stats *stats)
{
	output_record_begin(output, NULL, NULL, event_columns, 1);
	output_text(output, event_code);
	for (int i = 0; i < STATS_SECTION_COUNT; i++) {
		size_t count = stats->sections[i].count;
		const struct stats_number *numbers = stats->sections[i].numbers;
		struct column *keys = xcalloc(count + 1, sizeof *keys);

		for (size_t j = 0; j < count; j++)
			keys[j] = (struct column){ .key = numbers[j].name, .kind = COLUMN_INTEGER };
		output_record_begin(output, stats_section_name((enum stats_section)i), NULL, keys,
			count);
		for (size_t j = 0; j < count; j++)
			output_integer(output, numbers[j].value);
		output_record_end(output);
		free(keys);
	}
	output_record_end(output);
}

static enum status stats_run(struct context *context, struct error *error)
{
	CLEANUP(stats_free) struct stats stats;

	enum status status = stats_read(context->db, context->event, context->zone, say_doors_wait,
		context, &stats, error);
	if (status != STATUS_OK)
		return status;
	if (!output_is_json(context->output))
		return put_rows(context->output, &stats, error);
	put_object(context->output, context->event->code, &stats);
	return STATUS_OK;
}

const struct command cmd_stats = {
	.name = "stats",
	.summary = "the event in numbers",
	.arguments = "",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.run = stats_run,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `registrant merge`: two records of one person become one.
 */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/seats_rows.h"
#include "core/event.h"
#include "core/merge.h"
#include "core/registrant.h"
#include "util/memory.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct column columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "email", .title = "e-mail", .kind = COLUMN_TEXT },
	{ .key = "merged", .title = "merged", .kind = COLUMN_INTEGER },
	{ .key = "scans", .title = "scans", .kind = COLUMN_INTEGER },
	{ .key = "tokens", .title = "tokens", .kind = COLUMN_INTEGER },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
};

static const struct column taken_columns[] = {
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "field", .title = "field", .kind = COLUMN_TEXT },
	{ .key = "value", .title = "value", .kind = COLUMN_TEXT, .may_shrink = true },
};

static const struct column conflict_columns[] = {
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "field", .title = "field", .kind = COLUMN_TEXT },
	{ .key = "kept", .title = "kept", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "other", .title = "other", .kind = COLUMN_TEXT, .may_shrink = true },
};

static const struct column event_columns[] = {
	{ .key = "event", .title = "event", .kind = COLUMN_TEXT },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "merged", .title = "merged", .kind = COLUMN_INTEGER },
	{ .key = "scans", .title = "scans", .kind = COLUMN_INTEGER },
	{ .key = "tokens", .title = "tokens", .kind = COLUMN_INTEGER },
};

static enum status put_notes(struct output *output, const struct merge_result *result,
	bool are_conflicts, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < result->note_count && status == STATUS_OK; i++) {
		const struct merge_note *note = &result->notes[i];
		if ((note->kept != NULL) != are_conflicts)
			continue;
		output_text(output, note->event);
		output_text(output, note->field);
		if (are_conflicts)
			output_text(output, note->kept);
		output_text(output, note->value);
		status = output_row_end(output, error);
	}
	return status;
}

static size_t count_conflicts(const struct merge_result *result)
{
	size_t count = 0;

	for (size_t i = 0; i < result->note_count; i++)
		count += result->notes[i].kept != NULL ? 1 : 0;
	return count;
}

static enum status put_events(struct output *output, const struct merge_result *result,
	struct error *error)
{
	enum status status = STATUS_OK;

	output_list_begin(output, "events", result->place_count > 1 ? "Events" : NULL,
		event_columns, COUNT(event_columns));
	for (size_t i = 0; i < result->place_count && status == STATUS_OK; i++) {
		const struct merge_place *place = &result->places[i];
		output_text(output, place->event);
		output_integer(output, place->registrant_id);
		if (place->merged_id != 0)
			output_integer(output, place->merged_id);
		else
			output_null(output);
		output_integer(output, place->scans);
		output_integer(output, place->tokens);
		status = output_row_end(output, error);
	}
	output_list_end(output);
	return status;
}

static enum status put_lists(struct output *output, const struct merge_result *result,
	struct error *error)
{
	size_t conflicts = count_conflicts(result);

	output_list_begin(output, "taken", result->note_count > conflicts ? "Taken over" : NULL,
		taken_columns, COUNT(taken_columns));
	enum status status = put_notes(output, result, false, error);
	output_list_end(output);
	output_list_begin(output, "conflicts", conflicts > 0 ? "Conflicts" : NULL, conflict_columns,
		COUNT(conflict_columns));
	if (status == STATUS_OK)
		status = put_notes(output, result, true, error);
	output_list_end(output);
	return status == STATUS_OK ? put_events(output, result, error) : status;
}

/* `into` as it is now, or would be: who had no name may have one. */
static enum status put_result(struct context *context, const struct registrant *into,
	const struct registrant *from, const struct merge_result *result, struct error *error)
{
	struct output *output = context->output;
	const char *name = into->name[0] == '\0' && from->name[0] != '\0'
				   ? from->name
				   : registrant_display_name(into);
	int64_t scans = 0;
	int64_t tokens = 0;

	for (size_t i = 0; i < result->place_count; i++) {
		scans += result->places[i].scans;
		tokens += result->places[i].tokens;
	}
	output_record_begin(output, NULL, NULL, columns, COUNT(columns));
	output_integer(output, into->id);
	output_text(output, name);
	output_text(output, into->email != NULL ? into->email : from->email);
	output_integer(output, from->id);
	output_integer(output, scans);
	output_integer(output, tokens);
	output_boolean(output, options_flag(context->options, "dry-run"));
	enum status status = put_lists(output, result, error);
	if (status == STATUS_OK)
		status = seats_put_promoted(context, &result->seats, error);
	output_record_end(output);
	return status == STATUS_OK ? seats_say_promoted(context, context->db, &result->seats, error)
				   : status;
}

static enum status refuse_same(const struct context *context, const struct registrant *into,
	struct error *error)
{
	const char *const *who = options_arguments(context->options, NULL);

	(void)error_set(error, STATUS_USAGE, "'%s' and '%s' are one registrant already, @%lld",
		who[0], who[1], (long long)into->id);
	return error_hint(error, "the first is merged into the second: name two");
}

static enum status merge_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *from = NULL;
	CLEANUP(registrant_freep) struct registrant *into = NULL;
	CLEANUP(merge_result_free) struct merge_result result = { .note_count = 0 };
	const struct actor actor = common_actor(context);
	const char *const *who = options_arguments(context->options, NULL);
	int64_t event_id = context->event->id;

	enum status status = registrant_find(context->db, event_id, who[0], &from, error);
	if (status == STATUS_OK)
		status = registrant_find(context->db, event_id, who[1], &into, error);
	if (status != STATUS_OK)
		return status;
	if (from->id == into->id)
		return refuse_same(context, into, error);
	const struct merge_request request = {
		.from_id = from->id,
		.into_id = into->id,
		.reason = options_text(context->options, "reason"),
		.is_dry_run = options_flag(context->options, "dry-run"),
	};
	status = merge_registrants(context->db, &actor, &request, &result, error);
	if (status != STATUS_OK)
		return status;
	return put_result(context, into, from, &result, error);
}

static const struct option merge_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "reason",
		.value = "R",
		.help = "why, in free words; kept beside the log" },
	{ .kind = OPTION_FLAG,
		.name = "dry-run",
		.help = "show what would come together and what differs; change nothing" },
	{ .kind = OPTION_END },
};

const struct command cmd_registrant_merge = {
	.name = "registrant merge",
	.summary = "make one of two records of the same person",
	.arguments = "WHO INTO",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = merge_options,
	.min_arguments = 2,
	.max_arguments = 2,
	.run = merge_run,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `course award` freezes the decisions of a course, `course awards` shows what was frozen.
 */
#include "core/award.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/course_rows.h"
#include "cmd/credit_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/registrant.h"
#include "util/memory.h"

static const struct option award_options[] = {
	{ .kind = OPTION_TIME,
		.name = "as-of",
		.value = "TIME",
		.help = "as things stood then (default: now)" },
	{ .kind = OPTION_INTEGER,
		.name = "revise",
		.value = "NUMBER",
		.help = "take the place of this award, the last one",
		.min = 1,
		.max = INT64_MAX },
	{ .kind = OPTION_TEXT,
		.name = "reason",
		.value = "TEXT",
		.help = "why it is revised (needed with --revise)" },
	{ .kind = OPTION_END },
};

static const struct column award_columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "award", .title = "award", .kind = COLUMN_INTEGER },
	{ .key = "awarded_at", .title = "awarded", .kind = COLUMN_TIME },
	{ .key = "as_of", .title = "as of", .kind = COLUMN_TIME },
	{ .key = "actor", .title = "by", .kind = COLUMN_TEXT, .may_be_left_out = true },
	{ .key = "eligible", .title = "eligible", .kind = COLUMN_INTEGER },
	{ .key = "not_eligible", .title = "not eligible", .kind = COLUMN_INTEGER },
	{ .key = "pending", .title = "pending", .kind = COLUMN_INTEGER },
	{ .key = "revises", .title = "revises", .kind = COLUMN_INTEGER },
	{ .key = "revised_by", .title = "revised by", .kind = COLUMN_INTEGER },
	{ .key = "rule_version", .title = "rule", .kind = COLUMN_INTEGER },
	{ .key = "rule", .kind = COLUMN_TEXT },
	{ .key = "log_head", .kind = COLUMN_CODE },
};
#define AWARD_COLUMN_COUNT (sizeof award_columns / sizeof award_columns[0])

static const struct column decision_columns[] = {
	{ .key = "course", .kind = COLUMN_TEXT },
	{ .key = "award", .kind = COLUMN_INTEGER },
	{ .key = "certificate", .title = "certificate", .kind = COLUMN_INTEGER },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .kind = COLUMN_TEXT },
	{ .key = "external_id", .title = "id", .kind = COLUMN_TEXT, .may_be_left_out = true },
	{ .key = "sessions_attended", .title = "sessions", .kind = COLUMN_INTEGER },
	{ .key = "sessions_total", .kind = COLUMN_INTEGER },
	{ .key = "minutes_attended", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "minutes_total", .kind = COLUMN_INTEGER },
	{ .key = "decision", .title = "decision", .kind = COLUMN_CODE },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "reasons", .title = "reasons", .kind = COLUMN_SET },
};
#define DECISION_COLUMN_COUNT (sizeof decision_columns / sizeof decision_columns[0])

struct listing {
	struct context *context;
	const struct course *course;
	int64_t only; /* the number of the award shown; 0: all */
	const struct award *award;
	bool is_begun;
};

static void put_number(struct output *output, int64_t number)
{
	if (number != 0)
		output_integer(output, number);
	else
		output_null(output);
}

static enum status put_award(const struct award_row *row, void *data, struct error *error)
{
	const struct listing *listing = data;
	struct output *output = listing->context->output;

	if (listing->only != 0 && row->number != listing->only)
		return STATUS_OK;
	output_text(output, listing->course->code);
	output_integer(output, row->number);
	output_time(output, row->awarded_s);
	output_time(output, row->as_of_s);
	output_text(output, row->actor);
	output_integer(output, row->eligible);
	output_integer(output, row->not_eligible);
	output_integer(output, row->pending);
	put_number(output, row->revises_number);
	put_number(output, row->revised_by_number);
	output_integer(output, row->rule_version);
	output_text(output, row->rule);
	output_text(output, row->log_head);
	return output_row_end(output, error);
}

static enum status list_awards(struct context *context, const struct course *course, int64_t only,
	struct error *error)
{
	struct listing listing = { .context = context, .course = course, .only = only };

	output_list_begin(context->output, NULL, NULL, award_columns, AWARD_COLUMN_COUNT);
	enum status status = award_store_list(context->db, course->id, put_award, &listing, error);
	output_list_end(context->output);
	return status;
}

/* --- Awarding --- */

static enum status award_check(struct context *context, struct error *error)
{
	const struct options *options = context->options;

	if (options_given(options, "revise"))
		return common_need_reason(context, error);
	if (options_given(options, "reason"))
		return error_set(error, STATUS_USAGE, "--reason goes with --revise");
	return STATUS_OK;
}

static enum status award_run(struct context *context, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	const struct options *options = context->options;
	const struct actor actor = common_actor(context);
	const char *as_of = options_text(options, "as-of");
	struct award_totals totals;
	struct award_request request = {
		.event = context->event,
		.course = options_arguments(options, NULL)[0],
		.as_of_s = actor.now_s,
		.revises = options_integer(options, "revise", 0),
		.reason = options_text(options, "reason"),
		.write_rule = course_rule_write,
	};
	enum status status = STATUS_OK;

	if (as_of != NULL && time_parse(context->zone, as_of, &request.as_of_s, error) != STATUS_OK)
		return error_prefix(error, "--as-of");
	status = course_find(context->db, context->event->id, request.course, &course, error);
	if (status == STATUS_OK)
		status = award_make(context->db, &actor, &request, &totals, error);
	if (status != STATUS_OK)
		return status;
	if (totals.pending > 0)
		say_notice(context->diagnostics,
			"%lld pending: for them nothing was decided yet, and a later award must "
			"revise this one",
			(long long)totals.pending);
	return list_awards(context, course, totals.number, error);
}

const struct command cmd_course_award = {
	.name = "course award",
	.summary = "freeze a course's decisions, with certificate numbers",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = award_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = award_check,
	.run = award_run,
};

/* --- Showing --- */

static const struct option awards_options[] = {
	{ .kind = OPTION_INTEGER,
		.name = "award",
		.value = "NUMBER",
		.help = "the decisions of this award, person by person",
		.min = 1,
		.max = INT64_MAX },
	{ .kind = OPTION_END },
};

static enum status put_decision(const struct award_decision *decision, void *data,
	struct error *error)
{
	const struct listing *listing = data;
	struct output *output = listing->context->output;
	const struct registrant_row names = {
		.name = decision->name,
		.email = decision->email,
		.external_id = decision->external_id,
		.is_erased = decision->is_erased,
	};

	output_text(output, listing->course->code);
	output_integer(output, listing->award->row.number);
	put_number(output, decision->certificate);
	output_integer(output, decision->registrant_id);
	output_text(output, registrant_name_of(&names));
	output_text(output, decision->email);
	output_text(output, decision->external_id);
	output_integer(output, decision->sessions_attended);
	output_integer(output, decision->sessions_total);
	output_integer(output, whole_minutes(decision->attended_s));
	output_integer(output, whole_minutes(decision->total_s));
	output_text(output, decision->decision);
	output_integer(output, decision->credits_hundredths);
	output_text(output, decision->reasons);
	return output_row_end(output, error);
}

static enum status read_decisions(struct reading *reading, void *data, struct error *error)
{
	struct listing *listing = data;
	struct output *output = listing->context->output;

	if (listing->is_begun)
		output_restart(output);
	listing->is_begun = true;
	output_list_begin(output, NULL, NULL, decision_columns, DECISION_COLUMN_COUNT);
	return award_store_decisions(reading, listing->award->row.award_id, put_decision, listing,
		error);
}

static enum status list_decisions(struct context *context, const struct course *course,
	int64_t number, struct error *error)
{
	CLEANUP(award_freep) struct award *award = NULL;
	struct listing listing = { .context = context, .course = course };

	enum status status = award_find(context->db, course, number, &award, error);
	listing.award = award;
	if (status == STATUS_OK)
		status = reading_run(context->db, read_decisions, &listing, say_doors_wait, context,
			error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

static enum status awards_run(struct context *context, struct error *error)
{
	CLEANUP(course_freep) struct course *course = NULL;
	int64_t number = options_integer(context->options, "award", 0);

	enum status status = course_find(context->db, context->event->id,
		options_arguments(context->options, NULL)[0], &course, error);
	if (status != STATUS_OK)
		return status;
	return number != 0 ? list_decisions(context, course, number, error)
			   : list_awards(context, course, 0, error);
}

const struct command cmd_course_awards = {
	.name = "course awards",
	.summary = "list what was awarded for a course",
	.arguments = "CODE",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = awards_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = awards_run,
};

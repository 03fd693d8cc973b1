/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `course grant`, `course deny`, `course undecide`: decisions by hand.
 */
#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "core/decision.h"
#include "core/event.h"
#include "util/memory.h"

#include <stdlib.h>

/* All for a grant; for a denial, or to take one of them back, those behind the first. */
static const struct option decide_options[] = {
	{ .kind = OPTION_HUNDREDTHS,
		.name = "credits",
		.value = "N",
		.help = "so many credits (default: as the rule says)",
		.min = 0,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS },
	{ .kind = OPTION_TEXT, .name = "reason", .value = "TEXT", .help = "why (needed)" },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "decision", .title = "decision", .kind = COLUMN_CODE },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "reason", .title = "reason", .kind = COLUMN_TEXT },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static enum status decide(struct context *context, enum credit_verdict verdict, const char *word,
	struct error *error)
{
	const struct actor actor = common_actor(context);
	CLEANUP(memory_free_text) char *reason = common_clean_text(context->options, "reason");
	const char *const *arguments = options_arguments(context->options, NULL);
	bool has_credits = verdict == CREDIT_BY_GRANT && options_given(context->options, "credits");
	const struct decision_request request = {
		.event_id = context->event->id,
		.course = arguments[0],
		.who = arguments[1],
		.decision = {
			.verdict = verdict,
			.has_credits = has_credits,
			.credits_hundredths =
				has_credits ? options_integer(context->options, "credits", 0) : 0,
		},
		.reason = reason,
	};
	int64_t registrant_id;

	enum status status = decision_make(context->db, &actor, &request, &registrant_id, error);
	if (status != STATUS_OK)
		return status;
	output_record_begin(context->output, NULL, NULL, columns, COLUMN_COUNT);
	output_text(context->output, request.course);
	output_integer(context->output, registrant_id);
	output_text(context->output, word);
	if (has_credits)
		output_integer(context->output, request.decision.credits_hundredths);
	else
		output_null(context->output);
	output_text(context->output, reason);
	output_record_end(context->output);
	return STATUS_OK;
}

/* What the three commands have in common. */
#define DECIDES                                                                                    \
	.arguments = "CODE WHO", .group = GROUP_CREDIT,                                            \
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT, .min_arguments = 2,                  \
	.max_arguments = 2, .check = common_need_reason

static enum status grant_run(struct context *context, struct error *error)
{
	return decide(context, CREDIT_BY_GRANT, "granted", error);
}

const struct command cmd_course_grant = {
	.name = "course grant",
	.summary = "grant somebody a course's credit, whatever the rule says",
	DECIDES,
	.options = decide_options,
	.run = grant_run,
};

static enum status deny_run(struct context *context, struct error *error)
{
	return decide(context, CREDIT_BY_DENIAL, "denied", error);
}

const struct command cmd_course_deny = {
	.name = "course deny",
	.summary = "deny somebody a course's credit, whatever the rule says",
	DECIDES,
	.options = decide_options + 1,
	.run = deny_run,
};

static enum status undecide_run(struct context *context, struct error *error)
{
	return decide(context, CREDIT_BY_RULE, "by-rule", error);
}

const struct command cmd_course_undecide = {
	.name = "course undecide",
	.summary = "take a grant or denial back: the rule decides again",
	DECIDES,
	.options = decide_options + 1,
	.run = undecide_run,
};

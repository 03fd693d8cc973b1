/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/forget.h"

#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/erasing.h"
#include "cmd/registrant_rows.h"
#include "cmd/seats_rows.h"
#include "core/event.h"
#include "core/registrant.h"
#include "util/memory.h"
#include "util/str.h"

static const struct option forget_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "reason",
		.value = "TEXT",
		.help = "why (kept: name nobody in it)" },
	{ .kind = OPTION_END },
};

/* What the command cannot reach. */
static void say_what_is_left(struct context *context, const struct forget_result *result)
{
	erasing_say_copies(context);
	if (result->is_in_programme)
		say_notice(context->diagnostics,
			"the programme has the name too: 'regtool programme import' changes that");
}

static void say_result(struct context *context, int64_t registrant_id,
	const struct forget_result *result)
{
	if (result->was_erased)
		say_notice(context->diagnostics, "@%lld was erased before",
			(long long)registrant_id);
	else if (result->registrants > 1)
		say_notice(context->diagnostics, "erased as %lld registrants of the database",
			(long long)result->registrants);
	if (result->promoted_elsewhere > 0)
		say_notice(context->diagnostics, "at other events %lld who waited have a seat now",
			(long long)result->promoted_elsewhere);
}

static enum status forget_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(str_free) struct str way_out = STR_INIT;
	const struct actor actor = common_actor(context);
	const char *who = options_arguments(context->options, NULL)[0];
	CLEANUP(forget_result_free) struct forget_result result = FORGET_RESULT_INIT;

	enum status status =
		registrant_find(context->db, context->event->id, who, &registrant, error);
	if (status != STATUS_OK)
		return status;
	const struct forget_request request = {
		.registrant_id = registrant->id,
		.key_path = context->key_path,
		.reason = options_text(context->options, "reason"),
	};
	status = forget_person(context->db, &actor, &request, &result, error);
	if (status != STATUS_OK)
		return status;
	say_result(context, registrant->id, &result);
	str_addf(&way_out, "run 'regtool registrant forget @%lld' again",
		(long long)registrant->id);
	status = erasing_clean(context, &actor, way_out.text, error);
	if (status != STATUS_OK)
		return status;
	say_what_is_left(context, &result);
	status = registrant_put_record(context, &result.outcome, error);
	if (status == STATUS_OK)
		status = seats_say_promoted(context, context->db, &result.outcome.seats, error);
	return status;
}

const struct command cmd_registrant_forget = {
	.name = "registrant forget",
	.summary = "erase a person who asks for it, at all events",
	.arguments = "WHO",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = forget_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = common_need_reason,
	.run = forget_run,
};

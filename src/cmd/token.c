/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/token.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/token_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/registrant.h"
#include "core/token_change.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

static enum status find_registrant(const struct context *context,
	struct registrant **ret_registrant, struct error *error)
{
	return registrant_find(context->db, context->event->id,
		options_arguments(context->options, NULL)[0], ret_registrant, error);
}

/* --- export --- */

static enum status export_run(struct context *context, struct error *error)
{
	CLEANUP(key_freep) struct key *key = NULL;
	int64_t without_token = 0;

	enum status status = common_load_key(context, &key, error);
	if (status == STATUS_OK)
		status = token_put_list(context->output, context->db, context->event->id, key,
			say_doors_wait, context, &without_token, error);
	if (status == STATUS_OK && without_token > 0)
		say_notice(context->diagnostics,
			"left out: %lld whose tokens are all revoked ('regtool token reissue')",
			(long long)without_token);
	return status;
}

const struct command cmd_token_export = {
	.name = "token export",
	.summary = "list the tokens of all registrants, for badges and mails",
	.arguments = "",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 0,
	.max_arguments = 0,
	.default_format = FORMAT_CSV,
	.is_output_private = true,
	.run = export_run,
};

/* --- show --- */

static const struct column other_columns[] = {
	{ .key = "token", .title = "token", .kind = COLUMN_CODE },
};

struct others {
	struct output *output;
	bool has_begun;
};

static void begin_others(struct others *others, const char *heading)
{
	if (!others->has_begun)
		output_list_begin(others->output, "others", heading, other_columns, 1);
	others->has_begun = true;
}

static enum status put_other(const char *token, void *data, struct error *error)
{
	struct others *others = data;

	begin_others(others, "Also valid");
	output_text(others->output, token);
	return output_row_end(others->output, error);
}

/* Wipes `text`. */
static enum status put_token(const struct context *context, const struct key *key,
	const struct registrant *registrant, char text[static TOKEN_TEXT_SIZE], struct error *error)
{
	struct others others = { .output = context->output };
	const struct token_entry entry = {
		.registrant_id = registrant->id,
		.name = registrant_display_name(registrant),
		.email = registrant->email,
		.roles = registrant->roles,
		.token = text,
	};

	token_begin_record(context->output, &entry);
	token_wipe(text, TOKEN_TEXT_SIZE);
	enum status status =
		token_others_of(context->db, key, registrant, put_other, &others, error);
	begin_others(&others, NULL);
	output_list_end(context->output);
	output_record_end(context->output);
	return status;
}

static enum status show_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(key_freep) struct key *key = NULL;
	char text[TOKEN_TEXT_SIZE];

	enum status status = common_load_key(context, &key, error);
	if (status == STATUS_OK)
		status = find_registrant(context, &registrant, error);
	if (status == STATUS_OK)
		status = token_of(context->db, key, registrant, text, error);
	if (status == STATUS_OK)
		status = put_token(context, key, registrant, text, error);
	return status;
}

const struct command cmd_token_show = {
	.name = "token show",
	.summary = "show somebody's token once more",
	.arguments = "WHO",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.is_output_private = true,
	.run = show_run,
};

/* --- reissue and revoke --- */

static const struct option reason_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "reason",
		.value = "R",
		.help = "why, in free words; kept beside the log" },
	{ .kind = OPTION_END },
};

static enum status reissue_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(key_freep) struct key *key = NULL;
	const struct actor actor = common_actor(context);
	char text[TOKEN_TEXT_SIZE];

	enum status status = common_load_key(context, &key, error);
	if (status == STATUS_OK)
		status = find_registrant(context, &registrant, error);
	if (status == STATUS_OK)
		status = token_reissue(context->db, &actor, key, registrant,
			options_text(context->options, "reason"), text, error);
	if (status == STATUS_OK)
		status = put_token(context, key, registrant, text, error);
	return status;
}

const struct command cmd_token_reissue = {
	.name = "token reissue",
	.summary = "give somebody a new token; the old ones no longer open the door",
	.arguments = "WHO --reason R",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = reason_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.is_output_private = true,
	.check = common_need_reason,
	.run = reissue_run,
};

/* One token, if the argument is one; else all of the person named. */
static enum status revoke_run(struct context *context, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(str_free) struct str who = STR_INIT;
	const struct actor actor = common_actor(context);
	const char *reason = options_text(context->options, "reason");
	const char *argument = options_arguments(context->options, NULL)[0];
	unsigned char token[TOKEN_SIZE];
	struct token_holder holder;
	int64_t count = 1;

	enum status status = find_registrant(context, &registrant, error);
	if (status != STATUS_OK)
		return status;
	text_clean(argument, strlen(argument), &who); /* as it was looked up */
	if (token_read(who.text, token)) {
		status = token_find(context->db, token, &holder, error);
		token_wipe(token, sizeof token);
		if (status == STATUS_OK)
			status = token_revoke_one(context->db, &actor, &holder, reason, error);
	} else {
		status = token_revoke_all(context->db, &actor, registrant, reason, &count, error);
	}
	if (status == STATUS_OK)
		say_notice(context->diagnostics, "revoked: %lld of @%lld %s", (long long)count,
			(long long)registrant->id, registrant_display_name(registrant));
	return status;
}

const struct command cmd_token_revoke = {
	.name = "token revoke",
	.summary = "make a token, or all of a person, invalid",
	.arguments = "WHO|TOKEN --reason R",
	.group = GROUP_TOKENS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT,
	.options = reason_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = common_need_reason,
	.run = revoke_run,
};

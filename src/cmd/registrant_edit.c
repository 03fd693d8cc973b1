/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrant_edit.h"

#include "cli/command.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/registrant_rows.h"
#include "cmd/seats_rows.h"
#include "core/event.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const statuses[] = { "pending", "confirmed", "waitlisted", "cancelled", NULL };

/* What both `add' and `set' take. */
/* clang-format off */
#define EDIT_OPTIONS \
	{ .kind = OPTION_TEXT, \
		.name = "name", \
		.value = "NAME", \
		.help = "the full name", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "given-name", \
		.value = "NAME", \
		.help = "the given name", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "family-name", \
		.value = "NAME", \
		.help = "the family name", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "email", \
		.value = "ADDRESS", \
		.help = "the e-mail address", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "affiliation", \
		.value = "TEXT", \
		.help = "where the person is from", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "roles", \
		.value = "ROLE;ROLE", \
		.help = "all roles (default: attendee)", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "external-id", \
		.value = "ID", \
		.help = "the number by which the school knows the person", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "courses", \
		.value = "CODE;CODE", \
		.help = "all courses in which the person is enrolled", \
		.may_be_empty = true }, \
	{ .kind = OPTION_CHOICE, \
		.name = "status", \
		.value = "STATUS", \
		.help = "pending, confirmed, waitlisted or cancelled; later imports keep it", \
		.choices = statuses }, \
	{ .kind = OPTION_TEXT, \
		.name = "category", \
		.value = "TEXT", \
		.help = "the kind of ticket", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "note", \
		.value = "TEXT", \
		.help = "a note, shown at the door", \
		.may_be_empty = true }, \
	{ .kind = OPTION_TEXT, \
		.name = "answer", \
		.value = "HEADER=TEXT", \
		.help = "an answer, by the header of its column", \
		.is_repeatable = true }
/* clang-format on */

static const struct option add_options[] = {
	EDIT_OPTIONS,
	{ .kind = OPTION_FLAG,
		.name = "again",
		.help = "also somebody who asked to be forgotten, and wants to be back" },
	{ .kind = OPTION_END },
};

static const struct option set_options[] = {
	EDIT_OPTIONS,
	{ .kind = OPTION_END },
};

static const struct {
	enum field field;
	const char *option;
} field_options[] = {
	{ FIELD_NAME, "name" },
	{ FIELD_GIVEN_NAME, "given-name" },
	{ FIELD_FAMILY_NAME, "family-name" },
	{ FIELD_EMAIL, "email" },
	{ FIELD_AFFILIATION, "affiliation" },
	{ FIELD_ROLES, "roles" },
	{ FIELD_EXTERNAL_ID, "external-id" },
	{ FIELD_COURSES, "courses" },
	{ FIELD_STATUS, "status" },
	{ FIELD_CATEGORY, "category" },
	{ FIELD_NOTE, "note" },
};
#define FIELD_OPTION_COUNT (sizeof field_options / sizeof field_options[0])

/* What was said; `values` points into it. */
struct edit {
	struct registrant_values values;
	struct str texts[FIELD_COUNT];
	struct question *questions;
	char **answers;
	bool says_anything;
};

static void edit_free(struct edit *edit)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		str_free(&edit->texts[i]);
	for (size_t i = 0; i < edit->values.answer_count; i++) {
		free(edit->questions[i].header);
		free(edit->answers[i]);
	}
	free(edit->questions);
	free(edit->answers);
}

static char *clean_copy(const char *text, size_t length)
{
	struct str clean = STR_INIT;

	text_clean(text, length, &clean);
	return str_steal(&clean);
}

static enum status read_answers(const struct context *context, struct edit *edit,
	struct error *error)
{
	size_t count;
	const char *const *values = options_list(context->options, "answer", &count);

	edit->questions = xcalloc(count + 1, sizeof *edit->questions);
	edit->answers = xcalloc(count + 1, sizeof *edit->answers);
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(values[i], '=');
		if (equals == NULL || equals == values[i])
			return error_set(error, STATUS_USAGE, "--answer: '%s' is not HEADER=TEXT",
				values[i]);
		edit->questions[i].header = clean_copy(values[i], (size_t)(equals - values[i]));
		edit->answers[i] = clean_copy(equals + 1, strlen(equals + 1));
		edit->values.answer_count++;
		if (edit->questions[i].header[0] == '\0')
			return error_set(error, STATUS_USAGE, "--answer: '%s' has no header",
				values[i]);
	}
	edit->values.questions = edit->questions;
	edit->values.answers = (const char *const *)edit->answers;
	edit->says_anything |= count > 0;
	return STATUS_OK;
}

/* End it with edit_free in any case. */
static enum status edit_read(const struct context *context, struct edit *edit, struct error *error)
{
	const struct field_rules rules = { .zone = NULL };

	*edit = (struct edit){ .says_anything = false };
	for (size_t i = 0; i < FIELD_COUNT; i++)
		edit->texts[i] = (struct str)STR_INIT;
	for (size_t i = 0; i < FIELD_OPTION_COUNT; i++) {
		enum field field = field_options[i].field;
		const char *text = options_text(context->options, field_options[i].option);
		struct str *value = &edit->texts[field];
		if (text == NULL)
			continue;
		edit->says_anything = true;
		if (field_normalise(field, text, &rules, value, error) != STATUS_OK) {
			error->status = STATUS_USAGE;
			return error_prefix(error, "--%s", field_options[i].option);
		}
		edit->values.fields[field] = value->text;
	}
	return read_answers(context, edit, error);
}

/* The registrant as it is now, and what became of the seats. */
static enum status put_outcome(struct context *context, const struct registrant_outcome *outcome,
	struct error *error)
{
	enum status status = registrant_put_record(context, outcome, error);

	seats_say_outcome(context, outcome);
	if (status == STATUS_OK)
		status = seats_say_promoted(context, context->db, &outcome->seats, error);
	return status;
}

/* --- add --- */

static bool is_said(const struct edit *edit, enum field field)
{
	const char *value = edit->values.fields[field];

	return value != NULL && value[0] != '\0';
}

static enum status add_check(struct context *context, struct error *error)
{
	struct edit edit;
	enum status status = edit_read(context, &edit, error);

	if (status == STATUS_OK && !is_said(&edit, FIELD_EMAIL) &&
		!is_said(&edit, FIELD_EXTERNAL_ID)) {
		(void)error_set(error, STATUS_USAGE, "--email or --external-id is missing");
		status = error_hint(error, "one of both is needed to know the person by");
	}
	edit_free(&edit);
	return status;
}

static enum status add_run(struct context *context, struct error *error)
{
	const struct actor actor = common_actor(context);
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	struct edit edit;

	enum status status = edit_read(context, &edit, error);
	const struct registrant_addition addition = {
		.event_id = context->event->id,
		.key_path = context->key_path,
		.values = &edit.values,
		.is_again = options_flag(context->options, "again"),
	};
	if (status == STATUS_OK)
		status = registrant_add(context->db, &actor, &addition, &outcome, error);
	edit_free(&edit);
	if (status != STATUS_OK)
		return status;
	if (addition.is_again && !outcome.is_back)
		say_notice(context->diagnostics,
			"nobody with this address or id had asked to be forgotten");
	return put_outcome(context, &outcome, error);
}

const struct command cmd_registrant_add = {
	.name = "registrant add",
	.summary = "add a registrant, who gets a token",
	.arguments = "",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = add_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.check = add_check,
	.run = add_run,
};

/* --- set, cancel, confirm --- */

static enum status change(struct context *context, const char *action, const char *reason,
	const struct registrant_values *values, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	const struct actor actor = common_actor(context);
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	const char *who = options_arguments(context->options, NULL)[0];

	enum status status =
		registrant_find(context->db, context->event->id, who, &registrant, error);
	if (status != STATUS_OK)
		return status;
	const struct registrant_change change = {
		.registrant_id = registrant->id,
		.action = action,
		.reason = reason,
		.values = values,
	};
	status = registrant_set(context->db, &actor, &change, &outcome, error);
	if (status != STATUS_OK)
		return status;
	if (!outcome.is_changed)
		say_notice(context->diagnostics, "nothing changed: @%lld is so already",
			(long long)registrant->id);
	return put_outcome(context, &outcome, error);
}

static enum status set_check(struct context *context, struct error *error)
{
	struct edit edit;
	enum status status = edit_read(context, &edit, error);

	if (status == STATUS_OK && !edit.says_anything) {
		(void)error_set(error, STATUS_USAGE, "nothing to set");
		status = error_hint(error, "'regtool registrant set --help' lists what can be set");
	}
	edit_free(&edit);
	return status;
}

static enum status set_run(struct context *context, struct error *error)
{
	struct edit edit;
	enum status status = edit_read(context, &edit, error);

	if (status == STATUS_OK)
		status = change(context, "registrant set", NULL, &edit.values, error);
	edit_free(&edit);
	return status;
}

const struct command cmd_registrant_set = {
	.name = "registrant set",
	.summary = "change what is known of a registrant",
	.arguments = "WHO",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = set_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = set_check,
	.run = set_run,
};

static const struct option cancel_options[] = {
	{ .kind = OPTION_TEXT, .name = "reason", .value = "TEXT", .help = "why (kept)" },
	{ .kind = OPTION_END },
};

static enum status cancel_run(struct context *context, struct error *error)
{
	const struct registrant_values values = { .fields[FIELD_STATUS] = "cancelled" };

	return change(context, "registrant cancel", options_text(context->options, "reason"),
		&values, error);
}

const struct command cmd_registrant_cancel = {
	.name = "registrant cancel",
	.summary = "cancel a registration; later imports keep it so",
	.arguments = "WHO",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = cancel_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = common_need_reason,
	.run = cancel_run,
};

static enum status confirm_run(struct context *context, struct error *error)
{
	const struct registrant_values values = { .fields[FIELD_STATUS] = "confirmed" };

	return change(context, "registrant confirm", NULL, &values, error);
}

const struct command cmd_registrant_confirm = {
	.name = "registrant confirm",
	.summary = "confirm a registration; later imports keep it so",
	.arguments = "WHO",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_EVENT | NEEDS_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = confirm_run,
};

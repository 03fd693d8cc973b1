/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/course_options.h"

#include "cmd/common.h"
#include "core/event.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	PERMILLE_ALL = 1000,
};

static const char none[] = "none"; /* drops what is a list */

static const char *const roundings[] = { "down", "nearest", NULL };
static const char *const excludes_rates[] = { "credits-per", "credits-per-sessions", NULL };
static const char *const excludes_other_rates[] = { "credits", "credits-per-sessions", NULL };
static const char *const excludes_minutes[] = { "credits", "credits-per", NULL };
static const char *const enrolments[] = { "required", "any", NULL };
static const char *const excludes_no_each_day[] = { "no-require-each-day", NULL };
static const char *const excludes_each_day[] = { "require-each-day", NULL };
static const char *const excludes_no_exit[] = { "no-require-exit", NULL };
static const char *const excludes_exit[] = { "require-exit", NULL };

const struct option course_options[] = {
	/* These two stand before COURSE_RULE_FIRST. */
	{ .kind = OPTION_TEXT,
		.name = "title",
		.value = "TITLE",
		.help = "what the course is called",
		.may_be_empty = true },
	{ .kind = OPTION_TEXT,
		.name = "count-event",
		.value = "CODE",
		.help = "these events count together; 'none': the course's own",
		.is_repeatable = true,
		.may_be_empty = true },
	{ .kind = OPTION_HUNDREDTHS,
		.name = "credits",
		.value = "N",
		.help = "credits for who meets the rule (default: 1)",
		.min = 0,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS,
		.excludes = excludes_rates },
	{ .kind = OPTION_INTEGER,
		.name = "credits-per",
		.value = "MINUTES",
		.help = "one credit for so many minutes attended; 0: a fixed number again",
		.min = 0,
		.max = COURSE_MIN_MINUTES_MAX,
		.excludes = excludes_other_rates },
	{ .kind = OPTION_INTEGER,
		.name = "credits-per-sessions",
		.value = "N",
		.help = "one credit for so many sessions attended; 0: a fixed number again",
		.min = 0,
		.max = COURSE_MIN_SESSIONS_MAX,
		.excludes = excludes_minutes },
	{ .kind = OPTION_CHOICE,
		.name = "round",
		.value = "down|nearest",
		.help = "how credits by minutes or sessions come to a step (default: down)",
		.choices = roundings },
	{ .kind = OPTION_HUNDREDTHS,
		.name = "step",
		.value = "S",
		.help = "to which step they are rounded (default: 1)",
		.min = 1,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS },
	{ .kind = OPTION_HUNDREDTHS,
		.name = "max-per-half-day",
		.value = "N",
		.help = "at most so many of them until 12:30, and from then on; 0: drop it",
		.min = 0,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS },
	{ .kind = OPTION_HUNDREDTHS,
		.name = "max-per-day",
		.value = "N",
		.help = "at most so many of them a day; 0: drop it",
		.min = 0,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS },
	{ .kind = OPTION_HUNDREDTHS,
		.name = "max",
		.value = "N",
		.help = "at most so many of them in all; 0: drop it",
		.min = 0,
		.max = COURSE_CREDITS_MAX_HUNDREDTHS },
	{ .kind = OPTION_CHOICE,
		.name = "enrolment",
		.value = "required|any",
		.help = "whether one must be enrolled (default: required)",
		.choices = enrolments },
	{ .kind = OPTION_TEXT,
		.name = "roles",
		.value = "ROLES",
		.help = "only for who has one of these roles; 'none': for anybody",
		.may_be_empty = true },
	{ .kind = OPTION_TEXT,
		.name = "count-session",
		.value = "[EVENT:]CODE",
		.help = "only these sessions of their event count; 'none': all",
		.is_repeatable = true,
		.may_be_empty = true },
	{ .kind = OPTION_PERMILLE,
		.name = "min-percent",
		.value = "PERCENT",
		.help = "at least so much of the time that counts (80 where no condition on "
			"attendance is named); 0: drop it",
		.min = 0,
		.max = PERMILLE_ALL },
	{ .kind = OPTION_INTEGER,
		.name = "min-minutes",
		.value = "MINUTES",
		.help = "at least so many minutes; 0: drop it",
		.min = 0,
		.max = COURSE_MIN_MINUTES_MAX },
	{ .kind = OPTION_INTEGER,
		.name = "min-sessions",
		.value = "N",
		.help = "at least so many sessions attended; 0: drop it",
		.min = 0,
		.max = COURSE_MIN_SESSIONS_MAX },
	{ .kind = OPTION_PERMILLE,
		.name = "session-percent",
		.value = "PERCENT",
		.help = "a session is attended from so much of its time (default: 75)",
		.min = 0,
		.max = PERMILLE_ALL },
	{ .kind = OPTION_TEXT,
		.name = "require-session",
		.value = "[EVENT:]CODE",
		.help = "these sessions must be attended; 'none': drop it",
		.is_repeatable = true,
		.may_be_empty = true },
	{ .kind = OPTION_FLAG,
		.name = "require-each-day",
		.help = "a session must be attended on each day that has one",
		.excludes = excludes_no_each_day },
	{ .kind = OPTION_FLAG,
		.name = "no-require-each-day",
		.help = "drop that",
		.excludes = excludes_each_day },
	{ .kind = OPTION_FLAG,
		.name = "require-exit",
		.help = "time counts only where the person was seen leaving",
		.excludes = excludes_no_exit },
	{ .kind = OPTION_FLAG,
		.name = "no-require-exit",
		.help = "drop that",
		.excludes = excludes_exit },
	{ .kind = OPTION_TEXT,
		.name = "requirement",
		.value = "NAME[:DUE]",
		.help = "a deliverable to be passed, due at the end of the day DUE; 'none': drop all",
		.is_repeatable = true,
		.may_be_empty = true },
	{ .kind = OPTION_END },
};

bool course_options_given(const struct options *options)
{
	return common_any_given(options, course_options);
}

static char *read_roles(const struct options *options)
{
	struct str set = STR_INIT;
	const char *text = options_text(options, "roles");

	if (text == NULL)
		return NULL;
	text_set_parse(text, true, &set);
	if (strcmp(set.text, none) == 0)
		str_clear(&set);
	return str_steal(&set);
}

/* The codes of all values as one set; 'none' stands alone and means none. */
static enum status read_codes(const struct options *options, const char *name, char **ret_codes,
	struct error *error)
{
	CLEANUP(str_free) struct str joined = STR_INIT;
	struct str set = STR_INIT;
	size_t count;
	const char *const *values = options_list(options, name, &count);

	if (count == 0)
		return STATUS_OK;
	for (size_t i = 0; i < count; i++)
		str_addf(&joined, "%s;", values[i]);
	text_set_parse(joined.text, false, &set);
	if (strcmp(set.text, none) == 0) {
		str_clear(&set);
	} else if (text_set_has(set.text, none)) {
		str_free(&set);
		return error_set(error, STATUS_USAGE, "--%s: 'none' cannot stand beside others",
			name);
	}
	*ret_codes = str_steal(&set);
	return STATUS_OK;
}

static void read_numbers(const struct options *options, struct course_change *change)
{
	change->sets_min_percent = options_given(options, "min-percent");
	change->min_percent_permille = options_integer(options, "min-percent", 0);
	change->sets_min_minutes = options_given(options, "min-minutes");
	change->min_minutes = options_integer(options, "min-minutes", 0);
	change->sets_min_sessions = options_given(options, "min-sessions");
	change->min_sessions = options_integer(options, "min-sessions", 0);
	change->sets_session_percent = options_given(options, "session-percent");
	change->session_percent_permille = options_integer(options, "session-percent", 0);
}

static void read_rate(const struct options *options, struct course_change *change)
{
	const struct {
		const char *name;
		enum rate_part part;
		int64_t *value;
	} numbers[] = {
		{ "credits", RATE_FIXED, &change->rate.fixed_hundredths },
		{ "credits-per", RATE_MINUTES, &change->rate.minutes },
		{ "credits-per-sessions", RATE_SESSIONS, &change->rate.sessions },
		{ "step", RATE_STEP, &change->rate.step_hundredths },
		{ "max-per-half-day", RATE_MAX_HALF_DAY, &change->rate.max_half_day_hundredths },
		{ "max-per-day", RATE_MAX_DAY, &change->rate.max_day_hundredths },
		{ "max", RATE_MAX, &change->rate.max_hundredths },
	};
	const char *rounding = options_text(options, "round");

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		if (!options_given(options, numbers[i].name))
			continue;
		change->rate_parts |= numbers[i].part;
		*numbers[i].value = options_integer(options, numbers[i].name, 0);
	}
	if (rounding != NULL) {
		change->rate_parts |= RATE_ROUNDING;
		change->rate.is_rounded_nearest = strcmp(rounding, "nearest") == 0;
	}
}

/* A name, and behind the last ':' a date. */
static enum status read_requirement(const char *text, struct course_requirement *ret_requirement,
	struct error *error)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon != NULL ? (size_t)(colon - text) : strlen(text);
	CLEANUP(memory_free_text) char *name = xstrndup(text, length);
	zone_day due_day = 0;

	if (colon != NULL && date_parse(colon + 1, &due_day, error) != STATUS_OK)
		return error_prefix(error, "--requirement: '%s'", text);
	if (code_check("requirement", name, error) != STATUS_OK)
		return error_prefix(error, "--requirement");
	*ret_requirement = (struct course_requirement){
		.name = name,
		.has_due = colon != NULL,
		.due_day = due_day,
	};
	name = NULL;
	return STATUS_OK;
}

static enum status read_requirements(const struct options *options,
	struct course_settings *settings, struct error *error)
{
	struct course_change *change = &settings->change;
	size_t count;
	const char *const *values = options_list(options, "requirement", &count);

	change->sets_requirements = count > 0;
	if (count == 0 || (count == 1 && (values[0][0] == '\0' || strcmp(values[0], none) == 0)))
		return STATUS_OK;
	if (count > COURSE_REQUIREMENTS_MAX)
		return error_set(error, STATUS_USAGE, "--requirement: more than %d",
			COURSE_REQUIREMENTS_MAX);
	settings->requirements = xcalloc(count, sizeof *settings->requirements);
	change->requirements = settings->requirements;
	for (size_t i = 0; i < count; i++) {
		struct course_requirement *requirement = &settings->requirements[i];
		enum status status = read_requirement(values[i], requirement, error);
		if (status != STATUS_OK)
			return status;
		change->requirement_count++;
		if (strcmp(requirement->name, none) == 0)
			return error_set(error, STATUS_USAGE,
				"--requirement: 'none' cannot stand beside others");
		for (size_t j = 0; j < i; j++)
			if (strcasecmp(settings->requirements[j].name, requirement->name) == 0)
				return error_set(error, STATUS_USAGE,
					"--requirement: '%s' is named twice", requirement->name);
	}
	return STATUS_OK;
}

static void read_flags(const struct options *options, struct course_change *change)
{
	change->is_each_day_required = options_flag(options, "require-each-day");
	change->sets_each_day =
		change->is_each_day_required || options_flag(options, "no-require-each-day");
	change->is_exit_required = options_flag(options, "require-exit");
	change->sets_exit = change->is_exit_required || options_flag(options, "no-require-exit");
}

enum status course_rule_read(const struct options *options, struct course_settings *settings,
	struct error *error)
{
	struct course_change *change = &settings->change;
	const char *enrolment = options_text(options, "enrolment");

	settings->roles = read_roles(options);
	enum status status = read_codes(options, "count-session", &settings->counted, error);
	if (status == STATUS_OK)
		status = read_codes(options, "require-session", &settings->required, error);
	change->roles = settings->roles;
	change->counted = settings->counted;
	change->required = settings->required;
	change->sets_enrolment = enrolment != NULL;
	change->is_enrolment_required = enrolment != NULL && strcmp(enrolment, "required") == 0;
	read_numbers(options, change);
	read_rate(options, change);
	read_flags(options, change);
	if (status == STATUS_OK)
		status = read_requirements(options, settings, error);
	return status;
}

enum status course_options_read(const struct options *options, struct course_settings *settings,
	struct error *error)
{
	settings->title = common_clean_text(options, "title");
	settings->change.title = settings->title;
	enum status status = read_codes(options, "count-event", &settings->events, error);
	settings->change.events = settings->events;
	return status == STATUS_OK ? course_rule_read(options, settings, error) : status;
}

void course_settings_free(struct course_settings *settings)
{
	free(settings->title);
	free(settings->roles);
	free(settings->events);
	free(settings->counted);
	free(settings->required);
	for (size_t i = 0; i < settings->change.requirement_count; i++)
		free(settings->requirements[i].name);
	free(settings->requirements);
}

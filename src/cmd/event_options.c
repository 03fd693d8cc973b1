/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/event_options.h"

#include "cmd/common.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	DOORS_MAX_MIN = 10080, /* a week */
	CAPACITY_DIGITS_MAX = 9,
};

const struct option event_options[] = {
	{ .kind = OPTION_TEXT,
		.name = "title",
		.value = "TITLE",
		.help = "what the event is called",
		.may_be_empty = true },
	{ .kind = OPTION_ZONE,
		.name = "timezone",
		.value = "ZONE",
		.help = "IANA time zone, such as Europe/Zurich (default: the machine's)" },
	{ .kind = OPTION_DATE, .name = "start", .value = "DATE", .help = "first day" },
	{ .kind = OPTION_DATE, .name = "end", .value = "DATE", .help = "last day" },
	{ .kind = OPTION_TEXT,
		.name = "url",
		.value = "URL",
		.help = "the event's page",
		.may_be_empty = true },
	{ .kind = OPTION_INTEGER,
		.name = "doors",
		.value = "MINUTES",
		.help = "how long before a session's start its doors open (default: 30)",
		.min = 0,
		.max = DOORS_MAX_MIN },
	{ .kind = OPTION_TEXT,
		.name = "capacity",
		.value = "SEATS",
		.help = "how many can be registered; more wait for a seat; 'none': no limit" },
	{ .kind = OPTION_END },
};

bool event_options_given(const struct options *options)
{
	return common_any_given(options, event_options);
}

static enum status read_day(const struct options *options, const char *name, bool *ret_is_given,
	zone_day *ret_day, struct error *error)
{
	const char *text = options_text(options, name);

	*ret_is_given = text != NULL;
	return text != NULL ? date_parse(text, ret_day, error) : STATUS_OK;
}

/* "none", or how many. */
static enum status read_capacity(const struct options *options, struct event_change *change,
	struct error *error)
{
	const char *text = options_text(options, "capacity");
	size_t length = text != NULL ? strlen(text) : 0;

	change->sets_capacity = text != NULL;
	if (text == NULL || strcmp(text, "none") == 0)
		return STATUS_OK;
	if (length == 0 || length > CAPACITY_DIGITS_MAX || strspn(text, "0123456789") != length) {
		(void)error_set(error, STATUS_USAGE, "--capacity: '%s' is not a number of seats",
			text);
		return error_hint(error, "a whole number such as 120, or 'none'");
	}
	change->has_capacity = true;
	change->capacity = strtoll(text, NULL, 10);
	return STATUS_OK;
}

static enum status take_zone_of_machine(const struct context *context,
	struct event_settings *settings, struct error *error)
{
	CLEANUP(zone_closep) struct zone *zone = NULL;

	settings->timezone = zone_machine_name(context->machine_tz);
	settings->is_zone_of_machine = true;
	enum status status = zone_open(settings->timezone, &zone, error);
	if (status != STATUS_USAGE)
		return status;
	(void)error_set(error, STATUS_USAGE, "the machine's time zone '%s' is not one by name",
		settings->timezone);
	return error_hint(error, "name one with --timezone, such as Europe/Zurich");
}

enum status event_options_read(const struct context *context, bool is_new,
	struct event_settings *settings, struct error *error)
{
	const struct options *options = context->options;
	struct event_change *change = &settings->change;

	settings->title = common_clean_text(options, "title");
	settings->url = common_clean_text(options, "url");
	settings->timezone = common_clean_text(options, "timezone");
	change->sets_doors = options_given(options, "doors");
	change->doors_min = options_integer(options, "doors", 0);
	enum status status =
		read_day(options, "start", &change->sets_first_day, &change->first_day, error);
	if (status == STATUS_OK)
		status = read_day(options, "end", &change->sets_last_day, &change->last_day, error);
	if (status == STATUS_OK && change->sets_first_day && change->sets_last_day &&
		change->last_day < change->first_day)
		status = error_set(error, STATUS_USAGE, "--end: '%s' is before --start '%s'",
			options_text(options, "end"), options_text(options, "start"));
	if (status == STATUS_OK)
		status = read_capacity(options, change, error);
	if (status == STATUS_OK && is_new && settings->timezone == NULL)
		status = take_zone_of_machine(context, settings, error);
	change->title = settings->title;
	change->url = settings->url;
	change->timezone = settings->timezone;
	return status;
}

void event_settings_free(struct event_settings *settings)
{
	free(settings->title);
	free(settings->url);
	free(settings->timezone);
}

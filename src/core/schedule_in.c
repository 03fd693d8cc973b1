/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/schedule_in.h"

#include "core/schedule_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	FILE_MAX = 16 << 20, /* bytes; the largest congresses have some 4 MiB */
};

static const char white_space[] = " \t\r\n";

/* --- Reading --- */

enum status schedule_in_recognise(struct text_in *text, bool *ret_is_json, struct error *error)
{
	enum status status = STATUS_OK;
	size_t length;
	size_t at = 0;

	for (;;) {
		const char *window = text_in_window(text, &length);
		while (at < length && memchr(white_space, window[at], strlen(white_space)) != NULL)
			at++;
		if (at < length) {
			*ret_is_json = window[at] == '{' || window[at] == '[';
			return STATUS_OK;
		}
		if (text_in_is_at_end(text) || at > FILE_MAX)
			break;
		status = text_in_more(text, error);
		if (status != STATUS_OK)
			return status;
	}
	*ret_is_json = false;
	return STATUS_OK;
}

static enum status read_text(struct text_in *text, struct error *error)
{
	size_t length;

	while (!text_in_is_at_end(text)) {
		enum status status = text_in_more(text, error);
		if (status != STATUS_OK)
			return status;
		(void)text_in_window(text, &length);
		if (length > FILE_MAX)
			return error_set(error, STATUS_REJECTED,
				"%s: longer than %d MiB: not a schedule", text_in_name(text),
				FILE_MAX >> 20);
	}
	if (text_in_is_broken(text))
		return error_set(error, STATUS_REJECTED, "%s: is not text in %s",
			text_in_name(text), text_in_encoding(text));
	return STATUS_OK;
}

static enum status parse(struct text_in *text, json_t **ret_document, struct error *error)
{
	json_error_t problem;
	size_t length;
	const char *window = text_in_window(text, &length);

	*ret_document = json_loadb(window, length, JSON_REJECT_DUPLICATES, &problem);
	if (*ret_document != NULL)
		return STATUS_OK;
	return error_set(error, STATUS_REJECTED, "%s:%d: JSON: %s (column %d)", text_in_name(text),
		problem.line, problem.text, problem.column);
}

/* --- The structure: what everything else relies on --- */

static enum status check_day(const json_t *day, size_t number, struct error *error)
{
	const json_t *rooms = json_object_get(day, "rooms");
	const char *name;
	json_t *events;
	size_t index;
	json_t *event;

	if (!json_is_object(rooms))
		return error_set(error, STATUS_REJECTED, "day %zu: rooms: is no object", number);
	json_object_foreach((json_t *)rooms, name, events)
	{
		if (!json_is_array(events))
			return error_set(error, STATUS_REJECTED, "day %zu, room '%s': is no array",
				number, name);
		json_array_foreach(events, index, event)
		{
			if (!json_is_object(event))
				return error_set(error, STATUS_REJECTED,
					"day %zu, room '%s', event %zu: is no object", number, name,
					index + 1);
		}
	}
	return STATUS_OK;
}

static enum status check_document(const json_t *document, struct error *error)
{
	const json_t *conference = schedule_conference(document);
	const json_t *days = json_object_get(conference, "days");
	enum status status = STATUS_OK;
	size_t index;
	json_t *day;

	if (conference == NULL) {
		(void)error_set(error, STATUS_REJECTED,
			"is JSON, but no schedule: there is no 'schedule' with a 'conference'");
		return error_hint(error, "a schedule.json is what pretalx and frab export");
	}
	if (!json_is_array(days))
		return error_set(error, STATUS_REJECTED, "conference: days: is no array");
	json_array_foreach(days, index, day)
	{
		if (status == STATUS_OK)
			status = check_day(day, index + 1, error);
	}
	return status;
}

enum status schedule_in_read(struct text_in *text, struct schedule_in **ret_in, struct error *error)
{
	CLEANUP(schedule_in_freep) struct schedule_in *in = xcalloc(1, sizeof *in);

	in->name = xstrdup(text_in_name(text));
	enum status status = read_text(text, error);
	if (status == STATUS_OK)
		status = parse(text, &in->document, error);
	if (status != STATUS_OK)
		return status;
	status = check_document(in->document, error);
	if (status != STATUS_OK)
		return error_prefix(error, "%s", in->name);
	text_in_digest(text, in->digest);
	*ret_in = in;
	in = NULL;
	return STATUS_OK;
}

void schedule_in_free(struct schedule_in *in)
{
	if (in == NULL)
		return;
	json_decref(in->document);
	free(in->name);
	free(in);
}

void schedule_in_freep(struct schedule_in **in)
{
	schedule_in_free(*in);
	*in = NULL;
}

/* --- The conference as an event --- */

static char *clean_member(const json_t *object, const char *name)
{
	struct str clean = STR_INIT;
	const char *text = schedule_text(object, name);

	text_clean(text, strlen(text), &clean);
	return str_steal(&clean);
}

/* The day of a date, or of a time as its clock shows it. */
static bool read_date(const json_t *object, const char *name, zone_day *ret_day)
{
	CLEANUP(memory_free_text) char *date = NULL;
	const char *text = schedule_text(object, name);
	struct error error = ERROR_INIT;

	date = xstrndup(text, strcspn(text, "T "));
	return date_parse(date, ret_day, &error) == STATUS_OK;
}

/* Those that the conference names, else the first and the last of its days. */
static void read_days(const json_t *conference, struct event_change *change)
{
	const json_t *days = json_object_get(conference, "days");
	size_t count = json_array_size(days);

	change->sets_first_day = read_date(conference, "start", &change->first_day);
	change->sets_last_day = read_date(conference, "end", &change->last_day);
	if (!change->sets_first_day && count > 0)
		change->sets_first_day =
			read_date(json_array_get(days, 0), "date", &change->first_day);
	if (!change->sets_last_day && count > 0)
		change->sets_last_day =
			read_date(json_array_get(days, count - 1), "date", &change->last_day);
}

static enum status check_conference(const struct schedule_conference *conference,
	struct error *error)
{
	CLEANUP(zone_closep) struct zone *zone = NULL;
	const struct event_change *change = &conference->change;
	const char *member = "acronym";
	enum status status = STATUS_OK;

	if (conference->code != NULL)
		status = code_check("event", conference->code, error);
	if (status == STATUS_OK && change->timezone != NULL) {
		member = "time_zone_name";
		status = zone_open(change->timezone, &zone, error);
	}
	if (status == STATUS_OK && change->sets_first_day && change->sets_last_day &&
		change->last_day < change->first_day) {
		member = "end";
		status = error_set(error, STATUS_REJECTED, "is before the start");
	}
	if (status != STATUS_USAGE && status != STATUS_REJECTED)
		return status;
	error->status = STATUS_REJECTED;
	(void)error_prefix(error, "conference: %s", member);
	return error_hint(error, "make the event first: regtool init --event CODE --timezone ZONE");
}

enum status schedule_in_conference(const struct schedule_in *in,
	struct schedule_conference *conference, struct error *error)
{
	const json_t *object = schedule_conference(in->document);
	const json_t *schedule = json_object_get(in->document, "schedule");
	struct event_change *change = &conference->change;

	conference->code = clean_member(object, "acronym");
	if (conference->code[0] == '\0') {
		free(conference->code);
		conference->code = NULL;
	}
	conference->title = clean_member(object, "title");
	conference->timezone = clean_member(object, "time_zone_name");
	conference->url = clean_member(object, "url");
	if (!schedule_is_uri(conference->url)) {
		free(conference->url);
		conference->url = clean_member(schedule, "url");
	}
	*change = (struct event_change){ .title = conference->title };
	if (conference->timezone[0] != '\0')
		change->timezone = conference->timezone;
	if (schedule_is_uri(conference->url))
		change->url = conference->url;
	read_days(object, change);
	enum status status = check_conference(conference, error);
	return status == STATUS_OK ? status : error_prefix(error, "%s", in->name);
}

void schedule_conference_free(struct schedule_conference *conference)
{
	free(conference->code);
	free(conference->title);
	free(conference->timezone);
	free(conference->url);
}

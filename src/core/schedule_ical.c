/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The schedule as a calendar: a VEVENT for each event, in UTC, which every calendar shows in
 * its owner's zone. UID is the event's guid (as RFC 7986, 5.3 wants one), DTSTAMP the time of
 * the last change and SEQUENCE the number of changes, so that a calendar that is taken in
 * again moves what has moved.
 */
#include "core/schedule_private.h"

#include "util/ical_out.h"
#include "util/memory.h"

#include <string.h>

static void add_paragraph(struct str *str, const char *label, const char *text)
{
	if (text[0] != '\0')
		str_addf(str, "%s%s%s", str->length > 0 ? "\n" : "", label, text);
}

/* The words that people read: who speaks, of what track it is, and what it is about. */
static void write_description(const struct schedule_event *event, struct str *str)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	add_paragraph(&text, "", event->people);
	add_paragraph(&text, "", schedule_text(event->json, "track"));
	add_paragraph(&text, "", schedule_text(event->json, "abstract"));
	add_paragraph(&text, "", schedule_text(event->json, "description"));
	if (text.length > 0)
		ical_text(str, "DESCRIPTION", text.text);
}

static bool is_break(const struct schedule_event *event)
{
	return event->item != NULL && event->item->kind == ITEM_BREAK;
}

static void write_event(const struct schedule *schedule, const struct schedule_event *event,
	struct str *str)
{
	const char *track = schedule_text(event->json, "track");
	const char *url = schedule_text(event->json, "url");

	ical_line(str, "BEGIN", "VEVENT");
	ical_line(str, "UID", event->guid);
	ical_time(str, "DTSTAMP", schedule->changed_s);
	ical_integer(str, "SEQUENCE", schedule->change_count);
	ical_time(str, "DTSTART", event->start_s);
	ical_time(str, "DTEND", event->end_s);
	ical_text(str, "SUMMARY", event->title);
	if (event->room[0] != '\0')
		ical_text(str, "LOCATION", event->room);
	write_description(event, str);
	if (track[0] != '\0')
		ical_text(str, "CATEGORIES", track);
	if (schedule_is_uri(url) && strncmp(url, "urn:", 4) != 0)
		ical_line(str, "URL", url);
	/* Nobody is busy in a break. */
	if (is_break(event))
		ical_line(str, "TRANSP", "TRANSPARENT");
	ical_line(str, "END", "VEVENT");
}

void schedule_write_ical(const struct schedule *schedule, struct str *str)
{
	const json_t *conference = schedule_conference(schedule->document);
	const char *title = schedule_text(conference, "title");

	ical_line(str, "BEGIN", "VCALENDAR");
	ical_line(str, "VERSION", "2.0");
	ical_line(str, "PRODID", "-//regtool//programme//EN");
	ical_line(str, "CALSCALE", "GREGORIAN");
	/* The first is the standard's (RFC 7986), the second what calendars have long read. */
	ical_text(str, "NAME", title);
	ical_text(str, "X-WR-CALNAME", title);
	for (size_t i = 0; i < schedule->count; i++)
		write_event(schedule, &schedule->events[i], str);
	ical_line(str, "END", "VCALENDAR");
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_page.h"

#include "cli/bar.h"
#include "cli/wrap.h"
#include "cmd/course_rows.h"
#include "cmd/credit_explain.h"
#include "cmd/credit_rows.h"
#include "cmd/credit_sheet.h"
#include "util/memory.h"

#include <string.h>

enum {
	LABEL_WIDTH = 10,
};

static void say(const struct credit_page *page, const char *label, const char *text)
{
	wrap_words(page->output, label, LABEL_WIDTH, text);
}

static void say_blank(const struct credit_page *page)
{
	output_words(page->output, "%s", "");
}

/* Between this page and the one before. */
static void divide(const struct credit_page *page)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	for (size_t i = 0; i < WRAP_WIDTH; i++)
		str_add(&line, page->is_unicode ? "─" : "-");
	say_blank(page);
	output_words(page->output, "%s", line.text);
	say_blank(page);
}

/* --- Who, what, when --- */

static void add_part(struct str *str, const char *text_or_null)
{
	if (text_or_null == NULL || text_or_null[0] == '\0')
		return;
	str_addf(str, "%s%s", str->length > 0 ? ", " : "", text_or_null);
}

static void say_person(const struct credit_page *page, const struct credit_row *row)
{
	const struct roll_row *person = row->person->row;
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "%s (@%lld)", row->person->name, (long long)person->registrant_id);
	say(page, "Person", text.text);
	str_clear(&text);
	add_part(&text, person->email);
	add_part(&text, person->external_id);
	add_part(&text, person->affiliation);
	add_part(&text, person->is_enrolled ? "enrolled" : "not enrolled");
	if (strcmp(person->status, "confirmed") != 0)
		add_part(&text, person->status);
	if (person->roles[0] != '\0')
		str_addf(&text, "; %s ", strchr(person->roles, ';') != NULL ? "roles" : "role");
	for (const char *c = person->roles; *c != '\0'; c++)
		str_add_bytes(&text, *c == ';' ? ", " : c, *c == ';' ? 2 : 1);
	say(page, "", text.text);
}

static void say_titled(const struct credit_page *page, const char *label, const char *code,
	const char *title)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "%s%s%s", code, title[0] != '\0' ? ": " : "", title);
	say(page, label, text.text);
}

static void say_events(const struct credit_page *page, const struct agenda *agenda)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	if (!agenda->names_events) {
		say_titled(page, "Event", page->event->code, page->event->title);
		return;
	}
	for (size_t i = 0; i < agenda->event_count; i++)
		add_part(&text, agenda->events[i].code);
	say(page, "Events", text.text);
}

/* "eligible, 1.5 credits, granted by hand: was ill" */
static void say_decision(const struct credit_page *page, const struct credit_row *row)
{
	const struct credit_outcome *outcome = row->outcome;
	CLEANUP(str_free) struct str text = STR_INIT;

	str_addf(&text, "%s, ", credit_decision_word(outcome->decision));
	course_credits_write(outcome->credits_hundredths, &text);
	str_addf(&text, " credit%s", outcome->credits_hundredths == 100 ? "" : "s");
	if (row->asked->verdict != CREDIT_BY_RULE)
		str_addf(&text, ", %s by hand%s%s",
			row->asked->verdict == CREDIT_BY_GRANT ? "granted" : "denied",
			row->verdict_reason[0] != '\0' ? ": " : "", row->verdict_reason);
	say(page, "Decision", text.text);
}

static void say_head(const struct credit_page *page, const struct credit_row *row)
{
	const struct course *course = row->course;
	CLEANUP(str_free) struct str text = STR_INIT;

	say_person(page, row);
	say_titled(page, "Course", course->code, course->title);
	say_events(page, row->settings->agenda);
	course_rule_write(course, &text);
	str_addf(&text, " (version %lld)", (long long)course->rule_version);
	say(page, "Rule", text.text);
	str_clear(&text);
	time_write_short(page->zone, row->settings->as_of_s, true, &text);
	str_addf(&text, " (%s)", zone_name(page->zone));
	say(page, "As of", text.text);
	say_decision(page, row);
}

/* --- What it comes to --- */

/* The one event that counts has no sessions. */
static bool is_arrival_alone(const struct credit_row *row)
{
	return !row->settings->agenda->names_events &&
	       credit_plan_is_of_arrivals(row->outcome->plan);
}

static void say_sum(const struct credit_page *page, const struct credit_row *row)
{
	const struct credit_outcome *outcome = row->outcome;
	CLEANUP(str_free) struct str text = STR_INIT;

	if (is_arrival_alone(row)) {
		say(page, "Sum",
			outcome->sessions_attended > 0
				? "has arrived at the event, which has no sessions"
				: "has not arrived at the event, which has no sessions");
		return;
	}
	if (credit_plan_is_of_arrivals(outcome->plan)) {
		str_addf(&text, "%lld of %lld events, ", (long long)outcome->sessions_attended,
			(long long)outcome->sessions_total);
		credit_explain_percent(&text, outcome->percent_permille);
		say(page, "Sum", text.text);
		return;
	}
	str_addf(&text, "%lld of %lld minutes, ", (long long)whole_minutes(outcome->attended_s),
		(long long)whole_minutes(outcome->total_s));
	credit_explain_percent(&text, outcome->percent_permille);
	str_addf(&text, "; %lld of %lld session%s attended", (long long)outcome->sessions_attended,
		(long long)outcome->sessions_total, outcome->sessions_total == 1 ? "" : "s");
	say(page, "Sum", text.text);
}

/* Sessions may run side by side: then their minutes are more than those of the course. */
static void say_overlap(const struct credit_page *page, const struct credit_row *row)
{
	const struct credit_plan *plan = row->outcome->plan;
	CLEANUP(str_free) struct str text = STR_INIT;
	int64_t sum_s = 0;

	for (size_t i = 0; i < plan->session_count; i++)
		if (plan->sessions[i].is_counted)
			sum_s += plan->sessions[i].attended_s;
	if (sum_s == row->outcome->attended_s)
		return;
	credit_explain_duration(&text, sum_s - row->outcome->attended_s);
	str_add(&text, " in two sessions at once, counted once");
	say(page, "", text.text);
}

static void say_requirements(const struct credit_page *page, const struct credit_row *row)
{
	const struct course *course = row->course;

	for (size_t i = 0; i < course->requirement_count; i++) {
		const struct course_requirement *requirement = &course->requirements[i];
		const char *result = mark_result_word(row->asked->results[i]);
		CLEANUP(str_free) struct str text = STR_INIT;
		str_addf(&text, "%s: %s", requirement->name, result != NULL ? result : "no result");
		if (requirement->has_due) {
			str_add(&text, ", due ");
			date_write(requirement->due_day, &text);
		}
		say(page, i == 0 ? "Required" : "", text.text);
	}
}

static void say_needs(const struct credit_page *page, const struct credit_row *row)
{
	bool is_by_rule = row->asked->verdict == CREDIT_BY_RULE;
	const char *label = is_by_rule ? "Missing" : "Not met";
	CLEANUP(str_free) struct str text = STR_INIT;

	for (size_t i = 0; i < row->outcome->reason_count; i++) {
		const struct credit_reason *reason = &row->outcome->reasons[i];
		/* Those stand with the decision. */
		if (reason->kind == CREDIT_GRANTED || reason->kind == CREDIT_DENIED)
			continue;
		credit_explain_need(row, reason, &text);
		say(page, label, text.text);
		label = "";
	}
	if (is_by_rule && row->outcome->reason_count == 0)
		say(page, label, "nothing");
}

static void say_foot(const struct credit_page *page, const struct credit_row *row,
	const struct credit_sheet_notes *notes)
{
	size_t full = bar_full(page->is_unicode);
	CLEANUP(str_free) struct str text = STR_INIT;

	say_blank(page);
	if (notes->marks > 0) {
		str_addf(&text,
			"what counts of a session, in %zu equal parts: %s present all the "
			"time, %s to %s part of it, blank not at all",
			notes->marks, bar_mark(full, page->is_unicode),
			bar_mark(1, page->is_unicode), bar_mark(full - 1, page->is_unicode));
		say(page, "Bars", text.text);
	}
	if (notes->imports.length > 0)
		say(page, "Imports", notes->imports.text);
	if (notes->is_shortened) {
		str_clear(&text);
		str_addf(&text, "each of them with its scans: regtool attendance list --who @%lld",
			(long long)row->person->row->registrant_id);
		say(page, "Stays", text.text);
	}
	/* On one line, however long, so that it can be copied to regtool check. */
	output_words(page->output, "Log %s", page->log_head);
}

enum status credit_page_put(const struct credit_page *page, const struct credit_row *row,
	struct error *error)
{
	const struct credit_sheet sheet = {
		.output = page->output,
		.db = page->db,
		.zone = page->zone,
		.is_unicode = page->is_unicode,
	};
	struct credit_sheet_notes notes = CREDIT_SHEET_NOTES_INIT;

	if (!page->is_alone)
		divide(page);
	say_head(page, row);
	say_blank(page);
	enum status status = STATUS_OK;
	if (!is_arrival_alone(row)) {
		status = credit_sheet_put(&sheet, row, &notes, error);
		say_blank(page);
	}
	say_sum(page, row);
	say_overlap(page, row);
	say_requirements(page, row);
	say_needs(page, row);
	say_foot(page, row, &notes);
	str_free(&notes.imports);
	return status;
}

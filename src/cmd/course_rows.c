/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/course_rows.h"

#include "core/course_events.h"
#include "core/course_sessions.h"
#include "core/enrolment.h"
#include "util/memory.h"

enum {
	RATE_COLUMN_COUNT = 7,
};

const struct column course_columns[COURSE_COLUMN_COUNT] = {
	{ .key = "code", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "title", .title = "title", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "enrolled", .title = "enrolled", .kind = COLUMN_INTEGER },
	{ .key = "enrolment", .kind = COLUMN_CODE },
	{ .key = "roles", .kind = COLUMN_SET },
	{ .key = "min_percent", .kind = COLUMN_PERMILLE },
	{ .key = "min_minutes", .kind = COLUMN_INTEGER },
	{ .key = "min_sessions", .kind = COLUMN_INTEGER },
	{ .key = "session_percent", .kind = COLUMN_PERMILLE },
	{ .key = "require_sessions", .kind = COLUMN_SET },
	{ .key = "require_each_day", .kind = COLUMN_BOOLEAN },
	{ .key = "require_exit", .kind = COLUMN_BOOLEAN },
	{ .key = "count_sessions", .kind = COLUMN_SET },
	{ .key = "rule",
		.title = "rule",
		.kind = COLUMN_TEXT,
		.is_left_out_of_csv = true,
		.is_left_out_of_json = true,
		.may_shrink = true },
	{ .key = "rule_version", .title = "version", .kind = COLUMN_INTEGER },
	{ .key = "requirements", .kind = COLUMN_SET },
	{ .key = "credits_per", .kind = COLUMN_INTEGER },
	{ .key = "credits_per_sessions", .kind = COLUMN_INTEGER },
	{ .key = "round", .kind = COLUMN_CODE },
	{ .key = "step", .kind = COLUMN_HUNDREDTHS },
	{ .key = "max_per_half_day", .kind = COLUMN_HUNDREDTHS },
	{ .key = "max_per_day", .kind = COLUMN_HUNDREDTHS },
	{ .key = "max", .kind = COLUMN_HUNDREDTHS },
	{ .key = "count_events", .kind = COLUMN_SET },
};

static void put_number(struct output *output, int64_t number)
{
	if (number > 0)
		output_integer(output, number);
	else
		output_null(output);
}

static void put_events(struct output *output, const struct course_events *events)
{
	CLEANUP(str_free) struct str codes = STR_INIT;

	course_events_codes(events, &codes);
	output_text(output, codes.text);
}

static void put_sessions(struct output *output, const struct course_sessions *sessions)
{
	CLEANUP(str_free) struct str codes = STR_INIT;

	course_sessions_codes(sessions, &codes);
	output_text(output, codes.text);
}

/* Where credits go by minutes or sessions no number says what the course is worth. */
static void put_fixed(struct output *output, const struct credit_rate *rate)
{
	if (rate->minutes > 0 || rate->sessions > 0)
		output_null(output);
	else
		output_integer(output, rate->fixed_hundredths);
}

static void put_requirements(struct output *output, const struct course *course)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	for (size_t i = 0; i < course->requirement_count; i++) {
		const struct course_requirement *requirement = &course->requirements[i];
		str_addf(&text, "%s%s", i > 0 ? ";" : "", requirement->name);
		if (requirement->has_due) {
			str_add_char(&text, ':');
			date_write(requirement->due_day, &text);
		}
	}
	output_text(output, text.text);
}

/* What says nothing where the number is fixed is left empty. */
static void put_rate(struct output *output, const struct credit_rate *rate)
{
	if (rate->minutes == 0 && rate->sessions == 0) {
		for (int i = 0; i < RATE_COLUMN_COUNT; i++)
			output_null(output);
		return;
	}
	put_number(output, rate->minutes);
	put_number(output, rate->sessions);
	output_text(output, rate->is_rounded_nearest ? "nearest" : "down");
	output_integer(output, rate->step_hundredths);
	put_number(output, rate->max_half_day_hundredths);
	put_number(output, rate->max_day_hundredths);
	put_number(output, rate->max_hundredths);
}

void course_put(struct output *output, const struct course *course, int64_t enrolled)
{
	CLEANUP(str_free) struct str rule = STR_INIT;

	course_rule_write(course, &rule);
	output_text(output, course->code);
	output_text(output, course->title[0] != '\0' ? course->title : NULL);
	put_fixed(output, &course->rate);
	output_integer(output, enrolled);
	output_text(output, course->is_enrolment_required ? "required" : "any");
	output_text(output, course->roles);
	put_number(output, course_min_percent_permille(course));
	put_number(output, course->min_minutes);
	put_number(output, course->min_sessions);
	output_integer(output, course->session_percent_permille);
	put_sessions(output, &course->required);
	output_boolean(output, course->is_each_day_required);
	output_boolean(output, course->is_exit_required);
	put_sessions(output, &course->counted);
	output_text(output, rule.text);
	put_number(output, course->rule_version);
	put_requirements(output, course);
	put_rate(output, &course->rate);
	put_events(output, &course->events);
}

struct listing {
	struct output *output;
	struct db *db;
};

static enum status put_row(const struct course *course, void *data, struct error *error)
{
	const struct listing *listing = data;
	int64_t enrolled;

	enum status status = enrolment_count(listing->db, course->id, &enrolled, error);
	if (status != STATUS_OK)
		return status;
	course_put(listing->output, course, enrolled);
	return output_row_end(listing->output, error);
}

enum status course_put_list(struct output *output, struct db *db, int64_t event_id,
	struct error *error)
{
	struct listing listing = { .output = output, .db = db };

	output_list_begin(output, NULL, NULL, course_columns, COURSE_COLUMN_COUNT);
	enum status status = course_list(db, event_id, put_row, &listing, error);
	if (status == STATUS_OK)
		status = course_list_counting(db, event_id, put_row, &listing, error);
	output_list_end(output);
	return status;
}

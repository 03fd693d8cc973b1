/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/course_rows.h"

#include "core/course_sessions.h"
#include "core/enrolment.h"
#include "util/memory.h"

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
};

static void put_number(struct output *output, int64_t number)
{
	if (number > 0)
		output_integer(output, number);
	else
		output_null(output);
}

static void put_sessions(struct output *output, const struct course_sessions *sessions)
{
	CLEANUP(str_free) struct str codes = STR_INIT;

	course_sessions_codes(sessions, &codes);
	output_text(output, codes.text);
}

void course_put(struct output *output, const struct course *course, int64_t enrolled)
{
	CLEANUP(str_free) struct str rule = STR_INIT;

	course_rule_write(course, &rule);
	output_text(output, course->code);
	output_text(output, course->title[0] != '\0' ? course->title : NULL);
	output_integer(output, course->credits_hundredths);
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
	output_integer(output, course->rule_version);
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
	output_list_end(output);
	return status;
}

/* --- In words --- */

static void add_part(struct str *str, size_t start)
{
	if (str->length > start)
		str_add(str, "; ");
}

/* "80 %", "79.5 %" */
static void add_percent(struct str *str, int64_t permille)
{
	str_addf(str, "%lld", (long long)(permille / 10));
	if (permille % 10 != 0)
		str_addf(str, ".%lld", (long long)(permille % 10));
	str_add(str, " %");
}

static void add_codes(struct str *str, const char *words, const struct course_sessions *sessions)
{
	str_add(str, words);
	for (size_t i = 0; i < sessions->count; i++)
		str_addf(str, "%s%s", i > 0 ? ", " : " ", sessions->codes[i]);
}

static void add_roles(struct str *str, const char *roles)
{
	for (const char *c = roles; *c != '\0'; c++)
		if (*c == ';')
			str_add(str, " or ");
		else
			str_add_char(str, *c);
}

static void add_attendance(const struct course *course, size_t start, struct str *str)
{
	if (course_min_percent_permille(course) > 0) {
		add_part(str, start);
		add_percent(str, course_min_percent_permille(course));
		str_add(str, " of the time");
	}
	if (course->min_minutes > 0) {
		add_part(str, start);
		str_addf(str, "%lld minutes", (long long)course->min_minutes);
	}
	if (course->min_sessions > 0) {
		add_part(str, start);
		str_addf(str, "%lld session%s", (long long)course->min_sessions,
			course->min_sessions == 1 ? "" : "s");
	}
	if (course->required.count > 0) {
		add_part(str, start);
		add_codes(str, course->required.count == 1 ? "session" : "sessions",
			&course->required);
	}
	if (course->is_each_day_required) {
		add_part(str, start);
		str_add(str, "a session each day");
	}
	if (course->min_sessions > 0 || course->required.count > 0 ||
		course->is_each_day_required) {
		str_add(str, " (");
		add_percent(str, course->session_percent_permille);
		str_add(str, " of each)");
	}
}

void course_rule_write(const struct course *course, struct str *str)
{
	size_t start = str->length;

	if (course->is_enrolment_required)
		str_add(str, "enrolled");
	if (course->roles[0] != '\0') {
		add_part(str, start);
		add_roles(str, course->roles);
	}
	add_attendance(course, start, str);
	if (course->is_exit_required) {
		add_part(str, start);
		str_add(str, "with check-out");
	}
	if (course->counted.count > 0) {
		add_part(str, start);
		add_codes(str, "of", &course->counted);
	}
	if (str->length == start)
		str_add(str, "everybody");
}

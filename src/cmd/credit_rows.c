/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_rows.h"

#include "cmd/course_rows.h"
#include "cmd/waiting.h"
#include "util/memory.h"
#include "util/str.h"

#include <string.h>

enum {
	MINUTE_S = 60,
};

const struct column credit_columns[CREDIT_COLUMN_COUNT] = {
	{ .key = "course", .kind = COLUMN_TEXT },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .kind = COLUMN_TEXT },
	{ .key = "external_id",
		.title = "id",
		.kind = COLUMN_TEXT,
		.may_shrink = true,
		.may_be_left_out = true },
	{ .key = "affiliation", .kind = COLUMN_TEXT },
	{ .key = "roles", .kind = COLUMN_SET },
	{ .key = "enrolled", .kind = COLUMN_BOOLEAN },
	{ .key = "sessions_attended", .title = "sessions", .kind = COLUMN_INTEGER },
	{ .key = "sessions_total", .kind = COLUMN_INTEGER },
	{ .key = "minutes_attended", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "minutes_total", .kind = COLUMN_INTEGER },
	{ .key = "percent", .title = "%", .kind = COLUMN_PERMILLE },
	{ .key = "requirements", .kind = COLUMN_SET, .is_left_out_of_json = true },
	{ .key = "decision", .title = "decision", .kind = COLUMN_CODE },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "reasons", .title = "reasons", .kind = COLUMN_SET },
};

const struct column credit_result_columns[CREDIT_RESULT_COLUMN_COUNT] = {
	{ .key = "external_id", .title = "external_id", .kind = COLUMN_TEXT },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT },
	{ .key = "course", .title = "course", .kind = COLUMN_TEXT },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "result", .title = "result", .kind = COLUMN_CODE },
};

int64_t whole_minutes(int64_t seconds)
{
	return seconds / MINUTE_S;
}

static void write_requirements(const struct credit_row *row, struct str *ret)
{
	const struct course *course = row->course;

	for (size_t i = 0; i < course->requirement_count; i++) {
		const char *result = mark_result_word(row->asked->results[i]);
		str_addf(ret, "%s%s:%s", i > 0 ? ";" : "", course->requirements[i].name,
			result != NULL ? result : "");
	}
}

static const struct column requirement_columns[] = {
	{ .key = "name", .kind = COLUMN_TEXT },
	{ .key = "due", .kind = COLUMN_CODE },
	{ .key = "result", .kind = COLUMN_CODE },
};
#define REQUIREMENT_COLUMN_COUNT (sizeof requirement_columns / sizeof requirement_columns[0])

static enum status put_requirements(struct output *output, const struct credit_row *row,
	struct error *error)
{
	const struct course *course = row->course;
	enum status status = STATUS_OK;

	output_list_begin(output, "requirements", NULL, requirement_columns,
		REQUIREMENT_COLUMN_COUNT);
	for (size_t i = 0; i < course->requirement_count && status == STATUS_OK; i++) {
		const struct course_requirement *requirement = &course->requirements[i];
		CLEANUP(str_free) struct str due = STR_INIT;
		if (requirement->has_due)
			date_write(requirement->due_day, &due);
		output_text(output, requirement->name);
		output_text(output, requirement->has_due ? due.text : NULL);
		output_text(output, mark_result_word(row->asked->results[i]));
		status = output_row_end(output, error);
	}
	output_list_end(output);
	return status;
}

enum status credit_put(struct output *output, const struct credit_row *row, struct error *error)
{
	const struct roll_row *person = row->person->row;
	const struct credit_outcome *outcome = row->outcome;
	CLEANUP(str_free) struct str reasons = STR_INIT;
	CLEANUP(str_free) struct str requirements = STR_INIT;

	credit_reasons_write(row->settings, outcome, &reasons);
	write_requirements(row, &requirements);
	output_text(output, row->course->code);
	output_integer(output, person->registrant_id);
	output_text(output, row->person->name);
	output_text(output, person->email);
	output_text(output, person->external_id);
	output_text(output, person->affiliation[0] != '\0' ? person->affiliation : NULL);
	output_text(output, person->roles);
	output_boolean(output, person->is_enrolled);
	output_integer(output, outcome->sessions_attended);
	output_integer(output, outcome->sessions_total);
	output_integer(output, whole_minutes(outcome->attended_s));
	output_integer(output, whole_minutes(outcome->total_s));
	output_integer(output, outcome->percent_permille);
	output_text(output, requirements.text);
	output_text(output, credit_decision_word(outcome->decision));
	output_integer(output, outcome->credits_hundredths);
	output_text(output, reasons.text);
	return put_requirements(output, row, error);
}

void credit_say_head(struct output *output, const struct zone *zone,
	const struct credit_report_head *head)
{
	const struct course *course = head->course;
	CLEANUP(str_free) struct str text = STR_INIT;

	output_words(output, "course %s%s%s", course->code, course->title[0] != '\0' ? ": " : "",
		course->title);
	course_rule_write(course, &text);
	output_words(output, "rule: %s (version %lld)", text.text, (long long)course->rule_version);
	str_clear(&text);
	time_write_short(zone, head->as_of_s, true, &text);
	output_words(output, "%lld minutes in all; as of %s",
		(long long)whole_minutes(head->total_s), text.text);
	output_words(output, "log %s", head->log_head);
}

/* --- The result list --- */

static bool has_reason(const struct credit_row *row, enum credit_reason_kind first,
	enum credit_reason_kind last)
{
	for (size_t i = 0; i < row->outcome->reason_count; i++)
		if (row->outcome->reasons[i].kind >= first && row->outcome->reasons[i].kind <= last)
			return true;
	return false;
}

bool credit_has_result(const struct credit_row *row)
{
	return row->outcome->decision == CREDIT_ELIGIBLE ||
	       (row->outcome->decision == CREDIT_NOT_ELIGIBLE && !row->asked->is_cancelled);
}

static bool has_excuse(const struct credit_row *row)
{
	for (size_t i = 0; i < row->course->requirement_count; i++)
		if (row->asked->results[i] == MARK_EXCUSED)
			return true;
	return false;
}

static const char *result_of(const struct credit_row *row)
{
	const struct credit_outcome *outcome = row->outcome;
	bool was_there = outcome->attended_s > 0 || outcome->sessions_attended > 0 ||
			 has_reason(row, CREDIT_NO_EXIT, CREDIT_NO_EXIT);

	if (outcome->decision == CREDIT_ELIGIBLE)
		return "R";
	if (has_reason(row, CREDIT_REQUIREMENT_FAILED, CREDIT_REQUIREMENT_FAILED) ||
		has_reason(row, CREDIT_DENIED, CREDIT_DENIED))
		return "E";
	if (has_excuse(row))
		return "M";
	if (was_there && has_reason(row, CREDIT_MINUTES_SHORT, CREDIT_NO_EXIT))
		return "E";
	return "NA";
}

void credit_put_result(struct output *output, const struct credit_row *row)
{
	output_text(output, row->person->row->external_id);
	output_text(output, row->person->name);
	output_text(output, row->course->code);
	output_integer(output, row->outcome->credits_hundredths);
	output_text(output, result_of(row));
}

/* --- All courses --- */

struct export
{
	struct context *context;
	bool is_begun;
};

static void begin(const struct credit_report_head *head_or_null, void *data)
{
	struct export *export = data;
	struct output *output = export->context->output;

	(void)head_or_null;
	if (export->is_begun)
		output_restart(output);
	export->is_begun = true;
	output_list_begin(output, NULL, NULL, credit_columns, CREDIT_COLUMN_COUNT);
}

static enum status put_row(const struct credit_row *row, void *data, struct error *error)
{
	const struct export *export = data;

	enum status status = credit_put(export->context->output, row, error);
	if (status == STATUS_OK)
		status = output_row_end(export->context->output, error);
	return status;
}

static void notice(void *data)
{
	const struct export *export = data;

	say_doors_wait(export->context);
}

enum status credit_put_all(struct context *context, struct error *error)
{
	struct export export = { .context = context };
	const struct credit_report_options options = {
		.event = context->event,
		.as_of_s = context->now_s(context),
	};
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = notice,
		.data = &export,
	};

	enum status status = credit_report_courses(context->db, &options, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	return status;
}

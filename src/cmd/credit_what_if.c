/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_what_if.h"

#include "cmd/course_options.h"
#include "cmd/course_rows.h"
#include "cmd/credit_rows.h"
#include "cmd/waiting.h"
#include "util/memory.h"

#include <string.h>

static const struct column columns[] = {
	{ .key = "course", .kind = COLUMN_TEXT },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .kind = COLUMN_TEXT },
	{ .key = "external_id", .kind = COLUMN_TEXT },
	{ .key = "change", .title = "change", .kind = COLUMN_CODE },
	{ .key = "decision", .title = "decision", .kind = COLUMN_CODE },
	{ .key = "what_if_decision", .title = "would be", .kind = COLUMN_CODE },
	{ .key = "credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "what_if_credits", .title = "would be", .kind = COLUMN_HUNDREDTHS },
	{ .key = "minutes_attended", .kind = COLUMN_INTEGER },
	{ .key = "what_if_minutes_attended", .kind = COLUMN_INTEGER },
	{ .key = "percent", .kind = COLUMN_PERMILLE },
	{ .key = "what_if_percent", .kind = COLUMN_PERMILLE },
	{ .key = "reasons", .title = "reasons", .kind = COLUMN_SET },
	{ .key = "what_if_reasons", .title = "would be", .kind = COLUMN_SET },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const struct column head_columns[] = {
	{ .key = "as_of", .kind = COLUMN_TIME },
	{ .key = "log_head", .kind = COLUMN_CODE },
};
static const struct column summary_columns[] = {
	{ .key = "gains", .kind = COLUMN_INTEGER },
	{ .key = "loses", .kind = COLUMN_INTEGER },
	{ .key = "other", .kind = COLUMN_INTEGER },
	{ .key = "eligible", .kind = COLUMN_INTEGER },
	{ .key = "what_if_eligible", .kind = COLUMN_INTEGER },
};
#define COUNT_OF(columns) (sizeof(columns) / sizeof(columns)[0])

enum change {
	CHANGE_NONE,
	CHANGE_GAINS, /* eligible, and was not */
	CHANGE_LOSES,
	CHANGE_OTHER, /* another number of credits; pending, and was not; not any more */
	CHANGE_COUNT,
};
static const char *const change_words[CHANGE_COUNT] = {
	[CHANGE_NONE] = "none",
	[CHANGE_GAINS] = "gains",
	[CHANGE_LOSES] = "loses",
	[CHANGE_OTHER] = "other",
};

struct what_if {
	struct context *context;
	bool is_of_one; /* who is shown also without a change */
	bool is_begun;
	int64_t counts[CHANGE_COUNT];
	int64_t eligible;
	int64_t what_if_eligible;
};

/* --- Around the rows --- */

static void say_rule(struct output *output, const struct course *course)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	course_rule_write(course, &text);
	output_words(output, "what if: %s", text.text);
}

static void put_course(struct output *output, const char *key, const struct course *course,
	int64_t enrolled)
{
	output_record_begin(output, key, NULL, course_columns, COURSE_COLUMN_COUNT);
	course_put(output, course, enrolled);
	output_record_end(output);
}

static void begin(const struct credit_report_head *head, void *data)
{
	struct what_if *what_if = data;
	struct output *output = what_if->context->output;
	bool is_json = output_is_json(output);

	if (what_if->is_begun)
		output_restart(output);
	*what_if = (struct what_if){
		.context = what_if->context,
		.is_of_one = what_if->is_of_one,
		.is_begun = true,
	};
	if (is_json) {
		output_record_begin(output, NULL, NULL, head_columns, COUNT_OF(head_columns));
		output_time(output, head->as_of_s);
		output_text(output, head->log_head);
		put_course(output, "course", head->course, head->enrolled);
		put_course(output, "what_if", head->what_if, head->enrolled);
	} else {
		credit_say_head(output, what_if->context->zone, head);
		say_rule(output, head->what_if);
	}
	output_list_begin(output, is_json ? "rows" : NULL, NULL, columns, COLUMN_COUNT);
}

static void end(const struct what_if *what_if)
{
	struct output *output = what_if->context->output;
	const int64_t *counts = what_if->counts;

	output_list_end(output);
	if (output_is_json(output)) {
		output_record_begin(output, "summary", NULL, summary_columns,
			COUNT_OF(summary_columns));
		output_integer(output, counts[CHANGE_GAINS]);
		output_integer(output, counts[CHANGE_LOSES]);
		output_integer(output, counts[CHANGE_OTHER]);
		output_integer(output, what_if->eligible);
		output_integer(output, what_if->what_if_eligible);
		output_record_end(output);
		output_record_end(output);
	}
	output_words(output,
		"%lld would gain the credit, %lld would lose it, %lld would change otherwise",
		(long long)counts[CHANGE_GAINS], (long long)counts[CHANGE_LOSES],
		(long long)counts[CHANGE_OTHER]);
	output_words(output, "%lld eligible now, %lld would be; nothing is stored",
		(long long)what_if->eligible, (long long)what_if->what_if_eligible);
}

/* --- Rows --- */

static enum change change_of(const struct credit_outcome *now, const struct credit_outcome *then)
{
	bool is_eligible = now->decision == CREDIT_ELIGIBLE;
	bool would_be = then->decision == CREDIT_ELIGIBLE;

	if (is_eligible != would_be)
		return would_be ? CHANGE_GAINS : CHANGE_LOSES;
	if (now->decision != then->decision || now->credits_hundredths != then->credits_hundredths)
		return CHANGE_OTHER;
	return CHANGE_NONE;
}

static enum status put_row(struct output *output, const struct credit_row *now, enum change change,
	struct error *error)
{
	const struct credit_row *then = now->what_if;
	CLEANUP(str_free) struct str reasons = STR_INIT;
	CLEANUP(str_free) struct str reasons_then = STR_INIT;

	credit_reasons_write(now->settings, now->outcome, &reasons);
	credit_reasons_write(then->settings, then->outcome, &reasons_then);
	output_text(output, now->course->code);
	output_integer(output, now->person->row->registrant_id);
	output_text(output, now->person->name);
	output_text(output, now->person->row->email);
	output_text(output, now->person->row->external_id);
	output_text(output, change_words[change]);
	output_text(output, credit_decision_word(now->outcome->decision));
	output_text(output, credit_decision_word(then->outcome->decision));
	output_integer(output, now->outcome->credits_hundredths);
	output_integer(output, then->outcome->credits_hundredths);
	output_integer(output, whole_minutes(now->outcome->attended_s));
	output_integer(output, whole_minutes(then->outcome->attended_s));
	output_integer(output, now->outcome->percent_permille);
	output_integer(output, then->outcome->percent_permille);
	output_text(output, reasons.text);
	output_text(output, reasons_then.text);
	return output_row_end(output, error);
}

static enum status take_row(const struct credit_row *row, void *data, struct error *error)
{
	struct what_if *what_if = data;
	enum change change = change_of(row->outcome, row->what_if->outcome);

	what_if->counts[change]++;
	if (row->outcome->decision == CREDIT_ELIGIBLE)
		what_if->eligible++;
	if (row->what_if->outcome->decision == CREDIT_ELIGIBLE)
		what_if->what_if_eligible++;
	if (change == CHANGE_NONE && !what_if->is_of_one)
		return STATUS_OK;
	return put_row(what_if->context->output, row, change, error);
}

static void notice(void *data)
{
	const struct what_if *what_if = data;

	say_doors_wait(what_if->context);
}

enum status credit_put_what_if(struct context *context, const struct credit_report_options *options,
	struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;
	struct credit_report_options asked = *options;
	struct what_if what_if = {
		.context = context,
		.is_of_one = options->registrant_id != 0,
	};
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = take_row,
		.notice = notice,
		.data = &what_if,
	};

	enum status status = course_rule_read(context->options, &settings, error);
	asked.what_if = &settings.change;
	if (status == STATUS_OK)
		status = credit_report(context->db, &asked, &functions, error);
	if (status != STATUS_OK)
		return status;
	end(&what_if);
	return what_if.is_of_one && what_if.what_if_eligible == 0 ? STATUS_NO : STATUS_OK;
}

/* --- Usage --- */

/* The first option of a rule that was given, or NULL. */
static const char *find_rule(const struct options *options)
{
	for (const struct option *option = &course_options[COURSE_RULE_FIRST];
		option->kind != OPTION_END; option++)
		if (options_given(options, option->name))
			return option->name;
	return NULL;
}

enum status credit_what_if_check(const struct context *context, struct error *error)
{
	CLEANUP(course_settings_free) struct course_settings settings = COURSE_SETTINGS_INIT;
	bool is_asked = options_flag(context->options, "what-if");
	const char *rule = find_rule(context->options);

	if (is_asked && rule == NULL) {
		(void)error_set(error, STATUS_USAGE, "--what-if: no rule is named");
		return error_hint(error, "for example: --what-if --min-percent 75");
	}
	if (!is_asked && rule != NULL) {
		(void)error_set(error, STATUS_USAGE,
			"--%s is of another rule: --what-if is missing", rule);
		return error_hint(error, "to change the rule itself: regtool course set %s --%s …",
			options_text(context->options, "course"), rule);
	}
	return course_rule_read(context->options, &settings, error);
}

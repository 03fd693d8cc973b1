/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/credit_report.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cmd/commands.h"
#include "cmd/course_options.h"
#include "cmd/course_rows.h"
#include "cmd/credit_explain.h"
#include "cmd/credit_page.h"
#include "cmd/credit_rows.h"
#include "cmd/credit_since.h"
#include "cmd/credit_what_if.h"
#include "cmd/waiting.h"
#include "core/registrant.h"
#include "util/memory.h"

#include <stdio.h>
#include <string.h>

static const char *const decisions[] = { "eligible", "not-eligible", "pending", NULL };
static const char *const excludes_all[] = { "all", NULL };
static const char *const excludes_since[] = { "all", "for", "decision", "explain", NULL };
static const char *const excludes_what_if[] = { "decision", "explain", "since-award", NULL };
static const char *const excludes_for[] = { "for", NULL };

static const struct option report_options[] = {
	{ .kind = OPTION_TEXT, .name = "course", .value = "CODE", .help = "the course (needed)" },
	{ .kind = OPTION_TEXT,
		.name = "for",
		.value = "WHO",
		.help = "only this person, enrolled or not; exit status 0: eligible, 1: not",
		.excludes = excludes_all },
	{ .kind = OPTION_TIME,
		.name = "as-of",
		.value = "TIME",
		.help = "as things stood then; later scans are not looked at (default: now)" },
	{ .kind = OPTION_CHOICE,
		.name = "decision",
		.value = "eligible|not-eligible|pending",
		.help = "only those about whom it is this",
		.choices = decisions },
	{ .kind = OPTION_FLAG,
		.name = "explain",
		.help = "show the evidence: each stay, what of it counts, what is still needed" },
	{ .kind = OPTION_FLAG,
		.name = "all",
		.help = "every registrant, enrolled or not",
		.excludes = excludes_for },
	{ .kind = OPTION_FLAG,
		.name = "since-award",
		.help = "only what is other now than in the course's last award",
		.excludes = excludes_since },
	{ .kind = OPTION_FLAG,
		.name = "what-if",
		.help = "only those whose decision or credits another rule would change; it is "
			"stored nowhere",
		.excludes = excludes_what_if },
	{ .kind = OPTION_END },
};

static const char result_format[] = "epfl";
static const char *const more_formats[] = { result_format, NULL };

static const struct column head_columns[] = {
	{ .key = "as_of", .kind = COLUMN_TIME },
	{ .key = "log_head", .kind = COLUMN_CODE },
};
#define HEAD_COLUMN_COUNT (sizeof head_columns / sizeof head_columns[0])

struct report {
	struct context *context;
	struct output *output;
	struct progress *progress;
	int64_t looked_at;
	bool is_result_list;
	bool is_json;
	bool is_table;
	bool is_explained;
	bool is_begun;
	bool has_pages; /* of evidence, in the place of rows */
	struct credit_page page;
	char log_head[CREDIT_LOG_HEAD_SIZE]; /* the page's */
	int64_t counts[CREDIT_ELIGIBLE + 1]; /* of each decision */
	enum credit_decision decision;       /* of the person looked at last */
	const char *only;                    /* the decision asked for, or NULL */
};

/* --- The frame around the rows --- */

static void put_course(struct output *output, const struct credit_report_head *head)
{
	output_record_begin(output, "course", NULL, course_columns, COURSE_COLUMN_COUNT);
	course_put(output, head->course, head->enrolled);
	output_record_end(output);
}

static void begin(const struct credit_report_head *head, void *data)
{
	struct report *report = data;
	struct output *output = report->output;

	if (report->is_begun)
		output_restart(output);
	report->is_begun = true;
	report->looked_at = 0;
	memset(report->counts, 0, sizeof report->counts);
	if (report->is_result_list) {
		output_list_begin(output, NULL, NULL, credit_result_columns,
			CREDIT_RESULT_COLUMN_COUNT);
		return;
	}
	if (report->is_json) {
		output_record_begin(output, NULL, NULL, head_columns, HEAD_COLUMN_COUNT);
		output_time(output, head->as_of_s);
		output_text(output, head->log_head);
		put_course(output, head);
		output_list_begin(output, "rows", NULL, credit_columns, CREDIT_COLUMN_COUNT);
		return;
	}
	(void)snprintf(report->log_head, sizeof report->log_head, "%s", head->log_head);
	if (report->is_table && !report->page.is_alone)
		credit_say_head(output, report->context->zone, head);
	if (!report->has_pages)
		output_list_begin(output, NULL, NULL, credit_columns, CREDIT_COLUMN_COUNT);
}

static void say_counts(const struct report *report)
{
	const int64_t *counts = report->counts;

	output_words(report->output, "%lld eligible, %lld not eligible, %lld pending",
		(long long)counts[CREDIT_ELIGIBLE], (long long)counts[CREDIT_NOT_ELIGIBLE],
		(long long)counts[CREDIT_PENDING]);
}

static void end(const struct report *report)
{
	if (!report->has_pages)
		output_list_end(report->output);
	if (report->is_json)
		output_record_end(report->output);
	if (report->has_pages && !report->page.is_alone)
		output_words(report->output, "%s", "");
	if (report->is_table && !report->page.is_alone)
		say_counts(report);
}

/* --- Rows --- */

static enum status put_row(const struct credit_row *row, void *data, struct error *error)
{
	struct report *report = data;
	enum status status = STATUS_OK;

	progress_update(report->progress, ++report->looked_at);
	report->decision = row->outcome->decision;
	if (report->only != NULL &&
		strcmp(credit_decision_word(row->outcome->decision), report->only) != 0)
		return STATUS_OK;
	report->counts[row->outcome->decision]++;
	if (report->is_result_list) {
		if (!credit_has_result(row))
			return STATUS_OK;
		credit_put_result(report->output, row);
		return output_row_end(report->output, error);
	}
	if (report->has_pages)
		return credit_page_put(&report->page, row, error);
	status = credit_put(report->output, row, error);
	if (status == STATUS_OK && report->is_json && report->is_explained)
		status = credit_explain_nested(report->output, row, error);
	if (status == STATUS_OK)
		status = output_row_end(report->output, error);
	return status;
}

/* --- The command --- */

static void notice(void *data)
{
	const struct report *report = data;

	say_doors_wait(report->context);
}

static enum status read_options(const struct context *context, struct credit_report_options *asked,
	struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	const char *who = options_text(context->options, "for");
	const char *as_of = options_text(context->options, "as-of");
	enum status status = STATUS_OK;

	asked->event = context->event;
	asked->course = options_text(context->options, "course");
	asked->as_of_s = context->now_s(context);
	asked->lists_all = options_flag(context->options, "all");
	if (as_of != NULL) {
		status = time_parse(context->zone, as_of, &asked->as_of_s, error);
		if (status != STATUS_OK)
			return error_prefix(error, "--as-of");
	}
	if (who != NULL) {
		status = registrant_find(context->db, context->event->id, who, &registrant, error);
		if (status == STATUS_OK)
			asked->registrant_id = registrant->id;
	}
	return status;
}

static enum status check(struct context *context, struct error *error)
{
	bool is_what_if = options_flag(context->options, "what-if");

	if (!options_given(context->options, "course")) {
		(void)error_set(error, STATUS_USAGE, "--course is missing");
		return error_hint(error, "name one that 'regtool course list' shows");
	}
	if (is_what_if && strcmp(context->format_name, result_format) == 0) {
		(void)error_set(error, STATUS_USAGE,
			"the format '%s' is the course's result, and no '--what-if'",
			result_format);
		return error_hint(error, "-f csv has what another rule would change");
	}
	return credit_what_if_check(context, error);
}

static enum status run(struct context *context, struct error *error)
{
	CLEANUP(progress_endp)
	struct progress *progress = progress_begin(context->is_progress_wanted, "people", -1);
	struct credit_report_options asked = { .event = NULL };
	bool is_result_list = strcmp(context->format_name, result_format) == 0;
	struct report report = {
		.context = context,
		.output = context->output,
		.progress = progress,
		.is_result_list = is_result_list,
		.is_json = output_is_json(context->output),
		.is_table = context->format == FORMAT_TABLE,
		.is_explained = options_flag(context->options, "explain"),
		.has_pages = context->format == FORMAT_TABLE &&
			     options_flag(context->options, "explain"),
		.decision = CREDIT_NOT_ELIGIBLE,
		.only = options_text(context->options, "decision"),
	};
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = notice,
		.data = &report,
	};

	report.page = (struct credit_page){
		.output = context->output,
		.db = context->db,
		.event = context->event,
		.zone = context->zone,
		.log_head = report.log_head,
		.is_unicode = terminal_shows_utf8(),
		.is_alone = report.has_pages && options_given(context->options, "for"),
	};
	enum status status = read_options(context, &asked, error);
	if (status == STATUS_OK && options_flag(context->options, "since-award"))
		return credit_put_since_award(context, &asked, error);
	if (status == STATUS_OK && options_flag(context->options, "what-if"))
		return credit_put_what_if(context, &asked, error);
	if (status == STATUS_OK)
		status = credit_report(context->db, &asked, &functions, error);
	if (status != STATUS_OK)
		return status;
	end(&report);
	if (asked.registrant_id != 0 && report.decision != CREDIT_ELIGIBLE)
		return STATUS_NO;
	return STATUS_OK;
}

const struct command cmd_credit_report = {
	.name = "credit-report",
	.summary = "who gets a course's credit, and why or why not",
	.arguments = "",
	.group = GROUP_CREDIT,
	.needs = NEEDS_DB_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = report_options,
	.more_options = &course_options[COURSE_RULE_FIRST],
	.more_options_title = "Another rule, with --what-if",
	.min_arguments = 0,
	.max_arguments = 0,
	.more_formats = more_formats,
	.check = check,
	.run = run,
};

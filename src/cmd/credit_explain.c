/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_explain.h"

#include "cmd/credit_rows.h"
#include "util/memory.h"
#include "util/str.h"

enum {
	MINUTE_S = 60,
	PERMILLE = 1000,
};

void credit_explain_duration(struct str *str, int64_t seconds)
{
	int64_t minutes = seconds / MINUTE_S;

	if (minutes > 0 || seconds == 0)
		str_addf(str, "%lld min", (long long)minutes);
	if (seconds % MINUTE_S != 0)
		str_addf(str, "%s%lld s", minutes > 0 ? " " : "", (long long)(seconds % MINUTE_S));
}

void credit_explain_percent(struct str *str, int64_t permille)
{
	str_addf(str, "%lld.%lld %%", (long long)(permille / 10), (long long)(permille % 10));
}

/* --- What was not counted --- */

static void add_loss(struct str *str, int64_t seconds, const char *why)
{
	if (seconds == 0)
		return;
	if (str->length > 0)
		str_add(str, ", ");
	credit_explain_duration(str, seconds);
	str_addf(str, " %s", why);
}

void credit_explain_losses(const struct credit_evidence *evidence, struct str *ret)
{
	str_clear(ret);
	add_loss(ret, evidence->before_s, "before the start");
	add_loss(ret, evidence->break_s, "break");
	add_loss(ret, evidence->no_credit_s, "without credit");
	add_loss(ret, evidence->closed_s, "closed to the roles");
	add_loss(ret, evidence->after_s, "after the end");
	add_loss(ret, evidence->double_s, "counted already");
	add_loss(ret, evidence->no_exit_s, "without check-out");
	add_loss(ret, evidence->later_s, "after the time of the report");
}

const char *credit_explain_source(enum presence_source source)
{
	static const char *const words[] = {
		[PRESENCE_DOOR] = "door",
		[PRESENCE_ONLINE] = "online",
		[PRESENCE_MANUAL] = "manual",
	};

	return words[source];
}

static const char *end_word(enum presence_end end)
{
	static const char *const words[] = {
		[PRESENCE_OPEN] = "open",
		[PRESENCE_OUT] = "check-out",
		[PRESENCE_MOVED] = "moved",
		[PRESENCE_STATED] = "stated",
	};

	return words[end];
}

/* --- What would still be needed --- */

static void write_session_need(const struct credit_row *row, size_t index, struct str *ret)
{
	const struct credit_session *session = &row->outcome->plan->sessions[index];

	str_addf(ret, "session %s: ", row->programme->sessions[index].code);
	credit_explain_percent(ret, row->course->session_percent_permille);
	str_add(ret, " of ");
	credit_explain_duration(ret, session->countable_s);
	str_add(ret, "; was there ");
	credit_explain_duration(ret, session->attended_s);
}

static void write_person_need(const struct credit_row *row, enum credit_reason_kind kind,
	struct str *ret)
{
	if (kind == CREDIT_NOT_ENROLLED)
		str_add(ret, "to be enrolled in the course");
	else if (kind == CREDIT_ROLE)
		str_addf(ret, "one of the roles %s", row->course->roles);
	else
		str_add(ret, "a registration that is not cancelled");
}

/* "report: pass, due 2022-03-31; so far no result" */
static void write_requirement_need(const struct credit_row *row, size_t index, struct str *ret)
{
	const struct course_requirement *requirement = &row->course->requirements[index];
	const char *result = mark_result_word(row->asked->results[index]);

	str_addf(ret, "%s: pass", requirement->name);
	if (requirement->has_due) {
		str_add(ret, ", due ");
		date_write(requirement->due_day, ret);
	}
	str_addf(ret, "; so far %s", result != NULL ? result : "no result");
}

static void write_percent_need(const struct credit_row *row, int64_t minutes, struct str *ret)
{
	const struct credit_plan *plan = row->outcome->plan;
	int64_t wanted = course_min_percent_permille(row->course);
	int64_t missing = (plan->arrivals_total * wanted + PERMILLE - 1) / PERMILLE;

	if (!credit_plan_is_of_arrivals(plan)) {
		str_addf(ret, "%lld more minute%s, for ", (long long)minutes,
			minutes == 1 ? "" : "s");
		credit_explain_percent(ret, wanted);
		str_addf(ret, " of %lld", (long long)whole_minutes(row->outcome->total_s));
		return;
	}
	for (size_t i = 0; i < plan->session_count; i++)
		if (plan->sessions[i].is_arrival && plan->sessions[i].is_attended)
			missing--;
	str_addf(ret, "to arrive at %lld more event%s, for ", (long long)missing,
		missing == 1 ? "" : "s");
	credit_explain_percent(ret, wanted);
	str_addf(ret, " of %lld", (long long)plan->arrivals_total);
}

void credit_explain_need(const struct credit_row *row, const struct credit_reason *reason,
	struct str *ret)
{
	long long number = (long long)reason->number;

	str_clear(ret);
	switch (reason->kind) {
	case CREDIT_GRANTED:
	case CREDIT_DENIED:
		str_addf(ret, "nothing: it was %s by hand%s%s",
			reason->kind == CREDIT_GRANTED ? "granted" : "denied",
			row->verdict_reason[0] != '\0' ? ": " : "", row->verdict_reason);
		break;
	case CREDIT_NOT_ENROLLED:
	case CREDIT_ROLE:
	case CREDIT_CANCELLED:
		write_person_need(row, reason->kind, ret);
		break;
	case CREDIT_MINUTES_SHORT:
		str_addf(ret, "%lld more of %lld minutes", number,
			(long long)row->course->min_minutes);
		break;
	case CREDIT_PERCENT_SHORT:
		write_percent_need(row, reason->number, ret);
		break;
	case CREDIT_SESSIONS_SHORT:
		str_addf(ret, "%lld more of %lld sessions", number,
			(long long)row->course->min_sessions);
		break;
	case CREDIT_MISSING_SESSION:
		write_session_need(row, reason->session, ret);
		break;
	case CREDIT_MISSING_DAY:
		str_add(ret, "a session on ");
		date_write(reason->day, ret);
		break;
	case CREDIT_NO_EXIT:
		str_addf(ret, "a check-out from session %s",
			row->programme->sessions[reason->session].code);
		break;
	case CREDIT_REQUIREMENT_MISSING:
	case CREDIT_REQUIREMENT_FAILED:
		write_requirement_need(row, reason->requirement, ret);
		break;
	case CREDIT_SESSIONS_AHEAD:
		str_addf(ret, "%lld session%s not yet over", number, number == 1 ? "" : "s");
		break;
	}
}

bool credit_explain_has(const struct credit_session *session)
{
	return session->is_counted || session->is_required;
}

/* --- Nested --- */

static const struct column session_columns[] = {
	{ .key = "session", .kind = COLUMN_TEXT },
	{ .key = "counted", .kind = COLUMN_BOOLEAN },
	{ .key = "required", .kind = COLUMN_BOOLEAN },
	{ .key = "attended", .kind = COLUMN_BOOLEAN },
	{ .key = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "session_minutes", .kind = COLUMN_INTEGER },
};
static const struct column interval_columns[] = {
	{ .key = "from", .kind = COLUMN_TIME },
	{ .key = "to", .kind = COLUMN_TIME },
	{ .key = "end", .kind = COLUMN_CODE },
	{ .key = "source", .kind = COLUMN_CODE },
	{ .key = "from_scan", .kind = COLUMN_INTEGER },
	{ .key = "to_scan", .kind = COLUMN_INTEGER },
	{ .key = "counted_seconds", .kind = COLUMN_INTEGER },
	{ .key = "not_counted", .kind = COLUMN_TEXT },
};
static const struct column need_columns[] = {
	{ .key = "reason", .kind = COLUMN_TEXT },
	{ .key = "needed", .kind = COLUMN_TEXT },
};
#define COUNT_OF(columns) (sizeof(columns) / sizeof(columns)[0])

struct nested {
	struct output *output;
	enum status status;
	struct error *error;
};

static void end_row(struct nested *nested)
{
	if (nested->status == STATUS_OK)
		nested->status = output_row_end(nested->output, nested->error);
}

static void put_interval(const struct credit_evidence *evidence, void *data)
{
	struct nested *nested = data;
	struct output *output = nested->output;
	const struct presence_interval *interval = evidence->interval;
	CLEANUP(str_free) struct str losses = STR_INIT;

	if (nested->status != STATUS_OK)
		return;
	output_time(output, interval->from_s);
	if (interval->end == PRESENCE_OPEN)
		output_null(output);
	else
		output_time(output, interval->to_s);
	output_text(output, end_word(interval->end));
	output_text(output, credit_explain_source(interval->source));
	output_integer(output, interval->from_scan_id);
	if (interval->to_scan_id != 0)
		output_integer(output, interval->to_scan_id);
	else
		output_null(output);
	output_integer(output, evidence->counted_s);
	credit_explain_losses(evidence, &losses);
	output_text(output, losses.length > 0 ? losses.text : NULL);
	end_row(nested);
}

static void put_session(struct nested *nested, const struct credit_row *row, size_t index)
{
	const struct credit_session *session = &row->outcome->plan->sessions[index];
	struct output *output = nested->output;

	output_text(output, row->programme->sessions[index].code);
	output_boolean(output, session->is_counted);
	output_boolean(output, session->is_required);
	output_boolean(output, session->is_attended);
	output_integer(output, whole_minutes(session->attended_s));
	output_integer(output, whole_minutes(session->countable_s));
	output_list_begin(output, "intervals", NULL, interval_columns, COUNT_OF(interval_columns));
	credit_evidence_of_session(row->settings, row->asked, row->outcome, index, put_interval,
		nested);
	output_list_end(output);
	end_row(nested);
}

enum status credit_explain_nested(struct output *output, const struct credit_row *row,
	struct error *error)
{
	const struct credit_plan *plan = row->outcome->plan;
	struct nested nested = { .output = output, .status = STATUS_OK, .error = error };
	CLEANUP(str_free) struct str text = STR_INIT;

	output_list_begin(output, "evidence", NULL, session_columns, COUNT_OF(session_columns));
	for (size_t i = 0; i < plan->session_count && nested.status == STATUS_OK; i++)
		if (credit_explain_has(&plan->sessions[i]))
			put_session(&nested, row, i);
	output_list_end(output);
	output_list_begin(output, "needed", NULL, need_columns, COUNT_OF(need_columns));
	for (size_t i = 0; i < row->outcome->reason_count && nested.status == STATUS_OK; i++) {
		str_clear(&text);
		credit_reason_write(row->settings, &row->outcome->reasons[i], &text);
		output_text(output, text.text);
		credit_explain_need(row, &row->outcome->reasons[i], &text);
		output_text(output, text.text);
		end_row(&nested);
	}
	output_list_end(output);
	return nested.status;
}

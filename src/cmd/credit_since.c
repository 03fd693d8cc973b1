/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/credit_since.h"

#include "cmd/credit_rows.h"
#include "cmd/waiting.h"
#include "core/award.h"
#include "core/registrant.h"
#include "util/memory.h"

#include <string.h>

static const struct column columns[] = {
	{ .key = "course", .kind = COLUMN_TEXT },
	{ .key = "award", .kind = COLUMN_INTEGER },
	{ .key = "certificate", .title = "certificate", .kind = COLUMN_INTEGER },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "email", .kind = COLUMN_TEXT },
	{ .key = "external_id", .kind = COLUMN_TEXT },
	{ .key = "awarded_decision", .title = "awarded", .kind = COLUMN_CODE },
	{ .key = "decision", .title = "now", .kind = COLUMN_CODE },
	{ .key = "awarded_credits", .title = "credits", .kind = COLUMN_HUNDREDTHS },
	{ .key = "credits", .title = "now", .kind = COLUMN_HUNDREDTHS },
	{ .key = "awarded_minutes", .title = "minutes", .kind = COLUMN_INTEGER },
	{ .key = "minutes_attended", .title = "now", .kind = COLUMN_INTEGER },
	{ .key = "awarded_reasons", .kind = COLUMN_SET },
	{ .key = "reasons", .title = "reasons now", .kind = COLUMN_SET },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

struct since {
	struct context *context;
	const char *course;
	struct award *award;
	int64_t last; /* the registrant read last */
	int64_t differences;
	bool is_begun;
	/* Of the row at hand; NULL: no longer listed. */
	const struct credit_row *now;
	bool was_awarded;
	struct error failure;
};

static void begin(const struct credit_report_head *head, void *data)
{
	struct since *since = data;
	struct context *context = since->context;

	if (since->is_begun)
		output_restart(context->output);
	since->is_begun = true;
	since->last = 0;
	since->differences = 0;
	award_freep(&since->award);
	error_clear(&since->failure);
	credit_say_head(context->output, context->zone, head);
	if (award_find(context->db, head->course, 0, &since->award, &since->failure) == STATUS_OK)
		output_list_begin(context->output, NULL, NULL, columns, COLUMN_COUNT);
}

static bool is_same(const struct award_decision *then, const struct credit_outcome *now)
{
	return strcmp(then->decision, credit_decision_word(now->decision)) == 0 &&
	       then->credits_hundredths == now->credits_hundredths &&
	       then->attended_s == now->attended_s;
}

/* What is not there is empty: nobody then, or nobody now. */
static void put_then(struct output *output, const struct award_decision *then)
{
	if (then == NULL) {
		output_null(output);
		return;
	}
	output_text(output, then->decision);
}

static enum status put_row(struct since *since, const struct award_decision *then,
	struct error *error)
{
	struct output *output = since->context->output;
	const struct credit_row *now = since->now;
	CLEANUP(str_free) struct str reasons = STR_INIT;

	since->differences++;
	if (now != NULL)
		credit_reasons_write(now->settings, now->outcome, &reasons);
	put_then(output, then);
	output_text(output, now != NULL ? credit_decision_word(now->outcome->decision) : NULL);
	if (then != NULL)
		output_integer(output, then->credits_hundredths);
	else
		output_null(output);
	if (now != NULL)
		output_integer(output, now->outcome->credits_hundredths);
	else
		output_null(output);
	if (then != NULL)
		output_integer(output, whole_minutes(then->attended_s));
	else
		output_null(output);
	if (now != NULL)
		output_integer(output, whole_minutes(now->outcome->attended_s));
	else
		output_null(output);
	output_text(output, then != NULL ? then->reasons : "");
	output_text(output, reasons.text);
	return output_row_end(output, error);
}

static void put_who(const struct since *since, const struct award_decision *then,
	int64_t registrant_id, const struct registrant_row *names)
{
	struct output *output = since->context->output;

	output_text(output, since->course);
	output_integer(output, since->award->row.number);
	if (then != NULL && then->certificate != 0)
		output_integer(output, then->certificate);
	else
		output_null(output);
	output_integer(output, registrant_id);
	output_text(output, registrant_name_of(names));
	output_text(output, names->email);
	output_text(output, names->external_id);
}

/* Somebody of the award whom the course lists no more. */
static enum status put_dropped(const struct award_decision *then, void *data, struct error *error)
{
	struct since *since = data;
	const struct registrant_row names = {
		.name = then->name,
		.email = then->email,
		.external_id = then->external_id,
		.is_erased = then->is_erased,
	};

	since->now = NULL;
	put_who(since, then, then->registrant_id, &names);
	return put_row(since, then, error);
}

static enum status put_dropped_before(struct since *since, int64_t registrant_id,
	struct error *error)
{
	const struct award_range range = {
		.award_id = since->award->row.award_id,
		.after = since->last,
		.before = registrant_id,
	};

	return award_store_between(since->context->db, &range, put_dropped, since, error);
}

static void put_listed(const struct since *since, const struct award_decision *then)
{
	const struct roll_row *person = since->now->person->row;
	const struct registrant_row names = {
		.name = person->name,
		.email = person->email,
		.external_id = person->external_id,
		.is_erased = person->is_erased,
	};

	put_who(since, then, person->registrant_id, &names);
}

static enum status compare(const struct award_decision *then, void *data, struct error *error)
{
	struct since *since = data;

	since->was_awarded = true;
	if (is_same(then, since->now->outcome))
		return STATUS_OK;
	put_listed(since, then);
	return put_row(since, then, error);
}

static enum status take_row(const struct credit_row *row, void *data, struct error *error)
{
	struct since *since = data;
	int64_t registrant_id = row->person->row->registrant_id;

	if (since->failure.status != STATUS_OK) {
		*error = since->failure;
		return error->status;
	}
	enum status status = put_dropped_before(since, registrant_id, error);
	since->last = registrant_id;
	since->now = row;
	since->was_awarded = false;
	if (status == STATUS_OK)
		status = award_store_decision(since->context->db, since->award->row.award_id,
			registrant_id, compare, since, error);
	if (status == STATUS_OK && !since->was_awarded) {
		put_listed(since, NULL);
		status = put_row(since, NULL, error);
	}
	return status;
}

static void notice(void *data)
{
	const struct since *since = data;

	say_doors_wait(since->context);
}

enum status credit_put_since_award(struct context *context,
	const struct credit_report_options *options, struct error *error)
{
	struct since since = { .context = context, .course = options->course };
	const struct credit_report_functions functions = {
		.begin = begin,
		.row = take_row,
		.notice = notice,
		.data = &since,
	};

	enum status status = credit_report(context->db, options, &functions, error);
	if (status == STATUS_OK && since.failure.status != STATUS_OK) {
		*error = since.failure;
		status = error->status;
	}
	if (status == STATUS_OK)
		status = put_dropped_before(&since, INT64_MAX, error);
	if (status == STATUS_OK) {
		output_list_end(context->output);
		output_words(context->output, "%lld difference%s from award %lld",
			(long long)since.differences, since.differences == 1 ? "" : "s",
			(long long)since.award->row.number);
	}
	award_free(since.award);
	return status;
}

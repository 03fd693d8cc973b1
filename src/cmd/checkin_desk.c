/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/checkin_desk.h"

#include "cli/common_options.h"
#include "cli/station.h"
#include "cli/terminal.h"
#include "util/memory.h"
#include "util/str.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	GROUP_MS = 150, /* no other door waits longer for a group of ours */
};

static const struct column columns[] = {
	{ .key = "result", .title = "result", .kind = COLUMN_CODE },
	{ .key = "reason", .title = "reason", .kind = COLUMN_CODE },
	{ .key = "direction", .title = "direction", .kind = COLUMN_CODE, .may_be_left_out = true },
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER, .may_be_left_out = true },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "affiliation", .kind = COLUMN_TEXT },
	{ .key = "roles", .kind = COLUMN_SET },
	{ .key = "session", .title = "session", .kind = COLUMN_TEXT },
	{ .key = "session_title", .kind = COLUMN_TEXT },
	{ .key = "at", .title = "at", .kind = COLUMN_TIME, .may_be_left_out = true },
	{ .key = "first_at", .kind = COLUMN_TIME },
	{ .key = "station", .kind = COLUMN_TEXT },
	{ .key = "scan", .title = "scan", .kind = COLUMN_INTEGER, .may_be_left_out = true },
	{ .key = "forced", .kind = COLUMN_BOOLEAN },
	{ .key = "attention", .kind = COLUMN_TEXT },
	{ .key = "message", .title = "message", .kind = COLUMN_TEXT },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

struct desk {
	struct context *context;
	enum desk_answers answers;
	struct checkin *checkin;
	struct station *station;
	struct checkin_answer *waiting; /* answers of the group */
	size_t count;
	bool has_begun; /* the group's transaction */
	int64_t begun_ms;
	size_t admitted;
	size_t refused;
};

static int64_t clock_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- Groups --- */

enum status desk_open(struct context *context, enum desk_answers answers, bool is_dry_run,
	struct desk **ret_desk, struct error *error)
{
	CLEANUP(desk_closep) struct desk *desk = xcalloc(1, sizeof *desk);
	const struct checkin_settings settings = {
		.db = context->db,
		.event = context->event,
		.zone = context->zone,
		.actor = context->actor,
		.is_dry_run = is_dry_run,
	};

	desk->context = context;
	desk->answers = answers;
	desk->waiting = xcalloc(CHECKIN_GROUP_MAX, sizeof *desk->waiting);
	desk->checkin = checkin_open(&settings);
	if (answers == DESK_STATION) {
		const struct event *event = context->event;
		enum status status =
			station_open(*event->title != '\0' ? event->title : event->code,
				terminal_wants_color(STDOUT_FILENO, common_color(context->options)),
				&desk->station, error);
		if (status != STATUS_OK)
			return status;
	} else if (answers == DESK_ROWS) {
		output_stream(context->output);
		output_list_begin(context->output, NULL, NULL, columns, COLUMN_COUNT);
	}
	*ret_desk = desk;
	desk = NULL;
	return STATUS_OK;
}

void desk_closep(struct desk **handle)
{
	struct desk *desk = *handle;

	*handle = NULL;
	if (desk == NULL)
		return;
	for (size_t i = 0; i < desk->count; i++)
		checkin_answer_free(&desk->waiting[i]);
	free(desk->waiting);
	station_close(desk->station);
	checkin_close(desk->checkin);
	free(desk);
}

static enum status record_once(struct desk *desk, const struct checkin_request *request,
	struct error *error)
{
	const struct context *context = desk->context;
	enum status status = STATUS_OK;

	if (!desk->has_begun) {
		status = checkin_begin(desk->checkin, context->now_s(context), error);
		desk->begun_ms = clock_ms();
		desk->has_begun = status == STATUS_OK;
	}
	if (status == STATUS_OK)
		status = checkin_record(desk->checkin, request, &desk->waiting[desk->count], error);
	if (status == STATUS_OK)
		desk->count++;
	return status;
}

/* Nobody else waits meanwhile. A clock that stands still is not waited for. */
static enum status wait_for_next_second(struct desk *desk, struct checkin_request *request,
	struct error *error)
{
	const struct context *context = desk->context;
	const struct timespec pause = { .tv_nsec = 10 * 1000000L };

	enum status status = desk_answer(desk, error);
	if (context->is_now_fixed)
		request->is_now = false;
	while (status == STATUS_OK && request->is_now && context->now_s(context) == request->at_s)
		(void)nanosleep(&pause, NULL);
	if (request->is_now)
		request->at_s = context->now_s(context);
	return status;
}

enum status desk_record(struct desk *desk, const struct checkin_request *request,
	struct error *error)
{
	struct checkin_request again = *request;

	enum status status = record_once(desk, &again, error);
	while (status == STATUS_OK && desk->waiting[desk->count - 1].must_wait) {
		checkin_answer_free(&desk->waiting[--desk->count]);
		status = wait_for_next_second(desk, &again, error);
		if (status == STATUS_OK)
			status = record_once(desk, &again, error);
	}
	return status;
}

void desk_refuse_line(struct desk *desk, const char *problem, const struct checkin_request *about)
{
	desk->waiting[desk->count++] = checkin_bad_line(problem, about->is_out, about->station);
}

bool desk_is_full(const struct desk *desk)
{
	return desk->count == CHECKIN_GROUP_MAX ||
	       (desk->has_begun && clock_ms() - desk->begun_ms >= GROUP_MS);
}

/* --- Answers --- */

/* Absent where it is empty. */
static void put_text(struct output *output, const char *text_or_null)
{
	bool is_there = text_or_null != NULL && *text_or_null != '\0';

	output_text(output, is_there ? text_or_null : NULL);
}

static void put_time(struct output *output, bool is_there, int64_t at_s)
{
	if (is_there)
		output_time(output, at_s);
	else
		output_null(output);
}

static void put_number(struct output *output, int64_t number)
{
	if (number != 0)
		output_integer(output, number);
	else
		output_null(output);
}

static const char *result_word(const struct checkin_answer *answer)
{
	return answer->is_admitted ? "admitted" : "refused";
}

static const char *attention_of(const struct checkin_answer *answer)
{
	return answer->registrant != NULL && *answer->registrant->note != '\0'
		       ? answer->registrant->note
		       : NULL;
}

static enum status put_row(struct output *output, const struct checkin_answer *answer,
	const char *message, struct error *error)
{
	const struct registrant *registrant = answer->registrant;

	output_text(output, result_word(answer));
	output_text(output, checkin_reason_entry(answer->reason)->code);
	output_text(output, answer->is_out ? "out" : "in");
	put_number(output, registrant != NULL ? registrant->id : 0);
	put_text(output, registrant != NULL ? registrant_display_name(registrant) : NULL);
	put_text(output, registrant != NULL ? registrant->affiliation : NULL);
	output_text(output, registrant != NULL ? registrant->roles : NULL);
	put_text(output, answer->session);
	put_text(output, answer->session_title);
	put_time(output, answer->has_at, answer->at_s);
	put_time(output, answer->has_first, answer->first_s);
	put_text(output, answer->station);
	put_number(output, answer->scan_id);
	output_boolean(output, answer->is_forced);
	put_text(output, attention_of(answer));
	output_text(output, message);
	return output_row_end(output, error);
}

static enum status show_card(struct desk *desk, const struct checkin_answer *answer,
	const char *message, struct error *error)
{
	CLEANUP(str_free) struct str headline = STR_INIT;
	CLEANUP(str_free) struct str place = STR_INIT;

	if (answer->is_admitted)
		str_add(&headline, registrant_display_name(answer->registrant));
	else
		str_add(&headline, checkin_reason_entry(answer->reason)->code);
	for (char *c = headline.text; !answer->is_admitted && *c != '\0'; c++)
		if (*c == '-')
			*c = ' ';
	if (answer->session != NULL)
		str_addf(&place, "%s  %s", answer->session, answer->session_title);
	return station_show(desk->station,
		&(struct station_card){
			.is_good = answer->is_admitted,
			.headline = headline.text,
			.message = message,
			.place = answer->session != NULL ? place.text : NULL,
			.attention = attention_of(answer),
		},
		error);
}

static enum status give(struct desk *desk, const struct checkin_answer *answer, struct error *error)
{
	CLEANUP(str_free) struct str message = STR_INIT;
	const char *code = checkin_reason_entry(answer->reason)->code;
	const char *session = answer->session != NULL ? answer->session : "";

	checkin_sentence(answer, desk->context->zone, &message);
	switch (desk->answers) {
	case DESK_STATION:
		return show_card(desk, answer, message.text, error);
	case DESK_LINES:
		return output_words_now(desk->context->output, error, "%-8s  %-17s  %s",
			result_word(answer), answer->is_admitted ? session : code, message.text);
	case DESK_ROWS:
		break;
	}
	return put_row(desk->context->output, answer, message.text, error);
}

enum status desk_answer(struct desk *desk, struct error *error)
{
	enum status status = STATUS_OK;

	if (desk->has_begun) {
		status = checkin_commit(desk->checkin, error);
		desk->has_begun = false;
	}
	for (size_t i = 0; i < desk->count; i++) {
		struct checkin_answer *answer = &desk->waiting[i];
		if (status == STATUS_OK) {
			status = give(desk, answer, error);
			desk->context->has_result = status == STATUS_OK;
			if (checkin_reason_entry(
				    answer->is_admitted ? CHECKIN_NO_REASON : answer->reason)
					->status == STATUS_OK)
				desk->admitted++;
			else
				desk->refused++;
		}
		checkin_answer_free(answer);
	}
	desk->count = 0;
	return status;
}

enum status desk_finish(struct desk *desk)
{
	if (desk->answers == DESK_ROWS)
		output_list_end(desk->context->output);
	say_detail(desk->context->diagnostics, "%zu admitted, %zu refused", desk->admitted,
		desk->refused);
	return desk->refused > 0 ? STATUS_NO : STATUS_OK;
}

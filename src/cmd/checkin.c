/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "cmd/checkin_desk.h"
#include "cmd/commands.h"
#include "core/checkin_line.h"
#include "core/programme.h"
#include "core/registrant.h"
#include "util/line_stream.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 65536,
};

static const char *const not_with_arrival[] = { "arrival", NULL };

/* clang-format off */
#define COMMON_OPTIONS \
	{ .kind = OPTION_TEXT, .name = "station", .value = "NAME", \
		.help = "the door or desk (default: $REGTOOL_STATION)" }, \
	{ .kind = OPTION_TIME, .name = "at", .value = "TIME", \
		.help = "when it happened (default: now)" }, \
	{ .kind = OPTION_TEXT, .name = "nonce", .value = "ID", \
		.help = "the scan's own id: sent again, the first answer is given again" }, \
	{ .kind = OPTION_TEXT, .name = "who", .value = "WHO", \
		.help = "a person without a token, in the place of one" }, \
	{ .kind = OPTION_FLAG, .name = "force", \
		.help = "admit in spite of status, time, access and capacity; needs --reason" }, \
	{ .kind = OPTION_TEXT, .name = "reason", .value = "REASON", \
		.help = "why it is forced" }, \
	{ .kind = OPTION_FLAG, .name = "dry-run", \
		.help = "say what would happen, store nothing" }, \
	{ .kind = OPTION_END }

static const struct option checkin_options[] = {
	{ .kind = OPTION_TEXT, .name = "session", .value = "CODE",
		.help = "for this session (default: the one whose doors are open)",
		.excludes = not_with_arrival },
	{ .kind = OPTION_FLAG, .name = "arrival",
		.help = "the arrival at the event only, once a day" },
	COMMON_OPTIONS,
};

static const struct option checkout_options[] = {
	{ .kind = OPTION_TEXT, .name = "session", .value = "CODE",
		.help = "from this session (default: the one the person is in)" },
	COMMON_OPTIONS,
};
/* clang-format on */

/* --- What was asked for --- */

static bool is_checkout(const struct context *context)
{
	return context->command == &cmd_checkout;
}

/* Whether the scans come line by line from standard input. */
static bool reads_lines(const struct context *context)
{
	size_t count;
	const char *const *arguments = options_arguments(context->options, &count);

	return count == 1 && strcmp(arguments[0], "-") == 0;
}

static enum status check_arguments(const struct context *context, struct error *error)
{
	size_t count;
	const char *const *arguments = options_arguments(context->options, &count);
	bool has_who = options_given(context->options, "who");

	if (has_who && count > 0)
		return error_set(error, STATUS_USAGE,
			"--who stands in the place of a token: give one or the other");
	if (!has_who && count == 0) {
		(void)error_set(error, STATUS_USAGE, "no token is given");
		return error_hint(error,
			"give tokens, or '-' to read them from standard input, or --who WHO");
	}
	for (size_t i = 0; i < count && count > 1; i++)
		if (strcmp(arguments[i], "-") == 0)
			return error_set(error, STATUS_USAGE,
				"'-' (standard input) stands alone, without tokens");
	return STATUS_OK;
}

static enum status check(struct context *context, struct error *error)
{
	const struct options *options = context->options;
	const char *nonce = options_text(options, "nonce");
	const char *station = options_text(options, "station");
	size_t count;
	size_t at;

	(void)options_arguments(options, &count);
	enum status status = check_arguments(context, error);
	if (status != STATUS_OK)
		return status;
	if (nonce != NULL && (count > 1 || reads_lines(context)))
		return error_set(error, STATUS_USAGE, "--nonce is for one token only");
	if (nonce != NULL && !checkin_is_nonce(nonce))
		return error_set(error, STATUS_USAGE,
			"--nonce: '%s' is not 1 to 64 printable characters", nonce);
	if (station != NULL && text_has_control(station, strlen(station), "", &at))
		return error_set(error, STATUS_USAGE, "--station: has a control character");
	if (options_flag(options, "force") != options_given(options, "reason")) {
		(void)error_set(error, STATUS_USAGE, "--force and --reason go together");
		return error_hint(error,
			"who forces says why: --force --reason 'paid at the desk'");
	}
	return STATUS_OK;
}

/* What holds for every scan that does not say otherwise. Its time is filled in later. */
static struct checkin_request read_defaults(const struct context *context)
{
	const struct options *options = context->options;
	const char *station = options_text(options, "station");

	if (station == NULL)
		station = context->station;
	return (struct checkin_request){
		.who = options_text(options, "who"),
		.is_out = is_checkout(context),
		.is_arrival = !is_checkout(context) && options_flag(options, "arrival"),
		.session = options_text(options, "session"),
		.station = station != NULL ? station : "",
		.nonce = options_text(options, "nonce"),
		.force_reason = options_text(options, "reason"),
	};
}

/* What an option names must be there: in a line it would only be refused. */
static enum status check_names(const struct context *context, struct error *error)
{
	const char *code = options_text(context->options, "session");
	const char *who = options_text(context->options, "who");
	enum status status = STATUS_OK;

	if (code != NULL) {
		CLEANUP(programme_freep) struct programme *programme = NULL;
		const struct session *session;
		status = programme_load(context->db, context->event->id, &programme, error);
		if (status == STATUS_OK)
			status = programme_find_session(programme, code, &session, error);
	}
	if (status == STATUS_OK && who != NULL) {
		CLEANUP(registrant_freep) struct registrant *registrant = NULL;
		status = registrant_find(context->db, context->event->id, who, &registrant, error);
	}
	return status;
}

/* --- Scans --- */

static enum status take_tokens(struct desk *desk, const struct context *context,
	struct checkin_request request, struct error *error)
{
	size_t count;
	const char *const *arguments = options_arguments(context->options, &count);
	enum status status = STATUS_OK;

	if (count == 0)
		status = desk_record(desk, &request, error);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		if (strchr(arguments[i], '@') != NULL)
			say_notice(context->diagnostics,
				"'%s' is no token: a person without one is named with --who",
				arguments[i]);
		request.token = arguments[i];
		status = desk_record(desk, &request, error);
		if (status == STATUS_OK && desk_is_full(desk))
			status = desk_answer(desk, error);
	}
	return status == STATUS_OK ? desk_answer(desk, error) : status;
}

static enum status take_line(struct desk *desk, const struct context *context,
	const struct line_stream_line *text, const struct checkin_request *otherwise,
	struct error *error)
{
	CLEANUP(checkin_line_free) struct checkin_line line = CHECKIN_LINE_INIT;
	CLEANUP(str_free) struct str problem = STR_INIT;

	if (text->is_too_long)
		str_addf(&problem, "longer than %d bytes", LINE_MAX_BYTES);
	else if (checkin_line_is_empty(text->text, text->length))
		return STATUS_OK;
	else if (checkin_line_read(text->text, text->length, otherwise, context->zone, &line,
			 &problem))
		return desk_record(desk, &line.request, error);
	desk_refuse_line(desk, problem.text, otherwise);
	return STATUS_OK;
}

/* Lines that have arrived share a commit; nobody waits for a further one. */
static enum status take_lines(struct desk *desk, const struct context *context,
	struct checkin_request request, struct error *error)
{
	CLEANUP(line_stream_freep)
	struct line_stream *stream =
		line_stream_open(STDIN_FILENO, "standard input", LINE_MAX_BYTES);
	bool has_at = options_given(context->options, "at");
	enum line_stream_state state = LINE_STREAM_NONE;

	while (state != LINE_STREAM_END) {
		struct line_stream_line line;
		bool is_group_empty = state == LINE_STREAM_NONE;
		enum status status = line_stream_next(stream, is_group_empty, &state, &line, error);
		if (!has_at)
			request.at_s = context->now_s(context);
		if (status == STATUS_OK && state == LINE_STREAM_LINE)
			status = take_line(desk, context, &line, &request, error);
		if (status == STATUS_OK && (state != LINE_STREAM_LINE || desk_is_full(desk)))
			status = desk_answer(desk, error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum desk_answers how_to_answer(const struct context *context)
{
	if (!reads_lines(context) || context->format != FORMAT_TABLE)
		return DESK_ROWS;
	/* Who asks for a table has lines on a terminal too. */
	if (terminal_is(STDOUT_FILENO) && !context->is_format_given &&
		!options_given(context->options, "output"))
		return DESK_STATION;
	return DESK_LINES;
}

static enum status run(struct context *context, struct error *error)
{
	CLEANUP(desk_closep) struct desk *desk = NULL;
	struct checkin_request request = read_defaults(context);
	const char *at = options_text(context->options, "at");

	request.is_now = at == NULL;
	if (at == NULL)
		request.at_s = context->now_s(context);
	else if (time_parse(context->zone, at, &request.at_s, error) != STATUS_OK)
		return error_prefix(error, "--at");
	enum status status = check_names(context, error);
	if (status == STATUS_OK)
		status = desk_open(context, how_to_answer(context),
			options_flag(context->options, "dry-run"), &desk, error);
	if (status != STATUS_OK)
		return status;
	if (reads_lines(context))
		status = take_lines(desk, context, request, error);
	else
		status = take_tokens(desk, context, request, error);
	enum status answered = desk_finish(desk);
	return status == STATUS_OK ? answered : status;
}

const struct command cmd_checkin = {
	.name = "checkin",
	.summary = "check people in by their tokens",
	.arguments = "TOKEN...|-",
	.group = GROUP_DOOR,
	.needs = NEEDS_DB_WRITE | NEEDS_DRY_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = checkin_options,
	.min_arguments = 0,
	.max_arguments = -1,
	.has_no_sheet = true,
	.check = check,
	.run = run,
};

const struct command cmd_checkout = {
	.name = "checkout",
	.summary = "check people out by their tokens",
	.arguments = "TOKEN...|-",
	.group = GROUP_DOOR,
	.needs = NEEDS_DB_WRITE | NEEDS_DRY_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = checkout_options,
	.min_arguments = 0,
	.max_arguments = -1,
	.has_no_sheet = true,
	.check = check,
	.run = run,
};

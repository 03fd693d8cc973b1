/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_undo.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cmd/commands.h"
#include "cmd/common.h"
#include "cmd/seats_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/registrant.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	LONG_WAIT_ROWS = 50000, /* taken back under the lock: about a second */
};

static const struct option undo_options[] = {
	{ .kind = OPTION_TEXT, .name = "reason", .value = "REASON", .help = "why (needed)" },
	{ .kind = OPTION_FLAG,
		.name = "dry-run",
		.help = "do everything but write: tell what would come of it" },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "import_id", .title = "import", .kind = COLUMN_INTEGER },
	{ .key = "file", .title = "file", .kind = COLUMN_TEXT },
	{ .key = "dry_run", .title = "dry run", .kind = COLUMN_BOOLEAN },
	{ .key = "erased", .title = "registrants erased", .kind = COLUMN_INTEGER },
	{ .key = "cancelled", .title = "registrants cancelled", .kind = COLUMN_INTEGER },
	{ .key = "kept", .title = "registrants kept", .kind = COLUMN_INTEGER },
	{ .key = "restored", .title = "values restored", .kind = COLUMN_INTEGER },
	{ .key = "changed_since", .title = "values left", .kind = COLUMN_INTEGER },
	{ .key = "courses_empty", .title = "courses now empty", .kind = COLUMN_SET },
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const struct column left_columns[] = {
	{ .key = "registrant", .title = "no.", .kind = COLUMN_INTEGER },
	{ .key = "name", .title = "name", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "column", .title = "column", .kind = COLUMN_TEXT },
	{ .key = "value", .title = "is", .kind = COLUMN_TEXT, .may_shrink = true },
	{ .key = "reasons", .kind = COLUMN_SET },
	{ .key = "message", .title = "since", .kind = COLUMN_TEXT },
};
#define LEFT_COLUMN_COUNT (sizeof left_columns / sizeof left_columns[0])

/* One run. */
struct run {
	struct context *context;
	struct import_undo_request request;
	struct progress *progress;
	struct db *copy; /* of the database, for a dry run */
	bool is_dry;
	char *file;
	struct seats seats; /* who was given one */
};

/* --- Why something is left --- */

static const struct {
	const char *code;
	const char *before; /* what stands behind the colon */
	const char *after;
} sentences[] = {
	{ "awarded", "credit was awarded or refused", "" },
	{ "by-hand", "changed by hand", "" },
	{ "import:", "import ", " changed it" },
	{ "maybe-import:", "import ", " may have named it" },
	{ "merged", "made one with another", "" },
	{ "needed", "nothing else tells who it is", "" },
	{ "no-seat", "no seat is free: waits first of all", "" },
	{ "scans", "scans", "" },
	{ "status-by-hand", "status set by hand", "" },
	{ "taken:@", "@", " has it now" },
	{ "taken:", "somebody of another event has it now", "" },
};

static void add_sentence(const char *reason, struct str *ret)
{
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
		size_t length = strlen(sentences[i].code);
		if (strncmp(reason, sentences[i].code, length) != 0)
			continue;
		str_addf(ret, "%s%s%s%s", ret->length > 0 ? ", " : "", sentences[i].before,
			reason + length, sentences[i].after);
		return;
	}
}

static void write_message(const char *reasons, struct str *ret)
{
	const char *word;
	size_t length;

	while (text_set_next(&reasons, &word, &length)) {
		CLEANUP(memory_free_text) char *reason = xstrndup(word, length);
		add_sentence(reason, ret);
	}
}

/* --- The result --- */

static void begin(const struct import_row *import, void *data)
{
	struct run *run = data;

	run->file = xstrdup(import->name);
	if (!run->is_dry && import->added + import->updated >= LONG_WAIT_ROWS)
		say_notice(run->context->diagnostics,
			"check-ins wait while import %lld of %lld rows is taken back",
			(long long)import->import_id, (long long)import->rows);
	run->progress = progress_begin(run->context->is_progress_wanted, "taken back", -1);
}

static void tell_progress(int64_t done, void *data)
{
	const struct run *run = data;

	progress_update(run->progress, done);
}

/* Those who were given a seat are told when all is written. */
static void keep_seats(struct run *run, const struct seats *seats)
{
	run->seats = *seats;
	run->seats.promoted = NULL;
	if (seats->promoted_count == 0)
		return;
	run->seats.promoted = xcalloc(seats->promoted_count, sizeof *seats->promoted);
	memcpy(run->seats.promoted, seats->promoted,
		seats->promoted_count * sizeof *seats->promoted);
}

static enum status put_counts(const struct import_undo_counts *counts, const struct seats *seats,
	void *data, struct error *error)
{
	struct run *run = data;
	struct output *output = run->context->output;

	keep_seats(run, seats);
	output_record_begin(output, NULL, NULL, columns, COLUMN_COUNT);
	output_integer(output, run->request.import_id);
	output_text(output, run->file);
	output_boolean(output, run->is_dry);
	output_integer(output, counts->erased);
	output_integer(output, counts->cancelled);
	output_integer(output, counts->kept);
	output_integer(output, counts->restored);
	output_integer(output, counts->changed_since);
	output_text(output, counts->courses_empty);
	enum status status = seats_put_promoted(run->context, seats, error);
	output_list_begin(output, "left", "What is left", left_columns, LEFT_COLUMN_COUNT);
	return status;
}

static enum status put_left(const struct undo_left *left, void *data, struct error *error)
{
	const struct run *run = data;
	struct output *output = run->context->output;
	CLEANUP(str_free) struct str message = STR_INIT;
	const struct registrant_row named = {
		.name = left->name,
		.email = left->email,
		.external_id = left->external_id,
		.is_erased = left->is_erased,
	};

	write_message(left->reasons, &message);
	output_integer(output, left->registrant_id);
	output_text(output, registrant_name_of(&named));
	output_text(output, left->thing);
	output_text(output, left->value);
	output_text(output, left->reasons);
	output_text(output, message.text);
	return output_row_end(output, error);
}

/* --- The command --- */

static enum status read_number(const struct context *context, int64_t *ret_number,
	struct error *error)
{
	const char *text = options_arguments(context->options, NULL)[0];

	errno = 0;
	long long number = strtoll(text, NULL, 10);
	if (errno != 0 || *text == '\0' || strspn(text, "0123456789") != strlen(text)) {
		(void)error_set(error, STATUS_USAGE, "'%s' is not the number of an import", text);
		return error_hint(error, "'regtool import list' shows the numbers");
	}
	*ret_number = number;
	return STATUS_OK;
}

static enum status check(struct context *context, struct error *error)
{
	int64_t number;

	common_say_not_the_file(context);
	enum status status = read_number(context, &number, error);
	return status == STATUS_OK ? common_need_reason(context, error) : status;
}

static enum status undo(struct run *run, struct error *error)
{
	struct context *context = run->context;
	const struct actor actor = common_actor(context);
	const struct import_undo_functions functions = {
		.begin = begin,
		.progress = tell_progress,
		.counts = put_counts,
		.left = put_left,
		.data = run,
	};
	enum status status = STATUS_OK;

	if (run->is_dry)
		status = db_copy(context->db, NULL, say_doors_wait, context, &run->copy, error);
	struct db *db = run->is_dry ? run->copy : context->db;
	if (status == STATUS_OK)
		status = import_undo(db, &actor, &run->request, &functions, error);
	progress_endp(&run->progress);
	if (status != STATUS_OK)
		return status;
	output_list_end(context->output);
	output_record_end(context->output);
	return seats_say_promoted(context, db, &run->seats, error);
}

static enum status run_undo(struct context *context, struct error *error)
{
	struct run run = {
		.context = context,
		.request = {
			.event_id = context->event->id,
			.reason = options_text(context->options, "reason"),
		},
		.is_dry = options_flag(context->options, "dry-run"),
		.seats = SEATS_INIT,
	};

	enum status status = read_number(context, &run.request.import_id, error);
	if (status == STATUS_OK)
		status = undo(&run, error);
	db_close(run.copy);
	seats_free(&run.seats);
	free(run.file);
	return status;
}

const struct command cmd_import_undo = {
	.name = "import undo",
	.summary = "take back what an import did, as far as nothing came since",
	.arguments = "ID",
	.group = GROUP_REGISTRANTS,
	.needs = NEEDS_DB_WRITE | NEEDS_DRY_READ | NEEDS_EVENT | NEEDS_OUTPUT,
	.options = undo_options,
	.min_arguments = 1,
	.max_arguments = 1,
	.check = check,
	.run = run_undo,
};

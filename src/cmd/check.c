/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/check.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cmd/commands.h"
#include "cmd/waiting.h"
#include "util/memory.h"

static const struct option check_options[] = {
	{ .kind = OPTION_FLAG,
		.name = "quick",
		.help = "only the file's structure, and the log since --head or its last 1000 "
			"entries" },
	{ .kind = OPTION_TEXT,
		.name = "head",
		.value = "N:HASH",
		.help = "the log must go on from there ('regtool log --head' said it)" },
	{ .kind = OPTION_END },
};

static const struct column columns[] = {
	{ .key = "kind", .title = "kind", .kind = COLUMN_CODE },
	{ .key = "subject", .title = "of", .kind = COLUMN_TEXT },
	{ .key = "message", .title = "fault", .kind = COLUMN_TEXT },
};

struct run {
	struct context *context;
	struct progress *progress;
	int64_t total;
};

static enum status put_finding(const struct finding *finding, void *data, struct error *error)
{
	struct run *run = data;

	output_text(run->context->output, finding->kind);
	output_text(run->context->output, finding->subject);
	output_text(run->context->output, finding->message);
	return output_row_end(run->context->output, error);
}

/* Behind a schema that is not ours nothing can be relied on: it is the only finding. */
static enum status put_schema_fault(struct run *run, struct check_summary *ret_summary,
	struct error *error)
{
	const struct finding finding = {
		.kind = "schema",
		.subject = "file",
		.message = run->context->schema_fault->message,
	};

	*ret_summary = (struct check_summary){ .findings = 1 };
	return put_finding(&finding, run, error);
}

static void show_progress(int64_t done, int64_t total, void *data)
{
	struct run *run = data;

	if (run->total != total)
		progress_set_total(run->progress, total);
	run->total = total;
	progress_update(run->progress, done);
}

static void notice(void *data)
{
	say_doors_wait(((struct run *)data)->context);
}

static enum status check_check(struct context *context, struct error *error)
{
	const char *head = options_text(context->options, "head");
	struct log_head read;

	if (head == NULL || log_head_read(head, &read))
		return STATUS_OK;
	(void)error_set(error, STATUS_USAGE, "--head: '%s' is not the head of a log", head);
	return error_hint(error, "'regtool log --head' gives one: number, ':', 64 digits");
}

static enum status check_run(struct context *context, struct error *error)
{
	CLEANUP(progress_endp)
	struct progress *progress =
		progress_begin(context->is_progress_wanted, "log entries and scans", -1);
	struct run run = { .context = context, .progress = progress, .total = -1 };
	const char *head = options_text(context->options, "head");
	struct check_options options = { .is_quick = options_flag(context->options, "quick") };
	const struct check_functions functions = {
		.finding = put_finding,
		.progress = show_progress,
		.notice = notice,
		.data = &run,
	};
	struct check_summary summary;

	options.has_head = head != NULL && log_head_read(head, &options.head);
	output_list_begin(context->output, NULL, NULL, columns, sizeof columns / sizeof columns[0]);
	enum status status = context->schema_fault != NULL ? put_schema_fault(&run, &summary, error)
							   : check_database(context->db, &options,
								     &functions, &summary, error);
	if (status != STATUS_OK)
		return status;
	output_list_end(context->output);
	if (summary.findings == 0) {
		say_notice(context->diagnostics, "no fault found: %lld log %s, %lld %s%s",
			(long long)summary.log.entries,
			summary.log.entries == 1 ? "entry" : "entries",
			(long long)summary.log.scans, summary.log.scans == 1 ? "scan" : "scans",
			options.is_quick ? " (quick)" : "");
		return STATUS_OK;
	}
	if (context->schema_fault != NULL)
		return error_set(error, STATUS_NO, "%s", context->schema_fault->message);
	(void)error_set(error, STATUS_NO, "%s: %lld %s found", context->db_path,
		(long long)summary.findings, summary.findings == 1 ? "fault" : "faults");
	return error_hint(error, "keep a copy of the file as it is; a backup from before is sound"
				 " if 'regtool check' finds nothing in it");
}

const struct command cmd_check = {
	.name = "check",
	.summary = "look for faults: the file, the log's chain, the rules",
	.arguments = "",
	.group = GROUP_CARE,
	.needs = NEEDS_DB_READ | NEEDS_OUTPUT | TAKES_SCHEMA,
	.options = check_options,
	.min_arguments = 0,
	.max_arguments = 0,
	.check = check_check,
	.run = check_run,
};

/* --- backup --- */

static enum status backup_run(struct context *context, struct error *error)
{
	const char *path = options_arguments(context->options, NULL)[0];
	CLEANUP(progress_endp)
	struct progress *progress =
		progress_begin(context->is_progress_wanted, "log entries and scans", -1);
	struct run run = { .context = context, .progress = progress, .total = -1 };
	const struct check_functions functions = {
		.progress = show_progress,
		.notice = notice,
		.data = &run,
	};

	enum status status = check_backup(context->db, path, &functions, error);
	if (status == STATUS_EXISTS)
		return error_hint(error, "it was left alone; name another file");
	if (status != STATUS_OK)
		return status;
	say_notice(context->diagnostics, "copied to '%s', and checked there", path);
	say_notice(context->diagnostics,
		"the key is not in it: keep a copy of '%s' too, apart from this one",
		context->key_path);
	return STATUS_OK;
}

const struct command cmd_backup = {
	.name = "backup",
	.summary = "copy the database while others work, and check the copy",
	.arguments = "FILE",
	.argument_kind = ARGUMENTS_OUTPUT,
	.group = GROUP_CARE,
	.needs = NEEDS_DB_READ,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = backup_run,
};

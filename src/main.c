/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regtool: finds the command, opens what it needs, runs it, writes its result whole, and
 * maps its status to the exit status.
 */
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/confine.h"
#include "cli/dispatch.h"
#include "cli/environment.h"
#include "cli/help.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "core/event.h"
#include "store/db.h"
#include "util/hash.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/zone.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char default_db[] = "regtool.db";
static const char key_suffix[] = ".key";

/* All that one run of the program holds. */
struct run {
	struct diagnostics diagnostics;
	struct options *earlier; /* given before the command's name */
	struct options *options;
	const struct command *command;
	char *key_path;
	char *actor;
	struct db *db;
	struct event *event;
	struct zone *zone;
	struct output *output;
	struct error schema_fault;
	struct context context;
};

static void run_free(struct run *run)
{
	output_close(run->output);
	zone_close(run->zone);
	event_free(run->event);
	db_close(run->db);
	free(run->actor);
	free(run->key_path);
	options_free(run->options);
	options_free(run->earlier);
}

/* --- The command line --- */

static enum status parse_earlier(struct run *run, int count, const char *const *words,
	struct error *error)
{
	const struct option *tables[COMMAND_TABLES_MAX];

	common_option_tables(tables);
	enum status status = options_parse(tables, count, words, true, &run->earlier, error);
	if (status == STATUS_USAGE && *error->hint == '\0')
		return error_hint(error, "a command's own options stand after its name");
	return status;
}

static enum status parse_command(struct run *run, struct error *error)
{
	const struct option *tables[COMMAND_TABLES_MAX];
	size_t count;
	size_t words;
	const char *const *arguments = options_arguments(run->earlier, &count);

	enum status status =
		dispatch_find(command_table, count, arguments, &run->command, &words, error);
	if (status != STATUS_OK)
		return status;
	run->diagnostics.command = run->command->name;
	command_option_tables(run->command, tables);
	status = options_parse(tables, (int)(count - words), arguments + words, false,
		&run->options, error);
	if (status != STATUS_OK)
		return status;
	return options_join(run->options, run->earlier, error);
}

static void apply_diagnostics(struct run *run)
{
	const struct options *options = run->options;

	if (options_flag(options, "quiet"))
		run->diagnostics.verbosity = VERBOSITY_QUIET;
	else if (options_flag(options, "verbose"))
		run->diagnostics.verbosity = VERBOSITY_VERBOSE;
	run->diagnostics.color = terminal_wants_color(STDERR_FILENO, common_color(options));
}

static enum status check_arguments(const struct run *run, struct error *error)
{
	const struct command *command = run->command;
	size_t count;
	const char *const *arguments = options_arguments(run->options, &count);

	if (count < (size_t)command->min_arguments)
		(void)error_set(error, STATUS_USAGE, "%s missing",
			count + 1 == (size_t)command->min_arguments ? "an argument is"
								    : "arguments are");
	else if (command->max_arguments >= 0 && count > (size_t)command->max_arguments)
		(void)error_set(error, STATUS_USAGE, "one argument too many: '%s'",
			arguments[command->max_arguments]);
	else
		return STATUS_OK;
	return error_hint(error, "usage: regtool %s [OPTIONS]%s%s", command->name,
		*command->arguments != '\0' ? " " : "", command->arguments);
}

/* --- Help and version: words of a result --- */

static enum status finish_words(struct output *output, struct error *error)
{
	enum status status = output_finish(output, error);

	output_close(output);
	return status;
}

static enum status show_version(struct error *error)
{
	struct output *output;
	const struct output_settings settings = { .format = FORMAT_TABLE };

	enum status status = output_open(&settings, &output, error);
	if (status != STATUS_OK)
		return status;
	version_show(output, db_engine_name(), db_engine_version());
	return finish_words(output, error);
}

/* NULL for a command: the overview, or a group's. */
static enum status show_help(const struct command *command, const char *group, struct error *error)
{
	struct output *output;
	const struct output_settings settings = { .format = FORMAT_TABLE };

	enum status status = output_open(&settings, &output, error);
	if (status != STATUS_OK)
		return status;
	if (command != NULL)
		help_command(output, command_table, command);
	else if (group != NULL)
		help_group(output, command_table, group);
	else
		help_overview(output, command_table);
	return finish_words(output, error);
}

/* Whether help or version was asked for where no command is, and is now given. */
static enum status answer_early(struct run *run, bool *ret_is_done, struct error *error)
{
	size_t count;
	const char *const *words = options_arguments(run->earlier, &count);
	bool wants_help = options_flag(run->earlier, "help");
	bool is_group = count > 0 && dispatch_is_group(command_table, words[0]) &&
			dispatch_find_one(command_table, words[0]) == NULL;

	*ret_is_done = true;
	if (options_flag(run->earlier, "version"))
		return show_version(error);
	if (count == 0 && wants_help)
		return show_help(NULL, NULL, error);
	/* "regtool registrant --help" */
	bool is_help_next =
		count == 2 && (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0);
	if (is_group && (is_help_next || (count == 1 && wants_help)))
		return show_help(NULL, words[0], error);
	*ret_is_done = false;
	return STATUS_OK;
}

/* --- What the command works with --- */

static enum status fill_paths(struct run *run, struct error *error)
{
	struct context *context = &run->context;
	const char *key = options_text(run->options, "key");

	context->db_path = options_text(run->options, "db");
	if (context->db_path == NULL)
		context->db_path = environment("REGTOOL_DB");
	if (context->db_path == NULL)
		context->db_path = default_db;
	if (key == NULL)
		key = environment("REGTOOL_KEY");
	struct str path = STR_INIT;
	str_addf(&path, "%s%s", key != NULL ? key : context->db_path,
		key != NULL ? "" : key_suffix);
	run->key_path = str_steal(&path);
	context->key_path = run->key_path;
	context->event_code = options_text(run->options, "event");
	if (context->event_code == NULL)
		return environment_text("REGTOOL_EVENT", &context->event_code, error);
	return STATUS_OK;
}

/* Who only reads leaves nothing in the log: the look-up of the login's name is saved. */
static enum status fill_actor(struct run *run, struct error *error)
{
	struct context *context = &run->context;

	context->actor = options_text(run->options, "actor");
	if (context->actor == NULL) {
		enum status status = environment_text("REGTOOL_ACTOR", &context->actor, error);
		if (status != STATUS_OK)
			return status;
	}
	bool is_acting = (run->command->needs & (NEEDS_DB_READ | NEEDS_WORDS)) == 0;
	if (context->actor == NULL && is_acting) {
		run->actor = environment_login_name();
		context->actor = run->actor;
	}
	return STATUS_OK;
}

static enum status fill_context(struct run *run, struct error *error)
{
	struct context *context = &run->context;
	const struct options *options = run->options;
	const char *format = options_text(options, "format");

	context->command = run->command;
	context->options = run->options;
	context->diagnostics = &run->diagnostics;
	context->now_s = environment_now_s;
	context->machine_tz = environment("TZ");
	context->is_format_given = format != NULL;
	context->is_unsafe_fs_allowed = options_flag(options, "unsafe-fs");
	context->is_progress_wanted = common_wants_progress(options);
	enum status status = command_format(run->command, format, &context->format,
		&context->format_name, error);
	if (status == STATUS_OK)
		status = fill_paths(run, error);
	if (status == STATUS_OK)
		status = fill_actor(run, error);
	if (status == STATUS_OK)
		status = environment_text("REGTOOL_STATION", &context->station, error);
	if (status == STATUS_OK)
		status = environment_fix_now(context, error);
	return status;
}

static bool are_same_file(const char *a, const char *b)
{
	struct stat left;
	struct stat right;

	return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
	       left.st_ino == right.st_ino;
}

static enum status check_output_path(const struct run *run, struct error *error)
{
	const char *path = options_text(run->options, "output");
	bool has_output = (run->command->needs & (NEEDS_OUTPUT | NEEDS_WORDS)) != 0;

	if (path == NULL)
		return STATUS_OK;
	if (!has_output)
		return error_set(error, STATUS_USAGE, "--output: '%s' has no result to write",
			run->command->name);
	if (are_same_file(path, run->context.db_path))
		return error_set(error, STATUS_USAGE, "--output: '%s' is the database", path);
	if (are_same_file(path, run->context.key_path))
		return error_set(error, STATUS_USAGE, "--output: '%s' is the key file", path);
	return STATUS_OK;
}

/* What only programs read does not go to a terminal. */
static enum status check_terminal(const struct run *run, struct error *error)
{
	const char *path = options_text(run->options, "output");
	bool is_file = path != NULL && strcmp(path, "-") != 0;
	enum output_format format = run->context.format;

	if ((format != FORMAT_XLSX && format != FORMAT_PDF) || is_file ||
		!terminal_is(STDOUT_FILENO))
		return STATUS_OK;
	(void)error_set(error, STATUS_USAGE, "--format: a terminal cannot show %s",
		run->context.format_name);
	return error_hint(error, "name a file: --output FILE.%s", run->context.format_name);
}

static enum status open_db(struct run *run, struct error *error)
{
	unsigned needs = run->command->needs;
	const struct db_options options = {
		.allow_unsafe_fs = run->context.is_unsafe_fs_allowed,
	};

	bool writes = (needs & NEEDS_DB_WRITE) != 0 &&
		      ((needs & NEEDS_DRY_READ) == 0 || !options_flag(run->options, "dry-run"));

	if ((needs & (NEEDS_DB_READ | NEEDS_DB_WRITE)) == 0)
		return STATUS_OK;
	enum status status = db_open(run->context.db_path, writes ? DB_WRITE : DB_READ, &options,
		&run->db, error);
	if (status == STATUS_SCHEMA && (needs & TAKES_SCHEMA) != 0) {
		run->schema_fault = *error;
		run->context.schema_fault = &run->schema_fault;
		error_clear(error);
		return STATUS_OK;
	}
	if (status != STATUS_OK)
		return status;
	run->context.db = run->db;
	if ((needs & NEEDS_EVENT) == 0)
		return STATUS_OK;
	status = event_find(run->db, run->context.event_code, &run->event, error);
	if (status != STATUS_OK)
		return status;
	status = event_open_zone(run->db, run->event, &run->zone, error);
	if (status != STATUS_OK)
		return status;
	run->context.event = run->event;
	run->context.zone = run->zone;
	return STATUS_OK;
}

static enum status open_output(struct run *run, struct error *error)
{
	const struct options *options = run->options;
	bool has_output = (run->command->needs & NEEDS_OUTPUT) != 0;
	struct output_settings settings = {
		.format = has_output ? run->context.format : FORMAT_TABLE,
		.path = options_text(options, "output"),
		.is_private = run->command->is_output_private,
		.color = terminal_wants_color(STDOUT_FILENO, common_color(options)),
	};

	if (!has_output && (run->command->needs & NEEDS_WORDS) == 0)
		return STATUS_OK;
	if (command_writes_csv(run->command)) {
		settings.csv_crlf = options_flag(options, "crlf");
		settings.csv_bom = options_flag(options, "bom");
		settings.csv_raw = options_flag(options, "raw");
	}
	if (has_output) {
		settings.diagnostics = run->context.diagnostics;
		settings.is_progress_wanted = run->context.is_progress_wanted;
		settings.list_name = run->command->name;
		settings.made_s = run->context.now_s(&run->context);
	}
	bool is_file = settings.path != NULL && strcmp(settings.path, "-") != 0;
	if (is_file && common_color(options) == COLOR_AUTO)
		settings.color = false;
	enum status status = output_open(&settings, &run->output, error);
	if (status != STATUS_OK)
		return status;
	if (run->zone != NULL)
		output_set_zone(run->output, run->zone);
	run->context.output = run->output;
	return STATUS_OK;
}

/* --- Running --- */

static enum status prepare(struct run *run, struct error *error)
{
	enum status status = check_arguments(run, error);

	if (status == STATUS_OK)
		status = fill_context(run, error);
	if (status == STATUS_OK)
		status = check_output_path(run, error);
	if (status == STATUS_OK)
		status = check_terminal(run, error);
	if (status == STATUS_OK && run->command->check != NULL)
		status = run->command->check(&run->context, error);
	if (status == STATUS_OK)
		status = confine(&run->context, error);
	if (status == STATUS_OK)
		status = open_db(run, error);
	if (status == STATUS_OK)
		status = open_output(run, error);
	return status;
}

/* A result that could not be written is a failure whatever the command found; then both are
 * said. */
static enum status execute(struct run *run, struct error *error)
{
	struct error output_error = ERROR_INIT;
	enum status status = run->command->run(&run->context, error);

	bool has_result = status == STATUS_OK || status == STATUS_NO || run->context.has_result;
	if (run->output == NULL || !has_result)
		return status;
	enum status written = output_finish(run->output, &output_error);
	if (written == STATUS_OK)
		return status;
	if (status != STATUS_OK && *error->message != '\0')
		say_error(&run->diagnostics, error);
	*error = output_error;
	return written;
}

static enum status run_command(struct run *run, int count, const char *const *words,
	struct error *error)
{
	bool is_done;

	enum status status = parse_earlier(run, count, words, error);
	if (status == STATUS_OK)
		status = answer_early(run, &is_done, error);
	if (status != STATUS_OK || is_done)
		return status;
	status = parse_command(run, error);
	if (status != STATUS_OK)
		return status;
	apply_diagnostics(run);
	if (options_flag(run->options, "version"))
		return show_version(error);
	if (options_flag(run->options, "help"))
		return show_help(run->command, NULL, error);
	status = prepare(run, error);
	return status == STATUS_OK ? execute(run, error) : status;
}

int main(int argc, char **argv)
{
	struct error error = ERROR_INIT;
	struct run run = { .diagnostics = { .verbosity = VERBOSITY_NORMAL } };
	enum status status;

	/* Input that cannot be read for want of memory must not pass for broken. */
	json_set_alloc_funcs(xmalloc, free);
	if (terminal_keep_descriptors() != 0)
		return status_exit_code(STATUS_IO);
	(void)signal(SIGPIPE, SIG_IGN);
	terminal_set_locale();
	run.diagnostics.color = terminal_wants_color(STDERR_FILENO, COLOR_AUTO);
	if (hash_start_library() != 0)
		status = error_set(&error, STATUS_IO, "libsodium cannot be used");
	else
		status = run_command(&run, argc > 0 ? argc - 1 : 0, (const char *const *)argv + 1,
			&error);
	run_free(&run);
	/* What a disk or server says only when a file is closed (NFS). */
	if (status != STATUS_IO && fclose(stdout) != 0)
		status = error_set_errno(&error, STATUS_IO, "cannot write standard output");
	if (status != STATUS_OK && *error.message != '\0')
		say_error(&run.diagnostics, &error);
	return status_exit_code(status);
}

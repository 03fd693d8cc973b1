/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/common_options.h"

#include "util/memory.h"
#include "util/str.h"

#include <string.h>
#include <unistd.h>

#ifdef HAVE_XLSX
#define XLSX_TOO ", xlsx"
static const bool is_xlsx_built = true;
#else
#define XLSX_TOO ""
static const bool is_xlsx_built = false;
#endif

#ifdef HAVE_PRINT
static const bool is_pdf_built = true;
#else
static const bool is_pdf_built = false;
#endif

static const char *const when_choices[] = { "auto", "always", "never", NULL };
static const char *const excludes_verbose[] = { "verbose", NULL };

const struct option common_options[] = {
	{ .kind = OPTION_FILE,
		.name = "db",
		.letter = 'd',
		.value = "DB",
		.help = "the database (default $REGTOOL_DB, else regtool.db)" },
	{ .kind = OPTION_FILE,
		.name = "key",
		.letter = 'k',
		.value = "FILE",
		.help = "the key file (default $REGTOOL_KEY, else DB.key)" },
	{ .kind = OPTION_TEXT,
		.name = "event",
		.letter = 'e',
		.value = "CODE",
		.help = "the event (default $REGTOOL_EVENT, else the only one)" },
	{ .kind = OPTION_TEXT,
		.name = "format",
		.letter = 'f',
		.value = "FMT",
		.help = "how the result is written: table, csv, json, jsonl" XLSX_TOO },
	{ .kind = OPTION_OUTPUT,
		.name = "output",
		.letter = 'o',
		.value = "FILE",
		.help = "write the result to FILE, whole or not at all" },
	{ .kind = OPTION_TEXT,
		.name = "actor",
		.value = "NAME",
		.help = "who acts, for the log (default $REGTOOL_ACTOR, else the login name)" },
	{ .kind = OPTION_CHOICE,
		.name = "color",
		.value = "WHEN",
		.help = "colour: auto, always, never",
		.choices = when_choices },
	{ .kind = OPTION_CHOICE,
		.name = "progress",
		.value = "WHEN",
		.help = "progress bar on standard error: auto, always, never",
		.choices = when_choices },
	{ .kind = OPTION_FLAG,
		.name = "quiet",
		.letter = 'q',
		.help = "say errors only",
		.excludes = excludes_verbose },
	{ .kind = OPTION_FLAG, .name = "verbose", .letter = 'v', .help = "say more" },
	{ .kind = OPTION_FLAG,
		.name = "unsafe-fs",
		.help = "allow a database on a network file system" },
	{ .kind = OPTION_FLAG, .name = "help", .letter = 'h', .help = "show help and end" },
	{ .kind = OPTION_FLAG,
		.name = "version",
		.letter = 'V',
		.help = "show the versions of regtool and its libraries and end" },
	{ .kind = OPTION_END },
};

const struct option output_options[] = {
	{ .kind = OPTION_FLAG, .name = "crlf", .help = "CSV: end rows with CR LF" },
	{ .kind = OPTION_FLAG, .name = "bom", .help = "CSV: begin with a byte order mark" },
	{ .kind = OPTION_FLAG,
		.name = "raw",
		.help = "CSV: no ' before cells that a spreadsheet would run" },
	{ .kind = OPTION_END },
};

static const struct {
	const char *name;
	enum output_format format;
} formats[] = {
	{ "table", FORMAT_TABLE },
	{ "csv", FORMAT_CSV },
	{ "json", FORMAT_JSON },
	{ "jsonl", FORMAT_JSONL },
	{ "xlsx", FORMAT_XLSX },
	{ "pdf", FORMAT_PDF },
};
static const size_t format_count = sizeof formats / sizeof formats[0];

void common_option_tables(const struct option *ret_tables[COMMAND_TABLES_MAX])
{
	ret_tables[0] = common_options;
	ret_tables[1] = output_options;
	ret_tables[2] = NULL;
}

bool command_writes_csv(const struct command *command)
{
	return (command->needs & NEEDS_OUTPUT) != 0 && command->default_format != FORMAT_PDF;
}

void command_option_tables(const struct command *command,
	const struct option *ret_tables[COMMAND_TABLES_MAX])
{
	size_t count = 0;

	ret_tables[count++] = common_options;
	if (command_writes_csv(command))
		ret_tables[count++] = output_options;
	if (command->options != NULL)
		ret_tables[count++] = command->options;
	if (command->more_options != NULL)
		ret_tables[count++] = command->more_options;
	ret_tables[count] = NULL;
}

static const char *default_name(const struct command *command)
{
	size_t i = 0;

	while (formats[i].format != command->default_format)
		i++;
	return formats[i].name;
}

static void add_names(const char *const *names, const char *divider, struct str *str)
{
	for (; names != NULL && *names != NULL; names++)
		str_addf(str, "%s%s", divider, *names);
}

/* Whether the command's result can be had in a format of the table. What is printed is PDF
 * and nothing else. */
static bool has_format(const struct command *command, enum output_format format)
{
	bool has_list = (command->needs & NEEDS_OUTPUT) != 0 && !command->has_no_sheet;

	if (command->default_format == FORMAT_PDF || format == FORMAT_PDF)
		return command->default_format == format && is_pdf_built;
	return format != FORMAT_XLSX || (is_xlsx_built && has_list);
}

void command_add_formats(const struct command *command, const char *divider, struct str *str)
{
	bool is_first = true;

	for (size_t i = 0; i < format_count; i++) {
		if (has_format(command, formats[i].format)) {
			str_addf(str, "%s%s", is_first ? "" : divider, formats[i].name);
			is_first = false;
		}
	}
	add_names(command->more_formats, divider, str);
	add_names(command->document_formats, divider, str);
}

/* The name as it stands in a list, or NULL. */
static const char *find_name(const char *const *names, const char *name)
{
	for (; names != NULL && *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return *names;
	return NULL;
}

/* One that other commands, or other builds, have. */
static enum status refuse_format(const struct command *command, enum output_format format,
	const char *name, struct error *error)
{
	bool is_built =
		(format != FORMAT_XLSX || is_xlsx_built) && (format != FORMAT_PDF || is_pdf_built);

	if (is_built) {
		(void)error_set(error, STATUS_USAGE, "--format: '%s' writes no %s", command->name,
			name);
		return command->default_format == FORMAT_PDF ? error_hint(error, "it writes pdf")
							     : STATUS_USAGE;
	}
	(void)error_set(error, STATUS_USAGE, "--format: this regtool was built without %s", name);
	return format == FORMAT_XLSX ? error_hint(error, "csv opens in a spreadsheet too")
				     : error_hint(error, "'regtool token export' lists the tokens");
}

enum status command_format(const struct command *command, const char *name_or_null,
	enum output_format *ret_format, const char **ret_name, struct error *error)
{
	const char *name = name_or_null != NULL ? name_or_null : default_name(command);

	for (size_t i = 0; i < format_count; i++) {
		if (strcmp(formats[i].name, name) == 0) {
			if (!has_format(command, formats[i].format))
				return refuse_format(command, formats[i].format, name, error);
			*ret_format = formats[i].format;
			*ret_name = formats[i].name;
			return STATUS_OK;
		}
	}
	const char *more = find_name(command->more_formats, name);
	const char *document = find_name(command->document_formats, name);
	if (more != NULL || document != NULL) {
		*ret_format = more != NULL ? FORMAT_CSV : FORMAT_DOCUMENT;
		*ret_name = more != NULL ? more : document;
		return STATUS_OK;
	}
	CLEANUP(str_free) struct str names = STR_INIT;
	command_add_formats(command, ", ", &names);
	(void)error_set(error, STATUS_USAGE, "--format: '%s' is not a choice", name);
	return error_hint(error, "one of: %s", names.text);
}

enum color_choice common_color(const struct options *options)
{
	const char *when = options_text(options, "color");

	if (when == NULL || strcmp(when, "auto") == 0)
		return COLOR_AUTO;
	return strcmp(when, "always") == 0 ? COLOR_ALWAYS : COLOR_NEVER;
}

bool common_wants_progress(const struct options *options)
{
	const char *when = options_text(options, "progress");

	if (when != NULL && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return terminal_is(STDERR_FILENO) && !options_flag(options, "quiet");
}

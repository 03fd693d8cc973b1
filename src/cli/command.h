/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A command is one const struct at the top of its own file in src/cmd/, listed in the one
 * table of src/cmd/table.c. main() parses, opens what the command needs, runs it, closes
 * the output and maps the status to the exit status. How to add one: doc/HACKING.
 */
#ifndef REGTOOL_CLI_COMMAND_H
#define REGTOOL_CLI_COMMAND_H

#include "cli/diagnostics.h"
#include "cli/options.h"
#include "cli/output.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct event;

enum command_needs {
	NEEDS_NOTHING = 0,
	NEEDS_DB_READ = 1 << 0,
	NEEDS_DB_WRITE = 1 << 1,
	NEEDS_EVENT = 1 << 2,    /* --event, $REGTOOL_EVENT, or the only one */
	NEEDS_OUTPUT = 1 << 3,   /* has a result: -f, -o and the CSV options have a meaning */
	NEEDS_WORDS = 1 << 4,    /* writes words only (help): always as in a table */
	NEEDS_DRY_READ = 1 << 5, /* with --dry-run, DB_READ in the place of DB_WRITE */
	TAKES_SCHEMA = 1 << 6,   /* a changed schema is a finding, not a failure */
};

/* Where the overview of `regtool --help` lists it. */
enum command_group {
	GROUP_NONE, /* forgotten: a test finds it; only hidden commands stay here */
	GROUP_SETUP,
	GROUP_REGISTRANTS,
	GROUP_PROGRAMME,
	GROUP_TOKENS,
	GROUP_DOOR,
	GROUP_ATTENDANCE,
	GROUP_CREDIT,
	GROUP_CARE,
	GROUP_COUNT,
};

/* What its arguments are, which says what it may open (cli/confine.h). */
enum argument_kind {
	ARGUMENTS_WORDS, /* no files */
	ARGUMENTS_INPUT,
	ARGUMENTS_OUTPUT,
};

/* What a command works with; no globals. Everything is borrowed and outlives run(). */
struct context {
	const struct command *command;
	struct options *options;
	struct diagnostics *diagnostics;
	struct output *output; /* NULL without NEEDS_OUTPUT or NEEDS_WORDS */
	struct db *db;         /* NULL without NEEDS_DB_… */
	/* With TAKES_SCHEMA, what is wrong with the schema; db is NULL then. Else NULL. */
	const struct error *schema_fault;
	const struct event *event; /* NULL without NEEDS_EVENT */
	struct zone *zone;         /* the event's; NULL without NEEDS_EVENT */
	const char *db_path;
	const char *key_path;
	const char *event_code;    /* as asked for, or NULL */
	const char *actor;         /* NULL with NEEDS_DB_READ, where nobody asks */
	const char *station;       /* $REGTOOL_STATION, or NULL */
	const char *machine_tz;    /* value of TZ, or NULL */
	enum output_format format; /* how the result is laid out */
	const char *format_name;   /* as asked for ("epfl"), or the default's name */
	bool is_format_given;      /* -f was on the command line */
	bool is_unsafe_fs_allowed;
	bool is_progress_wanted;
	/* The clock. Fixed for a whole run by $REGTOOL_NOW, else the time of the call. */
	int64_t (*now_s)(const struct context *context);
	int64_t fixed_now_s; /* with is_now_fixed */
	bool is_now_fixed;
	/* Set by run(): the result, which is complete, is to be written although the status is a
	 * failure (an import that was refused still reports why). With STATUS_OK and STATUS_NO
	 * it always is. */
	bool has_result;
};

struct command {
	const char *name;      /* "checkin", "registrant add" */
	const char *summary;   /* one line, lower case, no full stop */
	const char *arguments; /* for the usage line: "TOKEN…", or "" */
	enum command_group group;
	bool is_hidden; /* not in any help */
	unsigned needs;
	const struct option *options; /* NULL: only the common ones */
	/* A second table, which the help shows under a title of its own ("Another rule, with
	 * --what-if"); NULL: none. */
	const struct option *more_options;
	const char *more_options_title;
	enum argument_kind argument_kind;
	int min_arguments;
	int max_arguments; /* -1: any number */
	/* Formats besides table, csv, json, jsonl and xlsx ("epfl": laid out as CSV, the command
	 * asks context.format_name), NULL-terminated, or NULL. */
	const char *const *more_formats;
	/* The same, of formats that are documents of their own ("ical"): FORMAT_DOCUMENT. */
	const char *const *document_formats;
	bool has_no_sheet;                 /* answers as it goes: no xlsx */
	enum output_format default_format; /* FORMAT_TABLE where not said */
	bool is_output_private;            /* tokens: -o makes a 0600 file */
	/* May be NULL: what can be found wrong before the database is opened. The output, db,
	 * event and zone are not there yet. */
	enum status (*check)(struct context *context, struct error *error);
	enum status (*run)(struct context *context, struct error *error);
};

/* All commands, sorted by name, NULL-terminated (src/cmd/table.c). */
extern const struct command *const command_table[];

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options: one table a command gives parsing (by popt, which accepts no abbreviations), the
 * checks of choices, ranges, times and exclusions, --help, the shell completion and the
 * test against the man page.
 */
#ifndef REGTOOL_CLI_OPTIONS_H
#define REGTOOL_CLI_OPTIONS_H

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
	OPTION_END = 0, /* closes a table */
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_INTEGER,    /* between min and max */
	OPTION_PERMILLE,   /* 79.5 is 795; at most one decimal; min and max in permille */
	OPTION_HUNDREDTHS, /* 1.25 is 125; at most two decimals; min and max in hundredths */
	OPTION_CHOICE,     /* one of `choices` */
	OPTION_TIME,       /* the form is checked here, the time read with the event's zone later */
	OPTION_DATE,
	OPTION_ZONE,   /* must be a zone the machine knows */
	OPTION_FILE,   /* a path that is read; completed as one */
	OPTION_OUTPUT, /* a path that is written */
};

struct option {
	enum option_kind kind;
	const char *name;   /* long name, without dashes */
	char letter;        /* short name, or 0 */
	const char *value;  /* the value's name in help: "TIME" */
	const char *help;   /* one line, lower case, no full stop */
	bool is_repeatable; /* all values are kept, in order; else a second one is an error */
	bool may_be_empty;  /* OPTION_TEXT: '' has a meaning (it clears); else it is an error */
	int64_t min, max;   /* OPTION_INTEGER, _PERMILLE, _HUNDREDTHS; both 0: no range */
	const char *const *choices;  /* OPTION_CHOICE: NULL-terminated */
	const char *const *excludes; /* NULL-terminated names that cannot stand beside it */
};

struct options; /* what was given */

/* Reads by name; asserts that the table has the option, and with that kind. */
bool options_given(const struct options *options, const char *name);
bool options_flag(const struct options *options, const char *name);
/* The value as typed, or NULL. */
const char *options_text(const struct options *options, const char *name);
/* OPTION_INTEGER, _PERMILLE, _HUNDREDTHS: the value, or `otherwise` if it was not given. */
int64_t options_integer(const struct options *options, const char *name, int64_t otherwise);
/* All values of a repeatable option; NULL-terminated, lent; *ret_count may be NULL. */
const char *const *options_list(const struct options *options, const char *name, size_t *ret_count);
/* Calls the function with each value of OPTION_FILE and OPTION_OUTPUT. */
void options_paths(const struct options *options,
	void (*function)(enum option_kind kind, const char *path, void *data), void *data);
/* What is left: the arguments, NULL-terminated, lent. */
const char *const *options_arguments(const struct options *options, size_t *ret_count);

/*
 * Parses argv[0..count) (no program name, no command word) against the tables, all of which
 * end in OPTION_END. With `stop_at_argument` it stops at the first argument and leaves it
 * and the rest as arguments. STATUS_USAGE names the option and, if one is near, suggests it.
 */
enum status options_parse(const struct option *const *tables, int count, const char *const *argv,
	bool stop_at_argument, struct options **ret_options, struct error *error);
/* Adds what `earlier` was given (the options before the command's name) as if it had stood
 * in front; options that `options` does not know must not have been given there. Same
 * failures as options_parse: doubled, or exclude each other. */
enum status options_join(struct options *options, const struct options *earlier,
	struct error *error);
void options_free(struct options *options);
void options_freep(struct options **options);

#endif

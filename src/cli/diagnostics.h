/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words on standard error, and the one table from status to exit status. A message reads
 * "regtool: COMMAND: problem", its hint stands on a second line.
 */
#ifndef REGTOOL_CLI_DIAGNOSTICS_H
#define REGTOOL_CLI_DIAGNOSTICS_H

#include "util/error.h"

#include <stdbool.h>

enum verbosity {
	VERBOSITY_QUIET = -1, /* errors only */
	VERBOSITY_NORMAL = 0,
	VERBOSITY_VERBOSE = 1,
};

struct diagnostics {
	const char *command; /* NULL before it is known */
	enum verbosity verbosity;
	bool color;
};

/* An error with its hint. */
void say_error(const struct diagnostics *diagnostics, const struct error *error);
/* Further errors without a struct error (one bad row among several). */
void say_problem(const struct diagnostics *diagnostics, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What the user should know; not with --quiet. */
void say_notice(const struct diagnostics *diagnostics, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What the user asked to know with --verbose. */
void say_detail(const struct diagnostics *diagnostics, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The exit status (0 to 5) of a status, and its slug ("not-found") for programs. */
int status_exit_code(enum status status);
const char *status_slug(enum status status);

#endif

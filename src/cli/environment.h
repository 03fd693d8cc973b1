/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a run takes from around it: environment variables, the clock, the login name. The
 * core never looks there: it is told.
 */
#ifndef REGTOOL_CLI_ENVIRONMENT_H
#define REGTOOL_CLI_ENVIRONMENT_H

#include "cli/command.h"

/* The value of a variable; NULL if it is not set, or set to nothing. */
const char *environment(const char *name);

/* The same for what is text and may be stored: STATUS_USAGE if it is not UTF-8 or holds
 * control characters. */
enum status environment_text(const char *name, const char **ret_value, struct error *error);

/*
 * Fixes the context's clock if REGTOOL_NOW is set, for tests and for runs that are to be
 * repeated: seconds since 1970, or a time, in UTC where it has no offset. STATUS_USAGE if
 * it is neither.
 */
enum status environment_fix_now(struct context *context, struct error *error);

/* The time now in UTC seconds, or the one that was fixed: for context.now_s. */
int64_t environment_now_s(const struct context *context);

/* Who runs the program; "uid N" for a user without a name. The caller frees it. */
char *environment_login_name(void);

#endif

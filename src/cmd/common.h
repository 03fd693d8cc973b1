/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What several commands need of their context and options.
 */
#ifndef REGTOOL_CMD_COMMON_H
#define REGTOOL_CMD_COMMON_H

#include "cli/command.h"
#include "core/key.h"
#include "core/log.h"
#include "util/error.h"

#include <stdbool.h>

/* Who acts, now. */
struct actor common_actor(const struct context *context);

/* STATUS_USAGE without --reason; the check of commands that need no other. */
enum status common_need_reason(struct context *context, struct error *error);

/* The key of the command line, which must be the database's. STATUS_KEY names the file. The
 * caller frees it. */
enum status common_load_key(const struct context *context, struct key **ret_key,
	struct error *error);

/* Whether any option of the table was given. */
bool common_any_given(const struct options *options, const struct option *table);

/* An option's text trimmed and in NFC; NULL if it was not given. The caller frees it. */
char *common_clean_text(const struct options *options, const char *name);

/* For a command whose second word could be a file's name ("import list"): if there is such a
 * file, says how it would be named. */
void common_say_not_the_file(const struct context *context);

#endif

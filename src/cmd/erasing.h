/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What commands that erase people do and say at their end.
 */
#ifndef REGTOOL_CMD_ERASING_H
#define REGTOOL_CMD_ERASING_H

#include "cli/command.h"
#include "core/log.h"

/* Cleans the file. If that fails, people are erased all the same: the message says so, and the
 * hint ends in `way_out`. */
enum status erasing_clean(struct context *context, const struct actor *actor, const char *way_out,
	struct error *error);
/* The copies that cannot be reached. */
void erasing_say_copies(struct context *context);

#endif

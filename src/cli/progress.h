/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A progress bar on standard error for work that takes over about a second: done, total,
 * rate, time left. Nothing is drawn before, and nothing is left behind.
 */
#ifndef REGTOOL_CLI_PROGRESS_H
#define REGTOOL_CLI_PROGRESS_H

#include "util/str.h"

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* `what` is the unit in words ("rows"); `total` may be -1 if it is not known. With
 * is_wanted false it draws nothing. The caller ends it. */
struct progress *progress_begin(bool is_wanted, const char *what, int64_t total);
/* Cheap (a look at the clock); draws ten times a second at most. */
void progress_update(struct progress *progress, int64_t done);
void progress_set_total(struct progress *progress, int64_t total);
void progress_end(struct progress *progress);
/* The line that is drawn after `elapsed_ms` (more than 0), in ASCII: bar, done, rate and time
 * left, as far as the total (-1: unknown) allows. */
void progress_add_line(const char *what, int64_t done, int64_t total, int64_t elapsed_ms,
	struct str *line);
void progress_endp(struct progress **progress);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs of regtool's own that it starts for what needs larger libraries than a check-in
 * should load. Such a program reads what is to be done from its standard input, writes its
 * result to its standard output, and exits with 0. Where it fails, it exits with another
 * status and says on standard error what failed, in regtool's words: a line for the problem,
 * then the way out. What it wrote by then does not count.
 *
 * While it works it may also say, a line each: +COUNT, how much is done; !TEXT, what the user
 * should know although all goes well.
 */
#ifndef REGTOOL_CLI_LIBEXEC_H
#define REGTOOL_CLI_LIBEXEC_H

#include "util/error.h"

#include <stdint.h>

#define LIBEXEC_PRINT "regtool-print"
#define LIBEXEC_XLSX  "regtool-xlsx"

/* Where the program stands: in $REGTOOL_LIBEXEC if that is set; else beside regtool itself (a
 * build that is not installed) or in the folder for such programs. The caller frees the path.
 * STATUS_IO names what is missing. */
enum status libexec_find(const char *name, char **ret_path, struct error *error);

enum {
	LIBEXEC_DONE = '+',
	LIBEXEC_NOTICE = '!',
};

/* Who hears such lines while the program runs. */
struct libexec_listener {
	void (*done)(int64_t count, void *data);
	void (*notice)(const char *text, void *data);
	void *data;
};

/* Runs it, without a shell, from the descriptor `input` to the descriptor `output`, and waits
 * for its end. STATUS_IO: with its words, or by which signal it ended. */
enum status libexec_run(const char *path, int input, int output,
	const struct libexec_listener *listener_or_null, struct error *error);

#endif

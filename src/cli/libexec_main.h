/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The other side of cli/libexec.h: the whole life of a program that regtool starts.
 */
#ifndef REGTOOL_CLI_LIBEXEC_MAIN_H
#define REGTOOL_CLI_LIBEXEC_MAIN_H

#include "util/error.h"

/* Runs it, says on standard error what failed, and gives the exit status. Where a person has
 * started it, at a terminal or with arguments, nothing is run, and `example` is named as the
 * command of regtool that would. */
int libexec_main(int argument_count, const char *example, enum status (*run)(struct error *error));

#endif

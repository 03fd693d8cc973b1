/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one option's value must look like; the parser's own part of cli/options.
 */
#ifndef REGTOOL_CLI_OPTIONS_VALUE_H
#define REGTOOL_CLI_OPTIONS_VALUE_H

#include "cli/options.h"

/* Checks a value against its option. *ret_number is set for the kinds that are numbers.
 * STATUS_USAGE names the option, the value and what is accepted; STATUS_IO where a zone
 * cannot be looked up because the machine has no zone data. */
enum status option_value_check(const struct option *option, const char *value, int64_t *ret_number,
	struct error *error);

#endif

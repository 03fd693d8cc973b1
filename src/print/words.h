/* SPDX-License-Identifier: BSD-2-Clause */
/* Days as people write them. */
#ifndef REGTOOL_PRINT_WORDS_H
#define REGTOOL_PRINT_WORDS_H

#include "util/str.h"

/* Adds "15 February 2022", "15–16 February 2022" and so on for days as they stand in the
 * stream (2022-02-15); a day that is NULL is not known: nothing for two of them. */
void words_add_days(struct str *str, const char *first_or_null, const char *last_or_null);
/* Adds "Tuesday, 15 February 2022". */
void words_add_weekday(struct str *str, const char *day);

#endif

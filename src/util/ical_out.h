/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Content lines of iCalendar (RFC 5545, 3.1): NAME:value, ended by CR LF, folded so that no
 * line has more than 75 octets and no character of UTF-8 is cut. All add to a str. Texts are
 * valid UTF-8.
 */
#ifndef REGTOOL_UTIL_ICAL_OUT_H
#define REGTOOL_UTIL_ICAL_OUT_H

#include "util/str.h"

#include <stdint.h>

/* A value that regtool makes itself, or a URI: written as it is, but for control characters,
 * which are left out. */
void ical_line(struct str *str, const char *name, const char *value);
/* A value of type TEXT (3.3.11): '\', ';', ',' and line breaks are escaped; other control
 * characters but TAB are left out. */
void ical_text(struct str *str, const char *name, const char *text);
void ical_integer(struct str *str, const char *name, int64_t value);
/* An instant in UTC, `20220215T133000Z`. */
void ical_time(struct str *str, const char *name, int64_t at_s);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads back an XLSX file, which is a zip archive of XML parts, and looks whether it is whole:
 * the library that writes it does not see all of its errors of writing (a full disk), and what
 * it lost then would be missing in silence.
 */
#ifndef REGTOOL_XLSX_PACKAGE_H
#define REGTOOL_XLSX_PACKAGE_H

#include "util/error.h"

#include <stdint.h>

/* Each part can be unpacked, fits its checksum, and ends with what it began with; and the rows
 * of `sheet_part` have just as many bytes as were written. STATUS_IO. */
enum status package_check(const char *path, const char *sheet_part, uint64_t rows_length,
	struct error *error);

#endif

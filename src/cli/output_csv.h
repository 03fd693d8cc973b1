/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef REGTOOL_CLI_OUTPUT_CSV_H
#define REGTOOL_CLI_OUTPUT_CSV_H

/* The version of libcsv that this was built with: the library does not tell its own. */
const char *output_csv_library_version(void);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text as a cell of XLSX holds it. What XML has no character for stands there as _xHHHH_
 * (ECMA-376, 22.9.2.19: ST_Xstring), which spreadsheets turn back. Text that looks so by
 * itself has its _ written in this way; spreadsheets differ in what looks so to them, hence
 * that of each _x.
 */
#ifndef REGTOOL_XLSX_CELL_TEXT_H
#define REGTOOL_XLSX_CELL_TEXT_H

#include "util/str.h"

#include <stddef.h>

/* Sets `ret` to the text, which is UTF-8, as it is written into a cell. */
void cell_text_escape(const char *text, struct str *ret);
/* Its length as a spreadsheet counts it, in units of UTF-16. */
size_t cell_text_units(const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* QR codes (ISO/IEC 18004), level M: read with 15 % of it unreadable. */
#ifndef REGTOOL_PRINT_QR_H
#define REGTOOL_PRINT_QR_H

#include "print/press.h"
#include "util/error.h"

/* Draws the text as a square code in the middle of the box, with the quiet zone of four modules
 * around it that readers need, on white. STATUS_REJECTED: the text does not fit a QR code, or
 * its modules would be smaller than 0.4 mm, which scanners read badly. */
enum status qr_draw(struct press *press, struct box box, const char *text, struct error *error);

#endif

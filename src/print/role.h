/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Roles as bars of colour, each with its word in it: who cannot see the colours, and who
 * prints in black, reads the word.
 */
#ifndef REGTOOL_PRINT_ROLE_H
#define REGTOOL_PRINT_ROLE_H

#include "print/press.h"

/* The bars of a set of roles side by side, which fill the box. A role has its colour on every
 * badge of every event. */
void role_draw(struct press *press, struct box box, const char *roles_or_null, double size);

#endif

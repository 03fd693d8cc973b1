/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Name badges: on sheets to be cut, with marks at the edge of the paper, or one a page.
 */
#ifndef REGTOOL_PRINT_BADGE_H
#define REGTOOL_PRINT_BADGE_H

#include "cli/print_stream.h"
#include "print/press.h"
#include "util/error.h"

#include <stddef.h>

struct badge_size {
	const char *name;
	double page_width, page_height; /* points, as all below */
	double width, height;           /* of a badge */
	int columns, rows;              /* of badges on a page */
};

/* NULL: there is no size of that name. */
const struct badge_size *badge_size_find(const char *name_or_null);

/* Draws the badge number `index` (from 0) into its place on the page, with the marks of the
 * page where it is the first of one. STATUS_REJECTED: as qr_draw. */
enum status badge_draw(struct press *press, const struct badge_size *size,
	const struct print_head *head, const struct print_person *person, size_t index,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What core/course.c and core/course_change.c share.
 */
#ifndef REGTOOL_CORE_COURSE_PRIVATE_H
#define REGTOOL_CORE_COURSE_PRIVATE_H

#include "core/course.h"

/* A course of its own, without what stands in tables of its own: sessions, requirements. The
 * caller frees it. */
struct course *course_from_row(const struct course_row *row);
/* The course as a row; its texts are lent. */
struct course_row course_as_row(const struct course *course);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of core/registrar that writes in which courses a person is.
 */
#ifndef REGTOOL_CORE_REGISTRAR_SETS_H
#define REGTOOL_CORE_REGISTRAR_SETS_H

#include "core/registrar.h"

/* Enrols the person in the courses of a canonical set; by hand, it also takes the person out
 * of the event's others. Sets *is_changed if that changed anything. */
enum status registrar_write_courses(struct registrar *registrar, int64_t person_id,
	const char *courses, bool *is_changed, struct error *error);

/* Tells of a change. */
void registrar_tell(const struct registrar *registrar, const char *column, const char *old_value,
	const char *new_value);

#endif

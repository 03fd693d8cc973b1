/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is in a course. People are enrolled, or taken out, together: all who are named, or
 * nobody.
 */
#ifndef REGTOOL_CORE_ENROLMENT_H
#define REGTOOL_CORE_ENROLMENT_H

#include "core/log.h"
#include "store/db.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct enrolment_request {
	int64_t event_id;
	const char *course;     /* code */
	const char *const *who; /* as registrant_find takes them */
	size_t count;
	bool takes_out; /* else it enrols */
	/* Told of each who is not found, or is ambiguous. */
	void (*problem)(size_t index, const struct error *problem, void *data);
	void *data;
};

struct enrolment_result {
	int64_t changed;
	int64_t unchanged; /* were enrolled already; or, to be taken out, were not */
};

/* In a write transaction of its own. STATUS_NOT_FOUND: the course, or somebody named, of
 * whom `problem` was told (then the error has no message); nothing was changed. */
enum status enrolment_change(struct db *db, const struct actor *actor,
	const struct enrolment_request *request, struct enrolment_result *ret_result,
	struct error *error);

/* How many are enrolled in the course. */
enum status enrolment_count(struct db *db, int64_t course_id, int64_t *ret_count,
	struct error *error);

#endif

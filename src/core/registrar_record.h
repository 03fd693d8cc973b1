/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of core/registrar that keeps what an import changes, so that it can be taken back
 * (core/import_undo). It is kept of registrants who were there before, and of people known
 * from another event, whoever listens. Changes by hand are not kept: the log names them.
 */
#ifndef REGTOOL_CORE_REGISTRAR_RECORD_H
#define REGTOOL_CORE_REGISTRAR_RECORD_H

#include "core/registrar.h"
#include "util/str.h"

#include <stdbool.h>

/* Whether courses and answers are to be kept. */
bool registrar_is_recording(const struct registrar *registrar);

/* Keeps in which fields the row as it was written differs from what it was; not its courses
 * and answers. */
enum status registrar_record_row(const struct registrar *registrar,
	const struct registrant_row *old, const struct registrant_row *row, struct error *error);
/* Keeps a change of the courses, as sets; of an answer. */
enum status registrar_record_courses(const struct registrar *registrar, const char *old_value,
	const char *new_value, struct error *error);
enum status registrar_record_answer(const struct registrar *registrar, int64_t question_id,
	const char *old_value, const char *new_value, struct error *error);

/* A name as it is kept, with its parts: a name that is changed leaves of them what is said with
 * it, so that they are one value. */
enum {
	KEPT_NAME_DIVIDER = '\x1f', /* is in no text: imports refuse it */
};
void kept_name_write(const struct registrant_row *row, struct str *ret);
/* Points the row to the three in `text`, in which NULs are put. */
void kept_name_read(char *text, struct registrant_row *row);

/* A status as it is kept: "confirmed", "cancelled by hand", "waitlisted 7" with the number of
 * the place in the queue. */
struct kept_status {
	const char *status; /* a constant */
	bool is_manual;
	int64_t queue_number; /* 0: not known */
};
void kept_status_write(const struct kept_status *kept, struct str *ret);
/* False if the text is none. */
bool kept_status_read(const char *text, struct kept_status *ret_kept);

#endif

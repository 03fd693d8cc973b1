/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A person who asked to be forgotten: erased at all events, and recognised when a file brings
 * them back. See core/erase for what goes and what stays.
 */
#ifndef REGTOOL_CORE_FORGET_H
#define REGTOOL_CORE_FORGET_H

#include "core/log.h"
#include "core/registrant_edit.h"
#include "store/db.h"
#include "store/erase_store.h"
#include "util/error.h"

#include <stdbool.h>
#include <stdint.h>

struct forget_request {
	int64_t registrant_id;
	const char *key_path;
	const char *reason; /* kept beside the log: it must not say who it was */
};

struct forget_result {
	struct registrant_outcome outcome; /* of the registrant named */
	bool was_erased;      /* before: now only what was left went, and nobody is recognised */
	bool is_in_programme; /* which has the name still */
	int64_t registrants;  /* of the person, at all events */
	int64_t promoted_elsewhere; /* who got the seats at other events */
	struct erase_counts counts;
};
#define FORGET_RESULT_INIT                                                                         \
	{                                                                                          \
		.outcome = REGISTRANT_OUTCOME_INIT                                                 \
	}
/* For CLEANUP(forget_result_free). */
void forget_result_free(struct forget_result *result);

/* In one write transaction, logged if anything changed. Seats go to who waits for them. The file is
 * to be cleaned after it (core/clean). The caller frees the result. STATUS_KEY: the key file is
 * missing or wrong. STATUS_NOT_FOUND. */
enum status forget_person(struct db *db, const struct actor *actor,
	const struct forget_request *request, struct forget_result *ret_result,
	struct error *error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a check finds wrong.
 */
#ifndef REGTOOL_CORE_FINDING_H
#define REGTOOL_CORE_FINDING_H

#include "util/error.h"

#include <stdint.h>

/* A fault, lent for the time of the call. */
struct finding {
	const char *kind;    /* "structure", "log", "scan", "registrant", "programme", … */
	const char *subject; /* "log entry 7", "registrant @12" */
	const char *message; /* what is wrong, in plain words */
};
typedef enum status finding_function(const struct finding *finding, void *data,
	struct error *error);

/* Who is told. The first failure of `function` is kept in `status` and `error`; nothing is
 * told after it. */
struct findings {
	finding_function *function;
	void *data;
	int64_t count; /* so far */
	enum status status;
	struct error *error;
};

void findings_tell(struct findings *findings, const char *kind, const char *subject,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif

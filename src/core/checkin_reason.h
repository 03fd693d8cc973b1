/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why a scan was refused: the one table from reason to code, to what becomes of the scan and
 * to the sentence for the screen.
 */
#ifndef REGTOOL_CORE_CHECKIN_REASON_H
#define REGTOOL_CORE_CHECKIN_REASON_H

#include "util/error.h"

#include <stdbool.h>

/* In the order in which they are tested. */
enum checkin_reason {
	CHECKIN_NO_REASON, /* admitted */
	CHECKIN_BAD_LINE,
	CHECKIN_MALFORMED_TOKEN,
	CHECKIN_UNKNOWN_TOKEN,
	CHECKIN_NONCE_CONFLICT,
	CHECKIN_ERASED,
	CHECKIN_REVOKED_TOKEN,
	CHECKIN_UNKNOWN_SESSION,
	CHECKIN_CANCELLED,
	CHECKIN_PENDING,
	CHECKIN_WAITLISTED,
	CHECKIN_NO_SESSION,
	CHECKIN_AMBIGUOUS_SESSION,
	CHECKIN_TOO_EARLY,
	CHECKIN_TOO_LATE,
	CHECKIN_NOT_ADMITTED,
	CHECKIN_ALREADY_IN,
	CHECKIN_NOT_IN,
	CHECKIN_SESSION_FULL,
	CHECKIN_REASON_COUNT,
};

struct checkin_reason_entry {
	const char *code;   /* NULL: none */
	enum status status; /* of a check-in answered so: gives the exit status */
	bool is_stored;     /* the scan is kept */
	bool can_be_forced; /* --force admits in spite of it */
	/* With {name}, {session} (its code), {detail} and {time}: what these are for a reason is
	 * said at struct checkin_answer. */
	const char *sentence;
	const char *sentence_out;   /* for a check-out; NULL: the same */
	const char *sentence_plain; /* where there is no detail or session; NULL: the same */
};

const struct checkin_reason_entry *checkin_reason_entry(enum checkin_reason reason)
	__attribute__((returns_nonnull));
/* False if it is the code of none. */
bool checkin_reason_parse(const char *code, enum checkin_reason *ret_reason);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin_reason.h"

#include <stddef.h>
#include <string.h>

static const struct checkin_reason_entry entries[CHECKIN_REASON_COUNT] = {
	[CHECKIN_NO_REASON] = {
		.code = NULL,
		.status = STATUS_OK,
		.is_stored = true,
		.sentence = "Welcome, {name}",
		.sentence_out = "Goodbye, {name}",
	},
	[CHECKIN_BAD_LINE] = {
		.code = "bad-line",
		.status = STATUS_NO,
		.sentence = "cannot be read: {detail}",
	},
	[CHECKIN_MALFORMED_TOKEN] = {
		.code = "malformed-token",
		.status = STATUS_NO,
		.sentence = "not a token: the check characters do not fit, look for a typing error",
	},
	[CHECKIN_UNKNOWN_TOKEN] = {
		.code = "unknown-token",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "this badge is of another event, '{detail}'",
		.sentence_plain = "nobody has this badge",
	},
	[CHECKIN_NONCE_CONFLICT] = {
		.code = "nonce-conflict",
		.status = STATUS_NO,
		.sentence = "the nonce belongs to another scan, {detail}",
	},
	[CHECKIN_ERASED] = {
		.code = "erased",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "the data of this person were erased",
	},
	[CHECKIN_REVOKED_TOKEN] = {
		.code = "revoked-token",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "this badge of {name} was revoked",
	},
	[CHECKIN_UNKNOWN_SESSION] = {
		.code = "unknown-session",
		.status = STATUS_NO,
		.sentence = "there is no session '{detail}'",
	},
	[CHECKIN_CANCELLED] = {
		.code = "cancelled",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "the registration of {name} is cancelled",
	},
	[CHECKIN_PENDING] = {
		.code = "pending",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "the registration of {name} is not confirmed",
	},
	[CHECKIN_WAITLISTED] = {
		.code = "waitlisted",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "{name} is on the waiting list",
	},
	[CHECKIN_NO_SESSION] = {
		.code = "no-session",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "no session is open: the next is '{detail}', doors open at {time}",
		.sentence_plain = "no session is open, and none comes after",
	},
	[CHECKIN_AMBIGUOUS_SESSION] = {
		.code = "ambiguous-session",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "several sessions are open: {detail}; say which with --session",
	},
	[CHECKIN_TOO_EARLY] = {
		.code = "too-early",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "too early: the doors of '{session}' open at {time}",
	},
	[CHECKIN_TOO_LATE] = {
		.code = "too-late",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "too late: '{session}' ended at {time}",
	},
	[CHECKIN_NOT_ADMITTED] = {
		.code = "not-admitted",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "'{session}' does not admit {name}: only {detail}",
		.sentence_plain = "no session that is open admits {name}",
	},
	[CHECKIN_ALREADY_IN] = {
		.code = "already-in",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "{name} has been in since {time}",
	},
	[CHECKIN_NOT_IN] = {
		.code = "not-in",
		.status = STATUS_NO,
		.is_stored = true,
		.sentence = "{name} is not in '{session}'",
		.sentence_plain = "{name} is not in",
	},
	[CHECKIN_SESSION_FULL] = {
		.code = "session-full",
		.status = STATUS_NO,
		.is_stored = true,
		.can_be_forced = true,
		.sentence = "'{session}' is full",
	},
};

const struct checkin_reason_entry *checkin_reason_entry(enum checkin_reason reason)
{
	return &entries[reason];
}

bool checkin_reason_parse(const char *code, enum checkin_reason *ret_reason)
{
	for (int i = CHECKIN_NO_REASON + 1; i < CHECKIN_REASON_COUNT; i++) {
		if (strcmp(entries[i].code, code) == 0) {
			*ret_reason = (enum checkin_reason)i;
			return true;
		}
	}
	return false;
}

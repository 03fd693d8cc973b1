/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Check-in and check-out: each scan is decided and stored in one write transaction, or a
 * group of scans in one. Two doors can so never both admit. An answer may be given only
 * after the group's commit; if that fails the scans' fate is unknown, and sending them again
 * with their nonces settles it.
 *
 * The rules look at the scan's own time, whenever it is stored; regtool-checkin(1) lists
 * them in order. Decisions beyond what is said there:
 *
 * - A nonce that the event knows gives the first answer again. It conflicts if the person or
 *   the direction is another, or if a session (or the arrival) is named and is another.
 * - Without a session named a check-out is from the session the person is in, be it over:
 *   up to 12 hours after the session's end, or later on the local day on which it ended.
 *   After that the person was not in any more.
 * - Where nothing that is open admits the person, and preference (in progress before doors
 *   only, of these the earliest start) leaves one session, it is the one named in the
 *   refusal and the one that --force admits to.
 * - Scans that say themselves when they happened count by their times alone. One that happens
 *   now is never put before what was seen of the person already: where the order of one second
 *   (see core/sighting.h) would, it waits for the next.
 * - In an event without sessions a check-in is the arrival; a check-out on the same local day
 *   ends it, and in is welcome again. Where there are sessions an arrival is for the day.
 */
#ifndef REGTOOL_CORE_CHECKIN_H
#define REGTOOL_CORE_CHECKIN_H

#include "core/checkin_reason.h"
#include "core/event.h"
#include "core/programme.h"
#include "core/registrant.h"
#include "store/db.h"
#include "util/error.h"
#include "util/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	NONCE_MAX = 64,           /* characters */
	CHECKIN_GROUP_MAX = 1000, /* scans that may share a commit */
};

/* What was scanned. */
struct checkin_request {
	const char *token; /* as typed; NULL: `who` says */
	const char *who;   /* as registrant_find takes it; a token here is one */
	bool is_out;
	bool is_arrival; /* at the event only; not with a session, not out */
	int64_t at_s;
	bool is_now;         /* at_s is the clock's, and may be taken anew */
	const char *session; /* code; NULL: found out */
	const char *station; /* "": none */
	const char *nonce;   /* NULL: none; else as checkin_is_nonce wants it */
	/* Admits in spite of what can be forced; the reason is kept beside the log. */
	const char *force_reason; /* NULL: not forced */
};

struct checkin_answer {
	/* Nothing was decided: something seen of the person in this very second would count after
	 * this scan although it was seen before. Ask again in the next second. Only if is_now. */
	bool must_wait;
	bool is_admitted;
	enum checkin_reason reason; /* of the refusal, or what was overridden */
	bool is_forced;             /* a reason was overridden */
	bool is_out;
	struct registrant *registrant; /* NULL: unknown */
	char *session;                 /* code; NULL: none */
	char *session_title;
	bool has_at; /* false: of a line that could not be read */
	int64_t at_s;
	bool has_first; /* already-in: since when */
	int64_t first_s;
	char *station;
	int64_t scan_id; /* 0: not stored */
	/*
	 * For the sentence. `detail`, or NULL: bad-line: what is wrong; unknown-token: the other
	 * event's code; nonce-conflict: the other scan; unknown-session: the code asked for;
	 * no-session: the next one's code; ambiguous-session: the codes; not-admitted: the roles.
	 * `time_s`: no-session and too-early: when doors open; too-late: the end; already-in:
	 * since when.
	 */
	char *detail;
	int64_t time_s;
};

void checkin_answer_free(struct checkin_answer *answer);

/* The answer to what could not be read; `detail` says why. */
struct checkin_answer checkin_bad_line(const char *detail, bool is_out, const char *station);
/* Adds the sentence for the screen; times as the zone's clock shows them. */
void checkin_sentence(const struct checkin_answer *answer, const struct zone *zone,
	struct str *str);
/* 1 to 64 printable characters. */
bool checkin_is_nonce(const char *nonce);

/* The desk: decides scans for one event. */
struct checkin;

struct checkin_settings {
	struct db *db;
	const struct event *event;
	const struct zone *zone; /* the event's */
	const char *actor;
	bool is_dry_run; /* decides, and stores nothing: works on read-only databases */
};

/* All of the settings is borrowed. */
struct checkin *checkin_open(const struct checkin_settings *settings);
void checkin_close(struct checkin *checkin);
void checkin_closep(struct checkin **checkin);

/* Begins a group: no more than CHECKIN_GROUP_MAX scans, and nobody else can write meanwhile. */
enum status checkin_begin(struct checkin *checkin, int64_t now_s, struct error *error);
/* Decides one scan, and stores it. A refusal is STATUS_OK. The caller frees the answer, but
 * may give it only after the commit. After a failure the group is lost. */
enum status checkin_record(struct checkin *checkin, const struct checkin_request *request,
	struct checkin_answer *ret_answer, struct error *error);
enum status checkin_commit(struct checkin *checkin, struct error *error);

#endif

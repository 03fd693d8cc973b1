/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Deciding a scan.
 */
#include "core/checkin_private.h"
#include "store/scan_store.h"
#include "util/calendar.h"
#include "util/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	LATE_OUT_S = 12 * CALENDAR_HOUR_S, /* after a session's end a check-out still counts */
};

/* --- What was seen of a person --- */

void checkin_add_sighting(struct checkin *checkin, const struct sighting *sighting)
{
	const struct session *session =
		programme_session_by_id(checkin->programme, sighting->session_id);

	if (checkin->sighting_count == checkin->sighting_capacity) {
		checkin->sighting_capacity =
			checkin->sighting_capacity == 0 ? 32 : checkin->sighting_capacity * 2;
		checkin->sightings = xreallocarray(checkin->sightings, checkin->sighting_capacity,
			sizeof *checkin->sightings);
	}
	struct sighting *kept = &checkin->sightings[checkin->sighting_count++];
	*kept = *sighting;
	kept->code_rank = session != NULL ? session->code_rank : 0;
}

static enum status add_seen(const struct seen_row *row, void *data, struct error *error)
{
	(void)error;
	if (row->is_sighting)
		checkin_add_sighting(data, &(struct sighting){
						   .at_s = row->at_s,
						   .scan_id = row->scan_id,
						   .session_id = row->session_id,
						   .is_out = row->is_out,
					   });
	return STATUS_OK;
}

void checkin_add_rehearsed(const struct scan_row *row, void *data)
{
	if (scan_row_is_sighting(row))
		checkin_add_sighting(data, &(struct sighting){
						   .at_s = row->at_s,
						   .scan_id = row->scan_id,
						   .session_id = row->session_id,
						   .is_out = strcmp(row->direction, "out") == 0,
					   });
}

/* Loads a person's sightings up to a time (and perhaps later ones), sorted. */
static enum status load_sightings(struct checkin *checkin, int64_t registrant_id, int64_t until_s,
	struct error *error)
{
	checkin->sighting_count = 0;
	enum status status = scan_store_seen(checkin->settings.db, registrant_id, until_s,
		INT64_MAX, add_seen, checkin, error);
	if (status != STATUS_OK)
		return status;
	if (checkin->rehearsal != NULL)
		rehearsal_of_registrant(checkin->rehearsal, registrant_id, checkin_add_rehearsed,
			checkin);
	sightings_sort(checkin->sightings, checkin->sighting_count);
	return STATUS_OK;
}

/* What was seen as it happened keeps its order, within a second too. */
static bool comes_too_soon(const struct scan_case *scan)
{
	const struct checkin *checkin = scan->checkin;
	const struct session *session = scan->session;
	const struct sighting next = {
		.at_s = scan->request->at_s,
		.session_id = session != NULL ? session->id : 0,
		.code_rank = session != NULL ? session->code_rank : 0,
		.is_out = scan->request->is_out,
	};

	return scan->request->is_now &&
	       sightings_overtake(checkin->sightings, checkin->sighting_count, &next);
}

/* --- Which session --- */

size_t checkin_open_sessions(const struct checkin *checkin, int64_t at_s, const char *roles_or_null,
	const struct session **ret_first, struct str *codes)
{
	const struct programme *programme = checkin->programme;
	int64_t best = INT64_MAX;
	size_t count = 0;

	for (size_t i = 0; i < programme->session_count; i++) {
		const struct session *session = &programme->sessions[i];
		/* In progress before all that only have their doors open. */
		int64_t rank = session->start_s <= at_s ? INT64_MIN : session->start_s;
		if (at_s < session->start_s - checkin->doors_s || at_s >= session->end_s ||
			rank > best)
			continue;
		if (roles_or_null != NULL && !access_admits(session->access, roles_or_null))
			continue;
		if (rank < best) {
			best = rank;
			count = 0;
			if (codes != NULL)
				str_clear(codes);
		}
		if (count++ == 0)
			*ret_first = session;
		if (codes != NULL)
			str_addf(codes, "%s'%s'", count > 1 ? ", " : "", session->code);
	}
	return count;
}

/* --- The rules --- */

/* Whether the refusal stands; else it does not apply, or was overridden. */
static bool refuses(struct scan_case *scan, enum checkin_reason reason, bool is_so)
{
	if (!is_so)
		return false;
	if (scan->request->force_reason != NULL && checkin_reason_entry(reason)->can_be_forced) {
		if (scan->overridden == CHECKIN_NO_REASON)
			scan->overridden = reason;
		return false;
	}
	scan->answer->reason = reason;
	return true;
}

static bool status_refuses(struct scan_case *scan)
{
	enum registrant_status status = scan->answer->registrant->status;

	return refuses(scan, CHECKIN_CANCELLED, status == REGISTRANT_CANCELLED) ||
	       refuses(scan, CHECKIN_PENDING, status == REGISTRANT_PENDING) ||
	       refuses(scan, CHECKIN_WAITLISTED, status == REGISTRANT_WAITLISTED);
}

/* Without a session named: finds it. */
static bool choice_refuses(struct scan_case *scan)
{
	const struct checkin *checkin = scan->checkin;
	const char *roles = scan->answer->registrant->roles;
	int64_t at_s = scan->request->at_s;
	const struct session *session = NULL;

	size_t count = checkin_open_sessions(checkin, at_s, roles, &session, NULL);
	bool is_admitting = count > 0;
	if (!is_admitting)
		count = checkin_open_sessions(checkin, at_s, NULL, &session, NULL);
	if (count == 1)
		scan->session = session;
	if (refuses(scan, CHECKIN_NO_SESSION, count == 0) ||
		refuses(scan, CHECKIN_AMBIGUOUS_SESSION, is_admitting && count > 1) ||
		refuses(scan, CHECKIN_NOT_ADMITTED, !is_admitting))
		return true;
	/* Forced, but to which of them? */
	return refuses(scan, CHECKIN_AMBIGUOUS_SESSION, scan->session == NULL);
}

static bool session_refuses(struct scan_case *scan)
{
	int64_t at_s = scan->request->at_s;
	const struct session *session = scan->session;

	if (session == NULL)
		return choice_refuses(scan);
	return refuses(scan, CHECKIN_TOO_EARLY, at_s < session->start_s - scan->checkin->doors_s) ||
	       refuses(scan, CHECKIN_TOO_LATE, at_s >= session->end_s) ||
	       refuses(scan, CHECKIN_NOT_ADMITTED,
		       !access_admits(session->access, scan->answer->registrant->roles));
}

/* Whether they have arrived on the scan's local day, and since when. */
static bool has_arrived(const struct scan_case *scan, int64_t *ret_first_s)
{
	const struct checkin *checkin = scan->checkin;
	const struct zone *zone = checkin->settings.zone;
	int64_t at_s = scan->request->at_s;

	return sightings_arrived(checkin->sightings, checkin->sighting_count,
		zone_day_start(zone, zone_day_of(zone, at_s)), at_s,
		checkin->programme->session_count == 0, ret_first_s);
}

static enum status judge_in(struct scan_case *scan, struct error *error)
{
	struct checkin *checkin = scan->checkin;
	struct checkin_answer *answer = scan->answer;
	int64_t at_s = scan->request->at_s;
	struct stay stay;
	bool full = false;

	if (status_refuses(scan) || (!scan->is_arrival && session_refuses(scan)))
		return STATUS_OK;
	enum status status = load_sightings(checkin, answer->registrant->id, at_s, error);
	answer->must_wait = status == STATUS_OK && comes_too_soon(scan);
	if (status != STATUS_OK || answer->must_wait)
		return status;
	if (scan->is_arrival) {
		answer->has_first = has_arrived(scan, &answer->first_s);
	} else if (sightings_inside(checkin->sightings, checkin->sighting_count, at_s, &stay) &&
		   stay.session_id == scan->session->id) {
		answer->has_first = true;
		answer->first_s = stay.from_s;
	}
	if (refuses(scan, CHECKIN_ALREADY_IN, answer->has_first))
		return STATUS_OK;
	if (!scan->is_arrival && scan->session->has_capacity) {
		status = checkin_is_full(scan, &full, error);
		if (status != STATUS_OK)
			return status;
		(void)refuses(scan, CHECKIN_SESSION_FULL, full);
	}
	return STATUS_OK;
}

/* Whether who went into the session and was not seen going out is taken to be there still. */
static bool may_still_leave(const struct scan_case *scan, const struct session *session)
{
	const struct zone *zone = scan->checkin->settings.zone;
	int64_t at_s = scan->request->at_s;

	return at_s <= session->end_s + LATE_OUT_S ||
	       zone_day_of(zone, at_s) == zone_day_of(zone, session->end_s);
}

static enum status judge_out(struct scan_case *scan, struct error *error)
{
	struct checkin *checkin = scan->checkin;
	int64_t at_s = scan->request->at_s;
	const struct session *place = NULL;
	struct stay stay;
	int64_t first_s;
	bool is_in = false;

	enum status status = load_sightings(checkin, scan->answer->registrant->id, at_s, error);
	scan->answer->must_wait = status == STATUS_OK && comes_too_soon(scan);
	if (status != STATUS_OK || scan->answer->must_wait)
		return status;
	if (scan->is_arrival) {
		is_in = has_arrived(scan, &first_s);
	} else if (sightings_inside(checkin->sightings, checkin->sighting_count, at_s, &stay)) {
		place = programme_session_by_id(checkin->programme, stay.session_id);
		is_in = place != NULL && may_still_leave(scan, place) &&
			(scan->session == NULL || scan->session == place);
	}
	if (!refuses(scan, CHECKIN_NOT_IN, !is_in))
		scan->session = place;
	return STATUS_OK;
}

enum status checkin_judge(struct scan_case *scan, struct error *error)
{
	const struct checkin_request *request = scan->request;
	struct checkin_answer *answer = scan->answer;
	const struct programme *programme = scan->checkin->programme;
	enum status status = STATUS_OK;

	if (request->session != NULL)
		scan->session = programme_session(programme, request->session);
	else
		scan->is_arrival = request->is_arrival || programme->session_count == 0;
	if (!refuses(scan, CHECKIN_ERASED, answer->registrant->is_erased) &&
		!refuses(scan, CHECKIN_REVOKED_TOKEN, scan->is_revoked) &&
		!refuses(scan, CHECKIN_UNKNOWN_SESSION,
			request->session != NULL && scan->session == NULL))
		status = request->is_out ? judge_out(scan, error) : judge_in(scan, error);
	if (status != STATUS_OK)
		return status;
	answer->is_admitted = answer->reason == CHECKIN_NO_REASON;
	if (answer->is_admitted && scan->overridden != CHECKIN_NO_REASON) {
		answer->reason = scan->overridden;
		answer->is_forced = true;
	}
	return STATUS_OK;
}

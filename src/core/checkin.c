/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin.h"

#include "core/checkin_private.h"
#include "core/token.h"
#include "store/scan_store.h"
#include "util/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* --- Groups --- */

struct checkin *checkin_open(const struct checkin_settings *settings)
{
	struct checkin *checkin = xcalloc(1, sizeof *checkin);

	checkin->settings = *settings;
	checkin->doors_s = settings->event->doors_min * 60;
	checkin->actor.name = settings->actor;
	if (settings->is_dry_run)
		checkin->rehearsal = rehearsal_new();
	return checkin;
}

static void end_group(struct checkin *checkin)
{
	ledger_free(&checkin->ledger);
	transaction_end(&checkin->transaction);
	checkin_free_rooms(checkin);
	programme_free(checkin->programme);
	checkin->programme = NULL;
}

void checkin_close(struct checkin *checkin)
{
	if (checkin == NULL)
		return;
	end_group(checkin);
	rehearsal_free(checkin->rehearsal);
	free(checkin->sightings);
	free(checkin);
}

void checkin_closep(struct checkin **checkin)
{
	checkin_close(*checkin);
	*checkin = NULL;
}

/* A station runs for days: doors may be set anew meanwhile. */
static enum status look_at_event_again(struct checkin *checkin, struct error *error)
{
	CLEANUP(event_freep) struct event *event = NULL;

	enum status status =
		event_find(checkin->settings.db, checkin->settings.event->code, &event, error);
	if (status == STATUS_OK)
		checkin->doors_s = event->doors_min * 60;
	return status;
}

enum status checkin_begin(struct checkin *checkin, int64_t now_s, struct error *error)
{
	struct db *db = checkin->settings.db;
	enum status status;

	assert(checkin->programme == NULL);
	checkin->actor.now_s = now_s;
	if (checkin->rehearsal != NULL)
		status = transaction_begin_read(&checkin->transaction, db, error);
	else
		status = transaction_begin_write(&checkin->transaction, db, error);
	if (status == STATUS_OK && checkin->has_begun_before)
		status = look_at_event_again(checkin, error);
	if (status == STATUS_OK)
		status =
			programme_load(db, checkin->settings.event->id, &checkin->programme, error);
	if (status == STATUS_OK && checkin->rehearsal == NULL)
		status = ledger_begin(&checkin->ledger, db, error);
	checkin->has_begun_before = true;
	if (status != STATUS_OK)
		end_group(checkin);
	return status;
}

/* Writes the log entry over the rows since the last one. */
static enum status close_entry(struct checkin *checkin, const struct checkin_answer *forced,
	const char *force_reason, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	struct log_event event = {
		.action = checkin->rows_out == checkin->rows ? "checkout" : "checkin",
	};

	if (checkin->rows == 0)
		return STATUS_OK;
	if (checkin->rows == 1 && checkin->last_registrant_id != 0) {
		event.subject = "registrant";
		event.subject_id = checkin->last_registrant_id;
	}
	if (checkin->rows_without_token == checkin->rows)
		str_add(&detail, "without token");
	else if (checkin->rows_without_token > 0)
		str_addf(&detail, "without token: %zu", checkin->rows_without_token);
	if (forced != NULL) {
		str_addf(&detail, "%sforced: %s", detail.length > 0 ? "; " : "",
			checkin_reason_entry(forced->reason)->code);
		event.reason = force_reason;
		event.reason_registrant_id = forced->registrant->id;
		event.reason_scan_id = forced->scan_id;
	}
	event.detail = detail.text;
	checkin->rows = 0;
	checkin->rows_out = 0;
	checkin->rows_without_token = 0;
	return ledger_close(&checkin->ledger, &checkin->actor, &event, error);
}

enum status checkin_commit(struct checkin *checkin, struct error *error)
{
	enum status status = STATUS_OK;

	if (checkin->rehearsal == NULL) {
		status = close_entry(checkin, NULL, NULL, error);
		if (status == STATUS_OK)
			status = transaction_commit(&checkin->transaction, error);
	}
	end_group(checkin);
	return status;
}

/* --- Who it is --- */

struct other_event {
	int64_t event_id;
	struct checkin_answer *answer;
};

static enum status name_event(const struct event_row *row, void *data, struct error *error)
{
	struct other_event *other = data;

	(void)error;
	if (row->event_id == other->event_id && other->answer->detail == NULL)
		other->answer->detail = xstrdup(row->code);
	return STATUS_OK;
}

static enum status find_token(struct scan_case *scan, const char *text, struct error *error)
{
	struct db *db = scan->checkin->settings.db;
	struct checkin_answer *answer = scan->answer;
	unsigned char token[TOKEN_SIZE];
	struct token_holder holder;

	if (!token_read(text, token)) {
		answer->reason = CHECKIN_MALFORMED_TOKEN;
		return STATUS_OK;
	}
	enum status status = token_find(db, token, &holder, error);
	token_wipe(token, sizeof token);
	if (status == STATUS_NOT_FOUND) {
		error_clear(error);
		answer->reason = CHECKIN_UNKNOWN_TOKEN;
		return STATUS_OK;
	}
	if (status != STATUS_OK)
		return status;
	if (holder.event_id != scan->checkin->settings.event->id) {
		struct other_event other = { .event_id = holder.event_id, .answer = answer };
		answer->reason = CHECKIN_UNKNOWN_TOKEN;
		return event_store_list(db, name_event, &other, error);
	}
	scan->token_id = holder.token_id;
	scan->is_revoked = holder.is_revoked;
	return registrant_load(db, holder.registrant_id, &answer->registrant, error);
}

static enum status find_who(struct scan_case *scan, const char *who, struct error *error)
{
	const struct checkin_settings *settings = &scan->checkin->settings;
	struct checkin_answer *answer = scan->answer;
	struct error problem = ERROR_INIT;
	unsigned char token[TOKEN_SIZE];

	if (token_read(who, token)) {
		token_wipe(token, sizeof token);
		return find_token(scan, who, error);
	}
	enum status status = registrant_find(settings->db, settings->event->id, who,
		&answer->registrant, &problem);
	if (status == STATUS_NOT_FOUND || status == STATUS_AMBIGUOUS) {
		answer->reason = CHECKIN_BAD_LINE;
		answer->detail = xstrdup(problem.message);
		return STATUS_OK;
	}
	if (status != STATUS_OK)
		*error = problem;
	return status;
}

/* --- A nonce that is known --- */

/* A scan of a merged record is the person's: it was entered anew, and the nonce stayed. */
static enum status is_of_person(const struct scan_case *scan, const struct scan_row *row,
	bool *ret_is_so, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *owner = NULL;
	const struct registrant *registrant = scan->answer->registrant;
	int64_t registrant_id = registrant != NULL ? registrant->id : 0;
	enum status status = STATUS_OK;

	if (row->registrant_id != registrant_id && row->registrant_id != 0 && registrant_id != 0)
		status = registrant_load(scan->checkin->settings.db, row->registrant_id, &owner,
			error);
	if (status == STATUS_OK)
		*ret_is_so = (owner != NULL ? owner->id : row->registrant_id) == registrant_id;
	return status;
}

static bool is_same_scan(const struct scan_case *scan, const struct scan_row *row)
{
	const struct checkin_request *request = scan->request;

	if (row->direction == NULL || (strcmp(row->direction, "out") == 0) != request->is_out)
		return false;
	if (request->is_arrival)
		return row->session_id == 0;
	if (request->session == NULL)
		return true;
	const struct session *named = programme_session(scan->checkin->programme, request->session);
	return named != NULL && named->id == row->session_id;
}

static void set_text(char **text, const char *value)
{
	free(*text);
	*text = value != NULL ? xstrdup(value) : NULL;
}

static void name_session(struct scan_case *scan)
{
	if (scan->session != NULL) {
		set_text(&scan->answer->session, scan->session->code);
		set_text(&scan->answer->session_title, scan->session->title);
	}
}

/* Gives the first answer again, or the conflict. */
static enum status answer_again(const struct scan_row *row, void *data, struct error *error)
{
	struct scan_case *scan = data;
	struct checkin_answer *answer = scan->answer;
	bool was_unknown = answer->reason == CHECKIN_UNKNOWN_TOKEN;
	bool is_same = false;

	enum status status = is_of_person(scan, row, &is_same, error);
	if (status != STATUS_OK)
		return status;
	if (!is_same || !is_same_scan(scan, row)) {
		struct str detail = STR_INIT;
		str_addf(&detail, "number %lld", (long long)row->scan_id);
		set_text(&answer->detail, NULL);
		answer->detail = str_steal(&detail);
		answer->reason = CHECKIN_NONCE_CONFLICT;
		return STATUS_OK;
	}
	answer->is_admitted = strcmp(row->result, "admitted") == 0;
	answer->reason = CHECKIN_NO_REASON;
	if (row->reason != NULL && !checkin_reason_parse(row->reason, &answer->reason))
		return error_set(error, STATUS_DATABASE, "scan %lld has the reason '%s'",
			(long long)row->scan_id, row->reason);
	answer->is_forced = row->is_forced;
	answer->at_s = row->at_s;
	answer->has_first = row->has_first;
	answer->first_s = row->first_s;
	answer->scan_id = row->scan_id;
	set_text(&answer->station, row->station);
	scan->session = programme_session_by_id(scan->checkin->programme, row->session_id);
	name_session(scan);
	if (!was_unknown)
		checkin_explain(scan);
	return STATUS_OK;
}

/* STATUS_NOT_FOUND: the nonce is new. */
static enum status look_for_nonce(struct scan_case *scan, struct error *error)
{
	const struct checkin *checkin = scan->checkin;
	const char *nonce = scan->request->nonce;

	if (checkin->rehearsal != NULL) {
		const struct scan_row *row = rehearsal_by_nonce(checkin->rehearsal, nonce);
		if (row != NULL)
			return answer_again(row, scan, error);
	}
	return scan_store_by_nonce(checkin->settings.db, checkin->settings.event->id, nonce,
		answer_again, scan, error);
}

/* --- Storing --- */

static enum status store(struct scan_case *scan, struct error *error)
{
	struct checkin *checkin = scan->checkin;
	const struct checkin_request *request = scan->request;
	struct checkin_answer *answer = scan->answer;
	struct scan_row row = {
		.event_id = checkin->settings.event->id,
		.registrant_id = answer->registrant != NULL ? answer->registrant->id : 0,
		.session_id = scan->session != NULL ? scan->session->id : 0,
		.token_id = scan->token_id,
		.direction = request->is_out ? "out" : "in",
		.at_s = request->at_s,
		.has_first = answer->has_first,
		.first_s = answer->first_s,
		.stored_s = checkin->actor.now_s,
		.source = "door",
		.station = request->station,
		.nonce = request->nonce,
		.result = answer->is_admitted ? "admitted" : "refused",
		.reason = checkin_reason_entry(answer->reason)->code,
		.is_forced = answer->is_forced,
		.actor = checkin->actor.name,
	};
	enum status status = STATUS_OK;

	if (checkin->rehearsal != NULL) {
		rehearsal_add(checkin->rehearsal, &row);
		checkin_note_in_room(checkin, &row);
		return STATUS_OK;
	}
	/* The words of a forced one hang on an entry of its own. */
	if (answer->is_forced)
		status = close_entry(checkin, NULL, NULL, error);
	if (status == STATUS_OK)
		status = ledger_add(&checkin->ledger, &row, error);
	if (status != STATUS_OK)
		return status;
	answer->scan_id = row.scan_id;
	checkin_note_in_room(checkin, &row);
	checkin->rows++;
	checkin->rows_out += request->is_out ? 1 : 0;
	checkin->rows_without_token += answer->registrant != NULL && row.token_id == 0 ? 1 : 0;
	checkin->last_registrant_id = row.registrant_id;
	if (answer->is_forced)
		status = close_entry(checkin, answer, request->force_reason, error);
	return status;
}

/* --- One scan --- */

static enum status decide(struct scan_case *scan, struct error *error)
{
	const struct checkin_request *request = scan->request;
	struct checkin_answer *answer = scan->answer;
	enum status status;

	if (request->token != NULL)
		status = find_token(scan, request->token, error);
	else
		status = find_who(scan, request->who, error);
	if (status != STATUS_OK || answer->reason == CHECKIN_BAD_LINE ||
		answer->reason == CHECKIN_MALFORMED_TOKEN)
		return status;
	if (request->nonce != NULL) {
		status = look_for_nonce(scan, error);
		if (status != STATUS_NOT_FOUND)
			return status;
		error_clear(error);
	}
	if (answer->reason == CHECKIN_NO_REASON) {
		status = checkin_judge(scan, error);
		if (status != STATUS_OK || answer->must_wait)
			return status;
		name_session(scan);
		checkin_explain(scan);
	}
	if (!checkin_reason_entry(answer->reason)->is_stored)
		return STATUS_OK;
	return store(scan, error);
}

enum status checkin_record(struct checkin *checkin, const struct checkin_request *request,
	struct checkin_answer *ret_answer, struct error *error)
{
	struct checkin_answer answer = {
		.is_out = request->is_out,
		.has_at = true,
		.at_s = request->at_s,
		.station = xstrdup(request->station),
	};
	struct scan_case scan = {
		.checkin = checkin,
		.request = request,
		.answer = &answer,
	};

	assert(checkin->programme != NULL);
	assert(!request->is_arrival || (request->session == NULL && !request->is_out));
	enum status status = decide(&scan, error);
	if (status != STATUS_OK) {
		checkin_answer_free(&answer);
		end_group(checkin);
		return status;
	}
	*ret_answer = answer;
	return STATUS_OK;
}

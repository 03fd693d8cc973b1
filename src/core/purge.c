/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/purge.h"

#include "core/erase.h"
#include "core/programme.h"
#include "util/memory.h"
#include "util/text.h"

#include <assert.h>

enum {
	REGISTRANTS_A_SLICE = 200, /* some tens of milliseconds */
};

struct purge {
	struct db *db;
	const struct actor *actor;
	const struct purge_request *request;
	struct purge_result result;
	int64_t after; /* the last registrant looked at */
	bool is_first; /* slice in which somebody is erased */
};

void purge_result_free(struct purge_result *result)
{
	str_free(&result->courses);
}

/* --- Whether it may be --- */

/* The day on which all is over: that of the event, or of what its programme has after it. */
static enum status find_last_day(struct purge *purge, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	const struct event *event = purge->request->event;
	bool is_known = event->has_last_day;

	purge->result.last_day = event->last_day;
	enum status status = programme_load(purge->db, event->id, &programme, error);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < programme->session_count; i++) {
		/* One that ends at midnight is over on the day before. */
		zone_day day = zone_day_of(purge->request->zone, programme->sessions[i].end_s - 1);
		if (!is_known || day > purge->result.last_day)
			purge->result.last_day = day;
		is_known = true;
	}
	if (is_known)
		return STATUS_OK;
	(void)error_set(error, STATUS_NO, "event '%s' has no last day, and no programme",
		event->code);
	return error_hint(error, "say when it ended: 'regtool event set %s --end DATE'",
		event->code);
}

static enum status check_days(struct purge *purge, struct error *error)
{
	const struct purge_request *request = purge->request;
	CLEANUP(str_free) struct str before = STR_INIT;
	CLEANUP(str_free) struct str last = STR_INIT;

	date_write(request->before, &before);
	if (request->before > zone_day_of(request->zone, purge->actor->now_s))
		return error_set(error, STATUS_NO, "%s is ahead", before.text);
	enum status status = find_last_day(purge, error);
	if (status != STATUS_OK || purge->result.last_day < request->before)
		return status;
	date_write(purge->result.last_day, &last);
	return error_set(error, STATUS_NO, "event '%s' ended on %s, not before %s",
		request->event->code, last.text, before.text);
}

static enum status add_course(const char *code, void *data, struct error *error)
{
	struct purge *purge = data;

	(void)error;
	str_addf(&purge->result.courses, "%s%s", purge->result.courses.length > 0 ? ";" : "", code);
	return STATUS_OK;
}

/* --- Slices --- */

/* Some registrants by number. */
struct slice {
	int64_t numbers[REGISTRANTS_A_SLICE]; /* who are not erased */
	size_t count;
	int64_t looked_at;
	int64_t erased_before;
	int64_t last;
};

static enum status take_number(int64_t registrant_id, bool is_erased, void *data,
	struct error *error)
{
	struct slice *slice = data;

	(void)error;
	slice->last = registrant_id;
	slice->looked_at++;
	if (is_erased) {
		slice->erased_before++;
		return STATUS_OK;
	}
	assert(slice->count < REGISTRANTS_A_SLICE);
	slice->numbers[slice->count++] = registrant_id;
	return STATUS_OK;
}

static enum status read_slice(const struct purge *purge, struct slice *slice, struct error *error)
{
	const struct erase_page page = {
		.event_id = purge->request->event->id,
		.after = purge->after,
		.limit = REGISTRANTS_A_SLICE,
	};

	return erase_store_event(purge->db, &page, take_number, slice, error);
}

static void count_slice(struct purge *purge, const struct slice *slice)
{
	struct purge_result *result = &purge->result;

	result->registrants += slice->looked_at;
	result->erased_before += slice->erased_before;
	result->erased += (int64_t)slice->count;
	purge->after = slice->last;
	if (purge->request->on_progress != NULL)
		purge->request->on_progress(result->registrants, purge->request->data);
}

static enum status log_slice(struct purge *purge, const struct slice *slice, struct error *error)
{
	CLEANUP(str_free) struct str detail = STR_INIT;
	bool is_first = purge->is_first;

	if (slice->count > 0)
		str_addf(&detail, "registrants %lld to %lld: %zu", (long long)slice->numbers[0],
			(long long)slice->numbers[slice->count - 1], slice->count);
	purge->is_first = false;
	return log_append(purge->db, purge->actor,
		&(struct log_event){ .action = "event purge",
			.subject = "event",
			.subject_id = purge->request->event->id,
			.detail = detail.text,
			.reason = is_first ? purge->request->reason : NULL },
		error);
}

static enum status erase_slice(struct purge *purge, const struct slice *slice, struct error *error)
{
	struct erase_counts counts = { .parted = 0 };
	enum status status = STATUS_OK;

	if (purge->after == 0)
		status = erase_store_event_aliases(purge->db, purge->request->event->id, &counts,
			error);
	for (size_t i = 0; i < slice->count && status == STATUS_OK; i++)
		status = erase_registrant(purge->db, slice->numbers[i], purge->actor->now_s,
			&counts, error);
	purge->result.elsewhere += counts.parted;
	if (status == STATUS_OK && (slice->count > 0 || counts.aliases > 0))
		status = log_slice(purge, slice, error);
	return status;
}

/* What erasing would do. */
static enum status count_elsewhere(struct purge *purge, const struct slice *slice,
	struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < slice->count && status == STATUS_OK; i++) {
		bool is_elsewhere = false;
		status = erase_is_elsewhere(purge->db, slice->numbers[i], &is_elsewhere, error);
		purge->result.elsewhere += is_elsewhere ? 1 : 0;
	}
	return status;
}

static enum status run_slice(struct purge *purge, bool *ret_is_last, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct slice slice = { .count = 0 };
	bool is_dry = purge->request->is_dry;

	enum status status = is_dry ? transaction_begin_read(&transaction, purge->db, error)
				    : transaction_begin_write(&transaction, purge->db, error);
	if (status == STATUS_OK)
		status = read_slice(purge, &slice, error);
	if (status == STATUS_OK)
		status = is_dry ? count_elsewhere(purge, &slice, error)
				: erase_slice(purge, &slice, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	if (status == STATUS_OK)
		count_slice(purge, &slice);
	*ret_is_last = slice.looked_at < REGISTRANTS_A_SLICE;
	return status;
}

/* --- The whole --- */

enum status purge_event(struct db *db, const struct actor *actor,
	const struct purge_request *request, struct purge_result *ret_result, struct error *error)
{
	struct purge purge = {
		.db = db,
		.actor = actor,
		.request = request,
		.result = PURGE_RESULT_INIT,
		.is_first = true,
	};
	bool is_last = false;

	enum status status = check_days(&purge, error);
	if (status == STATUS_OK)
		status = erase_store_courses(db, request->event->id, add_course, &purge, error);
	while (status == STATUS_OK && !is_last) {
		status = run_slice(&purge, &is_last, error);
		transaction_let_others();
	}
	if (status == STATUS_OK)
		*ret_result = purge.result;
	else
		purge_result_free(&purge.result);
	return status;
}

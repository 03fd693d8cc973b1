/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/forget.h"

#include "core/erase.h"
#include "core/erasure.h"
#include "core/registrant.h"
#include "util/memory.h"
#include "util/str.h"

void forget_result_free(struct forget_result *result)
{
	registrant_outcome_free(&result->outcome);
}

struct forgetting {
	struct db *db;
	const struct actor *actor;
	const struct forget_request *request;
	struct registrant *registrant;
	struct erasures *erasures; /* NULL: erased before */
	struct forget_result result;
	bool is_changed;
};

/* What is only known before the record is erased. */
static enum status look_at_record(const struct erase_record *record, void *data,
	struct error *error)
{
	struct forgetting *forgetting = data;
	bool is_named = false;
	enum status status = STATUS_OK;

	if (record->name[0] != '\0')
		status = erase_store_named(forgetting->db, record->name, &is_named, error);
	forgetting->result.is_in_programme |= is_named;
	if (status == STATUS_OK)
		status = erase_store_aliases(forgetting->db, record->person_id,
			&forgetting->result.counts, error);
	if (status == STATUS_OK && forgetting->erasures != NULL)
		status = erasures_add(forgetting->erasures, record,
			forgetting->registrant->person_id, forgetting->actor->now_s, error);
	return status;
}

/* --- Seats --- */

static enum status give_seat(int64_t registrant_id, int64_t event_id, void *data,
	struct error *error)
{
	struct forgetting *forgetting = data;
	struct forget_result *result = &forgetting->result;
	CLEANUP(seats_free) struct seats elsewhere = SEATS_INIT;
	bool is_here = event_id == forgetting->registrant->event_id;

	(void)registrant_id;
	/* A merged record is of the same event. */
	if (is_here && result->outcome.seats.db != NULL)
		return STATUS_OK;
	enum status status =
		seats_fill(forgetting->db, forgetting->actor, event_id, &elsewhere, error);
	if (status == STATUS_OK && is_here)
		seats_move(&elsewhere, &result->outcome.seats);
	else if (status == STATUS_OK)
		result->promoted_elsewhere += (int64_t)elsewhere.promoted_count;
	return status;
}

static enum status give_seats(const struct erase_record *record, void *data, struct error *error)
{
	const struct forgetting *forgetting = data;

	return erase_store_registrants(forgetting->db, record->person_id, give_seat, data, error);
}

/* --- The log: an entry for each registrant of the person --- */

static enum status log_registrant(int64_t registrant_id, int64_t event_id, void *data,
	struct error *error)
{
	struct forgetting *forgetting = data;
	const struct erase_counts *counts = &forgetting->result.counts;
	bool is_first = registrant_id == forgetting->request->registrant_id;
	CLEANUP(str_free) struct str detail = STR_INIT;

	(void)event_id;
	forgetting->result.registrants++;
	if (!forgetting->is_changed)
		return STATUS_OK;
	if (is_first)
		str_addf(&detail, "answers %lld, reasons %lld, import changes %lld",
			(long long)counts->answers, (long long)counts->remarks,
			(long long)counts->changes);
	else
		str_addf(&detail, "with registrant %lld",
			(long long)forgetting->request->registrant_id);
	/* The reason is of nobody: else it would be erased with the next. */
	return log_append(forgetting->db, forgetting->actor,
		&(struct log_event){ .action = "registrant forget",
			.subject = "registrant",
			.subject_id = registrant_id,
			.detail = detail.text,
			.reason = is_first ? forgetting->request->reason : NULL },
		error);
}

static enum status log_record(const struct erase_record *record, void *data, struct error *error)
{
	const struct forgetting *forgetting = data;

	return erase_store_registrants(forgetting->db, record->person_id, log_registrant, data,
		error);
}

/* --- The whole --- */

static enum status forget(struct forgetting *forgetting, struct error *error)
{
	struct db *db = forgetting->db;
	const struct forget_request *request = forgetting->request;
	struct forget_result *result = &forgetting->result;
	const struct erase_counts *counts = &result->counts;

	enum status status =
		registrant_load(db, request->registrant_id, &forgetting->registrant, error);
	if (status != STATUS_OK)
		return status;
	int64_t person_id = forgetting->registrant->person_id;
	result->outcome.registrant_id = request->registrant_id;
	result->was_erased = forgetting->registrant->is_erased;
	if (!result->was_erased)
		status = erasures_open(db, NULL, request->key_path, &forgetting->erasures, error);
	if (status == STATUS_OK)
		status = erase_store_records(db, person_id, look_at_record, forgetting, error);
	if (status == STATUS_OK)
		status = erase_person(db, person_id, forgetting->actor->now_s, &result->counts,
			error);
	forgetting->is_changed = counts->people + counts->registrants + counts->answers +
					 counts->remarks + counts->changes + counts->aliases >
				 0;
	if (status == STATUS_OK)
		status = erase_store_records(db, person_id, log_record, forgetting, error);
	if (status == STATUS_OK)
		status = erase_store_records(db, person_id, give_seats, forgetting, error);
	return status;
}

enum status forget_person(struct db *db, const struct actor *actor,
	const struct forget_request *request, struct forget_result *ret_result, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct forgetting forgetting = {
		.db = db,
		.actor = actor,
		.request = request,
		.result = FORGET_RESULT_INIT,
	};

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = forget(&forgetting, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	registrant_free(forgetting.registrant);
	erasures_free(forgetting.erasures);
	if (status == STATUS_OK)
		*ret_result = forgetting.result;
	else
		forget_result_free(&forgetting.result);
	return status;
}

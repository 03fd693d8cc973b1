/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/merge.h"

#include "core/merge_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

void merge_result_free(struct merge_result *result)
{
	for (size_t i = 0; i < result->note_count; i++) {
		free(result->notes[i].event);
		free(result->notes[i].field);
		free(result->notes[i].kept);
		free(result->notes[i].value);
	}
	for (size_t i = 0; i < result->place_count; i++)
		free(result->places[i].event);
	free(result->notes);
	free(result->places);
	seats_free(&result->seats);
	*result = (struct merge_result){ .note_count = 0 };
}

/* --- Records, copied --- */

void merge_record_free(struct merge_record *record)
{
	registrant_free(record->registrant);
	record->registrant = NULL;
}

static enum status copy_record(const struct merge_row *row, void *data, struct error *error)
{
	struct merge_record *record = data;

	record->row = *row;
	return registrant_copy(&row->registrant, &record->registrant, error);
}

static enum status load_record(struct db *db, int64_t registrant_id, struct merge_record *record,
	struct error *error)
{
	enum status status = merge_store_registrant(db, registrant_id, copy_record, record, error);

	if (status == STATUS_OK)
		record->row.registrant = registrant_as_row(record->registrant);
	return status;
}

/* --- What is noted --- */

static char *copy_or_null(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

static void add_note(struct merge *merge, const char *field, const char *kept, const char *value)
{
	struct merge_result *result = merge->result;

	result->notes = xreallocarray(result->notes, result->note_count + 1, sizeof *result->notes);
	result->notes[result->note_count++] = (struct merge_note){
		.event = copy_or_null(merge->event),
		.field = xstrdup(field),
		.kept = copy_or_null(kept),
		.value = xstrdup(value),
	};
}

/* Of what hangs on a registrant or a person. */
static void note_row(const char *event, const char *field, const char *kept, const char *value,
	void *data)
{
	struct merge *merge = data;
	const char *before = merge->event;

	merge->event = event;
	add_note(merge, field, kept, value);
	merge->event = before;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Takes a text over where there is none, or notes that there is another. True if taken. */
static bool join_text(struct merge *merge, enum field field, const char **into, const char *from)
{
	if (or_empty(from)[0] == '\0' || strcmp(or_empty(*into), from) == 0)
		return false;
	if (or_empty(*into)[0] != '\0') {
		add_note(merge, field_word(field), *into, from);
		return false;
	}
	add_note(merge, field_word(field), NULL, from);
	*into = from;
	return true;
}

/* --- The person --- */

/* Names go together: parts of one are never put to the name of another. */
static bool join_names(struct merge *merge, struct registrant_row *into,
	const struct registrant_row *from)
{
	bool is_taken = join_text(merge, FIELD_NAME, &into->name, from->name);

	if (strcmp(into->name, from->name) != 0)
		return false;
	is_taken |= join_text(merge, FIELD_GIVEN_NAME, &into->given_name, from->given_name);
	is_taken |= join_text(merge, FIELD_FAMILY_NAME, &into->family_name, from->family_name);
	return is_taken;
}

/* Another case alone is no other address. */
static bool join_emails(struct merge *merge, struct registrant_row *into,
	const struct registrant_row *from)
{
	CLEANUP(str_free) struct str left = STR_INIT;
	CLEANUP(str_free) struct str right = STR_INIT;

	text_fold(or_empty(into->email), &left);
	text_fold(or_empty(from->email), &right);
	if (strcmp(left.text, right.text) == 0)
		return false;
	return join_text(merge, FIELD_EMAIL, &into->email, from->email);
}

static enum status join_people(struct merge *merge, struct error *error)
{
	CLEANUP(str_free) struct str email_key = STR_INIT;
	const struct registrant_row *from = &merge->from.row.registrant;
	struct registrant_row into = merge->into.row.registrant;
	bool is_changed = false;
	enum status status;

	is_changed |= join_names(merge, &into, from);
	is_changed |= join_emails(merge, &into, from);
	is_changed |= join_text(merge, FIELD_AFFILIATION, &into.affiliation, from->affiliation);
	is_changed |= join_text(merge, FIELD_EXTERNAL_ID, &into.external_id, from->external_id);
	status = merge_store_note_people(merge->db, from->person_id, into.person_id, note_row,
		merge, error);
	if (status == STATUS_OK)
		status = merge_store_people(merge->db, from->person_id, into.person_id, error);
	if (status != STATUS_OK || !is_changed)
		return status;
	if (into.email != NULL)
		text_fold(into.email, &email_key);
	return person_store_update(merge->db, &into, into.email != NULL ? email_key.text : NULL,
		error);
}

/* --- A registrant --- */

static void join_roles(struct merge *merge, const char **into, const char *from, struct str *memory)
{
	const char *position = from;
	const char *word;
	size_t length;

	while (text_set_next(&position, &word, &length)) {
		CLEANUP(str_free) struct str role = STR_INIT;
		str_add_bytes(&role, word, length);
		if (!text_set_has(*into, role.text))
			add_note(merge, field_word(FIELD_ROLES), NULL, role.text);
	}
	text_set_join(*into, from, memory);
	*into = memory->text;
}

/* Who waits with one record and has a seat with the other has the seat. */
static void join_status(struct merge *merge, struct registrant_row *into,
	const struct registrant_row *from)
{
	if (!seats_are_waited_for(into->status) || !seats_are_of(from->status)) {
		(void)join_text(merge, FIELD_STATUS, &into->status, from->status);
		return;
	}
	add_note(merge, field_word(FIELD_STATUS), NULL, from->status);
	into->status = from->status;
	into->is_status_manual = from->is_status_manual;
}

static enum status join_fields(struct merge *merge, const struct merge_record *from,
	const struct merge_record *into, struct error *error)
{
	CLEANUP(str_free) struct str roles = STR_INIT;
	const struct registrant_row *old = &from->row.registrant;
	struct registrant_row row = into->row.registrant;

	join_roles(merge, &row.roles, old->roles, &roles);
	join_status(merge, &row, old);
	(void)join_text(merge, FIELD_CATEGORY, &row.category, old->category);
	(void)join_text(merge, FIELD_NOTE, &row.note, old->note);
	enum status status = merge_store_note_registrants(merge->db, old->registrant_id,
		row.registrant_id, note_row, merge, error);
	if (status == STATUS_OK)
		status = registrant_store_update(merge->db, &row, error);
	return status;
}

/* The seat of the merged record may be the next one's. */
static enum status give_seats(struct merge *merge, int64_t event_id, struct error *error)
{
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;
	struct seats *all = &merge->result->seats;

	enum status status = seats_fill(merge->db, merge->actor, event_id, &seats, error);
	if (status != STATUS_OK || seats.promoted_count == 0)
		return status;
	all->promoted = xreallocarray(all->promoted, all->promoted_count + seats.promoted_count,
		sizeof *all->promoted);
	memcpy(all->promoted + all->promoted_count, seats.promoted,
		seats.promoted_count * sizeof *all->promoted);
	all->promoted_count += seats.promoted_count;
	return STATUS_OK;
}

static enum status join_registrants(struct merge *merge, const struct merge_event *event,
	struct merge_place *place, struct error *error)
{
	CLEANUP(merge_record_free) struct merge_record from = { .registrant = NULL };
	CLEANUP(merge_record_free) struct merge_record into = { .registrant = NULL };

	merge->event = event->code;
	place->merged_id = event->from_id;
	enum status status = load_record(merge->db, event->from_id, &from, error);
	if (status == STATUS_OK)
		status = load_record(merge->db, event->into_id, &into, error);
	if (status == STATUS_OK)
		status = join_fields(merge, &from, &into, error);
	if (status == STATUS_OK)
		status = merge_store_tokens(merge->db, event->from_id, &place->tokens, error);
	if (status == STATUS_OK)
		status = merge_move_scans(merge, event->from_id, event->into_id, &place->scans,
			error);
	if (status == STATUS_OK)
		status = merge_store_registrants(merge->db, &from.row, event->into_id, error);
	if (status == STATUS_OK && seats_are_of(from.row.registrant.status))
		status = give_seats(merge, event->event_id, error);
	merge->event = NULL;
	return status;
}

/* --- All of the person's registrants --- */

/* The events, copied: rows are changed while they are walked. */
struct events {
	struct merge_event *list;
	size_t count;
	int64_t first_id; /* the registrant that was asked for */
};

static void keep_event(const struct merge_event *event, void *data)
{
	struct events *events = data;

	events->list = xreallocarray(events->list, events->count + 1, sizeof *events->list);
	struct merge_event *kept = &events->list[events->count++];
	*kept = *event;
	kept->code = xstrdup(event->code);
	/* The event that was asked for comes first. */
	if (event->from_id == events->first_id) {
		const struct merge_event first = *kept;
		memmove(events->list + 1, events->list, (events->count - 1) * sizeof first);
		events->list[0] = first;
	}
}

static enum status join_event(struct merge *merge, const struct merge_event *event,
	struct error *error)
{
	struct merge_result *result = merge->result;
	struct str *detail = &merge->detail;
	enum status status;

	result->places =
		xreallocarray(result->places, result->place_count + 1, sizeof *result->places);
	struct merge_place *place = &result->places[result->place_count++];
	*place = (struct merge_place){ .event = xstrdup(event->code) };
	str_add(detail, detail->length > 0 ? "; " : "");
	if (event->into_id == 0) {
		place->registrant_id = event->from_id;
		str_addf(detail, "%lld joins", (long long)event->from_id);
		return merge_store_join(merge->db, event->from_id,
			merge->into.row.registrant.person_id, error);
	}
	place->registrant_id = event->into_id;
	status = join_registrants(merge, event, place, error);
	str_addf(detail, "%lld into %lld", (long long)event->from_id, (long long)event->into_id);
	return status;
}

static enum status join_events(struct merge *merge, struct error *error)
{
	const struct registrant_row *from = &merge->from.row.registrant;
	struct events events = { .first_id = from->registrant_id };

	enum status status = merge_store_events(merge->db, from->person_id,
		merge->into.row.registrant.person_id, keep_event, &events, error);
	for (size_t i = 0; i < events.count && status == STATUS_OK; i++)
		status = join_event(merge, &events.list[i], error);
	for (size_t i = 0; i < events.count; i++)
		free((char *)events.list[i].code);
	free(events.list);
	return status;
}

/* --- The whole --- */

static enum status check_records(const struct merge *merge, struct error *error)
{
	const struct registrant_row *from = &merge->from.row.registrant;
	const struct registrant_row *into = &merge->into.row.registrant;

	if (from->registrant_id == into->registrant_id)
		return error_set(error, STATUS_USAGE, "@%lld cannot be merged into itself",
			(long long)from->registrant_id);
	if (from->event_id != into->event_id)
		return error_set(error, STATUS_NOT_FOUND, "@%lld and @%lld are of two events",
			(long long)from->registrant_id, (long long)into->registrant_id);
	if (from->is_erased || into->is_erased)
		return error_set(error, STATUS_NO, "registrant @%lld was erased",
			(long long)(from->is_erased ? from : into)->registrant_id);
	/* Whom the caller found was none; somebody else may have been faster. */
	if (merge->from.row.merged_into != 0 || merge->into.row.merged_into != 0)
		return error_set(error, STATUS_USAGE, "@%lld was merged already",
			(long long)(merge->from.row.merged_into != 0 ? from : into)->registrant_id);
	return STATUS_OK;
}

/* The change has an entry of its own: one that covers scans would not tell long readings that
 * people changed. */
static enum status log_merge(struct merge *merge, const char *reason, struct error *error)
{
	int64_t registrant_id = merge->into.row.registrant.registrant_id;
	struct log_event event = {
		.action = "registrant merge",
		.subject = "registrant",
		.subject_id = registrant_id,
		.detail = merge->detail.text,
		.reason = reason,
		.reason_registrant_id = registrant_id,
	};
	enum status status = log_append(merge->db, merge->actor, &event, error);

	event.detail = "scans moved";
	event.reason = NULL;
	if (status == STATUS_OK)
		status = ledger_close(&merge->ledger, merge->actor, &event, error);
	return status;
}

static enum status run(struct merge *merge, const struct merge_request *request,
	struct error *error)
{
	enum status status = load_record(merge->db, request->from_id, &merge->from, error);

	if (status == STATUS_OK)
		status = load_record(merge->db, request->into_id, &merge->into, error);
	if (status == STATUS_OK)
		status = check_records(merge, error);
	if (status == STATUS_OK)
		status = ledger_begin(&merge->ledger, merge->db, error);
	if (status == STATUS_OK)
		status = join_people(merge, error);
	if (status == STATUS_OK)
		status = join_events(merge, error);
	if (status == STATUS_OK)
		status = log_merge(merge, request->reason, error);
	return status;
}

enum status merge_registrants(struct db *db, const struct actor *actor,
	const struct merge_request *request, struct merge_result *ret_result, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct merge merge = {
		.db = db,
		.actor = actor,
		.result = ret_result,
		.detail = STR_INIT,
	};

	*ret_result = (struct merge_result){ .note_count = 0 };
	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = run(&merge, request, error);
	if (status == STATUS_OK && !request->is_dry_run)
		status = transaction_commit(&transaction, error);
	ledger_free(&merge.ledger);
	merge_record_free(&merge.from);
	merge_record_free(&merge.into);
	str_free(&merge.detail);
	return status;
}

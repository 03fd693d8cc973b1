/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrant_edit.h"

#include "core/erasure.h"
#include "store/registrant_store.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <string.h>

/* --- People who have an address or id --- */

struct people {
	struct registrant *first;
	size_t count;
	bool is_by_email;      /* else by external id */
	int64_t except_person; /* not counted */
};

static enum status keep_person(const struct registrant_row *row, void *data, struct error *error)
{
	struct people *people = data;
	struct registrant_row copy = *row;

	if (row->person_id == people->except_person)
		return STATUS_OK;
	people->count++;
	if (people->first != NULL)
		return STATUS_OK;
	/* Who is not registered for the event has no status yet. */
	if (copy.registrant_id == 0)
		copy.status = registrant_status_word(REGISTRANT_CONFIRMED);
	return registrant_copy(&copy, &people->first, error);
}

static enum status find_people(struct db *db, int64_t event_id,
	const struct registrant_values *values, struct people *people, struct error *error)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	const char *email = values->fields[FIELD_EMAIL];
	const char *external_id = values->fields[FIELD_EXTERNAL_ID];
	enum status status = STATUS_OK;

	if (email != NULL && email[0] != '\0') {
		text_fold(email, &key);
		status = person_store_by_email(db, event_id, key.text, keep_person, people, error);
		people->is_by_email = people->count > 0;
	}
	if (status == STATUS_OK && people->count == 0 && external_id != NULL &&
		external_id[0] != '\0')
		status = person_store_by_external_id(db, event_id, external_id, keep_person, people,
			error);
	return status;
}

static enum status refuse_known(const struct registrant *known, struct error *error)
{
	(void)error_set(error, STATUS_EXISTS, "'%s' is registered already (@%lld)",
		registrant_display_name(known), (long long)known->id);
	return error_hint(error, "change what is known with 'regtool registrant set @%lld'",
		(long long)known->id);
}

/* --- What came of it --- */

void registrant_outcome_free(struct registrant_outcome *outcome)
{
	seats_free(&outcome->seats);
}

static void move_outcome(struct registrant_outcome *from, struct registrant_outcome *ret)
{
	*ret = *from;
	seats_move(&from->seats, &ret->seats);
}

static void take_result(const struct registrar_result *result, struct registrant_outcome *outcome)
{
	bool had_seat = seats_are_of(result->old_status);
	bool has_seat = seats_are_of(result->status);

	outcome->registrant_id = result->registrant_id;
	outcome->is_changed = result->is_new || result->is_changed;
	outcome->has_taken_seat = has_seat && !had_seat;
	outcome->has_left_seat = had_seat && !has_seat;
	outcome->has_begun_waiting =
		seats_are_waited_for(result->status) && !seats_are_waited_for(result->old_status);
}

/* --- Adding --- */

/* Of nobody who is known: whether they asked to be forgotten. Then they are not, any more. */
static enum status let_back(struct registrar *registrar, const struct registrant_addition *addition,
	bool *ret_is_back, struct error *error)
{
	CLEANUP(erasures_freep) struct erasures *erasures = NULL;
	const char *const *fields = addition->values->fields;
	int64_t person_id = 0;

	enum status status =
		erasures_open_if_any(registrar->db, NULL, addition->key_path, &erasures, error);
	if (status == STATUS_OK && erasures != NULL)
		status = erasures_find(erasures, fields[FIELD_EMAIL], fields[FIELD_EXTERNAL_ID],
			&person_id, error);
	if (status != STATUS_OK || person_id == 0)
		return status;
	if (!addition->is_again) {
		(void)error_set(error, STATUS_NO, "this person asked to be forgotten");
		return error_hint(error, "if they want to be registered again: --again");
	}
	*ret_is_back = true;
	return erasures_remove(erasures, person_id, error);
}

static bool is_same_email(const char *a, const char *b)
{
	CLEANUP(str_free) struct str left = STR_INIT;
	CLEANUP(str_free) struct str right = STR_INIT;

	text_fold(a, &left);
	text_fold(b, &right);
	return strcmp(left.text, right.text) == 0;
}

/* Who was found by what a merged record has keeps the address, or the id, that they have. */
static void leave_out_old_key(const struct people *people, struct registrant_values *values)
{
	const struct registrant *known = people->first;
	const char **email = &values->fields[FIELD_EMAIL];
	const char **external_id = &values->fields[FIELD_EXTERNAL_ID];

	if (people->is_by_email) {
		if (known->email != NULL && !is_same_email(*email, known->email))
			*email = NULL;
	} else if (known->external_id != NULL && strcmp(*external_id, known->external_id) != 0) {
		*external_id = NULL;
	}
}

static enum status add(struct registrar *registrar, const struct registrant_addition *addition,
	struct registrant_outcome *outcome, struct error *error)
{
	const struct registrant_values *values = addition->values;
	CLEANUP(registrant_freep) struct registrant *known = NULL;
	struct people people = { .first = NULL };
	struct registrant_row row = { .person_id = 0 };
	struct registrant_values said = *values;
	struct registrar_result result;

	enum status status =
		find_people(registrar->db, registrar->event_id, values, &people, error);
	known = people.first;
	if (status == STATUS_OK && people.count > 1)
		status = error_set(error, STATUS_AMBIGUOUS,
			"the database knows %zu people with this address or id", people.count);
	if (status == STATUS_OK && known != NULL && known->id != 0)
		status = refuse_known(known, error);
	if (status != STATUS_OK)
		return status;
	if (known != NULL) {
		row = registrant_as_row(known);
		/* Not of this event. */
		row.status = NULL;
		row.is_status_manual = false;
		leave_out_old_key(&people, &said);
	}
	if (known == NULL)
		status = let_back(registrar, addition, &outcome->is_back, error);
	/* Who was put on the waiting list by hand while seats were free came before. */
	if (status == STATUS_OK)
		status = seats_give(registrar->seats, 0, error);
	if (status == STATUS_OK)
		status = registrar_write(registrar, &row, &said, &result, error);
	if (status == STATUS_OK)
		status = log_append(registrar->db, registrar->actor,
			&(struct log_event){ .action = "registrant add",
				.subject = "registrant",
				.subject_id = result.registrant_id,
				.detail = outcome->is_back ? "again" : NULL },
			error);
	if (status != STATUS_OK)
		return status;
	take_result(&result, outcome);
	return seats_place(registrar->db, result.registrant_id, &outcome->place, error);
}

enum status registrant_add(struct db *db, const struct actor *actor,
	const struct registrant_addition *addition, struct registrant_outcome *ret_outcome,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	struct registrar registrar = {
		.db = db,
		.event_id = addition->event_id,
		.actor = actor,
		.key_path = addition->key_path,
		.is_by_hand = true,
		.seats = &outcome.seats,
		REGISTRAR_INIT,
	};

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = seats_open(&outcome.seats, db, actor, addition->event_id, error);
	if (status == STATUS_OK)
		status = add(&registrar, addition, &outcome, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	registrar_free(&registrar);
	if (status == STATUS_OK)
		move_outcome(&outcome, ret_outcome);
	return status;
}

/* --- Changing --- */

/* The log names what was changed, never what it was or is. */
static void note_change(const char *column, const char *old_value, const char *new_value,
	void *data)
{
	struct str *columns = data;
	enum field field;
	const char *word = field_parse(column, &field) ? column : "answer";

	(void)old_value;
	(void)new_value;
	if (!text_set_has(columns->text, word))
		str_addf(columns, "%s%s", columns->length > 0 ? ";" : "", word);
}

static enum status check_left(const struct registrant *known,
	const struct registrant_values *values, struct error *error)
{
	const char *email = values->fields[FIELD_EMAIL];
	const char *external_id = values->fields[FIELD_EXTERNAL_ID];

	if (known->is_erased)
		return error_set(error, STATUS_EXISTS, "registrant @%lld is erased",
			(long long)known->id);
	if (email == NULL)
		email = known->email;
	if (external_id == NULL)
		external_id = known->external_id;
	if ((email != NULL && email[0] != '\0') || (external_id != NULL && external_id[0] != '\0'))
		return STATUS_OK;
	(void)error_set(error, STATUS_USAGE,
		"registrant @%lld would have neither e-mail address nor external id",
		(long long)known->id);
	return error_hint(error, "one of both is needed to know the person by");
}

/* Two people may have one address only where an import was told so (--match email+name). */
static enum status check_email_free(struct db *db, const struct registrant *known,
	const struct registrant_values *values, struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *other = NULL;
	CLEANUP(str_free) struct str key = STR_INIT;
	struct people people = { .except_person = known->person_id };
	const char *email = values->fields[FIELD_EMAIL];

	if (email == NULL || email[0] == '\0')
		return STATUS_OK;
	text_fold(email, &key);
	enum status status =
		person_store_by_email(db, known->event_id, key.text, keep_person, &people, error);
	other = people.first;
	if (status != STATUS_OK || other == NULL)
		return status;
	if (other->id == 0)
		return error_set(error, STATUS_EXISTS,
			"'%s' is the e-mail address of somebody at another event", email);
	return error_set(error, STATUS_EXISTS, "'%s' is the e-mail address of @%lld, %s", email,
		(long long)other->id, registrant_display_name(other));
}

static enum status set(struct registrar *registrar, const struct registrant *known,
	const struct registrant_change *change, struct registrant_outcome *outcome,
	struct error *error)
{
	const struct registrant_row row = registrant_as_row(known);
	const struct str *columns = registrar->data;
	struct registrar_result result;

	enum status status = check_left(known, change->values, error);
	if (status == STATUS_OK)
		status = check_email_free(registrar->db, known, change->values, error);
	if (status == STATUS_OK)
		status = registrar_write(registrar, &row, change->values, &result, error);
	if (status == STATUS_OK && result.is_changed)
		status = log_append(registrar->db, registrar->actor,
			&(struct log_event){ .action = change->action,
				.subject = "registrant",
				.subject_id = known->id,
				.detail = columns->text,
				.reason = change->reason,
				.reason_registrant_id = change->reason != NULL ? known->id : 0 },
			error);
	if (status != STATUS_OK)
		return status;
	take_result(&result, outcome);
	/* Not to who was just sent to the waiting list. */
	if (outcome->has_left_seat)
		status = seats_give(registrar->seats, known->id, error);
	if (status == STATUS_OK)
		status = seats_place(registrar->db, known->id, &outcome->place, error);
	return status;
}

enum status registrant_set(struct db *db, const struct actor *actor,
	const struct registrant_change *change, struct registrant_outcome *ret_outcome,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	CLEANUP(registrant_freep) struct registrant *known = NULL;
	CLEANUP(str_free) struct str columns = STR_INIT;
	struct registrar registrar = {
		.db = db,
		.actor = actor,
		.is_by_hand = true,
		.on_change = note_change,
		.data = &columns,
		.seats = &outcome.seats,
		REGISTRAR_INIT,
	};

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = registrant_load(db, change->registrant_id, &known, error);
	if (status == STATUS_OK)
		registrar.event_id = known->event_id;
	if (status == STATUS_OK && change->values->fields[FIELD_STATUS] != NULL)
		status = seats_open(&outcome.seats, db, actor, known->event_id, error);
	if (status == STATUS_OK)
		status = set(&registrar, known, change, &outcome, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	registrar_free(&registrar);
	if (status == STATUS_OK)
		move_outcome(&outcome, ret_outcome);
	return status;
}

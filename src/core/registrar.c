/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrar.h"

#include "core/registrant.h"
#include "core/registrar_record.h"
#include "core/registrar_sets.h"
#include "store/answer_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

void registrar_free(struct registrar *registrar)
{
	token_issuer_freep(&registrar->issuer);
	key_freep(&registrar->loaded_key);
	str_free(&registrar->courses_created);
	str_free(&registrar->name);
	str_free(&registrar->roles);
	str_free(&registrar->email_key);
	str_free(&registrar->old_courses);
	str_free(&registrar->new_courses);
	str_free(&registrar->text);
	str_free(&registrar->word);
	str_free(&registrar->last_course);
}

/* One row being written: as it was and as it will be. */
struct writing {
	struct registrar *registrar;
	const struct registrant_values *values;
	const struct registrant_row *old;
	struct registrant_row row;
	bool is_person_changed;
	bool is_registrant_changed;
	bool is_more_changed; /* courses, answers */
	bool is_status_kept;
	bool is_back; /* added again, after the import that did was taken back */
};

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

void registrar_tell(const struct registrar *registrar, const char *column, const char *old_value,
	const char *new_value)
{
	if (registrar->is_telling)
		registrar->on_change(column, old_value, new_value, registrar->data);
}

/* Puts a text in its place if one is said that is another; true if it is. */
static bool put(struct writing *writing, enum field field, const char **place, const char *value)
{
	if (value == NULL || strcmp(or_empty(*place), value) == 0)
		return false;
	registrar_tell(writing->registrar, field_word(field), or_empty(*place), value);
	*place = value;
	return true;
}

/* A name that is said, and is another, leaves of the parts only what is said with it. Parts
 * that are said, and are others, make the name. */
static void put_names(struct writing *writing)
{
	const char *const *fields = writing->values->fields;
	struct registrant_row *row = &writing->row;
	const char *given_name = fields[FIELD_GIVEN_NAME];
	const char *family_name = fields[FIELD_FAMILY_NAME];
	bool is_renamed = put(writing, FIELD_NAME, &row->name, fields[FIELD_NAME]);

	if (is_renamed) {
		given_name = or_empty(given_name);
		family_name = or_empty(family_name);
	}
	bool are_parts_changed = put(writing, FIELD_GIVEN_NAME, &row->given_name, given_name);
	are_parts_changed |= put(writing, FIELD_FAMILY_NAME, &row->family_name, family_name);
	if (are_parts_changed && fields[FIELD_NAME] == NULL) {
		struct str *name = &writing->registrar->name;
		field_join_name(row->given_name, row->family_name, name);
		(void)put(writing, FIELD_NAME, &row->name, name->text);
	}
	writing->is_person_changed |= is_renamed || are_parts_changed;
}

/* Another case alone is no other address. */
static void put_email(struct writing *writing)
{
	struct registrar *registrar = writing->registrar;
	const char *email = writing->values->fields[FIELD_EMAIL];

	if (email != NULL && writing->row.email != NULL) {
		text_fold(email, &registrar->text);
		text_fold(writing->row.email, &registrar->email_key);
		if (strcmp(registrar->text.text, registrar->email_key.text) == 0)
			return;
	}
	writing->is_person_changed |= put(writing, FIELD_EMAIL, &writing->row.email, email);
}

static void put_roles(struct writing *writing)
{
	struct registrar *registrar = writing->registrar;
	const char *roles = writing->values->fields[FIELD_ROLES];
	const char *old = writing->row.roles;

	if (roles != NULL && old[0] != '\0' && !registrar->is_by_hand) {
		text_set_join(old, roles, &registrar->roles);
		roles = registrar->roles.text;
	}
	if ((roles == NULL && old[0] == '\0') || (roles != NULL && roles[0] == '\0'))
		roles = "attendee";
	writing->is_registrant_changed |= put(writing, FIELD_ROLES, &writing->row.roles, roles);
}

/* What a file says, or nobody, must fit the seats. */
static const char *fit_status(const struct registrar *registrar, const char *now_or_null,
	const char *said)
{
	return registrar->seats != NULL ? seats_decide(registrar->seats, now_or_null, said) : said;
}

static void put_new_status(struct writing *writing)
{
	const struct registrar *registrar = writing->registrar;
	struct registrant_row *row = &writing->row;
	const char *said = writing->values->fields[FIELD_STATUS];

	row->is_status_manual = said != NULL && registrar->is_by_hand;
	if (said == NULL)
		said = registrant_status_word(REGISTRANT_CONFIRMED);
	row->status = row->is_status_manual ? said : fit_status(registrar, NULL, said);
}

static void put_status_of_known(struct writing *writing)
{
	const struct registrar *registrar = writing->registrar;
	struct registrant_row *row = &writing->row;
	const char *status = writing->values->fields[FIELD_STATUS];

	if (status == NULL)
		return;
	if (registrar->is_by_hand) {
		writing->is_registrant_changed |= !row->is_status_manual;
		row->is_status_manual = true;
	} else if (strcmp(row->status, status) == 0) {
		return;
	} else if (row->is_status_manual && !registrar->is_status_forced) {
		writing->is_status_kept = true;
		return;
	} else {
		status = fit_status(registrar, row->status, status);
		if (strcmp(row->status, status) == 0)
			return;
		row->is_status_manual = false;
	}
	writing->is_registrant_changed |= put(writing, FIELD_STATUS, &row->status, status);
}

/* As of somebody new, who has a number and a token already. */
static void put_status_again(struct writing *writing)
{
	const char *said = writing->values->fields[FIELD_STATUS];

	if (said == NULL)
		said = registrant_status_word(REGISTRANT_CONFIRMED);
	writing->row.status = fit_status(writing->registrar, writing->row.status, said);
	writing->is_registrant_changed = true;
}

static void put_status(struct writing *writing)
{
	const struct registrar *registrar = writing->registrar;
	bool is_new = writing->old->registrant_id == 0;

	if (is_new)
		put_new_status(writing);
	else if (writing->is_back)
		put_status_again(writing);
	else
		put_status_of_known(writing);
	if (registrar->seats != NULL)
		seats_note(registrar->seats, is_new ? NULL : writing->old->status,
			writing->row.status);
}

static void put_fields(struct writing *writing)
{
	const char *const *fields = writing->values->fields;
	struct registrant_row *row = &writing->row;

	put_names(writing);
	put_email(writing);
	writing->is_person_changed |=
		put(writing, FIELD_AFFILIATION, &row->affiliation, fields[FIELD_AFFILIATION]);
	writing->is_person_changed |=
		put(writing, FIELD_EXTERNAL_ID, &row->external_id, fields[FIELD_EXTERNAL_ID]);
	put_roles(writing);
	put_status(writing);
	writing->is_registrant_changed |=
		put(writing, FIELD_CATEGORY, &row->category, fields[FIELD_CATEGORY]);
	writing->is_registrant_changed |= put(writing, FIELD_NOTE, &row->note, fields[FIELD_NOTE]);
}

/* --- Writing --- */

static enum status write_person(struct writing *writing, struct error *error)
{
	struct registrar *registrar = writing->registrar;
	struct registrant_row *row = &writing->row;
	const char *email_key = NULL;

	if (row->person_id != 0 && !writing->is_person_changed)
		return STATUS_OK;
	/* Cleared is none. */
	if (row->email != NULL && row->email[0] == '\0')
		row->email = NULL;
	if (row->external_id != NULL && row->external_id[0] == '\0')
		row->external_id = NULL;
	if (row->email != NULL) {
		text_fold(row->email, &registrar->email_key);
		email_key = registrar->email_key.text;
	}
	if (row->person_id != 0)
		return person_store_update(registrar->db, row, email_key, error);
	return person_store_insert(registrar->db, row, email_key, &row->person_id, error);
}

static enum status load_issuer(struct registrar *registrar, struct error *error)
{
	const struct key *key = registrar->key;
	enum status status = STATUS_OK;

	if (registrar->issuer != NULL)
		return STATUS_OK;
	if (key == NULL) {
		status = key_load(registrar->key_path, &registrar->loaded_key, error);
		key = registrar->loaded_key;
	}
	if (status == STATUS_OK)
		status = key_check(key, registrar->key_path, registrar->db, error);
	if (status == STATUS_OK)
		registrar->issuer = token_issuer_new(key, registrar->event_id);
	return status;
}

static enum status update_registrant(struct writing *writing, struct error *error)
{
	struct registrar *registrar = writing->registrar;
	const struct registrant_row *row = &writing->row;
	bool is_waiting = seats_are_waited_for(writing->old->status);
	enum status status = STATUS_OK;

	if (!writing->is_registrant_changed)
		return STATUS_OK;
	if (is_waiting && registrar_is_recording(registrar))
		status = registrant_store_queue_number(registrar->db, row->registrant_id,
			&registrar->old_queue_number, error);
	if (status == STATUS_OK)
		status = registrant_store_update(registrar->db, row, error);
	if (status == STATUS_OK && writing->is_back)
		status = registrant_store_come_back(registrar->db, row->registrant_id,
			registrar->import_id, error);
	return status;
}

static enum status write_registrant(struct writing *writing, struct error *error)
{
	struct registrar *registrar = writing->registrar;
	struct registrant_row *row = &writing->row;
	const char *registered = writing->values->fields[FIELD_REGISTERED_AT];

	if (row->registrant_id != 0)
		return update_registrant(writing, error);
	row->registered_s = registered != NULL && registered[0] != '\0'
				    ? strtoll(registered, NULL, 10)
				    : registrar->actor->now_s;
	enum status status = load_issuer(registrar, error);
	if (status == STATUS_OK)
		status = registrant_store_insert(registrar->db, row, registrar->import_id,
			&row->registrant_id, error);
	if (status == STATUS_OK)
		status = token_issue(registrar->db, registrar->issuer, row->registrant_id,
			registrar->actor->now_s, NULL, error);
	return status;
}

struct question_search {
	const char *header;
	int64_t found; /* 0: none */
};

static enum status compare_header(const struct answer_row *row, void *data, struct error *error)
{
	CLEANUP(str_free) struct str wanted = STR_INIT;
	CLEANUP(str_free) struct str key = STR_INIT;
	struct question_search *search = data;

	(void)error;
	text_fold(search->header, &wanted);
	text_fold(row->header, &key);
	if (search->found == 0 && strcmp(wanted.text, key.text) == 0)
		search->found = row->question_id;
	return STATUS_OK;
}

/* Headers that differ in case alone are one question, or an export would have two columns
 * that an import takes for one. */
static enum status find_question(struct registrar *registrar, struct question *question,
	struct error *error)
{
	struct question_search search = { .header = question->header };
	enum status status = question_store_list(registrar->db, registrar->event_id, compare_header,
		&search, error);

	question->id = search.found;
	if (status == STATUS_OK && question->id == 0)
		status = question_store_insert(registrar->db, registrar->event_id, question->header,
			&question->id, error);
	return status;
}

/* All at once, so that an export has them in the order of the file's columns. */
static enum status find_questions(struct writing *writing, size_t rank, struct error *error)
{
	struct question *questions = writing->values->questions;
	enum status status = STATUS_OK;

	if (questions[rank].id != 0)
		return STATUS_OK;
	for (size_t i = 0; i < writing->values->answer_count && status == STATUS_OK; i++)
		status = find_question(writing->registrar, &questions[i], error);
	return status;
}

static enum status write_answer(struct writing *writing, size_t rank, struct error *error)
{
	struct registrar *registrar = writing->registrar;
	struct question *question = &writing->values->questions[rank];
	const char *value = writing->values->answers[rank];
	struct str *old = &registrar->text;

	enum status status = find_questions(writing, rank, error);
	str_clear(old);
	if (status == STATUS_OK && writing->old->registrant_id != 0)
		status = answer_store_value(registrar->db, writing->row.registrant_id, question->id,
			old, error);
	if (status != STATUS_OK || strcmp(old->text, value) == 0)
		return status;
	registrar_tell(registrar, question->header, old->text, value);
	writing->is_more_changed = true;
	if (registrar_is_recording(registrar))
		status = registrar_record_answer(registrar, question->id, old->text, value, error);
	if (status != STATUS_OK)
		return status;
	return answer_store_put(registrar->db, writing->row.registrant_id, question->id, value,
		error);
}

static enum status record_row(const struct writing *writing, struct error *error)
{
	struct registrant_row old = *writing->old;

	/* The status of who is back ends with the import, as that of who is new. */
	if (writing->is_back) {
		old.status = writing->row.status;
		old.is_status_manual = writing->row.is_status_manual;
	}
	return registrar_record_row(writing->registrar, &old, &writing->row, error);
}

static enum status write_row(struct writing *writing, struct error *error)
{
	const char *courses = writing->values->fields[FIELD_COURSES];

	enum status status = write_person(writing, error);
	if (status == STATUS_OK)
		status = write_registrant(writing, error);
	if (status == STATUS_OK && (writing->is_person_changed || writing->is_registrant_changed))
		status = record_row(writing, error);
	if (status == STATUS_OK && courses != NULL)
		status = registrar_write_courses(writing->registrar, writing->row.person_id,
			courses, &writing->is_more_changed, error);
	for (size_t i = 0; i < writing->values->answer_count && status == STATUS_OK; i++) {
		if (writing->values->answers[i] != NULL)
			status = write_answer(writing, i, error);
	}
	return status;
}

/* What is not there is empty. */
static void fill_row(struct registrant_row *row, int64_t event_id)
{
	row->event_id = event_id;
	row->name = or_empty(row->name);
	row->given_name = or_empty(row->given_name);
	row->family_name = or_empty(row->family_name);
	row->affiliation = or_empty(row->affiliation);
	row->roles = or_empty(row->roles);
	row->category = or_empty(row->category);
	row->note = or_empty(row->note);
}

enum status registrar_is_taken_back(struct db *db, const struct registrant_row *known,
	bool *ret_is_taken_back, struct error *error)
{
	const char *cancelled = registrant_status_word(REGISTRANT_CANCELLED);

	*ret_is_taken_back = false;
	if (known->registrant_id == 0 || known->is_status_manual ||
		strcmp(known->status, cancelled) != 0)
		return STATUS_OK;
	return registrant_store_is_taken_back(db, known->registrant_id, ret_is_taken_back, error);
}

enum status registrar_write(struct registrar *registrar, const struct registrant_row *known,
	const struct registrant_values *values, struct registrar_result *ret_result,
	struct error *error)
{
	struct writing writing = {
		.registrar = registrar,
		.values = values,
		.old = known,
		.row = *known,
	};

	enum status status = STATUS_OK;
	if (!registrar->is_by_hand)
		status = registrar_is_taken_back(registrar->db, known, &writing.is_back, error);
	if (status != STATUS_OK)
		return status;
	/* Of a new registrant nothing is a change. */
	bool is_new = known->registrant_id == 0 || writing.is_back;
	registrar->known_id = known->registrant_id;
	registrar->old_queue_number = 0;
	registrar->is_telling = registrar->on_change != NULL && !is_new;
	fill_row(&writing.row, registrar->event_id);
	put_fields(&writing);
	status = write_row(&writing, error);
	if (status != STATUS_OK)
		return status;
	*ret_result = (struct registrar_result){
		.registrant_id = writing.row.registrant_id,
		.is_new = is_new,
		.is_changed =
			!is_new && (writing.is_person_changed || writing.is_registrant_changed ||
					   writing.is_more_changed),
		.is_status_kept = writing.is_status_kept,
		.old_status = known->registrant_id == 0 ? NULL : known->status,
		.status = writing.row.status,
	};
	return STATUS_OK;
}

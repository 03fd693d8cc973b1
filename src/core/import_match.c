/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who of the database a row speaks of: by e-mail address, external id, or address and name.
 * A row that lacks the first choice is matched by the other. A person of whom the database
 * knows only the other is found by it: two halves of one person never become two.
 *
 * A person is known by merged records too. The other system goes on giving both rows, which
 * must not take turns: each row belongs to the record that it fits best, and what is found by
 * a merged record changes nothing that the person's own row says.
 */
#include "core/import_private.h"
#include "core/registrant.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

void known_person_free(struct known_person *known)
{
	for (size_t i = 0; i < sizeof known->texts / sizeof known->texts[0]; i++)
		str_free(&known->texts[i]);
}

static const char *keep(struct known_person *known, size_t place, const char *text)
{
	struct str *str = &known->texts[place];

	if (text == NULL)
		return NULL;
	str_clear(str);
	str_add(str, text);
	return str->text;
}

/* Status words are few: the row points to the constant. */
static const char *status_constant(const char *word)
{
	enum registrant_status status;

	return registrant_status_parse(word, &status) ? registrant_status_word(status) : "";
}

static void copy_known(struct known_person *known, const struct registrant_row *row)
{
	known->row = *row;
	known->row.name = keep(known, 0, row->name);
	known->row.given_name = keep(known, 1, row->given_name);
	known->row.family_name = keep(known, 2, row->family_name);
	known->row.email = keep(known, 3, row->email);
	known->row.affiliation = keep(known, 4, row->affiliation);
	known->row.external_id = keep(known, 5, row->external_id);
	known->row.roles = keep(known, 6, row->roles);
	known->row.category = keep(known, 7, row->category);
	known->row.note = keep(known, 8, row->note);
	known->row.status = status_constant(row->status);
}

struct search {
	struct known_person *known;
	const char *const *fields;
	const char *name_key; /* only who has this name; NULL: any */
	bool needs_no_email;  /* only who has no e-mail address */
	bool needs_no_id;     /* only who has no external id */
	int64_t *others;      /* people who fit besides the first */
	/* By which records the first one is known. */
	bool is_by_own;
	bool is_by_merged;
	bool merged_fits; /* wholly */
};

static bool has_name(const char *name, const char *name_key)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_search_key(name, &key);
	return strcmp(key.text, name_key) == 0;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Whether the row has the record's address and its id, both. */
static bool fits_whole(const char *email, const char *external_id, const char *const *fields)
{
	CLEANUP(str_free) struct str left = STR_INIT;
	CLEANUP(str_free) struct str right = STR_INIT;

	text_fold(or_empty(email), &left);
	text_fold(fields[FIELD_EMAIL], &right);
	return strcmp(left.text, right.text) == 0 &&
	       strcmp(or_empty(external_id), fields[FIELD_EXTERNAL_ID]) == 0;
}

/* Several records may be one person. */
static void count_person(struct search *search, const struct registrant_row *row)
{
	struct known_person *known = search->known;

	if (known->count == 0) {
		copy_known(known, row);
		known->count = 1;
		return;
	}
	if (row->person_id == known->row.person_id)
		return;
	for (size_t i = 0; i + 1 < known->count; i++)
		if (search->others[i] == row->person_id)
			return;
	search->others = xreallocarray(search->others, known->count, sizeof *search->others);
	search->others[known->count - 1] = row->person_id;
	known->count++;
}

static enum status look_at_record(const struct person_record *record, void *data,
	struct error *error)
{
	struct search *search = data;

	(void)error;
	if (search->needs_no_email && record->email != NULL) {
		search->known->is_id_taken = true;
		search->known->id_taken_by = record->row.registrant_id;
		return STATUS_OK;
	}
	if (search->needs_no_id && record->external_id != NULL)
		return STATUS_OK;
	/* A merged record answers to its own name, and to the person's. */
	if (search->name_key != NULL && !has_name(record->name, search->name_key) &&
		!(record->is_merged && has_name(record->row.name, search->name_key)))
		return STATUS_OK;
	count_person(search, &record->row);
	search->is_by_own |= !record->is_merged;
	search->is_by_merged |= record->is_merged;
	search->merged_fits |=
		record->is_merged && fits_whole(record->email, record->external_id, search->fields);
	return STATUS_OK;
}

/* Their own record is the better one, unless a merged one fits wholly, and theirs does not. */
static bool is_by_merged(const struct search *search)
{
	const struct registrant_row *row = &search->known->row;

	if (!search->is_by_merged || !search->is_by_own)
		return search->is_by_merged;
	return search->merged_fits && !fits_whole(row->email, row->external_id, search->fields);
}

static enum status find_by_email(const struct import *import, const char *email,
	struct search *search, struct error *error)
{
	CLEANUP(str_free) struct str key = STR_INIT;

	text_fold(email, &key);
	return person_store_records_by_email(import->db, import->event_id, key.text, look_at_record,
		search, error);
}

static enum status find_by_id(const struct import *import, const char *external_id,
	struct search *search, struct error *error)
{
	return person_store_records_by_external_id(import->db, import->event_id, external_id,
		look_at_record, search, error);
}

static enum status search_by_email(const struct import *import, const char *const *fields,
	struct search *search, struct error *error)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	CLEANUP(str_free) struct str name_key = STR_INIT;
	const char *external_id = fields[FIELD_EXTERNAL_ID];

	if (import->settings->match == MATCH_EMAIL_AND_NAME) {
		import_name_of(fields, &name);
		text_search_key(name.text, &name_key);
		search->name_key = name_key.text;
	}
	enum status status = find_by_email(import, fields[FIELD_EMAIL], search, error);
	search->name_key = NULL;
	if (status != STATUS_OK || search->known->count > 0 || external_id[0] == '\0')
		return status;
	search->needs_no_email = true;
	return find_by_id(import, external_id, search, error);
}

static enum status search_by_id(const struct import *import, const char *const *fields,
	struct search *search, struct error *error)
{
	enum status status = find_by_id(import, fields[FIELD_EXTERNAL_ID], search, error);

	if (status != STATUS_OK || search->known->count > 0 || fields[FIELD_EMAIL][0] == '\0')
		return status;
	search->needs_no_id = true;
	return find_by_email(import, fields[FIELD_EMAIL], search, error);
}

enum status import_match_person(const struct import *import, const char *const *fields,
	struct known_person *known, struct error *error)
{
	struct search search = { .known = known, .fields = fields };
	bool is_by_id = import_first_field(import) == FIELD_EXTERNAL_ID;
	const char *email = fields[FIELD_EMAIL];
	const char *external_id = fields[FIELD_EXTERNAL_ID];
	enum status status;

	known->count = 0;
	known->is_id_taken = false;
	known->id_taken_by = 0;
	known->row = (struct registrant_row){ .person_id = 0 };
	if (email[0] == '\0')
		is_by_id = true;
	if (external_id[0] == '\0')
		is_by_id = false;
	status = is_by_id ? search_by_id(import, fields, &search, error)
			  : search_by_email(import, fields, &search, error);
	free(search.others);
	known->is_by_merged = is_by_merged(&search);
	if (status != STATUS_OK || known->count <= 1)
		return status;
	return error_set(error, STATUS_REJECTED, "the database knows %zu people with '%s'%s",
		known->count, is_by_id ? external_id : email,
		is_by_id ? "" : "; --match email+name tells them apart by name");
}

void import_leave_to_own_row(const struct known_person *known, struct registrant_values *values)
{
	static const enum field of_person[] = { FIELD_NAME, FIELD_GIVEN_NAME, FIELD_FAMILY_NAME,
		FIELD_EMAIL, FIELD_AFFILIATION, FIELD_EXTERNAL_ID };
	static const enum field of_registrant[] = { FIELD_STATUS, FIELD_CATEGORY, FIELD_NOTE };

	for (size_t i = 0; i < sizeof of_person / sizeof of_person[0]; i++)
		values->fields[of_person[i]] = NULL;
	if (known->row.registrant_id == 0)
		return;
	for (size_t i = 0; i < sizeof of_registrant / sizeof of_registrant[0]; i++)
		values->fields[of_registrant[i]] = NULL;
	values->answer_count = 0;
}

enum status import_claim_person(const struct import *import, const struct stage_row *row,
	const struct registrant_row *known, struct error *problem, struct error *error)
{
	int64_t first_line = row->line;
	enum status status = STATUS_OK;

	if (known->person_id != 0 && import->files[row->file].with_less > 0)
		status = stage_store_claim_person(import->db, row->file, known->person_id,
			row->line, &first_line, error);
	if (status == STATUS_OK && first_line != row->line)
		(void)error_set(problem, STATUS_REJECTED,
			"the database knows the same person as on line %lld, with other values",
			(long long)first_line);
	return status;
}

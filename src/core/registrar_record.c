/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrar_record.h"

#include "core/registrant.h"
#include "store/import_change_store.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

static const char by_hand[] = " by hand";

void kept_name_write(const struct registrant_row *row, struct str *ret)
{
	str_clear(ret);
	str_addf(ret, "%s%c%s%c%s", row->name, KEPT_NAME_DIVIDER, row->given_name,
		KEPT_NAME_DIVIDER, row->family_name);
}

/* Ends the part at its divider, and gives the next; "" if there is none. */
static char *next_part(char *part)
{
	char *divider = strchr(part, KEPT_NAME_DIVIDER);

	if (divider == NULL)
		return part + strlen(part);
	*divider = '\0';
	return divider + 1;
}

void kept_name_read(char *text, struct registrant_row *row)
{
	row->name = text;
	text = next_part(text);
	row->given_name = text;
	text = next_part(text);
	row->family_name = text;
}

void kept_status_write(const struct kept_status *kept, struct str *ret)
{
	str_clear(ret);
	str_addf(ret, "%s%s", kept->status, kept->is_manual ? by_hand : "");
	if (kept->queue_number != 0)
		str_addf(ret, " %lld", (long long)kept->queue_number);
}

bool kept_status_read(const char *text, struct kept_status *ret_kept)
{
	size_t length = strcspn(text, " ");
	CLEANUP(memory_free_text) char *word = xstrndup(text, length);
	struct kept_status kept = { .queue_number = 0 };
	enum registrant_status status;
	char *end = NULL;

	if (!registrant_status_parse(word, &status))
		return false;
	kept.status = registrant_status_word(status);
	text += length;
	kept.is_manual = strncmp(text, by_hand, strlen(by_hand)) == 0;
	if (kept.is_manual)
		text += strlen(by_hand);
	kept.queue_number = strtoll(text, &end, 10);
	if (*end != '\0')
		return false;
	*ret_kept = kept;
	return true;
}

bool registrar_is_recording(const struct registrar *registrar)
{
	return registrar->import_id != 0 && registrar->known_id != 0;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static enum status record(const struct registrar *registrar, int64_t registrant_id,
	enum field field, const char *old_value, const char *new_value, struct error *error)
{
	const struct import_change_row row = {
		.import_id = registrar->import_id,
		.registrant_id = registrant_id,
		.field = field_word(field),
		.old_value = or_empty(old_value),
		.new_value = or_empty(new_value),
	};

	if (strcmp(row.old_value, row.new_value) == 0)
		return STATUS_OK;
	return import_change_store_insert(registrar->db, &row, error);
}

static enum status record_name(const struct registrar *registrar, const struct registrant_row *old,
	const struct registrant_row *row, struct error *error)
{
	CLEANUP(str_free) struct str before = STR_INIT;
	CLEANUP(str_free) struct str after = STR_INIT;

	if (strcmp(old->name, row->name) == 0 && strcmp(old->given_name, row->given_name) == 0 &&
		strcmp(old->family_name, row->family_name) == 0)
		return STATUS_OK;
	kept_name_write(old, &before);
	kept_name_write(row, &after);
	return record(registrar, row->registrant_id, FIELD_NAME, before.text, after.text, error);
}

static enum status record_person(const struct registrar *registrar,
	const struct registrant_row *old, const struct registrant_row *row, struct error *error)
{
	const struct {
		enum field field;
		const char *old_value;
		const char *new_value;
	} fields[] = {
		{ FIELD_EMAIL, old->email, row->email },
		{ FIELD_AFFILIATION, old->affiliation, row->affiliation },
		{ FIELD_EXTERNAL_ID, old->external_id, row->external_id },
	};
	enum status status = record_name(registrar, old, row, error);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == STATUS_OK; i++)
		status = record(registrar, row->registrant_id, fields[i].field, fields[i].old_value,
			fields[i].new_value, error);
	return status;
}

static enum status record_status(const struct registrar *registrar,
	const struct registrant_row *old, const struct registrant_row *row, struct error *error)
{
	CLEANUP(str_free) struct str before = STR_INIT;
	CLEANUP(str_free) struct str after = STR_INIT;
	const struct kept_status was = { old->status, old->is_status_manual,
		registrar->old_queue_number };
	const struct kept_status is = { row->status, row->is_status_manual, 0 };

	if (strcmp(was.status, is.status) == 0 && was.is_manual == is.is_manual)
		return STATUS_OK;
	kept_status_write(&was, &before);
	kept_status_write(&is, &after);
	return record(registrar, row->registrant_id, FIELD_STATUS, before.text, after.text, error);
}

enum status registrar_record_row(const struct registrar *registrar,
	const struct registrant_row *old, const struct registrant_row *row, struct error *error)
{
	enum status status = STATUS_OK;

	if (registrar->import_id == 0 || old->person_id == 0)
		return STATUS_OK;
	status = record_person(registrar, old, row, error);
	/* Of a new registrant nothing else was there. */
	if (status != STATUS_OK || old->registrant_id == 0)
		return status;
	status = record(registrar, row->registrant_id, FIELD_ROLES, old->roles, row->roles, error);
	if (status == STATUS_OK)
		status = record_status(registrar, old, row, error);
	if (status == STATUS_OK)
		status = record(registrar, row->registrant_id, FIELD_CATEGORY, old->category,
			row->category, error);
	if (status == STATUS_OK)
		status = record(registrar, row->registrant_id, FIELD_NOTE, old->note, row->note,
			error);
	return status;
}

enum status registrar_record_courses(const struct registrar *registrar, const char *old_value,
	const char *new_value, struct error *error)
{
	return record(registrar, registrar->known_id, FIELD_COURSES, old_value, new_value, error);
}

enum status registrar_record_answer(const struct registrar *registrar, int64_t question_id,
	const char *old_value, const char *new_value, struct error *error)
{
	const struct import_change_row row = {
		.import_id = registrar->import_id,
		.registrant_id = registrar->known_id,
		.question_id = question_id,
		.old_value = old_value,
		.new_value = new_value,
	};

	return import_change_store_insert(registrar->db, &row, error);
}

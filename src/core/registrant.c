/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrant.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

static const char *const status_words[] = {
	[REGISTRANT_PENDING] = "pending",
	[REGISTRANT_CONFIRMED] = "confirmed",
	[REGISTRANT_WAITLISTED] = "waitlisted",
	[REGISTRANT_CANCELLED] = "cancelled",
};

void registrant_free(struct registrant *registrant)
{
	if (registrant == NULL)
		return;
	free(registrant->name);
	free(registrant->given_name);
	free(registrant->family_name);
	free(registrant->email);
	free(registrant->affiliation);
	free(registrant->external_id);
	free(registrant->roles);
	free(registrant->category);
	free(registrant->note);
	free(registrant);
}

void registrant_freep(struct registrant **registrant)
{
	registrant_free(*registrant);
	*registrant = NULL;
}

const char *registrant_name_of(const struct registrant_row *row)
{
	if (row->is_erased)
		return "erased";
	if (row->name[0] != '\0')
		return row->name;
	if (row->email != NULL)
		return row->email;
	return row->external_id != NULL ? row->external_id : "";
}

const char *registrant_display_name(const struct registrant *registrant)
{
	const struct registrant_row row = registrant_as_row(registrant);

	/* One of the registrant's own texts, or a constant. */
	return registrant_name_of(&row);
}

const char *registrant_status_word(enum registrant_status status)
{
	return status_words[status];
}

bool registrant_status_parse(const char *word, enum registrant_status *ret_status)
{
	for (size_t i = 0; i < sizeof status_words / sizeof status_words[0]; i++) {
		if (strcmp(word, status_words[i]) == 0) {
			*ret_status = (enum registrant_status)i;
			return true;
		}
	}
	return false;
}

static char *copy_or_null(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

enum status registrant_copy(const struct registrant_row *row, struct registrant **ret_registrant,
	struct error *error)
{
	enum registrant_status status;

	if (!registrant_status_parse(row->status, &status))
		return error_set(error, STATUS_DATABASE, "registrant @%lld has the status '%s'",
			(long long)row->registrant_id, row->status);
	struct registrant *registrant = xmalloc(sizeof *registrant);
	*registrant = (struct registrant){
		.id = row->registrant_id,
		.event_id = row->event_id,
		.person_id = row->person_id,
		.name = xstrdup(row->name),
		.given_name = xstrdup(row->given_name),
		.family_name = xstrdup(row->family_name),
		.email = copy_or_null(row->email),
		.affiliation = xstrdup(row->affiliation),
		.external_id = copy_or_null(row->external_id),
		.roles = xstrdup(row->roles),
		.status = status,
		.is_status_manual = row->is_status_manual,
		.category = xstrdup(row->category),
		.note = xstrdup(row->note),
		.registered_s = row->registered_s,
		.is_erased = row->is_erased,
	};
	*ret_registrant = registrant;
	return STATUS_OK;
}

struct registrant_row registrant_as_row(const struct registrant *registrant)
{
	return (struct registrant_row){
		.registrant_id = registrant->id,
		.event_id = registrant->event_id,
		.person_id = registrant->person_id,
		.name = registrant->name,
		.given_name = registrant->given_name,
		.family_name = registrant->family_name,
		.email = registrant->email,
		.affiliation = registrant->affiliation,
		.external_id = registrant->external_id,
		.roles = registrant->roles,
		.status = registrant_status_word(registrant->status),
		.is_status_manual = registrant->is_status_manual,
		.category = registrant->category,
		.note = registrant->note,
		.registered_s = registrant->registered_s,
		.is_erased = registrant->is_erased,
	};
}

static enum status copy_row(const struct registrant_row *row, void *data, struct error *error)
{
	return registrant_copy(row, data, error);
}

enum status registrant_load(struct db *db, int64_t registrant_id,
	struct registrant **ret_registrant, struct error *error)
{
	return registrant_store_by_number(db, registrant_id, copy_row, ret_registrant, error);
}

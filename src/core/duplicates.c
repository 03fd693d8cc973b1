/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/duplicates.h"

#include "core/duplicate_keys.h"
#include "core/registrant.h"
#include "store/duplicate_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

enum kind {
	KIND_EMAIL,
	KIND_ID,
	KIND_NAME,
};

enum {
	SAME_EMAIL = 1,
	SAME_ID = 2,
	SAME_NAME = 4,
	SWAPPED_NAME = 8,
};

static const struct {
	int64_t bit;
	const char *code;
} reasons[] = {
	{ SAME_EMAIL, "same-email" },
	{ SAME_ID, "same-id" },
	{ SAME_NAME, "same-name" },
	{ SWAPPED_NAME, "swapped-name" },
};

/* Somebody of those who share a key. */
struct member {
	int64_t registrant_id; /* 0: nobody yet */
	struct str detail;
};

struct search {
	struct db *db;
	int64_t event_id;
	const struct duplicates_functions *functions;
	/* Of the keys that are walked: those before. */
	int kind;
	struct str key;
	struct str part;
	struct member first;         /* who is alike all: of no part */
	struct member first_of_part; /* who is alike those of the part */
	/* Memory. */
	struct str text;
	struct str name_key;
	struct str words;
	struct str detail;
};

/* --- Keys --- */

static enum status add_email(struct search *search, const struct duplicate_person *person,
	struct error *error)
{
	struct duplicate_key key = {
		.kind = KIND_EMAIL,
		.part = "",
		.registrant_id = person->registrant_id,
	};

	text_fold(person->email, &search->text);
	str_clear(&search->detail);
	str_addf(&search->detail, "%s\n%s", search->text.text, search->words.text);
	duplicate_email_key(person->email, &search->text);
	key.key = search->text.text;
	key.detail = search->detail.text;
	return duplicate_store_add_key(search->db, &key, error);
}

static enum status add_id(struct search *search, const struct duplicate_person *person,
	struct error *error)
{
	struct duplicate_key key = {
		.kind = KIND_ID,
		.part = "",
		.detail = "",
		.registrant_id = person->registrant_id,
	};

	text_fold(person->external_id, &search->text);
	key.key = search->text.text;
	return duplicate_store_add_key(search->db, &key, error);
}

static enum status add_name(struct search *search, const struct duplicate_person *person,
	struct error *error)
{
	struct duplicate_key key = {
		.kind = KIND_NAME,
		.key = search->words.text,
		.detail = search->name_key.text,
		.registrant_id = person->registrant_id,
	};

	duplicate_name_key(person->affiliation, &search->text);
	key.part = search->text.text;
	return duplicate_store_add_key(search->db, &key, error);
}

static enum status add_keys(const struct duplicate_person *person, void *data, struct error *error)
{
	struct search *search = data;
	enum status status = STATUS_OK;

	duplicate_name_key(person->name, &search->name_key);
	duplicate_words_key(search->name_key.text, &search->words);
	if (person->email != NULL)
		status = add_email(search, person, error);
	if (status == STATUS_OK && person->external_id != NULL)
		status = add_id(search, person, error);
	if (status == STATUS_OK && search->words.length > 0)
		status = add_name(search, person, error);
	return status;
}

/* --- Pairs --- */

/* Why two who share a key are alike; 0: they are not. */
static int64_t reason_of(int kind, const char *detail, const char *other_detail)
{
	size_t length = strcspn(detail, "\n");

	switch (kind) {
	case KIND_EMAIL:
		/* One address, told apart by name. */
		if (strncmp(detail, other_detail, length + 1) == 0 &&
			strcmp(detail, other_detail) != 0)
			return 0;
		return SAME_EMAIL;
	case KIND_ID:
		return SAME_ID;
	default:
		return strcmp(detail, other_detail) == 0 ? SAME_NAME : SWAPPED_NAME;
	}
}

static enum status pair(struct search *search, const struct member *member,
	const struct duplicate_key *key, struct error *error)
{
	int64_t reason = reason_of(key->kind, member->detail.text, key->detail);
	bool is_member_first = member->registrant_id < key->registrant_id;

	if (reason == 0)
		return STATUS_OK;
	return duplicate_store_add_pair(search->db,
		is_member_first ? member->registrant_id : key->registrant_id,
		is_member_first ? key->registrant_id : member->registrant_id, reason, error);
}

static void set_member(struct member *member, const struct duplicate_key *key)
{
	member->registrant_id = key->registrant_id;
	str_clear(&member->detail);
	str_add(&member->detail, key->detail);
}

static void set_text(struct str *str, const char *text)
{
	str_clear(str);
	str_add(str, text);
}

/* Those of no part come first: whoever says no affiliation may be any of the others. */
static enum status look_at_key(const struct duplicate_key *key, void *data, struct error *error)
{
	struct search *search = data;
	struct member *first = &search->first;
	struct member *of_part = &search->first_of_part;

	if (key->kind != search->kind || strcmp(key->key, search->key.text) != 0) {
		search->kind = key->kind;
		set_text(&search->key, key->key);
		set_text(&search->part, "");
		first->registrant_id = 0;
		of_part->registrant_id = 0;
	}
	if (strcmp(key->part, search->part.text) != 0) {
		set_text(&search->part, key->part);
		of_part->registrant_id = 0;
	}
	if (key->part[0] != '\0' && of_part->registrant_id != 0)
		return pair(search, of_part, key, error);
	if (key->part[0] != '\0')
		set_member(of_part, key);
	if (first->registrant_id != 0)
		return pair(search, first, key, error);
	if (key->part[0] == '\0')
		set_member(first, key);
	return STATUS_OK;
}

static const char *name_of(const struct duplicate_person *person)
{
	const struct registrant_row row = {
		.name = person->name,
		.email = person->email,
		.external_id = person->external_id,
	};

	return registrant_name_of(&row);
}

static enum status lend_pair(const struct duplicate_pair *pair, void *data, struct error *error)
{
	struct search *search = data;
	struct str *text = &search->text;

	str_clear(text);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if ((pair->reasons & reasons[i].bit) != 0)
			str_addf(text, "%s%s", text->length > 0 ? ";" : "", reasons[i].code);
	const struct duplicate_row row = {
		.registrant_id = pair->person.registrant_id,
		.name = name_of(&pair->person),
		.email = pair->person.email,
		.other_id = pair->other.registrant_id,
		.other_name = name_of(&pair->other),
		.other_email = pair->other.email,
		.reasons = text->text,
	};
	return search->functions->row(&row, search->functions->data, error);
}

/* --- All --- */

static enum status read_all(struct reading *reading, void *data, struct error *error)
{
	struct search *search = data;

	search->kind = -1;
	search->functions->begin(search->functions->data);
	enum status status = duplicate_store_open(reading->db, error);
	if (status == STATUS_OK)
		status = duplicate_store_people(reading, search->event_id, add_keys, search, error);
	if (status == STATUS_OK)
		status = duplicate_store_keys(reading, look_at_key, search, error);
	if (status == STATUS_OK)
		status = duplicate_store_pairs(reading, lend_pair, search, error);
	return status;
}

enum status duplicates_find(struct db *db, int64_t event_id,
	const struct duplicates_functions *functions, struct error *error)
{
	struct search search = {
		.db = db,
		.event_id = event_id,
		.functions = functions,
		.key = STR_INIT,
		.part = STR_INIT,
		.first.detail = STR_INIT,
		.first_of_part.detail = STR_INIT,
		.text = STR_INIT,
		.name_key = STR_INIT,
		.words = STR_INIT,
		.detail = STR_INIT,
	};
	struct str *const memory[] = { &search.key, &search.part, &search.first.detail,
		&search.first_of_part.detail, &search.text, &search.name_key, &search.words,
		&search.detail };

	enum status status =
		reading_run(db, read_all, &search, functions->notice, functions->data, error);
	for (size_t i = 0; i < sizeof memory / sizeof memory[0]; i++)
		str_free(memory[i]);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which registrants the participants of a report are.
 */
#include "core/meeting_people.h"
#include "core/registrant.h"
#include "store/alias_store.h"
#include "store/registrant_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	CANDIDATES_MAX = 5,
	WORD_MIN_BYTES = 3, /* of those by which candidates are found */
};

/* A name, or a word of one, under which a participant is looked for. */
struct wanted {
	char *key;
	size_t person;
};
struct wanted_list {
	struct wanted *all;
	size_t count;
};

/* What was found of a person by name. */
struct found {
	int64_t registrant_id; /* the first */
	bool is_ambiguous;
};

struct matching {
	struct db *db;
	int64_t event_id;
	const struct meeting_tellings *tellings;
	struct meeting_people *people;
	struct wanted_list names;
	struct wanted_list words;
	struct found *found; /* by person */
	struct str key;
};

/* --- Without names --- */

static bool find_telling(const struct matching *matching, struct meeting_person *person)
{
	for (size_t i = 0; i < matching->tellings->count; i++) {
		const struct meeting_told *told = &matching->tellings->all[i];
		if (strcmp(told->name_key, person->name_key) != 0 ||
			strcmp(told->email_key, person->email_key) != 0)
			continue;
		person->match = told->registrant_id != 0 ? MEETING_MATCHED : MEETING_NOBODY;
		person->registrant_id = told->registrant_id;
		person->is_told = true;
		return true;
	}
	return false;
}

static enum status find_alias(const struct matching *matching, struct meeting_person *person,
	struct error *error)
{
	const struct alias_key key = {
		.event_id = matching->event_id,
		.name_key = person->name_key,
		.email_key = person->email_key,
	};
	bool is_known = false;
	int64_t registrant_id = 0;

	enum status status = alias_store_find(matching->db, &key, &is_known, &registrant_id, error);
	if (status == STATUS_OK && is_known) {
		person->match = registrant_id != 0 ? MEETING_MATCHED : MEETING_NOBODY;
		person->registrant_id = registrant_id;
	}
	return status;
}

struct hits {
	int64_t registrant_id;
	size_t count;
	struct str candidates;
};

static enum status take_hit(const struct registrant_row *row, void *data, struct error *error)
{
	struct hits *hits = data;

	(void)error;
	if (row->is_erased)
		return STATUS_OK;
	if (hits->count++ == 0)
		hits->registrant_id = row->registrant_id;
	if (hits->count <= CANDIDATES_MAX)
		str_addf(&hits->candidates, "%s%lld %s", hits->count > 1 ? "; " : "",
			(long long)row->registrant_id, registrant_name_of(row));
	return STATUS_OK;
}

/* One is the person; several are candidates. */
static void take_hits(struct meeting_person *person, struct hits *hits)
{
	if (hits->count == 1) {
		person->match = MEETING_MATCHED;
		person->registrant_id = hits->registrant_id;
	} else if (hits->count > 1) {
		str_add(&person->candidates, hits->candidates.text);
		person->candidate_count = hits->count;
	}
	str_free(&hits->candidates);
}

static enum status find_by_email(const struct matching *matching, struct meeting_person *person,
	const char *email_key, struct error *error)
{
	struct hits hits = { .candidates = STR_INIT };

	if (email_key[0] == '\0')
		return STATUS_OK;
	enum status status = registrant_store_by_email(matching->db, matching->event_id, email_key,
		take_hit, &hits, error);
	take_hits(person, &hits);
	return status;
}

/* Some schools have people join under their number. */
static enum status find_by_id(const struct matching *matching, struct meeting_person *person,
	struct error *error)
{
	struct hits hits = { .candidates = STR_INIT };

	if (person->name[0] == '\0')
		return STATUS_OK;
	enum status status = registrant_store_by_external_id(matching->db, matching->event_id,
		person->name, take_hit, &hits, error);
	take_hits(person, &hits);
	return status;
}

static bool is_settled(const struct meeting_person *person)
{
	return person->match != MEETING_UNMATCHED || person->candidate_count > 0;
}

static enum status match_person(const struct matching *matching, struct meeting_person *person,
	struct error *error)
{
	enum status status = STATUS_OK;

	person->match = MEETING_UNMATCHED;
	person->registrant_id = 0;
	person->is_told = false;
	person->candidate_count = 0;
	str_clear(&person->candidates);
	if (find_telling(matching, person))
		return STATUS_OK;
	status = find_alias(matching, person, error);
	if (status == STATUS_OK && !is_settled(person))
		status = find_by_email(matching, person, person->email_key, error);
	if (status == STATUS_OK && !is_settled(person))
		status = find_by_email(matching, person, person->second_email_key, error);
	if (status == STATUS_OK && !is_settled(person))
		status = find_by_id(matching, person, error);
	return status;
}

/* --- The forms of a name --- */

static void add_wanted(struct wanted_list *list, const char *key, size_t person)
{
	if ((list->count & (list->count - 1)) == 0)
		list->all = xreallocarray(list->all, 2 * list->count + 1, sizeof *list->all);
	list->all[list->count++] = (struct wanted){ .key = xstrdup(key), .person = person };
}

/* A form with at least two words; "perez, carla" also as "carla perez". */
static void add_form(struct matching *matching, size_t person, const char *text, size_t length)
{
	CLEANUP(memory_free_text) char *form = xstrndup(text, length);
	CLEANUP(str_free) struct str swapped = STR_INIT;

	text_search_key(form, &matching->key);
	const char *comma = strchr(matching->key.text, ',');
	if (comma != NULL) {
		str_add(&swapped, comma + 1);
		str_add_char(&swapped, ' ');
		str_add_bytes(&swapped, matching->key.text, (size_t)(comma - matching->key.text));
		text_search_key(swapped.text, &matching->key);
	}
	if (strchr(matching->key.text, ' ') != NULL)
		add_wanted(&matching->names, matching->key.text, person);
}

/* The name as it stands, without what is in brackets, and what is in them. */
static void add_forms(struct matching *matching, size_t person)
{
	const char *name = matching->people->all[person].name;
	const char *open = strchr(name, '(');
	const char *close = open != NULL ? strrchr(open, ')') : NULL;

	add_form(matching, person, name, strlen(name));
	if (close == NULL)
		return;
	add_form(matching, person, name, (size_t)(open - name));
	add_form(matching, person, open + 1, (size_t)(close - open - 1));
}

static void add_words(struct matching *matching, size_t person)
{
	CLEANUP(memory_free_text) char *key = xstrdup(matching->people->all[person].name_key);
	char *rest;

	for (char *word = strtok_r(key, " ,()/", &rest); word != NULL;
		word = strtok_r(NULL, " ,()/", &rest))
		if (strlen(word) >= WORD_MIN_BYTES)
			add_wanted(&matching->words, word, person);
}

static int compare_wanted(const void *left, const void *right)
{
	const struct wanted *a = left;
	const struct wanted *b = right;
	int order = strcmp(a->key, b->key);

	return order != 0 ? order : (a->person > b->person) - (a->person < b->person);
}

static void sort_wanted(struct wanted_list *list)
{
	if (list->count > 0)
		qsort(list->all, list->count, sizeof *list->all, compare_wanted);
}

static void free_wanted(struct wanted_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->all[i].key);
	free(list->all);
	*list = (struct wanted_list){ .all = NULL };
}

/* The first entry with the key; `count` if there is none. */
static size_t find_wanted(const struct wanted_list *list, const char *key)
{
	size_t low = 0;
	size_t high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(list->all[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list->count && strcmp(list->all[low].key, key) == 0 ? low : list->count;
}

/* --- Names of registrants --- */

static void take_found(struct found *found, int64_t registrant_id)
{
	if (found->registrant_id == 0)
		found->registrant_id = registrant_id;
	else if (found->registrant_id != registrant_id)
		found->is_ambiguous = true;
}

/* Several words of one name make no second candidate of it: the last one is compared. */
static void add_candidate(struct meeting_person *person, int64_t registrant_id, const char *name)
{
	CLEANUP(str_free) struct str entry = STR_INIT;

	str_addf(&entry, "%lld %s", (long long)registrant_id, name);
	size_t length = person->candidates.length;
	if (person->candidate_count >= CANDIDATES_MAX ||
		(length >= entry.length &&
			strcmp(person->candidates.text + length - entry.length, entry.text) == 0))
		return;
	str_addf(&person->candidates, "%s%s", person->candidate_count > 0 ? "; " : "", entry.text);
	person->candidate_count++;
}

static void look_at_name(int64_t registrant_id, const char *name, void *data)
{
	struct matching *matching = data;
	char *rest;

	text_search_key(name, &matching->key);
	for (size_t i = find_wanted(&matching->names, matching->key.text);
		i < matching->names.count &&
		strcmp(matching->names.all[i].key, matching->key.text) == 0;
		i++)
		take_found(&matching->found[matching->names.all[i].person], registrant_id);
	CLEANUP(memory_free_text) char *words = xstrdup(matching->key.text);
	for (char *word = strtok_r(words, " ", &rest); word != NULL;
		word = strtok_r(NULL, " ", &rest))
		for (size_t i = find_wanted(&matching->words, word);
			i < matching->words.count && strcmp(matching->words.all[i].key, word) == 0;
			i++)
			add_candidate(&matching->people->all[matching->words.all[i].person],
				registrant_id, name);
}

static void begin_names(struct matching *matching)
{
	struct meeting_people *people = matching->people;

	free_wanted(&matching->names);
	free_wanted(&matching->words);
	for (size_t i = 0; i < people->count; i++) {
		matching->found[i] = (struct found){ 0 };
		if (is_settled(&people->all[i]))
			continue;
		add_forms(matching, i);
		add_words(matching, i);
	}
	sort_wanted(&matching->names);
	sort_wanted(&matching->words);
}

static void take_names(struct matching *matching)
{
	for (size_t i = 0; i < matching->people->count; i++) {
		struct meeting_person *person = &matching->people->all[i];
		const struct found *found = &matching->found[i];
		if (found->registrant_id == 0 || found->is_ambiguous)
			continue;
		person->match = MEETING_MATCHED;
		person->registrant_id = found->registrant_id;
		str_clear(&person->candidates);
	}
}

static enum status read_all(struct reading *reading, void *data, struct error *error)
{
	struct matching *matching = data;
	struct meeting_people *people = matching->people;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < people->count && status == STATUS_OK; i++)
		status = match_person(matching, &people->all[i], error);
	if (status != STATUS_OK)
		return status;
	begin_names(matching);
	if (matching->names.count + matching->words.count > 0)
		status = registrant_store_names(reading, matching->event_id, look_at_name, matching,
			error);
	if (status == STATUS_OK)
		take_names(matching);
	return status;
}

enum status meeting_people_match(struct db *db, int64_t event_id,
	const struct meeting_tellings *tellings, struct meeting_people *people, struct error *error)
{
	struct matching matching = {
		.db = db,
		.event_id = event_id,
		.tellings = tellings,
		.people = people,
		.found = xcalloc(people->count + 1, sizeof(struct found)),
		.key = STR_INIT,
	};

	enum status status = reading_run(db, read_all, &matching, NULL, NULL, error);
	free_wanted(&matching.names);
	free_wanted(&matching.words);
	str_free(&matching.key);
	free(matching.found);
	return status;
}

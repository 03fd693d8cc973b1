/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/schedule_private.h"

#include "core/people.h"
#include "util/memory.h"
#include "util/text.h"

#include <string.h>

/* --- Persons to people --- */

const char *schedule_person_name(const json_t *person)
{
	const char *name = json_string_value(person);

	if (name == NULL)
		name = schedule_text(person, "public_name");
	if (name[0] == '\0')
		name = schedule_text(person, "name");
	return name[0] != '\0' ? name : schedule_text(person, "full_public_name");
}

/* Brackets without their other half would be an error of the programme's form. */
static bool has_matched_brackets(const char *text)
{
	size_t depth = 0;

	for (; *text != '\0'; text++) {
		if (*text == '(')
			depth++;
		else if (*text == ')' && depth-- == 0)
			return false;
	}
	return depth == 0;
}

/* Adds a text in which nothing divides people or breaks a line. */
static void add_tame(struct str *str, const char *text)
{
	CLEANUP(str_free) struct str clean = STR_INIT;
	bool keeps_brackets = has_matched_brackets(text);

	text_clean(text, strlen(text), &clean);
	for (const char *at = clean.text; *at != '\0'; at++) {
		if (*at == ';')
			str_add_char(str, ',');
		else if ((unsigned char)*at < 0x20 || *at == 0x7f)
			str_add_char(str, ' ');
		else if (!keeps_brackets && (*at == '(' || *at == ')'))
			str_add_char(str, *at == '(' ? '[' : ']');
		else
			str_add_char(str, *at);
	}
}

static void add_person_entry(const json_t *person, struct str *str)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	const char *affiliation = schedule_text(person, "affiliation");

	add_tame(&name, schedule_person_name(person));
	/* Brackets alone would be an affiliation of nobody. */
	if (name.length == 0 || name.text[0] == '(')
		return;
	str_addf(str, "%s%s", str->length > 0 ? "; " : "", name.text);
	if (affiliation[0] != '\0') {
		str_add(str, " (");
		add_tame(str, affiliation);
		str_add_char(str, ')');
	}
}

void schedule_add_people(const json_t *persons, struct str *str)
{
	CLEANUP(str_free) struct str people = STR_INIT;
	CLEANUP(str_free) struct str tidy = STR_INIT;
	struct error error = ERROR_INIT;
	size_t index;
	json_t *person;

	json_array_foreach(persons, index, person) add_person_entry(person, &people);
	if (people_tidy(people.text, &tidy, &error) == STATUS_OK)
		str_add(str, tidy.text);
}

/* --- People to persons --- */

struct writer {
	const struct schedule *schedule;
	const json_t *kept;
	json_t *persons;
};

/* The entry that people_tidy gives for this person. */
static void write_entry(const char *name, const char *const *affiliations, size_t count,
	struct str *ret)
{
	str_add(ret, name);
	for (size_t i = 0; i < count; i++)
		str_addf(ret, " (%s)", affiliations[i]);
}

/* Who is meant among those kept: the same entry, or the same name. */
static json_t *find_kept(const json_t *kept, const char *entry, const char *name)
{
	size_t index;
	json_t *person;

	json_array_foreach(kept, index, person)
	{
		CLEANUP(str_free) struct str text = STR_INIT;
		add_person_entry(person, &text);
		if (strcmp(text.text, entry) == 0 ||
			strcmp(schedule_person_name(person), name) == 0)
			return person;
	}
	return NULL;
}

static json_t *new_person(const struct schedule *schedule, const char *name,
	const char *const *affiliations, size_t count)
{
	CLEANUP(str_free) struct str affiliation = STR_INIT;
	char guid[GUID_TEXT_SIZE];
	json_t *person = json_object();

	schedule_guid(schedule, "person", name, 0, guid);
	json_object_set_new(person, "guid", json_string(guid));
	json_object_set_new(person, "name", schedule_string(name));
	for (size_t i = 0; i < count; i++)
		str_addf(&affiliation, "%s%s", i > 0 ? ", " : "", affiliations[i]);
	if (count > 0)
		json_object_set_new(person, "affiliation", schedule_string(affiliation.text));
	return person;
}

static void write_person(const char *name, const char *const *affiliations, size_t count,
	void *data)
{
	CLEANUP(str_free) struct str entry = STR_INIT;
	const struct writer *writer = data;

	write_entry(name, affiliations, count, &entry);
	json_t *person = find_kept(writer->kept, entry.text, name);
	if (person != NULL)
		json_array_append(writer->persons, person);
	else
		json_array_append_new(writer->persons,
			new_person(writer->schedule, name, affiliations, count));
}

json_t *schedule_persons(const struct schedule *schedule, const char *people, const json_t *kept)
{
	CLEANUP(str_free) struct str said = STR_INIT;
	struct error error = ERROR_INIT;
	struct writer writer = { schedule, kept, NULL };

	schedule_add_people(kept, &said);
	if (json_is_array(kept) && strcmp(said.text, people) == 0)
		return json_deep_copy(kept);
	writer.persons = json_array();
	(void)people_parse(people, write_person, &writer, &error);
	return writer.persons;
}

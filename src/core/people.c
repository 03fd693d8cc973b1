/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/people.h"

#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

/* One entry taken apart. */
struct entry {
	struct str name;
	char **affiliations;
	size_t count;
};

static void entry_clear(struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++)
		free(entry->affiliations[i]);
	free(entry->affiliations);
	entry->affiliations = NULL;
	entry->count = 0;
	str_free(&entry->name);
}

/* The length of the entry that begins here: up to a ';' outside brackets. */
static enum status measure_entry(const char *text, size_t *ret_length, struct error *error)
{
	size_t depth = 0;
	size_t at = 0;

	for (; text[at] != '\0' && (text[at] != ';' || depth > 0); at++) {
		if (text[at] == '(')
			depth++;
		if (text[at] == ')' && depth-- == 0)
			return error_set(error, STATUS_REJECTED, "')' without '(' before it");
	}
	if (depth > 0)
		return error_set(error, STATUS_REJECTED, "'(' without ')' after it");
	*ret_length = at;
	return STATUS_OK;
}

/* Where the bracket opens that closes at the end of text[0..length). */
static size_t find_opening(const char *text, size_t length)
{
	size_t depth = 0;

	while (length-- > 0) {
		if (text[length] == ')')
			depth++;
		if (text[length] == '(' && --depth == 0)
			break;
	}
	return length;
}

/* Takes affiliations off the end of the cleaned entry until the name is left. */
static void take_apart(struct str *cleaned, struct entry *entry)
{
	CLEANUP(str_free) struct str rest = STR_INIT;

	while (cleaned->length > 0 && cleaned->text[cleaned->length - 1] == ')') {
		struct str affiliation = STR_INIT;
		size_t opening = find_opening(cleaned->text, cleaned->length);

		text_clean(cleaned->text + opening + 1, cleaned->length - opening - 2,
			&affiliation);
		if (affiliation.length > 0) {
			entry->affiliations = xreallocarray(entry->affiliations, entry->count + 1,
				sizeof *entry->affiliations);
			entry->affiliations[entry->count++] = str_steal(&affiliation);
		}
		str_free(&affiliation);
		text_clean(cleaned->text, opening, &rest);
		str_clear(cleaned);
		str_add(cleaned, rest.text);
	}
	str_add(&entry->name, cleaned->text);
}

static void turn_round(char **texts, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		char *text = texts[i];
		texts[i] = texts[count - 1 - i];
		texts[count - 1 - i] = text;
	}
}

static enum status lend_entry(const char *text, size_t length, people_function *function,
	void *data, struct error *error)
{
	CLEANUP(entry_clear) struct entry entry = { .name = STR_INIT };
	CLEANUP(str_free) struct str cleaned = STR_INIT;

	text_clean(text, length, &cleaned);
	if (cleaned.length == 0)
		return STATUS_OK;
	take_apart(&cleaned, &entry);
	if (entry.name.length == 0)
		return error_set(error, STATUS_REJECTED, "'%.*s' has no name before the bracket",
			(int)length, text);
	turn_round(entry.affiliations, entry.count);
	function(entry.name.text, (const char *const *)entry.affiliations, entry.count, data);
	return STATUS_OK;
}

enum status people_parse(const char *text, people_function *function, void *data,
	struct error *error)
{
	for (;;) {
		size_t length = 0;
		enum status status = measure_entry(text, &length, error);
		if (status == STATUS_OK)
			status = lend_entry(text, length, function, data, error);
		if (status != STATUS_OK || text[length] == '\0')
			return status;
		text += length + 1;
	}
}

static void add_person(const char *name, const char *const *affiliations, size_t count, void *data)
{
	struct str *str = data;

	str_addf(str, "%s%s", str->length > 0 ? "; " : "", name);
	for (size_t i = 0; i < count; i++)
		str_addf(str, " (%s)", affiliations[i]);
}

enum status people_tidy(const char *text, struct str *ret, struct error *error)
{
	str_clear(ret);
	return people_parse(text, add_person, ret, error);
}

static void add_name(const char *name, const char *const *affiliations, size_t count, void *data)
{
	struct str *str = data;

	(void)affiliations;
	(void)count;
	str_addf(str, "%s%s", str->length > 0 ? ";" : "", name);
}

void people_names(const char *text, struct str *ret)
{
	struct error error = ERROR_INIT;

	str_clear(ret);
	(void)people_parse(text, add_name, ret, &error);
}

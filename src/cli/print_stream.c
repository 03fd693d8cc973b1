/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/print_stream.h"

#include "cli/output_renderer.h"

#include <assert.h>
#include <string.h>

struct member {
	const char *key;
	const char *text; /* NULL: null */
};

static void add(struct output *output, const char *text)
{
	assert(output->settings.format == FORMAT_PDF);
	spool_add(&output->spool, text, strlen(text));
}

/* {"key": number, …: the first member, which tells what the line is */
static void add_number(struct output *output, const char *key, int64_t number)
{
	str_clear(&output->scratch);
	str_addf(&output->scratch, "{\"%s\": %lld", key, (long long)number);
	add(output, output->scratch.text);
}

/* The rest of the line. Keys need no escapes. */
static void add_members(struct output *output, const char *start, const struct member *members,
	size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct member *member = &members[i];
		add(output, i == 0 ? start : ", ");
		add(output, "\"");
		add(output, member->key);
		add(output, "\": ");
		if (member->text != NULL)
			output_add_json_string(output, member->text, strlen(member->text));
		else
			add(output, "null");
	}
	add(output, "}\n");
}

void print_stream_begin(struct output *output, const struct print_head *head)
{
	const struct member members[] = {
		{ "what", head->what },
		{ "size", head->size },
		{ "maker", head->maker },
		{ "code", head->code },
		{ "title", head->title },
		{ "first_day", head->first_day },
		{ "last_day", head->last_day },
		{ "zone", head->zone },
		{ "url", head->url },
	};

	output_restart(output);
	output->people = 0;
	add_number(output, "print", PRINT_STREAM_VERSION);
	add_members(output, ", ", members, sizeof members / sizeof members[0]);
}

void print_stream_item(struct output *output, const struct print_item *item)
{
	const struct member members[] = {
		{ "start", item->start },
		{ "end", item->end },
		{ "kind", item->kind },
		{ "title", item->title },
		{ "people", item->people },
		{ "room", item->room },
		{ "access", item->access },
	};

	add_members(output, "{", members, sizeof members / sizeof members[0]);
}

void print_stream_person(struct output *output, const struct print_person *person)
{
	const struct member members[] = {
		{ "name", person->name },
		{ "affiliation", person->affiliation },
		{ "roles", person->roles },
		{ "token", person->token },
	};

	output->people++;
	add_number(output, "number", person->number);
	add_members(output, ", ", members, sizeof members / sizeof members[0]);
}

int64_t print_stream_people(const struct output *output)
{
	return output->people;
}

void print_stream_end(struct output *output)
{
	add_number(output, "people", output->people);
	add(output, "}\n");
}

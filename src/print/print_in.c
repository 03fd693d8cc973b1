/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/print_in.h"

#include "cli/list_in.h"
#include "util/memory.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct print_in {
	struct list_in list;
	json_t *head_json;  /* what the head borrows from */
	json_t *items_json; /* an array; what the items borrow from */
	json_t *next_json;  /* the line that was read last and is not an item */
	struct print_head head;
	struct print_item *items;
	struct print_person person;
	long long people;
};

void print_in_freep(struct print_in **in)
{
	if (*in == NULL)
		return;
	json_decref((*in)->head_json);
	json_decref((*in)->items_json);
	json_decref((*in)->next_json);
	free((*in)->items);
	list_in_free(&(*in)->list);
	free(*in);
	*in = NULL;
}

/* Into next_json. */
static enum status read_line(struct print_in *in, struct error *error)
{
	json_decref(in->next_json);
	in->next_json = NULL;
	return list_in_next(&in->list, &in->next_json, error);
}

/* NULL for null, and for what is not there or no text. */
static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static enum status read_head(struct print_in *in, struct error *error)
{
	enum status status = read_line(in, error);

	if (status != STATUS_OK)
		return status;
	json_t *head = in->next_json;
	if (json_integer_value(json_object_get(head, "print")) != PRINT_STREAM_VERSION)
		return list_in_reject(&in->list, "not of this version of regtool", error);
	in->head_json = json_incref(head);
	in->head = (struct print_head){
		.what = text_of(head, "what"),
		.size = text_of(head, "size"),
		.maker = text_of(head, "maker"),
		.code = text_of(head, "code"),
		.title = text_of(head, "title"),
		.first_day = text_of(head, "first_day"),
		.last_day = text_of(head, "last_day"),
		.zone = text_of(head, "zone"),
		.url = text_of(head, "url"),
	};
	if (in->head.what == NULL || in->head.maker == NULL || in->head.code == NULL)
		return list_in_reject(&in->list, "what, maker or code is missing", error);
	return STATUS_OK;
}

static enum status read_item(const struct print_in *in, const json_t *object,
	struct print_item *ret_item, struct error *error)
{
	const struct print_item item = {
		.start = text_of(object, "start"),
		.end = text_of(object, "end"),
		.kind = text_of(object, "kind"),
		.title = text_of(object, "title"),
		.people = text_of(object, "people"),
		.room = text_of(object, "room"),
		.access = text_of(object, "access"),
	};

	if (item.start == NULL || item.end == NULL || item.kind == NULL || item.access == NULL)
		return list_in_reject(&in->list, "not an item of a programme", error);
	*ret_item = item;
	return STATUS_OK;
}

/* Leaves the line after them in next_json. */
static enum status read_items(struct print_in *in, struct error *error)
{
	in->items_json = json_array();
	enum status status = read_line(in, error);
	while (status == STATUS_OK && json_object_get(in->next_json, "start") != NULL) {
		size_t count = json_array_size(in->items_json);
		in->items = xreallocarray(in->items, count + 1, sizeof *in->items);
		status = read_item(in, in->next_json, &in->items[count], error);
		(void)json_array_append(in->items_json, in->next_json);
		if (status == STATUS_OK)
			status = read_line(in, error);
	}
	return status;
}

enum status print_in_open(FILE *file, struct print_in **ret_in, struct error *error)
{
	CLEANUP(print_in_freep) struct print_in *in = xcalloc(1, sizeof *in);

	in->list.file = file;
	enum status status = read_head(in, error);
	if (status == STATUS_OK)
		status = read_items(in, error);
	if (status != STATUS_OK)
		return status;
	*ret_in = in;
	in = NULL;
	return STATUS_OK;
}

const struct print_head *print_in_head(const struct print_in *in)
{
	return &in->head;
}

const struct print_item *print_in_items(const struct print_in *in, size_t *ret_count)
{
	*ret_count = json_array_size(in->items_json);
	return in->items;
}

enum status print_in_next(struct print_in *in, const struct print_person **ret_person,
	struct error *error)
{
	if (in->people > 0) {
		enum status status = read_line(in, error);
		if (status != STATUS_OK)
			return status;
	}
	const json_t *number = json_object_get(in->next_json, "number");
	if (number == NULL) {
		*ret_person = NULL;
		return list_in_end(&in->list, in->next_json, "people", in->people,
			"neither a person nor the number of people", error);
	}
	in->person = (struct print_person){
		.number = json_integer_value(number),
		.name = text_of(in->next_json, "name"),
		.affiliation = text_of(in->next_json, "affiliation"),
		.roles = text_of(in->next_json, "roles"),
		.token = text_of(in->next_json, "token"),
	};
	if (!json_is_integer(number) || in->person.name == NULL || in->person.token == NULL)
		return list_in_reject(&in->list, "not a person", error);
	in->people++;
	*ret_person = &in->person;
	return STATUS_OK;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_people.h"

#include "core/registrant.h"
#include "util/csv_in.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

/* --- Who stands in the file --- */

struct keyed_row {
	size_t row;
	char *name_key;
	char *email_key;
	char *second_email_key;
};

static int compare_keyed(const void *left, const void *right)
{
	const struct keyed_row *a = left;
	const struct keyed_row *b = right;
	int order = strcmp(a->name_key, b->name_key);

	if (order == 0)
		order = strcmp(a->email_key, b->email_key);
	if (order == 0)
		order = (a->row > b->row) - (a->row < b->row);
	return order;
}

static char *fold(const char *text)
{
	struct str key = STR_INIT;

	text_fold(text, &key);
	return str_steal(&key);
}

static struct keyed_row key_row(const struct meeting_file *file, size_t row)
{
	const struct meeting_row *read = &file->rows[row];
	struct str name_key = STR_INIT;

	text_search_key(meeting_text(file, read->name), &name_key);
	return (struct keyed_row){
		.row = row,
		.name_key = str_steal(&name_key),
		.email_key = fold(meeting_text(file, read->email)),
		.second_email_key = fold(meeting_text(file, read->second_email)),
	};
}

static void free_keyed(struct keyed_row *keyed)
{
	free(keyed->name_key);
	free(keyed->email_key);
	free(keyed->second_email_key);
}

static void take_times(const struct meeting_row *row, struct meeting_person *person)
{
	int64_t last_s = row->has_leave ? row->leave_s : row->join_s;

	if (!person->has_times || row->join_s < person->first_s)
		person->first_s = row->join_s;
	if (!person->has_times || last_s > person->last_s)
		person->last_s = last_s;
	person->has_times = true;
}

void meeting_people_find(const struct meeting_file *file, struct meeting_people *ret_people)
{
	struct keyed_row *keyed = xcalloc(file->count + 1, sizeof *keyed);
	struct meeting_people people = { .all = NULL };
	size_t count = 0;

	people.of_row = xcalloc(file->count + 1, sizeof *people.of_row);
	for (size_t i = 0; i < file->count; i++) {
		people.of_row[i] = SIZE_MAX;
		if (file->rows[i].fate == MEETING_USED)
			keyed[count++] = key_row(file, i);
	}
	qsort(keyed, count, sizeof *keyed, compare_keyed);
	people.all = xcalloc(count + 1, sizeof *people.all);
	for (size_t i = 0; i < count; i++) {
		const struct meeting_row *row = &file->rows[keyed[i].row];
		struct meeting_person *last =
			people.count > 0 ? &people.all[people.count - 1] : NULL;
		if (last == NULL || strcmp(last->name_key, keyed[i].name_key) != 0 ||
			strcmp(last->email_key, keyed[i].email_key) != 0) {
			last = &people.all[people.count++];
			*last = (struct meeting_person){
				.name = meeting_text(file, row->name),
				.email = meeting_text(file, row->email),
				.name_key = keyed[i].name_key,
				.email_key = keyed[i].email_key,
				.second_email_key = keyed[i].second_email_key,
				.candidates = STR_INIT,
			};
		} else {
			free_keyed(&keyed[i]);
		}
		people.of_row[keyed[i].row] = people.count - 1;
		take_times(row, last);
	}
	free(keyed);
	*ret_people = people;
}

void meeting_people_free(struct meeting_people *people)
{
	for (size_t i = 0; i < people->count; i++) {
		free(people->all[i].name_key);
		free(people->all[i].email_key);
		free(people->all[i].second_email_key);
		str_free(&people->all[i].candidates);
	}
	free(people->all);
	free(people->of_row);
	*people = (struct meeting_people){ .all = NULL };
}

/* --- What the user says --- */

enum tell_column {
	TELL_NAME,
	TELL_EMAIL,
	TELL_REGISTRANT,
	TELL_COLUMN_COUNT,
};

static enum status find_columns(const struct csv_in *in, size_t ret_places[TELL_COLUMN_COUNT],
	struct error *error)
{
	static const char *const names[] = { "name", "email", "registrant" };
	const struct csv_row *header = csv_in_header(in);

	for (size_t i = 0; i < TELL_COLUMN_COUNT; i++) {
		size_t place = 0;
		while (place < header->width) {
			CLEANUP(str_free) struct str key = STR_INIT;
			text_header_key(header->cells[place], &key);
			if (strcmp(key.text, names[i]) == 0)
				break;
			place++;
		}
		ret_places[i] = place;
		if (place == header->width)
			return error_set(error, STATUS_REJECTED, "%s: there is no column '%s'",
				csv_in_name(in), names[i]);
	}
	return STATUS_OK;
}

/* A bare number is one of a registrant, as columns have it. */
static enum status find_told(struct db *db, int64_t event_id, const char *who, int64_t *ret_id,
	struct error *error)
{
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	CLEANUP(str_free) struct str number = STR_INIT;
	bool is_number = strspn(who, "0123456789") == strlen(who);
	enum status status = STATUS_NOT_FOUND;

	if (is_number) {
		str_addf(&number, "@%s", who);
		status = registrant_find(db, event_id, number.text, &registrant, error);
	}
	if (status == STATUS_NOT_FOUND)
		status = registrant_find(db, event_id, who, &registrant, error);
	if (status == STATUS_OK)
		*ret_id = registrant->id;
	return status;
}

static enum status take_told(struct db *db, int64_t event_id, const struct csv_row *row,
	const size_t *places, struct meeting_tellings *tellings, struct error *error)
{
	const char *who = row->cells[places[TELL_REGISTRANT]];
	struct str name_key = STR_INIT;
	int64_t registrant_id = 0;

	if (who[0] == '\0')
		return STATUS_OK;
	if (strcmp(who, "-") != 0) {
		enum status status = find_told(db, event_id, who, &registrant_id, error);
		if (status != STATUS_OK)
			return status;
	}
	tellings->all = xreallocarray(tellings->all, tellings->count + 1, sizeof *tellings->all);
	text_search_key(row->cells[places[TELL_NAME]], &name_key);
	tellings->all[tellings->count++] = (struct meeting_told){
		.name_key = str_steal(&name_key),
		.email_key = fold(row->cells[places[TELL_EMAIL]]),
		.registrant_id = registrant_id,
	};
	return STATUS_OK;
}

enum status meeting_tellings_read(struct db *db, int64_t event_id, const char *path,
	struct meeting_tellings *ret_tellings, struct error *error)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	const struct csv_in_options options = { .delimiter = '\0' };
	size_t places[TELL_COLUMN_COUNT];
	const struct csv_row *row = NULL;

	*ret_tellings = (struct meeting_tellings){ .all = NULL };
	enum status status = csv_in_open(path, &options, &in, error);
	if (status == STATUS_OK)
		status = find_columns(in, places, error);
	if (status == STATUS_OK)
		status = csv_in_next(in, &row, error);
	while (status == STATUS_OK && row != NULL) {
		if (row->width != csv_in_header(in)->width)
			return error_set(error, STATUS_REJECTED,
				"%s:%zu: %zu cells, the header has %zu", csv_in_name(in), row->line,
				row->width, csv_in_header(in)->width);
		size_t line = row->line;
		status = take_told(db, event_id, row, places, ret_tellings, error);
		if (status != STATUS_OK)
			return error_prefix(error, "%s:%zu: registrant", csv_in_name(in), line);
		status = csv_in_next(in, &row, error);
	}
	return status;
}

void meeting_tellings_free(struct meeting_tellings *tellings)
{
	for (size_t i = 0; i < tellings->count; i++) {
		free(tellings->all[i].name_key);
		free(tellings->all[i].email_key);
	}
	free(tellings->all);
	*tellings = (struct meeting_tellings){ .all = NULL };
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance_facts.h"

#include "core/registrant.h"
#include "store/registrant_store.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum fact_column {
	FACT_WHO,
	FACT_TOKEN,
	FACT_EMAIL,
	FACT_EXTERNAL_ID,
	FACT_NAME,
	FACT_SESSION,
	FACT_AT,
	FACT_DIRECTION,
	FACT_FROM,
	FACT_TO,
	FACT_COLUMN_COUNT,
};

static const char *const words[FACT_COLUMN_COUNT] = { "who", "token", "email", "external_id",
	"name", "session", "at", "direction", "from", "to" };
/* As text_header_key has them. */
static const char *const keys[FACT_COLUMN_COUNT] = { "who", "token", "email", "externalid", "name",
	"session", "at", "direction", "from", "to" };

/* A row that names somebody by name alone: looked up when all are read. */
struct named {
	size_t batch_row;
	size_t line;
	char *key;
	int64_t registrant_id; /* 0: not found yet */
	bool is_ambiguous;
};

struct reader {
	const struct attendance_facts *facts;
	struct attendance_batch *batch;
	struct row_errors *errors;
	size_t width;
	size_t places[FACT_COLUMN_COUNT]; /* from 1; 0: it is not there */
	const struct csv_row *row;
	struct named *named;
	size_t named_count;
	struct error failure; /* of the database: ends the reading */
};

/* --- The header --- */

static void find_columns(const struct csv_row *header, size_t ret_places[FACT_COLUMN_COUNT])
{
	CLEANUP(str_free) struct str key = STR_INIT;

	memset(ret_places, 0, FACT_COLUMN_COUNT * sizeof *ret_places);
	for (size_t i = 0; i < header->width; i++) {
		text_header_key(header->cells[i], &key);
		for (size_t j = 0; j < FACT_COLUMN_COUNT; j++)
			if (ret_places[j] == 0 && strcmp(key.text, keys[j]) == 0)
				ret_places[j] = i + 1;
	}
}

static bool has_who(const size_t *places)
{
	for (size_t i = FACT_WHO; i <= FACT_NAME; i++)
		if (places[i] != 0)
			return true;
	return false;
}

static bool has_times(const size_t *places)
{
	return (places[FACT_AT] != 0 && places[FACT_DIRECTION] != 0) ||
	       (places[FACT_FROM] != 0 && places[FACT_TO] != 0);
}

bool attendance_facts_is_header(const struct csv_row *row)
{
	size_t places[FACT_COLUMN_COUNT];

	find_columns(row, places);
	return has_who(places) && has_times(places);
}

static enum status check_header(const struct csv_in *in, const struct csv_row *header,
	const size_t *places, struct error *error)
{
	if (has_who(places) && has_times(places))
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED, "%s:%zu: the columns do not say %s",
		csv_in_name(in), header->line, has_who(places) ? "when" : "who");
	return error_hint(error,
		"the columns are who (or token, email, external_id, name), session, "
		"and at and direction, or from and to");
}

/* --- A row --- */

static const char *cell(const struct reader *reader, enum fact_column column)
{
	size_t place = reader->places[column];

	return place != 0 ? reader->row->cells[place - 1] : "";
}

static void reject(struct reader *reader, enum fact_column column, const struct error *problem)
{
	row_errors_take(reader->errors, reader->row->line, words[column], problem);
}

static void want_name(struct reader *reader)
{
	struct str key = STR_INIT;

	text_search_key(cell(reader, FACT_NAME), &key);
	reader->named =
		xreallocarray(reader->named, reader->named_count + 1, sizeof *reader->named);
	reader->named[reader->named_count++] = (struct named){
		.batch_row = reader->batch->count,
		.line = reader->row->line,
		.key = str_steal(&key),
	};
}

/* By the first column that says something; by name later, all at once. */
static bool take_who(struct reader *reader, struct attendance_row *row)
{
	const struct attendance_facts *facts = reader->facts;
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct error problem = ERROR_INIT;

	for (enum fact_column column = FACT_WHO; column < FACT_NAME; column++) {
		if (cell(reader, column)[0] == '\0')
			continue;
		if (registrant_find(facts->db, facts->event_id, cell(reader, column), &registrant,
			    &problem) != STATUS_OK) {
			if (problem.status == STATUS_NOT_FOUND ||
				problem.status == STATUS_AMBIGUOUS)
				reject(reader, column, &problem);
			else
				reader->failure = problem;
			return false;
		}
		row->registrant_id = registrant->id;
		return true;
	}
	if (cell(reader, FACT_NAME)[0] != '\0') {
		want_name(reader);
		return true;
	}
	row_errors_add(reader->errors, reader->row->line, NULL, "the row names nobody");
	return false;
}

static bool take_session(struct reader *reader, bool may_be_none, struct attendance_row *row)
{
	const struct meeting_sessions *sessions = reader->facts->sessions;
	const struct session *session = NULL;
	struct error problem = ERROR_INIT;
	const char *code = cell(reader, FACT_SESSION);

	if (code[0] == '\0' && sessions->are_named && sessions->count == 1) {
		row->session_id = sessions->all[0]->id;
		return true;
	}
	if (code[0] == '\0' && may_be_none)
		return true;
	if (code[0] == '\0') {
		row_errors_add(reader->errors, reader->row->line, words[FACT_SESSION],
			"the row names no session");
		return false;
	}
	if (programme_find_session(reader->facts->programme, code, &session, &problem) !=
		STATUS_OK) {
		reject(reader, FACT_SESSION, &problem);
		return false;
	}
	row->session_id = session->id;
	return true;
}

static bool take_time(struct reader *reader, enum fact_column column, int64_t *ret_s)
{
	struct error problem = ERROR_INIT;

	if (time_parse(reader->facts->zone, cell(reader, column), ret_s, &problem) == STATUS_OK)
		return true;
	reject(reader, column, &problem);
	return false;
}

static bool take_sighting(struct reader *reader, struct attendance_row *row)
{
	const char *direction = cell(reader, FACT_DIRECTION);
	bool is_in = strcasecmp(direction, "in") == 0;

	row->source = "door";
	row->is_out = strcasecmp(direction, "out") == 0;
	if (!is_in && !row->is_out) {
		row_errors_add(reader->errors, reader->row->line, words[FACT_DIRECTION],
			"'%s' is neither in nor out", direction);
		return false;
	}
	return take_time(reader, FACT_AT, &row->at_s) && take_session(reader, true, row);
}

static bool take_stay(struct reader *reader, struct attendance_row *row)
{
	row->source = "manual";
	row->has_until = cell(reader, FACT_TO)[0] != '\0';
	if (!take_time(reader, FACT_FROM, &row->at_s) ||
		(row->has_until && !take_time(reader, FACT_TO, &row->until_s)) ||
		!take_session(reader, false, row))
		return false;
	if (row->has_until && row->until_s < row->at_s) {
		row_errors_add(reader->errors, reader->row->line, words[FACT_TO],
			"'%s' is before from, '%s'", cell(reader, FACT_TO),
			cell(reader, FACT_FROM));
		return false;
	}
	return true;
}

static void take_row(struct reader *reader, const struct csv_row *read)
{
	struct attendance_row row = { .source = "" };
	size_t named = reader->named_count;

	reader->row = read;
	if (read->width != reader->width) {
		row_errors_add(reader->errors, read->line, NULL, "%zu cells, the header has %zu",
			read->width, reader->width);
		return;
	}
	bool is_stay = cell(reader, FACT_FROM)[0] != '\0' || reader->places[FACT_AT] == 0;
	bool is_good = take_who(reader, &row);
	is_good &= is_stay ? take_stay(reader, &row) : take_sighting(reader, &row);
	if (is_good) {
		attendance_batch_add(reader->batch, &row);
	} else if (reader->named_count > named) {
		free(reader->named[--reader->named_count].key);
	}
}

/* --- Names --- */

static int compare_named(const void *left, const void *right)
{
	return strcmp(((const struct named *)left)->key, ((const struct named *)right)->key);
}

static void look_at_name(int64_t registrant_id, const char *name, void *data)
{
	struct reader *reader = data;
	struct str key = STR_INIT;

	text_search_key(name, &key);
	struct named wanted = { .key = str_steal(&key) };
	struct named *found =
		bsearch(&wanted, reader->named, reader->named_count, sizeof wanted, compare_named);
	/* Rows of one name stand together. */
	while (found != NULL && found > reader->named && strcmp(found[-1].key, wanted.key) == 0)
		found--;
	for (; found != NULL && found < reader->named + reader->named_count &&
		strcmp(found->key, wanted.key) == 0;
		found++) {
		found->is_ambiguous |=
			found->registrant_id != 0 && found->registrant_id != registrant_id;
		found->registrant_id = registrant_id;
	}
	free(wanted.key);
}

static enum status read_names(struct reading *reading, void *data, struct error *error)
{
	struct reader *reader = data;

	for (size_t i = 0; i < reader->named_count; i++) {
		reader->named[i].registrant_id = 0;
		reader->named[i].is_ambiguous = false;
	}
	return registrant_store_names(reading, reader->facts->event_id, look_at_name, reader,
		error);
}

static enum status find_names(struct reader *reader, struct error *error)
{
	enum status status = STATUS_OK;

	if (reader->named_count == 0)
		return STATUS_OK;
	qsort(reader->named, reader->named_count, sizeof *reader->named, compare_named);
	status = reading_run(reader->facts->db, read_names, reader, NULL, NULL, error);
	for (size_t i = 0; i < reader->named_count && status == STATUS_OK; i++) {
		const struct named *named = &reader->named[i];
		if (named->registrant_id == 0 || named->is_ambiguous)
			row_errors_add(reader->errors, named->line, words[FACT_NAME],
				named->is_ambiguous ? "several registrants have this name"
						    : "no registrant has this name");
		else
			reader->batch->all[named->batch_row].registrant_id = named->registrant_id;
	}
	return status;
}

enum status attendance_facts_read(const struct attendance_facts *facts, struct csv_in *in,
	const struct csv_row *header, struct attendance_batch *batch, struct row_errors *errors,
	int64_t *ret_count, struct error *error)
{
	struct reader reader = {
		.facts = facts,
		.batch = batch,
		.errors = errors,
		.width = header->width,
	};
	const struct csv_row *row = NULL;
	int64_t count = 0;

	find_columns(header, reader.places);
	enum status status = check_header(in, header, reader.places, error);
	if (status == STATUS_OK)
		status = csv_in_next(in, &row, error);
	while (status == STATUS_OK && row != NULL) {
		count++;
		take_row(&reader, row);
		status = reader.failure.status;
		if (status == STATUS_OK)
			status = csv_in_next(in, &row, error);
		else
			*error = reader.failure;
	}
	if (status == STATUS_OK)
		status = find_names(&reader, error);
	if (status == STATUS_OK && count == 0)
		status =
			error_set(error, STATUS_REJECTED, "%s: there are no rows", csv_in_name(in));
	for (size_t i = 0; i < reader.named_count; i++)
		free(reader.named[i].key);
	free(reader.named);
	*ret_count = count;
	return status;
}

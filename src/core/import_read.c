/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pass one: each row of a file is checked, brought into the form that is stored, and set
 * aside.
 */
#include "core/import_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROWS_A_REPORT = 256, /* between two looks at the progress */
};

/* One file being read. Its texts are used again for each row. */
struct reader {
	struct import *import;
	size_t file;
	struct csv_in *in;
	struct import_columns *columns;
	struct field_rules rules;
	struct state_word *states; /* the user's, then those of the preset */
	struct str values[FIELD_COUNT];
	const char *fields[FIELD_COUNT];
	const char **answers;
	bool is_bad; /* the row being read */
	struct str cells;
	struct str identity;
	struct str other;
};

static struct import_file *file_of(const struct reader *reader)
{
	return &reader->import->files[reader->file];
}

static enum status fault(struct reader *reader, const struct csv_row *row, const char *column,
	const char *message, struct error *error)
{
	const struct import_fault where = {
		.file = reader->file,
		.row_id = reader->import->row_count,
		.line = (int64_t)row->line,
		.column = column,
	};

	reader->is_bad = true;
	return import_add_error(reader->import, &where, message, error);
}

/* --- A row --- */

static enum status check_width(struct reader *reader, const struct csv_row *row,
	struct error *error)
{
	struct error problem = ERROR_INIT;
	size_t width = reader->columns->count;

	if (row->width == width)
		return STATUS_OK;
	file_of(reader)->troubles |= row->width > width ? TROUBLE_TOO_WIDE : 0;
	(void)error_set(&problem, STATUS_REJECTED, "%zu %s, where the header has %zu%s%s%s",
		row->width, row->width == 1 ? "cell" : "cells", width,
		row->width > width ? "; the first too many is '" : "",
		row->width > width ? row->cells[width] : "", row->width > width ? "'" : "");
	return fault(reader, row, NULL, problem.message, error);
}

/* A hint stands behind the problem: rows have no lines of their own for it. */
static enum status bad_value(struct reader *reader, const struct csv_row *row, enum field field,
	const struct error *problem, struct error *error)
{
	CLEANUP(str_free) struct str message = STR_INIT;

	str_add(&message, problem->message);
	if (problem->hint[0] != '\0')
		str_addf(&message, " (%s)", problem->hint);
	return fault(reader, row, field_word(field), message.text, error);
}

static enum status take_cells(struct reader *reader, const struct csv_row *row, struct error *error)
{
	const struct import_settings *settings = reader->import->settings;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < FIELD_COUNT; i++)
		reader->fields[i] = settings->choices.constants[i] != NULL
					    ? settings->choices.constants[i]
					    : "";
	for (size_t i = 0; i < reader->columns->count && status == STATUS_OK; i++) {
		const struct import_column *column = &reader->columns->columns[i];
		struct error problem = ERROR_INIT;
		if (column->use == USE_ANSWER)
			reader->answers[column->answer_rank] = row->cells[i];
		if (column->use != USE_FIELD)
			continue;
		struct str *value = &reader->values[column->field];
		if (field_normalise(column->field, row->cells[i], &reader->rules, value,
			    &problem) == STATUS_OK)
			reader->fields[column->field] = value->text;
		else
			status = bad_value(reader, row, column->field, &problem, error);
	}
	if (status == STATUS_OK && !reader->is_bad && reader->fields[FIELD_EMAIL][0] == '\0' &&
		reader->fields[FIELD_EXTERNAL_ID][0] == '\0') {
		file_of(reader)->troubles |= TROUBLE_NO_IDENTITY;
		status = fault(reader, row, field_word(FIELD_EMAIL),
			"there is no e-mail address, and no external id either", error);
	}
	return status;
}

static void encode_cells(struct reader *reader)
{
	str_clear(&reader->cells);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		import_cells_add(&reader->cells, reader->fields[i]);
	for (size_t i = 0; i < reader->columns->answer_count; i++)
		import_cells_add(&reader->cells, reader->answers[i]);
}

/* The row as it came, padded or cut to the header's width. */
static enum status keep_raw(struct reader *reader, const struct csv_row *row, struct error *error)
{
	str_clear(&reader->cells);
	for (size_t i = 0; i < file_of(reader)->width; i++)
		import_cells_add(&reader->cells, i < row->width ? row->raw[i] : "");
	return stage_store_add_raw(reader->import->db, reader->import->row_count,
		reader->cells.text, reader->cells.length, error);
}

static enum status take_row(struct reader *reader, const struct csv_row *row, struct error *error)
{
	struct import *import = reader->import;
	struct import_file *file = file_of(reader);
	struct stage_row staged = { .file = (int64_t)reader->file, .line = (int64_t)row->line };

	import->row_count++;
	file->rows++;
	staged.row_id = import->row_count;
	reader->is_bad = false;
	enum status status = check_width(reader, row, error);
	if (status == STATUS_OK && !reader->is_bad)
		status = take_cells(reader, row, error);
	if (status == STATUS_OK && import->settings->keeps_raw)
		status = keep_raw(reader, row, error);
	if (status != STATUS_OK)
		return status;
	staged.state = reader->is_bad ? STAGE_BAD : STAGE_GOOD;
	if (reader->is_bad) {
		file->rejected++;
		return stage_store_add(import->db, &staged, error);
	}
	encode_cells(reader);
	import_identity(import->settings->match, reader->fields, &reader->identity, &reader->other);
	if (import_identity_field(reader->identity.text) != import_first_field(import))
		file->with_less++;
	staged.identity = reader->identity.text;
	staged.other = reader->other.length > 0 ? reader->other.text : NULL;
	staged.cells = reader->cells.text;
	staged.cells_length = reader->cells.length;
	return stage_store_add(import->db, &staged, error);
}

/* --- A file --- */

/* Takes the place, "FILE:LINE: ", off the message of what is wrong with the file's form. */
static const char *split_place(const char *message, const char *name, int64_t *ret_line)
{
	size_t length = strlen(name);
	char *end;

	*ret_line = 0;
	if (strncmp(message, name, length) != 0 || message[length] != ':')
		return message;
	message += length + 1;
	if (isdigit((unsigned char)*message)) {
		long long line = strtoll(message, &end, 10);
		if (*end == ':') {
			*ret_line = line;
			message = end + 1;
		}
	}
	return *message == ' ' ? message + 1 : message;
}

/* What is wrong with the file as a whole becomes one of its errors. */
static enum status refuse_file(struct reader *reader, const char *name, const struct error *problem,
	struct error *error)
{
	struct import_fault where = { .file = reader->file };

	file_of(reader)->error = *problem;
	const char *message = split_place(problem->message, name, &where.line);
	return import_add_error(reader->import, &where, message, error);
}

/* The user's words for states come before those of the system whose file it is. */
static void join_states(struct reader *reader)
{
	const struct field_rules *own = &reader->import->settings->rules;
	const struct import_preset *preset = reader->columns->preset;
	size_t more = preset != NULL ? preset->state_count : 0;

	reader->rules = *own;
	reader->states = xcalloc(own->state_count + more + 1, sizeof *reader->states);
	for (size_t i = 0; i < own->state_count; i++)
		reader->states[i] = own->states[i];
	for (size_t i = 0; i < more; i++)
		reader->states[own->state_count + i] = preset->states[i];
	reader->rules.states = reader->states;
	reader->rules.state_count += more;
}

/* The file's own spelling of a header that a preset names, if the file has it. */
static char *find_header(const struct csv_row *header, const char *name)
{
	CLEANUP(str_free) struct str wanted = STR_INIT;
	CLEANUP(str_free) struct str key = STR_INIT;

	if (name != NULL)
		text_header_key(name, &wanted);
	for (size_t i = 0; name != NULL && i < header->width; i++) {
		text_header_key(header->cells[i], &key);
		if (strcmp(key.text, wanted.text) == 0)
			return xstrdup(header->cells[i]);
	}
	return NULL;
}

static bool gives_names(const struct reader *reader)
{
	static const enum field names[] = { FIELD_NAME, FIELD_GIVEN_NAME, FIELD_FAMILY_NAME };
	const struct import_columns *columns = reader->columns;
	bool is_given = false;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		is_given |= reader->import->settings->choices.constants[names[i]] != NULL;
		for (size_t j = 0; j < columns->count; j++)
			is_given |= columns->columns[j].use == USE_FIELD &&
				    columns->columns[j].field == names[i];
	}
	return is_given;
}

static void take_preset(struct reader *reader)
{
	const struct import_watcher *watcher = &reader->import->settings->watcher;
	const struct import_preset *preset = reader->columns->preset;
	const struct csv_row *header = csv_in_header(reader->in);

	file_of(reader)->delimiter = csv_in_delimiter(reader->in);
	join_states(reader);
	file_of(reader)->lacks_names = reader->columns->answer_count > 0 && !gives_names(reader);
	if (preset != NULL) {
		file_of(reader)->ticket_header = find_header(header, preset->ticket_header);
		file_of(reader)->payer_header = find_header(header, preset->payer_header);
	}
	if (watcher->on_columns != NULL)
		watcher->on_columns(reader->in, reader->columns, watcher->data);
}

static enum status claim_columns(struct reader *reader, struct error *error)
{
	const struct csv_row *header = csv_in_header(reader->in);
	struct import_file *file = file_of(reader);

	enum status status = import_columns_claim(header->cells, header->width,
		&reader->import->settings->choices, &reader->columns, error);
	if (status != STATUS_OK && header->line == 0)
		return error_prefix(error, "--header");
	if (status != STATUS_OK)
		return error_prefix(error, "%s:%zu", csv_in_name(reader->in), header->line);
	take_preset(reader);
	const struct import_columns *columns = reader->columns;
	size_t width = columns->count - (columns->has_error_column ? 1 : 0);
	file->header = xcalloc(width + 1, sizeof *file->header);
	file->width = width;
	for (size_t i = 0; i < width; i++)
		file->header[i] = xstrdup(header->raw[i]);
	file->answer_count = columns->answer_count;
	file->questions = xcalloc(columns->answer_count + 1, sizeof *file->questions);
	for (size_t i = 0; i < columns->count; i++) {
		const struct import_column *column = &columns->columns[i];
		if (column->use == USE_ANSWER)
			file->questions[column->answer_rank].header = xstrdup(column->answer);
	}
	reader->answers = xcalloc(columns->answer_count + 1, sizeof *reader->answers);
	return STATUS_OK;
}

static void tell_progress(const struct reader *reader)
{
	const struct import_watcher *watcher = &reader->import->settings->watcher;

	if (watcher->on_progress != NULL && file_of(reader)->rows % ROWS_A_REPORT == 0)
		watcher->on_progress(IMPORT_READING, csv_in_bytes_read(reader->in),
			csv_in_bytes_total(reader->in), watcher->data);
}

/* *ret_problem is what is wrong with the file; the status is of setting rows aside. */
static enum status take_rows(struct reader *reader, struct error *ret_problem, struct error *error)
{
	const struct csv_row *row;

	for (;;) {
		if (csv_in_next(reader->in, &row, ret_problem) != STATUS_OK)
			return STATUS_OK;
		if (row == NULL)
			break;
		enum status status = take_row(reader, row, error);
		if (status != STATUS_OK)
			return status;
		tell_progress(reader);
	}
	csv_in_digest(reader->in, file_of(reader)->digest);
	if (file_of(reader)->rows > 0)
		return STATUS_OK;
	(void)error_set(ret_problem, STATUS_REJECTED, "%s: has a header and no rows",
		csv_in_name(reader->in));
	(void)error_hint(ret_problem,
		"who is left out of a file is not cancelled: a status does that, or registrant cancel");
	return STATUS_OK;
}

/* Reads the file inside a transaction of the temporary tables: one for each row would take
 * its time. Nothing of the database itself is read or locked. */
static enum status read_file(struct reader *reader, const char *path, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	const struct import_watcher *watcher = &reader->import->settings->watcher;
	struct error problem = ERROR_INIT;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	enum status status = STATUS_OK;

	(void)csv_in_open(path, &reader->import->settings->csv, &reader->in, &problem);
	if (problem.status == STATUS_OK && watcher->on_open != NULL)
		watcher->on_open(reader->in, watcher->data);
	if (problem.status == STATUS_OK)
		(void)claim_columns(reader, &problem);
	if (problem.status == STATUS_OK) {
		status = transaction_begin_read(&transaction, reader->import->db, error);
		if (status == STATUS_OK)
			status = take_rows(reader, &problem, error);
		if (status == STATUS_OK)
			status = transaction_commit(&transaction, error);
	}
	if (status != STATUS_OK || problem.status == STATUS_OK)
		return status;
	if (problem.status != STATUS_REJECTED) {
		*error = problem;
		return error->status;
	}
	return refuse_file(reader, name, &problem, error);
}

static void free_reader(struct reader *reader)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		str_free(&reader->values[i]);
	str_free(&reader->cells);
	str_free(&reader->identity);
	str_free(&reader->other);
	free(reader->answers);
	free(reader->states);
	import_columns_free(reader->columns);
	csv_in_close(reader->in);
}

enum status import_read(struct import *import, const char *path, struct error *error)
{
	struct reader reader = {
		.import = import,
		.file = import->file_count,
		.cells = STR_INIT,
		.identity = STR_INIT,
		.other = STR_INIT,
	};

	for (size_t i = 0; i < FIELD_COUNT; i++)
		reader.values[i] = (struct str)STR_INIT;
	import->files = xreallocarray(import->files, ++import->file_count, sizeof *import->files);
	import->files[reader.file] = (struct import_file){
		.path = xstrdup(path),
		.rows_before = import->row_count,
		.courses_created = STR_INIT,
	};
	enum status status = read_file(&reader, path, error);
	free_reader(&reader);
	if (status == STATUS_OK)
		status = import_find_doubles(import, import->file_count - 1, error);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme_file.h"

#include "core/event.h"
#include "core/people.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
	CAPACITY_DIGITS_MAX = 9,
};

const char *const programme_column_names[PROGRAMME_COLUMN_COUNT] = {
	[PROGRAMME_SESSION] = "session",
	[PROGRAMME_KIND] = "kind",
	[PROGRAMME_START] = "start",
	[PROGRAMME_END] = "end",
	[PROGRAMME_TITLE] = "title",
	[PROGRAMME_PEOPLE] = "people",
	[PROGRAMME_CHAIR] = "chair",
	[PROGRAMME_ROOM] = "room",
	[PROGRAMME_ACCESS] = "access",
	[PROGRAMME_CREDIT] = "credit",
	[PROGRAMME_CAPACITY] = "capacity",
};

/* --- The header --- */

/* In which cell of a row each column stands. */
struct layout {
	size_t width;
	size_t cells[PROGRAMME_COLUMN_COUNT];
};

static bool find_column(const char *key, enum programme_column *ret_column)
{
	for (int i = 0; i < PROGRAMME_COLUMN_COUNT; i++) {
		if (strcmp(programme_column_names[i], key) == 0) {
			*ret_column = (enum programme_column)i;
			return true;
		}
	}
	return false;
}

static enum status hint_columns(struct error *error)
{
	CLEANUP(str_free) struct str names = STR_INIT;

	for (int i = 0; i < PROGRAMME_COLUMN_COUNT; i++)
		str_addf(&names, "%s%s", i > 0 ? "," : "", programme_column_names[i]);
	return error_hint(error, "the columns are %s; the last five may be left out", names.text);
}

/* Adds a name to a list for a message. */
static void add_name(struct str *names, const char *name)
{
	str_addf(names, "%s'%s'", names->length > 0 ? ", " : "", name);
}

static enum status read_header(struct csv_in *in, struct programme_file *file,
	struct layout *layout, struct error *error)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	CLEANUP(str_free) struct str unknown = STR_INIT;
	CLEANUP(str_free) struct str doubled = STR_INIT;
	CLEANUP(str_free) struct str missing = STR_INIT;
	const struct csv_row *header = csv_in_header(in);
	enum programme_column column;

	layout->width = header->width;
	for (size_t i = 0; i < header->width; i++) {
		text_header_key(header->cells[i], &key);
		if (!find_column(key.text, &column)) {
			add_name(&unknown, header->cells[i]);
			continue;
		}
		if (file->has_column[column])
			add_name(&doubled, header->cells[i]);
		file->has_column[column] = true;
		layout->cells[column] = i;
	}
	for (int i = 0; i < PROGRAMME_CHAIR; i++)
		if (!file->has_column[i])
			add_name(&missing, programme_column_names[i]);
	if (unknown.length > 0)
		(void)error_set(error, STATUS_REJECTED, "%s:%zu: unknown column %s",
			csv_in_name(in), header->line, unknown.text);
	else if (doubled.length > 0)
		(void)error_set(error, STATUS_REJECTED, "%s:%zu: column %s stands twice",
			csv_in_name(in), header->line, doubled.text);
	else if (missing.length > 0)
		(void)error_set(error, STATUS_REJECTED, "%s:%zu: column %s is missing",
			csv_in_name(in), header->line, missing.text);
	else
		return STATUS_OK;
	return hint_columns(error);
}

/* --- A row --- */

/* What reading one row needs. */
struct reader {
	const struct zone *zone;
	const struct programme_file *file;
	const struct layout *layout;
	const struct csv_row *cells;
	struct programme_row *row;
	struct row_errors *errors;
};

/* "" where the file does not have the column. */
static const char *cell(const struct reader *reader, enum programme_column column)
{
	return reader->file->has_column[column]
		       ? reader->cells->cells[reader->layout->cells[column]]
		       : "";
}

static void complain(struct reader *reader, enum programme_column column, const char *problem)
{
	reader->row->has_errors = true;
	row_errors_add(reader->errors, reader->cells->line, programme_column_names[column],
		"'%s' %s", cell(reader, column), problem);
}

static void complain_error(struct reader *reader, enum programme_column column,
	const struct error *error)
{
	reader->row->has_errors = true;
	row_errors_take(reader->errors, reader->cells->line, programme_column_names[column], error);
}

static void read_kind(struct reader *reader)
{
	CLEANUP(str_free) struct str kind = STR_INIT;

	text_fold(cell(reader, PROGRAMME_KIND), &kind);
	if (strcmp(kind.text, "session") == 0)
		reader->row->is_session = true;
	else if (!item_kind_parse(kind.text, &reader->row->kind))
		complain(reader, PROGRAMME_KIND,
			"is not a kind: session, talk, intro, discussion, break or other");
}

static void read_code(struct reader *reader)
{
	struct error error = ERROR_INIT;
	const char *code = cell(reader, PROGRAMME_SESSION);

	reader->row->code = xstrdup(code);
	if (code[0] == '\0' && reader->row->is_session) {
		reader->row->has_errors = true;
		row_errors_add(reader->errors, reader->cells->line,
			programme_column_names[PROGRAMME_SESSION], "a session needs a code");
	} else if (code[0] != '\0' && code_check("session", code, &error) != STATUS_OK) {
		complain_error(reader, PROGRAMME_SESSION, &error);
	}
}

static bool read_time(struct reader *reader, enum programme_column column, int64_t *ret_s)
{
	struct error error = ERROR_INIT;

	if (time_parse(reader->zone, cell(reader, column), ret_s, &error) == STATUS_OK)
		return true;
	complain_error(reader, column, &error);
	return false;
}

static void read_times(struct reader *reader)
{
	bool has_start = read_time(reader, PROGRAMME_START, &reader->row->start_s);
	bool has_end = read_time(reader, PROGRAMME_END, &reader->row->end_s);

	if (has_start && has_end && reader->row->end_s <= reader->row->start_s) {
		reader->row->has_errors = true;
		row_errors_add(reader->errors, reader->cells->line,
			programme_column_names[PROGRAMME_END], "'%s' is not after the start '%s'",
			cell(reader, PROGRAMME_END), cell(reader, PROGRAMME_START));
	}
}

static char *read_people(struct reader *reader, enum programme_column column)
{
	struct str tidy = STR_INIT;
	struct error error = ERROR_INIT;

	if (people_tidy(cell(reader, column), &tidy, &error) != STATUS_OK)
		complain_error(reader, column, &error);
	return str_steal(&tidy);
}

/* Empty or "open", or roles. */
static void read_access(struct reader *reader)
{
	struct str roles = STR_INIT;

	text_set_parse(cell(reader, PROGRAMME_ACCESS), true, &roles);
	if (strcmp(roles.text, "open") == 0)
		str_clear(&roles);
	else if (text_set_has(roles.text, "open"))
		complain(reader, PROGRAMME_ACCESS, "is both open and for roles");
	else if (strpbrk(roles.text, ",|/") != NULL)
		complain(reader, PROGRAMME_ACCESS, "is not open, and not roles joined by '+'");
	reader->row->access = str_steal(&roles);
}

static void read_credit(struct reader *reader)
{
	CLEANUP(str_free) struct str word = STR_INIT;
	struct programme_row *row = reader->row;
	bool is_break = !row->is_session && row->kind == ITEM_BREAK;

	text_fold(cell(reader, PROGRAMME_CREDIT), &word);
	row->is_credit = !is_break;
	if (strcmp(word.text, "no") == 0)
		row->is_credit = false;
	else if (strcmp(word.text, "yes") == 0 && is_break)
		complain(reader, PROGRAMME_CREDIT, "for a break, which never bears credit");
	else if (word.length > 0 && strcmp(word.text, "yes") != 0)
		complain(reader, PROGRAMME_CREDIT, "is neither yes nor no");
}

static void read_capacity(struct reader *reader)
{
	const char *text = cell(reader, PROGRAMME_CAPACITY);
	size_t length = strlen(text);

	if (length == 0)
		return;
	if (!reader->row->is_session)
		complain(reader, PROGRAMME_CAPACITY, "on an item: only a session has a capacity");
	else if (strspn(text, "0123456789") != length || length > CAPACITY_DIGITS_MAX)
		complain(reader, PROGRAMME_CAPACITY, "is not a number of people");
	reader->row->has_capacity = true;
	reader->row->capacity = strtoll(text, NULL, 10);
}

/* Whether the cells can be read at all. */
static bool check_cells(struct reader *reader)
{
	if (reader->cells->width != reader->layout->width) {
		row_errors_add(reader->errors, reader->cells->line, NULL,
			"%zu cells, where the header has %zu", reader->cells->width,
			reader->layout->width);
		return false;
	}
	for (int i = 0; i < PROGRAMME_COLUMN_COUNT; i++) {
		if (strlen(cell(reader, (enum programme_column)i)) <= PROGRAMME_CELL_MAX)
			continue;
		row_errors_add(reader->errors, reader->cells->line, programme_column_names[i],
			"longer than %d bytes", PROGRAMME_CELL_MAX);
		return false;
	}
	return true;
}

static void read_row(struct reader *reader)
{
	struct programme_row *row = reader->row;

	*row = (struct programme_row){ .line = reader->cells->line };
	if (!check_cells(reader)) {
		row->has_errors = true;
		row->code = xstrdup("");
		return;
	}
	read_kind(reader);
	read_code(reader);
	read_times(reader);
	row->title = xstrdup(cell(reader, PROGRAMME_TITLE));
	row->people = read_people(reader, PROGRAMME_PEOPLE);
	row->chair = read_people(reader, PROGRAMME_CHAIR);
	row->room = xstrdup(cell(reader, PROGRAMME_ROOM));
	read_access(reader);
	read_credit(reader);
	read_capacity(reader);
}

enum status programme_file_read(struct csv_in *in, const struct zone *zone,
	struct programme_file *file, struct row_errors *errors, struct error *error)
{
	struct layout layout = { 0 };
	const struct csv_row *cells = NULL;
	size_t capacity = 0;

	enum status status = read_header(in, file, &layout, error);
	while (status == STATUS_OK) {
		status = csv_in_next(in, &cells, error);
		if (status != STATUS_OK || cells == NULL)
			break;
		if (file->row_count == PROGRAMME_ROWS_MAX)
			return error_set(error, STATUS_REJECTED,
				"%s:%zu: more than %d rows: not a programme", csv_in_name(in),
				cells->line, PROGRAMME_ROWS_MAX);
		if (file->row_count == capacity) {
			capacity = capacity > 0 ? 2 * capacity : 64;
			file->rows = xreallocarray(file->rows, capacity, sizeof *file->rows);
		}
		struct reader reader = {
			.zone = zone,
			.file = file,
			.layout = &layout,
			.cells = cells,
			.row = &file->rows[file->row_count++],
			.errors = errors,
		};
		read_row(&reader);
	}
	if (status == STATUS_OK && file->row_count == 0) {
		(void)error_set(error, STATUS_REJECTED, "%s: no rows below the header",
			csv_in_name(in));
		status = error_hint(error, "a programme is never emptied by an import");
	}
	if (status == STATUS_OK)
		csv_in_digest(in, file->digest);
	return status;
}

void programme_file_free(struct programme_file *file)
{
	for (size_t i = 0; i < file->row_count; i++) {
		struct programme_row *row = &file->rows[i];
		free(row->code);
		free(row->title);
		free(row->people);
		free(row->chair);
		free(row->room);
		free(row->access);
		free(row->place);
		json_decref(row->kept);
	}
	free(file->rows);
}

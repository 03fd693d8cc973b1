/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/meeting_file.h"

#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct csv_in *in;
	struct meeting_file *file;
	struct meeting_header header; /* of the table that is being read */
	bool has_stays;               /* some table has a row for each join … */
	bool has_spans;               /* … and some totals with times */
	bool has_totals;
	const struct csv_row *row;
	struct str name;
};

const char *meeting_text(const struct meeting_file *file, size_t place)
{
	return file->texts.text + place;
}

void meeting_file_free(struct meeting_file *file)
{
	if (file == NULL)
		return;
	str_free(&file->texts);
	free(file->rows);
	free(file);
}

void meeting_file_freep(struct meeting_file **file)
{
	meeting_file_free(*file);
	*file = NULL;
}

/* --- Cells --- */

/* "" where there is no such column or cell. */
static const char *cell(const struct reader *reader, enum meeting_field field)
{
	size_t column = reader->header.columns[field];

	return column != 0 && column <= reader->row->width ? reader->row->cells[column - 1] : "";
}

static size_t keep(struct meeting_file *file, const char *text)
{
	size_t place = file->texts.length;

	if (text[0] == '\0')
		return 0;
	str_add_bytes(&file->texts, text, strlen(text) + 1);
	return place;
}

/* What Zoom writes where there is nothing. */
static bool is_nothing(const char *text)
{
	return text[0] == '\0' || strcmp(text, "--") == 0 || strcmp(text, "-") == 0;
}

static const char *email_of(const struct reader *reader, enum meeting_field field)
{
	const char *email = cell(reader, field);

	return strchr(email, '@') != NULL ? email : "";
}

static const char *name_of(struct reader *reader)
{
	const char *given_name = cell(reader, MEETING_GIVEN_NAME);
	const char *family_name = cell(reader, MEETING_FAMILY_NAME);
	const char *name = cell(reader, MEETING_NAME);

	if (name[0] != '\0')
		return name;
	str_clear(&reader->name);
	str_addf(&reader->name, "%s%s%s", given_name,
		given_name[0] != '\0' && family_name[0] != '\0' ? " " : "", family_name);
	return reader->name.text;
}

static size_t filled_cells(const struct csv_row *row)
{
	size_t filled = 0;

	for (size_t i = 0; i < row->width; i++)
		filled += row->cells[i][0] != '\0' ? 1 : 0;
	return filled;
}

/* --- Rows --- */

static enum status read_time(const struct reader *reader, enum meeting_field field,
	struct meeting_time *ret_time, struct error *error)
{
	if (meeting_time_parse(cell(reader, field), ret_time))
		return STATUS_OK;
	return error_set(error, STATUS_REJECTED, "%s:%zu: '%s' is not a time",
		csv_in_name(reader->in), reader->row->line, cell(reader, field));
}

static enum status read_stay(const struct reader *reader, struct meeting_row *row,
	struct error *error)
{
	bool is_span = reader->header.kind == MEETING_SPANS;
	enum meeting_field join = is_span ? MEETING_FIRST_JOIN : MEETING_JOIN;
	enum meeting_field leave = is_span ? MEETING_LAST_LEAVE : MEETING_LEAVE;

	if (meeting_says_yes(cell(reader, MEETING_WAITING))) {
		row->fate = MEETING_NOT_ADMITTED;
		return STATUS_OK;
	}
	if (meeting_says_no(cell(reader, MEETING_ATTENDED)) || is_nothing(cell(reader, join))) {
		row->fate = MEETING_NEVER_CAME;
		return STATUS_OK;
	}
	enum status status = read_time(reader, join, &row->join, error);
	row->has_leave = !is_nothing(cell(reader, leave));
	if (status == STATUS_OK && row->has_leave)
		status = read_time(reader, leave, &row->leave, error);
	if (!meeting_duration_parse(cell(reader, MEETING_DURATION), &row->duration_s))
		row->duration_s = -1;
	return status;
}

static enum status read_action(const struct reader *reader, struct meeting_row *row,
	struct error *error)
{
	const char *action = cell(reader, MEETING_ACTION);

	row->action = meeting_action_of(action);
	if (row->action == MEETING_NO_ACTION) {
		(void)error_set(error, STATUS_REJECTED, "%s:%zu: '%s' is no action that is known",
			csv_in_name(reader->in), reader->row->line, action);
		return error_hint(error, "Joined and Left are, also in other languages");
	}
	return read_time(reader, MEETING_TIMESTAMP, &row->join, error);
}

static enum status add_row(struct reader *reader, struct error *error)
{
	struct meeting_file *file = reader->file;
	struct meeting_row row = {
		.line = (int64_t)reader->row->line,
		.kind = reader->header.kind,
		.duration_s = -1,
	};
	const char *name = name_of(reader);
	enum status status = STATUS_OK;

	row.name = keep(file, name);
	row.email = keep(file, email_of(reader, MEETING_EMAIL));
	row.second_email = keep(file, email_of(reader, MEETING_SECOND_EMAIL));
	if (row.name == 0 && row.email == 0 && row.second_email == 0)
		row.fate = MEETING_NAMELESS;
	else if (row.kind == MEETING_ACTIONS)
		status = read_action(reader, &row, error);
	else
		status = read_stay(reader, &row, error);
	if (status != STATUS_OK)
		return status;
	if ((file->count & (file->count - 1)) == 0)
		file->rows = xreallocarray(file->rows, 2 * file->count + 1, sizeof *file->rows);
	file->rows[file->count++] = row;
	return STATUS_OK;
}

/* --- Tables --- */

/* Teams' first kind of report may lack its header. */
static bool is_headerless_action(const struct csv_row *row)
{
	struct meeting_time time;

	return row->width >= 3 && meeting_action_of(row->cells[1]) != MEETING_NO_ACTION &&
	       meeting_time_parse(row->cells[2], &time);
}

static void begin_table(struct reader *reader, const struct meeting_header *header)
{
	reader->header = *header;
	reader->has_stays |= header->kind == MEETING_STAYS;
	reader->has_spans |= header->kind == MEETING_SPANS;
	reader->has_totals |= header->kind == MEETING_TOTALS;
	if (reader->file->source == MEETING_AUTO)
		reader->file->source = header->source;
}

static enum status take_row(struct reader *reader, const struct csv_row *row, struct error *error)
{
	static const struct meeting_header headerless = {
		.kind = MEETING_ACTIONS,
		.source = MEETING_TEAMS,
		.columns = { [MEETING_NAME] = 1, [MEETING_ACTION] = 2, [MEETING_TIMESTAMP] = 3 },
	};
	const struct meeting_header header = meeting_header_of(row->cells, row->width);

	reader->row = row;
	if (header.kind != MEETING_NO_HEADER) {
		begin_table(reader, &header);
		return STATUS_OK;
	}
	if (reader->header.kind == MEETING_NO_HEADER && is_headerless_action(row))
		begin_table(reader, &headerless);
	else if (filled_cells(row) == 1 && reader->header.kind != MEETING_NO_HEADER)
		/* A title: its table has a header of its own, or is of something else. */
		reader->header.kind = MEETING_NO_HEADER;
	if (reader->header.kind == MEETING_NO_HEADER || reader->header.kind == MEETING_TOTALS)
		return STATUS_OK;
	return add_row(reader, error);
}

/* Where rows of single stays are there too, totals repeat the same people. */
static void drop_spans(struct reader *reader)
{
	struct meeting_file *file = reader->file;
	size_t kept = 0;

	if (!reader->has_stays || !reader->has_spans)
		return;
	for (size_t i = 0; i < file->count; i++)
		if (file->rows[i].kind != MEETING_SPANS)
			file->rows[kept++] = file->rows[i];
	file->count = kept;
}

static enum status check_participants(const struct reader *reader, struct error *error)
{
	const char *name = csv_in_name(reader->in);

	for (size_t i = 0; i < reader->file->count; i++)
		if (reader->file->rows[i].fate == MEETING_USED)
			return STATUS_OK;
	if (reader->has_totals && reader->file->count == 0) {
		(void)error_set(error, STATUS_REJECTED,
			"%s: has totals without times, which cannot be held against sessions",
			name);
		return error_hint(error, "export the report with the time of each join and leave");
	}
	(void)error_set(error, STATUS_REJECTED, "%s: there is no participant in it", name);
	return error_hint(error,
		"it needs a table with names and the times of joining and leaving, "
		"as Zoom, Teams and Google Meet export it, or --source csv");
}

enum status meeting_file_read(struct csv_in *in, const struct csv_row *first,
	enum meeting_source source, struct meeting_file **ret_file, struct error *error)
{
	CLEANUP(meeting_file_freep) struct meeting_file *file = xcalloc(1, sizeof *file);
	struct reader reader = { .in = in, .file = file, .name = STR_INIT };
	const struct csv_row *row = first;
	enum status status = STATUS_OK;

	file->source = source;
	/* Place 0 is the empty text. */
	str_add_bytes(&file->texts, "", 1);
	while (status == STATUS_OK && row != NULL) {
		status = take_row(&reader, row, error);
		if (status == STATUS_OK)
			status = csv_in_next(in, &row, error);
	}
	str_free(&reader.name);
	if (status == STATUS_OK) {
		drop_spans(&reader);
		status = check_participants(&reader, error);
	}
	if (status != STATUS_OK)
		return status;
	csv_in_digest(in, file->digest);
	file->nul_count = csv_in_nul_count(in);
	*ret_file = file;
	file = NULL;
	return STATUS_OK;
}

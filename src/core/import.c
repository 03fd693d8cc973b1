/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import.h"

#include "core/import_private.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>

enum status import_begin(struct db *db, int64_t event_id, const struct actor *actor,
	const struct import_settings *settings, struct import **ret_import, struct error *error)
{
	enum status status = stage_store_open(db, error);

	if (status != STATUS_OK)
		return status;
	struct import *import = xcalloc(1, sizeof *import);
	import->db = db;
	import->event_id = event_id;
	import->actor = actor;
	import->settings = settings;
	*ret_import = import;
	return STATUS_OK;
}

static void free_file(struct import_file *file)
{
	for (size_t i = 0; i < file->width; i++)
		free(file->header[i]);
	for (size_t i = 0; i < file->answer_count; i++)
		free(file->questions[i].header);
	free(file->header);
	free(file->questions);
	free(file->path);
	free(file->ticket_header);
	free(file->payer_header);
	str_free(&file->courses_created);
}

void import_free(struct import *import)
{
	if (import == NULL)
		return;
	for (size_t i = 0; i < import->file_count; i++)
		free_file(&import->files[i]);
	free(import->files);
	seats_free(&import->seats);
	free(import);
}

void import_freep(struct import **import)
{
	import_free(*import);
	*import = NULL;
}

/* --- Cells --- */

void import_cells_add(struct str *cells, const char *text)
{
	str_add_bytes(cells, text, strlen(text) + 1);
}

bool import_cells_split(const void *cells, size_t length, const char **ret_texts, size_t count)
{
	const char *position = cells;
	const char *end = position + length;

	for (size_t i = 0; i < count; i++) {
		const char *nul =
			position < end ? memchr(position, '\0', (size_t)(end - position)) : NULL;
		if (nul == NULL)
			return false;
		ret_texts[i] = position;
		position = nul + 1;
	}
	return true;
}

enum status import_set_damaged(struct error *error)
{
	return error_set(error, STATUS_IO, "the temporary file of the import is damaged");
}

/* --- Errors --- */

enum status import_add_error(struct import *import, const struct import_fault *fault,
	const char *message, struct error *error)
{
	const struct stage_error row = {
		.file = (int64_t)fault->file,
		.row_id = fault->row_id,
		.line = fault->line,
		.column = fault->column,
		.message = message,
	};

	enum status status = stage_store_add_error(import->db, &row, error);
	if (status == STATUS_OK)
		import->error_count++;
	return status;
}

enum status import_turn_bad(struct import *import, const struct import_fault *fault,
	const char *message, struct error *error)
{
	enum status status = import_add_error(import, fault, message, error);

	if (status == STATUS_OK)
		status = stage_store_set_state(import->db, fault->row_id, STAGE_BAD, error);
	if (status == STATUS_OK)
		import->files[fault->file].rejected++;
	return status;
}

/* --- What came of it --- */

void import_remember_reading(struct import *import)
{
	import->read_errors = import->error_count;
	for (size_t i = 0; i < import->file_count; i++)
		import->files[i].read_rejected = import->files[i].rejected;
}

void import_forget_writing(struct import *import)
{
	import->error_count = import->read_errors;
	seats_free(&import->seats);
	for (size_t i = 0; i < import->file_count; i++) {
		struct import_file *file = &import->files[i];
		file->rejected = file->read_rejected;
		file->report = (struct import_report){ .import_id = 0 };
		str_clear(&file->courses_created);
		for (size_t j = 0; j < file->answer_count; j++)
			file->questions[j].id = 0;
	}
}

int64_t import_good_rows(const struct import *import)
{
	int64_t good = 0;

	for (size_t i = 0; i < import->file_count; i++)
		good += import->files[i].rows - import->files[i].rejected;
	return good;
}

size_t import_file_count(const struct import *import)
{
	return import->file_count;
}

struct import_report import_report_of(const struct import *import, size_t file)
{
	const struct import_file *read = &import->files[file];
	struct import_report report = read->report;

	report.file = read->path;
	report.rows = read->rows;
	report.rejected = read->rejected;
	report.lacks_names = read->lacks_names;
	report.courses_created = read->courses_created.text;
	return report;
}

const struct seats *import_seats(const struct import *import)
{
	return &import->seats;
}

int64_t import_error_count(const struct import *import)
{
	return import->error_count;
}

enum status import_errors(struct import *import, size_t file, stage_error_function *function,
	void *data, struct error *error)
{
	return stage_store_errors(import->db, (int64_t)file, function, data, error);
}

enum status import_erased(struct import *import, size_t file, stage_row_function *function,
	void *data, struct error *error)
{
	return stage_store_erased(import->db, (int64_t)file, function, data, error);
}

const struct error *import_file_error(const struct import *import, size_t file)
{
	const struct error *found = &import->files[file].error;

	return found->status != STATUS_OK ? found : NULL;
}

/* --- Bad rows as they came --- */

const char *const *import_header(const struct import *import, size_t file, size_t *ret_count)
{
	*ret_count = import->files[file].width;
	return (const char *const *)import->files[file].header;
}

struct rejects {
	struct import *import;
	const struct import_file *file;
	import_reject_function *function;
	void *data;
	const char **cells;
	struct str problem;
};

static enum status add_problem(const struct stage_error *row, void *data, struct error *error)
{
	struct rejects *rejects = data;

	(void)error;
	str_addf(&rejects->problem, "%s%s%s%s", rejects->problem.length > 0 ? "; " : "",
		row->column != NULL ? row->column : "", row->column != NULL ? ": " : "",
		row->message);
	return STATUS_OK;
}

static enum status lend_reject(const struct stage_row *row, void *data, struct error *error)
{
	struct rejects *rejects = data;
	const struct import_file *file = rejects->file;

	str_clear(&rejects->problem);
	enum status status = stage_store_errors_of_row(rejects->import->db, row->row_id,
		add_problem, rejects, error);
	if (status != STATUS_OK)
		return status;
	if (!import_cells_split(row->cells, row->cells_length, rejects->cells, file->width))
		return import_set_damaged(error);
	return rejects->function(rejects->cells, file->width, rejects->problem.text, rejects->data,
		error);
}

enum status import_rejects(struct import *import, size_t file, import_reject_function *function,
	void *data, struct error *error)
{
	struct rejects rejects = {
		.import = import,
		.file = &import->files[file],
		.function = function,
		.data = data,
		.cells = xcalloc(import->files[file].width + 1, sizeof *rejects.cells),
		.problem = STR_INIT,
	};

	enum status status =
		stage_store_bad(import->db, (int64_t)file, lend_reject, &rejects, error);
	free(rejects.cells);
	str_free(&rejects.problem);
	return status;
}

const char *import_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (strcmp(path, "-") == 0)
		return "standard input";
	return slash != NULL ? slash + 1 : path;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/stage_store.h"

enum status stage_store_open(struct db *db, struct error *error)
{
	static const enum query_id steps[] = { QUERY_STAGE_MAKE_ROWS, QUERY_STAGE_MAKE_RAW,
		QUERY_STAGE_MAKE_ERRORS, QUERY_STAGE_MAKE_PEOPLE, QUERY_STAGE_MAKE_ERROR_INDEX,
		QUERY_STAGE_CLEAR_ROWS, QUERY_STAGE_CLEAR_RAW, QUERY_STAGE_CLEAR_ERRORS,
		QUERY_STAGE_CLEAR_PEOPLE };

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		enum status status = query_run(db_query(db, steps[i]), error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

enum status stage_store_add(struct db *db, const struct stage_row *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ADD_ROW);

	query_bind_integer(query, "row", row->row_id);
	query_bind_integer(query, "file", row->file);
	query_bind_integer(query, "line", row->line);
	query_bind_integer(query, "state", row->state);
	query_bind_text(query, "identity", row->identity);
	query_bind_text(query, "other", row->other);
	query_bind_bytes(query, "cells", row->cells, row->cells_length);
	return query_run(query, error);
}

enum status stage_store_add_raw(struct db *db, int64_t row_id, const void *cells, size_t length,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ADD_RAW);

	query_bind_integer(query, "row", row_id);
	query_bind_bytes(query, "cells", cells, length);
	return query_run(query, error);
}

enum status stage_store_set_state(struct db *db, int64_t row_id, enum stage_state state,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_SET_STATE);

	query_bind_integer(query, "row", row_id);
	query_bind_integer(query, "state", state);
	return query_run(query, error);
}

enum status stage_store_claim_person(struct db *db, int64_t file, int64_t person_id, int64_t line,
	int64_t *ret_line, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ADD_PERSON);
	int64_t claimed = line;

	query_bind_integer(query, "file", file);
	query_bind_integer(query, "person", person_id);
	query_bind_integer(query, "line", line);
	enum status status = query_run(query, error);
	if (status == STATUS_OK && db_changes(db) == 0) {
		query = db_query(db, QUERY_STAGE_PERSON_LINE);
		query_bind_integer(query, "file", file);
		query_bind_integer(query, "person", person_id);
		while (query_step(query))
			claimed = query_integer(query, 0);
		status = query_end(query, error);
	}
	if (status == STATUS_OK)
		*ret_line = claimed;
	return status;
}

enum status stage_store_add_error(struct db *db, const struct stage_error *row, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ADD_ERROR);

	query_bind_integer(query, "file", row->file);
	query_bind_optional(query, "row", row->row_id != 0, row->row_id);
	query_bind_integer(query, "line", row->line);
	query_bind_text(query, "column", row->column);
	query_bind_text(query, "message", row->message);
	return query_run(query, error);
}

/* Rows of row_id, line and cells. */
static enum status lend_cells(struct query *query, int64_t file, stage_row_function *function,
	void *data, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && query_step(query)) {
		struct stage_row row = {
			.row_id = query_integer(query, 0),
			.file = file,
			.line = query_integer(query, 1),
		};
		row.cells = query_bytes_any(query, 2, &row.cells_length);
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status stage_store_list(struct db *db, int64_t file, int64_t after,
	stage_row_function *function, void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_LIST);

	query_bind_integer(query, "file", file);
	query_bind_integer(query, "after", after);
	return lend_cells(query, file, function, data, error);
}

enum status stage_store_erased(struct db *db, int64_t file, stage_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ERASED_LIST);
	enum status status = STATUS_OK;

	query_bind_integer(query, "file", file);
	while (status == STATUS_OK && query_step(query)) {
		const struct stage_row row = {
			.row_id = query_integer(query, 0),
			.file = file,
			.line = query_integer(query, 1),
			.state = STAGE_ERASED,
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status stage_store_bad(struct db *db, int64_t file, stage_row_function *function, void *data,
	struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_BAD_LIST);

	query_bind_integer(query, "file", file);
	return lend_cells(query, file, function, data, error);
}

enum status stage_store_cells(struct db *db, int64_t row_id, stage_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_CELLS);
	enum status status = STATUS_OK;

	query_bind_integer(query, "row", row_id);
	if (query_step(query)) {
		struct stage_row row = { .row_id = row_id };
		row.cells = query_bytes_any(query, 0, &row.cells_length);
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status stage_store_identities(struct db *db, int64_t file, stage_row_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_IDENTITIES);
	enum status status = STATUS_OK;

	query_bind_integer(query, "file", file);
	while (status == STATUS_OK && query_step(query)) {
		const struct stage_row row = {
			.row_id = query_integer(query, 0),
			.file = file,
			.line = query_integer(query, 1),
			.identity = query_text(query, 2),
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status stage_store_others(struct db *db, int64_t file, stage_other_function *function,
	void *data, struct error *error)
{
	/* Few files need it: made only now. */
	enum status status = query_run(db_query(db, QUERY_STAGE_MAKE_OTHER_INDEX), error);

	if (status != STATUS_OK)
		return status;
	struct query *query = db_query(db, QUERY_STAGE_OTHERS);
	query_bind_integer(query, "file", file);
	while (status == STATUS_OK && query_step(query))
		status = function(query_integer(query, 0), query_integer(query, 1),
			query_integer(query, 2), data, error);
	return query_end_list(query, status, error);
}

static enum status lend_errors(struct query *query, stage_error_function *function, void *data,
	struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && query_step(query)) {
		const struct stage_error row = {
			.line = query_integer(query, 0),
			.column = query_text_or_null(query, 1),
			.message = query_text(query, 2),
		};
		status = function(&row, data, error);
	}
	return query_end_list(query, status, error);
}

enum status stage_store_errors(struct db *db, int64_t file, stage_error_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ERROR_LIST);

	query_bind_integer(query, "file", file);
	return lend_errors(query, function, data, error);
}

enum status stage_store_errors_of_row(struct db *db, int64_t row_id, stage_error_function *function,
	void *data, struct error *error)
{
	struct query *query = db_query(db, QUERY_STAGE_ERROR_OF_ROW);

	query_bind_integer(query, "row", row_id);
	return lend_errors(query, function, data, error);
}

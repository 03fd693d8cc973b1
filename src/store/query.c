/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"

#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

#include <assert.h>
#include <string.h>

enum {
	PARAMETER_NAME_MAX = 64,
};

struct query *db_query(struct db *db, enum query_id id)
{
	struct query *query = &db->queries[id];

	assert(!query->is_in_use);
	query->is_in_use = true;
	query->result = SQLITE_OK;
	query->next_parameter = 1;
	query->bad_text = NULL;
	if (query->statement == NULL)
		query->result = sqlite3_prepare_v3(db->handle, query_sources[id].sql, -1,
			SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
	return query;
}

/* The parameter's number; a name that the statement does not have is a bug. On the path of every
 * value of every row: so no printf, and no search for what comes next anyhow, since most are bound
 * in the order in which they stand. */
static int parameter(struct query *query, const char *name)
{
	char full[PARAMETER_NAME_MAX];
	int number = query->next_parameter;
	const char *next = sqlite3_bind_parameter_name(query->statement, number);

	if (next == NULL || strcmp(next + 1, name) != 0) {
		size_t length = strlen(name);
		assert(length > 0 && length + 1 < sizeof full);
		full[0] = ':';
		memcpy(full + 1, name, length + 1);
		number = sqlite3_bind_parameter_index(query->statement, full);
		assert(number > 0);
	}
	query->next_parameter = number + 1;
	return number;
}

static void keep_failure(struct query *query, int result)
{
	if (query->result == SQLITE_OK)
		query->result = result;
}

void query_bind_integer(struct query *query, const char *name, int64_t value)
{
	if (query->result == SQLITE_OK)
		keep_failure(query,
			sqlite3_bind_int64(query->statement, parameter(query, name), value));
}

void query_bind_optional(struct query *query, const char *name, bool present, int64_t value)
{
	if (present)
		query_bind_integer(query, name, value);
	else if (query->result == SQLITE_OK)
		keep_failure(query, sqlite3_bind_null(query->statement, parameter(query, name)));
}

void query_bind_text(struct query *query, const char *name, const char *text)
{
	if (query->result != SQLITE_OK)
		return;
	/* NULL binds NULL. */
	keep_failure(query, sqlite3_bind_text(query->statement, parameter(query, name), text, -1,
				    SQLITE_STATIC));
}

void query_bind_bytes(struct query *query, const char *name, const void *bytes, size_t length)
{
	if (query->result != SQLITE_OK)
		return;
	keep_failure(query, sqlite3_bind_blob64(query->statement, parameter(query, name), bytes,
				    length, SQLITE_STATIC));
}

bool query_step(struct query *query)
{
	if (query->result != SQLITE_OK)
		return false;
	int result = sqlite3_step(query->statement);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		keep_failure(query, result);
	return false;
}

bool query_has_failed(const struct query *query)
{
	return query->result != SQLITE_OK;
}

static enum status fail_text(const struct query *query, struct error *error)
{
	CLEANUP(str_free) struct str what = STR_INIT;

	str_addf(&what, "text in it is not UTF-8 (%s)", query->bad_text);
	return db_fail_damaged(query->db, what.text, error);
}

enum status query_end(struct query *query, struct error *error)
{
	enum status status = STATUS_OK;

	assert(query->is_in_use);
	query->is_in_use = false;
	/* Before the reset, which would replace the connection's message. */
	if (query->bad_text != NULL)
		status = fail_text(query, error);
	else if (query->result != SQLITE_OK)
		status = db_fail(query->db, query->result, error);
	if (query->statement != NULL) {
		(void)sqlite3_reset(query->statement);
		(void)sqlite3_clear_bindings(query->statement);
	}
	return status;
}

enum status query_end_list(struct query *query, enum status status, struct error *error)
{
	struct error ignored = ERROR_INIT;

	if (status == STATUS_OK)
		return query_end(query, error);
	(void)query_end(query, &ignored);
	return status;
}

enum status query_run(struct query *query, struct error *error)
{
	while (query_step(query))
		;
	return query_end(query, error);
}

bool query_is_null(struct query *query, int column)
{
	return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

int64_t query_integer(struct query *query, int column)
{
	return sqlite3_column_int64(query->statement, column);
}

const char *query_text(struct query *query, int column)
{
	const char *text = query_text_or_null(query, column);

	return text != NULL ? text : "";
}

/* All above stands on texts being UTF-8: nothing else is ever stored, and nothing else leaves
 * a damaged file. */
const char *query_text_or_null(struct query *query, int column)
{
	const char *text = (const char *)sqlite3_column_text(query->statement, column);
	size_t at;

	if (text == NULL ||
		text_is_utf8(text, (size_t)sqlite3_column_bytes(query->statement, column), &at))
		return text;
	if (query->result == SQLITE_OK) {
		query->result = SQLITE_CORRUPT;
		query->bad_text = sqlite3_column_name(query->statement, column);
	}
	return "";
}

void query_read_texts(struct query *query)
{
	for (int i = 0; i < sqlite3_column_count(query->statement); i++) {
		if (sqlite3_column_type(query->statement, i) == SQLITE_TEXT)
			(void)query_text(query, i);
	}
}

char query_letter(struct query *query, int column)
{
	/* As bytes: a text would first be given a NUL behind it. */
	const char *bytes = sqlite3_column_blob(query->statement, column);

	return bytes != NULL ? bytes[0] : '\0';
}

const void *query_bytes(struct query *query, int column, size_t length)
{
	const void *bytes = sqlite3_column_blob(query->statement, column);

	return (size_t)sqlite3_column_bytes(query->statement, column) == length ? bytes : NULL;
}

const void *query_bytes_any(struct query *query, int column, size_t *ret_length)
{
	const void *bytes = sqlite3_column_blob(query->statement, column);

	*ret_length = bytes != NULL ? (size_t)sqlite3_column_bytes(query->statement, column) : 0;
	return bytes != NULL ? bytes : "";
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

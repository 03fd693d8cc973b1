/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What makes a person the same, and rows of one file that are one person: saying the same,
 * they are one; saying different things, an error that names both lines.
 *
 * An identity is "e:" and the folded e-mail address (with the name behind it, where the name
 * belongs to it), or "x:" and the external id. A row that lacks the first choice is known by
 * the other; if another row has both, they are one person too, and contradict each other.
 */
#include "core/import_private.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

void import_name_of(const char *const *fields, struct str *ret)
{
	if (fields[FIELD_NAME] == NULL || fields[FIELD_NAME][0] == '\0') {
		field_join_name(fields[FIELD_GIVEN_NAME] != NULL ? fields[FIELD_GIVEN_NAME] : "",
			fields[FIELD_FAMILY_NAME] != NULL ? fields[FIELD_FAMILY_NAME] : "", ret);
		return;
	}
	str_clear(ret);
	str_add(ret, fields[FIELD_NAME]);
}

static void set_identity(enum field field, const char *const *fields, struct str *ret)
{
	str_clear(ret);
	if (fields[field][0] == '\0')
		return;
	if (field == FIELD_EMAIL) {
		CLEANUP(str_free) struct str key = STR_INIT;
		text_fold(fields[field], &key);
		str_add(ret, "e:");
		str_add(ret, key.text);
	} else {
		str_add(ret, "x:");
		str_add(ret, fields[field]);
	}
}

void import_identity(enum import_match match, const char *const *fields, struct str *identity,
	struct str *other)
{
	enum field first = match == MATCH_EXTERNAL_ID ? FIELD_EXTERNAL_ID : FIELD_EMAIL;
	enum field second = match == MATCH_EXTERNAL_ID ? FIELD_EMAIL : FIELD_EXTERNAL_ID;

	set_identity(first, fields, identity);
	set_identity(second, fields, other);
	if (identity->length == 0) {
		str_add(identity, other->text);
		str_clear(other);
	} else if (match == MATCH_EMAIL_AND_NAME) {
		CLEANUP(str_free) struct str name = STR_INIT;
		CLEANUP(str_free) struct str key = STR_INIT;
		import_name_of(fields, &name);
		text_search_key(name.text, &key);
		str_addf(identity, "\n%s", key.text);
	}
}

enum field import_first_field(const struct import *import)
{
	return import->settings->match == MATCH_EXTERNAL_ID ? FIELD_EXTERNAL_ID : FIELD_EMAIL;
}

enum field import_identity_field(const char *identity)
{
	return identity[0] == 'e' ? FIELD_EMAIL : FIELD_EXTERNAL_ID;
}

/* --- Rows of one identity --- */

struct doubles {
	struct import *import;
	size_t file;
	struct str identity; /* of the rows before */
	int64_t first_row;
	int64_t first_line;
	struct str first_cells;
	bool are_cells_known;
	size_t different; /* of the cells, the first that is another; SIZE_MAX: none */
};

static enum status keep_cells(const struct stage_row *row, void *data, struct error *error)
{
	struct doubles *doubles = data;

	(void)error;
	str_clear(&doubles->first_cells);
	str_add_bytes(&doubles->first_cells, row->cells, row->cells_length);
	return STATUS_OK;
}

/* Another case alone makes no other e-mail address. */
static bool are_same_address(const char *a, const char *b)
{
	CLEANUP(str_free) struct str left = STR_INIT;
	CLEANUP(str_free) struct str right = STR_INIT;

	text_fold(a, &left);
	text_fold(b, &right);
	return strcmp(left.text, right.text) == 0;
}

static enum status compare_cells(const struct stage_row *row, void *data, struct error *error)
{
	struct doubles *doubles = data;
	size_t count = FIELD_COUNT + doubles->import->files[doubles->file].answer_count;
	const char **first = xcalloc(2 * count, sizeof *first);
	const char **second = first + count;

	doubles->different = SIZE_MAX;
	bool is_whole = import_cells_split(doubles->first_cells.text, doubles->first_cells.length,
				first, count) &&
			import_cells_split(row->cells, row->cells_length, second, count);
	for (size_t i = 0; i < count && is_whole && doubles->different == SIZE_MAX; i++) {
		bool is_same = i == FIELD_EMAIL ? are_same_address(first[i], second[i])
						: strcmp(first[i], second[i]) == 0;
		if (!is_same)
			doubles->different = i;
	}
	free(first);
	return is_whole ? STATUS_OK : import_set_damaged(error);
}

/* Names what is different; whether that is somebody else's name is remembered. */
static void add_difference(const struct doubles *doubles, struct str *ret)
{
	struct import_file *file = &doubles->import->files[doubles->file];
	size_t at = doubles->different;

	if (at < FIELD_COUNT)
		str_add(ret, field_word((enum field)at));
	else
		str_addf(ret, "'%s'", file->questions[at - FIELD_COUNT].header);
	bool is_name = at == FIELD_NAME || at == FIELD_GIVEN_NAME || at == FIELD_FAMILY_NAME;
	if (!is_name)
		file->troubles |= TROUBLE_SAME_PERSON;
	else if (import_identity_field(doubles->identity.text) == FIELD_EMAIL)
		file->troubles |= TROUBLE_SHARED_EMAIL;
}

static enum status refuse_double(struct doubles *doubles, const struct stage_row *row,
	struct error *error)
{
	struct error problem = ERROR_INIT;
	CLEANUP(str_free) struct str what = STR_INIT;
	const char *value = row->identity + 2;
	enum field field = import_identity_field(row->identity);
	const struct import_fault where = {
		.file = doubles->file,
		.row_id = row->row_id,
		.line = row->line,
		.column = field_word(field),
	};

	add_difference(doubles, &what);
	(void)error_set(&problem, STATUS_REJECTED,
		"'%.*s' stands on line %lld too, with another %s", (int)strcspn(value, "\n"), value,
		(long long)doubles->first_line, what.text);
	return import_turn_bad(doubles->import, &where, problem.message, error);
}

static enum status look_at_identity(const struct stage_row *row, void *data, struct error *error)
{
	struct doubles *doubles = data;
	struct db *db = doubles->import->db;
	enum status status = STATUS_OK;

	if (doubles->first_row == 0 || strcmp(doubles->identity.text, row->identity) != 0) {
		str_clear(&doubles->identity);
		str_add(&doubles->identity, row->identity);
		doubles->first_row = row->row_id;
		doubles->first_line = row->line;
		doubles->are_cells_known = false;
		return STATUS_OK;
	}
	if (!doubles->are_cells_known)
		status = stage_store_cells(db, doubles->first_row, keep_cells, doubles, error);
	doubles->are_cells_known = true;
	if (status == STATUS_OK)
		status = stage_store_cells(db, row->row_id, compare_cells, doubles, error);
	if (status != STATUS_OK)
		return status;
	if (doubles->different != SIZE_MAX)
		return refuse_double(doubles, row, error);
	doubles->import->files[doubles->file].same++;
	return stage_store_set_state(db, row->row_id, STAGE_SAME, error);
}

static enum status refuse_other(int64_t row_id, int64_t line, int64_t other_line, void *data,
	struct error *error)
{
	struct doubles *doubles = data;
	struct error problem = ERROR_INIT;
	const struct import_fault where = {
		.file = doubles->file,
		.row_id = row_id,
		.line = line,
		.column = field_word(doubles->import->settings->match == MATCH_EXTERNAL_ID
					     ? FIELD_EMAIL
					     : FIELD_EXTERNAL_ID),
	};

	(void)error_set(&problem, STATUS_REJECTED,
		"the same person as on line %lld, with other values", (long long)other_line);
	return import_turn_bad(doubles->import, &where, problem.message, error);
}

static enum status find(struct doubles *doubles, struct error *error)
{
	struct import *import = doubles->import;
	int64_t file = (int64_t)doubles->file;

	enum status status =
		stage_store_identities(import->db, file, look_at_identity, doubles, error);
	if (status == STATUS_OK && import->files[doubles->file].with_less > 0)
		status = stage_store_others(import->db, file, refuse_other, doubles, error);
	return status;
}

enum status import_find_doubles(struct import *import, size_t file, struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct doubles doubles = {
		.import = import,
		.file = file,
		.identity = STR_INIT,
		.first_cells = STR_INIT,
	};

	enum status status = transaction_begin_read(&transaction, import->db, error);
	if (status == STATUS_OK)
		status = find(&doubles, error);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	str_free(&doubles.identity);
	str_free(&doubles.first_cells);
	return status;
}

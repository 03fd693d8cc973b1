/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/import_columns.h"

#include "core/import_header.h"
#include "util/memory.h"
#include "util/text.h"

#include <stdlib.h>
#include <string.h>

static const char answer_prefix[] = "answer:";
static const char error_key[] = "error";

/* One claim being made. */
struct claim {
	const char *const *headers;
	const char *const *keys; /* the headers' text_header_key */
	size_t count;
	const struct column_choices *choices;
	struct import_columns *columns;
	bool *is_decided;              /* by a choice, or because it is never imported */
	bool *is_match;                /* of the header searched for */
	size_t column_of[FIELD_COUNT]; /* from 1; 0: none yet */
	bool is_mapped[FIELD_COUNT];
	bool is_own_export; /* not another system's, whatever answers it has */
};

void import_columns_free(struct import_columns *columns)
{
	if (columns == NULL)
		return;
	for (size_t i = 0; i < columns->count; i++)
		free(columns->columns[i].answer);
	free(columns->columns);
	free(columns);
}

void import_columns_freep(struct import_columns **columns)
{
	import_columns_free(*columns);
	*columns = NULL;
}

/* Where the header of an answer begins in "answer: HEADER", or NULL. */
static const char *after_prefix(const char *header)
{
	size_t length = sizeof answer_prefix - 1;

	if (strncmp(header, answer_prefix, length) != 0)
		return NULL;
	while (header[length] == ' ')
		length++;
	return header[length] != '\0' ? header + length : NULL;
}

/* What an answer is kept under: as it would be read if it stood alone, so that an export of
 * it comes back. */
static char *answer_of(const char *header)
{
	const char *answer = after_prefix(header);
	struct str clean = STR_INIT;

	if (answer == NULL)
		answer = header;
	text_clean(answer, strlen(answer), &clean);
	return str_steal(&clean);
}

void import_columns_add_heading(const char *answer_header, struct str *str)
{
	CLEANUP(str_free) struct str key = STR_INIT;
	struct header_claim claim;

	text_header_key(answer_header, &key);
	if (header_claim_of(key.text, &claim) || strcmp(key.text, error_key) == 0 ||
		after_prefix(answer_header) != NULL)
		str_addf(str, "%s ", answer_prefix);
	str_add(str, answer_header);
}

/* --- What the user says --- */

static enum status apply_ignored(struct claim *claim, struct error *error)
{
	for (size_t i = 0; i < claim->choices->ignored_count; i++) {
		enum status status = header_find(claim->headers, claim->count,
			claim->choices->ignored[i], claim->is_match, error);
		if (status != STATUS_OK)
			return error_prefix(error, "--ignore");
		for (size_t at = 0; at < claim->count; at++)
			claim->is_decided[at] |= claim->is_match[at];
	}
	return STATUS_OK;
}

static enum status apply_map(struct claim *claim, const struct column_map *map, struct error *error)
{
	size_t found = 0;
	size_t chosen = 0;

	enum status status =
		header_find(claim->headers, claim->count, map->header, claim->is_match, error);
	if (status != STATUS_OK)
		return error_prefix(error, "--map");
	for (size_t at = 0; at < claim->count; at++) {
		bool is_ignored =
			claim->is_decided[at] && claim->columns->columns[at].use == USE_NONE;
		if (!claim->is_match[at] || is_ignored)
			continue;
		chosen = at;
		found++;
	}
	if (found == 0)
		return error_set(error, STATUS_REJECTED,
			"--map: column '%s' is also left out by --ignore", map->header);
	if (found > 1) {
		(void)error_set(error, STATUS_REJECTED, "--map: header '%s' stands %zu times",
			map->header, found);
		return error_hint(error, "say which one: --map %s='%s#1'", field_word(map->field),
			map->header);
	}
	struct import_column *column = &claim->columns->columns[chosen];
	if (column->use == USE_FIELD)
		return error_set(error, STATUS_REJECTED, "--map: column '%s' is to be %s and %s",
			map->header, field_word(column->field), field_word(map->field));
	*column = (struct import_column){ .use = USE_FIELD, .field = map->field };
	claim->is_decided[chosen] = true;
	claim->column_of[map->field] = chosen + 1;
	claim->is_mapped[map->field] = true;
	return STATUS_OK;
}

/* --- What the headers say --- */

static enum status check_header(struct claim *claim, struct error *error)
{
	for (size_t i = 0; i < claim->count; i++)
		claim->is_match[i] =
			claim->is_decided[i] && claim->columns->columns[i].use == USE_NONE;
	return header_check(claim->headers, claim->count, claim->is_match, error);
}

static enum status refuse_doubled(const struct claim *claim, size_t first, size_t second,
	struct error *error)
{
	const char *header = claim->headers[first];

	(void)error_set(error, STATUS_REJECTED, "header '%s' stands twice: columns %zu and %zu",
		header, first + 1, second + 1);
	return error_hint(error, "choose one: --map FIELD='%s#1' or --ignore '%s#2'", header,
		header);
}

/* Two columns that are one question, by other headers: "Size" and "answer: size". */
static enum status refuse_one_question(const struct claim *claim, size_t first, size_t second,
	struct error *error)
{
	(void)error_set(error, STATUS_REJECTED,
		"columns '%s' and '%s' (%zu and %zu) are one question", claim->headers[first],
		claim->headers[second], first + 1, second + 1);
	return error_hint(error, "leave one out: --ignore '%s'", claim->headers[second]);
}

struct column_fold {
	char *text;
	size_t column;
};

static int compare_folds(const void *a, const void *b)
{
	const struct column_fold *left = a;
	const struct column_fold *right = b;
	int order = strcmp(left->text, right->text);

	if (order != 0)
		return order;
	return left->column < right->column ? -1 : left->column > right->column;
}

typedef enum status refuse_function(const struct claim *claim, size_t first, size_t second,
	struct error *error);

/* Names are the same if they differ in case alone; a column that has none (NULL) is left
 * out. */
static enum status check_names(const struct claim *claim, const char *const *names,
	refuse_function *refuse, struct error *error)
{
	struct column_fold *folds = xcalloc(claim->count, sizeof *folds);
	enum status status = STATUS_OK;
	size_t count = 0;

	for (size_t i = 0; i < claim->count; i++) {
		struct str key = STR_INIT;
		if (names[i] == NULL)
			continue;
		text_fold(names[i], &key);
		folds[count++] = (struct column_fold){ .text = str_steal(&key), .column = i };
	}
	qsort(folds, count, sizeof *folds, compare_folds);
	for (size_t i = 1; i < count && status == STATUS_OK; i++) {
		if (strcmp(folds[i - 1].text, folds[i].text) == 0)
			status = refuse(claim, folds[i - 1].column, folds[i].column, error);
	}
	for (size_t i = 0; i < count; i++)
		free(folds[i].text);
	free(folds);
	return status;
}

static enum status check_doubled(const struct claim *claim, struct error *error)
{
	const char **names = xcalloc(claim->count, sizeof *names);

	for (size_t i = 0; i < claim->count; i++)
		names[i] = claim->is_decided[i] ? NULL : claim->headers[i];
	enum status status = check_names(claim, names, refuse_doubled, error);
	free(names);
	return status;
}

/* The registrar takes questions that differ in case alone for one. */
static enum status check_questions(const struct claim *claim, struct error *error)
{
	const char **names = xcalloc(claim->count, sizeof *names);

	for (size_t i = 0; i < claim->count; i++)
		names[i] = claim->columns->columns[i].answer;
	enum status status = check_names(claim, names, refuse_one_question, error);
	free(names);
	return status;
}

/* The columns that are regtool's own and say nothing to an import. */
static void leave_out_own(struct claim *claim)
{
	for (size_t i = 0; i < claim->count; i++) {
		struct header_claim header;
		if (claim->is_decided[i])
			continue;
		bool is_error = i + 1 == claim->count && strcmp(claim->keys[i], error_key) == 0;
		claim->columns->has_error_column |= is_error;
		bool is_own = header_claim_of(claim->keys[i], &header) && header.is_never_imported;
		claim->is_own_export |= is_own;
		if (is_error || is_own)
			claim->is_decided[i] = true;
	}
}

static enum status take_field(struct claim *claim, size_t at, enum field field, struct error *error)
{
	size_t other = claim->column_of[field];

	if (other != 0) {
		(void)error_set(error, STATUS_REJECTED,
			"columns '%s' and '%s' (%zu and %zu) are both taken for %s",
			claim->headers[other - 1], claim->headers[at], other, at + 1,
			field_word(field));
		return error_hint(error,
			"choose one: --map %s='%s', or leave one out: --ignore '%s'",
			field_word(field), claim->headers[other - 1], claim->headers[at]);
	}
	claim->column_of[field] = at + 1;
	claim->columns->columns[at] = (struct import_column){ .use = USE_FIELD, .field = field };
	claim->is_decided[at] = true;
	return STATUS_OK;
}

static void take_answer(struct claim *claim, size_t at, const char *header)
{
	claim->columns->columns[at] =
		(struct import_column){ .use = USE_ANSWER, .answer = xstrdup(header) };
	claim->is_decided[at] = true;
}

/* What the shape of another system's export settles, and the user did not. */
static enum status apply_preset(struct claim *claim, struct error *error)
{
	const struct import_preset *preset =
		claim->is_own_export ? NULL : import_preset_find(claim->keys, claim->count);

	claim->columns->preset = preset;
	for (size_t i = 0; preset != NULL && i < preset->column_count; i++) {
		const struct preset_column *entry = &preset->columns[i];
		size_t at = import_preset_place(entry, claim->keys, claim->count);
		enum status status = STATUS_OK;
		if (at == claim->count || claim->is_decided[at])
			continue;
		if (entry->use == USE_ANSWER)
			take_answer(claim, at,
				entry->answer != NULL ? entry->answer : claim->headers[at]);
		else if (entry->use == USE_NONE)
			claim->is_decided[at] = claim->columns->columns[at].is_ticket_code = true;
		else if (!claim->is_mapped[entry->field])
			status = take_field(claim, at, entry->field, error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

/* First the headers that mean one thing, then those ("Nom") that mean the family name where a
 * given name, and no other family name, stands beside them. */
static enum status guess_fields(struct claim *claim, bool is_of_two_meanings, struct error *error)
{
	bool is_family =
		claim->column_of[FIELD_GIVEN_NAME] != 0 && claim->column_of[FIELD_FAMILY_NAME] == 0;

	for (size_t i = 0; i < claim->count; i++) {
		struct header_claim header;
		if (claim->is_decided[i])
			continue;
		if (!header_claim_of(claim->keys[i], &header) ||
			header.is_of_two_meanings != is_of_two_meanings)
			continue;
		enum field field =
			is_of_two_meanings && is_family ? FIELD_FAMILY_NAME : header.field;
		if (claim->is_mapped[field])
			continue;
		enum status status = take_field(claim, i, field, error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

/* What nothing claims, and the place of each answer among them. */
static void keep_answers(struct claim *claim)
{
	struct import_columns *columns = claim->columns;

	for (size_t i = 0; i < claim->count; i++) {
		CLEANUP(memory_free_text) char *answer = answer_of(claim->headers[i]);
		if (!claim->is_decided[i])
			take_answer(claim, i, answer);
		if (columns->columns[i].use == USE_ANSWER)
			columns->columns[i].answer_rank = columns->answer_count++;
	}
}

static enum status check_fields(const struct claim *claim, struct error *error)
{
	CLEANUP(str_free) struct str list = STR_INIT;
	const char *const *constants = claim->choices->constants;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (constants[i] == NULL || claim->column_of[i] == 0)
			continue;
		const char *header = claim->headers[claim->column_of[i] - 1];
		(void)error_set(error, STATUS_REJECTED, "--set: column '%s' gives %s too", header,
			field_word((enum field)i));
		return error_hint(error, "leave the column out: --ignore '%s'", header);
	}
	bool has_email = claim->column_of[FIELD_EMAIL] != 0 || constants[FIELD_EMAIL] != NULL;
	bool has_id =
		claim->column_of[FIELD_EXTERNAL_ID] != 0 || constants[FIELD_EXTERNAL_ID] != NULL;
	if (has_email || has_id)
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED,
		"no column is an e-mail address or an external id, by which people are known");
	if (claim->columns->preset != NULL && claim->columns->preset->hint != NULL)
		return error_hint(error, "%s", claim->columns->preset->hint);
	if (claim->count == 1)
		return error_hint(error,
			"there is one column, '%s': if another character divides the cells, "
			"--delimiter C; if the header stands further down, delete the lines above it",
			claim->headers[0]);
	header_list(claim->headers, claim->count, &list);
	return error_hint(error, "say which one it is, --map email=HEADER: the columns are %s",
		list.text);
}

static enum status decide(struct claim *claim, struct error *error)
{
	enum status status = apply_ignored(claim, error);

	for (size_t i = 0; i < claim->choices->map_count && status == STATUS_OK; i++)
		status = apply_map(claim, &claim->choices->maps[i], error);
	if (status == STATUS_OK)
		status = check_header(claim, error);
	if (status == STATUS_OK)
		leave_out_own(claim);
	if (status == STATUS_OK)
		status = apply_preset(claim, error);
	if (status == STATUS_OK)
		status = check_doubled(claim, error);
	if (status == STATUS_OK)
		status = guess_fields(claim, false, error);
	if (status == STATUS_OK)
		status = guess_fields(claim, true, error);
	if (status == STATUS_OK) {
		keep_answers(claim);
		status = check_questions(claim, error);
	}
	if (status == STATUS_OK)
		status = check_fields(claim, error);
	return status;
}

static char **make_keys(const char *const *headers, size_t count)
{
	char **keys = xcalloc(count + 1, sizeof *keys);

	for (size_t i = 0; i < count; i++) {
		struct str key = STR_INIT;
		text_header_key(headers[i], &key);
		keys[i] = str_steal(&key);
	}
	return keys;
}

enum status import_columns_claim(const char *const *headers, size_t count,
	const struct column_choices *choices, struct import_columns **ret_columns,
	struct error *error)
{
	CLEANUP(import_columns_freep) struct import_columns *columns = xcalloc(1, sizeof *columns);
	struct claim claim = {
		.headers = headers,
		.count = count,
		.choices = choices,
		.columns = columns,
	};

	columns->columns = xcalloc(count, sizeof *columns->columns);
	columns->count = count;
	claim.is_decided = xcalloc(count, sizeof *claim.is_decided);
	claim.is_match = xcalloc(count, sizeof *claim.is_match);
	char **keys = make_keys(headers, count);
	claim.keys = (const char *const *)keys;
	enum status status = decide(&claim, error);
	for (size_t i = 0; i < count; i++)
		free(keys[i]);
	free(keys);
	free(claim.is_decided);
	free(claim.is_match);
	if (status != STATUS_OK)
		return status;
	*ret_columns = columns;
	columns = NULL;
	return STATUS_OK;
}

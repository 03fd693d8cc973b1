/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `export registrants`: what an import takes back as it is.
 */
#include "cmd/registrant_rows.h"
#include "cmd/waiting.h"
#include "core/event.h"
#include "core/import_columns.h"
#include "util/memory.h"
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

enum {
	EXTRA_COLUMN_COUNT = 3,
	FIXED_COLUMN_COUNT = REGISTRANT_COLUMN_COUNT + EXTRA_COLUMN_COUNT,
};

static const struct column extra_columns[EXTRA_COLUMN_COUNT] = {
	{ .key = "given_name", .title = "given name", .kind = COLUMN_TEXT },
	{ .key = "family_name", .title = "family name", .kind = COLUMN_TEXT },
	{ .key = "note", .title = "note", .kind = COLUMN_TEXT, .may_shrink = true },
};

/* Columns and answers of one reading. The questions are all there are at its start. */
struct export
{
	struct context *context;
	struct column *columns;        /* of the list: the fixed ones, then the answers */
	struct column *answer_columns; /* of the record nested in JSON, by header */
	char **headings;
	char **headers;
	int64_t *questions;
	char **answers; /* of the row, by question */
	size_t question_count;
};

static void forget_questions(struct export *export)
{
	for (size_t i = 0; i < export->question_count; i++) {
		free(export->headings[i]);
		free(export->headers[i]);
		free(export->answers[i]);
	}
	export->question_count = 0;
}

static void free_export(struct export *export)
{
	forget_questions(export);
	free(export->columns);
	free(export->answer_columns);
	free(export->headings);
	free(export->headers);
	free(export->questions);
	free(export->answers);
}

static enum status add_question(const struct answer_row *row, void *data, struct error *error)
{
	struct export *export = data;
	size_t place = export->question_count++;
	size_t count = export->question_count;
	struct str heading = STR_INIT;

	(void)error;
	export->headings = xreallocarray(export->headings, count, sizeof *export->headings);
	export->headers = xreallocarray(export->headers, count, sizeof *export->headers);
	export->questions = xreallocarray(export->questions, count, sizeof *export->questions);
	export->answers = xreallocarray(export->answers, count, sizeof *export->answers);
	import_columns_add_heading(row->header, &heading);
	export->headings[place] = str_steal(&heading);
	export->headers[place] = xstrdup(row->header);
	export->questions[place] = row->question_id;
	export->answers[place] = NULL;
	return STATUS_OK;
}

static void make_columns(struct export *export)
{
	size_t count = export->question_count;

	export->columns =
		xreallocarray(export->columns, FIXED_COLUMN_COUNT + count, sizeof *export->columns);
	export->answer_columns =
		xreallocarray(export->answer_columns, count + 1, sizeof *export->answer_columns);
	memcpy(export->columns, registrant_columns, sizeof registrant_columns);
	memcpy(export->columns + REGISTRANT_COLUMN_COUNT, extra_columns, sizeof extra_columns);
	for (size_t i = 0; i < count; i++) {
		export->columns[FIXED_COLUMN_COUNT + i] = (struct column){
			.key = export->headings[i],
			.title = export->headings[i],
			.kind = COLUMN_TEXT,
			.is_left_out_of_json = true,
			.may_shrink = true,
		};
		export->answer_columns[i] = (struct column){
			.key = export->headers[i],
			.kind = COLUMN_TEXT,
		};
	}
}

static enum status begin(void *data, struct error *error)
{
	struct export *export = data;
	struct context *context = export->context;

	output_restart(context->output);
	forget_questions(export);
	enum status status =
		question_store_list(context->db, context->event->id, add_question, export, error);
	if (status != STATUS_OK)
		return status;
	make_columns(export);
	output_list_begin(context->output, NULL, NULL, export->columns,
		FIXED_COLUMN_COUNT + export->question_count);
	return STATUS_OK;
}

/* The answers come in the order of the questions. */
static enum status keep_answer(const struct answer_row *row, void *data, struct error *error)
{
	struct export *export = data;
	size_t low = 0;
	size_t high = export->question_count;

	(void)error;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (export->questions[middle] < row->question_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < export->question_count && export->questions[low] == row->question_id)
		export->answers[low] = xstrdup(row->value);
	return STATUS_OK;
}

static void put_text(struct output *output, const char *text)
{
	output_text(output, text != NULL && text[0] != '\0' ? text : NULL);
}

static enum status put_row(const struct roster_row *row, void *data, struct error *error)
{
	struct export *export = data;
	struct output *output = export->context->output;
	const struct registrant_row *registrant = &row->registrant;
	enum status status = STATUS_OK;

	/* Nothing is left by which an import could know the person. */
	if (registrant->is_erased)
		return STATUS_OK;
	if (export->question_count > 0)
		status = answer_store_list(export->context->db, registrant->registrant_id,
			keep_answer, export, error);
	if (status != STATUS_OK)
		return status;
	registrant_put(output, row, true);
	put_text(output, registrant->given_name);
	put_text(output, registrant->family_name);
	put_text(output, registrant->note);
	for (size_t i = 0; i < export->question_count; i++)
		output_text(output, export->answers[i]);
	output_record_begin(output, "answers", NULL, export->answer_columns,
		export->question_count);
	for (size_t i = 0; i < export->question_count; i++) {
		output_text(output, export->answers[i]);
		free(export->answers[i]);
		export->answers[i] = NULL;
	}
	output_record_end(output);
	return output_row_end(output, error);
}

static void notice(void *data)
{
	struct export *export = data;

	say_doors_wait(export->context);
}

enum status registrant_put_export(struct context *context, struct error *error)
{
	struct export export = { .context = context };
	const struct roster_filter filter = { .event_id = context->event->id };
	const struct roster_functions functions = {
		.begin = begin,
		.row = put_row,
		.notice = notice,
		.data = &export,
	};

	enum status status = roster_read(context->db, &filter, &functions, error);
	if (status == STATUS_OK)
		output_list_end(context->output);
	free_export(&export);
	return status;
}

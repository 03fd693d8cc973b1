/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output.h"

#include "cli/output_renderer.h"
#include "util/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	COPY_SIZE = 1 << 16,
};

/* Nothing to lay out. */
static const struct renderer renderer_document = {
	.write = output_copy_spool,
};

static const struct renderer *renderer_of(enum output_format format)
{
	switch (format) {
	case FORMAT_TABLE:
		return &renderer_table;
	case FORMAT_CSV:
		return &renderer_csv;
	case FORMAT_DOCUMENT:
		return &renderer_document;
	case FORMAT_PDF:
		return &renderer_pdf;
	case FORMAT_XLSX:
		return &renderer_xlsx;
	case FORMAT_JSON:
	case FORMAT_JSONL:
		break;
	}
	return &renderer_json;
}

/* --- Opening, closing, restarting --- */

enum status output_open(const struct output_settings *settings, struct output **ret_output,
	struct error *error)
{
	CLEANUP(output_closep) struct output *output = xcalloc(1, sizeof *output);

	output->settings = *settings;
	output->renderer = renderer_of(settings->format);
	output->spool = (struct spool)SPOOL_INIT;
	output->scratch = (struct str)STR_INIT;
	enum status status =
		target_check(&output->target, settings->path, settings->is_private, error);
	if (status == STATUS_OK && output->renderer->check != NULL)
		status = output->renderer->check(error);
	if (status != STATUS_OK)
		return status;
	*ret_output = output;
	output = NULL;
	return STATUS_OK;
}

void output_close(struct output *output)
{
	if (output == NULL)
		return;
	if (output->renderer->free != NULL)
		output->renderer->free(output);
	spool_free(&output->spool);
	target_close(&output->target);
	str_free(&output->scratch);
	free(output);
}

void output_closep(struct output **output)
{
	output_close(*output);
	*output = NULL;
}

enum output_format output_format(const struct output *output)
{
	return output->settings.format;
}

bool output_is_json(const struct output *output)
{
	enum output_format format = output->settings.format;

	return format == FORMAT_JSON || format == FORMAT_JSONL;
}

void output_set_zone(struct output *output, const struct zone *zone)
{
	output->zone = zone;
}

void output_set_name(struct output *output, const char *name)
{
	output->settings.list_name = name;
}

void output_stream(struct output *output)
{
	enum output_format format = output->settings.format;

	output->is_streaming = format == FORMAT_CSV || format == FORMAT_JSONL;
}

void output_restart(struct output *output)
{
	assert(!output->is_streaming);
	output->depth = 0;
	output->is_begun = false;
	spool_clear(&output->spool);
	if (output->renderer->restart != NULL)
		output->renderer->restart(output);
}

/* --- Parts --- */

static void begin_row(struct output *output)
{
	struct part *part = output_part(output);

	if (part->is_row_open)
		return;
	part->is_row_open = true;
	part->members = 0;
	output->renderer->row_begin(output);
}

static void begin_part(struct output *output, const struct part *new_part)
{
	if (output->depth == 0) {
		assert(new_part->key == NULL);
		assert(!output->is_begun || output->settings.format == FORMAT_TABLE);
		output->is_begun = true;
	} else {
		assert(new_part->key != NULL);
		assert(output_part(output)->next == output_part(output)->count);
		begin_row(output);
	}
	assert(output->depth < PART_DEPTH_MAX);
	output->parts[output->depth++] = *new_part;
	output->renderer->begin(output);
}

void output_list_begin(struct output *output, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	begin_part(output, &(struct part){
				   .is_list = true,
				   .key = key,
				   .heading = heading,
				   .columns = columns,
				   .count = count,
			   });
}

void output_list_end(struct output *output)
{
	assert(output->depth > 0);
	const struct part *part = output_part(output);
	assert(part->is_list && !part->is_row_open);
	output->renderer->end(output);
	output->depth--;
}

void output_record_begin(struct output *output, const char *key, const char *heading,
	const struct column *columns, size_t count)
{
	begin_part(output, &(struct part){
				   .is_list = false,
				   .key = key,
				   .heading = heading,
				   .columns = columns,
				   .count = count,
			   });
}

void output_record_end(struct output *output)
{
	assert(output->depth > 0);
	const struct part *part = output_part(output);
	assert(!part->is_list && part->next == part->count);
	begin_row(output);
	output->renderer->row_end(output);
	output->renderer->end(output);
	output->depth--;
}

/* --- Cells --- */

static bool fits(enum column_kind column, enum cell_kind cell)
{
	bool is_text_column =
		column == COLUMN_TEXT || column == COLUMN_CODE || column == COLUMN_SET;

	return cell == CELL_NULL || is_text_column == (cell == CELL_TEXT);
}

static const struct column *take_column(struct output *output, enum cell_kind kind)
{
	assert(output->depth > 0);
	struct part *part = output_part(output);
	assert(part->next < part->count);
	assert(fits(part->columns[part->next].kind, kind));
	begin_row(output);
	return &part->columns[part->next++];
}

static void add_number(struct output *output, const struct column *column, int64_t number)
{
	output->renderer->cell(output, column,
		&(struct cell){ .kind = CELL_NUMBER, .number = number });
}

void output_text(struct output *output, const char *text_or_null)
{
	if (text_or_null == NULL) {
		output_null(output);
		return;
	}
	const struct column *column = take_column(output, CELL_TEXT);
	output->renderer->cell(output, column,
		&(struct cell){ .kind = CELL_TEXT, .text = text_or_null });
}

void output_integer(struct output *output, int64_t value)
{
	const struct column *column = take_column(output, CELL_NUMBER);

	assert(column->kind == COLUMN_INTEGER || column->kind == COLUMN_PERMILLE ||
		column->kind == COLUMN_HUNDREDTHS);
	add_number(output, column, value);
}

void output_time(struct output *output, int64_t at_s)
{
	const struct column *column = take_column(output, CELL_NUMBER);

	assert(column->kind == COLUMN_TIME && output->zone != NULL);
	add_number(output, column, at_s);
}

void output_boolean(struct output *output, bool value)
{
	const struct column *column = take_column(output, CELL_NUMBER);

	assert(column->kind == COLUMN_BOOLEAN);
	add_number(output, column, value ? 1 : 0);
}

void output_null(struct output *output)
{
	const struct column *column = take_column(output, CELL_NULL);

	output->renderer->cell(output, column, &(struct cell){ .kind = CELL_NULL });
}

static void add_words(struct output *output, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

static void add_words(struct output *output, const char *format, va_list arguments)
{
	CLEANUP(str_free) struct str words = STR_INIT;

	assert(output->depth == 0);
	if (output->renderer->words == NULL)
		return;
	str_vaddf(&words, format, arguments);
	output->renderer->words(output, words.text);
}

void output_words(struct output *output, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_words(output, format, arguments);
	va_end(arguments);
}

void output_document(struct output *output, const char *bytes, size_t length)
{
	assert(output->settings.format == FORMAT_DOCUMENT);
	spool_add(&output->spool, bytes, length);
}

/* --- Writing --- */

enum status output_copy_spool(struct output *output, struct error *error)
{
	char bytes[COPY_SIZE];
	size_t length;

	while ((length = spool_read(&output->spool, bytes, sizeof bytes)) > 0) {
		enum status status = target_write(&output->target, bytes, length, error);
		if (status != STATUS_OK)
			return status;
	}
	return spool_status(&output->spool, error);
}

static enum status write_waiting(struct output *output, struct error *error)
{
	enum status status = spool_rewind(&output->spool, error);

	if (status == STATUS_OK && output->target.stream == NULL)
		status = target_open(&output->target, error);
	if (status == STATUS_OK)
		status = output->renderer->write(output, error);
	if (status == STATUS_OK)
		spool_clear(&output->spool);
	return status;
}

enum status output_row_end(struct output *output, struct error *error)
{
	assert(output->depth > 0);
	struct part *part = output_part(output);
	assert(part->is_list && part->next == part->count);
	begin_row(output);
	output->renderer->row_end(output);
	part->is_row_open = false;
	part->next = 0;
	part->rows++;
	if (!output->is_streaming || output->depth > 1)
		return spool_status(&output->spool, error);
	enum status status = write_waiting(output, error);
	if (status != STATUS_OK)
		return status;
	return target_flush(&output->target, error);
}

enum status output_words_now(struct output *output, struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_words(output, format, arguments);
	va_end(arguments);
	enum status status = write_waiting(output, error);
	if (status != STATUS_OK)
		return status;
	return target_flush(&output->target, error);
}

enum status output_finish(struct output *output, struct error *error)
{
	assert(output->depth == 0);
	enum status status = write_waiting(output, error);
	if (status != STATUS_OK)
		return status;
	return target_commit(&output->target, error);
}

/* --- Cells as text --- */

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static char digit(uint64_t value)
{
	return (char)('0' + value % 10);
}

void output_add_permille(struct str *str, int64_t value)
{
	uint64_t size = magnitude(value);

	if (value < 0)
		str_add_char(str, '-');
	str_add_integer(str, (int64_t)(size / 10));
	str_add_char(str, '.');
	str_add_char(str, digit(size));
}

void output_add_hundredths(struct str *str, int64_t value)
{
	uint64_t size = magnitude(value);

	if (value < 0)
		str_add_char(str, '-');
	str_add_integer(str, (int64_t)(size / 100));
	if (size % 100 == 0)
		return;
	str_add_char(str, '.');
	str_add_char(str, digit(size / 10));
	if (size % 10 != 0)
		str_add_char(str, digit(size));
}

void output_cell_text(struct output *output, const struct column *column, const struct cell *cell,
	bool is_iso, struct str *str)
{
	if (cell->kind == CELL_NULL)
		return;
	switch (column->kind) {
	case COLUMN_TEXT:
	case COLUMN_CODE:
	case COLUMN_SET:
		str_add(str, cell->text);
		break;
	case COLUMN_INTEGER:
		str_add_integer(str, cell->number);
		break;
	case COLUMN_PERMILLE:
		output_add_permille(str, cell->number);
		break;
	case COLUMN_HUNDREDTHS:
		output_add_hundredths(str, cell->number);
		break;
	case COLUMN_BOOLEAN:
		str_add(str, cell->number != 0 ? "yes" : "no");
		break;
	case COLUMN_TIME:
		if (is_iso)
			time_write_iso(output->zone, cell->number, str);
		else
			time_write_short(output->zone, cell->number, false, str);
		break;
	}
}

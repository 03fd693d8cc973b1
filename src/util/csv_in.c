/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/csv_in.h"

#include "util/csv_delimiter.h"
#include "util/file_kind.h"
#include "util/line_in.h"
#include "util/memory.h"
#include "util/row_builder.h"
#include "util/text.h"
#include "util/text_in.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_SIZE = 64 * 1024, /* by which libcsv's buffer grows */
};

static const char quotes_hint[] = "a cell with quotes in it is written \"like \"\"this\"\"\"";

/* libcsv is given one physical line at a time, or less: so the line of whatever it finds is
 * known, and at most one row is finished by a call. */
struct csv_in {
	struct text_in *text;
	struct line_in lines;
	struct csv_parser parser;
	char delimiter;

	size_t line_cells; /* cells that ended on the line being read */
	bool in_row;       /* a row began before what is read next */
	bool in_quote;     /* the line began inside a quoted cell … */
	size_t quote_line; /* … which opened here */

	struct row_builder *builder;
	size_t row_line;
	bool row_ended; /* libcsv saw the end of a row, or of an empty line */
	bool is_at_end;

	struct csv_row row;
	struct csv_row header;
	struct row_builder *header_builder; /* owns the header's cells */
	struct error failure;               /* what every further call gives */
};

/* --- Before parsing --- */

/* Looks at the first bytes, before anything is made of them; at as many however the file
 * comes, all at once or from a slow pipe. */
static enum status refuse_other_files(struct csv_in *in, struct error *error)
{
	enum status status = STATUS_OK;
	size_t length = 0;

	for (;;) {
		const char *window = text_in_window(in->text, &length);
		if (length >= FILE_KIND_BYTES || text_in_is_at_end(in->text))
			return file_kind_refuse(text_in_name(in->text), window,
				length < FILE_KIND_BYTES ? length : FILE_KIND_BYTES, error);
		status = text_in_more(in->text, error);
		if (status != STATUS_OK)
			return status;
	}
}

/* The file's own word on its delimiter is no row. */
static void take_delimiter_line(struct csv_in *in)
{
	char delimiter;
	size_t length;
	const char *window = text_in_window(in->text, &length);
	size_t line_length = csv_delimiters_line(window, length, &delimiter);

	if (line_length == 0)
		return;
	text_in_consume(in->text, line_length);
	in->lines.line++;
	if (in->delimiter == '\0')
		in->delimiter = delimiter;
}

static enum status find_delimiter(struct csv_in *in, struct error *error)
{
	for (;;) {
		size_t length;
		const char *window = text_in_window(in->text, &length);
		struct csv_delimiters found = csv_delimiters_count(window, length);
		if (found.has_end || text_in_is_at_end(in->text) || length > ROW_BYTES_MAX)
			return csv_delimiters_choose(&found, text_in_name(in->text), &in->delimiter,
				error);
		enum status status = text_in_more(in->text, error);
		if (status != STATUS_OK)
			return status;
	}
}

static enum status find_report_delimiter(struct csv_in *in, struct error *error)
{
	size_t length;
	enum status status = text_in_more(in->text, error);
	const char *window = text_in_window(in->text, &length);

	in->delimiter = csv_delimiter_of_report(window, length);
	return status;
}

/* --- Parsing --- */

static void take_cell(void *bytes, size_t length, void *data)
{
	struct csv_in *in = data;

	in->line_cells++;
	row_builder_add(in->builder, bytes, length);
}

static void take_row_end(int line_end, void *data)
{
	struct csv_in *in = data;

	(void)line_end;
	in->row_ended = true;
}

/* The line on which the quoted cell opened that has not ended yet. */
static size_t open_quote_line(const struct csv_in *in)
{
	return in->in_quote && in->line_cells == 0 ? in->quote_line : in->lines.line;
}

static enum status reject_at(const struct csv_in *in, size_t line, const char *problem,
	struct error *error)
{
	return error_set(error, STATUS_REJECTED, "%s:%zu: %s", text_in_name(in->text), line,
		problem);
}

static enum status reject_quote(const struct csv_in *in, const struct line_piece *piece, size_t at,
	struct error *error)
{
	(void)error_set(error, STATUS_REJECTED, "%s:%zu: byte %zu of the line: %s",
		text_in_name(in->text), in->lines.line, in->lines.offset + at + 1,
		piece->bytes[at] == '"' ? "a quote inside a cell that is not quoted"
					: "text behind a cell's closing quote");
	if (open_quote_line(in) != in->lines.line)
		return error_hint(error, "the quoted cell opened in line %zu", open_quote_line(in));
	return error_hint(error, "%s", quotes_hint);
}

static enum status reject_limit(const struct csv_in *in, const char *problem, struct error *error)
{
	size_t quote_line = open_quote_line(in);

	if (quote_line == in->lines.line)
		return reject_at(in, in->row_line, problem, error);
	(void)reject_at(in, quote_line, problem, error);
	return error_hint(error, "a quote opens here: is it closed?");
}

/* Gives the piece to libcsv and moves on. */
static enum status parse_piece(struct csv_in *in, const struct line_piece *piece,
	struct error *error)
{
	if (!in->in_row)
		in->row_line = in->lines.line;
	in->row_ended = false;
	size_t parsed =
		csv_parse(&in->parser, piece->bytes, piece->length, take_cell, take_row_end, in);
	if (parsed < piece->length)
		return reject_quote(in, piece, parsed, error);
	in->in_row = !in->row_ended;
	const char *limit = row_builder_limit(in->builder);
	if (limit == NULL && csv_get_buffer_size(&in->parser) > ROW_CELL_MAX + BLOCK_SIZE)
		limit = "a cell is longer than 1 MiB";
	if (limit != NULL)
		return reject_limit(in, limit, error);
	if (piece->ends_line) {
		/* A line that does not end its row ends inside a quoted cell. */
		in->quote_line = open_quote_line(in);
		in->in_quote = in->in_row;
		in->line_cells = 0;
	}
	line_in_consume(&in->lines, piece);
	return STATUS_OK;
}

/* Ends the last row of a file without a line end. */
static enum status parse_end(struct csv_in *in, struct error *error)
{
	in->is_at_end = true;
	if (csv_fini(&in->parser, take_cell, take_row_end, in) != 0) {
		(void)reject_at(in, open_quote_line(in), "a quote opens here and is never closed",
			error);
		return error_hint(error, "%s", quotes_hint);
	}
	const char *limit = row_builder_limit(in->builder);
	return limit != NULL ? reject_limit(in, limit, error) : STATUS_OK;
}

/* Reads a row that is not empty into the builder; *ret_is_row is false at the end. */
static enum status read_row(struct csv_in *in, bool *ret_is_row, struct error *error)
{
	row_builder_clear(in->builder);
	while (!in->is_at_end) {
		struct line_piece piece;
		enum status status = line_in_next(&in->lines, &piece, error);
		if (status == STATUS_OK)
			status = piece.length > 0 ? parse_piece(in, &piece, error)
						  : parse_end(in, error);
		if (status != STATUS_OK)
			return status;
		if (!in->row_ended && !in->is_at_end)
			continue;
		if (row_builder_has_text(in->builder)) {
			*ret_is_row = true;
			return STATUS_OK;
		}
		row_builder_clear(in->builder);
	}
	*ret_is_row = false;
	if (!text_in_is_misnamed(in->text))
		return STATUS_OK;
	(void)error_set(error, STATUS_REJECTED, "%s: is in UTF-8, not in %s",
		text_in_name(in->text), text_in_encoding(in->text));
	return error_hint(error, "leave --encoding out");
}

enum status csv_in_next(struct csv_in *in, const struct csv_row **ret_row, struct error *error)
{
	bool is_row = false;

	if (in->failure.status == STATUS_OK)
		(void)read_row(in, &is_row, &in->failure);
	if (in->failure.status != STATUS_OK) {
		*error = in->failure;
		return error->status;
	}
	*ret_row = NULL;
	if (is_row) {
		row_builder_finish(in->builder, in->row_line, &in->row);
		*ret_row = &in->row;
	}
	return STATUS_OK;
}

/* --- The header --- */

static enum status check_header_cells(const struct csv_in *in, struct error *error)
{
	for (size_t i = 0; i < in->header.width; i++) {
		if (in->header.cells[i][0] == '\0')
			return error_set(error, STATUS_REJECTED, "%s:%zu: column %zu has no header",
				text_in_name(in->text), in->header.line, i + 1);
	}
	return STATUS_OK;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The first key that stands twice among the keys, which are sorted; or NULL. */
static const char *find_doubled(const char *const *sorted, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (strcmp(sorted[i - 1], sorted[i]) == 0)
			return sorted[i];
	}
	return NULL;
}

static enum status reject_doubled(const struct csv_in *in, char *const *keys, const char *doubled,
	struct error *error)
{
	size_t first = 0;

	while (strcmp(keys[first], doubled) != 0)
		first++;
	size_t second = first + 1;
	while (strcmp(keys[second], doubled) != 0)
		second++;
	(void)error_set(error, STATUS_REJECTED,
		"%s:%zu: header '%s' stands twice: columns %zu and %zu", text_in_name(in->text),
		in->header.line, in->header.cells[first], first + 1, second + 1);
	return error_hint(error, "choose one: --map FIELD='%s#1' --ignore '%s#2'",
		in->header.cells[first], in->header.cells[first]);
}

/* Headers are the same if they differ in case alone. */
static enum status check_header_doubles(const struct csv_in *in, struct error *error)
{
	size_t width = in->header.width;
	char **keys = xcalloc(width, sizeof *keys);
	const char **sorted = xcalloc(width, sizeof *sorted);
	enum status status = STATUS_OK;

	for (size_t i = 0; i < width; i++) {
		struct str key = STR_INIT;
		text_fold(in->header.cells[i], &key);
		keys[i] = str_steal(&key);
		sorted[i] = keys[i];
	}
	qsort(sorted, width, sizeof *sorted, compare_keys);
	const char *doubled = find_doubled(sorted, width);
	if (doubled != NULL)
		status = reject_doubled(in, keys, doubled, error);
	for (size_t i = 0; i < width; i++)
		free(keys[i]);
	free(keys);
	free(sorted);
	return status;
}

static enum status read_header(struct csv_in *in, const struct csv_in_options *options,
	struct error *error)
{
	bool is_row = options->header != NULL;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < options->header_count; i++)
		row_builder_add(in->builder, options->header[i], strlen(options->header[i]));
	if (!is_row)
		status = read_row(in, &is_row, error);
	if (status != STATUS_OK)
		return status;
	if (!is_row)
		return error_set(error, STATUS_REJECTED, "%s: is empty: there is no header row",
			text_in_name(in->text));
	/* The cells stay with the builder that made them; the rows get another. */
	row_builder_finish(in->builder, in->row_line, &in->header);
	in->header_builder = in->builder;
	in->builder = row_builder_new();
	if (options->takes_any_header)
		return STATUS_OK;
	status = check_header_cells(in, error);
	if (status == STATUS_OK)
		status = check_header_doubles(in, error);
	return status;
}

/* --- Opening --- */

static void *resize(void *memory, size_t size)
{
	return xreallocarray(memory, size, 1);
}

static void start_parser(struct csv_in *in)
{
	/* Both strict flags: without the second an unterminated quote is accepted. The line
	 * ends are reported so that an empty line is seen to end. */
	(void)csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_realloc_func(&in->parser, resize);
	csv_set_blk_size(&in->parser, BLOCK_SIZE);
	csv_set_delim(&in->parser, (unsigned char)in->delimiter);
}

enum status csv_in_check_encoding(const char *name, struct error *error)
{
	return text_in_check_encoding(name, error);
}

enum status csv_in_open(const char *path, const struct csv_in_options *options,
	struct csv_in **ret_in, struct error *error)
{
	struct text_in *text = NULL;

	enum status status = (options->is_report ? text_in_open_lenient : text_in_open)(path,
		options->encoding, &text, error);
	return status == STATUS_OK ? csv_in_open_text(text, options, ret_in, error) : status;
}

enum status csv_in_open_text(struct text_in *text, const struct csv_in_options *options,
	struct csv_in **ret_in, struct error *error)
{
	CLEANUP(csv_in_closep) struct csv_in *in = xcalloc(1, sizeof *in);

	in->text = text;
	in->delimiter = options->delimiter;
	in->builder = row_builder_new();
	enum status status = refuse_other_files(in, error);
	if (status != STATUS_OK)
		return status;
	in->lines = (struct line_in){ .text = in->text, .line = 1 };
	take_delimiter_line(in);
	if (in->delimiter == '\0')
		status = options->is_report ? find_report_delimiter(in, error)
					    : find_delimiter(in, error);
	if (status != STATUS_OK)
		return status;
	start_parser(in);
	if (!options->is_report)
		status = read_header(in, options, error);
	if (status != STATUS_OK)
		return status;
	*ret_in = in;
	in = NULL;
	return STATUS_OK;
}

void csv_in_close(struct csv_in *in)
{
	if (in == NULL)
		return;
	csv_free(&in->parser);
	row_builder_free(in->builder);
	row_builder_free(in->header_builder);
	text_in_close(in->text);
	free(in);
}

void csv_in_closep(struct csv_in **in)
{
	csv_in_close(*in);
	*in = NULL;
}

/* --- What it is --- */

const struct csv_row *csv_in_header(const struct csv_in *in)
{
	return &in->header;
}

const char *csv_in_name(const struct csv_in *in)
{
	return text_in_name(in->text);
}

char csv_in_delimiter(const struct csv_in *in)
{
	return in->delimiter;
}

const char *csv_in_encoding(const struct csv_in *in)
{
	return text_in_encoding(in->text);
}

int64_t csv_in_nul_count(const struct csv_in *in)
{
	return text_in_nul_count(in->text);
}

int64_t csv_in_bytes_read(const struct csv_in *in)
{
	return text_in_bytes_read(in->text);
}

int64_t csv_in_bytes_total(const struct csv_in *in)
{
	return text_in_bytes_total(in->text);
}

void csv_in_digest(const struct csv_in *in, unsigned char ret_digest[static 32])
{
	text_in_digest(in->text, ret_digest);
}

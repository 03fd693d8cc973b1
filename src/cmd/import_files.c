/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd/import_rows.h"

#include "cmd/token_rows.h"
#include "cmd/waiting.h"
#include "util/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool are_same_file(const char *a, const char *b)
{
	struct stat left;
	struct stat right;

	return strcmp(a, b) == 0 ||
	       (stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
		       left.st_ino == right.st_ino);
}

static enum status check_path(const struct context *context, const char *name, struct error *error)
{
	const char *path = options_text(context->options, name);

	if (path == NULL)
		return STATUS_OK;
	if (are_same_file(path, context->db_path))
		return error_set(error, STATUS_USAGE, "--%s: '%s' is the database", name, path);
	if (are_same_file(path, context->key_path))
		return error_set(error, STATUS_USAGE, "--%s: '%s' is the key file", name, path);
	return STATUS_OK;
}

enum status side_files_check(const struct context *context, struct error *error)
{
	const char *rejects = options_text(context->options, "rejects");
	const char *tokens = options_text(context->options, "tokens");
	enum status status = check_path(context, "rejects", error);

	if (status == STATUS_OK)
		status = check_path(context, "tokens", error);
	if (status == STATUS_OK && rejects != NULL && tokens != NULL &&
		are_same_file(rejects, tokens))
		return error_set(error, STATUS_USAGE, "--rejects and --tokens are both '%s'",
			tokens);
	return status;
}

static enum status open_file(const struct context *context, const char *name, bool is_private,
	struct output **ret_output, struct error *error)
{
	const struct output_settings settings = {
		.format = FORMAT_CSV,
		.path = options_text(context->options, name),
		.is_private = is_private,
		.csv_crlf = options_flag(context->options, "crlf"),
		.csv_bom = options_flag(context->options, "bom"),
		.csv_raw = options_flag(context->options, "raw"),
	};

	if (settings.path == NULL)
		return STATUS_OK;
	return output_open(&settings, ret_output, error);
}

enum status side_files_open(struct side_files *files, const struct context *context,
	const struct key *key, struct db *db, struct error *error)
{
	files->context = context;
	enum status status = open_file(context, "rejects", false, &files->rejects, error);
	if (status == STATUS_OK)
		status = open_file(context, "tokens", true, &files->tokens, error);
	if (status != STATUS_OK || files->tokens == NULL)
		return status;
	files->key = key;
	if (key == NULL) {
		status = key_load(context->key_path, &files->loaded_key, error);
		files->key = files->loaded_key;
	}
	if (status == STATUS_OK)
		status = key_check(files->key, context->key_path, db, error);
	return status;
}

/* --- Bad rows --- */

/* Import takes one `'` off a cell that a spreadsheet would run without it, and the output
 * puts one before: a cell that came with it goes out as it came. */
static const char *without_guard(const char *cell)
{
	size_t quotes = strspn(cell, "'");

	return quotes > 0 && cell[quotes] != '\0' && strchr("=+-@\t\r", cell[quotes]) != NULL
		       ? cell + 1
		       : cell;
}

static enum status put_reject(const char *const *cells, size_t count, const char *problem,
	void *data, struct error *error)
{
	const struct side_files *files = data;
	bool is_raw = options_flag(files->context->options, "raw");

	for (size_t i = 0; i < count; i++)
		output_text(files->rejects, is_raw ? cells[i] : without_guard(cells[i]));
	output_text(files->rejects, problem);
	return output_row_end(files->rejects, error);
}

enum status side_files_rejects(struct side_files *files, struct import *import, struct error *error)
{
	bool is_raw = options_flag(files->context->options, "raw");
	size_t count;

	if (files->rejects == NULL)
		return STATUS_OK;
	const char *const *header = import_header(import, 0, &count);
	struct column *columns = xcalloc(count + 1, sizeof *columns);
	for (size_t i = 0; i < count; i++)
		columns[i].key = is_raw ? header[i] : without_guard(header[i]);
	columns[count].key = "error";
	output_list_begin(files->rejects, NULL, NULL, columns, count + 1);
	enum status status = import_rejects(import, 0, put_reject, files, error);
	if (status == STATUS_OK)
		output_list_end(files->rejects);
	files->has_rejects = status == STATUS_OK;
	free(columns);
	return status;
}

/* --- Tokens --- */

enum status side_files_tokens(struct side_files *files, struct db *db, int64_t event_id,
	struct error *error)
{
	int64_t without_token;

	if (files->tokens == NULL)
		return STATUS_OK;
	enum status status = token_put_list(files->tokens, db, event_id, files->key, say_doors_wait,
		(void *)files->context, &without_token, error);
	files->has_tokens = status == STATUS_OK;
	return status;
}

/* --- Their end --- */

enum status side_files_finish(struct side_files *files, struct error *error)
{
	enum status status = STATUS_OK;

	if (files->has_rejects)
		status = output_finish(files->rejects, error);
	if (status == STATUS_OK && files->has_tokens)
		status = output_finish(files->tokens, error);
	return status;
}

void side_files_close(struct side_files *files)
{
	output_close(files->rejects);
	output_close(files->tokens);
	key_free(files->loaded_key);
}

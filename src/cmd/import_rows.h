/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How an import reports: what became of each file, what is wrong, and the files that it
 * writes besides (bad rows, tokens).
 */
#ifndef REGTOOL_CMD_IMPORT_ROWS_H
#define REGTOOL_CMD_IMPORT_ROWS_H

#include "cli/command.h"
#include "core/import.h"
#include "core/key.h"

/* A report for each file, with its errors. */
enum status import_put_reports(struct output *output, struct import *import, bool is_dry,
	struct error *error);
/* How many wait, and whom of the waiting list it gave a seat; while the database is open. */
enum status import_say_seats(const struct context *context, struct db *db,
	const struct import *import, bool is_dry, struct error *error);
/* The first errors on standard error, and how many more there are. */
enum status import_say_errors(const struct diagnostics *diagnostics, struct import *import,
	struct error *error);
/* The rows that were left out since their people asked to be forgotten. */
enum status import_say_erased(const struct diagnostics *diagnostics, struct import *import,
	struct error *error);
/* Why nothing was written, in one sentence. */
void import_explain_refusal(const struct import *import, struct error *ret_refusal);

/* The files written besides: --rejects and --tokens. */
struct side_files {
	const struct context *context;
	struct output *rejects; /* NULL: not wanted */
	struct output *tokens;  /* NULL: not wanted */
	bool has_rejects;       /* put, to be written */
	bool has_tokens;
	struct key *loaded_key;
	const struct key *key;
};

/* Finds wrong what can be before the database is opened. */
enum status side_files_check(const struct context *context, struct error *error);
/* Opens those that are wanted. The token list needs the key: STATUS_KEY before anything is
 * written. `key` may be NULL: loaded. */
enum status side_files_open(struct side_files *files, const struct context *context,
	const struct key *key, struct db *db, struct error *error);
enum status side_files_rejects(struct side_files *files, struct import *import,
	struct error *error);
enum status side_files_tokens(struct side_files *files, struct db *db, int64_t event_id,
	struct error *error);
/* Puts them in their places. */
enum status side_files_finish(struct side_files *files, struct error *error);
void side_files_close(struct side_files *files);

#endif

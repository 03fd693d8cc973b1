/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole database copied page by page, for backups and for checks that would hold up the
 * doors if they ran on the original.
 */
#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum {
	PAGES_A_SLICE = 2000, /* 8 MiB: some milliseconds */
	RESTARTS_MAX = 3,     /* then in one step */
};

/* Copies in slices. A commit by another process makes SQLite begin again, which shows as
 * more pages remaining than before; *ret_restarts counts that. */
static int copy_in_slices(sqlite3_backup *backup, int *ret_restarts)
{
	int remaining = -1;
	int result;

	*ret_restarts = 0;
	do {
		result = sqlite3_backup_step(backup, PAGES_A_SLICE);
		int left = sqlite3_backup_remaining(backup);
		if (remaining >= 0 && left >= remaining && result == SQLITE_OK)
			(*ret_restarts)++;
		remaining = left;
	} while (result == SQLITE_OK && *ret_restarts < RESTARTS_MAX);
	return result;
}

static enum status copy_pages(struct db *db, struct db *copy, void (*notice)(void *data),
	void *data, struct error *error)
{
	int restarts = 0;

	sqlite3_backup *backup = sqlite3_backup_init(copy->handle, "main", db->handle, "main");
	if (backup == NULL)
		return db_fail(copy, sqlite3_extended_errcode(copy->handle), error);
	int result = copy_in_slices(backup, &restarts);
	if (result == SQLITE_OK) {
		if (notice != NULL)
			notice(data);
		/* All that is left in one step: commits wait until it has come to its end. */
		result = sqlite3_backup_step(backup, -1);
	}
	int finished = sqlite3_backup_finish(backup);
	if (result == SQLITE_DONE)
		return STATUS_OK;
	if (finished != SQLITE_OK)
		result = finished;
	return db_fail((result & 0xff) == SQLITE_FULL ? copy : db, result, error);
}

/* Where the copy is to stand there must be nothing, not even an empty file. */
static enum status refuse_existing(const char *path, struct error *error)
{
	struct stat there;

	if (lstat(path, &there) == 0)
		return error_set(error, STATUS_EXISTS, "%s: exists already", path);
	return errno == ENOENT ? STATUS_OK : error_set_errno(error, STATUS_IO, "%s", path);
}

enum status db_copy(struct db *db, const char *path_or_null, void (*notice)(void *data), void *data,
	struct db **ret_copy, struct error *error)
{
	CLEANUP(db_closep)
	struct db *copy = db_new(path_or_null != NULL ? DB_NEW : DB_SCRATCH, NULL);
	enum status status = STATUS_OK;

	copy->source = db_path(db) != NULL ? xstrdup(db_path(db)) : NULL;
	if (path_or_null != NULL) {
		status = refuse_existing(path_or_null, error);
		if (status == STATUS_OK)
			status = db_make_place(copy, path_or_null, error);
	}
	if (status == STATUS_OK)
		status = db_connect(copy, error);
	if (status == STATUS_OK)
		status = copy_pages(db, copy, notice, data, error);
	if (status != STATUS_OK)
		return status;
	*ret_copy = copy;
	copy = NULL;
	return STATUS_OK;
}

/* Lends each line of the engine's report; its headings say nothing. */
static void lend_lines(const char *report, void (*found)(void *data, const char *sentence),
	void *data)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	while (*report != '\0') {
		size_t length = strcspn(report, "\n");

		str_clear(&line);
		str_add_bytes(&line, report, length);
		if (length > 0 && strncmp(line.text, "***", 3) != 0)
			found(data, line.text);
		report += length;
		report += *report == '\n' ? 1 : 0;
	}
}

/* Runs a constant statement whose rows are one text, and lends those but "ok". */
static enum status lend_report(struct db *db, const char *sql,
	void (*found)(void *data, const char *sentence), void *data, struct error *error)
{
	sqlite3_stmt *statement = NULL;

	int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		const char *text = result == SQLITE_ROW
					   ? (const char *)sqlite3_column_text(statement, 0)
					   : NULL;
		if (text != NULL && strcmp(text, "ok") != 0)
			lend_lines(text, found, data);
	}
	/* Before finalizing, which may replace the connection's message. */
	enum status status = result == SQLITE_DONE ? STATUS_OK : db_fail(db, result, error);
	(void)sqlite3_finalize(statement);
	return status;
}

enum status db_check_structure(struct db *db, bool quick,
	void (*found)(void *data, const char *sentence), void *data, struct error *error)
{
	enum status status =
		lend_report(db, quick ? "PRAGMA quick_check(100)" : "PRAGMA integrity_check(100)",
			found, data, error);

	if (status == STATUS_OK)
		status = lend_report(db,
			"SELECT printf('a row of %s (number %s) points at a row of %s that is not"
			" there', \"table\", ifnull(rowid, '?'), parent)"
			" FROM pragma_foreign_key_check LIMIT 100",
			found, data, error);
	return status;
}

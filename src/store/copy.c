/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole database copied page by page, for backups and for checks that would hold up the
 * doors if they ran on the original.
 */
#include "store/db_private.h"
#include "util/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PAGES_A_SLICE = 2000, /* 8 MiB: some milliseconds */
	RESTARTS_MAX = 3,     /* then under the write lock */
};

/* Copies all pages in one go; the source is locked meanwhile. */
static int copy_at_once(sqlite3_backup *backup)
{
	int result;

	do {
		result = sqlite3_backup_step(backup, -1);
	} while (result == SQLITE_OK);
	return result;
}

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
	CLEANUP(transaction_end) struct transaction lock = TRANSACTION_INIT;
	int restarts = 0;
	enum status status = STATUS_OK;

	sqlite3_backup *backup = sqlite3_backup_init(copy->handle, "main", db->handle, "main");
	if (backup == NULL)
		return db_fail(copy, sqlite3_extended_errcode(copy->handle), error);
	int result = copy_in_slices(backup, &restarts);
	if (result == SQLITE_OK) {
		if (notice != NULL)
			notice(data);
		/* Writers wait in the queue, so that the copy comes to its end. A reading
		 * connection has no queue: its one read transaction does the same. */
		status = db->mode == DB_READ ? transaction_begin_read(&lock, db, error)
					     : transaction_begin_write(&lock, db, error);
		if (status == STATUS_OK)
			result = copy_at_once(backup);
	}
	int finished = sqlite3_backup_finish(backup);
	if (status != STATUS_OK)
		return status;
	if (result != SQLITE_DONE)
		return db_fail(db, finished != SQLITE_OK ? finished : result, error);
	return STATUS_OK;
}

/* An empty file for a copy: private, and not there before. */
static enum status make_file(const char *path, struct error *error)
{
	int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (descriptor < 0)
		return error_set_errno(error, errno == EEXIST ? STATUS_EXISTS : STATUS_IO, "%s",
			path);
	(void)close(descriptor);
	return STATUS_OK;
}

/* A connection for the copy alone: no schema is expected of it yet. */
static enum status open_copy(const char *path_or_null, struct db **ret_copy, struct error *error)
{
	CLEANUP(db_closep) struct db *copy = xcalloc(1, sizeof *copy);

	copy->mode = DB_SCRATCH;
	copy->queue = -1;
	copy->wait_ms = WAIT_DEFAULT_MS;
	for (int i = 0; i < QUERY_COUNT; i++)
		copy->queries[i].db = copy;
	if (path_or_null != NULL)
		copy->path = xstrdup(path_or_null);
	int result = sqlite3_open_v2(path_or_null != NULL ? path_or_null : "", &copy->handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (result != SQLITE_OK)
		return db_fail(copy, result, error);
	(void)sqlite3_extended_result_codes(copy->handle, 1);
	enum status status = db_apply_settings(copy, error);
	if (status != STATUS_OK)
		return status;
	*ret_copy = copy;
	copy = NULL;
	return STATUS_OK;
}

enum status db_copy(struct db *db, const char *path_or_null, void (*notice)(void *data), void *data,
	struct db **ret_copy_or_null, struct error *error)
{
	CLEANUP(db_closep) struct db *copy = NULL;
	enum status status = STATUS_OK;

	if (path_or_null != NULL)
		status = make_file(path_or_null, error);
	if (status != STATUS_OK)
		return status;
	status = open_copy(path_or_null, &copy, error);
	if (status == STATUS_OK)
		status = copy_pages(db, copy, notice, data, error);
	if (status == STATUS_OK && path_or_null != NULL && ret_copy_or_null == NULL) {
		db_close(copy);
		copy = NULL;
		status = db_sync_path(path_or_null, error);
	}
	if (status != STATUS_OK) {
		if (path_or_null != NULL)
			(void)unlink(path_or_null);
		return status;
	}
	if (ret_copy_or_null != NULL) {
		*ret_copy_or_null = copy;
		copy = NULL;
	}
	return STATUS_OK;
}

enum status db_check_structure(struct db *db, bool quick,
	void (*found)(void *data, const char *sentence), void *data, struct error *error)
{
	static const char *const pragmas[] = {
		"PRAGMA integrity_check(100)",
		"PRAGMA quick_check(100)",
	};
	sqlite3_stmt *statement = NULL;

	int result = sqlite3_prepare_v2(db->handle, pragmas[quick ? 1 : 0], -1, &statement, NULL);
	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		const char *text = result == SQLITE_ROW
					   ? (const char *)sqlite3_column_text(statement, 0)
					   : NULL;
		if (text != NULL && strcmp(text, "ok") != 0)
			found(data, text);
	}
	(void)sqlite3_finalize(statement);
	if (result != SQLITE_DONE)
		return db_fail(db, result, error);
	statement = NULL;
	result = sqlite3_prepare_v2(db->handle,
		"SELECT printf('a row of %s (number %s) points at a row of %s that is not there',"
		" \"table\", ifnull(rowid, '?'), parent) FROM pragma_foreign_key_check LIMIT 100",
		-1, &statement, NULL);
	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		if (result == SQLITE_ROW)
			found(data, (const char *)sqlite3_column_text(statement, 0));
	}
	(void)sqlite3_finalize(statement);
	return result == SQLITE_DONE ? STATUS_OK : db_fail(db, result, error);
}

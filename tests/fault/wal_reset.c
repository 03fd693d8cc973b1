/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The WAL-reset fault of SQLite before 3.44.6, 3.50.7 and 3.51.3: a checkpoint reads the header of
 * the wal-index, and then how far the last one came, without the write lock; a commit that begins
 * the WAL anew in between makes it copy frames that are no more, and take later ones for copied.
 * Here that commit is made at exactly that moment. With WAL it damages the file, where SQLite has
 * the fault, which shows that the moment is the right one; with regtool's settings nothing is
 * lost, also where another program had switched the file to WAL.
 */
#include "store/db.h"
#include "store/db_private.h"

#include "place.h"

#include <stdio.h>
#include <string.h>

enum {
	ROWS_FIRST = 400, /* fill the WAL */
	ROWS_BETWEEN = 5,
	ROWS_AFTER = 50,
	ROWS = ROWS_FIRST + ROWS_BETWEEN + ROWS_AFTER,
};

static sqlite3_io_methods hooked;
static const sqlite3_io_methods *original;
static sqlite3 *committer; /* NULL: nothing to be done at the moment */
static int moments;
static int next_row;

static void execute(sqlite3 *handle, const char *sql)
{
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		place_fail("%s: %s", sql, sqlite3_errmsg(handle));
}

/* Addresses in no order, so that each commit changes pages all over the index. */
static void add_people(sqlite3 *handle, int count)
{
	execute(handle, "BEGIN IMMEDIATE");
	for (int i = 0; i < count; i++, next_row++) {
		char sql[200];
		unsigned word = (unsigned)next_row * 2654435761U;
		(void)snprintf(sql, sizeof sql,
			"INSERT INTO person (email, email_key, name)"
			" VALUES ('%08x@x', '%08x@x', 'P')",
			word, word);
		execute(handle, sql);
	}
	execute(handle, "COMMIT");
}

/* SQLite calls it in a checkpoint after the first of the two reads. */
static int unfetch(sqlite3_file *file, sqlite3_int64 offset, void *page)
{
	sqlite3 *handle = committer;

	committer = NULL;
	if (handle != NULL) {
		moments++;
		add_people(handle, ROWS_BETWEEN);
	}
	return original->xUnfetch(file, offset, page);
}

static void hook(sqlite3 *handle)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
		place_fail("no file");
	original = file->pMethods;
	hooked = *original;
	hooked.xUnfetch = unfetch;
	file->pMethods = &hooked;
}

/* The schedule, on two connections to one file. */
static void play(sqlite3 *checkpointer, sqlite3 *writer)
{
	moments = 0;
	next_row = 0;
	hook(checkpointer);
	execute(checkpointer, "SELECT count(*) FROM person");
	add_people(writer, ROWS_FIRST);
	execute(writer, "PRAGMA wal_checkpoint(PASSIVE)");
	committer = writer;
	execute(checkpointer, "PRAGMA wal_checkpoint(PASSIVE)");
	committer = NULL;
	if (next_row == ROWS_FIRST) /* there was no such moment */
		add_people(writer, ROWS_BETWEEN);
	add_people(writer, ROWS_AFTER);
	execute(writer, "PRAGMA wal_checkpoint(PASSIVE)");
}

/* Whether all rows are there, and each index has them. */
static bool is_whole(const char *path)
{
	return state_number(path, "SELECT count(*) FROM person") == ROWS &&
	       state_number(path, "SELECT count(*) FROM person NOT INDEXED") == ROWS &&
	       state_number(path,
		       "SELECT integrity_check = 'ok' FROM pragma_integrity_check LIMIT 1") == 1;
}

static sqlite3 *open_with_wal(const char *path)
{
	sqlite3 *handle = NULL;

	if (sqlite3_open(path, &handle) != SQLITE_OK)
		place_fail("%s: %s", path, sqlite3_errmsg(handle));
	execute(handle, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0");
	return handle;
}

static bool survives_with_wal(const char *path)
{
	sqlite3 *checkpointer = open_with_wal(path);
	sqlite3 *writer = open_with_wal(path);

	play(checkpointer, writer);
	(void)sqlite3_close(checkpointer);
	(void)sqlite3_close(writer);
	if (moments != 1)
		place_fail("the moment did not come: this SQLite works otherwise");
	return is_whole(path);
}

static bool survives_with_ours(const char *path)
{
	struct error error = ERROR_INIT;
	struct db *checkpointer = NULL;
	struct db *writer = NULL;

	if (db_open(path, DB_WRITE, NULL, &checkpointer, &error) != STATUS_OK ||
		db_open(path, DB_WRITE, NULL, &writer, &error) != STATUS_OK)
		place_fail("%s", error.message);
	play(checkpointer->handle, writer->handle);
	db_close(checkpointer);
	db_close(writer);
	return is_whole(path) && moments == 0;
}

static bool has_fix(void)
{
	int version = sqlite3_libversion_number();

	return version >= 3051003 || (version >= 3050007 && version < 3051000) ||
	       (version >= 3044006 && version < 3045000);
}

int main(void)
{
	const char *folder = place_make();
	char wal[300];
	char ours[300];

	(void)snprintf(wal, sizeof wal, "%s/wal.db", folder);
	(void)snprintf(ours, sizeof ours, "%s/ours.db", folder);
	run_script(folder,
		"$REGTOOL -q -d ours.db init --event e --timezone UTC 2>/dev/null;"
		"sqlite3 ours.db 'PRAGMA journal_mode=WAL' >/dev/null; cp ours.db wal.db");
	bool wal_survives = survives_with_wal(wal);
	bool ours_survives = survives_with_ours(ours);
	(void)printf("SQLite %s: a WAL %s; with regtool's settings %s\n", sqlite3_libversion(),
		wal_survives ? "stays whole" : "is damaged",
		ours_survives ? "the file stays whole" : "the file is damaged");
	if (!ours_survives)
		(void)printf("not ok: the settings do not keep the file whole\n");
	if (wal_survives != has_fix())
		(void)printf("not ok: should a WAL %s\n",
			has_fix() ? "be damaged with the fix?" : "stay whole without it?");
	place_remove(folder);
	return ours_survives && wal_survives == has_fix() ? 0 : 1;
}

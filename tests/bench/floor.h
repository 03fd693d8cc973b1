/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the floors share. A floor is the least program that does the same durable work as a
 * command, with the bare libraries: it trusts its input, looks at nothing twice and ends at the
 * first failure. What makes a commit durable (journal, sync, cache) it has as regtool has it
 * (src/store/settings.c), or the comparison would say nothing.
 */
#ifndef REGTOOL_TESTS_FLOOR_H
#define REGTOOL_TESTS_FLOOR_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static inline void floor_claim(int result, int wanted, sqlite3 *db)
{
	if (result == wanted)
		return;
	(void)fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
	exit(EXIT_FAILURE);
}

static inline void floor_run(sqlite3 *db, const char *sql)
{
	floor_claim(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, db);
}

static inline sqlite3 *floor_open(const char *path)
{
	sqlite3 *db = NULL;

	floor_claim(sqlite3_open_v2(path, &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL),
		SQLITE_OK, db);
	floor_run(db, "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;"
		      "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-16384;"
		      "PRAGMA temp_store=FILE");
	return db;
}

static inline sqlite3_stmt *floor_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	floor_claim(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL),
		SQLITE_OK, db);
	return statement;
}

static inline void floor_close(sqlite3 *db)
{
	sqlite3_stmt *statement = NULL;

	while ((statement = sqlite3_next_stmt(db, NULL)) != NULL)
		(void)sqlite3_finalize(statement);
	(void)sqlite3_close(db);
}

#endif

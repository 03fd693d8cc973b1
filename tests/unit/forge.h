/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes a database behind regtool's back, as somebody with another program would: the
 * triggers that refuse it are taken away and put back, so that the schema shows nothing.
 */
#ifndef REGTOOL_TESTS_FORGE_H
#define REGTOOL_TESTS_FORGE_H

#include "support.h"

static inline void forge_run(sqlite3 *handle, const char *sql)
{
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
}

static inline void forge(const char *path, const char *sql)
{
	enum {
		TRIGGERS_MAX = 16,
	};
	sqlite3 *handle = NULL;
	sqlite3_stmt *statement = NULL;
	char *made[TRIGGERS_MAX];
	char *dropped[TRIGGERS_MAX];
	size_t count = 0;

	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(handle,
				 "SELECT sql, 'DROP TRIGGER ' || name FROM sqlite_schema"
				 " WHERE type = 'trigger'",
				 -1, &statement, NULL),
		SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		assert_true(count < TRIGGERS_MAX);
		made[count] = strdup((const char *)sqlite3_column_text(statement, 0));
		dropped[count++] = strdup((const char *)sqlite3_column_text(statement, 1));
	}
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	for (size_t i = 0; i < count; i++)
		forge_run(handle, dropped[i]);
	forge_run(handle, sql);
	for (size_t i = 0; i < count; i++) {
		forge_run(handle, made[i]);
		free(made[i]);
		free(dropped[i]);
	}
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

#endif

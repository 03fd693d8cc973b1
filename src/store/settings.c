/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What makes a connection safe, set and read back.
 */
#include "store/db_private.h"

#include <string.h>

struct setting {
	const char *set; /* may be NULL: only read back */
	const char *read;
	int64_t wanted;
};

static const struct setting file_settings[] = {
	{ "PRAGMA synchronous=EXTRA", "PRAGMA synchronous", 3 },
	{ "PRAGMA fullfsync=ON", "PRAGMA fullfsync", 1 },
};

/* A file that nobody else sees is synced once, when it is put in its place. */
static const struct setting private_settings[] = {
	{ "PRAGMA synchronous=OFF", "PRAGMA synchronous", 0 },
};

static const struct setting common_settings[] = {
	{ NULL, "PRAGMA foreign_keys", 1 },
	{ "PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", 1 },
	{ "PRAGMA secure_delete=ON", "PRAGMA secure_delete", 1 },
	{ "PRAGMA mmap_size=0", NULL, 0 },
	{ "PRAGMA temp_store=FILE", "PRAGMA temp_store", 1 },
	{ "PRAGMA cache_size=-16384", "PRAGMA cache_size", -16384 },
};

static enum status apply(struct db *db, const struct setting *settings, size_t count,
	struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		int64_t value = settings[i].wanted;
		enum status status = STATUS_OK;
		if (settings[i].set != NULL)
			status = db_execute(db, settings[i].set, error);
		if (status == STATUS_OK && settings[i].read != NULL)
			status = db_execute_integer(db, settings[i].read, &value, error);
		if (status != STATUS_OK)
			return status;
		if (value != settings[i].wanted)
			return error_set(error, STATUS_DATABASE,
				"this SQLite (%s) does not take the setting '%s'",
				sqlite3_libversion(), settings[i].read);
	}
	return STATUS_OK;
}

static enum status apply_switches(struct db *db, struct error *error)
{
	static const struct {
		int option;
		int wanted;
	} switches[] = {
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
	};
	static const struct {
		int limit;
		int value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024 },
		{ SQLITE_LIMIT_SQL_LENGTH, 100 * 1000 },
		{ SQLITE_LIMIT_COLUMN, 100 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 10 },
		{ SQLITE_LIMIT_VDBE_OP, 25000 },
		{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
		int is_on = -1;
		int result = sqlite3_db_config(db->handle, switches[i].option, switches[i].wanted,
			&is_on);
		if (result != SQLITE_OK || is_on != switches[i].wanted)
			return error_set(error, STATUS_DATABASE,
				"this SQLite (%s) does not take the safety switch %d",
				sqlite3_libversion(), switches[i].option);
	}
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		(void)sqlite3_limit(db->handle, limits[i].limit, limits[i].value);
	return STATUS_OK;
}

/* The journal: TRUNCATE with EXTRA makes an acknowledged commit durable, and is not touched
 * by the WAL-reset fault of SQLite before 3.44.6, 3.50.7 and 3.51.3. A new database has next
 * to nothing to keep in one; of a copy on which a large change is tried it would not fit
 * into memory. */
static enum status apply_journal(struct db *db, struct error *error)
{
	const char *sql =
		db->mode == DB_NEW ? "PRAGMA journal_mode=MEMORY" : "PRAGMA journal_mode=TRUNCATE";
	const char *wanted = strchr(sql, '=') + 1;
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	enum status status = STATUS_OK;
	if (result != SQLITE_ROW) {
		status = db_fail(db, result, error);
	} else {
		const char *mode = (const char *)sqlite3_column_text(statement, 0);
		if (mode == NULL || sqlite3_stricmp(mode, wanted) != 0) {
			(void)error_set(error, STATUS_DATABASE,
				"%s: the database is in journal mode '%s', which cannot be changed now",
				db->path, mode != NULL ? mode : "");
			status = error_hint(error,
				"close other programs that use the file, then run a writing command");
		}
	}
	(void)sqlite3_finalize(statement);
	return status;
}

enum status db_apply_settings(struct db *db, struct error *error)
{
	bool is_private = db->mode == DB_NEW || db->mode == DB_SCRATCH;
	enum status status = apply_switches(db, error);

	if (status == STATUS_OK)
		status = apply(db, common_settings,
			sizeof common_settings / sizeof common_settings[0], error);
	if (status == STATUS_OK && is_private)
		status = apply(db, private_settings,
			sizeof private_settings / sizeof private_settings[0], error);
	if (status == STATUS_OK && !is_private)
		status = apply(db, file_settings, sizeof file_settings / sizeof file_settings[0],
			error);
	if (status == STATUS_OK)
		status = apply_journal(db, error);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Versions of the schema. A new database runs every migration: there is no second copy of
 * the schema in the code. What each version's schema looks like is fixed by its digest,
 * and compared at every open: so a trigger or view that somebody planted never runs.
 */
#include "store/db_private.h"
#include "store/schema_sql.h"
#include "util/hash.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* By version, from 1. A test works them out anew. */
static const char *const schema_digests[] = {
	"79b5d833a80c6ccc73418d0ca07778549857f0fc4d37b20be4509b62660eb34c",
	"f4d16772b4611ddebe72bd53d9697ac98f2549ba7491bebe304586c610462094",
	"600708197fb4db2b73c3e5b7b2c57807c0bcb4d4fdcc9fbcb5d740819ff4c4d6",
};

const char *db_version_digest(int version)
{
	return schema_digests[version - 1];
}

int db_newest_version(void)
{
	return migration_sources[migration_source_count - 1].version;
}

enum status db_schema_digest(struct db *db, char ret_hex[static 65], struct error *error)
{
	CLEANUP(hash_freep) struct hash *hash = hash_new("regtool-schema-1");
	unsigned char digest[HASH_SIZE];
	sqlite3_stmt *statement = NULL;

	/* sqlite_stat tables come from ANALYZE, which changes no rule. */
	int result = sqlite3_prepare_v2(db->handle,
		"SELECT type, name, tbl_name, sql FROM sqlite_schema"
		" WHERE name NOT LIKE 'sqlite_stat_' ORDER BY type, name",
		-1, &statement, NULL);
	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		for (int i = 0; result == SQLITE_ROW && i < 4; i++)
			hash_add_text(hash, (const char *)sqlite3_column_text(statement, i));
	}
	enum status status = result == SQLITE_DONE ? STATUS_OK : db_fail(db, result, error);
	(void)sqlite3_finalize(statement);
	if (status != STATUS_OK)
		return status;
	hash_finish(hash, digest);
	hash_to_hex(digest, sizeof digest, ret_hex);
	return STATUS_OK;
}

/* Adds "a trigger 'x', " for each object of `db` that `reference` lacks or has otherwise. */
static void name_strangers(struct db *db, struct db *reference, struct str *ret_names)
{
	sqlite3_stmt *mine = NULL;
	sqlite3_stmt *theirs = NULL;

	(void)sqlite3_prepare_v2(db->handle,
		"SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", -1,
		&mine, NULL);
	(void)sqlite3_prepare_v2(reference->handle,
		"SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2 AND coalesce(sql, '') = ?3",
		-1, &theirs, NULL);
	while (mine != NULL && theirs != NULL && sqlite3_step(mine) == SQLITE_ROW) {
		for (int i = 0; i < 3; i++)
			(void)sqlite3_bind_value(theirs, i + 1, sqlite3_column_value(mine, i));
		if (sqlite3_step(theirs) != SQLITE_ROW)
			str_addf(ret_names, "%s%s '%s'", ret_names->length > 0 ? ", " : "",
				(const char *)sqlite3_column_text(mine, 0),
				(const char *)sqlite3_column_text(mine, 1));
		(void)sqlite3_reset(theirs);
	}
	(void)sqlite3_finalize(mine);
	(void)sqlite3_finalize(theirs);
}

/* Makes the schema afresh in memory and names what is other in the file. */
static enum status name_difference(struct db *db, struct error *error)
{
	CLEANUP(db_closep) struct db *reference = NULL;
	CLEANUP(str_free) struct str names = STR_INIT;
	CLEANUP(str_free) struct str missing = STR_INIT;

	enum status status = db_open(NULL, DB_SCRATCH, NULL, &reference, error);
	if (status == STATUS_OK)
		status = db_migrate(reference, error);
	if (status != STATUS_OK)
		return status;
	name_strangers(db, reference, &names);
	name_strangers(reference, db, &missing);
	(void)error_set(error, STATUS_SCHEMA, "%s: the schema is not regtool's: %s%s%s%s", db->path,
		names.length > 0 ? "not from regtool: " : "", names.text,
		missing.length > 0 ? (names.length > 0 ? "; missing or changed: " : "missing: ")
				   : "",
		missing.text);
	return error_hint(error,
		"somebody changed the file with another program; restore a backup");
}

enum status db_check_schema(struct db *db, struct error *error)
{
	char digest[65];
	enum status status = db_schema_digest(db, digest, error);

	if (status != STATUS_OK)
		return status;
	if (strcmp(digest, db_version_digest(db_newest_version())) == 0)
		return STATUS_OK;
	return name_difference(db, error);
}

/* One migration, whole or not at all; the version is set with it. Another process may have
 * run it since. */
static enum status run_migration(struct db *db, const struct migration_source *source,
	struct error *error)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(str_free) struct str version_sql = STR_INIT;
	int64_t version = 0;
	int64_t violations = 0;

	enum status status = transaction_begin_write(&transaction, db, error);
	if (status == STATUS_OK)
		status = db_execute_integer(db, "PRAGMA user_version", &version, error);
	if (status != STATUS_OK || version >= source->version)
		return status;
	status = db_execute(db, source->sql, error);
	if (status == STATUS_OK)
		status = db_execute_integer(db, "SELECT count(*) FROM pragma_foreign_key_check",
			&violations, error);
	if (status == STATUS_OK && violations > 0)
		status = error_set(error, STATUS_DATABASE,
			"%s: %lld rows point at nothing after the migration", source->name,
			(long long)violations);
	if (status == STATUS_OK) {
		str_addf(&version_sql, "PRAGMA application_id=%d; PRAGMA user_version=%d",
			APPLICATION_ID, source->version);
		status = db_execute(db, version_sql.text, error);
	}
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

/* Of a file of that version. */
static void write_copy_path(const struct db *db, int64_t version, struct str *ret)
{
	str_clear(ret);
	str_addf(ret, "%s.schema-%lld", db->path, (long long)version);
}

void db_old_copies(const struct db *db, void (*function)(const char *path, void *data), void *data)
{
	CLEANUP(str_free) struct str path = STR_INIT;

	for (int version = 1; version < db_newest_version(); version++) {
		write_copy_path(db, version, &path);
		if (access(path.text, F_OK) == 0)
			function(path.text, data);
	}
}

/* Before an old file is changed a copy is kept beside it. */
static enum status keep_copy(struct db *db, int64_t version, struct error *error)
{
	CLEANUP(db_closep) struct db *copy = NULL;
	CLEANUP(str_free) struct str path = STR_INIT;

	write_copy_path(db, version, &path);
	enum status status = db_copy(db, path.text, NULL, NULL, &copy, error);
	if (status == STATUS_OK)
		status = db_publish(&copy, error);
	/* One from an attempt that did not come to its end is as good. */
	return status == STATUS_EXISTS ? STATUS_OK : status;
}

enum status db_migrate(struct db *db, struct error *error)
{
	int64_t version = 0;
	enum status status = db_execute_integer(db, "PRAGMA user_version", &version, error);

	if (status == STATUS_OK && version > 0)
		status = keep_copy(db, version, error);
	for (size_t i = 0; status == STATUS_OK && i < migration_source_count; i++) {
		if (migration_sources[i].version > version)
			status = run_migration(db, &migration_sources[i], error);
	}
	return status;
}

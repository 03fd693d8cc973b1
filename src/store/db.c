/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"

#include "store/db_private.h"
#include "util/memory.h"

#include <assert.h>
#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

int64_t db_clock_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const char *db_engine_name(void)
{
	return "SQLite";
}

const char *db_engine_version(void)
{
	return sqlite3_libversion();
}

const char *db_path(const struct db *db)
{
	return db->path;
}

/* SQLite's result codes, as a caller can act on them. */
static enum status status_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STATUS_BUSY;
	case SQLITE_IOERR:
	case SQLITE_FULL:
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return STATUS_IO;
	default:
		return STATUS_DATABASE;
	}
}

enum status db_fail(struct db *db, int result, struct error *error)
{
	enum status status = status_of(result);
	const char *path = db->path != NULL ? db->path : "scratch database";

	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		(void)error_set(error, status,
			"%s: others held the database for more than %lld seconds", path,
			(long long)(db->wait_ms / 1000));
		return error_hint(error, "try again; nothing was written");
	case SQLITE_FULL:
		return error_set(error, status, "%s: the disk is full; nothing was written", path);
	case SQLITE_READONLY:
		return error_set(error, status, "%s: the database or its folder cannot be written",
			path);
	case SQLITE_NOTADB:
		return error_set(error, status, "%s: not a regtool database", path);
	case SQLITE_CORRUPT:
		(void)error_set(error, status, "%s: the database is damaged: %s", path,
			sqlite3_errmsg(db->handle));
		return error_hint(error, "'regtool check' says more; restore a backup");
	case SQLITE_CANTOPEN:
		return error_set(error, status, "%s: cannot be opened: %s", path,
			strerror(errno != 0 ? errno : EACCES));
	default:
		return error_set(error, status, "%s: %s", path, sqlite3_errmsg(db->handle));
	}
}

enum status db_execute(struct db *db, const char *sql, struct error *error)
{
	int result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return result == SQLITE_OK ? STATUS_OK : db_fail(db, result, error);
}

enum status db_execute_integer(struct db *db, const char *sql, int64_t *ret_value,
	struct error *error)
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		*ret_value = sqlite3_column_int64(statement, 0);
		result = sqlite3_step(statement);
	}
	enum status status = STATUS_OK;
	if (result != SQLITE_DONE)
		status = db_fail(db, result, error);
	(void)sqlite3_finalize(statement);
	return status;
}

/* Steps of 1 ms until the connection's patience ends. */
static int wait_for_others(void *data, int count)
{
	struct db *db = data;
	int64_t now_ms = db_clock_ms();

	if (count == 0)
		db->waiting_since_ms = now_ms;
	if (now_ms - db->waiting_since_ms >= db->wait_ms)
		return 0;
	struct timespec step = { .tv_nsec = BUSY_STEP_MS * 1000000L };
	(void)nanosleep(&step, NULL);
	return 1;
}

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
 * by the WAL-reset fault of SQLite before 3.44.6, 3.50.7 and 3.51.3. */
static enum status apply_journal(struct db *db, struct error *error)
{
	const char *sql = db->mode == DB_NEW || db->mode == DB_SCRATCH
				  ? "PRAGMA journal_mode=MEMORY"
				  : "PRAGMA journal_mode=TRUNCATE";
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

static const char *kind_of_file(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a folder";
	if (S_ISFIFO(mode))
		return "a pipe";
	if (S_ISSOCK(mode))
		return "a socket";
	return "a device";
}

/* Locks of SQLite hold on local file systems only. */
static enum status refuse_network(const char *path, struct error *error)
{
	static const struct {
		unsigned long magic;
		const char *name;
	} networks[] = {
		{ NFS_SUPER_MAGIC, "NFS" },
		{ SMB_SUPER_MAGIC, "SMB" },
		{ 0xff534d42, "SMB" },
		{ 0xfe534d42, "SMB" },
		{ 0x65735546, "FUSE" },
		{ V9FS_MAGIC, "9p" },
		{ CODA_SUPER_MAGIC, "Coda" },
		{ AFS_SUPER_MAGIC, "AFS" },
		{ 0x00c36400, "Ceph" },
	};
	struct statfs place;

	if (statfs(path, &place) != 0)
		return error_set_errno(error, STATUS_IO, "%s", path);
	for (size_t i = 0; i < sizeof networks / sizeof networks[0]; i++) {
		if ((unsigned long)place.f_type != networks[i].magic)
			continue;
		(void)error_set(error, STATUS_IO,
			"%s: lies on a network file system (%s), where locks cannot be relied on",
			path, networks[i].name);
		return error_hint(error, "put the database on a local disk, or use --unsafe-fs");
	}
	return STATUS_OK;
}

static enum status look_at_file(const char *path, enum db_mode mode,
	const struct db_options *options, struct error *error)
{
	struct stat file;
	int found = stat(path, &file);

	if (found != 0 && errno != ENOENT && errno != ENOTDIR)
		return error_set_errno(error, STATUS_IO, "%s", path);
	if (found == 0 && !S_ISREG(file.st_mode))
		return error_set(error, STATUS_DATABASE, "%s: is %s, not a regtool database", path,
			kind_of_file(file.st_mode));
	if (mode == DB_NEW && found == 0 && file.st_size > 0)
		return error_set(error, STATUS_EXISTS, "%s: exists already", path);
	if (mode == DB_NEW)
		return STATUS_OK;
	if (found != 0 || file.st_size == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "no database at '%s'", path);
		return error_hint(error,
			"make one with 'regtool init' or 'regtool import FILE', or name one with --db");
	}
	if (options == NULL || !options->allow_unsafe_fs)
		return refuse_network(path, error);
	return STATUS_OK;
}

/* The file is of this program and of a version that it knows. */
static enum status check_identity(struct db *db, int64_t *ret_version, struct error *error)
{
	int64_t application = 0;
	int64_t version = 0;
	enum status status = db_execute_integer(db, "PRAGMA application_id", &application, error);

	if (status == STATUS_OK)
		status = db_execute_integer(db, "PRAGMA user_version", &version, error);
	if (status != STATUS_OK)
		return status;
	if (application != APPLICATION_ID || version < 1)
		return error_set(error, STATUS_DATABASE,
			"%s: a database of another program, not of regtool", db->path);
	if (version > db_newest_version()) {
		(void)error_set(error, STATUS_DATABASE,
			"%s: made by a newer regtool (schema %lld, this one knows %d)", db->path,
			(long long)version, db_newest_version());
		return error_hint(error, "install the newer regtool");
	}
	*ret_version = version;
	return STATUS_OK;
}

static enum status prepare_contents(struct db *db, struct error *error)
{
	int64_t version = 0;

	if (db->mode == DB_NEW)
		return db_migrate(db, error);
	enum status status = check_identity(db, &version, error);
	if (status == STATUS_OK && version < db_newest_version()) {
		if (db->mode == DB_READ) {
			(void)error_set(error, STATUS_DATABASE,
				"%s: made by an older regtool (schema %lld)", db->path,
				(long long)version);
			return error_hint(error, "any command that writes brings it up to date");
		}
		status = db_migrate(db, error);
	}
	if (status == STATUS_OK)
		status = db_check_schema(db, error);
	return status;
}

enum status db_open(const char *path, enum db_mode mode, const struct db_options *options,
	struct db **ret_db, struct error *error)
{
	static const int flags[] = {
		[DB_READ] = SQLITE_OPEN_READONLY,
		[DB_WRITE] = SQLITE_OPEN_READWRITE,
		[DB_NEW] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		[DB_SCRATCH] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	CLEANUP(db_closep) struct db *db = xcalloc(1, sizeof *db);
	enum status status = STATUS_OK;

	db->mode = mode;
	db->queue = -1;
	db->wait_ms = options != NULL && options->wait_ms > 0 ? options->wait_ms : WAIT_DEFAULT_MS;
	for (int i = 0; i < QUERY_COUNT; i++)
		db->queries[i].db = db;
	if (mode != DB_SCRATCH) {
		status = look_at_file(path, mode, options, error);
		if (status != STATUS_OK)
			return status;
		if (mode == DB_NEW)
			status = db_make_place(db, path, error);
		else
			db->path = realpath(path, NULL);
		if (status != STATUS_OK)
			return status;
		if (db->path == NULL)
			return error_set_errno(error, STATUS_IO, "%s", path);
	}
	errno = 0;
	int result = sqlite3_open_v2(mode == DB_SCRATCH ? "" : db->path, &db->handle,
		flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
	if (result != SQLITE_OK)
		return db_fail(db, result, error);
	(void)sqlite3_extended_result_codes(db->handle, 1);
	(void)sqlite3_busy_handler(db->handle, wait_for_others, db);
	status = db_apply_settings(db, error);
	if (status == STATUS_OK && mode != DB_SCRATCH)
		status = prepare_contents(db, error);
	if (status != STATUS_OK)
		return status;
	*ret_db = db;
	db = NULL;
	return STATUS_OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < QUERY_COUNT; i++)
		(void)sqlite3_finalize(db->queries[i].statement);
	int result = sqlite3_close(db->handle);
	assert(result == SQLITE_OK);
	(void)result;
	if (db->queue >= 0)
		(void)close(db->queue);
	if (db->mode == DB_NEW)
		db_clear_place(db);
	free(db->path);
	free(db->place);
	free(db);
}

void db_closep(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

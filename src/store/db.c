/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"

#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"

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
	if (db->place != NULL)
		return db->place;
	return db->path != NULL ? db->path : db->source;
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
	case SQLITE_NOMEM:
		return STATUS_IO;
	default:
		return STATUS_DATABASE;
	}
}

/* What the system said, where SQLite kept it. */
static const char *system_words(struct db *db)
{
	int number = db->handle != NULL ? sqlite3_system_errno(db->handle) : 0;

	return number != 0 ? strerror(number) : sqlite3_errmsg(db->handle);
}

static enum status fail_readonly(const char *path, int result, struct error *error)
{
	switch (result) {
	case SQLITE_READONLY_ROLLBACK:
	case SQLITE_READONLY_RECOVERY:
	case SQLITE_READONLY_CANTINIT:
		(void)error_set(error, STATUS_IO,
			"%s: was left in the middle of a change, which cannot be taken back where"
			" the file cannot be written",
			path);
		return error_hint(error,
			"copy the file and '%s-journal' to where they can be written", path);
	case SQLITE_READONLY_DBMOVED:
		return error_set(error, STATUS_IO, "%s: was moved or replaced while in use", path);
	default:
		return error_set(error, STATUS_IO, "%s: the database cannot be written", path);
	}
}

/*
 * What the disk said when a page could not be read, which SQLite takes for damage
 * (SQLITE_IOERR_CORRUPTFS becomes SQLITE_CORRUPT when a statement ends); 0: nothing. The file's
 * last error stays from earlier calls, so only the numbers that SQLite takes so are believed.
 */
static int unreadable_errno(const struct db *db, int result)
{
	int number = 0;

	if ((result & 0xff) != SQLITE_CORRUPT || db->handle == NULL ||
		sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number) !=
			SQLITE_OK)
		return 0;
	return number == EIO || number == ENXIO || number == ERANGE ? number : 0;
}

/* What is wrong in a copy came from what it was made of. */
static const char *source_of(const struct db *db)
{
	if (db->source != NULL)
		return db->source;
	return db->path != NULL ? db_path(db) : "temporary database";
}

enum status db_fail_damaged(const struct db *db, const char *what, struct error *error)
{
	(void)error_set(error, STATUS_DATABASE, "%s: the database is damaged: %s", source_of(db),
		what);
	return error_hint(error, "keep a copy of the file as it is, and restore a backup");
}

enum status db_fail(struct db *db, int result, struct error *error)
{
	int unreadable = unreadable_errno(db, result);
	enum status status = unreadable != 0 ? STATUS_IO : status_of(result);
	const char *path = db->path != NULL ? db_path(db) : "temporary database";

	if (unreadable != 0) {
		(void)error_set(error, status, "%s: cannot be read: %s", path,
			strerror(unreadable));
		return error_hint(error,
			"the disk may be failing: copy what can be read of it now");
	}
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
		return fail_readonly(path, result, error);
	case SQLITE_NOTADB:
		return error_set(error, status, "%s: not a regtool database", source_of(db));
	case SQLITE_CORRUPT:
		return db_fail_damaged(db, sqlite3_errmsg(db->handle), error);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return error_set(error, status, "%s: %s", path, system_words(db));
	default:
		return error_set(error, status, "%s: %s", source_of(db),
			sqlite3_errmsg(db->handle));
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

	if (count == 0 && !db->is_waiting_counted)
		db->waiting_since_ms = now_ms;
	if (now_ms - db->waiting_since_ms >= db->wait_ms)
		return 0;
	struct timespec step = { .tv_nsec = BUSY_STEP_MS * 1000000L };
	(void)nanosleep(&step, NULL);
	return 1;
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
	if (mode == DB_NEW && found == 0 && (!S_ISREG(file.st_mode) || file.st_size > 0))
		return error_set(error, STATUS_EXISTS, "%s: exists already", path);
	if (mode == DB_NEW)
		return STATUS_OK;
	if (found == 0 && !S_ISREG(file.st_mode))
		return error_set(error, STATUS_DATABASE, "%s: is %s, not a regtool database", path,
			kind_of_file(file.st_mode));
	if (found != 0 || file.st_size == 0) {
		(void)error_set(error, STATUS_NOT_FOUND, "no database at '%s'", path);
		return error_hint(error,
			"make one with 'regtool init' or 'regtool import FILE', or name one with --db");
	}
	if (options == NULL || !options->allow_unsafe_fs)
		return refuse_network(path, error);
	return STATUS_OK;
}

/* The big-endian number at a place of the file's header. */
static int64_t header_number(const unsigned char *header, size_t offset)
{
	int64_t value = 0;

	for (size_t i = 0; i < 4; i++)
		value = value * 256 + header[offset + i];
	return value;
}

/*
 * Before the first statement, which may roll back a change left half-way and so write: is
 * the file ours at all? Reads through the descriptor that SQLite holds, since closing
 * another one would drop the process's locks. (The header's layout: "Database File Format",
 * sqlite.org/fileformat2.html.)
 */
static enum status check_header(struct db *db, struct error *error)
{
	static const char magic[] = "SQLite format 3";
	unsigned char header[100];
	sqlite3_file *file = NULL;
	int result = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);

	if (result == SQLITE_OK)
		result = file->pMethods->xRead(file, header, sizeof header, 0);
	if (result == SQLITE_IOERR_SHORT_READ)
		return db_fail(db, SQLITE_NOTADB, error);
	if (result != SQLITE_OK)
		return db_fail(db, result, error);
	if (memcmp(header, magic, sizeof magic) != 0)
		return db_fail(db, SQLITE_NOTADB, error);
	if (header_number(header, 68) != APPLICATION_ID)
		return error_set(error, STATUS_DATABASE,
			"%s: a database of another program, not of regtool", db->path);
	if (db->mode == DB_READ && (header[18] != 1 || header[19] != 1)) {
		(void)error_set(error, STATUS_DATABASE,
			"%s: another program has switched it to WAL mode, which is not safe",
			db->path);
		return error_hint(error, "any command that writes switches it back");
	}
	return STATUS_OK;
}

/* It is of a version that this program knows. */
static enum status check_version(struct db *db, int64_t *ret_version, struct error *error)
{
	int64_t version = 0;
	enum status status = db_execute_integer(db, "PRAGMA user_version", &version, error);

	if (status != STATUS_OK)
		return status;
	if (version < 1)
		return error_set(error, STATUS_DATABASE, "%s: has no version of a regtool database",
			db->path);
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
	enum status status = check_version(db, &version, error);
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

/*
 * Whatever the file's permissions are, DB_READ writes no row of its own. It is opened for
 * writing all the same, where that is allowed, so that a change that a crash left half-way
 * can be taken back. (SQLite's own table functions ask here too, as if they wrote into the
 * schema.)
 */
static int refuse_writes(void *data, int action, const char *first, const char *second,
	const char *database, const char *cause)
{
	(void)data;
	(void)second;
	(void)cause;
	if (action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE)
		return SQLITE_OK;
	bool is_ours = database != NULL && strcmp(database, "main") == 0;
	bool is_schema = first != NULL && strcmp(first, "sqlite_master") == 0;
	return is_ours && !is_schema ? SQLITE_DENY : SQLITE_OK;
}

/* The connection, not yet used. */
static enum status connect(struct db *db, struct error *error)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

	if (db->mode == DB_NEW || db->mode == DB_SCRATCH)
		flags |= SQLITE_OPEN_CREATE;
	/* Debian's SQLite takes "file:…" for a URI, whose options would open something else. */
	if (db->path != NULL && strncmp(db->path, "file:", 5) == 0)
		str_add(&path, "./");
	str_add(&path, db->path != NULL ? db->path : "");
	/* Nobody asks how much memory SQLite has, and counting it takes a lock at each piece. Of no
	 * effect from the second connection on. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int result = sqlite3_open_v2(path.text, &db->handle, flags, NULL);
	if (result != SQLITE_OK)
		return db_fail(db, result, error);
	(void)sqlite3_extended_result_codes(db->handle, 1);
	(void)sqlite3_busy_handler(db->handle, wait_for_others, db);
	if (db->mode == DB_READ)
		(void)sqlite3_set_authorizer(db->handle, refuse_writes, NULL);
	return STATUS_OK;
}

struct db *db_new(enum db_mode mode, const struct db_options *options)
{
	struct db *db = xcalloc(1, sizeof *db);

	db->mode = mode;
	db->queue = -1;
	db->wait_ms = options != NULL && options->wait_ms > 0 ? options->wait_ms : WAIT_DEFAULT_MS;
	for (int i = 0; i < QUERY_COUNT; i++)
		db->queries[i].db = db;
	return db;
}

enum status db_connect(struct db *db, struct error *error)
{
	enum status status = connect(db, error);

	if (status == STATUS_OK && (db->mode == DB_READ || db->mode == DB_WRITE))
		status = check_header(db, error);
	if (status == STATUS_OK)
		status = db_apply_settings(db, error);
	return status;
}

enum status db_open(const char *path, enum db_mode mode, const struct db_options *options,
	struct db **ret_db, struct error *error)
{
	CLEANUP(db_closep) struct db *db = db_new(mode, options);
	enum status status = STATUS_OK;

	if (mode != DB_SCRATCH)
		status = look_at_file(path, mode, options, error);
	if (status == STATUS_OK && mode == DB_NEW) {
		db->replaces_empty = true;
		status = db_make_place(db, path, error);
	}
	if (status != STATUS_OK)
		return status;
	if (mode == DB_READ || mode == DB_WRITE) {
		/* Links are followed once. */
		db->path = realpath(path, NULL);
		if (db->path == NULL)
			return error_set_errno(error, STATUS_IO, "%s", path);
	}
	status = db_connect(db, error);
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
	db_clear_place(db);
	free(db->path);
	free(db->place);
	free(db->source);
	free(db);
}

void db_closep(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

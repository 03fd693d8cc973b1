/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"
#include "store/db_private.h"
#include "support.h"
#include "util/memory.h"

#include <sys/wait.h>

enum {
	NOBODY = 65534,
};

/* Runs SQL on the file as another program would. */
static void run_foreign(const char *path, const char *sql)
{
	sqlite3 *handle = NULL;

	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

static void assert_refused(const char *path, enum status status, const char *words)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	assert_fails(db_open(path, DB_READ, NULL, &db, &error), status, words, error);
	assert_fails(db_open(path, DB_WRITE, NULL, &db, &error), status, words, error);
	assert_null(db);
}

/* The file is refused, named, and not a byte of it changed. */
static void assert_left(const char *path, enum status status, const char *words)
{
	size_t length_before, length_after;
	CLEANUP(memory_free_text) char *before = support_read(path, &length_before);

	assert_refused(path, status, path);
	assert_refused(path, status, words);
	CLEANUP(memory_free_text) char *after = support_read(path, &length_after);
	assert_int_equal(length_before, length_after);
	assert_memory_equal(before, after, length_before);
}

static void assert_untouched(const char *path, const char *words)
{
	assert_left(path, STATUS_DATABASE, words);
}

static void test_missing(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	(void)state;
	assert_refused("missing.db", STATUS_NOT_FOUND, "no database at 'missing.db'");
	assert_refused("no/such/folder.db", STATUS_NOT_FOUND, "no/such/folder.db");
	assert_false(support_exists("missing.db"));
	support_write("empty.db", "", 0);
	assert_refused("empty.db", STATUS_NOT_FOUND, "empty.db");
	(void)db_open("empty.db", DB_READ, NULL, &db, &error);
	assert_non_null(strstr(error.hint, "regtool init"));
	assert_false(support_exists("empty.db.lock"));
	assert_int_equal(symlink("missing.db", "dangling.db"), 0);
	assert_refused("dangling.db", STATUS_NOT_FOUND, "dangling.db");
}

static void test_no_file(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder.db", 0700), 0);
	assert_refused("folder.db", STATUS_DATABASE, "folder.db: is a folder");
	assert_int_equal(mkfifo("pipe.db", 0600), 0);
	assert_refused("pipe.db", STATUS_DATABASE, "pipe.db: is a pipe");
	assert_refused("/dev/null", STATUS_DATABASE, "/dev/null: is a device");
	assert_int_equal(symlink("pipe.db", "link.db"), 0);
	assert_refused("link.db", STATUS_DATABASE, "link.db: is a pipe");
}

static void test_not_ours(void **state)
{
	char noise[8192];

	(void)state;
	support_write("text.db", "name,email\nAda,ada@example.org\n", 31);
	assert_untouched("text.db", "not a regtool database");
	support_write("byte.db", "S", 1);
	assert_untouched("byte.db", "not a regtool database");
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)(i * 7919 >> 3);
	support_write("noise.db", noise, sizeof noise);
	assert_untouched("noise.db", "not a regtool database");
	run_foreign("other.db", "PRAGMA application_id=252006673; CREATE TABLE t (x)");
	assert_untouched("other.db", "another program");
	run_foreign("plain.db", "CREATE TABLE t (x)");
	assert_untouched("plain.db", "another program");
	run_foreign("wal.db", "PRAGMA journal_mode=WAL; CREATE TABLE t (x)");
	assert_untouched("wal.db", "another program");
	assert_false(support_exists("wal.db-wal"));
	assert_false(support_exists("wal.db-shm"));
}

/* A header that is ours, and nothing sensible behind it. */
static void test_damaged(void **state)
{
	size_t length;

	(void)state;
	support_database("whole.db");
	CLEANUP(memory_free_text) char *bytes = support_read("whole.db", &length);
	support_write("short.db", bytes, 100);
	assert_untouched("short.db", "short.db");
	support_write("cut.db", bytes, 4096);
	assert_untouched("cut.db", "cut.db");
	memset(bytes + 100, 0xa5, 2000);
	support_write("schema.db", bytes, length);
	assert_untouched("schema.db", "damaged");
	run_foreign("whole.db", "PRAGMA writable_schema=ON;"
				"UPDATE sqlite_schema SET sql = 'CREATE TABLE log (' || char(10)"
				" || 'oops' WHERE name = 'log'");
	assert_untouched("whole.db", "damaged");
}

static void test_version(void **state)
{
	(void)state;
	support_database("newer.db");
	run_foreign("newer.db", "PRAGMA user_version=9999");
	assert_untouched("newer.db", "made by a newer regtool (schema 9999");
	support_database("none.db");
	run_foreign("none.db", "PRAGMA user_version=0");
	assert_untouched("none.db", "no version");
}

/* What was planted, taken away or changed is named. */
static void test_schema(void **state)
{
	(void)state;
	support_database("trigger.db");
	run_foreign("trigger.db", "CREATE TRIGGER evil AFTER INSERT ON person"
				  " BEGIN UPDATE person SET name = 'x'; END");
	assert_left("trigger.db", STATUS_SCHEMA, "trigger 'evil'");
	support_database("view.db");
	run_foreign("view.db", "CREATE VIEW spy AS SELECT email FROM person");
	assert_left("view.db", STATUS_SCHEMA, "view 'spy'");
	support_database("index.db");
	run_foreign("index.db", "DROP INDEX scan_by_nonce");
	assert_left("index.db", STATUS_SCHEMA, "missing: index 'scan_by_nonce'");
	support_database("guard.db");
	run_foreign("guard.db", "DROP TRIGGER log_is_never_changed;"
				"CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log"
				" BEGIN SELECT 1; END");
	assert_left("guard.db", STATUS_SCHEMA, "trigger 'log_is_never_changed'");
	/* What ANALYZE leaves changes no rule. */
	support_database("analyzed.db");
	run_foreign("analyzed.db", "ANALYZE");
	struct error error = ERROR_INIT;
	struct db *db = NULL;
	assert_ok(db_open("analyzed.db", DB_READ, NULL, &db, &error), error);
	db_close(db);
}

static int64_t setting(struct db *db, const char *pragma)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(db, pragma, &value, &error), error);
	return value;
}

static void test_settings(void **state)
{
	static const enum db_mode modes[] = { DB_READ, DB_WRITE };
	struct error error = ERROR_INIT;

	(void)state;
	support_database("settings.db");
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		CLEANUP(db_closep) struct db *db = NULL;
		int is_on = -1;

		assert_ok(db_open("settings.db", modes[i], NULL, &db, &error), error);
		assert_int_equal(setting(db, "PRAGMA synchronous"), 3);
		assert_int_equal(setting(db, "PRAGMA foreign_keys"), 1);
		assert_int_equal(setting(db, "PRAGMA trusted_schema"), 0);
		assert_int_equal(setting(db, "PRAGMA cell_size_check"), 1);
		assert_int_equal(setting(db, "PRAGMA secure_delete"), 1);
		assert_int_equal(
			sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, -1, &is_on),
			SQLITE_OK);
		assert_int_equal(is_on, 1);
		assert_int_equal(sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, -1), 0);
		assert_fails(db_execute(db, "SELECT \"no such column\"", &error), STATUS_DATABASE,
			"no such column", error);
		assert_fails(db_execute(db, "ATTACH 'other.db' AS other", &error), STATUS_DATABASE,
			"too many attached", error);
	}
}

/* A reading connection cannot write, and has tables of its own all the same. */
static void test_reading_only(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("reading.db");
	assert_ok(db_open("reading.db", DB_READ, NULL, &db, &error), error);
	assert_fails(db_execute(db, "UPDATE event SET title = 'x'", &error), STATUS_DATABASE,
		"not authorized", error);
	assert_fails(db_execute(db, "DELETE FROM event", &error), STATUS_DATABASE, "not authorized",
		error);
	assert_ok(
		db_execute(db,
			"CREATE TEMP TABLE t (x); INSERT INTO t SELECT value FROM json_each('[1,2]')",
			&error),
		error);
	assert_false(support_exists("reading.db.lock"));
}

/* Our database, switched to WAL by another program: a writer switches it back. */
static void test_wal(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	(void)state;
	support_database("switched.db");
	run_foreign("switched.db", "PRAGMA journal_mode=WAL");
	assert_fails(db_open("switched.db", DB_READ, NULL, &db, &error), STATUS_DATABASE,
		"WAL mode", error);
	assert_ok(db_open("switched.db", DB_WRITE, NULL, &db, &error), error);
	db_close(db);
	assert_ok(db_open("switched.db", DB_READ, NULL, &db, &error), error);
	db_close(db);
	assert_false(support_exists("switched.db-wal"));
}

static uid_t drop_rights(void)
{
	uid_t user = geteuid();

	if (user == 0)
		assert_int_equal(seteuid(NOBODY), 0);
	return user;
}

static void regain_rights(uid_t user)
{
	if (user == 0)
		assert_int_equal(seteuid(user), 0);
}

/* Leaves the database as a crash in the middle of a large change does. */
static void crash(const char *path)
{
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		sqlite3 *handle = NULL;
		const char *sql =
			"PRAGMA cache_size=1; PRAGMA journal_mode=TRUNCATE; BEGIN IMMEDIATE;"
			"UPDATE event SET title = 'half', url = hex(zeroblob(200000));"
			"INSERT INTO question (event_id, header)"
			" SELECT 1, hex(randomblob(50000)) FROM sqlite_schema";
		(void)sqlite3_open(path, &handle);
		_exit(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void assert_title(struct db *db, const char *title)
{
	struct query *query = db_query(db, QUERY_EVENT_BY_CODE);
	struct error error = ERROR_INIT;

	query_bind_text(query, "code", "e");
	assert_true(query_step(query));
	assert_string_equal(query_text(query, 2), title);
	assert_ok(query_end(query, &error), error);
}

/* Reading takes back what a crash left half-way. */
static void test_crash(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;
	struct stat journal;

	(void)state;
	support_database("crashed.db");
	crash("crashed.db");
	assert_int_equal(stat("crashed.db-journal", &journal), 0);
	assert_true(journal.st_size > 0);
	assert_ok(db_open("crashed.db", DB_READ, NULL, &db, &error), error);
	assert_title(db, "");
	db_close(db);
	assert_true(stat("crashed.db-journal", &journal) != 0 || journal.st_size == 0);
}

static void test_read_only(void **state)
{
	struct error error = ERROR_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	struct db *db = NULL;

	(void)state;
	assert_int_equal(mkdir("medium", 0755), 0);
	support_database("medium/ours.db");
	support_database("medium/half.db");
	crash("medium/half.db");
	support_database("medium/secret.db");
	assert_int_equal(chmod("medium/secret.db", 0), 0);
	assert_int_equal(chmod("medium/ours.db", 0444), 0);
	assert_int_equal(chmod("medium/half.db", 0444), 0);
	assert_int_equal(chmod("medium/half.db-journal", 0444), 0);
	assert_int_equal(chmod("medium", 0555), 0);
	uid_t user = drop_rights();
	assert_ok(db_open("medium/ours.db", DB_READ, NULL, &db, &error), error);
	assert_title(db, "");
	db_close(db);
	db = NULL;
	enum status status = db_open("medium/ours.db", DB_WRITE, NULL, &db, &error);
	if (status == STATUS_OK)
		status = transaction_begin_write(&transaction, db, &error);
	assert_fails(status, STATUS_IO, "medium/ours.db", error);
	db_close(db);
	db = NULL;
	assert_fails(db_open("medium/half.db", DB_READ, NULL, &db, &error), STATUS_IO,
		"left in the middle of a change", error);
	assert_fails(db_open("medium/secret.db", DB_READ, NULL, &db, &error), STATUS_IO,
		"Permission denied", error);
	regain_rights(user);
	assert_int_equal(chmod("medium", 0755), 0);
}

/* Any byte of the file may be another: an error, or rows, never a crash. */
static void test_flipped_bytes(void **state)
{
	size_t length;
	unsigned random = 12345;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("flip.db");
	CLEANUP(memory_free_text) char *bytes = support_read("flip.db", &length);
	for (int i = 0; i < 1500; i++) {
		CLEANUP(db_closep) struct db *db = NULL;
		random = random * 1103515245 + 12345;
		size_t at = i < 1000 ? (size_t)i : (random >> 8) % length;
		char kept = bytes[at];

		bytes[at] = (char)(kept ^ (1 << (random >> 5) % 8));
		support_write("flipped.db", bytes, length);
		bytes[at] = kept;
		if (db_open("flipped.db", DB_WRITE, NULL, &db, &error) != STATUS_OK) {
			assert_non_null(strstr(error.message, "flipped.db"));
			continue;
		}
		struct query *query = db_query(db, QUERY_EVENT_LIST);
		while (query_step(query))
			assert_non_null(query_text(query, 1));
		(void)query_end(query, &error);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_not_ours),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_schema),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_reading_only),
		cmocka_unit_test(test_wal),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_flipped_bytes),
	};

	return cmocka_run_group_tests_name("db", tests, support_start, support_stop);
}

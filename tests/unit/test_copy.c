/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies, also while others write, whenever the copy lets go of its lock.
 */
#include "interfere.h"
#include "store/db.h"
#include "store/db_private.h"
#include "util/memory.h"

enum {
	BIG_ROWS = 24,
	BIG_ROW_SIZE = 1 << 20, /* in all three slices of a copy */
};

/* --- What the tests use --- */

static void commit_one(struct db *writer, int number)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	int64_t event_id = 0;
	char code[32];
	struct event_row row = { .code = code, .title = "", .timezone = "UTC", .url = "" };

	(void)snprintf(code, sizeof code, "meanwhile-%d", number);
	assert_ok(transaction_begin_write(&transaction, writer, &error), error);
	assert_ok(event_store_insert(writer, &row, &event_id, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

static void make_source(void)
{
	struct error error = ERROR_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	struct db *db = NULL;
	CLEANUP(memory_free_text) char *title = malloc(BIG_ROW_SIZE);

	assert_non_null(title);
	memset(title, 'x', BIG_ROW_SIZE - 1);
	title[BIG_ROW_SIZE - 1] = '\0';
	(void)unlink("source.db");
	assert_ok(db_open("source.db", DB_NEW, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	for (int i = 0; i < BIG_ROWS; i++) {
		char code[16];
		int64_t event_id = 0;
		struct event_row row = { .code = code,
			.title = title,
			.timezone = "UTC",
			.url = "" };
		(void)snprintf(code, sizeof code, "e%d", i);
		assert_ok(event_store_insert(db, &row, &event_id, &error), error);
	}
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_ok(db_publish(&db, &error), error);
}

static int64_t count_events(struct db *db)
{
	struct error error = ERROR_INIT;
	int64_t count = 0;

	assert_ok(db_execute_integer(db, "SELECT count(*) FROM event", &count, &error), error);
	return count;
}

/* From here on the others wait. */
static void count_notice(void *data)
{
	(*(int *)data)++;
	interference.remaining = 0;
}

/* --- The tests --- */

static void test_to_file(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	struct db *copy = NULL;
	struct stat file;
	int notices = 0;

	(void)state;
	make_source();
	assert_ok(db_open("source.db", DB_READ, NULL, &db, &error), error);
	assert_ok(db_copy(db, "copy.db", count_notice, &notices, &copy, &error), error);
	assert_int_equal(count_events(copy), BIG_ROWS);
	assert_ok(db_check_structure(copy, false, support_no_fault, NULL, &error), error);
	assert_false(support_exists("copy.db"));
	assert_ok(db_publish(&copy, &error), error);
	assert_int_equal(stat("copy.db", &file), 0);
	assert_int_equal(file.st_mode & 07777, 0600);
	assert_int_equal(notices, 0);
	assert_ok(db_open("copy.db", DB_WRITE, NULL, &copy, &error), error);
	assert_int_equal(count_events(copy), BIG_ROWS);
	db_close(copy);
	copy = NULL;
	assert_fails(db_copy(db, "copy.db", NULL, NULL, &copy, &error), STATUS_EXISTS, "copy.db",
		error);
	support_write("empty.db", "", 0);
	assert_fails(db_copy(db, "empty.db", NULL, NULL, &copy, &error), STATUS_EXISTS, "empty.db",
		error);
	assert_fails(db_copy(db, "no/folder.db", NULL, NULL, &copy, &error), STATUS_IO,
		"no/folder.db", error);
	assert_null(copy);
}

/* One commit in its middle: the copy starts again by itself and has what was committed. */
static void test_restart(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *writer = NULL;
	CLEANUP(db_closep) struct db *copy = NULL;
	struct error error = ERROR_INIT;
	int notices = 0;

	(void)state;
	make_source();
	interfere_start("source.db");
	assert_ok(db_open("source.db", DB_WRITE, NULL, &writer, &error), error);
	assert_ok(db_open("source.db", DB_READ, NULL, &db, &error), error);
	interference =
		(struct interference){ .writer = writer, .remaining = 1, .write = commit_one };
	assert_ok(db_copy(db, NULL, count_notice, &notices, &copy, &error), error);
	interfere_stop();
	assert_int_equal(interference.done, 1);
	assert_int_equal(notices, 0);
	assert_int_equal(count_events(copy), BIG_ROWS + 1);
	assert_ok(db_check_structure(copy, false, support_no_fault, NULL, &error), error);
}

/* Commits without end: the copy is made at last while they wait, and says so before. */
static void test_never_quiet(void **state)
{
	static const enum db_mode modes[] = { DB_READ, DB_WRITE };
	CLEANUP(db_closep) struct db *writer = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	make_source();
	interfere_start("source.db");
	assert_ok(db_open("source.db", DB_WRITE, NULL, &writer, &error), error);
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		CLEANUP(db_closep) struct db *db = NULL;
		struct db *copy = NULL;
		int notices = 0;

		assert_ok(db_open("source.db", modes[i], NULL, &db, &error), error);
		int64_t before = count_events(writer);
		interference = (struct interference){
			.writer = writer,
			.remaining = 1000,
			.done = (int)i * 1000,
			.write = commit_one,
		};
		assert_ok(db_copy(db, "busy.db", count_notice, &notices, &copy, &error), error);
		interference.writer = NULL;
		assert_int_equal(notices, 1);
		assert_true(count_events(copy) >= before + 3);
		assert_int_equal(count_events(copy), count_events(writer));
		assert_ok(db_check_structure(copy, false, support_no_fault, NULL, &error), error);
		db_close(copy);
		assert_false(support_exists("busy.db"));
	}
	interfere_stop();
}

struct faults {
	int count;
	char first[200];
};

static void keep_fault(void *data, const char *sentence)
{
	struct faults *faults = data;

	if (faults->count++ == 0)
		(void)snprintf(faults->first, sizeof faults->first, "%s", sentence);
}

static struct faults faults_of(struct db *db, bool quick)
{
	struct error error = ERROR_INIT;
	struct faults faults = { .count = 0 };

	assert_ok(db_check_structure(db, quick, keep_fault, &faults, &error), error);
	return faults;
}

/* What the engine's check and the foreign keys find. */
static void test_structure(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	sqlite3 *foreign = NULL;

	(void)state;
	support_database("faults.db");
	assert_int_equal(sqlite3_open("faults.db", &foreign), SQLITE_OK);
	assert_int_equal(sqlite3_exec(foreign,
				 "INSERT INTO session (session_id, event_id, code, start_s, end_s,"
				 " is_stated) VALUES (5, 99, 'S', 0, 1, 1)",
				 NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_close(foreign), SQLITE_OK);
	assert_ok(db_open("faults.db", DB_READ, NULL, &db, &error), error);
	struct faults faults = faults_of(db, false);
	assert_int_equal(faults.count, 1);
	assert_string_equal(faults.first,
		"a row of session (number 5) points at a row of event that is not there");
	assert_int_equal(faults_of(db, true).count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_to_file),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_never_quiet),
		cmocka_unit_test(test_structure),
	};

	return cmocka_run_group_tests_name("copy", tests, support_start, support_stop);
}

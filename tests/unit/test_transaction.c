/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"
#include "support.h"
#include "util/memory.h"

#include <signal.h>
#include <sys/file.h>
#include <sys/time.h>

static const struct db_options impatient = { .wait_ms = 120 };

static struct db *open_writer(const char *path)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	assert_ok(db_open(path, DB_WRITE, &impatient, &db, &error), error);
	return db;
}

static void add_event(struct db *db, const char *code)
{
	struct error error = ERROR_INIT;
	int64_t event_id = 0;
	struct event_row row = { .code = code, .title = "", .timezone = "UTC", .url = "" };

	assert_ok(event_store_insert(db, &row, &event_id, &error), error);
}

static enum status count_event(const struct event_row *row, void *data, struct error *error)
{
	(void)row;
	(void)error;
	(*(int *)data)++;
	return STATUS_OK;
}

static int count_events(struct db *db)
{
	struct error error = ERROR_INIT;
	int count = 0;

	assert_ok(event_store_list(db, count_event, &count, &error), error);
	return count;
}

static void test_commit_and_rollback(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("one.db");
	db = open_writer("one.db");
	assert_false(transaction_is_open(db));
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_true(transaction_is_open(db));
	add_event(db, "gone");
	transaction_end(&transaction);
	assert_false(transaction_is_open(db));
	assert_int_equal(count_events(db), 1);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	add_event(db, "stays");
	assert_ok(transaction_commit(&transaction, &error), error);
	transaction_end(&transaction); /* nothing is left to take back */
	assert_int_equal(count_events(db), 2);
}

/* The second writer gives up after its patience, and comes in once the first is done. */
static void test_two_writers(void **state)
{
	CLEANUP(db_closep) struct db *first = NULL;
	CLEANUP(db_closep) struct db *second = NULL;
	struct transaction of_first = TRANSACTION_INIT;
	struct transaction of_second = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("two.db");
	first = open_writer("two.db");
	second = open_writer("two.db");
	assert_ok(transaction_begin_write(&of_first, first, &error), error);
	add_event(first, "first");
	assert_fails(transaction_begin_write(&of_second, second, &error), STATUS_BUSY,
		"others held the database", error);
	assert_null(of_second.db);
	assert_ok(transaction_commit(&of_first, &error), error);
	assert_ok(transaction_begin_write(&of_second, second, &error), error);
	assert_int_equal(count_events(second), 2);
	add_event(second, "second");
	assert_ok(transaction_commit(&of_second, &error), error);
	assert_int_equal(count_events(first), 3);
}

/* Writers queue on the lock file, for as long as the transaction lasts and no longer; what
 * the wait needed of the process is as it was. */
static void test_queue(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct stat lock;
	struct itimerval alarm;
	struct sigaction action;

	(void)state;
	support_database("queue.db");
	db = open_writer("queue.db");
	assert_false(support_exists("queue.db.lock"));
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_int_equal(stat("queue.db.lock", &lock), 0);
	assert_int_equal(lock.st_mode & 07777, 0600);
	int other = open("queue.db.lock", O_RDWR | O_CLOEXEC);
	assert_true(other >= 0);
	assert_int_equal(flock(other, LOCK_EX | LOCK_NB), -1);
	transaction_end(&transaction);
	assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);
	assert_fails(transaction_begin_write(&transaction, db, &error), STATUS_BUSY, "queue.db",
		error);
	assert_int_equal(getitimer(ITIMER_REAL, &alarm), 0);
	assert_int_equal(alarm.it_value.tv_usec, 0);
	assert_int_equal(sigaction(SIGALRM, NULL, &action), 0);
	assert_true(action.sa_handler == SIG_DFL);
	assert_int_equal(flock(other, LOCK_UN), 0);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	transaction_end(&transaction);
	assert_int_equal(close(other), 0);
}

/* A reader that does not end holds up the commit, which then has written nothing. */
static void test_reader(void **state)
{
	CLEANUP(db_closep) struct db *writer = NULL;
	CLEANUP(db_closep) struct db *reader = NULL;
	struct transaction writing = TRANSACTION_INIT;
	struct transaction reading = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("reader.db");
	writer = open_writer("reader.db");
	assert_ok(db_open("reader.db", DB_READ, &impatient, &reader, &error), error);
	assert_ok(transaction_begin_read(&reading, reader, &error), error);
	assert_int_equal(count_events(reader), 1);
	assert_ok(transaction_begin_write(&writing, writer, &error), error);
	add_event(writer, "late");
	assert_fails(transaction_commit(&writing, &error), STATUS_BUSY, "reader.db", error);
	assert_null(writing.db);
	assert_false(transaction_is_open(writer));
	transaction_end(&reading);
	assert_int_equal(count_events(reader), 1);
	assert_ok(transaction_begin_write(&writing, writer, &error), error);
	add_event(writer, "late");
	assert_ok(transaction_commit(&writing, &error), error);
	assert_int_equal(count_events(reader), 2);
}

/* What another program locks without the queue is waited for in the same patience. */
static void test_stranger(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *stranger = NULL;
	struct transaction transaction = TRANSACTION_INIT;
	struct transaction of_stranger = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("stranger.db");
	db = open_writer("stranger.db");
	stranger = open_writer("stranger.db");
	assert_ok(transaction_begin_write(&of_stranger, stranger, &error), error);
	assert_int_equal(unlink("stranger.db.lock"), 0);
	assert_fails(transaction_begin_write(&transaction, db, &error), STATUS_BUSY, "stranger.db",
		error);
	transaction_end(&of_stranger);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	transaction_end(&transaction);
}

/* A rule of the schema that does not hold is an error, and the transaction can go on. */
static void test_constraint(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct event_row row = { .code = "E", .title = "", .timezone = "UTC", .url = "" };
	int64_t event_id = 77;

	(void)state;
	support_database("rule.db");
	db = open_writer("rule.db");
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_fails(event_store_insert(db, &row, &event_id, &error), STATUS_DATABASE,
		"UNIQUE constraint failed", error);
	assert_int_equal(event_id, 77);
	add_event(db, "other");
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_int_equal(count_events(db), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commit_and_rollback),
		cmocka_unit_test(test_two_writers),
		cmocka_unit_test(test_queue),
		cmocka_unit_test(test_reader),
		cmocka_unit_test(test_stranger),
		cmocka_unit_test(test_constraint),
	};

	return cmocka_run_group_tests_name("transaction", tests, support_start, support_stop);
}

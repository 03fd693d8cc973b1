/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"

#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
	ALARM_STEP_US = 50000,
	READER_TURN_MS = 250, /* a long import does not hold up who only reads */
	TURN_MS = 2,          /* enough for who is woken to take the lock */
};

static void wake(int signal_number)
{
	(void)signal_number;
}

static enum status open_queue(struct db *db, struct error *error)
{
	CLEANUP(str_free) struct str path = STR_INIT;

	str_addf(&path, "%s.lock", db->path);
	db->queue = open(path.text, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (db->queue < 0)
		return error_set_errno(error, STATUS_IO, "%s", path.text);
	return STATUS_OK;
}

/*
 * Waits for a place in the queue. A blocking flock is served in order, where attempts at
 * intervals would starve somebody; a repeating alarm (it may fire just before the call
 * blocks) wakes it to look at the time.
 */
static enum status enter_queue(struct db *db, int64_t wait_ms, struct error *error)
{
	struct sigaction action = { .sa_handler = wake };
	struct sigaction old_action;
	struct itimerval alarm = {
		.it_interval = { .tv_usec = ALARM_STEP_US },
		.it_value = { .tv_usec = ALARM_STEP_US },
	};
	struct itimerval old_alarm;

	if (flock(db->queue, LOCK_EX | LOCK_NB) == 0)
		return STATUS_OK;
	if (errno != EWOULDBLOCK)
		return error_set_errno(error, STATUS_IO, "%s.lock", db->path);
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(SIGALRM, &action, &old_action);
	(void)setitimer(ITIMER_REAL, &alarm, &old_alarm);
	int result;
	do {
		result = flock(db->queue, LOCK_EX);
	} while (result != 0 && errno == EINTR && db_clock_ms() - db->waiting_since_ms < wait_ms);
	int number = errno;
	(void)setitimer(ITIMER_REAL, &old_alarm, NULL);
	(void)sigaction(SIGALRM, &old_action, NULL);
	if (result == 0)
		return STATUS_OK;
	errno = number;
	if (errno == EINTR)
		return db_fail(db, SQLITE_BUSY, error);
	return error_set_errno(error, STATUS_IO, "%s.lock", db->path);
}

static void leave_queue(struct db *db)
{
	if (db->queue >= 0)
		(void)flock(db->queue, LOCK_UN);
}

enum status transaction_begin_write(struct transaction *transaction, struct db *db,
	struct error *error)
{
	enum status status = STATUS_OK;

	assert(transaction->db == NULL);
	assert(db->mode != DB_READ);
	db->waiting_since_ms = db_clock_ms();
	if (db->mode == DB_WRITE) {
		if (db->queue < 0)
			status = open_queue(db, error);
		if (status == STATUS_OK)
			status = enter_queue(db, db->wait_ms, error);
		if (status != STATUS_OK)
			return status;
	}
	/* The wait in the queue and that for readers are one. */
	db->is_waiting_counted = true;
	int result = sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	db->is_waiting_counted = false;
	if (result != SQLITE_OK) {
		status = db_fail(db, result, error);
		leave_queue(db);
		return status;
	}
	transaction->db = db;
	return STATUS_OK;
}

enum status transaction_begin_read(struct transaction *transaction, struct db *db,
	struct error *error)
{
	assert(transaction->db == NULL);
	enum status status = db_execute(db, "BEGIN", error);
	if (status == STATUS_OK)
		transaction->db = db;
	return status;
}

enum status transaction_begin_read_in_turn(struct transaction *transaction, struct db *db,
	struct error *error)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	struct error ignored = ERROR_INIT;
	int64_t version = 0;

	if (db->queue < 0 && (db->mode == DB_READ || db->mode == DB_WRITE)) {
		str_addf(&path, "%s.lock", db->path);
		db->queue = open(path.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	db->waiting_since_ms = db_clock_ms();
	if (db->queue >= 0)
		(void)enter_queue(db, READER_TURN_MS, &ignored);
	enum status status = transaction_begin_read(transaction, db, error);
	/* BEGIN alone takes no lock. */
	if (status == STATUS_OK)
		status = db_execute_integer(db, "PRAGMA schema_version", &version, error);
	leave_queue(db);
	return status;
}

enum status transaction_commit(struct transaction *transaction, struct error *error)
{
	struct db *db = transaction->db;

	assert(db != NULL);
	int result = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
	if (result != SQLITE_OK) {
		enum status status = db_fail(db, result, error);
		if ((result & 0xff) == SQLITE_IOERR)
			(void)error_hint(error,
				"whether it was stored is not known: look, before you"
				" do it again");
		transaction_end(transaction);
		return status;
	}
	transaction->db = NULL;
	leave_queue(db);
	return STATUS_OK;
}

void transaction_end(struct transaction *transaction)
{
	struct db *db = transaction->db;

	if (db == NULL)
		return;
	transaction->db = NULL;
	/* After some failures SQLite has rolled back by itself. */
	if (sqlite3_get_autocommit(db->handle) == 0)
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	leave_queue(db);
}

void transaction_let_others(void)
{
	struct timespec turn = { .tv_nsec = TURN_MS * 1000000L };

	(void)nanosleep(&turn, NULL);
}

bool transaction_is_open(const struct db *db)
{
	return sqlite3_get_autocommit(db->handle) == 0;
}

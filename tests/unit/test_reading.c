/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/reading.h"

#include "core/event.h"
#include "core/ledger.h"
#include "core/log.h"
#include "store/db_private.h"
#include "support.h"
#include "util/memory.h"

static const struct actor actor = { .name = "test", .now_s = 1000 };

/* What the reading under test does, and what it saw. */
struct plan {
	struct db *writer;
	int slices;            /* read transactions of each attempt */
	int changes_remaining; /* an event is changed between the slices of so many attempts */
	int scans_remaining;   /* the same with a scan */
	int attempts;
	bool was_locked;
	int notices;
	int notices_at_last_attempt;
	int64_t last_scan;
	int64_t last_log;
	int64_t scans_seen;
	enum status failure;
};

static void change_event(struct db *writer)
{
	struct error error = ERROR_INIT;
	struct event *event = NULL;
	struct event_change change = { .title = "changed" };
	struct seats seats = SEATS_INIT;

	assert_ok(event_find(writer, "e", &event, &error), error);
	assert_ok(event_set(writer, &actor, event, &change, &seats, &error), error);
	event_free(event);
}

static void add_scan(struct db *writer)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct ledger ledger;
	struct log_event event = { .action = "checkin" };
	struct scan_row row = {
		.event_id = 1,
		.direction = "in",
		.at_s = 1,
		.stored_s = 1,
		.source = "door",
		.station = "",
		.result = "refused",
		.reason = "unknown-token",
		.actor = "test",
	};

	assert_ok(transaction_begin_write(&transaction, writer, &error), error);
	assert_ok(ledger_begin(&ledger, writer, &error), error);
	assert_ok(ledger_add(&ledger, &row, &error), error);
	assert_ok(ledger_close(&ledger, &actor, &event, &error), error);
	ledger_free(&ledger);
	assert_ok(transaction_commit(&transaction, &error), error);
}

static int64_t count_scans(struct db *db, int64_t last_scan)
{
	struct error error = ERROR_INIT;
	int64_t last = 0;

	assert_ok(scan_store_last_number(db, &last, &error), error);
	return last < last_scan ? last : last_scan;
}

static enum status read_once(struct reading *reading, void *data, struct error *error)
{
	struct plan *plan = data;

	plan->attempts++;
	plan->was_locked = reading->is_locked;
	plan->last_scan = reading->last_scan;
	plan->last_log = reading->last_log;
	plan->notices_at_last_attempt = plan->notices;
	for (int i = 0; i < plan->slices; i++) {
		assert_ok(reading_slice_begin(reading, error), *error);
		assert_true(transaction_is_open(reading->db));
		plan->scans_seen = count_scans(reading->db, reading->last_scan);
		reading_slice_end(reading);
		assert_int_equal(transaction_is_open(reading->db), reading->is_locked);
		if (i == 0 && plan->changes_remaining > 0 && !reading->is_locked) {
			plan->changes_remaining--;
			change_event(plan->writer);
		}
		if (i == 0 && plan->scans_remaining > 0 && !reading->is_locked) {
			plan->scans_remaining--;
			add_scan(plan->writer);
		}
	}
	if (plan->failure != STATUS_OK)
		return error_set(error, plan->failure, "the function's own");
	return STATUS_OK;
}

static enum status read_own(struct reading *reading, void *data, struct error *error)
{
	struct plan *plan = data;

	plan->attempts++;
	assert_ok(reading_slice_begin(reading, error), *error);
	plan->scans_seen = count_scans(reading->db, reading->last_scan);
	assert_false(reading_slice_is_over(reading));
	reading_slice_end(reading);
	return STATUS_OK;
}

static void notice(void *data)
{
	((struct plan *)data)->notices++;
}

static void run_plan(struct plan *plan, enum status wanted)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)unlink("read.db");
	(void)unlink("read.db.lock");
	support_database("read.db");
	assert_ok(db_open("read.db", DB_WRITE, NULL, &plan->writer, &error), error);
	add_scan(plan->writer);
	assert_ok(db_open("read.db", DB_READ, NULL, &db, &error), error);
	assert_int_equal(reading_run(db, read_once, plan, notice, plan, &error), wanted);
	assert_false(transaction_is_open(db));
	/* Nothing holds up a writer afterwards. */
	add_scan(plan->writer);
	db_close(plan->writer);
}

static void test_quiet(void **state)
{
	struct plan plan = { .slices = 3 };

	(void)state;
	run_plan(&plan, STATUS_OK);
	assert_int_equal(plan.attempts, 1);
	assert_int_equal(plan.notices, 0);
	assert_int_equal(plan.last_scan, 1);
	assert_int_equal(plan.last_log, 1);
}

/* What came after the first and only slice is no concern of what was read in it. */
static void test_one_slice(void **state)
{
	struct plan plan = { .slices = 1, .changes_remaining = 9 };

	(void)state;
	run_plan(&plan, STATUS_OK);
	assert_int_equal(plan.attempts, 1);
	assert_int_equal(plan.changes_remaining, 8);
}

static void test_restart(void **state)
{
	struct plan plan = { .slices = 2, .changes_remaining = 1 };

	(void)state;
	run_plan(&plan, STATUS_OK);
	assert_int_equal(plan.attempts, 2);
	assert_int_equal(plan.notices, 0);
	assert_int_equal(plan.last_log, 2);
	assert_false(plan.was_locked);
}

/* Changes without end: at last under the lock, and said before. */
static void test_locked(void **state)
{
	struct plan plan = { .slices = 3, .changes_remaining = 1000 };

	(void)state;
	run_plan(&plan, STATUS_OK);
	assert_int_equal(plan.attempts, 4);
	assert_true(plan.was_locked);
	assert_int_equal(plan.notices, 1);
	assert_int_equal(plan.notices_at_last_attempt, 1);
	assert_int_equal(plan.last_log, 4);
}

/* Scans that come meanwhile are left out, and no reason to start again. */
static void test_scans(void **state)
{
	struct plan plan = { .slices = 4, .scans_remaining = 1000 };

	(void)state;
	run_plan(&plan, STATUS_OK);
	assert_int_equal(plan.attempts, 1);
	assert_int_equal(plan.last_scan, 1);
	assert_int_equal(plan.scans_seen, 1);
}

static void test_failure(void **state)
{
	struct plan plan = {
		.slices = 2,
		.changes_remaining = 1,
		.failure = STATUS_IO,
	};

	(void)state;
	run_plan(&plan, STATUS_IO);
	assert_int_equal(plan.attempts, 1);
}

/* Inside a transaction of one's own the reading is part of it, and leaves it open. */
static void test_own_transaction(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct plan plan = { .slices = 1 };
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("own.db");
	assert_ok(db_open("own.db", DB_WRITE, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_ok(reading_run(db, read_own, &plan, NULL, NULL, &error), error);
	assert_int_equal(plan.attempts, 1);
	assert_true(transaction_is_open(db));
	assert_ok(transaction_commit(&transaction, &error), error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_one_slice),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_locked),
		cmocka_unit_test(test_scans),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_own_transaction),
	};

	return cmocka_run_group_tests_name("reading", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/ledger.h"

#include "core/log_list.h"
#include "support.h"
#include "util/memory.h"

static const struct actor actor = { .name = "test", .now_s = 1000 };

static struct scan_row scan_at(int64_t at_s, const char *nonce)
{
	return (struct scan_row){
		.event_id = 1,
		.direction = "in",
		.at_s = at_s,
		.stored_s = 60,
		.source = "door",
		.station = "",
		.nonce = nonce,
		.result = "refused",
		.reason = "unknown-token",
		.actor = "test",
	};
}

struct fixture {
	struct db *db;
	struct transaction transaction;
	struct ledger ledger;
	struct error error;
};

static void begin(struct fixture *fixture, const char *path)
{
	*fixture = (struct fixture){ .db = NULL };
	if (!support_exists(path))
		support_database(path);
	assert_ok(db_open(path, DB_WRITE, NULL, &fixture->db, &fixture->error), fixture->error);
	assert_ok(transaction_begin_write(&fixture->transaction, fixture->db, &fixture->error),
		fixture->error);
	assert_ok(ledger_begin(&fixture->ledger, fixture->db, &fixture->error), fixture->error);
}

static void end(struct fixture *fixture, bool commits)
{
	ledger_free(&fixture->ledger);
	if (commits)
		assert_ok(transaction_commit(&fixture->transaction, &fixture->error),
			fixture->error);
	transaction_end(&fixture->transaction);
	db_close(fixture->db);
}

static void close_group(struct fixture *fixture)
{
	assert_ok(ledger_close(&fixture->ledger, &actor, &(struct log_event){ .action = "checkin" },
			  &fixture->error),
		fixture->error);
}

static int64_t last_entry(struct db *db)
{
	struct error error = ERROR_INIT;
	struct log_head head = { .log_id = -1 };

	assert_ok(log_head(db, &head, &error), error);
	return head.log_id;
}

struct seen {
	struct log_row row;
	int count;
};

static enum status keep_row(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	struct seen *seen = data;

	(void)reason;
	(void)error;
	seen->row = *row;
	seen->count++;
	return STATUS_OK;
}

/* Numbers go on from transaction to transaction; each group has one entry. */
static void test_groups(void **state)
{
	struct fixture fixture;
	struct scan_row row = scan_at(1, NULL);
	struct log_filter filter = { .registrant_id = 0 };
	struct seen seen = { .count = 0 };
	unsigned char digest[HASH_SIZE];
	CLEANUP(hash_freep) struct hash *hash = hash_new(LEDGER_HASH_PERSONAL);

	(void)state;
	begin(&fixture, "groups.db");
	close_group(&fixture); /* an empty group has none */
	assert_int_equal(last_entry(fixture.db), 0);
	assert_ok(ledger_add(&fixture.ledger, &row, &fixture.error), fixture.error);
	assert_int_equal(row.scan_id, 1);
	close_group(&fixture);
	assert_ok(ledger_add(&fixture.ledger, &row, &fixture.error), fixture.error);
	assert_int_equal(row.scan_id, 2);
	close_group(&fixture);
	close_group(&fixture);
	assert_int_equal(last_entry(fixture.db), 2);
	end(&fixture, true);
	begin(&fixture, "groups.db");
	for (int i = 0; i < 3; i++) {
		row = scan_at(i, NULL);
		assert_ok(ledger_add(&fixture.ledger, &row, &fixture.error), fixture.error);
		assert_int_equal(row.scan_id, 3 + i);
		ledger_hash_row(hash, &row);
	}
	hash_finish(hash, digest);
	close_group(&fixture);
	end(&fixture, true);
	begin(&fixture, "groups.db");
	assert_ok(log_list(fixture.db, &filter, keep_row, &seen, &fixture.error), fixture.error);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.row.first_scan, 3);
	assert_int_equal(seen.row.last_scan, 5);
	assert_true(seen.row.has_digest);
	assert_memory_equal(seen.row.digest, digest, sizeof digest);
	end(&fixture, false);
}

/* A nonce that is known stores nothing, and the group goes on without a gap. */
static void test_nonce(void **state)
{
	struct fixture fixture;
	struct scan_row first = scan_at(1, "a");
	struct scan_row again = scan_at(2, "a");
	struct scan_row next = scan_at(3, "b");

	(void)state;
	begin(&fixture, "nonce.db");
	assert_ok(ledger_add(&fixture.ledger, &first, &fixture.error), fixture.error);
	assert_int_equal(ledger_add(&fixture.ledger, &again, &fixture.error), STATUS_EXISTS);
	assert_ok(ledger_add(&fixture.ledger, &next, &fixture.error), fixture.error);
	assert_int_equal(next.scan_id, 2);
	close_group(&fixture);
	end(&fixture, true);
}

/* What is rolled back leaves neither numbers nor entries behind. */
static void test_rollback(void **state)
{
	struct fixture fixture;
	struct scan_row row = scan_at(1, NULL);

	(void)state;
	begin(&fixture, "rollback.db");
	assert_ok(ledger_add(&fixture.ledger, &row, &fixture.error), fixture.error);
	close_group(&fixture);
	end(&fixture, false);
	begin(&fixture, "rollback.db");
	assert_int_equal(last_entry(fixture.db), 0);
	assert_ok(ledger_add(&fixture.ledger, &row, &fixture.error), fixture.error);
	assert_int_equal(row.scan_id, 1);
	end(&fixture, false);
}

/* Each column counts, and where it stands. */
static void test_canonical_bytes(void **state)
{
	struct scan_row rows[16];
	unsigned char digests[16][HASH_SIZE];
	size_t count = 0;
	CLEANUP(hash_freep) struct hash *hash = hash_new(LEDGER_HASH_PERSONAL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		rows[i] = scan_at(1, "n");
	rows[++count].at_s = 2;
	rows[++count].registrant_id = 1;
	rows[++count].session_id = 1;
	rows[++count].token_id = 1;
	rows[++count].direction = NULL;
	rows[++count].has_until = true; /* until 0 */
	rows[++count].has_first = true;
	rows[++count].stored_s = 61;
	rows[++count].station = "n";
	rows[++count].nonce = NULL;
	rows[++count].nonce = "";
	rows[++count].is_forced = true;
	rows[++count].void_of = 1;
	rows[++count].import_id = 1;
	rows[++count].reason = NULL;
	assert_int_equal(count, sizeof rows / sizeof rows[0] - 1);
	for (size_t i = 0; i <= count; i++) {
		ledger_hash_row(hash, &rows[i]);
		hash_finish(hash, digests[i]);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(digests[i], digests[j], HASH_SIZE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_nonce),
		cmocka_unit_test(test_rollback),
		cmocka_unit_test(test_canonical_bytes),
	};

	return cmocka_run_group_tests_name("ledger", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/log.h"

#include "core/ledger.h"
#include "core/log_check.h"
#include "core/log_list.h"
#include "forge.h"
#include "util/memory.h"
#include "util/str.h"

static const struct actor actor = { .name = "Zoë", .now_s = 1000 };

static void append(struct db *db, const struct log_event *event)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_ok(log_append(db, &actor, event, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

/* Adds `count` scans of registrant 7, covered by one entry. */
static void scan(struct db *db, int count)
{
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(ledger_free) struct ledger ledger = { .db = NULL };
	struct error error = ERROR_INIT;

	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_ok(ledger_begin(&ledger, db, &error), error);
	for (int i = 0; i < count; i++) {
		struct scan_row row = {
			.event_id = 1,
			.registrant_id = 7,
			.direction = "in",
			.at_s = 50 + i,
			.stored_s = 60,
			.source = "door",
			.station = "west",
			.result = "admitted",
			.actor = "Zoë",
		};
		assert_ok(ledger_add(&ledger, &row, &error), error);
	}
	assert_ok(ledger_close(&ledger, &actor, &(struct log_event){ .action = "checkin" }, &error),
		error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

/* Entries 1 to 6 with scans 1, 2 to 4 and 5 to 6 in entries 2, 4 and 6. */
static void make(const char *path)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)unlink(path);
	support_database(path);
	assert_ok(db_open(path, DB_WRITE, NULL, &db, &error), error);
	support_registrant(db, 7);
	support_registrant(db, 8);
	append(db, &(struct log_event){ .action = "event add",
			   .subject = "event",
			   .subject_id = 1,
			   .detail = "e" });
	scan(db, 1);
	append(db, &(struct log_event){ .action = "registrant cancel",
			   .subject = "registrant",
			   .subject_id = 8,
			   .reason = "ill",
			   .reason_registrant_id = 8 });
	scan(db, 3);
	append(db, &(struct log_event){ .action = "registrant confirm",
			   .subject = "registrant",
			   .subject_id = 7 });
	scan(db, 2);
}

/* --- Faults, one a line --- */

static enum status add_fault(const struct finding *finding, void *data, struct error *error)
{
	struct str *faults = data;

	(void)error;
	str_addf(faults, "%s: %s: %s\n", finding->kind, finding->subject, finding->message);
	return STATUS_OK;
}

static void assert_faults(const char *path, int64_t after, const char *head, const char *wanted)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(str_free) struct str faults = STR_INIT;
	struct error error = ERROR_INIT;
	struct findings findings = { .function = add_fault, .data = &faults, .error = &error };
	struct log_check_options options = { .after = after };
	struct log_check_counts counts;
	struct log_head kept;

	assert_ok(db_open(path, DB_READ, NULL, &db, &error), error);
	assert_ok(log_check(db, &options, &findings, &counts, &error), error);
	if (head != NULL) {
		assert_true(log_head_read(head, &kept));
		assert_ok(log_check_head(db, &kept, &findings, &error), error);
	}
	assert_string_equal(faults.text, wanted);
}

static void assert_forgery(const char *sql, const char *wanted)
{
	make("forged.db");
	assert_faults("forged.db", 0, NULL, "");
	forge("forged.db", sql);
	assert_faults("forged.db", 0, NULL, wanted);
}

#define UNFIT "its hash does not fit: it, or the entry before it, was changed by another program"

static void test_entries_forged(void **state)
{
	(void)state;
	assert_forgery("UPDATE log SET actor = 'Eve' WHERE log_id = 1",
		"log: log entry 1: " UNFIT "\n");
	assert_forgery("UPDATE log SET at_s = 1001 WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\n");
	assert_forgery("UPDATE log SET action = 'x' WHERE log_id = 6",
		"log: log entry 6: " UNFIT "\n");
	assert_forgery("UPDATE log SET subject = '' WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\n");
	assert_forgery("UPDATE log SET subject_id = 7 WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\n");
	assert_forgery("UPDATE log SET detail = 'f' WHERE log_id = 1",
		"log: log entry 1: " UNFIT "\n");
	assert_forgery("UPDATE log SET digest = zeroblob(32) WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\n");
	/* A field's end moved into the next. */
	assert_forgery("UPDATE log SET action = 'registrant cancelr', subject = 'egistrant'"
		       " WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\n");
	assert_forgery("UPDATE log SET hash = zeroblob(32) WHERE log_id = 3",
		"log: log entry 3: " UNFIT "\nlog: log entry 4: " UNFIT "\n");
	assert_forgery("DELETE FROM remark; DELETE FROM log WHERE log_id = 3",
		"log: log entry 3: missing: removed by another program\n");
	assert_forgery("DELETE FROM log WHERE log_id = 1",
		"log: log entry 1: missing: removed by another program\n");
	assert_forgery("DELETE FROM remark; DELETE FROM log WHERE log_id = 3;"
		       "UPDATE log SET log_id = log_id - 1 WHERE log_id > 3",
		"log: log entry 3: " UNFIT "\nlog: log entry 4: " UNFIT "\nlog: log entry 5: " UNFIT
		"\n");
	assert_forgery("INSERT INTO log (log_id, at_s, actor, action, hash)"
		       " VALUES (7, 1000, 'Eve', 'x', randomblob(32))",
		"log: log entry 7: " UNFIT "\n");
	/* Two entries change places. */
	assert_forgery("UPDATE log SET log_id = 99 WHERE log_id = 3;"
		       "UPDATE log SET log_id = 3 WHERE log_id = 5;"
		       "UPDATE log SET log_id = 5 WHERE log_id = 99",
		"log: log entry 3: " UNFIT "\nlog: log entry 4: " UNFIT "\nlog: log entry 5: " UNFIT
		"\nlog: log entry 6: " UNFIT "\n");
}

static void test_scans_forged(void **state)
{
	static const char *const changes[] = { "at_s = 49", "registrant_id = 8",
		"result = 'refused'", "reason = 'already-in'", "station = 'east'",
		"source = 'manual'", "direction = 'out'", "nonce = 'n'", "first_s = 0",
		"until_s = 99", "stored_s = 61", "is_forced = 1", "actor = 'Eve'",
		"registrant_id = NULL" };

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		char sql[100];

		(void)snprintf(sql, sizeof sql, "UPDATE scan SET %s WHERE scan_id = 3", changes[i]);
		assert_forgery(sql,
			"scan: scans 2 to 4: not as log entry 4 has it: changed by another program\n");
	}
	assert_forgery("UPDATE scan SET at_s = 0 WHERE scan_id = 1",
		"scan: scan 1: not as log entry 2 has it: changed by another program\n");
	assert_forgery("DELETE FROM scan WHERE scan_id = 3",
		"scan: scans 2 to 4: 1 of them is missing: removed by another program\n");
	assert_forgery("DELETE FROM scan WHERE scan_id IN (1, 5, 6)",
		"scan: scan 1: 1 of them is missing: removed by another program\n"
		"scan: scans 5 to 6: 2 of them are missing: removed by another program\n");
	assert_forgery("INSERT INTO scan (scan_id, event_id, at_s, direction, stored_s, source,"
		       " result, actor) VALUES (7, 1, 0, 'in', 0, 'door', 'refused', 'Eve')",
		"scan: scan 7: no log entry covers it: it was added by another program\n");
	assert_forgery("INSERT INTO scan (scan_id, event_id, at_s, direction, stored_s, source,"
		       " result, actor) VALUES (0, 1, 0, 'in', 0, 'door', 'refused', 'Eve')",
		"scan: scan 0: no log entry covers it: it was added by another program\n");
	assert_forgery("INSERT INTO log (log_id, at_s, actor, action, hash)"
		       " VALUES (-3, 1000, 'Eve', 'x', randomblob(32))",
		"log: log entry -3: no entry has this number: it was added by another program\n");
	assert_forgery("DELETE FROM log WHERE log_id = 4",
		"log: log entry 4: missing: removed by another program\n"
		"log: log entry 6: scans 2 to 4 before it stand in no entry: an entry was removed\n"
		"scan: scans 2 to 4: no log entry covers it: it was added by another program\n");
	assert_forgery("UPDATE scan SET scan_id = 9 WHERE scan_id = 6",
		"scan: scans 5 to 6: 1 of them is missing: removed by another program\n"
		"scan: scan 9: no log entry covers it: it was added by another program\n");
}

static void read_head(const char *path, char ret_text[static LOG_HEAD_TEXT_SIZE])
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	struct log_head head;

	assert_ok(db_open(path, DB_READ, NULL, &db, &error), error);
	assert_ok(log_head(db, &head, &error), error);
	log_head_write(&head, ret_text);
}

/* What the chain alone cannot show: a cut tail, a chain written anew. */
static void test_heads(void **state)
{
	char head[LOG_HEAD_TEXT_SIZE];
	char other[LOG_HEAD_TEXT_SIZE];
	static const char empty[] =
		"0:0000000000000000000000000000000000000000000000000000000000000000";

	(void)state;
	make("head.db");
	read_head("head.db", head);
	assert_faults("head.db", 0, head, "");
	assert_faults("head.db", 6, head, "");
	assert_faults("head.db", 0, empty, "");
	(void)snprintf(other, sizeof other, "5%s", head + 1);
	assert_faults("head.db", 0, other,
		"log: log entry 5: its hash is not the one noted: the log was written anew\n");
	forge("head.db", "DELETE FROM scan WHERE scan_id > 4; DELETE FROM log WHERE log_id > 5");
	assert_faults("head.db", 0, NULL, "");
	assert_faults("head.db", 0, head,
		"log: log entry 6: the log ends with entry 5: what was there when the head was"
		" noted was cut off\n");
}

/* Works the hashes out anew from an entry on, as somebody who knows how would. */
static void rechain(const char *path, int64_t from)
{
	sqlite3 *handle = NULL;
	sqlite3_stmt *read = NULL;
	unsigned char hash[HASH_SIZE] = { 0 };
	struct str sql = STR_INIT;
	char hex[2 * HASH_SIZE + 1];

	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(handle,
				 "SELECT log_id, at_s, actor, action, subject, subject_id, detail,"
				 " first_scan, last_scan, digest, hash FROM log ORDER BY log_id",
				 -1, &read, NULL),
		SQLITE_OK);
	while (sqlite3_step(read) == SQLITE_ROW) {
		struct log_row row = {
			.log_id = sqlite3_column_int64(read, 0),
			.at_s = sqlite3_column_int64(read, 1),
			.actor = (const char *)sqlite3_column_text(read, 2),
			.action = (const char *)sqlite3_column_text(read, 3),
			.subject = (const char *)sqlite3_column_text(read, 4),
			.subject_id = sqlite3_column_int64(read, 5),
			.detail = (const char *)sqlite3_column_text(read, 6),
			.first_scan = sqlite3_column_int64(read, 7),
			.last_scan = sqlite3_column_int64(read, 8),
			.has_digest = sqlite3_column_type(read, 9) != SQLITE_NULL,
		};
		if (row.has_digest)
			memcpy(row.digest, sqlite3_column_blob(read, 9), sizeof row.digest);
		if (row.log_id < from) {
			memcpy(hash, sqlite3_column_blob(read, 10), sizeof hash);
			continue;
		}
		log_entry_hash(&row, hash, hash);
		hash_to_hex(hash, sizeof hash, hex);
		str_addf(&sql, "UPDATE log SET hash = x'%s' WHERE log_id = %lld;", hex,
			(long long)row.log_id);
	}
	assert_int_equal(sqlite3_finalize(read), SQLITE_OK);
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
	forge(path, sql.text);
	str_free(&sql);
}

/* A chain that fits in itself: written anew from the middle on after a change, with an entry
 * less, or of another database altogether. Only a head kept elsewhere shows it. */
static void test_chain_forged(void **state)
{
	static const char anew[] =
		"log: log entry 6: its hash is not the one noted: the log was written anew\n";
	char head[LOG_HEAD_TEXT_SIZE];
	char early[LOG_HEAD_TEXT_SIZE];

	(void)state;
	make("chain.db");
	read_head("chain.db", head);
	forge("chain.db", "UPDATE log SET actor = 'Eve' WHERE log_id = 3");
	assert_faults("chain.db", 0, NULL, "log: log entry 3: " UNFIT "\n");
	rechain("chain.db", 3);
	assert_faults("chain.db", 0, NULL, "");
	assert_faults("chain.db", 0, head, anew);
	make("chain.db");
	forge("chain.db", "DELETE FROM remark; DELETE FROM log WHERE log_id = 3;"
			  "UPDATE log SET log_id = log_id - 1 WHERE log_id > 3");
	rechain("chain.db", 3);
	assert_faults("chain.db", 0, NULL, "");
	assert_faults("chain.db", 0, head,
		"log: log entry 6: the log ends with entry 5: what was there when the head was"
		" noted was cut off\n");
	/* What was noted before the change says nothing of it. */
	make("chain.db");
	forge("chain.db", "DELETE FROM scan WHERE scan_id > 1; DELETE FROM log WHERE log_id > 2");
	read_head("chain.db", early);
	make("chain.db");
	forge("chain.db", "UPDATE log SET actor = 'Eve' WHERE log_id = 3");
	rechain("chain.db", 3);
	assert_faults("chain.db", 0, early, "");
	/* Another file, as sound, in its place. */
	make("chain.db");
	forge("chain.db", "UPDATE log SET at_s = 999 WHERE log_id = 1");
	rechain("chain.db", 1);
	assert_faults("chain.db", 0, NULL, "");
	assert_faults("chain.db", 0, head, anew);
	assert_faults("chain.db", 0, early,
		"log: log entry 2: its hash is not the one noted: the log was written anew\n");
}

/* From an entry on: what lies before is not looked at, what lies after is. */
static void test_after(void **state)
{
	(void)state;
	make("after.db");
	forge("after.db", "UPDATE log SET actor = 'Eve' WHERE log_id = 3;"
			  "UPDATE scan SET at_s = 0 WHERE scan_id = 2");
	assert_faults("after.db", 4, NULL, "");
	assert_faults("after.db", 5, NULL, "");
	assert_faults("after.db", 6, NULL, "");
	assert_faults("after.db", 3, NULL,
		"scan: scans 2 to 4: not as log entry 4 has it: changed by another program\n");
	forge("after.db", "UPDATE scan SET at_s = 0 WHERE scan_id = 6");
	assert_faults("after.db", 5, NULL,
		"scan: scans 5 to 6: not as log entry 6 has it: changed by another program\n");
}

static void test_head_texts(void **state)
{
	static const char *const bad[] = { "", "7", "7:", ":00", "x:00", "7:00",
		"-7:", "7:zz00000000000000000000000000000000000000000000000000000000000000",
		"7:000000000000000000000000000000000000000000000000000000000000000",
		"7:00000000000000000000000000000000000000000000000000000000000000000",
		"7:0000000000000000000000000000000000000000000000000000000000000000 x",
		"9999999999999999999:"
		"0000000000000000000000000000000000000000000000000000000000000000" };
	static const char good[] =
		" 12:ABcdef0000000000000000000000000000000000000000000000000000000001\n";
	struct log_head head = { .log_id = -1 };
	char text[LOG_HEAD_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (log_head_read(bad[i], &head))
			fail_msg("'%s' is read", bad[i]);
	assert_int_equal(head.log_id, -1);
	assert_true(log_head_read(good, &head));
	log_head_write(&head, text);
	assert_string_equal(text,
		"12:abcdef0000000000000000000000000000000000000000000000000000000001");
}

/* The hash is that of the bytes as they are described, made by another program. */
static void test_hash(void **state)
{
	const unsigned char before[32] = { 0 };
	const struct log_row row = {
		.log_id = 1,
		.at_s = 1000,
		.actor = "a",
		.action = "b",
		.subject = "",
		.detail = "é",
	};
	unsigned char hash[HASH_SIZE];
	char text[2 * HASH_SIZE + 1];

	(void)state;
	log_entry_hash(&row, before, hash);
	hash_to_hex(hash, sizeof hash, text);
	assert_string_equal(text,
		"da7a1f67114c9ce2d2ebd7a4243019ef736a27b9b11f625371321dcecd8baf31");
}

static enum status add_entry(const struct log_row *row, const char *reason, void *data,
	struct error *error)
{
	struct str *entries = data;

	(void)error;
	str_addf(entries, "%lld%s%s ", (long long)row->log_id, reason != NULL ? "=" : "",
		reason != NULL ? reason : "");
	return STATUS_OK;
}

static void assert_listed(const struct log_filter *filter, const char *wanted)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(str_free) struct str entries = STR_INIT;
	struct error error = ERROR_INIT;

	assert_ok(db_open("list.db", DB_READ, NULL, &db, &error), error);
	assert_ok(log_list(db, filter, add_entry, &entries, &error), error);
	assert_string_equal(entries.text, wanted);
}

static void test_list(void **state)
{
	(void)state;
	make("list.db");
	assert_listed(&(struct log_filter){ .registrant_id = 0 }, "1 2 3=ill 4 5 6 ");
	assert_listed(&(struct log_filter){ .registrant_id = 7 }, "2 4 5 6 ");
	assert_listed(&(struct log_filter){ .registrant_id = 8 }, "3=ill ");
	assert_listed(&(struct log_filter){ .registrant_id = 9 }, "");
	assert_listed(&(struct log_filter){ .has_since = true, .since_s = 1000 },
		"1 2 3=ill 4 5 6 ");
	assert_listed(&(struct log_filter){ .has_since = true, .since_s = 1001 }, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries_forged),
		cmocka_unit_test(test_scans_forged),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_chain_forged),
		cmocka_unit_test(test_after),
		cmocka_unit_test(test_head_texts),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_list),
	};

	return cmocka_run_group_tests_name("log", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/check.h"

#include "core/ledger.h"
#include "core/token.h"
#include "forge.h"
#include "store/programme_store.h"
#include "util/memory.h"
#include "util/str.h"

static const struct actor actor = { .name = "test", .now_s = 1000 };

/* A sound database: registrants 1 and 2 with tokens, a session with two items, a scan. */
static void make(const char *path)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(key_freep) struct key *key = key_make();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);
	CLEANUP(ledger_free) struct ledger ledger = { .db = NULL };
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct scan_row row = {
		.event_id = 1,
		.registrant_id = 1,
		.session_id = 1,
		.token_id = 1,
		.direction = "in",
		.at_s = 100,
		.stored_s = 100,
		.source = "door",
		.station = "",
		.result = "admitted",
		.actor = "test",
	};

	(void)unlink(path);
	support_database(path);
	assert_ok(db_open(path, DB_WRITE, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	support_registrant(db, 1);
	support_registrant(db, 2);
	assert_ok(key_register(key, db, 1000, &error), error);
	assert_ok(token_issue(db, issuer, 1, 1000, NULL, &error), error);
	assert_ok(token_issue(db, issuer, 2, 1000, NULL, &error), error);
	assert_ok(db_execute(db,
			  "INSERT INTO session (session_id, event_id, code, start_s, end_s,"
			  " is_stated) VALUES (1, 1, 'S1', 100, 200, 0);"
			  "INSERT INTO item (item_id, event_id, session_id, kind, start_s, end_s)"
			  " VALUES (1, 1, 1, 'talk', 100, 150), (2, 1, 1, 'talk', 150, 200)",
			  &error),
		error);
	assert_ok(ledger_begin(&ledger, db, &error), error);
	assert_ok(ledger_add(&ledger, &row, &error), error);
	assert_ok(ledger_close(&ledger, &actor, &(struct log_event){ .action = "checkin" }, &error),
		error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

struct told {
	struct str faults;
	int64_t done;
	int64_t total;
};

static enum status add_fault(const struct finding *finding, void *data, struct error *error)
{
	struct told *told = data;

	(void)error;
	str_addf(&told->faults, "%s: %s: %s\n", finding->kind, finding->subject, finding->message);
	return STATUS_OK;
}

static void keep_progress(int64_t done, int64_t total, void *data)
{
	struct told *told = data;

	told->done = done;
	told->total = total;
}

static int64_t check(const char *path, const struct check_options *options, struct told *told)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	const struct check_functions functions = {
		.finding = add_fault,
		.progress = keep_progress,
		.data = told,
	};
	struct check_summary summary;

	assert_ok(db_open(path, DB_READ, NULL, &db, &error), error);
	assert_ok(check_database(db, options, &functions, &summary, &error), error);
	return summary.findings;
}

static void assert_found(const char *sql, const char *wanted)
{
	struct told told = { .faults = STR_INIT };
	const struct check_options options = { .is_quick = false };

	make("check.db");
	if (sql != NULL)
		forge("check.db", sql);
	int64_t count = check("check.db", &options, &told);
	assert_string_equal(told.faults.text, wanted);
	assert_int_equal(count > 0, wanted[0] != '\0');
	assert_int_equal(told.done, told.total);
	str_free(&told.faults);
}

static void test_sound(void **state)
{
	(void)state;
	assert_found(NULL, "");
}

static void test_people(void **state)
{
	(void)state;
	assert_found("DELETE FROM token WHERE token_id = 2",
		"registrant: registrant @2: has no token; issue one with 'regtool token reissue'\n");
	assert_found("UPDATE scan SET token_id = NULL; DELETE FROM token WHERE token_id = 1",
		"scan: scan 1: not as log entry 1 has it: changed by another program\n"
		"registrant: registrant @1: has no token; issue one with 'regtool token reissue'\n"
		"token: token 2: the one numbered before it is missing: removed by another program\n");
	assert_found("UPDATE person SET email = NULL, email_key = NULL WHERE person_id = 2",
		"person: person 2: has neither an e-mail address nor an external id\n");
	assert_found("INSERT INTO person (person_id, external_id) VALUES (9, 'x')",
		"person: person 9: is registered for no event\n");
	assert_found("UPDATE person SET email = 'New@example.org' WHERE person_id = 2",
		"person: person 2: is not found by the e-mail address: it was changed by another"
		" program\n");
	assert_found("UPDATE registrant SET roles = 'Speaker' WHERE registrant_id = 2",
		"registrant: registrant @2: the roles are not a set of words: changed by another"
		" program\n");
	assert_found("UPDATE registrant SET queue_number = 1 WHERE registrant_id = 2",
		"registrant: registrant @2: has a place in the queue for a seat, but does not wait"
		" for one\n");
	assert_found("UPDATE registrant SET queue_number = 1, status = 'waitlisted'"
		     " WHERE registrant_id = 2",
		"");
	assert_found("UPDATE person SET erased_s = 5 WHERE person_id = 2",
		"person: person 2: was erased, but personal data is left; run 'regtool registrant"
		" forget' again\n");
	assert_found("UPDATE person SET erased_s = 5, name = '', email = NULL, email_key = NULL"
		     " WHERE person_id = 2;"
		     "UPDATE registrant SET note = 'vegan' WHERE registrant_id = 2",
		"registrant: registrant @2: was erased, but personal data is left; run 'regtool"
		" registrant forget' again\n");
	assert_found("UPDATE person SET erased_s = 5, name = '', email = NULL, email_key = NULL"
		     " WHERE person_id = 2; DELETE FROM token WHERE token_id = 2",
		"");
	assert_found("INSERT INTO erasure (hash, key_id, person_id, erased_s)"
		     " SELECT zeroblob(32), key_id, 2, 5 FROM keyring",
		"person: person 2: asked to be forgotten, and is not erased: changed by another"
		" program\n");
}

static void test_zone(void **state)
{
	(void)state;
	assert_found("UPDATE event SET timezone = 'Europe/Atlantis'",
		"event: event 'e': its time zone 'Europe/Atlantis' is not known on this machine\n");
}

static void test_imports(void **state)
{
	(void)state;
	assert_found("INSERT INTO import (import_id, event_id, name, digest, taken_s, actor,"
		     " row_count, added, updated, unchanged, kept, rejected)"
		     " VALUES (1, 1, 'a.csv', zeroblob(32), 0, 'x', 0, 0, 0, 0, 0, 0)",
		"import: import 1: the log knows nothing of it, or of another file: changed by"
		" another program\n");
	assert_found("INSERT INTO import (import_id, event_id, name, digest, taken_s, actor,"
		     " row_count, added, updated, unchanged, kept, rejected, undone_s)"
		     " VALUES (1, 1, 'a.csv', zeroblob(32), 0, 'x', 0, 0, 0, 0, 0, 0, 5)",
		"import: import 1: the log knows nothing of it, or of another file: changed by"
		" another program\n"
		"import: import 1: the log does not agree on whether it was undone, or it was not"
		" wholly: changed by another program\n");
}

#define OTHER_EVENT                                                                                \
	"INSERT INTO event (event_id, code, timezone) VALUES (2, 'other', 'UTC');"                 \
	"INSERT INTO question (question_id, event_id, header) VALUES (1, 2, 'Diet');"              \
	"INSERT INTO session (session_id, event_id, code, start_s, end_s, is_stated)"              \
	" VALUES (2, 2, 'X', 0, 1, 1);"

static void test_programme(void **state)
{
	(void)state;
	assert_found("UPDATE session SET is_stated = 1, end_s = 190",
		"programme: session 'S1': has an item outside its time, or of another event\n");
	assert_found("UPDATE item SET end_s = 151 WHERE item_id = 1",
		"programme: session 'S1': has items that overlap\n");
	assert_found("UPDATE session SET start_s = 90",
		"programme: session 'S1': does not span its items, as one without a row of its own"
		" does\n");
	assert_found("UPDATE session SET is_stated = 1, start_s = 90", "");
	assert_found(OTHER_EVENT "INSERT INTO answer VALUES (2, 1, 'none')",
		"registrant: registrant @2: has an answer to a question of another event\n");
}

static void test_courses(void **state)
{
	static const char fault[] =
		"course: course 'C': names a session of an event that it does not"
		" count: changed by another program\n";

	(void)state;
	assert_found(OTHER_EVENT
		"INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'C');"
		"INSERT INTO course_session VALUES (1, 'require', 1)",
		"");
	assert_found(OTHER_EVENT
		"INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'C');"
		"INSERT INTO course_session VALUES (1, 'require', 2)",
		fault);
	assert_found(OTHER_EVENT
		"INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'C');"
		"INSERT INTO course_event VALUES (1, 2);"
		"INSERT INTO course_session VALUES (1, 'require', 2)",
		"");
	assert_found(OTHER_EVENT
		"INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'C');"
		"INSERT INTO course_event VALUES (1, 2);"
		"INSERT INTO course_session VALUES (1, 'count', 1)",
		fault);
}

#define CHANGED "scan: scan 1: not as log entry 1 has it: changed by another program\n"

static void test_scans(void **state)
{
	(void)state;
	assert_found(OTHER_EVENT "UPDATE scan SET session_id = 2",
		CHANGED "scan: scan 1: its session is of another event\n");
	assert_found(OTHER_EVENT "UPDATE scan SET event_id = 2",
		CHANGED "scan: scan 1: its registrant is of another event\n");
	assert_found("UPDATE scan SET token_id = 2",
		CHANGED "scan: scan 1: its token is another registrant's\n");
	assert_found("UPDATE scan SET token_id = NULL, registrant_id = NULL",
		CHANGED "scan: scan 1: was admitted, but is nobody's\n");
	assert_found("UPDATE scan SET result = 'void', direction = NULL, void_of = 1",
		CHANGED "scan: scan 1: takes back what is itself a taking back\n");
}

static void test_structure(void **state)
{
	(void)state;
	assert_found("PRAGMA foreign_keys=OFF; UPDATE registrant SET import_id = 5"
		     " WHERE registrant_id = 1",
		"structure: file: a row of registrant (number 1) points at a row of import that is"
		" not there; restore a backup\n");
}

/* Damaged pages: faults, at once or as what cannot be read; never a crash. */
static void test_damaged_pages(void **state)
{
	size_t length;
	size_t found = 0;
	enum {
		PAGE = 4096,
	};

	(void)state;
	make("whole.db");
	CLEANUP(memory_free_text) char *bytes = support_read("whole.db", &length);
	for (size_t page = 1; page < length / PAGE; page++) {
		CLEANUP(db_closep) struct db *db = NULL;
		struct told told = { .faults = STR_INIT };
		const struct check_options options = { .is_quick = false };
		struct error error = ERROR_INIT;
		char kept[PAGE];

		memcpy(kept, bytes + page * PAGE, PAGE);
		memset(bytes + page * PAGE, 0x5a, PAGE);
		support_write("damaged.db", bytes, length);
		memcpy(bytes + page * PAGE, kept, PAGE);
		if (db_open("damaged.db", DB_READ, NULL, &db, &error) != STATUS_OK) {
			assert_non_null(strstr(error.message, "damaged.db"));
			found++;
			continue;
		}
		if (check("damaged.db", &options, &told) > 0)
			found++;
		str_free(&told.faults);
	}
	assert_int_equal(found, length / PAGE - 1);
}

static void test_quick(void **state)
{
	const struct check_options options = { .is_quick = true };
	struct told told = { .faults = STR_INIT };

	(void)state;
	make("quick.db");
	forge("quick.db", "DELETE FROM token WHERE token_id = 2");
	assert_int_equal(check("quick.db", &options, &told), 0);
	forge("quick.db", "UPDATE scan SET at_s = 0");
	assert_int_equal(check("quick.db", &options, &told), 1);
	assert_string_equal(told.faults.text, CHANGED);
	str_free(&told.faults);
}

/* More of one kind than anybody reads are counted. */
static void test_many(void **state)
{
	const struct check_options options = { .is_quick = false };
	struct told told = { .faults = STR_INIT };

	(void)state;
	make("many.db");
	forge("many.db",
		"WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 350)"
		" INSERT INTO person (person_id, external_id) SELECT i, i FROM n");
	assert_int_equal(check("many.db", &options, &told), 101);
	assert_non_null(strstr(told.faults.text, "person: : 151 more of this kind\n"));
	str_free(&told.faults);
}

static void test_backup(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	const struct check_functions functions = { .finding = NULL };
	const struct check_options options = { .is_quick = false };
	struct told told = { .faults = STR_INIT };
	struct stat file;

	(void)state;
	make("source.db");
	assert_ok(db_open("source.db", DB_READ, NULL, &db, &error), error);
	assert_ok(check_backup(db, "backup.db", &functions, &error), error);
	assert_int_equal(stat("backup.db", &file), 0);
	assert_int_equal(file.st_mode & 07777, 0600);
	assert_int_equal(check("backup.db", &options, &told), 0);
	assert_fails(check_backup(db, "backup.db", &functions, &error), STATUS_EXISTS, "backup.db",
		error);
	forge("source.db", "UPDATE scan SET at_s = 0");
	assert_fails(check_backup(db, "bad.db", &functions, &error), STATUS_NO,
		"scan 1: not as log entry 1 has it", error);
	assert_false(support_exists("bad.db"));
	str_free(&told.faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_zone),
		cmocka_unit_test(test_imports),
		cmocka_unit_test(test_programme),
		cmocka_unit_test(test_courses),
		cmocka_unit_test(test_scans),
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_damaged_pages),
		cmocka_unit_test(test_quick),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_backup),
	};

	return cmocka_run_group_tests_name("check", tests, support_start, support_stop);
}

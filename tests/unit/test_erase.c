/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Erasing people. Which tables and columns speak of somebody is read from the schema: one that
 * is added and not erased is found here.
 */
#include "core/erase.h"
#include "support.h"
#include "util/memory.h"

#define MARKER "of-ada"

/* Columns of text that stay: codes, sets of words, the door's own names. */
static const char *const kept[] = {
	"award_row.decision",
	"award_row.reasons",
	"mark.requirement",
	"mark.result",
	"registrant.roles",
	"registrant.status",
	"scan.direction",
	"scan.source",
	"scan.station",
	"scan.nonce",
	"scan.result",
	"scan.reason",
	"scan.actor",
};

/* Ada (1) is registered for events 1 and 2 as @1 and @2, under another address (record 2) as @3
 * for event 1; Bob (3) is @4. */
static const char *const world[] = {
	"INSERT INTO event (code, timezone) VALUES ('f', 'UTC')",
	"INSERT INTO keyring (key_id, added_s) VALUES (x'0102030405060708', 1)",
	"INSERT INTO import (event_id, name, digest, taken_s, actor, row_count, added, updated,"
	" unchanged, kept, rejected) VALUES (1, 'a.csv', zeroblob(32), 1, 'me', 1, 1, 0, 0, 0, 0)",
	"INSERT INTO person (email, email_key, name, merged_into) VALUES"
	" ('a@x', 'a@x', 'Ada', NULL), ('A2@x', 'a2@x', 'Ada L.', 1), ('b@x', 'b@x', 'Bob', NULL)",
	"INSERT INTO registrant (event_id, person_id, registered_s) VALUES"
	" (1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 3, 1)",
	"INSERT INTO question (event_id, header) VALUES (1, 'Diet'), (2, 'Diet')",
	"INSERT INTO answer (registrant_id, question_id, value) VALUES"
	" (1, 1, 'x'), (2, 2, 'x'), (3, 1, 'x'), (4, 1, 'x')",
	"INSERT INTO token (registrant_id, verifier, key_id, issued_s) VALUES"
	" (1, zeroblob(32), x'0102030405060708', 1)",
	"INSERT INTO course (event_id, code) VALUES (1, 'C1'), (2, 'C2')",
	"INSERT INTO enrolment (course_id, person_id, enrolled_s) VALUES (1, 1, 1), (2, 1, 1),"
	" (1, 3, 1)",
	"INSERT INTO scan (event_id, registrant_id, direction, at_s, stored_s, source, result,"
	" actor) VALUES (1, 1, 'in', 1, 1, 'door', 'admitted', 'me')",
	"INSERT INTO log (at_s, actor, action, hash) VALUES (1, 'me', 'x', zeroblob(32))",
	"INSERT INTO remark (log_id, registrant_id, text) VALUES (1, 1, 'x'), (1, 2, 'x'),"
	" (1, 3, 'x'), (1, 4, 'x')",
	"INSERT INTO import_change (import_id, registrant_id, field, old_value, new_value) VALUES"
	" (1, 1, 'name', 'x', 'y'), (1, 4, 'name', 'x', 'y')",
	"INSERT INTO mark (course_id, person_id, requirement, result, marked_s) VALUES"
	" (1, 1, 'exam', 'pass', 1), (2, 1, 'exam', 'pass', 1)",
	"INSERT INTO decision (course_id, person_id, is_granted, decided_s, log_id) VALUES"
	" (1, 1, 1, 1, 1), (2, 1, 1, 1, 1)",
	"INSERT INTO alias (event_id, name, name_key, email_key, registrant_id) VALUES"
	" (1, 'iPhone', 'iphone', '', 1), (1, 'Pad', 'pad', '', 4)",
	"INSERT INTO erasure (hash, key_id, person_id, erased_s) VALUES"
	" (zeroblob(32), x'0102030405060708', 1, 1)",
};

static struct db *make_world(const char *path)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	support_database(path);
	assert_ok(db_open(path, DB_WRITE, NULL, &db, &error), error);
	for (size_t i = 0; i < sizeof world / sizeof world[0]; i++)
		assert_ok(db_execute(db, world[i], &error), error);
	return db;
}

static int64_t number(struct db *db, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(db, sql, &value, &error), error);
	return value;
}

static bool is_kept(const char *table, const char *column)
{
	return support_is_listed(kept, sizeof kept / sizeof kept[0], table, column);
}

/* Calls `function` for each column of text of each table that names a person or registrant. */
static int each_text(struct db *db,
	void (*function)(struct db *db, const char *table, const char *column))
{
	sqlite3_stmt *columns = NULL;
	int count = 0;

	assert_int_equal(sqlite3_prepare_v2(db->handle,
				 "SELECT t.name, c.name FROM sqlite_schema AS t,"
				 " pragma_table_info(t.name) AS c WHERE t.type = 'table'"
				 " AND c.type = 'TEXT' AND EXISTS (SELECT 1"
				 " FROM pragma_table_info(t.name) AS k"
				 " WHERE k.name IN ('person_id', 'registrant_id'))",
				 -1, &columns, NULL),
		SQLITE_OK);
	while (sqlite3_step(columns) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(columns, 0);
		const char *column = (const char *)sqlite3_column_text(columns, 1);
		if (is_kept(table, column))
			continue;
		function(db, table, column);
		count++;
	}
	assert_int_equal(sqlite3_finalize(columns), SQLITE_OK);
	return count;
}

static void fill(struct db *db, const char *table, const char *column)
{
	struct error error = ERROR_INIT;
	char sql[300];
	bool is_person = strcmp(table, "person") == 0;

	(void)snprintf(sql, sizeof sql, "UPDATE %s SET %s = '" MARKER "' WHERE %s", table, column,
		is_person ? "person_id IN (1, 2)" : "registrant_id IN (1, 2, 3)");
	if (db_execute(db, sql, &error) != STATUS_OK)
		fail_msg("%s.%s: erase it, or say here that it stays: %s", table, column,
			error.message);
	if (sqlite3_changes(db->handle) == 0)
		fail_msg("%s: a row of it is missing in this test", table);
}

static void look(struct db *db, const char *table, const char *column)
{
	char sql[300];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE %s LIKE '%%" MARKER "%%'",
		table, column);
	if (number(db, sql) != 0)
		fail_msg("%s.%s is not erased", table, column);
}

/* --- The tests --- */

static void test_nothing_is_forgotten(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("all.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_true(each_text(db, fill) > 10);
	assert_ok(erase_person(db, 1, 77, &counts, &error), error);
	(void)each_text(db, look);
	assert_int_equal(counts.people, 2);
	assert_int_equal(counts.registrants, 3);
	assert_int_equal(counts.answers, 3);
	assert_int_equal(counts.remarks, 3);
	assert_int_equal(counts.changes, 1);
	assert_int_equal(counts.aliases, 1);
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE erased_s = 77"), 2);
	/* What stays. */
	assert_int_equal(number(db, "SELECT count(*) FROM registrant"), 4);
	assert_int_equal(number(db, "SELECT count(*) FROM scan"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM token"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM enrolment WHERE person_id = 1"), 2);
	/* Of others, all. */
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE name = 'Bob'"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM answer WHERE registrant_id = 4"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM remark WHERE registrant_id = 4"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM import_change"), 1);
}

/* What a report called the person, although somebody said that it was nobody. */
static void test_names_of_nobody(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("nobody.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(db_execute(db,
			  "INSERT INTO alias (event_id, name, name_key, email_key) VALUES"
			  " (1, 'Ada', 'ada', ''), (1, 'tablet', 'tablet', 'a@x'),"
			  " (1, 'Bob', 'bob', 'b@x')",
			  &error),
		error);
	assert_ok(erase_store_aliases(db, 1, &counts, &error), error);
	assert_int_equal(counts.aliases, 2);
	assert_int_equal(number(db, "SELECT count(*) FROM alias WHERE name = 'Bob'"), 1);
}

/* A record that was merged is the same person. */
static void test_merged_record(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("merged.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(erase_person(db, 2, 77, &counts, &error), error);
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE erased_s = 77"), 2);
	assert_int_equal(number(db, "SELECT count(*) FROM answer"), 1);
}

/* What is erased stays so, and what was left goes at the second time. */
static void test_twice(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("twice.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(erase_person(db, 1, 77, &counts, &error), error);
	counts = (struct erase_counts){ 0 };
	assert_ok(erase_person(db, 1, 88, &counts, &error), error);
	assert_int_equal(counts.people + counts.registrants + counts.answers + counts.remarks +
				 counts.changes,
		0);
	assert_int_equal(number(db, "SELECT erased_s FROM person WHERE person_id = 1"), 77);
	assert_ok(db_execute(db, "UPDATE registrant SET note = 'left' WHERE registrant_id = 2",
			  &error),
		error);
	assert_ok(erase_person(db, 1, 88, &counts, &error), error);
	assert_int_equal(counts.registrants, 1);
}

/* Who is registered for another event stays there. */
static void test_registrant_of_one_event(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("parted.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(db_execute(db, "UPDATE registrant SET note = 'n', category = 'c'", &error),
		error);
	assert_ok(erase_registrant(db, 1, 77, &counts, &error), error);
	assert_int_equal(counts.people, 1);
	assert_int_equal(counts.parted, 1);
	assert_int_equal(number(db, "SELECT p.erased_s FROM registrant AS r JOIN person AS p"
				    " ON p.person_id = r.person_id WHERE r.registrant_id = 1"),
		77);
	assert_int_equal(number(db, "SELECT count(*) FROM answer WHERE registrant_id = 1"), 0);
	assert_int_equal(number(db, "SELECT count(*) FROM registrant WHERE note = 'n'"), 3);
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE person_id = 1"
				    " AND name = 'Ada' AND erased_s IS NULL"),
		1);
	assert_int_equal(number(db, "SELECT count(*) FROM answer WHERE registrant_id = 2"), 1);
	assert_int_equal(number(db, "SELECT person_id FROM mark WHERE course_id = 2"), 1);
	assert_int_equal(number(db, "SELECT person_id = 1 FROM mark WHERE course_id = 1"), 0);
	assert_int_equal(number(db, "SELECT person_id = 1 FROM decision WHERE course_id = 1"), 0);
	/* The event's course goes with it, the other's stays. */
	assert_int_equal(number(db, "SELECT person_id FROM enrolment WHERE course_id = 2"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM enrolment AS e JOIN registrant AS r"
				    " ON r.person_id = e.person_id"
				    " WHERE e.course_id = 1 AND r.registrant_id = 1"),
		1);
	/* At the last event the person goes, with the record that was merged. */
	assert_ok(erase_registrant(db, 3, 77, &counts, &error), error);
	assert_ok(erase_registrant(db, 2, 77, &counts, &error), error);
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE erased_s IS NULL"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM person WHERE name <> ''"), 1);
}

static void test_registrant_of_only_one(void **state)
{
	CLEANUP(db_closep) struct db *db = make_world("only.db");
	struct erase_counts counts = { 0 };
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(erase_registrant(db, 4, 77, &counts, &error), error);
	assert_int_equal(number(db, "SELECT erased_s FROM person WHERE person_id = 3"), 77);
	assert_int_equal(number(db, "SELECT count(*) FROM person"), 3);
	assert_int_equal(number(db, "SELECT person_id FROM enrolment WHERE course_id = 1"
				    " AND person_id <> 1"),
		3);
	assert_fails(erase_registrant(db, 99, 77, &counts, &error), STATUS_NOT_FOUND, "@99", error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_forgotten),
		cmocka_unit_test(test_names_of_nobody),
		cmocka_unit_test(test_merged_record),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_registrant_of_one_event),
		cmocka_unit_test(test_registrant_of_only_one),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}

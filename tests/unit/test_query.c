/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"
#include "store/db_private.h"
#include "support.h"
#include "util/memory.h"

/* Every named statement prepares on the migrated schema, and has no parameter without a
 * name. The tables of an import are made first: its statements speak of them. */
static void test_prepare(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("query.db");
	assert_ok(db_open("query.db", DB_WRITE, NULL, &db, &error), error);
	for (int id = 0; id < QUERY_COUNT; id++) {
		struct query *query = db_query(db, (enum query_id)id);
		/* Making a temporary table is a statement of its own. */
		if (strncmp(query_sources[id].sql, "CREATE TEMP", strlen("CREATE TEMP")) == 0)
			(void)query_step(query);
		assert_ok(query_end(query, &error), error);
	}
	for (int id = 0; id < QUERY_COUNT; id++) {
		struct query *query = db_query(db, (enum query_id)id);
		if (query_end(query, &error) != STATUS_OK)
			fail_msg("%s: %s", query_sources[id].name, error.message);
		int count = sqlite3_bind_parameter_count(query->statement);
		for (int i = 1; i <= count; i++) {
			const char *name = sqlite3_bind_parameter_name(query->statement, i);
			if (name == NULL || name[0] != ':')
				fail_msg("%s: parameter %d has no name", query_sources[id].name, i);
		}
	}
}

/* Calls `function` with each step of the statement's plan. */
static void walk_plan(struct db *db, const struct query_source *source,
	void (*function)(const struct query_source *source, const char *step))
{
	sqlite3_stmt *plan = NULL;
	char sql[8192];

	assert_true((size_t)snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", source->sql) <
		    sizeof sql);
	assert_int_equal(sqlite3_prepare_v2(db->handle, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW)
		function(source, (const char *)sqlite3_column_text(plan, 3));
	assert_int_equal(sqlite3_finalize(plan), SQLITE_OK);
}

static void refuse_scan(const struct query_source *source, const char *step)
{
	if (strncmp(step, "SCAN", 4) == 0)
		fail_msg("%s: %s", source->name, step);
}

static void refuse_sorting(const struct query_source *source, const char *step)
{
	if (strstr(step, "TEMP B-TREE FOR ORDER BY") != NULL ||
		strstr(step, "registrant_1 (event_id=?)") != NULL)
		fail_msg("%s: %s", source->name, step);
}

/* On the way of a check-in, and of finding or erasing somebody, no statement reads through a table
 * that grows with people or scans. */
static void test_plans(void **state)
{
	static const enum query_id ids[] = {
		QUERY_TOKEN_BY_VERIFIER,
		QUERY_TOKEN_CURRENT,
		QUERY_TOKEN_NEXT_SERIAL,
		QUERY_TOKEN_REVOKE_ALL,
		QUERY_REGISTRANT_BY_NUMBER,
		QUERY_REGISTRANT_BY_EMAIL,
		QUERY_REGISTRANT_BY_EXTERNAL_ID,
		QUERY_PERSON_BY_EMAIL,
		QUERY_PERSON_BY_EXTERNAL_ID,
		QUERY_PERSON_MERGED,
		QUERY_PERSON_RECORDS_BY_EMAIL,
		QUERY_PERSON_RECORDS_BY_EXTERNAL_ID,
		QUERY_SCAN_BY_NONCE,
		QUERY_SCAN_BY_NUMBER,
		QUERY_SCAN_LAST_NUMBER,
		QUERY_SCAN_PEOPLE_IN_SESSION,
		QUERY_SCAN_SEEN,
		QUERY_SCAN_SEEN_LAST,
		QUERY_SCAN_VOID_OF,
		QUERY_LOG_CHANGED_SINCE,
		QUERY_LOG_LAST_SCAN_BEFORE,
		QUERY_EVENT_BY_CODE,
		QUERY_ERASURE_BY_HASH,
		QUERY_ERASE_RECORDS,
		QUERY_ERASE_REGISTRANTS,
		QUERY_DOSSIER_PLACES,
		QUERY_DOSSIER_ERASURES,
		QUERY_DOSSIER_IMPORTS,
	};
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("plan.db");
	assert_ok(db_open("plan.db", DB_WRITE, NULL, &db, &error), error);
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		walk_plan(db, &query_sources[ids[i]], refuse_scan);
}

/* What is read in slices goes on by its key: sorting all that is left, or reading everybody of
 * the event, in each slice would make the whole grow with the square of the rows. */
static void test_slices(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	size_t count = 0;

	(void)state;
	support_database("slice.db");
	assert_ok(db_open("slice.db", DB_WRITE, NULL, &db, &error), error);
	for (int id = 0; id < QUERY_COUNT; id++) {
		if (strncmp(query_sources[id].sql, "CREATE TEMP", strlen("CREATE TEMP")) == 0) {
			struct query *query = db_query(db, (enum query_id)id);
			assert_ok(query_run(query, &error), error);
		}
	}
	for (int id = 0; id < QUERY_COUNT; id++) {
		if (strstr(query_sources[id].sql, ":after") == NULL)
			continue;
		walk_plan(db, &query_sources[id], refuse_sorting);
		count++;
	}
	assert_true(count > 5);
}

/* One statement each: what stands behind the first would never run. */
static void test_one_statement(void **state)
{
	(void)state;
	for (int id = 0; id < QUERY_COUNT; id++) {
		const char *end = strchr(query_sources[id].sql, ';');
		if (end != NULL && strchr(end, '\'') == NULL)
			fail_msg("%s: a ';' in it", query_sources[id].name);
	}
}

static void test_columns(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	const unsigned char digest[32] = { 1, 2, 3 };

	(void)state;
	support_database("columns.db");
	assert_ok(db_open("columns.db", DB_WRITE, NULL, &db, &error), error);
	struct query *query = db_query(db, QUERY_LOG_INSERT);
	query_bind_integer(query, "log", 1);
	query_bind_integer(query, "at", -5);
	query_bind_text(query, "actor", "Zoë");
	query_bind_text(query, "action", "test");
	query_bind_text(query, "subject", "");
	query_bind_optional(query, "subject_id", false, 9);
	query_bind_text(query, "detail", "");
	query_bind_optional(query, "first_scan", true, INT64_MAX - 1);
	query_bind_optional(query, "last_scan", true, INT64_MAX);
	query_bind_bytes(query, "digest", NULL, 32);
	query_bind_bytes(query, "hash", digest, sizeof digest);
	assert_ok(query_run(query, &error), error);
	assert_int_equal(db_changes(db), 1);
	assert_int_equal(db_last_id(db), 1);
	query = db_query(db, QUERY_LOG_HEAD);
	assert_true(query_step(query));
	assert_int_equal(query_integer(query, 0), 1);
	assert_memory_equal(query_bytes(query, 1, 32), digest, 32);
	assert_null(query_bytes(query, 1, 31));
	assert_false(query_step(query));
	assert_ok(query_end(query, &error), error);
	query = db_query(db, QUERY_EVENT_BY_CODE);
	query_bind_text(query, "code", "E"); /* without regard to case */
	assert_true(query_step(query));
	assert_true(query_is_null(query, 4));
	assert_null(query_text_or_null(query, 4));
	assert_string_equal(query_text(query, 4), "");
	assert_ok(query_end(query, &error), error);
}

/* The first failure of a use is kept; the next use starts afresh. */
static void test_failure(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("failure.db");
	assert_ok(db_open("failure.db", DB_WRITE, NULL, &db, &error), error);
	struct query *query = db_query(db, QUERY_EVENT_INSERT);
	query_bind_text(query, "code", NULL);
	assert_false(query_step(query));
	assert_false(query_step(query));
	assert_fails(query_end(query, &error), STATUS_DATABASE, "NOT NULL constraint failed",
		error);
	query = db_query(db, QUERY_EVENT_INSERT);
	query_bind_text(query, "code", "next");
	query_bind_text(query, "title", "");
	query_bind_text(query, "timezone", "UTC");
	query_bind_text(query, "url", "");
	query_bind_integer(query, "doors", 0);
	assert_ok(query_run(query, &error), error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prepare),
		cmocka_unit_test(test_plans),
		cmocka_unit_test(test_slices),
		cmocka_unit_test(test_one_statement),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_failure),
	};

	return cmocka_run_group_tests_name("query", tests, support_start, support_stop);
}

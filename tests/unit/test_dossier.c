/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All that is stored on a person is read: which tables and columns speak of people comes from
 * the schema, which of them are read from the engine, as it prepares the statements.
 */
#include "core/dossier.h"
#include "support.h"
#include "util/memory.h"

/* Not shown, though of people: copies that only compare, and what a token is checked by. */
static const char *const not_read[] = {
	"alias.event_id", /* the registrant's */
	"alias.name_key",
	"scan.event_id", /* the registrant's */
	"person.email_key",
	"token.key_id",
	"token.verifier",
};

struct seen {
	char names[400][80]; /* "table.column" */
	size_t count;
};

static struct seen seen;

static bool is_seen(const char *table, const char *column)
{
	char name[80];

	(void)snprintf(name, sizeof name, "%s.%s", table, column);
	for (size_t i = 0; i < seen.count; i++)
		if (strcmp(seen.names[i], name) == 0)
			return true;
	return false;
}

static int note_read(void *data, int action, const char *first, const char *second,
	const char *database, const char *cause)
{
	(void)data;
	(void)database;
	(void)cause;
	if (action != SQLITE_READ || is_seen(first, second))
		return SQLITE_OK;
	assert_true(seen.count < sizeof seen.names / sizeof seen.names[0]);
	(void)snprintf(seen.names[seen.count++], sizeof seen.names[0], "%s.%s", first, second);
	return SQLITE_OK;
}

static void prepare(struct db *db, enum query_id id)
{
	sqlite3_stmt *statement = NULL;

	assert_int_equal(
		sqlite3_prepare_v2(db->handle, query_sources[id].sql, -1, &statement, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static bool is_left_out(const char *table, const char *column)
{
	return support_is_listed(not_read, sizeof not_read / sizeof not_read[0], table, column);
}

static void test_all_is_read(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	sqlite3_stmt *columns = NULL;
	int count = 0;

	(void)state;
	support_database("all.db");
	assert_ok(db_open("all.db", DB_WRITE, NULL, &db, &error), error);
	(void)sqlite3_set_authorizer(db->handle, note_read, NULL);
	for (int i = 0; i < DOSSIER_SECTION_COUNT; i++)
		prepare(db, dossier_store_query((enum dossier_section)i));
	prepare(db, QUERY_ANSWER_LIST);
	(void)sqlite3_set_authorizer(db->handle, NULL, NULL);
	assert_int_equal(sqlite3_prepare_v2(db->handle,
				 "SELECT t.name, c.name FROM sqlite_schema AS t,"
				 " pragma_table_info(t.name) AS c WHERE t.type = 'table'"
				 " AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS k"
				 " WHERE k.name IN ('person_id', 'registrant_id'))",
				 -1, &columns, NULL),
		SQLITE_OK);
	while (sqlite3_step(columns) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(columns, 0);
		const char *column = (const char *)sqlite3_column_text(columns, 1);
		count++;
		if (is_left_out(table, column) == is_seen(table, column))
			fail_msg("%s.%s is %s: show it with 'registrant data', or say here why not",
				table, column, is_seen(table, column) ? "shown" : "not shown");
	}
	assert_int_equal(sqlite3_finalize(columns), SQLITE_OK);
	assert_true(count > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_is_read),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}

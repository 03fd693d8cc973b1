/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"
#include "store/db_private.h"
#include "store/schema_sql.h"
#include "util/hash.h"
#include "util/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The digest after each migration is the constant; the failure says what it is now. */
static void test_digests(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	char digest[65];

	(void)state;
	assert_int_equal(db_open(NULL, DB_SCRATCH, NULL, &db, &error), STATUS_OK);
	for (size_t i = 0; i < migration_source_count; i++) {
		assert_int_equal(migration_sources[i].version, i + 1);
		if (db_execute(db, migration_sources[i].sql, &error) != STATUS_OK)
			fail_msg("%s: %s", migration_sources[i].name, error.message);
		assert_int_equal(db_schema_digest(db, digest, &error), STATUS_OK);
		if (strcmp(digest, db_version_digest(migration_sources[i].version)) != 0)
			fail_msg("schema_digests[] of src/store/migrate.c: version %d is now\n"
				 "\t\"%s\",",
				migration_sources[i].version, digest);
	}
}

/* Running all of them gives the newest version, and what every open asks for. */
static void test_new_database(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	int64_t value = 0;

	(void)state;
	assert_int_equal(db_open(NULL, DB_SCRATCH, NULL, &db, &error), STATUS_OK);
	assert_int_equal(db_migrate(db, &error), STATUS_OK);
	assert_int_equal(db_execute_integer(db, "PRAGMA user_version", &value, &error), STATUS_OK);
	assert_int_equal(value, db_newest_version());
	assert_int_equal(db_execute_integer(db, "PRAGMA application_id", &value, &error),
		STATUS_OK);
	assert_int_equal(value, 0x52454754);
	assert_int_equal(db_check_schema(db, &error), STATUS_OK);
}

static int start(void **state)
{
	(void)state;
	return hash_start_library();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_new_database),
	};

	return cmocka_run_group_tests_name("migrate", tests, start, NULL);
}

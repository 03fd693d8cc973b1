/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/founding.h"
#include "support.h"
#include "util/memory.h"

static const struct actor actor = { .name = "tester", .now_s = 1000 };

static void test_both_or_none(void **state)
{
	struct founding *founding = NULL;
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	(void)state;
	assert_ok(founding_begin("a.db", "a.key", NULL, &actor, &founding, &error), error);
	assert_true(founding_is_key_new(founding));
	assert_non_null(founding_db(founding));
	assert_false(support_exists("a.db"));
	assert_false(support_exists("a.key"));
	founding_freep(&founding);
	assert_null(founding);
	assert_false(support_exists("a.db"));
	assert_false(support_exists("a.key"));

	assert_ok(founding_begin("a.db", "a.key", NULL, &actor, &founding, &error), error);
	assert_ok(founding_finish(founding, &error), error);
	founding_free(founding);
	assert_true(support_exists("a.db"));
	assert_true(support_exists("a.key"));
	assert_false(support_exists("a.db.lock"));
	assert_ok(db_open("a.db", DB_READ, NULL, &db, &error), error);
	CLEANUP(key_freep) struct key *key = NULL;
	assert_ok(key_load("a.key", &key, &error), error);
	assert_ok(key_check(key, "a.key", db, &error), error);
	db_close(db);
}

static void test_what_is_there_stays(void **state)
{
	struct founding *founding = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_write("b.db", "something", 9);
	assert_fails(founding_begin("b.db", "b.key", NULL, &actor, &founding, &error),
		STATUS_EXISTS, "b.db", error);
	assert_false(support_exists("b.key"));
	/* An empty file is as good as none. */
	support_write("c.db", "", 0);
	assert_ok(founding_begin("c.db", "c.key", NULL, &actor, &founding, &error), error);
	assert_ok(founding_finish(founding, &error), error);
	founding_free(founding);
	founding = NULL;
	/* A key that is there is used; one that cannot be is named. */
	assert_int_equal(remove("c.db"), 0);
	assert_ok(founding_begin("c.db", "c.key", NULL, &actor, &founding, &error), error);
	assert_false(founding_is_key_new(founding));
	assert_ok(founding_finish(founding, &error), error);
	founding_free(founding);
	founding = NULL;
	support_write("d.key", "nonsense", 8);
	assert_int_equal(chmod("d.key", 0600), 0);
	assert_fails(founding_begin("d.db", "d.key", NULL, &actor, &founding, &error), STATUS_KEY,
		"d.key", error);
	assert_false(support_exists("d.db"));
}

/* Somebody else was faster: their database stays. So does the key file, which a third founder
 * may have taken for the database that is there now. */
static void test_two_founders(void **state)
{
	struct founding *first = NULL;
	struct founding *second = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	assert_ok(founding_begin("e.db", "e1.key", NULL, &actor, &first, &error), error);
	assert_ok(founding_begin("e.db", "e2.key", NULL, &actor, &second, &error), error);
	assert_ok(founding_finish(first, &error), error);
	assert_fails(founding_finish(second, &error), STATUS_EXISTS, "e.db", error);
	founding_free(first);
	founding_free(second);
	assert_true(support_exists("e.db"));
	assert_true(support_exists("e1.key"));
	assert_true(support_exists("e2.key"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_or_none),
		cmocka_unit_test(test_what_is_there_stays),
		cmocka_unit_test(test_two_founders),
	};

	return cmocka_run_group_tests_name("founding", tests, support_start, support_stop);
}

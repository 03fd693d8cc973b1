/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A check-in must take as long with a million registrants as with ten: no statement on its
 * way reads a whole table that grows with them.
 */
#include "core/checkin.h"

#include "support.h"

#include "desk.h"

static void expect(struct desk_world *world, struct checkin_request request, const char *wanted)
{
	request.at_s = AT(70);
	request.station = "";
	struct checkin_answer answer = desk_scan(world, &request);

	assert_string_equal(desk_word(&answer), wanted);
	checkin_answer_free(&answer);
}

/* Every way a scan can go. */
static void walk_all_ways(struct desk_world *world)
{
	(void)desk_person(world, "attendee", "confirmed");
	(void)desk_person(world, "attendee", "cancelled");
	(void)desk_person(world, "attendee", "confirmed");
	desk_sql(world, "UPDATE person SET external_id = 'x' || person_id");
	desk_session(world, "A", 60, 120, "", 2);
	expect(world, (struct checkin_request){ .token = "14A7-D1N3-0BXH-MFF0-B9WY-28XX-FMK1" },
		"unknown-token");
	expect(world, (struct checkin_request){ .who = "p1@example.org", .nonce = "a" },
		"admitted");
	expect(world, (struct checkin_request){ .who = "p1@example.org", .nonce = "a" },
		"admitted");
	expect(world, (struct checkin_request){ .who = "x2" }, "cancelled");
	expect(world, (struct checkin_request){ .who = "@2", .force_reason = "x" }, "+cancelled");
	expect(world, (struct checkin_request){ .who = "@3" }, "session-full");
	expect(world, (struct checkin_request){ .who = "@3", .is_arrival = true }, "admitted");
	expect(world, (struct checkin_request){ .who = "@1", .is_out = true }, "admitted");
}

static bool grows(const char *plan)
{
	/* Not remark: the plan of an INSERT into scan names it, for a foreign key that is looked
	 * at only while a violation is open; test_as_many_steps shows that it is not read. */
	static const char *const tables[] = { "registrant", "person", "scan", "token", "log",
		"answer", "enrolment" };
	/* As the statements call them. */
	static const char *const aliases[] = { "SCAN s", "SCAN r", "SCAN p", "SCAN t", "SCAN v" };

	if (strncmp(plan, "SCAN ", 5) != 0)
		return strstr(plan, "AUTOMATIC") != NULL;
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		if (strncmp(plan + 5, tables[i], strlen(tables[i])) == 0)
			return true;
	for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
		if (strncmp(plan, aliases[i], strlen(aliases[i])) == 0 &&
			(plan[6] == ' ' || plan[6] == '\0'))
			return true;
	return false;
}

/* Fails with the line of the plan that reads all of a table. */
static int look_at_plan(sqlite3 *handle, const char *sql, const char *name)
{
	struct str explain = STR_INIT;
	sqlite3_stmt *statement = NULL;
	int lines = 0;

	str_addf(&explain, "EXPLAIN QUERY PLAN %s", sql);
	assert_int_equal(sqlite3_prepare_v2(handle, explain.text, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		const char *plan = (const char *)sqlite3_column_text(statement, 3);
		if (grows(plan))
			fail_msg("%s: %s", name, plan);
		lines++;
	}
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	str_free(&explain);
	return lines;
}

static void test_only_look_ups(void **state)
{
	struct desk_world world = desk_begin();
	int statements = 0;
	int lines = 0;

	(void)state;
	walk_all_ways(&world);
	for (int id = 0; id < QUERY_COUNT; id++) {
		if (world.db->queries[id].statement == NULL)
			continue;
		statements++;
		lines += look_at_plan(world.db->handle, query_sources[id].sql,
			query_sources[id].name);
	}
	/* Those that everything above needs: else something was not looked at. */
	assert_in_range(statements, 12, QUERY_COUNT);
	assert_in_range(lines, statements, 100);
	assert_non_null(world.db->queries[QUERY_SCAN_SEEN].statement);
	assert_non_null(world.db->queries[QUERY_SCAN_BY_NONCE].statement);
	assert_non_null(world.db->queries[QUERY_SCAN_PEOPLE_IN_SESSION].statement);
	assert_non_null(world.db->queries[QUERY_SCAN_LAST_NUMBER].statement);
	assert_non_null(world.db->queries[QUERY_LOG_HEAD].statement);
	assert_non_null(world.db->queries[QUERY_TOKEN_BY_VERIFIER].statement);
	desk_end(&world);
}

/* The one above would find it. */
static void test_a_scan_is_told(void **state)
{
	(void)state;
	assert_true(grows("SCAN scan"));
	assert_true(grows("SCAN s USING COVERING INDEX scan_by_registrant"));
	assert_true(grows("SCAN registrant USING INDEX x"));
	assert_true(grows("SEARCH p USING AUTOMATIC COVERING INDEX (email_key=?)"));
	assert_false(grows("SEARCH s USING INDEX scan_by_nonce (event_id=? AND nonce=?)"));
	assert_false(grows("SCAN session"));
}

/* What a scan costs does not hang on how many others there are: as many steps of the
 * engine's machine with many as with few. */
static int64_t steps_of_one_more(int people)
{
	struct desk_world world = desk_begin();
	int64_t steps = 0;

	desk_session(&world, "A", 60, 120, "", -1);
	for (int i = 0; i < people; i++) {
		char who[24];
		(void)snprintf(who, sizeof who, "@%lld",
			(long long)desk_person(&world, "attendee", "pending"));
		expect(&world, (struct checkin_request){ .who = who, .force_reason = "x" },
			"+pending");
	}
	(void)desk_person(&world, "attendee", "pending");
	for (int id = 0; id < QUERY_COUNT; id++)
		if (world.db->queries[id].statement != NULL)
			(void)sqlite3_stmt_status(world.db->queries[id].statement,
				SQLITE_STMTSTATUS_VM_STEP, 1);
	char who[24];
	(void)snprintf(who, sizeof who, "@%lld", (long long)world.people);
	expect(&world, (struct checkin_request){ .who = who, .force_reason = "x" }, "+pending");
	for (int id = 0; id < QUERY_COUNT; id++)
		if (world.db->queries[id].statement != NULL)
			steps += sqlite3_stmt_status(world.db->queries[id].statement,
				SQLITE_STMTSTATUS_VM_STEP, 0);
	desk_end(&world);
	return steps;
}

static void test_as_many_steps(void **state)
{
	(void)state;
	int64_t few = steps_of_one_more(2);
	assert_in_range(few, 100, 5000);
	assert_int_equal(steps_of_one_more(500), few);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_look_ups),
		cmocka_unit_test(test_a_scan_is_told),
		cmocka_unit_test(test_as_many_steps),
	};

	return cmocka_run_group_tests_name("checkin_plan", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/attendance.h"

#include "support.h"

#include "desk.h"

static const struct actor actor = { .name = "tester", .now_s = AT(300) };

static int64_t count(struct desk_world *world, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(world->db, sql, &value, &error), error);
	return value;
}

static struct desk_world begin(void)
{
	struct desk_world world = desk_begin();

	(void)desk_person(&world, "attendee", "confirmed");
	desk_session(&world, "A", 60, 120, "", -1);
	return world;
}

static void test_add(void **state)
{
	struct desk_world world = begin();
	struct error error = ERROR_INIT;
	const struct attendance_entry entry = {
		.event_id = 1,
		.registrant_id = 1,
		.session_id = 1,
		.from_s = AT(60),
		.to_s = AT(90),
		.reason = "seen by the chair",
	};
	int64_t scan_id = 0;

	(void)state;
	assert_ok(attendance_add(world.db, &actor, &entry, &scan_id, &error), error);
	assert_int_equal(scan_id, 1);
	assert_int_equal(count(&world,
				 "SELECT until_s - at_s FROM scan WHERE source = 'manual' AND"
				 " result = 'admitted' AND direction = 'in' AND session_id = 1"),
		1800);
	assert_int_equal(
		count(&world, "SELECT count(*) FROM log JOIN remark USING (log_id) WHERE action ="
			      " 'attendance add' AND first_scan = 1 AND scan_id = 1 AND"
			      " registrant_id = 1 AND text = 'seen by the chair' AND detail = ''"),
		1);
	/* No door saw it: it neither opens nor closes a stay there. */
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(70) }, "admitted",
		"A");
	desk_end(&world);
}

static void test_void(void **state)
{
	struct desk_world world = begin();
	struct error error = ERROR_INIT;
	const struct checkin_request in = { .who = "@1", .at_s = AT(70), .nonce = "n" };
	int64_t scan_id = 0;

	(void)state;
	desk_expect(&world, in, "admitted", "A");
	assert_ok(attendance_void(world.db, &actor, 1, 1, "wrong", &scan_id, &error), error);
	assert_int_equal(scan_id, 2);
	assert_int_equal(count(&world,
				 "SELECT count(*) FROM scan WHERE scan_id = 2 AND void_of = 1 AND"
				 " result = 'void' AND direction IS NULL AND registrant_id = 1 AND"
				 " session_id = 1 AND source = 'door'"),
		1);
	assert_int_equal(count(&world, "SELECT count(*) FROM log JOIN remark USING (log_id) WHERE"
				       " action = 'attendance void' AND detail = 'scan 1' AND"
				       " first_scan = 2 AND text = 'wrong'"),
		1);
	/* As if it had not been; its nonce is known all the same. */
	desk_expect(&world, in, "admitted", "A");
	assert_int_equal(count(&world, "SELECT count(*) FROM scan"), 2);
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(80) }, "admitted",
		"A");
	desk_end(&world);
}

static void test_what_cannot_be_voided(void **state)
{
	struct desk_world world = begin();
	struct error error = ERROR_INIT;
	int64_t scan_id = 77;

	(void)state;
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(0) }, "no-session",
		NULL);
	assert_fails(attendance_void(world.db, &actor, 1, 2, "x", &scan_id, &error),
		STATUS_NOT_FOUND, "no scan 2", error);
	assert_fails(attendance_void(world.db, &actor, 2, 1, "x", &scan_id, &error),
		STATUS_NOT_FOUND, "another event", error);
	assert_int_equal(scan_id, 77);
	/* A refused one can. */
	assert_ok(attendance_void(world.db, &actor, 1, 1, "x", &scan_id, &error), error);
	assert_fails(attendance_void(world.db, &actor, 1, 1, "x", &scan_id, &error), STATUS_EXISTS,
		"scan 1 was taken back before, by 2", error);
	assert_fails(attendance_void(world.db, &actor, 1, 2, "x", &scan_id, &error), STATUS_EXISTS,
		"scan 2 takes back scan 1", error);
	assert_int_equal(count(&world, "SELECT count(*) FROM scan"), 2);
	desk_end(&world);
}

/* A void moves the stays of a late look, not only of what comes. */
static void test_void_of_an_out(void **state)
{
	struct desk_world world = begin();
	struct error error = ERROR_INIT;
	int64_t scan_id;

	(void)state;
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(70) }, "admitted",
		"A");
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(80), .is_out = true },
		"admitted", "A");
	assert_ok(attendance_void(world.db, &actor, 1, 2, "x", &scan_id, &error), error);
	desk_expect(&world, (struct checkin_request){ .who = "@1", .at_s = AT(90) }, "already-in",
		"A");
	desk_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_void),
		cmocka_unit_test(test_what_cannot_be_voided),
		cmocka_unit_test(test_void_of_an_out),
	};

	return cmocka_run_group_tests_name("attendance", tests, support_start, support_stop);
}

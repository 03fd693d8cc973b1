/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/roll.h"

#include "store/db_private.h"
#include "store/roll_store.h"
#include "support.h"
#include "util/memory.h"

enum {
	PEOPLE = 60,
	SCANS = 400,
	SQL_MAX = 600,
};

/* What was put into the database. */
struct put {
	int64_t registrant_id; /* 0: nobody */
	int64_t at_s;
	int64_t void_of; /* 0: a sighting */
};

static struct put stored[SCANS + 1]; /* by number, from 1 */

static int64_t event_of(int64_t registrant_id)
{
	return registrant_id % 3 == 0 ? 2 : 1;
}

static void run_sql(struct db *db, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void run_sql(struct db *db, const char *format, ...)
{
	struct error error = ERROR_INIT;
	char sql[SQL_MAX];
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(sql, sizeof sql, format, arguments);
	va_end(arguments);
	assert_true(length > 0 && length < (int)sizeof sql);
	assert_ok(db_execute(db, sql, &error), error);
}

static void put_scan(struct db *db, int64_t number)
{
	int64_t registrant_id = number * 37 % (PEOPLE + 1);

	stored[number] = (struct put){
		.registrant_id = registrant_id,
		.at_s = 1000 + number * 7919 % 500,
	};
	if (registrant_id == 0) {
		run_sql(db,
			"INSERT INTO scan (scan_id, event_id, direction, at_s, stored_s, source,"
			" result, reason, actor) VALUES (%lld, 1, 'in', 1, 1, 'door', 'refused',"
			" 'unknown-token', 'test')",
			(long long)number);
		return;
	}
	/* Every tenth takes back the one five before it, be it of somebody else: what is stored
	 * beside the void is of no concern. */
	if (number % 10 == 0 && stored[number - 5].registrant_id != 0) {
		stored[number].void_of = number - 5;
		run_sql(db,
			"INSERT INTO scan (scan_id, event_id, registrant_id, at_s, stored_s,"
			" source, result, void_of, actor)"
			" VALUES (%lld, %lld, %lld, %lld, 1, 'manual', 'void', %lld, 'test')",
			(long long)number, (long long)event_of(registrant_id),
			(long long)registrant_id, (long long)stored[number].at_s,
			(long long)stored[number].void_of);
		return;
	}
	run_sql(db,
		"INSERT INTO scan (scan_id, event_id, registrant_id, direction, at_s, stored_s,"
		" source, result, actor)"
		" VALUES (%lld, %lld, %lld, '%s', %lld, 1, 'door', 'admitted', 'test')",
		(long long)number, (long long)event_of(registrant_id), (long long)registrant_id,
		number % 2 == 0 ? "out" : "in", (long long)stored[number].at_s);
}

/* Two events whose registrants' numbers lie between each other; every fifth is enrolled. */
static void make_database(void)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	support_database("roll.db");
	assert_ok(db_open("roll.db", DB_WRITE, NULL, &db, &error), error);
	run_sql(db, "BEGIN IMMEDIATE");
	run_sql(db, "INSERT INTO event (event_id, code, timezone) VALUES (2, 'f', 'UTC')");
	run_sql(db, "INSERT INTO course (course_id, event_id, code) VALUES (1, 1, 'C')");
	for (int64_t i = 1; i <= PEOPLE; i++) {
		support_registrant(db, i);
		run_sql(db, "UPDATE registrant SET event_id = %lld WHERE registrant_id = %lld",
			(long long)event_of(i), (long long)i);
		if (i % 5 == 0)
			run_sql(db, "INSERT INTO enrolment VALUES (1, %lld, 1)", (long long)i);
	}
	for (int64_t i = 1; i <= SCANS; i++)
		put_scan(db, i);
	run_sql(db, "COMMIT");
}

/* --- Reading it --- */

struct seen {
	struct reading *reading;
	bool ends_each_slice;
	int64_t last_scan;     /* 0: as the reading has it */
	int64_t registrant_id; /* only this one; 0: all */
	bool is_taken[SCANS + 1];
	int64_t of_whom; /* the scans lent since the last row */
	int64_t last_at_s;
	int64_t last_registrant_id;
	size_t rows;
	int slices;
};

static void take_scan(const struct roll_scan *scan, void *data)
{
	struct seen *seen = data;

	assert_true(scan->scan_id >= 1 && scan->scan_id <= SCANS);
	const struct put *put = &stored[scan->scan_id];
	assert_false(seen->is_taken[scan->scan_id]);
	seen->is_taken[scan->scan_id] = true;
	assert_int_equal(scan->registrant_id, put->registrant_id);
	assert_int_equal(scan->at_s, put->at_s);
	assert_int_equal(put->void_of, 0);
	assert_int_equal(scan->is_out, scan->scan_id % 2 == 0);
	assert_true(scan->is_admitted);
	assert_int_equal(scan->source, 'd');
	assert_false(scan->has_until);
	if (seen->of_whom == scan->registrant_id)
		assert_true(scan->at_s >= seen->last_at_s);
	else
		assert_int_equal(seen->of_whom, 0);
	seen->of_whom = scan->registrant_id;
	seen->last_at_s = scan->at_s;
}

static enum status take_row(const struct roll_row *row, void *data, struct error *error)
{
	struct seen *seen = data;

	(void)error;
	assert_true(row->registrant_id > seen->last_registrant_id);
	assert_int_equal(event_of(row->registrant_id), 1);
	assert_int_equal(row->is_enrolled, row->registrant_id % 5 == 0);
	assert_int_equal(row->person_id, row->registrant_id);
	assert_string_equal(row->roles, "attendee");
	assert_string_equal(row->status, "confirmed");
	assert_false(row->is_erased);
	if (seen->of_whom != 0)
		assert_int_equal(seen->of_whom, row->registrant_id);
	seen->of_whom = 0;
	seen->last_registrant_id = row->registrant_id;
	seen->rows++;
	/* As if it had lasted long. */
	if (seen->ends_each_slice)
		seen->reading->slice_started_ms -= 100000;
	return STATUS_OK;
}

static enum status read_roll(struct reading *reading, void *data, struct error *error)
{
	struct seen *seen = data;
	const struct roll_filter filter = {
		.event_id = 1,
		.course_id = 1,
		.registrant_id = seen->registrant_id,
	};
	const struct roll_functions functions = {
		.scan = take_scan,
		.row = take_row,
		.data = seen,
	};

	seen->reading = reading;
	if (seen->last_scan != 0)
		reading->last_scan = seen->last_scan;
	seen->last_scan = reading->last_scan;
	enum status status = roll_store_read(reading, &filter, &functions, error);
	seen->slices = reading->slices;
	return status;
}

static bool is_taken_back(int64_t scan_id, int64_t last_scan)
{
	return scan_id + 5 <= last_scan && stored[scan_id + 5].void_of == scan_id;
}

/* Reads it, and looks whether just the scans that should be there were lent. */
static void check(struct seen *seen)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;

	assert_ok(db_open("roll.db", DB_READ, NULL, &db, &error), error);
	assert_ok(reading_run(db, read_roll, seen, NULL, NULL, &error), error);
	assert_int_equal(seen->of_whom, 0);
	for (int64_t i = 1; i <= SCANS; i++) {
		const struct put *put = &stored[i];
		bool is_wanted =
			i <= seen->last_scan && put->registrant_id != 0 &&
			event_of(put->registrant_id) == 1 && put->void_of == 0 &&
			!is_taken_back(i, seen->last_scan) &&
			(seen->registrant_id == 0 || put->registrant_id == seen->registrant_id);
		if (seen->is_taken[i] != is_wanted)
			fail_msg("scan %lld", (long long)i);
	}
}

static void test_everybody_with_all_scans(void **state)
{
	struct seen seen = { .reading = NULL };

	(void)state;
	check(&seen);
	assert_int_equal(seen.last_scan, SCANS);
	assert_int_equal(seen.rows, PEOPLE - PEOPLE / 3);
}

static void test_slices_give_the_same(void **state)
{
	struct seen seen = { .ends_each_slice = true };

	(void)state;
	check(&seen);
	assert_int_equal(seen.rows, PEOPLE - PEOPLE / 3);
	assert_true(seen.slices >= PEOPLE - PEOPLE / 3);
}

/* Scans that came later are left out, and so is what they take back. */
static void test_later_scans(void **state)
{
	(void)state;
	for (int64_t last = SCANS - 25; last < SCANS; last++) {
		struct seen seen = { .last_scan = last };
		check(&seen);
	}
}

static void test_one_person(void **state)
{
	struct seen seen = { .registrant_id = 10 };
	struct seen other_event = { .registrant_id = 9 };
	struct seen nobody = { .registrant_id = PEOPLE + 1 };

	(void)state;
	check(&seen);
	assert_int_equal(seen.rows, 1);
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	assert_ok(db_open("roll.db", DB_READ, NULL, &db, &error), error);
	assert_ok(reading_run(db, read_roll, &other_event, NULL, NULL, &error), error);
	assert_int_equal(other_event.rows, 0);
	assert_ok(reading_run(db, read_roll, &nobody, NULL, NULL, &error), error);
	assert_int_equal(nobody.rows, 0);
}

static enum status fail_at_third(const struct roll_row *row, void *data, struct error *error)
{
	size_t *rows = data;

	(void)row;
	if (++*rows == 3)
		return error_set(error, STATUS_IO, "the third");
	return STATUS_OK;
}

static void ignore_scan(const struct roll_scan *scan, void *data)
{
	(void)scan;
	(void)data;
}

static enum status read_and_fail(struct reading *reading, void *data, struct error *error)
{
	const struct roll_filter filter = { .event_id = 1 };
	const struct roll_functions functions = {
		.scan = ignore_scan,
		.row = fail_at_third,
		.data = data,
	};

	return roll_store_read(reading, &filter, &functions, error);
}

static void test_a_failure_ends_it(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	size_t rows = 0;

	(void)state;
	assert_ok(db_open("roll.db", DB_READ, NULL, &db, &error), error);
	assert_fails(reading_run(db, read_and_fail, &rows, NULL, NULL, &error), STATUS_IO,
		"the third", error);
	assert_int_equal(rows, 3);
	assert_false(transaction_is_open(db));
}

/* --- With presence --- */

struct called {
	size_t people;
	size_t with_rows;
	int64_t attended_s;
};

static enum status take_person(const struct roll_person *person, void *data, struct error *error)
{
	struct called *called = data;
	CLEANUP(spans_free) struct spans windows = SPANS_INIT;
	CLEANUP(spans_free) struct spans stretches = SPANS_INIT;

	(void)error;
	called->people++;
	if (presence_of_session(person->presence, 0)->has_rows)
		called->with_rows++;
	spans_add(&windows, 0, 10000);
	presence_collect(person->presence, 0, PRESENCE_ALL, &windows, &stretches);
	called->attended_s += spans_cover_s(&stretches);
	return STATUS_OK;
}

static enum status call_roll(struct reading *reading, void *data, struct error *error)
{
	CLEANUP(programme_freep) struct programme *programme = NULL;
	const struct roll_filter filter = { .event_id = 1 };

	enum status status = programme_load(reading->db, 1, &programme, error);
	if (status != STATUS_OK)
		return status;
	const struct presence_settings settings = {
		.programme = programme,
		.doors_s = 1800,
		.as_of_s = INT64_MAX,
		.now_s = INT64_MAX,
	};
	return roll_call(reading, &filter, &settings, take_person, data, error);
}

static void test_call(void **state)
{
	static const char insert[] =
		"INSERT INTO scan (scan_id, event_id, registrant_id, session_id,"
		" direction, at_s, until_s, stored_s, source, result, reason,"
		" actor) VALUES (%d, 1, %d, 1, '%s', %d, %s, 1, '%s', '%s',"
		" %s, 'test')";
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	struct called called = { 0 };

	(void)state;
	support_database("call.db");
	assert_ok(db_open("call.db", DB_WRITE, NULL, &db, &error), error);
	for (int64_t i = 1; i <= 4; i++)
		support_registrant(db, i);
	run_sql(db, "INSERT INTO session (session_id, event_id, code, start_s, end_s, is_stated)"
		    " VALUES (1, 1, 'S1', 1000, 2000, 1)");
	/* 1: 100 s at the door; 2: as already-in, to the end; 3: refused; 4: 300 s online, of
	 * which 50 s by hand too. */
	run_sql(db, insert, 1, 1, "in", 1100, "NULL", "door", "admitted", "NULL");
	run_sql(db, insert, 2, 1, "out", 1200, "NULL", "door", "admitted", "NULL");
	run_sql(db, insert, 3, 2, "in", 1900, "NULL", "door", "refused", "'already-in'");
	run_sql(db, insert, 4, 3, "in", 1000, "NULL", "door", "refused", "'pending'");
	run_sql(db, insert, 5, 4, "in", 1000, "1300", "online", "admitted", "NULL");
	run_sql(db, insert, 6, 4, "in", 1250, "1300", "manual", "admitted", "NULL");
	assert_ok(reading_run(db, call_roll, &called, NULL, NULL, &error), error);
	assert_int_equal(called.people, 4);
	assert_int_equal(called.with_rows, 4);
	assert_int_equal(called.attended_s, 100 + 100 + 300);
}

static int start(void **state)
{
	int result = support_start(state);

	if (result == 0)
		make_database();
	return result;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everybody_with_all_scans),
		cmocka_unit_test(test_slices_give_the_same),
		cmocka_unit_test(test_later_scans),
		cmocka_unit_test(test_one_person),
		cmocka_unit_test(test_a_failure_ends_it),
		cmocka_unit_test(test_call),
	};

	return cmocka_run_group_tests(tests, start, support_stop);
}

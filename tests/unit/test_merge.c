/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Merging, over hundreds of people made at random, the same ones in every run. Each is there
 * three times: two records that are merged, and one that had all scans, roles and courses from
 * the start. What reports say of the last two must be the same.
 */
#include "core/merge.h"

#include "core/check.h"
#include "core/credit_report.h"
#include "core/erase.h"
#include "core/ledger.h"
#include "core/presence_report.h"
#include "core/token.h"
#include "support.h"
#include "unit.h"
#include "util/memory.h"
#include "util/str.h"

enum {
	PEOPLE = 300,
	SCANS_MAX = 24,
	SESSIONS = 4,
	NOW_S = 40000,
};

/* Of person i: @3i+1 is merged into @3i+2; @3i+3 was both from the start. */
enum record {
	RECORD_FROM = 1,
	RECORD_INTO,
	RECORD_BOTH,
	RECORDS = 3,
};

static const struct actor actor = { .name = "office", .now_s = NOW_S };

static int64_t number_of(int64_t person, enum record record)
{
	return person * RECORDS + (int64_t)record;
}

/* --- The event --- */

struct world {
	struct db *db;
	struct ledger ledger;
	uint64_t random;
};

static bool one_in(struct world *world, size_t times)
{
	return unit_random_below(&world->random, times) == 0;
}

static int64_t pick(struct world *world, int64_t below)
{
	return (int64_t)unit_random_below(&world->random, (size_t)below);
}

static void run_sql(struct world *world, const char *sql)
{
	struct error error = ERROR_INIT;

	assert_ok(db_execute(world->db, sql, &error), error);
}

/* Four sessions of an hour, one after the other but for the last, which lies across two; a
 * break, and a part for students only. */
static void make_programme(struct world *world)
{
	run_sql(world, "INSERT INTO event (code, timezone) VALUES ('e', 'Europe/Zurich')");
	run_sql(world,
		"INSERT INTO session (session_id, event_id, code, start_s, end_s, is_stated) VALUES"
		" (1, 1, 'S1', 3600, 7200, 1), (2, 1, 'S2', 7200, 10800, 1),"
		" (3, 1, 'S3', 12000, 15600, 1), (4, 1, 'S4', 9000, 14400, 1);"
		"INSERT INTO item (event_id, session_id, kind, start_s, end_s, access, is_credit)"
		" VALUES (1, 1, 'break', 4800, 5400, '', 0),"
		" (1, 2, 'talk', 7200, 8400, 'student', 1);"
		"INSERT INTO course (course_id, event_id, code, enrolment, is_attendance_named,"
		" min_percent_permille, min_sessions, is_exit_required, is_each_day_required) VALUES"
		" (1, 1, 'PLAIN', 'required', 0, NULL, NULL, 0, 0),"
		" (2, 1, 'EXIT', 'any', 1, 300, NULL, 1, 0),"
		" (3, 1, 'MANY', 'any', 1, NULL, 2, 0, 1)");
}

/* What the two are told apart by; the third has what both have. */
static void make_person(struct world *world, int64_t person, struct token_issuer *issuer)
{
	static const char *const roles[] = { "attendee", "student", "speaker" };
	static const char *const both[3][3] = {
		{ "attendee", "attendee;student", "attendee;speaker" },
		{ "attendee;student", "student", "speaker;student" },
		{ "attendee;speaker", "speaker;student", "speaker" },
	};
	int64_t from = pick(world, 3);
	int64_t into = pick(world, 3);
	bool is_from_in = one_in(world, 2);
	bool is_into_in = one_in(world, 2);
	char sql[600];

	for (enum record record = RECORD_FROM; record <= RECORD_BOTH; record++) {
		struct error error = ERROR_INIT;
		int64_t number = number_of(person, record);
		const char *set = record == RECORD_BOTH   ? both[from][into]
				  : record == RECORD_FROM ? roles[from]
							  : roles[into];
		bool is_in = record == RECORD_BOTH   ? is_from_in || is_into_in
			     : record == RECORD_FROM ? is_from_in
						     : is_into_in;
		support_registrant(world->db, number);
		(void)snprintf(sql, sizeof sql,
			"UPDATE registrant SET roles = '%s' WHERE registrant_id = %lld;"
			"INSERT INTO enrolment SELECT 1, %lld, 5 WHERE %d",
			set, (long long)number, (long long)number, is_in ? 1 : 0);
		run_sql(world, sql);
		assert_ok(token_issue(world->db, issuer, number, 1000, NULL, &error), error);
	}
}

static struct scan_row pick_scan(struct world *world)
{
	static const char *const reasons[] = { "already-in", "not-in", "too-early", "cancelled" };
	struct scan_row row = {
		.event_id = 1,
		.session_id = pick(world, SESSIONS + 1),
		.direction = one_in(world, 3) ? "out" : "in",
		.at_s = 3000 + pick(world, 140) * 100,
		.stored_s = NOW_S - 1,
		.source = "door",
		.station = "north",
		.result = "admitted",
		.actor = "door",
	};

	if (one_in(world, 4)) {
		row.result = "refused";
		row.reason = reasons[pick(world, COUNT(reasons))];
	} else if (row.session_id != 0 && one_in(world, 4)) {
		row.source = one_in(world, 2) ? "online" : "manual";
		row.direction = "in";
		row.has_until = !one_in(world, 4);
		row.until_s = row.at_s + pick(world, 40) * 100;
	}
	return row;
}

static int64_t add_scan(struct world *world, struct scan_row row, int64_t registrant_id)
{
	struct error error = ERROR_INIT;

	row.registrant_id = registrant_id;
	assert_ok(ledger_add(&world->ledger, &row, &error), error);
	return row.scan_id;
}

static void take_back(struct world *world, struct scan_row row, int64_t registrant_id,
	int64_t scan_id)
{
	row.direction = NULL;
	row.has_until = false;
	row.until_s = 0;
	row.result = "void";
	row.reason = NULL;
	row.void_of = scan_id;
	(void)add_scan(world, row, registrant_id);
}

/* The third record has each scan of the first two; some are taken back at once. */
static void make_scans(struct world *world, int64_t person)
{
	int64_t count = pick(world, SCANS_MAX);

	for (int64_t i = 0; i < count; i++) {
		struct scan_row row = pick_scan(world);
		int64_t one = number_of(person, one_in(world, 2) ? RECORD_FROM : RECORD_INTO);
		int64_t both = number_of(person, RECORD_BOTH);
		int64_t of_one = add_scan(world, row, one);
		int64_t of_both = add_scan(world, row, both);
		if (one_in(world, 6)) {
			take_back(world, row, one, of_one);
			take_back(world, row, both, of_both);
		}
	}
}

static void make_world(struct world *world)
{
	CLEANUP(key_freep) struct key *key = key_make();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	*world = (struct world){ .random = 20220215 };
	assert_ok(db_open("merge.db", DB_NEW, NULL, &world->db, &error), error);
	assert_ok(transaction_begin_write(&transaction, world->db, &error), error);
	assert_ok(key_register(key, world->db, 1000, &error), error);
	make_programme(world);
	assert_ok(ledger_begin(&world->ledger, world->db, &error), error);
	for (int64_t i = 0; i < PEOPLE; i++) {
		make_person(world, i, issuer);
		make_scans(world, i);
	}
	assert_ok(ledger_close(&world->ledger, &actor, &(struct log_event){ .action = "checkin" },
			  &error),
		error);
	assert_ok(transaction_commit(&transaction, &error), error);
	ledger_free(&world->ledger);
}

/* --- What reports say --- */

/* Of each person in two lines: what is said of the second record, and of the third. */
struct said {
	struct str of[PEOPLE][2];
	int64_t rows;
	int64_t rows_with_time;
};

static struct str *place_of(struct said *said, int64_t registrant_id)
{
	int64_t record = (registrant_id - 1) % RECORDS + 1;

	/* Nothing is said of what was merged. */
	assert_int_not_equal(record, RECORD_FROM);
	said->rows++;
	return &said->of[(registrant_id - 1) / RECORDS][record - RECORD_INTO];
}

static void begin_credit(const struct credit_report_head *head, void *data)
{
	(void)head;
	(void)data;
}

static enum status say_credit(const struct credit_row *row, void *data, struct error *error)
{
	CLEANUP(str_free) struct str reasons = STR_INIT;
	const struct credit_outcome *outcome = row->outcome;
	struct str *str = place_of(data, row->person->row->registrant_id);

	(void)error;
	((struct said *)data)->rows_with_time += outcome->attended_s > 0 ? 1 : 0;
	credit_reasons_write(row->settings, outcome, &reasons);
	str_addf(str, "%s %s %s %d %lld of %lld, %lld of %lld s, %lld, %lld, %s\n",
		row->course->code, row->person->row->roles, row->person->row->status,
		(int)outcome->decision, (long long)outcome->sessions_attended,
		(long long)outcome->sessions_total, (long long)outcome->attended_s,
		(long long)outcome->total_s, (long long)outcome->percent_permille,
		(long long)outcome->credits_hundredths, reasons.text);
	return STATUS_OK;
}

static void begin_presence(void *data)
{
	(void)data;
}

static enum status say_presence(const struct presence_report_row *row, void *data,
	struct error *error)
{
	struct str *str = place_of(data, row->person->row->registrant_id);

	(void)error;
	str_addf(str, "%s %lld to %lld, %lld of %lld s, %s\n", row->session->code,
		row->has_first_in ? (long long)row->first_in_s : -1,
		row->has_last_out ? (long long)row->last_out_s : -1, (long long)row->attended_s,
		(long long)row->countable_s, row->sources);
	return STATUS_OK;
}

static void read_reports(struct world *world, struct said *said)
{
	static const char *const courses[] = { "PLAIN", "EXIT", "MANY" };
	struct error error = ERROR_INIT;
	const struct event event = {
		.id = 1,
		.code = (char *)"e",
		.title = (char *)"",
		.doors_min = 30,
	};
	const struct credit_report_functions credit = { begin_credit, say_credit, NULL, said };
	const struct presence_report_functions presence = { begin_presence, say_presence, NULL,
		said };

	for (size_t i = 0; i < COUNT(courses); i++) {
		const struct credit_report_options options = {
			.event = &event,
			.course = courses[i],
			.as_of_s = 15000,
			.lists_all = true,
		};
		assert_ok(credit_report(world->db, &options, &credit, &error), error);
	}
	const struct presence_report_options options = { .event = &event, .now_s = 15000 };
	assert_ok(presence_report(world->db, &options, &presence, &error), error);
}

static void merge(struct world *world, int64_t person)
{
	struct error error = ERROR_INIT;
	struct merge_result result;
	const struct merge_request request = {
		.from_id = number_of(person, RECORD_FROM),
		.into_id = number_of(person, RECORD_INTO),
	};

	assert_ok(merge_registrants(world->db, &actor, &request, &result, &error), error);
	assert_int_equal(result.place_count, 1);
	assert_int_equal(result.places[0].tokens, 1);
	merge_result_free(&result);
}

static enum status tell_fault(const struct finding *finding, void *data, struct error *error)
{
	(void)data;
	(void)error;
	fail_msg("%s: %s", finding->subject, finding->message);
	return STATUS_OK;
}

static void test_reports(void **state)
{
	struct world world;
	struct said *said = calloc(1, sizeof *said);
	struct error error = ERROR_INIT;
	struct check_summary summary;
	const struct check_options options = { .is_quick = false };
	const struct check_functions functions = { .finding = tell_fault };

	(void)state;
	assert_non_null(said);
	make_world(&world);
	for (int64_t i = 0; i < PEOPLE; i++) {
		said->of[i][0] = (struct str)STR_INIT;
		said->of[i][1] = (struct str)STR_INIT;
		merge(&world, i);
	}
	read_reports(&world, said);
	assert_true(said->rows > PEOPLE * 8);
	assert_true(said->rows_with_time > PEOPLE * 3);
	for (int64_t i = 0; i < PEOPLE; i++) {
		if (strcmp(said->of[i][0].text, said->of[i][1].text) != 0)
			fail_msg("person %d:\n%s\nfrom the start:\n%s", (int)i, said->of[i][0].text,
				said->of[i][1].text);
		str_free(&said->of[i][0]);
		str_free(&said->of[i][1]);
	}
	assert_ok(check_database(world.db, &options, &functions, &summary, &error), error);
	db_close(world.db);
	free(said);
}

/* --- Erasing --- */

static int64_t count_rows(struct db *db, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t count = -1;

	assert_ok(db_execute_integer(db, sql, &count, &error), error);
	return count;
}

/* Erased at one of two events: there with what was merged there, and not at the other. */
static void test_erased_at_one_event(void **state)
{
	struct world world = { .random = 1 };
	struct error error = ERROR_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	struct merge_result result;
	struct erase_counts counts = { .people = 0 };
	struct check_summary summary;
	const struct merge_request request = { .from_id = 1, .into_id = 2 };
	const struct check_options options = { .is_quick = false };
	const struct check_functions functions = { .finding = tell_fault };
	CLEANUP(key_freep) struct key *key = key_make();
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(key, 1);

	(void)state;
	assert_ok(db_open("erase.db", DB_NEW, NULL, &world.db, &error), error);
	assert_ok(key_register(key, world.db, 1000, &error), error);
	make_programme(&world);
	run_sql(&world, "INSERT INTO event (code, timezone) VALUES ('f', 'Europe/Zurich')");
	support_registrant(world.db, 1);
	support_registrant(world.db, 2);
	run_sql(&world,
		"UPDATE registrant SET note = 'about ' || registrant_id;"
		"INSERT INTO registrant (registrant_id, event_id, person_id, note, registered_s)"
		" VALUES (3, 2, 1, 'at the other', 5)");
	for (int64_t number = 1; number <= 3; number++)
		assert_ok(token_issue(world.db, issuer, number, 1000, NULL, &error), error);
	assert_ok(merge_registrants(world.db, &actor, &request, &result, &error), error);
	assert_int_equal(result.place_count, 2);
	merge_result_free(&result);

	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(erase_registrant(world.db, 2, NOW_S, &counts, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_int_equal(count_rows(world.db,
				 "SELECT count(*) FROM registrant AS r JOIN person AS p"
				 " ON p.person_id = r.person_id WHERE r.event_id = 1"
				 " AND r.note = '' AND p.name = '' AND p.erased_s IS NOT NULL"),
		2);
	assert_int_equal(count_rows(world.db,
				 "SELECT count(*) FROM registrant AS r JOIN person AS p"
				 " ON p.person_id = r.person_id WHERE r.event_id = 2"
				 " AND r.note = 'at the other' AND p.name = 'Person 2'"),
		1);
	assert_ok(check_database(world.db, &options, &functions, &summary, &error), error);
	db_close(world.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_erased_at_one_event),
	};

	return cmocka_run_group_tests_name("merge", tests, support_start, support_stop);
}

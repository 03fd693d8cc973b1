/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin.h"

#include "support.h"

#include "desk.h"

#define IN(person, minute, ...)                                                                    \
	((struct checkin_request){ .who = (person), .at_s = AT(minute), __VA_ARGS__ })
#define OUT(person, minute, ...) IN(person, minute, .is_out = true, __VA_ARGS__)

/* The sentence of an answer, lent until the next one. */
static const char *sentence(const struct desk_world *world, const struct checkin_answer *answer)
{
	static char text[400];
	struct str str = STR_INIT;

	checkin_sentence(answer, world->zone, &str);
	(void)snprintf(text, sizeof text, "%s", str.text);
	str_free(&str);
	return text;
}

static void expect_sentence(struct desk_world *world, struct checkin_request request,
	const char *wanted)
{
	request.station = "";
	struct checkin_answer answer = desk_scan(world, &request);

	assert_string_equal(sentence(world, &answer), wanted);
	checkin_answer_free(&answer);
}

/* Sessions A 60 to 120 and B 150 to 200. */
static struct desk_world programme(void)
{
	struct desk_world world = desk_begin();

	(void)desk_person(&world, "attendee", "confirmed");
	(void)desk_person(&world, "speaker", "confirmed");
	desk_session(&world, "A", 60, 120, "", -1);
	desk_session(&world, "B", 150, 200, "", -1);
	return world;
}

static void test_reasons(void **state)
{
	enum checkin_reason reason;

	(void)state;
	assert_null(checkin_reason_entry(CHECKIN_NO_REASON)->code);
	for (int i = CHECKIN_NO_REASON + 1; i < CHECKIN_REASON_COUNT; i++) {
		const struct checkin_reason_entry *entry =
			checkin_reason_entry((enum checkin_reason)i);
		assert_true(checkin_reason_parse(entry->code, &reason));
		assert_int_equal(reason, i);
		assert_int_equal(entry->status, STATUS_NO);
	}
	assert_false(checkin_reason_parse("admitted", &reason));
}

static void test_doors(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 29), "no-session", NULL);
	desk_expect(&world, IN("@1", 30), "admitted", "A");
	desk_expect(&world, IN("@2", 119), "admitted", "A");
	/* The end is excluded: B's doors are open. */
	desk_expect(&world, IN("@2", 120), "admitted", "B");
	desk_expect(&world, IN("@1", 199), "admitted", "B");
	desk_expect(&world, IN("@1", 200), "no-session", NULL);
	desk_end(&world);
}

static void test_session_named(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 29, .session = "a"), "too-early", "A");
	desk_expect(&world, IN("@1", 120, .session = "A"), "too-late", "A");
	desk_expect(&world, IN("@1", 30, .session = "a"), "admitted", "A");
	desk_expect(&world, IN("@1", 30, .session = "X"), "unknown-session", NULL);
	desk_end(&world);
}

static void test_choice(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_session(&world, "C", 60, 120, "speaker", -1);
	desk_session(&world, "D", 210, 220, "speaker", -1);
	desk_session(&world, "E", 215, 230, "", -1);
	/* What does not admit is no candidate. */
	desk_expect(&world, IN("@1", 70), "admitted", "A");
	desk_expect(&world, IN("@2", 70), "ambiguous-session", NULL);
	desk_expect(&world, IN("@2", 40), "ambiguous-session", NULL);
	/* In progress before doors only. */
	desk_expect(&world, IN("@2", 195), "admitted", "B");
	/* Of doors only the earliest start. */
	desk_expect(&world, IN("@2", 200), "admitted", "D");
	desk_expect(&world, IN("@1", 200), "admitted", "E");
	desk_end(&world);
}

static void test_not_admitted(void **state)
{
	struct desk_world world = desk_begin();

	(void)state;
	(void)desk_person(&world, "attendee", "confirmed");
	(void)desk_person(&world, "chair;staff", "confirmed");
	desk_session(&world, "A", 60, 120, "chair;speaker", -1);
	desk_session(&world, "B", 150, 200, "chair", -1);
	desk_session(&world, "C", 150, 200, "speaker", -1);
	desk_expect(&world, IN("@1", 70), "not-admitted", "A");
	desk_expect(&world, IN("@1", 70, .session = "A"), "not-admitted", "A");
	desk_expect(&world, IN("@2", 70), "admitted", "A");
	/* Neither is the one that is meant. */
	desk_expect(&world, IN("@1", 160), "not-admitted", NULL);
	desk_expect(&world, IN("@1", 160, .force_reason = "x"), "ambiguous-session", NULL);
	desk_expect(&world, IN("@1", 70, .force_reason = "x"), "+not-admitted", "A");
	expect_sentence(&world, IN("@1", 71, .session = "A"),
		"'A' does not admit Person 1: only chair, speaker");
	expect_sentence(&world, IN("@1", 161), "no session that is open admits Person 1");
	desk_end(&world);
}

static void test_status(void **state)
{
	static const char *const statuses[] = { "cancelled", "pending", "waitlisted" };
	struct desk_world world = programme();

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char who[24];
		(void)snprintf(who, sizeof who, "@%lld",
			(long long)desk_person(&world, "attendee", statuses[i]));
		/* Before the session is looked for. */
		desk_expect(&world, IN(who, 0), statuses[i], NULL);
		desk_expect(&world, IN(who, 70, .session = "X"), "unknown-session", NULL);
		/* Who was let in may leave. */
		char wanted[20];
		(void)snprintf(wanted, sizeof wanted, "+%s", statuses[i]);
		desk_expect(&world, IN(who, 70, .force_reason = "x"), wanted, "A");
		desk_expect(&world, OUT(who, 80), "admitted", "A");
	}
	desk_end(&world);
}

static void test_force(void **state)
{
	struct desk_world world = programme();

	(void)state;
	(void)desk_person(&world, "attendee", "cancelled");
	desk_expect(&world, IN("@1", 0, .force_reason = "x"), "no-session", NULL);
	desk_expect(&world, IN("@1", 0, .session = "A", .force_reason = "x"), "+too-early", "A");
	desk_expect(&world, IN("@1", 1, .session = "A", .force_reason = "x"), "already-in", "A");
	desk_expect(&world, IN("@2", 130, .session = "A", .force_reason = "x"), "+too-late", "A");
	desk_expect(&world, IN("@2", 140, .force_reason = "x"), "admitted", "B");
	/* The first of two reasons is kept; what cannot be forced still refuses. */
	desk_expect(&world, IN("@3", 0, .session = "A", .force_reason = "x"), "+cancelled", "A");
	desk_expect(&world, IN("@3", 1, .session = "A", .force_reason = "x"), "already-in", "A");
	desk_expect(&world, IN("@3", 2, .force_reason = "x"), "no-session", NULL);
	desk_expect(&world, OUT("@3", 3, .force_reason = "x"), "admitted", "A");
	desk_expect(&world, OUT("@3", 4, .force_reason = "x"), "not-in", NULL);
	desk_end(&world);
}

static void test_in_and_out(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, OUT("@1", 61), "not-in", NULL);
	desk_expect(&world, IN("@1", 62), "admitted", "A");
	desk_expect(&world, IN("@1", 63), "already-in", "A");
	desk_expect(&world, OUT("@1", 64, .session = "B"), "not-in", "B");
	desk_expect(&world, OUT("@1", 65, .session = "A"), "admitted", "A");
	desk_expect(&world, OUT("@1", 66), "not-in", NULL);
	desk_expect(&world, IN("@1", 67), "admitted", "A");
	/* Moving on, and back. */
	desk_expect(&world, IN("@1", 125), "admitted", "B");
	desk_expect(&world, IN("@1", 126, .session = "A", .force_reason = "x"), "+too-late", "A");
	desk_expect(&world, IN("@1", 127), "admitted", "B");
	desk_expect(&world, OUT("@1", 128), "admitted", "B");
	desk_end(&world);
}

static void test_late_entries(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 100), "admitted", "A");
	/* Stored later, but of before: at that time nobody was in. */
	desk_expect(&world, IN("@1", 70), "admitted", "A");
	/* Now the stay began at 70: an out at 80 is of it, and 90 is a new stay. */
	desk_expect(&world, OUT("@1", 80), "admitted", "A");
	desk_expect(&world, IN("@1", 90), "admitted", "A");
	struct checkin_answer answer = desk_scan(&world,
		&(struct checkin_request){ .who = "@1", .at_s = AT(105), .station = "" });
	assert_true(answer.has_first);
	assert_int_equal(answer.first_s, AT(90));
	assert_string_equal(sentence(&world, &answer), "Person 1 has been in since 13:30");
	checkin_answer_free(&answer);
	/* A refused one is a sighting too: this out counts once the in before it is known. */
	desk_expect(&world, OUT("@2", 75), "not-in", NULL);
	desk_expect(&world, IN("@2", 70), "admitted", "A");
	desk_expect(&world, IN("@2", 76), "admitted", "A");
	desk_end(&world);
}

static void test_the_same_second(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 70), "admitted", "A");
	desk_expect(&world, OUT("@1", 80), "admitted", "A");
	desk_expect(&world, IN("@1", 80), "admitted", "A");
	desk_expect(&world, IN("@1", 80), "already-in", "A");
	desk_end(&world);
}

static void test_out_after_the_end(void **state)
{
	struct desk_world world = desk_begin();

	(void)state;
	for (int i = 0; i < 3; i++)
		(void)desk_person(&world, "attendee", "confirmed");
	/* 12:10 to 12:20: the day is longer than twelve hours after. */
	desk_session(&world, "NOON", 10, 20, "", -1);
	/* 20:00 to 21:00. */
	desk_session(&world, "LATE", 480, 540, "", -1);
	desk_expect(&world, IN("@1", 15), "admitted", "NOON");
	desk_expect(&world, OUT("@1", 740), "admitted", "NOON");
	desk_expect(&world, IN("@1", 16), "already-in", "NOON");
	desk_expect(&world, OUT("@1", 741), "not-in", NULL);
	desk_expect(&world, IN("@2", 490), "admitted", "LATE");
	desk_expect(&world, OUT("@2", 540 + 720), "admitted", "LATE");
	desk_expect(&world, IN("@3", 490), "admitted", "LATE");
	desk_expect(&world, OUT("@3", 540 + 721), "not-in", NULL);
	/* That was refused, but it was seen. */
	desk_expect(&world, OUT("@3", 540 + 722, .session = "LATE"), "not-in", "LATE");
	desk_end(&world);
}

static void test_capacity(void **state)
{
	struct desk_world world = desk_begin();

	(void)state;
	for (int i = 0; i < 4; i++)
		(void)desk_person(&world, "attendee", "confirmed");
	desk_session(&world, "A", 60, 120, "", 2);
	desk_session(&world, "NONE", 130, 140, "", 0);
	desk_expect(&world, IN("@1", 61), "admitted", "A");
	desk_expect(&world, IN("@2", 62), "admitted", "A");
	desk_expect(&world, IN("@3", 63), "session-full", "A");
	/* Who is in is already in, not one too many. */
	desk_expect(&world, IN("@2", 64), "already-in", "A");
	desk_expect(&world, OUT("@1", 65), "admitted", "A");
	desk_expect(&world, IN("@3", 66), "admitted", "A");
	desk_expect(&world, IN("@1", 67), "session-full", "A");
	desk_expect(&world, IN("@1", 68, .force_reason = "x"), "+session-full", "A");
	/* Counted at the scan's own time: then only @1 was in. */
	desk_expect(&world, IN("@4", 61), "admitted", "A");
	desk_expect(&world, IN("@4", 131), "session-full", "NONE");
	desk_end(&world);
}

static void test_arrival(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 0, .is_arrival = true), "admitted", NULL);
	desk_expect(&world, IN("@1", 70), "admitted", "A");
	desk_expect(&world, IN("@1", 75, .is_arrival = true), "already-in", NULL);
	/* It closed no stay; an out of the session is none of the arrival's. */
	desk_expect(&world, IN("@1", 76), "already-in", "A");
	desk_expect(&world, OUT("@1", 77), "admitted", "A");
	desk_expect(&world, OUT("@1", 78), "not-in", NULL);
	desk_expect(&world, IN("@1", 719, .is_arrival = true), "already-in", NULL);
	/* Midnight in Zurich. */
	desk_expect(&world, IN("@1", 720, .is_arrival = true), "admitted", NULL);
	desk_expect(&world, IN("@2", -1, .is_arrival = true), "admitted", NULL);
	desk_end(&world);
}

static void test_event_without_sessions(void **state)
{
	struct desk_world world = desk_begin();

	(void)state;
	(void)desk_person(&world, "attendee", "confirmed");
	(void)desk_person(&world, "attendee", "pending");
	desk_expect(&world, OUT("@1", 0), "not-in", NULL);
	desk_expect(&world, IN("@1", 1), "admitted", NULL);
	desk_expect(&world, IN("@1", 2), "already-in", NULL);
	desk_expect(&world, IN("@1", 2, .session = "A"), "unknown-session", NULL);
	desk_expect(&world, OUT("@1", 3), "admitted", NULL);
	desk_expect(&world, OUT("@1", 4), "not-in", NULL);
	desk_expect(&world, IN("@1", 5, .is_arrival = true), "admitted", NULL);
	desk_expect(&world, IN("@1", 6), "already-in", NULL);
	desk_expect(&world, IN("@1", 720), "admitted", NULL);
	desk_expect(&world, OUT("@1", 1440 + 720), "not-in", NULL);
	desk_expect(&world, IN("@2", 5), "pending", NULL);
	desk_end(&world);
}

static void test_sentences(void **state)
{
	struct desk_world world = programme();

	(void)state;
	expect_sentence(&world, IN("@1", 0),
		"no session is open: the next is 'A', doors open at 12:30");
	expect_sentence(&world, IN("@1", 1500), "no session is open, and none comes after");
	expect_sentence(&world, IN("@1", -1440),
		"no session is open: the next is 'A', doors open at 2022-02-15 12:30");
	expect_sentence(&world, IN("@1", 0, .session = "A"),
		"too early: the doors of 'A' open at 12:30");
	expect_sentence(&world, IN("@1", 121, .session = "A"), "too late: 'A' ended at 14:00");
	expect_sentence(&world, IN("@1", 70, .session = "X"), "there is no session 'X'");
	expect_sentence(&world, IN("@1", 70), "Welcome, Person 1");
	expect_sentence(&world, OUT("@1", 71), "Goodbye, Person 1");
	expect_sentence(&world, OUT("@1", 72), "Person 1 is not in");
	expect_sentence(&world, OUT("@1", 72, .session = "A"), "Person 1 is not in 'A'");
	expect_sentence(&world, IN("@1", 0, .session = "A", .force_reason = "x"),
		"Welcome, Person 1 (in spite of 'too-early')");
	desk_session(&world, "A2", 70, 110, "", -1);
	expect_sentence(&world, IN("@2", 75),
		"several sessions are open: 'A', 'A2'; say which with --session");
	expect_sentence(&world, IN("@2", 75, .session = "A", .nonce = "n"), "Welcome, Person 2");
	expect_sentence(&world, IN("@1", 75, .nonce = "n"),
		"the nonce belongs to another scan, number 12");
	desk_end(&world);
}

/* The doors that a station looks at are those of the event as it is now. */
static void test_doors_set_anew(void **state)
{
	struct desk_world world = programme();

	(void)state;
	desk_expect(&world, IN("@1", 29), "no-session", NULL);
	desk_sql(&world, "UPDATE event SET doors_min = 31");
	desk_expect(&world, IN("@1", 29), "admitted", "A");
	desk_end(&world);
}

/* Asked for as it happens: whether it must wait; 'admitted' needs no wait. */
static bool must_wait(struct desk_world *world, struct checkin_request request)
{
	request.is_now = true;
	request.station = "";
	struct checkin_answer answer = desk_scan(world, &request);
	bool waits = answer.must_wait;

	if (waits)
		assert_int_equal(answer.scan_id, 0);
	checkin_answer_free(&answer);
	return waits;
}

static void test_what_happens_now_keeps_its_order_within_a_second(void **state)
{
	struct desk_world world = programme();

	(void)state;
	assert_false(must_wait(&world, IN("@1", 70)));
	assert_true(must_wait(&world, OUT("@1", 70)));
	assert_false(must_wait(&world, IN("@1", 70)));
	/* Of what says itself when it happened the time decides alone. */
	desk_expect(&world, OUT("@2", 71), "not-in", NULL);
	desk_expect(&world, IN("@2", 71), "admitted", "A");
	assert_true(must_wait(&world, OUT("@2", 71)));
	assert_false(must_wait(&world, OUT("@2", 72)));
	assert_false(must_wait(&world, OUT("@2", 72)));
	assert_false(must_wait(&world, IN("@2", 72)));
	/* To another session: only where its code would put it before. */
	desk_session(&world, "B2", 60, 120, "", -1);
	assert_false(must_wait(&world, IN("@1", 80, .session = "B2")));
	assert_true(must_wait(&world, IN("@1", 80, .session = "A")));
	assert_false(must_wait(&world, IN("@1", 81, .session = "A")));
	assert_false(must_wait(&world, IN("@1", 81, .session = "B2")));
	desk_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_doors),
		cmocka_unit_test(test_session_named),
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_not_admitted),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_force),
		cmocka_unit_test(test_in_and_out),
		cmocka_unit_test(test_late_entries),
		cmocka_unit_test(test_the_same_second),
		cmocka_unit_test(test_out_after_the_end),
		cmocka_unit_test(test_capacity),
		cmocka_unit_test(test_arrival),
		cmocka_unit_test(test_event_without_sessions),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_doors_set_anew),
		cmocka_unit_test(test_what_happens_now_keeps_its_order_within_a_second),
	};

	return cmocka_run_group_tests_name("checkin", tests, support_start, support_stop);
}

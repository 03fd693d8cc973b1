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

static void test_nonce(void **state)
{
	struct desk_world world = programme();
	struct checkin_request request = IN("@1", 70, .nonce = "n", .station = "hall");

	(void)state;
	struct checkin_answer first = desk_scan(&world, &request);
	assert_string_equal(desk_word(&first), "admitted");
	assert_int_equal(first.scan_id, 1);
	/* Another time, another station: the first answer again. */
	request.at_s = AT(300);
	request.station = "desk";
	struct checkin_answer again = desk_scan(&world, &request);
	assert_string_equal(desk_word(&again), "admitted");
	assert_int_equal(again.scan_id, 1);
	assert_int_equal(again.at_s, AT(70));
	assert_string_equal(again.station, "hall");
	assert_string_equal(again.session, "A");
	checkin_answer_free(&first);
	checkin_answer_free(&again);
	desk_expect(&world, IN("@1", 70, .nonce = "n", .session = "a"), "admitted", "A");
	desk_expect(&world, IN("@1", 70, .nonce = "n", .session = "B"), "nonce-conflict", NULL);
	desk_expect(&world, IN("@1", 70, .nonce = "n", .session = "X"), "nonce-conflict", NULL);
	desk_expect(&world, IN("@1", 70, .nonce = "n", .is_arrival = true), "nonce-conflict", NULL);
	desk_expect(&world, OUT("@1", 70, .nonce = "n"), "nonce-conflict", NULL);
	desk_expect(&world, IN("@2", 70, .nonce = "n"), "nonce-conflict", NULL);
	/* Whatever became of the person since. */
	desk_sql(&world, "UPDATE registrant SET status = 'cancelled'");
	desk_expect(&world, IN("@1", 70, .nonce = "n"), "admitted", "A");
	desk_expect(&world, IN("@1", 70), "cancelled", NULL);
	/* A refusal is an answer like any other. */
	desk_expect(&world, IN("@2", 70, .nonce = "m"), "cancelled", NULL);
	desk_sql(&world, "UPDATE registrant SET status = 'confirmed'");
	desk_expect(&world, IN("@2", 70, .nonce = "m"), "cancelled", NULL);
	desk_end(&world);
}

static void test_nonces(void **state)
{
	char longest[NONCE_MAX * 2 + 1] = "";

	(void)state;
	for (int i = 0; i < NONCE_MAX; i++)
		strcat(longest, "é");
	assert_true(checkin_is_nonce(longest));
	assert_true(checkin_is_nonce(" "));
	assert_false(checkin_is_nonce(""));
	assert_false(checkin_is_nonce("a\nb"));
	assert_false(checkin_is_nonce("\xff"));
	memcpy(longest, "aaa", 3);
	assert_false(checkin_is_nonce(longest));
}

/* A token of the key 00 01 … 1f, written. */
static void issue(struct desk_world *world, int64_t event_number, int64_t registrant_id,
	char ret_text[static TOKEN_TEXT_SIZE])
{
	struct error error = ERROR_INIT;
	unsigned char master[KEY_SIZE];
	unsigned char token[TOKEN_SIZE];
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	int64_t serial;

	for (size_t i = 0; i < sizeof master; i++)
		master[i] = (unsigned char)i;
	struct key *key = key_from_bytes(master);
	struct token_issuer *issuer = token_issuer_new(key, event_number);
	desk_sql(world, "INSERT OR IGNORE INTO keyring VALUES (x'961b344a17f74ff4', 1)");
	assert_ok(transaction_begin_write(&transaction, world->db, &error), error);
	assert_ok(token_issue(world->db, issuer, registrant_id, 1, &serial, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	token_derive(issuer, serial, token);
	token_write(token, ret_text);
	token_issuer_free(issuer);
	key_free(key);
}

static void test_tokens(void **state)
{
	struct desk_world world = programme();
	char token[TOKEN_TEXT_SIZE];
	char second[TOKEN_TEXT_SIZE];
	char foreign[TOKEN_TEXT_SIZE];

	(void)state;
	desk_sql(&world, "INSERT INTO event (code, timezone) VALUES ('other', 'UTC')");
	issue(&world, 1, 1, token);
	issue(&world, 1, 2, second);
	world.event.id = 2;
	issue(&world, 2, desk_person(&world, "attendee", "confirmed"), foreign);
	world.event.id = 1;
	desk_expect(&world, IN(NULL, 70, .token = token), "admitted", "A");
	/* As a token, and as whom it belongs to. */
	desk_expect(&world, IN(token, 71), "already-in", "A");
	desk_expect(&world, IN(NULL, 71, .token = "@1"), "malformed-token", NULL);
	desk_expect(&world, IN("nobody@example.org", 71), "bad-line", NULL);
	expect_sentence(&world, IN(NULL, 71, .token = foreign),
		"this badge is of another event, 'other'");
	expect_sentence(&world, IN(NULL, 71, .token = "0000-0000-0000-0000-0000-0000-0000"),
		"nobody has this badge");
	desk_sql(&world, "UPDATE token SET revoked_s = 5 WHERE registrant_id = 2");
	desk_expect(&world, IN(NULL, 72, .token = second), "revoked-token", NULL);
	desk_expect(&world, IN(NULL, 72, .token = second, .session = "X"), "revoked-token", NULL);
	desk_expect(&world, IN("@2", 73), "admitted", "A");
	desk_expect(&world, OUT(NULL, 74, .token = second), "revoked-token", NULL);
	desk_sql(&world, "UPDATE person SET erased_s = 5");
	desk_expect(&world, IN(NULL, 75, .token = second), "erased", NULL);
	desk_expect(&world, IN("@1", 75), "erased", NULL);
	desk_end(&world);
}

static void count(struct desk_world *world, const char *sql, int64_t wanted)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(world->db, sql, &value, &error), error);
	if (value != wanted)
		fail_msg("%s: %lld, not %lld", sql, (long long)value, (long long)wanted);
}

static void test_what_is_stored(void **state)
{
	struct desk_world world = programme();
	char token[TOKEN_TEXT_SIZE];

	(void)state;
	issue(&world, 1, 1, token);
	desk_expect(&world, IN(NULL, 70, .token = token, .station = "hall"), "admitted", "A");
	desk_expect(&world, IN("@1", 71), "already-in", "A");
	desk_expect(&world, IN(NULL, 71, .token = "0000-0000-0000-0000-0000-0000-0000"),
		"unknown-token", NULL);
	desk_expect(&world, IN("@1", 0), "no-session", NULL);
	desk_expect(&world, IN("@1", 72, .session = "X"), "unknown-session", NULL);
	desk_expect(&world, IN(NULL, 72, .token = "X"), "malformed-token", NULL);
	desk_expect(&world, IN("nobody", 72), "bad-line", NULL);
	count(&world, "SELECT count(*) FROM scan", 4);
	count(&world,
		"SELECT count(*) FROM scan WHERE scan_id = 1 AND registrant_id = 1 AND token_id = 1"
		" AND session_id = 1 AND direction = 'in' AND source = 'door' AND station = 'hall'"
		" AND result = 'admitted' AND reason IS NULL AND actor = 'tester'",
		1);
	count(&world,
		"SELECT first_s FROM scan WHERE scan_id = 2 AND token_id IS NULL"
		" AND result = 'refused' AND reason = 'already-in'",
		AT(70));
	count(&world,
		"SELECT count(*) FROM scan WHERE scan_id = 3 AND registrant_id IS NULL"
		" AND token_id IS NULL AND session_id IS NULL AND reason = 'unknown-token'",
		1);
	/* Each scan was a commit of its own, with its entry. */
	count(&world, "SELECT count(*) FROM log WHERE first_scan = last_scan", 4);
	count(&world, "SELECT count(*) FROM log WHERE action = 'checkin' AND subject_id = 1", 3);
	count(&world, "SELECT count(*) FROM log WHERE detail = 'without token'", 2);
	desk_expect(&world, IN("@2", 29, .session = "A", .force_reason = "my words"), "+too-early",
		"A");
	count(&world,
		"SELECT count(*) FROM remark JOIN log USING (log_id) WHERE text = 'my words'"
		" AND registrant_id = 2 AND scan_id = 5 AND detail = 'without token; forced: "
		"too-early'",
		1);
	count(&world, "SELECT count(*) FROM scan WHERE scan_id = 5 AND is_forced = 1", 1);
	desk_end(&world);
}

static void test_a_group_shares_a_commit(void **state)
{
	struct desk_world world = programme();
	struct error error = ERROR_INIT;
	struct checkin_answer answers[4];
	const struct checkin_request requests[4] = {
		IN("@1", 70, .station = "", .nonce = "n"),
		IN("@2", 69, .station = "", .session = "B", .force_reason = "x"),
		IN("@1", 71, .station = "", .nonce = "n"),
		IN("@1", 72, .station = ""),
	};

	(void)state;
	desk_open_again(&world, false);
	assert_ok(checkin_begin(world.checkin, AT(80), &error), error);
	for (size_t i = 0; i < 4; i++)
		assert_ok(checkin_record(world.checkin, &requests[i], &answers[i], &error), error);
	assert_ok(checkin_commit(world.checkin, &error), error);
	assert_int_equal(answers[0].scan_id, 1);
	assert_int_equal(answers[1].scan_id, 2);
	assert_int_equal(answers[2].scan_id, 1);
	assert_string_equal(desk_word(&answers[3]), "already-in");
	for (size_t i = 0; i < 4; i++)
		checkin_answer_free(&answers[i]);
	/* The forced one has an entry of its own, for its words. */
	count(&world, "SELECT count(*) FROM log", 3);
	count(&world, "SELECT count(*) FROM log WHERE first_scan = 2 AND last_scan = 2", 1);
	desk_end(&world);
}

/* What was not committed was never said. */
static void test_a_group_given_up(void **state)
{
	struct desk_world world = programme();
	struct error error = ERROR_INIT;
	struct checkin_answer answer;
	struct checkin_request request = IN("@1", 70, .station = "");

	(void)state;
	desk_open_again(&world, false);
	assert_ok(checkin_begin(world.checkin, AT(80), &error), error);
	assert_ok(checkin_record(world.checkin, &request, &answer, &error), error);
	checkin_answer_free(&answer);
	desk_open_again(&world, false);
	count(&world, "SELECT count(*) FROM scan", 0);
	desk_expect(&world, request, "admitted", "A");
	desk_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nonce),
		cmocka_unit_test(test_nonces),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_what_is_stored),
		cmocka_unit_test(test_a_group_shares_a_commit),
		cmocka_unit_test(test_a_group_given_up),
	};

	return cmocka_run_group_tests_name("checkin_store", tests, support_start, support_stop);
}

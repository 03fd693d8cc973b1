/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/registrant.h"
#include "core/registrant_edit.h"
#include "core/token.h"
#include "support.h"
#include "util/memory.h"

static const struct actor actor = { .name = "tester", .now_s = 1000 };

struct world {
	struct db *db;
	struct key *key;
	char token[TOKEN_TEXT_SIZE]; /* of registrant 1 */
};

static struct world world;

static int begin(void **state)
{
	struct error error = ERROR_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	unsigned char token[TOKEN_SIZE];
	int64_t serial = 0;

	if (support_start(state) != 0)
		return -1;
	world.key = key_make();
	support_database("a.db");
	assert_ok(db_open("a.db", DB_WRITE, NULL, &world.db, &error), error);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	for (int64_t i = 1; i <= 4; i++)
		support_registrant(world.db, i);
	assert_ok(db_execute(world.db,
			  "UPDATE person SET external_id = 'id1' WHERE person_id = 1;"
			  "UPDATE person SET email = NULL, email_key = NULL, name = '',"
			  " external_id = 'id2' WHERE person_id = 2;"
			  "UPDATE person SET email_key = 'two@example.org' WHERE person_id > 2;"
			  "INSERT INTO event (code, timezone) VALUES ('other', 'UTC');"
			  "INSERT INTO registrant (event_id, person_id, registered_s)"
			  " VALUES (2, 3, 0)",
			  &error),
		error);
	assert_ok(key_register(world.key, world.db, 0, &error), error);
	struct token_issuer *issuer = token_issuer_new(world.key, 1);
	assert_ok(token_issue(world.db, issuer, 1, 0, &serial, &error), error);
	token_derive(issuer, serial, token);
	token_write(token, world.token);
	token_issuer_free(issuer);
	assert_ok(transaction_commit(&transaction, &error), error);
	return 0;
}

static int end(void **state)
{
	db_close(world.db);
	key_free(world.key);
	return support_stop(state);
}

static void assert_found(int64_t event_id, const char *who, int64_t wanted)
{
	CLEANUP(registrant_freep) struct registrant *found = NULL;
	struct error error = ERROR_INIT;

	assert_ok(registrant_find(world.db, event_id, who, &found, &error), error);
	assert_int_equal(found->id, wanted);
}

static void test_find(void **state)
{
	char lower[TOKEN_TEXT_SIZE + 2];
	size_t length = 0;

	(void)state;
	assert_found(1, "@1", 1);
	assert_found(1, "#4", 4);
	assert_found(1, " @2 ", 2);
	assert_found(1, "p1@example.org", 1);
	assert_found(1, "P1@Example.ORG", 1);
	assert_found(1, "id1", 1);
	assert_found(1, "id2", 2);
	assert_found(1, world.token, 1);
	for (const char *c = world.token; *c != '\0'; c++) {
		if (*c != '-')
			lower[length++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	}
	lower[length] = '\0';
	assert_found(1, lower, 1);
	/* At the other event there is only one of the two with that address. */
	assert_found(2, "two@example.org", 5);
}

static void assert_not_found(int64_t event_id, const char *who, enum status wanted,
	const char *words)
{
	struct registrant *found = NULL;
	struct error error = ERROR_INIT;

	assert_fails(registrant_find(world.db, event_id, who, &found, &error), wanted, words,
		error);
	assert_null(found);
}

static void test_not_found(void **state)
{
	struct error error = ERROR_INIT;
	struct registrant *found = NULL;
	char wrong[TOKEN_TEXT_SIZE];

	(void)state;
	assert_not_found(1, "", STATUS_NOT_FOUND, "empty");
	assert_not_found(1, "\xff", STATUS_NOT_FOUND, "UTF-8");
	assert_not_found(1, "@9", STATUS_NOT_FOUND, "no registrant @9");
	assert_not_found(1, "@5", STATUS_NOT_FOUND, "another event");
	assert_not_found(1, "@99999999999999999999", STATUS_NOT_FOUND, "no registrant '@999");
	assert_not_found(1, "nobody@example.org", STATUS_NOT_FOUND, "'nobody@example.org'");
	assert_not_found(2, world.token, STATUS_NOT_FOUND, "of another event, 'e'");
	assert_not_found(1, "14A7-D1N3-0BXH-MFF0-B9WY-28XX-FMK1", STATUS_NOT_FOUND,
		"no registrant has this token");
	memcpy(wrong, world.token, sizeof wrong);
	wrong[5] = wrong[5] == '7' ? '8' : '7';
	assert_not_found(1, wrong, STATUS_NOT_FOUND, "looks like a token");
	assert_int_equal(registrant_find(world.db, 1, wrong, &found, &error), STATUS_NOT_FOUND);
	assert_null(strstr(error.message, wrong));
	assert_null(strstr(error.hint, wrong));
	assert_int_equal(registrant_find(world.db, 1, "12", &found, &error), STATUS_NOT_FOUND);
	assert_non_null(strstr(error.hint, "@12"));
}

static void test_ambiguous(void **state)
{
	struct error error = ERROR_INIT;
	struct registrant *found = NULL;

	(void)state;
	assert_not_found(1, "two@example.org", STATUS_AMBIGUOUS, "is 2 registrants");
	assert_int_equal(registrant_find(world.db, 1, "two@example.org", &found, &error),
		STATUS_AMBIGUOUS);
	assert_non_null(strstr(error.hint, "@3 Person 3, @4 Person 4"));
}

static void test_names(void **state)
{
	struct registrant_row row = { .name = "Ada", .email = "a@b", .external_id = "1" };
	enum registrant_status status = REGISTRANT_PENDING;

	(void)state;
	assert_string_equal(registrant_name_of(&row), "Ada");
	row.name = "";
	assert_string_equal(registrant_name_of(&row), "a@b");
	row.email = NULL;
	assert_string_equal(registrant_name_of(&row), "1");
	row.external_id = NULL;
	assert_string_equal(registrant_name_of(&row), "");
	row.is_erased = true;
	assert_string_equal(registrant_name_of(&row), "erased");
	for (int i = REGISTRANT_PENDING; i <= REGISTRANT_CANCELLED; i++) {
		const char *word = registrant_status_word((enum registrant_status)i);
		assert_true(registrant_status_parse(word, &status));
		assert_int_equal(status, i);
	}
	assert_false(registrant_status_parse("Confirmed", &status));
	assert_false(registrant_status_parse("", &status));
}

/* What an erased person was cannot be given back by setting it. */
static void test_erased(void **state)
{
	const struct registrant_values values = { .fields[FIELD_NOTE] = "x" };
	const struct registrant_change change = {
		.registrant_id = 4,
		.action = "registrant set",
		.values = &values,
	};
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;

	(void)state;
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(db_execute(world.db,
			  "UPDATE person SET erased_s = 1, email = NULL, email_key = NULL"
			  " WHERE person_id = 4",
			  &error),
		error);
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_fails(registrant_set(world.db, &actor, &change, &outcome, &error), STATUS_EXISTS,
		"@4 is erased", error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_not_found),
		cmocka_unit_test(test_ambiguous),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_erased),
	};

	return cmocka_run_group_tests_name("registrant", tests, begin, end);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include "core/field.h"
#include "util/memory.h"

static void test_words(void **state)
{
	CLEANUP(str_free) struct str list = STR_INIT;
	enum field field = FIELD_COUNT;

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++) {
		assert_true(field_parse(field_word((enum field)i), &field));
		assert_int_equal(field, i);
	}
	assert_false(field_parse("Name", &field));
	assert_false(field_parse("", &field));
	field_list_words(&list);
	assert_non_null(strstr(list.text, "name, given_name, "));
	assert_non_null(strstr(list.text, " or registered_at"));
}

static void test_email(void **state)
{
	static const char *const good[] = { "a@b", "Ada.Lovelace+x@example.org",
		"o'brien@example.org", "zoë@exämple.org", "\"odd\"@x" };
	static const char *const bad[] = { "foo", "@x", "x@", "a@b@c", "a b@c", "a@b c", "a@b\tc",
		"a@b\nc", "a\u00a0@b", "a@b\u2003c", "a@b\u3000c" };
	CLEANUP(str_free) struct str value = STR_INIT;
	const struct field_rules rules = { .zone = NULL };
	struct error error = ERROR_INIT;
	char long_address[EMAIL_MAX + 2];

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_int_equal(field_normalise(FIELD_EMAIL, good[i], &rules, &value, &error),
			STATUS_OK);
		assert_string_equal(value.text, good[i]);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(field_normalise(FIELD_EMAIL, bad[i], &rules, &value, &error),
			STATUS_REJECTED);
		assert_non_null(strstr(error.message, "is not an e-mail address"));
	}
	assert_int_equal(field_normalise(FIELD_EMAIL, "  a@b \n", &rules, &value, &error),
		STATUS_OK);
	assert_string_equal(value.text, "a@b");
	memset(long_address, 'x', sizeof long_address);
	long_address[1] = '@';
	long_address[EMAIL_MAX] = '\0';
	assert_int_equal(field_normalise(FIELD_EMAIL, long_address, &rules, &value, &error),
		STATUS_OK);
	long_address[EMAIL_MAX] = 'x';
	long_address[EMAIL_MAX + 1] = '\0';
	assert_int_equal(field_normalise(FIELD_EMAIL, long_address, &rules, &value, &error),
		STATUS_REJECTED);
	assert_non_null(strstr(error.message, "longer than 254 bytes"));
}

static void test_sets(void **state)
{
	CLEANUP(str_free) struct str value = STR_INIT;
	const struct field_rules rules = { .zone = NULL };
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(
		field_normalise(FIELD_ROLES, " Student; SPEAKER+student;;", &rules, &value, &error),
		STATUS_OK);
	assert_string_equal(value.text, "speaker;student");
	assert_int_equal(field_normalise(FIELD_COURSES, "X-2;x-1+X-2", &rules, &value, &error),
		STATUS_OK);
	assert_string_equal(value.text, "X-2;x-1");
	assert_int_equal(field_normalise(FIELD_COURSES, "BIO 642", &rules, &value, &error),
		STATUS_REJECTED);
	assert_non_null(strstr(error.message, "'BIO 642' is not a course's code"));
	assert_int_equal(field_normalise(FIELD_ROLES, "a\nb", &rules, &value, &error),
		STATUS_REJECTED);
	assert_int_equal(
		field_normalise(FIELD_ROLES,
			"0123456789012345678901234567890123456789012345678901234567890123456",
			&rules, &value, &error),
		STATUS_REJECTED);
	assert_int_equal(field_normalise(FIELD_ROLES, ";", &rules, &value, &error), STATUS_OK);
	assert_string_equal(value.text, "");
}

static void test_states(void **state)
{
	static const struct {
		const char *word;
		const char *status;
	} cases[] = {
		{ "confirmed", "confirmed" },
		{ "Complete", "confirmed" },
		{ "COMPLETED", "confirmed" },
		{ "attending", "confirmed" },
		{ "active", "confirmed" },
		{ "acquired", "confirmed" },
		{ "Checked in", "confirmed" },
		{ "paid", "confirmed" },
		{ "yes", "confirmed" },
		{ "approved", "confirmed" },
		{ "pending", "pending" },
		{ "unpaid", "pending" },
		{ "Awaiting Payment", "pending" },
		{ "to be paid", "pending" },
		{ "not paid", "pending" },
		{ "requires approval", "pending" },
		{ "waitlisted", "waitlisted" },
		{ "waiting", "waitlisted" },
		{ "waiting list", "waitlisted" },
		{ "cancelled", "cancelled" },
		{ "canceled", "cancelled" },
		{ "rejected", "cancelled" },
		{ "withdrawn", "cancelled" },
		{ "refunded", "cancelled" },
		{ "deleted", "cancelled" },
		{ "expired", "cancelled" },
		{ "invalidated", "cancelled" },
		{ "no", "cancelled" },
	};
	static const struct state_word words[] = {
		{ "Bestätigt", "confirmed" },
		{ "Paid", "pending" },
	};
	const struct field_rules rules = { .zone = NULL };
	const struct field_rules own = { .states = words, .state_count = COUNT(words) };
	CLEANUP(str_free) struct str value = STR_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(field_status_of(cases[i].word, &rules), cases[i].status);
	assert_null(field_status_of("bestätigt", &rules));
	assert_string_equal(field_status_of("BESTÄTIGT", &own), "confirmed");
	assert_string_equal(field_status_of("paid", &own), "pending");
	assert_string_equal(field_status_of("unpaid", &own), "pending");
	assert_int_equal(field_normalise(FIELD_STATUS, "Perhaps", &rules, &value, &error),
		STATUS_REJECTED);
	assert_non_null(strstr(error.message, "--state 'Perhaps=confirmed'"));
	assert_int_equal(field_normalise(FIELD_STATUS, " Yes ", &rules, &value, &error), STATUS_OK);
	assert_string_equal(value.text, "confirmed");
}

static void test_time(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = NULL;
	CLEANUP(str_free) struct str value = STR_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(zone_open("Europe/Zurich", &zone, &error), STATUS_OK);
	const struct field_rules rules = { .zone = zone };
	assert_int_equal(
		field_normalise(FIELD_REGISTERED_AT, "2022-02-15T14:30", &rules, &value, &error),
		STATUS_OK);
	assert_string_equal(value.text, "1644931800");
	assert_int_equal(field_normalise(FIELD_REGISTERED_AT, "yesterday", &rules, &value, &error),
		STATUS_REJECTED);
	/* Twice that night. */
	assert_int_equal(
		field_normalise(FIELD_REGISTERED_AT, "2022-10-30T02:30", &rules, &value, &error),
		STATUS_REJECTED);
}

static void test_text(void **state)
{
	CLEANUP(str_free) struct str value = STR_INIT;
	const struct field_rules rules = { .zone = NULL };
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(
		field_normalise(FIELD_NAME, " Zoe\xcc\x88  van der Berg\n", &rules, &value, &error),
		STATUS_OK);
	assert_string_equal(value.text, "Zoë  van der Berg");
	for (int i = 0; i < FIELD_COUNT; i++) {
		assert_int_equal(field_normalise((enum field)i, "  ", &rules, &value, &error),
			STATUS_OK);
		assert_string_equal(value.text, "");
	}
	field_join_name("Ada", "Lovelace", &value);
	assert_string_equal(value.text, "Ada Lovelace");
	field_join_name("", "Lovelace", &value);
	assert_string_equal(value.text, "Lovelace");
	field_join_name("Ada", "", &value);
	assert_string_equal(value.text, "Ada");
	field_join_name("", "", &value);
	assert_string_equal(value.text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_email),
		cmocka_unit_test(test_sets),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}

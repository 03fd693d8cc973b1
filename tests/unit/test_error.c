/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/error.h"

#include "util/text.h"

#include "unit.h"

#include <errno.h>

static void starts_without_error(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(error.status, STATUS_OK);
	assert_string_equal(error.message, "");
	assert_string_equal(error.hint, "");
}

static void set_gives_status_and_message(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(error_set(&error, STATUS_NOT_FOUND, "no session '%s'", "S9"),
		STATUS_NOT_FOUND);
	assert_int_equal(error.status, STATUS_NOT_FOUND);
	assert_string_equal(error.message, "no session 'S9'");
}

static void set_forgets_the_hint(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	(void)error_set(&error, STATUS_NO, "one");
	assert_int_equal(error_hint(&error, "try %d", 2), STATUS_NO);
	assert_string_equal(error.hint, "try 2");
	(void)error_hint(&error, "try %d", 3);
	assert_string_equal(error.hint, "try 3");
	(void)error_set(&error, STATUS_IO, "two");
	assert_string_equal(error.hint, "");
}

static void errno_is_named(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	errno = ENOSPC;
	assert_int_equal(error_set_errno(&error, STATUS_IO, "'%s'", "a"), STATUS_IO);
	assert_string_equal(error.message, "'a': No space left on device");
}

static void prefix_keeps_status_and_hint(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	(void)error_set(&error, STATUS_REJECTED, "not %s", "so");
	(void)error_hint(&error, "but so");
	assert_int_equal(error_prefix(&error, "%s:%d", "a.csv", 7), STATUS_REJECTED);
	assert_string_equal(error.message, "a.csv:7: not so");
	assert_string_equal(error.hint, "but so");
}

static void clear_forgets(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	(void)error_set(&error, STATUS_NO, "one");
	(void)error_hint(&error, "two");
	error_clear(&error);
	assert_int_equal(error.status, STATUS_OK);
	assert_string_equal(error.message, "");
	assert_string_equal(error.hint, "");
}

/* Letters of one to four bytes, so that the cut falls on each of their bytes. */
static void long_text_is_cut_between_letters(void **state)
{
	static const char *const letters[] = { "a", "é", "€", "𝄞" };
	static char text[3 * ERROR_HINT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(letters); i++) {
		for (size_t shift = 0; shift < 4; shift++) {
			struct error error = ERROR_INIT;
			size_t at;
			memset(text, 'x', shift);
			text[shift] = '\0';
			while (strlen(text) < 2 * ERROR_HINT_MAX)
				strcat(text, letters[i]);
			(void)error_set(&error, STATUS_NO, "%s", text);
			(void)error_hint(&error, "%s", text);
			assert_in_range(strlen(error.message), ERROR_MESSAGE_MAX - 5,
				ERROR_MESSAGE_MAX - 1);
			assert_true(text_is_utf8(error.message, strlen(error.message), &at));
			assert_in_range(strlen(error.hint), ERROR_HINT_MAX - 5, ERROR_HINT_MAX - 1);
			assert_true(text_is_utf8(error.hint, strlen(error.hint), &at));
			(void)error_prefix(&error, "%s", "öö");
			assert_int_equal(strncmp(error.message, "öö: x", 6 + (shift > 0)), 0);
			assert_true(text_is_utf8(error.message, strlen(error.message), &at));
			errno = EIO;
			(void)error_set_errno(&error, STATUS_IO, "%s", text);
			assert_true(text_is_utf8(error.message, strlen(error.message), &at));
		}
	}
}

static void text_that_just_fits_is_whole(void **state)
{
	char text[ERROR_MESSAGE_MAX];
	struct error error = ERROR_INIT;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	(void)error_set(&error, STATUS_NO, "%s", text);
	assert_string_equal(error.message, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_without_error),
		cmocka_unit_test(set_gives_status_and_message),
		cmocka_unit_test(set_forgets_the_hint),
		cmocka_unit_test(errno_is_named),
		cmocka_unit_test(prefix_keeps_status_and_hint),
		cmocka_unit_test(clear_forgets),
		cmocka_unit_test(long_text_is_cut_between_letters),
		cmocka_unit_test(text_that_just_fits_is_whole),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}

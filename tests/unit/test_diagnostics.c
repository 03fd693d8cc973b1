/* SPDX-License-Identifier: BSD-2-Clause */
/* Words on standard error, and the exit status of each status. */
#include "cli/diagnostics.h"

#include "cli/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void test_exit_codes(void **state)
{
	static const struct {
		enum status status;
		int code;
		const char *slug;
	} expected[] = {
		{ STATUS_OK, 0, "ok" },
		{ STATUS_NO, 1, "no" },
		{ STATUS_EXISTS, 1, "exists" },
		{ STATUS_USAGE, 2, "usage" },
		{ STATUS_REJECTED, 3, "rejected" },
		{ STATUS_NOT_FOUND, 4, "not-found" },
		{ STATUS_AMBIGUOUS, 4, "ambiguous" },
		{ STATUS_IO, 5, "io" },
		{ STATUS_BUSY, 5, "busy" },
		{ STATUS_DATABASE, 5, "database" },
		{ STATUS_SCHEMA, 5, "schema" },
		{ STATUS_KEY, 5, "key" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		assert_int_equal(expected[i].status, (int)i); /* none is left out */
		assert_int_equal(status_exit_code(expected[i].status), expected[i].code);
		assert_string_equal(status_slug(expected[i].status), expected[i].slug);
	}
	assert_int_equal(STATUS_KEY + 1, sizeof expected / sizeof expected[0]);
}

/* What is said goes to a pipe while a test runs. */
struct capture {
	int read_end;
	int saved;
};

static void start_capture(struct capture *capture)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	(void)fflush(stderr);
	capture->saved = dup(STDERR_FILENO);
	assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
	assert_int_equal(close(ends[1]), 0);
	capture->read_end = ends[0];
}

static void end_capture(struct capture *capture, const char *expected)
{
	char text[1024] = "";

	(void)fflush(stderr);
	assert_true(dup2(capture->saved, STDERR_FILENO) >= 0);
	(void)!read(capture->read_end, text, sizeof text - 1);
	assert_int_equal(close(capture->saved), 0);
	assert_int_equal(close(capture->read_end), 0);
	assert_string_equal(text, expected);
}

static void say_all(enum verbosity verbosity, bool color, const char *command)
{
	const struct diagnostics diagnostics = {
		.command = command,
		.verbosity = verbosity,
		.color = color,
	};
	struct error error = ERROR_INIT;

	(void)error_set(&error, STATUS_NOT_FOUND, "no session '%s'", "S9");
	(void)error_hint(&error, "there are:\n'S1'");
	say_error(&diagnostics, &error);
	say_problem(&diagnostics, "problem %d", 1);
	say_notice(&diagnostics, "notice");
	say_detail(&diagnostics, "detail");
}

static void test_verbosity(void **state)
{
	struct capture capture;

	(void)state;
	start_capture(&capture);
	say_all(VERBOSITY_QUIET, false, "checkin");
	end_capture(&capture, "regtool: checkin: no session 'S9'\n  there are:\n  'S1'\n"
			      "regtool: checkin: problem 1\n");
	start_capture(&capture);
	say_all(VERBOSITY_NORMAL, false, NULL);
	end_capture(&capture, "regtool: no session 'S9'\n  there are:\n  'S1'\n"
			      "regtool: problem 1\nregtool: notice\n");
	start_capture(&capture);
	say_all(VERBOSITY_VERBOSE, false, NULL);
	end_capture(&capture, "regtool: no session 'S9'\n  there are:\n  'S1'\n"
			      "regtool: problem 1\nregtool: notice\nregtool: detail\n");
}

static void test_color_marks_errors_only(void **state)
{
	struct capture capture;

	(void)state;
	start_capture(&capture);
	say_all(VERBOSITY_NORMAL, true, NULL);
	end_capture(&capture, "\033[1;31mregtool:\033[0m no session 'S9'\n  there are:\n  'S1'\n"
			      "\033[1;31mregtool:\033[0m problem 1\nregtool: notice\n");
}

static void test_control_characters_are_shown(void **state)
{
	const struct diagnostics diagnostics = { .command = NULL };
	struct error error = ERROR_INIT;
	struct capture capture;

	(void)state;
	(void)error_set(&error, STATUS_REJECTED, "'\033[2J\nregtool: fine' 李");
	(void)error_hint(&error, "\a");
	start_capture(&capture);
	say_error(&diagnostics, &error);
	say_notice(&diagnostics, "a\rb");
	end_capture(&capture,
		"regtool: '\\x1b[2J\\x0aregtool: fine' 李\n  \\x07\nregtool: a\\x0db\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exit_codes),
		cmocka_unit_test(test_verbosity),
		cmocka_unit_test(test_color_marks_errors_only),
		cmocka_unit_test(test_control_characters_are_shown),
	};

	terminal_set_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

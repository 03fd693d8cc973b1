/* SPDX-License-Identifier: BSD-2-Clause */
/* The progress bar: what its line says, and that short work shows nothing. */
#include "cli/progress.h"

#include "util/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void assert_line(int64_t done, int64_t total, int64_t elapsed_ms, const char *expected)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	progress_add_line("rows", done, total, elapsed_ms, &line);
	assert_string_equal(line.text, expected);
}

static void test_line(void **state)
{
	(void)state;
	assert_line(0, 1000, 1000, "[..............................] 0%  0 of 1000 rows, 0/s");
	assert_line(500, 1000, 2000,
		"[###############...............] 50%  500 of 1000 rows, 250/s, 0:02 left");
	assert_line(1000, 1000, 1500,
		"[##############################] 100%  1000 of 1000 rows, 666/s, 0:00 left");
	assert_line(100, 1000000, 1000,
		"[..............................] 0%  100 of 1000000 rows, 100/s, 2:46:39 left");
}

/* A total that is unknown, or was too low, is not made up. */
static void test_line_without_total(void **state)
{
	(void)state;
	assert_line(500, -1, 2000, "500 rows, 250/s");
	assert_line(500, 0, 2000, "500 rows, 250/s");
	assert_line(500, 499, 2000, "500 rows, 250/s");
}

static void test_short_work_shows_nothing(void **state)
{
	char text[16];
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	(void)fflush(stderr);
	int saved = dup(STDERR_FILENO);
	assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
	for (int is_wanted = 0; is_wanted < 2; is_wanted++) {
		CLEANUP(progress_endp)
		struct progress *progress = progress_begin(is_wanted == 1, "rows", -1);
		progress_set_total(progress, 10);
		for (int64_t i = 1; i <= 10; i++)
			progress_update(progress, i);
	}
	(void)fflush(stderr);
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	assert_int_equal(read(ends[0], text, sizeof text), -1);
	(void)close(saved);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_line_without_total),
		cmocka_unit_test(test_short_work_shows_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

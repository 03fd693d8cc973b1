/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include "core/row_errors.h"
#include "util/memory.h"

static void test_sort(void **state)
{
	CLEANUP(row_errors_free) struct row_errors errors = ROW_ERRORS_INIT;
	uint64_t random = 1;

	(void)state;
	for (size_t i = 0; i < 500; i++)
		row_errors_add(&errors, unit_random_below(&random, 20), "column", "%zu", i);
	row_errors_sort(&errors);
	assert_int_equal(errors.count, 500);
	/* By line; of one line in the order they were found. */
	for (size_t i = 1; i < errors.count; i++) {
		const struct row_error *before = &errors.all[i - 1];
		const struct row_error *error = &errors.all[i];
		assert_true(before->line <= error->line);
		if (before->line == error->line)
			assert_true(atoi(before->message) < atoi(error->message));
	}
}

static void test_take(void **state)
{
	CLEANUP(row_errors_free) struct row_errors errors = ROW_ERRORS_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	row_errors_sort(&errors);
	assert_int_equal(errors.count, 0);
	(void)error_set(&error, STATUS_USAGE, "'x' is no time");
	row_errors_take(&errors, 7, "start", &error);
	(void)error_hint(&error, "write it so");
	row_errors_take(&errors, 0, NULL, &error);
	assert_string_equal(errors.all[0].message, "'x' is no time");
	assert_string_equal(errors.all[0].column, "start");
	assert_int_equal(errors.all[0].line, 7);
	assert_string_equal(errors.all[1].message, "'x' is no time (write it so)");
	assert_null(errors.all[1].column);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

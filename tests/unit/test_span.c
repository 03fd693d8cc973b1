/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/span.h"

#include "unit.h"
#include "util/memory.h"

#include <stdbool.h>

static void assert_spans(const struct spans *spans, const char *wanted)
{
	char text[256] = "";

	for (size_t i = 0; i < spans->count; i++) {
		size_t length = strlen(text);
		(void)snprintf(text + length, sizeof text - length, "%s%lld-%lld", i > 0 ? " " : "",
			(long long)spans->all[i].from_s, (long long)spans->all[i].to_s);
	}
	assert_string_equal(text, wanted);
}

static void test_empty_stretches_are_left_out(void **state)
{
	CLEANUP(spans_free) struct spans spans = SPANS_INIT;

	(void)state;
	assert_int_equal(spans_cover_s(&spans), 0);
	spans_add(&spans, 5, 5);
	spans_add(&spans, 7, 6);
	assert_int_equal(spans.count, 0);
	spans_add(&spans, -3, 2);
	assert_int_equal(spans_cover_s(&spans), 5);
	spans_clear(&spans);
	assert_int_equal(spans_cover_s(&spans), 0);
}

static void test_merge(void **state)
{
	CLEANUP(spans_free) struct spans spans = SPANS_INIT;

	(void)state;
	spans_add(&spans, 50, 60);
	spans_add(&spans, 10, 20);
	spans_add(&spans, 20, 25); /* touches */
	spans_add(&spans, 12, 14); /* inside */
	spans_add(&spans, 55, 70); /* overlaps */
	spans_add(&spans, 71, 72); /* a second apart */
	spans_merge(&spans);
	assert_spans(&spans, "10-25 50-70 71-72");
	assert_int_equal(spans_cover_s(&spans), 15 + 20 + 1);
}

static void test_clipped_to_windows(void **state)
{
	CLEANUP(spans_free) struct spans windows = SPANS_INIT;
	CLEANUP(spans_free) struct spans spans = SPANS_INIT;

	(void)state;
	spans_add(&windows, 10, 20);
	spans_add(&windows, 30, 40);
	spans_add(&windows, 50, 60);
	spans_add_clipped(&spans, 15, 35, &windows);
	assert_spans(&spans, "15-20 30-35");
	spans_clear(&spans);
	spans_add_clipped(&spans, 20, 30, &windows);
	assert_spans(&spans, "");
	spans_add_clipped(&spans, 0, 100, &windows);
	assert_spans(&spans, "10-20 30-40 50-60");
	spans_add_clipped(&spans, 100, 0, &windows);
	assert_int_equal(spans.count, 3);
	spans_add_all(&spans, &windows);
	assert_int_equal(spans_cover_s(&spans), 30);
}

static void test_many(void **state)
{
	CLEANUP(spans_free) struct spans spans = SPANS_INIT;
	enum {
		SECONDS = 400,
	};

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		uint64_t random = seed;
		bool is_covered[SECONDS] = { false };
		int64_t wanted_s = 0;
		spans_clear(&spans);
		for (size_t i = unit_random_below(&random, 30); i > 0; i--) {
			size_t from = unit_random_below(&random, SECONDS);
			size_t to = from + unit_random_below(&random, SECONDS - from);
			spans_add(&spans, (int64_t)from, (int64_t)to);
			for (size_t second = from; second < to; second++)
				is_covered[second] = true;
		}
		for (size_t second = 0; second < SECONDS; second++)
			wanted_s += is_covered[second];
		assert_int_equal(spans_cover_s(&spans), wanted_s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_stretches_are_left_out),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_clipped_to_windows),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

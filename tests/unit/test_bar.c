/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/bar.h"

#include "unit.h"
#include "util/memory.h"

enum {
	CASES = 4000,
	LENGTH_MAX = 400,
	MARKS_MAX = 60,
};

static void assert_bar(const struct bar *bar, size_t marks, bool is_unicode, const char *wanted)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	bar_add(&str, bar, marks, is_unicode);
	assert_string_equal(str.text, wanted);
}

static void test_shares(void **state)
{
	static const struct bar_stretch some[] = { { 0, 20 }, { 39, 40 }, { 45, 50 }, { 51, 60 } };
	const struct bar bar = { some, COUNT(some), 70 };

	(void)state;
	assert_bar(&bar, 7, true, "██ ▁▄▇ ");
	assert_bar(&bar, 7, false, "## .:+ ");
	assert_bar(&bar, 1, true, "▄");
	assert_bar(&bar, 0, true, "");
}

static void test_one_missing_one_there(void **state)
{
	static const struct bar_stretch all[] = { { 0, 86400 } };
	static const struct bar_stretch but_one[] = { { 0, 50000 }, { 50001, 86400 } };
	static const struct bar_stretch one[] = { { 86399, 86400 } };

	(void)state;
	assert_bar(&(struct bar){ all, 1, 86400 }, 6, true, "██████");
	assert_bar(&(struct bar){ but_one, 2, 86400 }, 6, true, "███▇██");
	assert_bar(&(struct bar){ but_one, 2, 86400 }, 6, false, "###+##");
	assert_bar(&(struct bar){ one, 1, 86400 }, 6, true, "     ▁");
}

static void test_nothing_to_show(void **state)
{
	(void)state;
	assert_bar(&(struct bar){ NULL, 0, 60 }, 4, true, "    ");
	assert_bar(&(struct bar){ NULL, 0, 0 }, 4, false, "    ");
}

/* More marks than units: each unit is some marks. */
static void test_shorter_than_its_marks(void **state)
{
	static const struct bar_stretch some[] = { { 1, 2 } };

	(void)state;
	assert_bar(&(struct bar){ some, 1, 2 }, 6, false, "   ###");
	assert_bar(&(struct bar){ some, 1, 2 }, 3, false, " :#");
}

/* --- Whatever is covered --- */

struct any {
	bool covered[LENGTH_MAX]; /* unit by unit */
	size_t length;
	size_t marks;
	bool is_unicode;
	size_t levels[MARKS_MAX];
	size_t level_count;
};

static void draw(const struct any *any, struct str *str)
{
	struct bar_stretch stretches[LENGTH_MAX];
	size_t count = 0;

	for (size_t i = 0; i < any->length; i++) {
		if (!any->covered[i])
			continue;
		if (i == 0 || !any->covered[i - 1])
			stretches[count++].from = (int64_t)i;
		stretches[count - 1].to = (int64_t)i + 1;
	}
	const struct bar bar = { stretches, count, (int64_t)any->length };
	bar_add(str, &bar, any->marks, any->is_unicode);
}

/* Back from marks to levels, so that what is drawn is judged and not what was meant. */
static void read_back(struct any *any)
{
	CLEANUP(str_free) struct str str = STR_INIT;
	const char *at;

	draw(any, &str);
	any->level_count = 0;
	for (at = str.text; *at != '\0';) {
		size_t level = 0;
		const char *mark = bar_mark(level, any->is_unicode);
		while (strncmp(at, mark, strlen(mark)) != 0) {
			assert_in_range(level, 0, bar_full(any->is_unicode) - 1);
			mark = bar_mark(++level, any->is_unicode);
		}
		assert_in_range(any->level_count, 0, MARKS_MAX - 1);
		any->levels[any->level_count++] = level;
		at += strlen(mark);
	}
}

/* Each mark against the units that it stands for, in whole or in part. */
static void judge(const struct any *any)
{
	assert_int_equal(any->level_count, any->marks);
	for (size_t mark = 0; mark < any->marks; mark++) {
		bool is_all = true;
		bool is_none = true;
		for (size_t i = 0; i < any->length; i++) {
			if ((i + 1) * any->marks <= mark * any->length ||
				i * any->marks >= (mark + 1) * any->length)
				continue;
			is_all = is_all && any->covered[i];
			is_none = is_none && !any->covered[i];
		}
		assert_int_equal(any->levels[mark] == bar_full(any->is_unicode), is_all);
		assert_int_equal(any->levels[mark] == 0, is_none);
	}
}

static void make_any(uint64_t *random, struct any *any)
{
	size_t at = 0;
	bool is_covered = unit_random_below(random, 2) == 0;

	memset(any, 0, sizeof *any);
	any->length = 1 + unit_random_below(random, LENGTH_MAX);
	any->marks = 1 + unit_random_below(random, MARKS_MAX);
	any->is_unicode = unit_random_below(random, 2) == 0;
	while (at < any->length) {
		size_t end = at + 1 + unit_random_below(random, any->length);
		for (; at < end && at < any->length; at++)
			any->covered[at] = is_covered;
		is_covered = !is_covered;
	}
}

static void test_never_full_but_for_all_never_blank_but_for_nothing(void **state)
{
	uint64_t random = 1;
	struct any any;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_any(&random, &any);
		read_back(&any);
		judge(&any);
	}
}

static void test_more_time_is_never_less_bar(void **state)
{
	uint64_t random = 2;
	struct any any;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_any(&random, &any);
		read_back(&any);
		struct any more = any;
		size_t from = unit_random_below(&random, any.length);
		size_t to = from + 1 + unit_random_below(&random, any.length - from);
		for (size_t unit = from; unit < to; unit++)
			more.covered[unit] = true;
		read_back(&more);
		for (size_t mark = 0; mark < any.marks; mark++)
			assert_in_range(more.levels[mark], any.levels[mark],
				bar_full(any.is_unicode));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_one_missing_one_there),
		cmocka_unit_test(test_nothing_to_show),
		cmocka_unit_test(test_shorter_than_its_marks),
		cmocka_unit_test(test_never_full_but_for_all_never_blank_but_for_nothing),
		cmocka_unit_test(test_more_time_is_never_less_bar),
	};

	return cmocka_run_group_tests_name("bar", tests, NULL, NULL);
}

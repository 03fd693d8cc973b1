/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/ical_out.h"

#include "util/memory.h"
#include "util/text.h"

#include "unit.h"

#include <stdbool.h>

static void test_text_is_escaped(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	ical_text(&str, "SUMMARY", "a,b;c\\d\ne\r\nf\tg:\"h\"\x01\x7f");
	assert_string_equal(str.text, "SUMMARY:a\\,b\\;c\\\\d\\ne\\nf\tg:\"h\"\r\n");
	str_clear(&str);
	ical_text(&str, "X", "");
	assert_string_equal(str.text, "X:\r\n");
}

static void test_values(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;

	(void)state;
	ical_line(&str, "URL", "https://example.org/a,b;c\r\nBEGIN:VEVENT");
	ical_integer(&str, "SEQUENCE", 12);
	ical_time(&str, "DTSTART", 1644931800);
	ical_time(&str, "DTEND", -1);
	assert_string_equal(str.text, "URL:https://example.org/a,b;cBEGIN:VEVENT\r\n"
				      "SEQUENCE:12\r\n"
				      "DTSTART:20220215T133000Z\r\n"
				      "DTEND:19691231T235959Z\r\n");
}

/* The limit counts octets: of 75 one line, of 76 two, of 75 + 74 two, of one more three. */
static void test_lines_at_the_limit(void **state)
{
	static const struct {
		size_t length; /* of the value, behind "X:" */
		size_t lines;
	} cases[] = { { 73, 1 }, { 74, 2 }, { 73 + 74, 2 }, { 73 + 75, 3 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(str_free) struct str value = STR_INIT;
		CLEANUP(str_free) struct str str = STR_INIT;
		size_t lines = 0;

		while (value.length < cases[i].length)
			str_add_char(&value, 'a');
		ical_text(&str, "X", value.text);
		for (const char *at = str.text; (at = strstr(at, "\r\n")) != NULL; at += 2)
			lines++;
		assert_int_equal(lines, cases[i].lines);
	}
}

static const char *const pieces[] = { "a", " ", "é", "語", "\U0001f600", ",", ";", "\\", "\n",
	"e\xcc\x81", "word", ":" };

/* What a reader makes of it: folds out, then escapes out. */
static void read_back(const char *line, struct str *ret)
{
	CLEANUP(str_free) struct str whole = STR_INIT;

	for (; strcmp(line, "\r\n") != 0; line++) {
		if (strncmp(line, "\r\n ", 3) == 0)
			line += 2;
		else
			str_add_char(&whole, *line);
	}
	for (const char *at = whole.text; *at != '\0'; at++) {
		bool is_escaped = *at == '\\';

		at += is_escaped ? 1 : 0;
		str_add_char(ret, is_escaped && *at == 'n' ? '\n' : *at);
	}
}

static void assert_lines(const char *text)
{
	while (*text != '\0') {
		const char *end = strstr(text, "\r\n");
		size_t bad;

		assert_non_null(end);
		assert_true(end - text <= 75);
		assert_true(text_is_utf8(text, (size_t)(end - text), &bad));
		text = end + 2;
	}
}

static void test_any_text_comes_back(void **state)
{
	uint64_t seed = 5545;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		CLEANUP(str_free) struct str text = STR_INIT;
		CLEANUP(str_free) struct str line = STR_INIT;
		CLEANUP(str_free) struct str back = STR_INIT;
		size_t count = unit_random_below(&seed, 200);

		for (size_t i = 0; i < count; i++)
			str_add(&text, pieces[unit_random_below(&seed, COUNT(pieces))]);
		ical_text(&line, "DESCRIPTION", text.text);
		assert_lines(line.text);
		read_back(line.text, &back);
		assert_memory_equal(back.text, "DESCRIPTION:", 12);
		assert_string_equal(back.text + 12, text.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_escaped),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_lines_at_the_limit),
		cmocka_unit_test(test_any_text_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Options: what is accepted, what is refused and with which words. */
#include "cli/options.h"

#include "util/memory.h"
#include "util/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const colors[] = { "auto", "always", NULL };
static const char *const excludes_session[] = { "session", NULL };

static const struct option common[] = {
	{ .kind = OPTION_FILE, .name = "db", .letter = 'd' },
	{ .kind = OPTION_FLAG, .name = "verbose", .letter = 'v' },
	{ .kind = OPTION_CHOICE, .name = "color", .choices = colors },
	{ .kind = OPTION_END },
};
static const struct option own[] = {
	{ .kind = OPTION_TEXT, .name = "session", .letter = 's' },
	{ .kind = OPTION_FLAG, .name = "arrival", .excludes = excludes_session },
	{ .kind = OPTION_TEXT, .name = "map", .is_repeatable = true, .may_be_empty = true },
	{ .kind = OPTION_INTEGER, .name = "minutes", .min = 0, .max = 600 },
	{ .kind = OPTION_INTEGER, .name = "any" },
	{ .kind = OPTION_PERMILLE, .name = "percent", .min = 0, .max = 1000 },
	{ .kind = OPTION_HUNDREDTHS, .name = "credits", .min = 0, .max = 10000 },
	{ .kind = OPTION_TIME, .name = "at" },
	{ .kind = OPTION_DATE, .name = "start" },
	{ .kind = OPTION_ZONE, .name = "zone" },
	{ .kind = OPTION_END },
};
static const struct option *const tables[] = { common, own, NULL };
static const struct option *const common_tables[] = { common, NULL };

enum {
	WORDS_MAX = 32,
};

/* Divides a line at spaces; "_" is a word that is empty. */
static int split(char *line, const char *words[WORDS_MAX])
{
	int count = 0;

	for (char *word = strtok(line, " "); word != NULL; word = strtok(NULL, " ")) {
		assert_true(count < WORDS_MAX);
		words[count++] = strcmp(word, "_") == 0 ? "" : word;
	}
	return count;
}

static enum status parse_line(const char *text, struct options **ret_options, struct error *error)
{
	CLEANUP(memory_free_text) char *line = xstrdup(text);
	const char *words[WORDS_MAX];
	int count = split(line, words);

	return options_parse(tables, count, words, false, ret_options, error);
}

static struct options *parse(const char *text)
{
	struct error error = ERROR_INIT;
	struct options *options = NULL;

	enum status status = parse_line(text, &options, &error);
	if (status != STATUS_OK)
		print_error("%s: %s\n", text, error.message);
	assert_int_equal(status, STATUS_OK);
	return options;
}

static void assert_refused(const char *text, const char *message, const char *hint)
{
	struct error error = ERROR_INIT;
	struct options *options = NULL;

	assert_int_equal(parse_line(text, &options, &error), STATUS_USAGE);
	assert_null(options);
	assert_string_equal(error.message, message);
	if (hint != NULL)
		assert_string_equal(error.hint, hint);
}

static void assert_arguments(const struct options *options, const char *expected)
{
	CLEANUP(str_free) struct str joined = STR_INIT;
	size_t count;
	const char *const *arguments = options_arguments(options, &count);

	for (size_t i = 0; i < count; i++)
		str_addf(&joined, "%s%s", i > 0 ? " " : "", arguments[i]);
	assert_null(arguments[count]);
	assert_string_equal(joined.text, expected);
}

static void test_forms_of_an_option(void **state)
{
	static const char *const forms[] = { "--session S1", "--session=S1", "-s S1", "-sS1",
		"-vsS1", "a -s S1 b", "a b --session S1" };

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		CLEANUP(options_freep) struct options *options = parse(forms[i]);
		assert_true(options_given(options, "session"));
		assert_string_equal(options_text(options, "session"), "S1");
		assert_false(options_given(options, "map"));
		assert_null(options_text(options, "db"));
	}
}

/* Times, texts and paths may begin with a dash or hold what popt would replace. */
static void test_values_are_taken_as_they_stand(void **state)
{
	static const char *const values[] = { "-1", "--db", "-", "--", "a=b", "!#:+", "x!#:+!#:+y",
		"$HOME", "\\", "'", "Ünï" };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		for (int is_joined = 0; is_joined < 2; is_joined++) {
			CLEANUP(str_free) struct str line = STR_INIT;
			str_addf(&line, "--session%s%s !#:+", is_joined ? "=" : " ", values[i]);
			CLEANUP(options_freep) struct options *options = parse(line.text);
			assert_string_equal(options_text(options, "session"), values[i]);
			assert_arguments(options, "!#:+");
		}
	}
}

static void test_arguments(void **state)
{
	(void)state;
	CLEANUP(options_freep) struct options *options = parse("a - -v _ b -- -v --nothing --");
	assert_arguments(options, "a -  b -v --nothing --");
	assert_true(options_flag(options, "verbose"));
	CLEANUP(options_freep) struct options *none = parse("");
	assert_arguments(none, "");
	assert_false(options_flag(none, "verbose"));
}

static void test_stop_at_argument(void **state)
{
	static const char *const words[] = { "-v", "-d", "x", "checkin", "--session", "S1", "-v" };
	struct error error = ERROR_INIT;
	CLEANUP(options_freep) struct options *options = NULL;

	(void)state;
	assert_int_equal(options_parse(common_tables, 7, words, true, &options, &error), STATUS_OK);
	assert_string_equal(options_text(options, "db"), "x");
	assert_arguments(options, "checkin --session S1 -v");
}

static void test_repeatable(void **state)
{
	size_t count;

	(void)state;
	CLEANUP(options_freep) struct options *options = parse("--map b x --map=a --map _");
	const char *const *list = options_list(options, "map", &count);
	assert_int_equal(count, 3);
	assert_string_equal(list[0], "b");
	assert_string_equal(list[1], "a");
	assert_string_equal(list[2], "");
	assert_null(list[3]);
	CLEANUP(options_freep) struct options *none = parse("");
	list = options_list(none, "map", &count);
	assert_int_equal(count, 0);
	assert_null(list[0]);
	CLEANUP(options_freep) struct options *flags = parse("-v -v");
	assert_true(options_flag(flags, "verbose"));
	assert_refused("-s a --session a", "option '--session' is given twice", "");
}

static void test_unknown(void **state)
{
	(void)state;
	assert_refused("--sess S1", "unknown option '--sess'", "did you mean '--session'?");
	assert_refused("--sesion=S1", "unknown option '--sesion'", "did you mean '--session'?");
	assert_refused("--verbos", "unknown option '--verbos'", "did you mean '--verbose'?");
	assert_refused("--xyzzy", "unknown option '--xyzzy'", "");
	assert_refused("-x", "unknown option '-x'", "");
}

static void test_values_missing_or_unwanted(void **state)
{
	(void)state;
	assert_refused("--session", "option '--session' needs a value", "");
	assert_refused("-v -s", "option '-s' needs a value", "");
	assert_refused("--verbose=1", "option '--verbose' takes no value", "");
	assert_refused("--db=", "--db: the value is empty", "");
	assert_refused("--session _", "--session: the value is empty", "");
	assert_refused("--minutes=", "--minutes: the value is empty", "");
}

static void test_exclusions(void **state)
{
	(void)state;
	assert_refused("--arrival --session S1",
		"options '--arrival' and '--session' exclude each other", "");
	assert_refused("--session S1 --arrival",
		"options '--arrival' and '--session' exclude each other", "");
}

static void test_choices(void **state)
{
	(void)state;
	CLEANUP(options_freep) struct options *options = parse("--color always");
	assert_string_equal(options_text(options, "color"), "always");
	assert_refused("--color alway", "--color: 'alway' is not a choice", "one of: auto, always");
	assert_refused("--color Auto", "--color: 'Auto' is not a choice", "one of: auto, always");
}

static void test_numbers(void **state)
{
	static const struct {
		const char *line;
		const char *name;
		int64_t value;
	} good[] = {
		{ "--minutes 0", "minutes", 0 },
		{ "--minutes 600", "minutes", 600 },
		{ "--minutes 007", "minutes", 7 },
		{ "--any -12", "any", -12 },
		{ "--any=999999999999999", "any", 999999999999999 },
		{ "--percent 79.5", "percent", 795 },
		{ "--percent 80", "percent", 800 },
		{ "--percent 100.0", "percent", 1000 },
		{ "--credits 1.25", "credits", 125 },
		{ "--credits 1.5", "credits", 150 },
		{ "--credits 100", "credits", 10000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CLEANUP(options_freep) struct options *options = parse(good[i].line);
		assert_int_equal(options_integer(options, good[i].name, -1), good[i].value);
	}
	CLEANUP(options_freep) struct options *none = parse("");
	assert_int_equal(options_integer(none, "minutes", 77), 77);
}

static void test_numbers_refused(void **state)
{
	static const char *const not_numbers[] = { "1x", "x", "1.0", "+1", "1e3", "0x10", "1,5",
		"--", "-", "1000000000000000", "٣" };

	(void)state;
	for (size_t i = 0; i < sizeof not_numbers / sizeof not_numbers[0]; i++) {
		CLEANUP(str_free) struct str line = STR_INIT;
		CLEANUP(str_free) struct str message = STR_INIT;
		str_addf(&line, "--any=%s", not_numbers[i]);
		str_addf(&message, "--any: '%s' is not a number", not_numbers[i]);
		assert_refused(line.text, message.text, "a whole number such as 12");
	}
	assert_refused("--minutes -1", "--minutes: '-1' is out of range (0 to 600)", "");
	assert_refused("--minutes 601", "--minutes: '601' is out of range (0 to 600)", "");
	assert_refused("--percent 100.1", "--percent: '100.1' is out of range (0 to 100)", "");
	assert_refused("--percent 79.55", "--percent: '79.55' is not a number", NULL);
	assert_refused("--percent 79.", "--percent: '79.' is not a number", NULL);
	assert_refused("--percent .5", "--percent: '.5' is not a number", NULL);
	assert_refused("--credits 1.255", "--credits: '1.255' is not a number", NULL);
}

static void test_times_dates_zones(void **state)
{
	struct error error = ERROR_INIT;
	struct options *refused = NULL;

	(void)state;
	CLEANUP(options_freep)
	struct options *options =
		parse("--at 2022-02-15T14:30 --start 2024-02-29 --zone Europe/Zurich");
	assert_string_equal(options_text(options, "at"), "2022-02-15T14:30");
	static const char *const bad[] = { "--at yesterday", "--at 2022-02-30T10:00",
		"--start 2023-02-29", "--start 15.02.2022", "--zone Europe/Zuerich",
		"--zone UTC+1" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(parse_line(bad[i], &refused, &error), STATUS_USAGE);
		/* The option's name stands first. */
		size_t length = strcspn(bad[i], " ");
		assert_memory_equal(error.message, bad[i], length);
		assert_memory_equal(error.message + length, ": ", 2);
	}
}

static void test_text_is_checked(void **state)
{
	(void)state;
	assert_refused("--session a\xff", "--session: the value is not UTF-8 text (byte 2)", "");
	assert_refused("--session a\033b", "--session: the value has a control character (byte 2)",
		"");
	/* A path is the file system's business. */
	CLEANUP(options_freep) struct options *options = parse("--db a\xff\033");
	assert_string_equal(options_text(options, "db"), "a\xff\033");
}

static void test_join(void **state)
{
	static const char *const before[] = { "-v", "--color", "auto" };
	static const char *const doubled[] = { "-d", "x" };
	struct error error = ERROR_INIT;
	CLEANUP(options_freep) struct options *earlier = NULL;
	CLEANUP(options_freep) struct options *twice = NULL;

	(void)state;
	assert_int_equal(options_parse(common_tables, 3, before, true, &earlier, &error),
		STATUS_OK);
	assert_int_equal(options_parse(common_tables, 2, doubled, true, &twice, &error), STATUS_OK);
	CLEANUP(options_freep) struct options *options = parse("-d y a");
	assert_int_equal(options_join(options, earlier, &error), STATUS_OK);
	assert_true(options_flag(options, "verbose"));
	assert_string_equal(options_text(options, "color"), "auto");
	assert_string_equal(options_text(options, "db"), "y");
	assert_arguments(options, "a");
	assert_int_equal(options_join(options, twice, &error), STATUS_USAGE);
	assert_string_equal(error.message, "option '--db' is given twice");
}

static void test_join_refuses_what_the_command_has_not(void **state)
{
	static const struct option *const own_tables[] = { own, NULL };
	static const char *const words[] = { "-v" };
	struct error error = ERROR_INIT;
	CLEANUP(options_freep) struct options *earlier = NULL;
	CLEANUP(options_freep) struct options *options = NULL;

	(void)state;
	assert_int_equal(options_parse(common_tables, 1, words, true, &earlier, &error), STATUS_OK);
	assert_int_equal(options_parse(own_tables, 0, NULL, false, &options, &error), STATUS_OK);
	assert_int_equal(options_join(options, earlier, &error), STATUS_USAGE);
	assert_string_equal(error.message, "unknown option '--verbose'");
}

/* --- Generated command lines: what was put in is what comes out --- */

enum {
	GENERATED_LINES = 2000,
	GENERATED_WORDS = 6,
};

struct random {
	uint32_t state; /* xorshift32; the seed is fixed, so a failure comes again */
};

static uint32_t random_below(struct random *random, uint32_t limit)
{
	random->state ^= random->state << 13;
	random->state ^= random->state >> 17;
	random->state ^= random->state << 5;
	return random->state % limit;
}

static void add_random_value(struct random *random, struct str *str)
{
	static const char alphabet[] = "a-=!#:+;'\"\\/@.0 Z";
	uint32_t length = 1 + random_below(random, 8);

	for (uint32_t i = 0; i < length; i++)
		str_add_char(str, alphabet[random_below(random, sizeof alphabet - 1)]);
}

static void check_generated(struct random *random)
{
	struct str words[2 * GENERATED_WORDS];
	struct str values[GENERATED_WORDS];
	const char *argv[2 * GENERATED_WORDS];
	int count = 0;
	struct error error = ERROR_INIT;
	CLEANUP(options_freep) struct options *options = NULL;
	size_t listed;

	for (int i = 0; i < GENERATED_WORDS; i++) {
		values[i] = (struct str)STR_INIT;
		add_random_value(random, &values[i]);
		words[count] = (struct str)STR_INIT;
		if (random_below(random, 2) == 0) {
			str_addf(&words[count++], "--map=%s", values[i].text);
			continue;
		}
		str_add(&words[count++], "--map");
		words[count] = (struct str)STR_INIT;
		str_add(&words[count++], values[i].text);
	}
	for (int i = 0; i < count; i++)
		argv[i] = words[i].text;
	assert_int_equal(options_parse(tables, count, argv, false, &options, &error), STATUS_OK);
	const char *const *list = options_list(options, "map", &listed);
	assert_int_equal(listed, GENERATED_WORDS);
	for (int i = 0; i < GENERATED_WORDS; i++) {
		assert_string_equal(list[i], values[i].text);
		str_free(&values[i]);
	}
	for (int i = 0; i < count; i++)
		str_free(&words[i]);
}

static void test_generated_values(void **state)
{
	struct random random = { .state = 20220215 };

	(void)state;
	for (int i = 0; i < GENERATED_LINES; i++)
		check_generated(&random);
}

/* No true beginning of an option's name is taken for it. */
static void test_no_abbreviations(void **state)
{
	(void)state;
	for (size_t table = 0; tables[table] != NULL; table++) {
		for (const struct option *option = tables[table]; option->kind != OPTION_END;
			option++) {
			for (size_t length = 1; length < strlen(option->name); length++) {
				CLEANUP(str_free) struct str line = STR_INIT;
				struct options *options = NULL;
				struct error error = ERROR_INIT;
				str_addf(&line, "--%.*s 2022-02-15", (int)length, option->name);
				assert_int_equal(parse_line(line.text, &options, &error),
					STATUS_USAGE);
				assert_memory_equal(error.message, "unknown option '--", 18);
			}
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms_of_an_option),
		cmocka_unit_test(test_values_are_taken_as_they_stand),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_stop_at_argument),
		cmocka_unit_test(test_repeatable),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_values_missing_or_unwanted),
		cmocka_unit_test(test_exclusions),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_numbers_refused),
		cmocka_unit_test(test_times_dates_zones),
		cmocka_unit_test(test_text_is_checked),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_join_refuses_what_the_command_has_not),
		cmocka_unit_test(test_generated_values),
		cmocka_unit_test(test_no_abbreviations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

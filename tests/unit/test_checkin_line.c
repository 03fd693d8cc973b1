/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/checkin_line.h"

#include "support.h"
#include "unit.h"
#include "util/memory.h"

static const struct checkin_request otherwise = {
	.who = "@9",
	.is_arrival = true,
	.at_s = 1000,
	.station = "desk",
	.nonce = NULL,
	.force_reason = "because",
};

static struct zone *zurich(void)
{
	struct error error = ERROR_INIT;
	struct zone *zone = NULL;

	assert_ok(zone_open("Europe/Zurich", &zone, &error), error);
	return zone;
}

/* Reads a line, which must be one. */
static struct checkin_line read_line(const struct zone *zone, const char *text)
{
	static char buffer[1000];
	struct checkin_line line = CHECKIN_LINE_INIT;
	struct str problem = STR_INIT;

	(void)snprintf(buffer, sizeof buffer, "%s", text);
	if (!checkin_line_read(buffer, strlen(buffer), &otherwise, zone, &line, &problem))
		fail_msg("%s: %s", text, problem.text);
	assert_string_equal(problem.text, "");
	return line;
}

static void refuses_bytes(const struct zone *zone, const char *text, size_t length,
	const char *wanted)
{
	char *buffer = calloc(1, length + 1);
	struct checkin_line line = CHECKIN_LINE_INIT;
	struct str problem = STR_INIT;

	assert_non_null(buffer);
	memcpy(buffer, text, length);
	assert_false(checkin_line_read(buffer, length, &otherwise, zone, &line, &problem));
	if (strstr(problem.text, wanted) == NULL)
		fail_msg("%s: '%s' is not in '%s'", text, wanted, problem.text);
	assert_null(line.owned);
	str_free(&problem);
	free(buffer);
}

static void refuses(const struct zone *zone, const char *text, const char *wanted)
{
	refuses_bytes(zone, text, strlen(text), wanted);
}

static void test_tokens(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = zurich();
	struct checkin_line line = read_line(zone, " 14a7 D1N3-0BXH \r");

	(void)state;
	assert_string_equal(line.request.token, "14a7 D1N3-0BXH");
	assert_null(line.request.who);
	assert_true(line.request.is_arrival);
	assert_int_equal(line.request.at_s, 1000);
	assert_string_equal(line.request.station, "desk");
	assert_string_equal(line.request.force_reason, "because");
	checkin_line_free(&line);
	/* Whatever it is: it is not read as anything else. */
	line = read_line(zone, "ada@example.org");
	assert_string_equal(line.request.token, "ada@example.org");
	checkin_line_free(&line);
}

static void test_objects(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = zurich();
	struct checkin_line line = read_line(zone,
		" { \"who\": \"@1\", \"at\": \"2022-02-15T14:00\", \"session\": \"S1\","
		" \"direction\": \"out\", \"station\": \"Türe\", \"nonce\": \"n 1\" } \r");

	(void)state;
	assert_null(line.request.token);
	assert_string_equal(line.request.who, "@1");
	assert_int_equal(line.request.at_s, 1644930000);
	assert_string_equal(line.request.session, "S1");
	assert_true(line.request.is_out);
	assert_false(line.request.is_arrival);
	assert_string_equal(line.request.station, "Türe");
	assert_string_equal(line.request.nonce, "n 1");
	checkin_line_free(&line);
	line = read_line(zone, "{\"token\":\"T\",\"at\":\"2022-02-15T13:00:01Z\"}");
	assert_string_equal(line.request.token, "T");
	assert_null(line.request.who);
	assert_int_equal(line.request.at_s, 1644930001);
	assert_true(line.request.is_arrival);
	checkin_line_free(&line);
	/* Absent is null. */
	line = read_line(zone, "{\"token\":null,\"who\":\"@1\",\"session\":null,\"at\":null}");
	assert_null(line.request.token);
	assert_string_equal(line.request.who, "@1");
	assert_int_equal(line.request.at_s, 1000);
	assert_true(line.request.is_arrival);
	checkin_line_free(&line);
	/* A session takes the place of an arrival, an out too. */
	line = read_line(zone, "{\"who\":\"@1\",\"session\":\"S1\"}");
	assert_false(line.request.is_arrival);
	checkin_line_free(&line);
	line = read_line(zone, "{\"who\":\"@1\",\"direction\":\"out\"}");
	assert_false(line.request.is_arrival);
	checkin_line_free(&line);
}

static void test_bad_lines(void **state)
{
	CLEANUP(zone_closep) struct zone *zone = zurich();

	(void)state;
	refuses(zone, "{", "JSON");
	refuses(zone, "{}", "neither 'token' nor 'who'");
	refuses(zone, "{} {}", "JSON");
	refuses(zone, "{\"who\":\"@1\"", "JSON");
	refuses(zone, "{\"who\":\"@1\",\"who\":\"@2\"}", "JSON");
	refuses(zone, "{\"who\":\"a\\u0000b\"}", "JSON");
	refuses(zone, "{\"at\":\"2022-02-15T14:00\"}", "neither 'token' nor 'who'");
	refuses(zone, "{\"who\":\"\"}", "neither 'token' nor 'who'");
	refuses(zone, "{\"who\":\"@1\",\"token\":\"x\"}", "both 'token' and 'who'");
	refuses(zone, "{\"who\":\"@1\",\"Session\":\"S1\"}", "unknown key 'Session'");
	refuses(zone, "{\"who\":\"@1\",\"extra\":null}", "unknown key 'extra'");
	refuses(zone, "{\"who\":1}", "who: is not a string");
	refuses(zone, "{\"who\":\"@1\",\"at\":1644930000}", "at: is not a string");
	refuses(zone, "{\"who\":\"@1\",\"at\":\"yesterday\"}", "at: ");
	refuses(zone, "{\"who\":\"@1\",\"at\":\"2022-02-30T14:00\"}", "at: ");
	/* A time that this zone's clock never showed. */
	refuses(zone, "{\"who\":\"@1\",\"at\":\"2022-03-27T02:30\"}", "at: ");
	refuses(zone, "{\"who\":\"@1\",\"direction\":\"IN\"}", "neither 'in' nor 'out'");
	refuses(zone, "{\"who\":\"@1\",\"nonce\":\"\"}", "nonce: ");
	refuses(zone, "{\"who\":\"@1\",\"nonce\":\"a\\nb\"}", "nonce: ");
	refuses(zone, "{\"who\":\"@1\",\"station\":\"a\\u001bb\"}", "station: ");
	refuses(zone, "{\"who\":[\"@1\"]}", "who: is not a string");
	refuses(zone, "\xff", "not UTF-8 (byte 1)");
	refuses(zone, "{\"who\":\"\xc3\"}", "not UTF-8 (byte 9)");
	refuses_bytes(zone, "a\0b", 3, "NUL");
}

static void test_empty(void **state)
{
	(void)state;
	assert_true(checkin_line_is_empty("", 0));
	assert_true(checkin_line_is_empty(" \t\r", 3));
	assert_false(checkin_line_is_empty(" x", 2));
	assert_false(checkin_line_is_empty("\0", 1));
}

/* Whatever bytes come, a line is read or refused with a word. */
static void test_any_bytes(void **state)
{
	static const char pieces[][16] = { "{", "}", "\"who\"", "\"token\"", "\"at\"", ":", ",",
		"\"@1\"", "\"2022-02-15\"", "null", "1", "[", "]", "\\", "\xff", "\"nonce\"", " ",
		"é" };
	CLEANUP(zone_closep) struct zone *zone = zurich();
	uint64_t seed = 7;
	size_t read = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[400] = "";
		struct checkin_line line = CHECKIN_LINE_INIT;
		struct str problem = STR_INIT;
		size_t count = unit_random_below(&seed, 12);
		if (unit_random_below(&seed, 2) == 0)
			strcat(text, "{");
		while (count-- > 0)
			strcat(text, pieces[unit_random_below(&seed, COUNT(pieces))]);
		bool is_read =
			checkin_line_read(text, strlen(text), &otherwise, zone, &line, &problem);
		assert_int_equal(is_read, problem.length == 0);
		if (is_read)
			assert_true((line.request.token != NULL) != (line.request.who != NULL));
		read += is_read ? 1 : 0;
		checkin_line_free(&line);
		str_free(&problem);
	}
	assert_in_range(read, 1000, 19000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_bad_lines),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests_name("checkin_line", tests, support_start, support_stop);
}

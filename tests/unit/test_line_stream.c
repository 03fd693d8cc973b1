/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/line_stream.h"

#include "support.h"
#include "util/memory.h"

enum {
	LIMIT = 100,
};

struct pipe_ends {
	int from;
	int to;
};

static struct pipe_ends open_pipe(void)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	return (struct pipe_ends){ .from = ends[0], .to = ends[1] };
}

static void put(int descriptor, const char *text)
{
	assert_int_equal(write(descriptor, text, strlen(text)), strlen(text));
}

static void expect(struct line_stream *stream, bool may_wait, enum line_stream_state wanted,
	const char *text)
{
	struct error error = ERROR_INIT;
	struct line_stream_line line = { 0 };
	enum line_stream_state state;

	assert_ok(line_stream_next(stream, may_wait, &state, &line, &error), error);
	assert_int_equal(state, wanted);
	if (wanted != LINE_STREAM_LINE)
		return;
	assert_string_equal(line.text, text);
	assert_int_equal(line.length, strlen(text));
	assert_false(line.is_too_long);
}

static void expect_too_long(struct line_stream *stream)
{
	struct error error = ERROR_INIT;
	struct line_stream_line line = { 0 };
	enum line_stream_state state;

	assert_ok(line_stream_next(stream, true, &state, &line, &error), error);
	assert_int_equal(state, LINE_STREAM_LINE);
	assert_true(line.is_too_long);
	assert_string_equal(line.text, "");
}

static void test_nobody_waits_for_more(void **state)
{
	struct pipe_ends ends = open_pipe();
	CLEANUP(line_stream_freep)
	struct line_stream *stream = line_stream_open(ends.from, "pipe", LIMIT);

	(void)state;
	expect(stream, false, LINE_STREAM_NONE, NULL);
	put(ends.to, "one\ntwo\n\nthr");
	expect(stream, true, LINE_STREAM_LINE, "one");
	expect(stream, false, LINE_STREAM_LINE, "two");
	expect(stream, false, LINE_STREAM_LINE, "");
	/* Half a line is none. */
	expect(stream, false, LINE_STREAM_NONE, NULL);
	put(ends.to, "ee\nlast");
	expect(stream, false, LINE_STREAM_LINE, "three");
	expect(stream, false, LINE_STREAM_NONE, NULL);
	assert_int_equal(close(ends.to), 0);
	expect(stream, false, LINE_STREAM_LINE, "last");
	expect(stream, true, LINE_STREAM_END, NULL);
	expect(stream, true, LINE_STREAM_END, NULL);
	assert_int_equal(close(ends.from), 0);
}

static void test_long_lines(void **state)
{
	char text[LIMIT + 2];
	struct pipe_ends ends = open_pipe();
	CLEANUP(line_stream_freep)
	struct line_stream *stream = line_stream_open(ends.from, "pipe", LIMIT);

	(void)state;
	memset(text, 'x', sizeof text);
	text[LIMIT] = '\0';
	put(ends.to, text);
	put(ends.to, "\n");
	expect(stream, true, LINE_STREAM_LINE, text);
	put(ends.to, text);
	put(ends.to, "x\nnext\n");
	expect_too_long(stream);
	expect(stream, true, LINE_STREAM_LINE, "next");
	/* In pieces, and longer than what is kept. */
	for (int i = 0; i < 5; i++) {
		put(ends.to, text);
		expect(stream, false, LINE_STREAM_NONE, NULL);
	}
	put(ends.to, "\nnext\n");
	expect_too_long(stream);
	expect(stream, true, LINE_STREAM_LINE, "next");
	put(ends.to, text);
	put(ends.to, text);
	assert_int_equal(close(ends.to), 0);
	expect_too_long(stream);
	expect(stream, true, LINE_STREAM_END, NULL);
	assert_int_equal(close(ends.from), 0);
}

static void test_bom(void **state)
{
	struct pipe_ends ends = open_pipe();
	CLEANUP(line_stream_freep)
	struct line_stream *stream = line_stream_open(ends.from, "pipe", LIMIT);

	(void)state;
	put(ends.to, "\xef\xbb\xbfone\n\xef\xbb\xbftwo\n");
	expect(stream, true, LINE_STREAM_LINE, "one");
	expect(stream, true, LINE_STREAM_LINE, "\xef\xbb\xbftwo");
	assert_int_equal(close(ends.to), 0);
	assert_int_equal(close(ends.from), 0);
}

static void test_nul(void **state)
{
	struct error error = ERROR_INIT;
	struct line_stream_line line = { 0 };
	enum line_stream_state found;
	struct pipe_ends ends = open_pipe();
	CLEANUP(line_stream_freep)
	struct line_stream *stream = line_stream_open(ends.from, "pipe", LIMIT);

	(void)state;
	assert_int_equal(write(ends.to, "a\0b\n", 4), 4);
	assert_ok(line_stream_next(stream, true, &found, &line, &error), error);
	assert_int_equal(line.length, 3);
	assert_memory_equal(line.text, "a\0b", 4);
	assert_int_equal(close(ends.to), 0);
	assert_int_equal(close(ends.from), 0);
}

/* However it is cut into pieces, a stream gives the same lines. */
static void test_any_pieces(void **state)
{
	static const char text[] = "a\nbb\n\nccc\ndddddddddd\r\n\xc3\xa9\nend";
	static const char *const lines[] = { "a", "bb", "", "ccc", "dddddddddd\r", "\xc3\xa9",
		"end" };

	(void)state;
	for (size_t size = 1; size < sizeof text; size++) {
		struct pipe_ends ends = open_pipe();
		struct line_stream *stream = line_stream_open(ends.from, "pipe", LIMIT);
		size_t next = 0;
		for (size_t at = 0; at < sizeof text - 1; at += size) {
			char piece[sizeof text];
			(void)snprintf(piece, size + 1, "%s", text + at);
			put(ends.to, piece);
			struct error error = ERROR_INIT;
			struct line_stream_line line = { 0 };
			enum line_stream_state found = LINE_STREAM_LINE;
			while (found == LINE_STREAM_LINE) {
				assert_ok(line_stream_next(stream, false, &found, &line, &error),
					error);
				if (found == LINE_STREAM_LINE)
					assert_string_equal(line.text, lines[next++]);
			}
		}
		assert_int_equal(close(ends.to), 0);
		assert_int_equal(next, 6);
		expect(stream, true, LINE_STREAM_LINE, lines[next]);
		expect(stream, true, LINE_STREAM_END, NULL);
		line_stream_free(stream);
		assert_int_equal(close(ends.from), 0);
	}
}

static void test_failures(void **state)
{
	struct error error = ERROR_INIT;
	struct line_stream_line line;
	enum line_stream_state found;
	int folder = open(".", O_RDONLY | O_DIRECTORY);
	struct line_stream *stream = line_stream_open(folder, "standard input", LIMIT);

	(void)state;
	assert_fails(line_stream_next(stream, true, &found, &line, &error), STATUS_REJECTED,
		"standard input", error);
	line_stream_free(stream);
	assert_int_equal(close(folder), 0);
	stream = line_stream_open(folder, "standard input", LIMIT);
	assert_fails(line_stream_next(stream, true, &found, &line, &error), STATUS_IO,
		"cannot read standard input", error);
	line_stream_free(stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_waits_for_more),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_bom),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_any_pieces),
		cmocka_unit_test(test_failures),
	};

	return cmocka_run_group_tests_name("line_stream", tests, support_start, support_stop);
}

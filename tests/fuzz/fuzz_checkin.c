/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of scans at a desk. An input is the most bytes that a read gives (a byte), and the
 * lines; the bytes 0x01 to 0x05 in them stand for the tokens of the five people.
 */
#include "core/checkin_line.h"

#include "core/import.h"
#include "core/programme_import.h"
#include "core/token.h"
#include "database.h"
#include "util/line_stream.h"
#include "util/text.h"

enum {
	LINES_MAX = 64,
	LINE_MAX_BYTES = 4096,
	PEOPLE = 5,
};

static const char people[] = "name,email,roles,status\n"
			     "Ada,a@x.org,attendee,confirmed\n"
			     "Bob,b@x.org,speaker,confirmed\n"
			     "Cyd,c@x.org,attendee,pending\n"
			     "Dee,d@x.org,chair;speaker,waitlisted\n"
			     "Eve,e@x.org,attendee,cancelled\n";
static const char programme[] = "session,kind,start,end,title,people,access,capacity\n"
				"A,session,2022-02-15T14:00,2022-02-15T15:00,,,,\n"
				"A,break,2022-02-15T14:30,2022-02-15T14:40,,,,\n"
				"B,session,2022-02-15T14:45,2022-02-15T15:30,,,speaker,\n"
				"C,session,2022-02-15T16:00,2022-02-15T17:00,,,,1\n"
				"D,session,2022-02-16T10:00,2022-02-16T12:00,,,,\n";

static struct db *database;
static struct event *event;
static struct zone *zurich;
static char tokens[PEOPLE][TOKEN_TEXT_SIZE];
static size_t read_max = SIZE_MAX;

ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);

/* The linker puts it in the place of read(). */
ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
	return __real_read(descriptor, buffer, size < read_max ? size : read_max);
}

/* --- The event --- */

static void add_people(void)
{
	CLEANUP(import_freep) struct import *import = NULL;
	CLEANUP(token_issuer_freep) struct token_issuer *issuer = token_issuer_new(fuzz_key, 1);
	const struct import_settings settings = { .key_path = "none", .key = fuzz_key };
	unsigned char token[TOKEN_SIZE];
	struct error error = ERROR_INIT;

	claim_ok(import_begin(database, 1, &fuzz_actor, &settings, &import, &error), error);
	claim_ok(import_read(import, fuzz_file(0, people, sizeof people - 1), &error), error);
	claim_ok(import_write(import, &error), error);
	for (int i = 0; i < PEOPLE; i++) {
		token_derive(issuer, i + 1, token);
		token_write(token, tokens[i]);
	}
}

static void add_programme(void)
{
	CLEANUP(csv_in_closep) struct csv_in *in = NULL;
	CLEANUP(programme_import_report_free)
	struct programme_import_report report = PROGRAMME_IMPORT_REPORT_INIT;
	const struct csv_in_options options = { .delimiter = ',' };
	struct error error = ERROR_INIT;

	claim_ok(csv_in_open(fuzz_file(0, programme, sizeof programme - 1), &options, &in, &error),
		error);
	const struct programme_import import = { .event = event, .zone = zurich, .csv = in };
	claim_ok(programme_import(database, &fuzz_actor, &import, &report, &error), error);
}

int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
	struct error error = ERROR_INIT;

	(void)argument_count;
	(void)arguments;
	fuzz_make_base();
	database = fuzz_database();
	claim_ok(event_find(database, NULL, &event, &error), error);
	claim_ok(zone_open(event->timezone, &zurich, &error), error);
	add_people();
	add_programme();
	return 0;
}

/* --- Lines --- */

/* What came of a line that was stored. */
struct scan {
	char *text;
	int64_t scan_id;
	bool is_admitted;
	enum checkin_reason reason;
	bool has_nonce;
};

static struct checkin_answer record(struct checkin *desk, struct checkin_request request)
{
	struct checkin_answer answer = { 0 };
	struct error error = ERROR_INIT;

	claim_ok(checkin_begin(desk, FUZZ_NOW_S, &error), error);
	claim_ok(checkin_record(desk, &request, &answer, &error), error);
	if (answer.must_wait) {
		/* The clock stands still. */
		claim(request.is_now, "must wait at a time of its own");
		checkin_answer_free(&answer);
		request.is_now = false;
		claim_ok(checkin_record(desk, &request, &answer, &error), error);
	}
	claim_ok(checkin_commit(desk, &error), error);
	claim(!answer.must_wait, "must wait again");
	return answer;
}

/* Reads a line and records what it asks for; false if it cannot be read. */
static bool take_line(struct checkin *desk, const char *text, size_t length, struct scan *ret_scan)
{
	CLEANUP(checkin_line_free) struct checkin_line line = CHECKIN_LINE_INIT;
	CLEANUP(str_free) struct str problem = STR_INIT;
	CLEANUP(str_free) struct str sentence = STR_INIT;
	const struct checkin_request otherwise = {
		.at_s = FUZZ_NOW_S,
		.is_now = true,
		.station = "door",
	};
	CLEANUP(memory_free_text) char *copy = xmalloc(length + 1);
	size_t at;

	/* It may be changed by who reads it. */
	memcpy(copy, text, length + 1);
	if (!checkin_line_read(copy, length, &otherwise, zurich, &line, &problem)) {
		claim(problem.length > 0, "'%s' has no problem", text);
		return false;
	}
	struct checkin_answer answer = record(desk, line.request);
	checkin_sentence(&answer, zurich, &sentence);
	claim(sentence.length > 0 && text_is_utf8(sentence.text, sentence.length, &at), "'%s'",
		sentence.text);
	*ret_scan = (struct scan){
		.scan_id = answer.scan_id,
		.is_admitted = answer.is_admitted,
		.reason = answer.reason,
		.has_nonce = line.request.nonce != NULL,
	};
	checkin_answer_free(&answer);
	return true;
}

/* What is sent again with its nonce gets the first answer again, whatever came between. */
static void claim_repeated(struct checkin *desk, const struct scan *scan)
{
	struct scan again;

	if (!scan->has_nonce || scan->scan_id == 0)
		return;
	claim(take_line(desk, scan->text, strlen(scan->text), &again), "'%s'", scan->text);
	claim(again.scan_id == scan->scan_id && again.is_admitted == scan->is_admitted &&
			again.reason == scan->reason,
		"%s: scan %lld, reason %d; before %lld, %d", scan->text, (long long)again.scan_id,
		(int)again.reason, (long long)scan->scan_id, (int)scan->reason);
}

/* The lines as they arrive, in pieces; gives how many of the scans were stored. */
static size_t take_lines(struct checkin *desk, const struct str *lines, size_t piece,
	struct scan *scans)
{
	FILE *file = fopen(fuzz_file(0, lines->text, lines->length), "re");
	CLEANUP(line_stream_freep) struct line_stream *stream = NULL;
	enum line_stream_state state = LINE_STREAM_NONE;
	struct error error = ERROR_INIT;
	size_t count = 0;

	claim(file != NULL, "no lines");
	stream = line_stream_open(fileno(file), "lines", LINE_MAX_BYTES);
	while (state != LINE_STREAM_END && count < LINES_MAX) {
		struct line_stream_line line;
		read_max = piece;
		claim_ok(line_stream_next(stream, true, &state, &line, &error), error);
		read_max = SIZE_MAX;
		if (state != LINE_STREAM_LINE || line.is_too_long)
			continue;
		claim(line.text[line.length] == '\0', "no NUL behind");
		if (take_line(desk, line.text, line.length, &scans[count])) {
			claim(strlen(line.text) == line.length, "a NUL in '%s'", line.text);
			scans[count++].text = xstrdup(line.text);
		}
	}
	(void)fclose(file);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const struct checkin_settings settings = {
		.db = database,
		.event = event,
		.zone = zurich,
		.actor = "fuzzer",
	};
	CLEANUP(str_free) struct str lines = STR_INIT;
	struct scan scans[LINES_MAX];
	size_t piece = fuzz_choice(&input, 256) + 1;

	while (input.length > 0) {
		uint8_t byte = fuzz_byte(&input);
		if (byte >= 1 && byte <= PEOPLE)
			str_add(&lines, tokens[byte - 1]);
		else
			str_add_char(&lines, (char)byte);
	}
	fuzz_begin(database);
	struct checkin *desk = checkin_open(&settings);
	size_t count = take_lines(desk, &lines, piece, scans);
	for (size_t i = 0; i < count; i++) {
		claim_repeated(desk, &scans[i]);
		free(scans[i].text);
	}
	checkin_close(desk);
	if (count > 0 && size % 4 == 0)
		claim_sound(database);
	fuzz_end(database);
	return 0;
}

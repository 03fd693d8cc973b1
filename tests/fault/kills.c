/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kills the program again and again (SIGKILL) while it takes scans and while it imports. No scan
 * that was answered is lost; an import is there whole or not at all.
 *
 *	kills COUNT		of each of the two; the program is $REGTOOL
 */
#include "place.h"
#include "steps.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	GROUPS = 6, /* of lines, each sent when the one before was answered */
	GROUP_MAX = 8,
	LINES_MAX = GROUPS * GROUP_MAX,
	CHECK_EVERY = 100,
};

struct place {
	const char *regtool;
	const char *folder;
	char database[400];
	char output[400];
	char errors[400];
	unsigned long faults;
};

/* The same in each run of the test. */
static unsigned draw(unsigned below)
{
	static unsigned long long state = 20220215;

	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % below;
}

static void complain(struct place *place, const char *what, unsigned long number)
{
	place->faults++;
	(void)printf("not ok: kill %lu: %s\n", number, what);
}

static void pause_for(unsigned microseconds)
{
	struct timespec pause = { .tv_sec = microseconds / 1000000,
		.tv_nsec = (long)(microseconds % 1000000) * 1000 };

	(void)nanosleep(&pause, NULL);
}

static void check_database(struct place *place, unsigned long number)
{
	const char *words[] = { "check", NULL };

	if (run_program(&(struct run){ .program = place->regtool,
		    .folder = place->folder,
		    .words = words,
		    .output = place->output,
		    .errors = place->errors }) != 0)
		complain(place, "check finds something", number);
}

static void kill_and_wait(pid_t child)
{
	int status;

	(void)kill(child, SIGKILL);
	if (waitpid(child, &status, 0) != child)
		place_fail("waitpid: %m");
}

/* --- Scans --- */

/* Sends a group of lines; their nonces are those from `first` on of this kill. */
static void send_group(int input, unsigned long number, unsigned first, unsigned count)
{
	char text[GROUP_MAX * 120];
	size_t length = 0;

	for (unsigned i = first; i < first + count; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"{\"who\":\"@%u\",\"nonce\":\"k%lu-%u\",\"direction\":\"%s\"}\n",
			1 + draw(80), number, i, draw(2) == 0 ? "in" : "out");
	if (write(input, text, length) != (ssize_t)length)
		place_fail("write: %m");
}

/* Reads until there were so many answers (whole lines), or the end. */
static unsigned read_answers(int output, unsigned had, unsigned wanted)
{
	char text[4096];

	while (had < wanted) {
		ssize_t length = read(output, text, sizeof text);
		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			break;
		for (ssize_t i = 0; i < length; i++)
			had += text[i] == '\n';
	}
	return had;
}

static unsigned long count_stored(const struct place *place, unsigned long number, unsigned below)
{
	char sql[200];

	(void)snprintf(sql, sizeof sql,
		"SELECT count(*) FROM scan WHERE nonce GLOB 'k%lu-*'"
		" AND CAST(substr(nonce, %d) AS INTEGER) < %u",
		number, snprintf(NULL, 0, "k%lu-", number) + 1, below);
	return (unsigned long)state_number(place->database, sql);
}

/* One kill; adds the scans that were answered, and those that were stored without. */
static void kill_checkin(struct place *place, unsigned long number, unsigned long *answered_sum,
	unsigned long *more_sum)
{
	const char *words[] = { "checkin", "-", "-f", "jsonl", NULL };
	int input;
	int output;
	unsigned sent = 0;
	unsigned answered = 0;
	unsigned last_group = draw(GROUPS);
	pid_t child = run_start(&(struct run){ .program = place->regtool,
					.folder = place->folder,
					.words = words,
					.errors = place->errors },
		&input, &output);

	for (unsigned group = 0; group <= last_group; group++) {
		unsigned count = 1 + draw(GROUP_MAX);
		send_group(input, number, sent, count);
		sent += count;
		if (group < last_group)
			answered = read_answers(output, answered, sent);
	}
	/* In the middle of the last group: before it is read, while it is stored, or answered. */
	if (draw(3) == 0)
		answered = read_answers(output, answered, answered + 1);
	pause_for(draw(3000));
	kill_and_wait(child);
	answered = read_answers(output, answered, LINES_MAX + 1);
	(void)close(input);
	(void)close(output);
	if (count_stored(place, number, answered) != answered)
		complain(place, "a scan that was answered is lost", number);
	*answered_sum += answered;
	*more_sum += count_stored(place, number, LINES_MAX) - answered;
}

static void kill_checkins(struct place *place, unsigned long count)
{
	unsigned long answered = 0;
	unsigned long more = 0;

	for (unsigned long number = 1; number <= count; number++) {
		kill_checkin(place, number, &answered, &more);
		if (number % CHECK_EVERY == 0 || number == count)
			check_database(place, number);
	}
	(void)printf("checkin -: %lu kills, %lu scans answered and there, %lu stored and not yet"
		     " answered\n",
		count, answered, more);
}

/* --- Imports --- */

static long run_import(const struct place *place, unsigned microseconds)
{
	const char *words[] = { "import", "more.csv", "-q", NULL };
	struct timespec begin;
	struct timespec end;
	int status;

	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	pid_t child = run_start(&(struct run){ .program = place->regtool,
					.folder = place->folder,
					.words = words,
					.output = place->output,
					.errors = place->errors },
		NULL, NULL);
	if (microseconds > 0) {
		pause_for(microseconds);
		kill_and_wait(child);
	} else if (waitpid(child, &status, 0) != child || status != 0) {
		place_fail("the import fails");
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	return (end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000;
}

static void kill_imports(struct place *place, unsigned long count)
{
	struct image begin;
	unsigned long done = 0;

	run_script(place->folder,
		"rm -f *.lock *-journal; { echo name,email,roles,course; for i in $(seq 500); do"
		" echo \"Person $i,person$i@example.org,attendee,BIO-642\"; done; } >more.csv");
	image_take(place->folder, &begin);
	uint64_t before = state_of(place->database);
	long duration = run_import(place, 0);
	uint64_t after = state_of(place->database);
	for (unsigned long number = 1; number <= count; number++) {
		image_put(&begin, place->folder);
		/* A kill may come before the program has even emptied it. */
		if (unlink(place->output) != 0 && errno != ENOENT)
			place_fail("%s: %m", place->output);
		(void)run_import(place, 1 + draw((unsigned)duration + (unsigned)duration / 4));
		uint64_t state = state_of(place->database);
		if (state != before && state != after)
			complain(place, "half an import is there", number);
		if (state == before && file_length(place->output) > 0)
			complain(place, "an import that was reported is lost", number);
		done += state == after;
		if (number % CHECK_EVERY == 0)
			check_database(place, number);
	}
	image_free(&begin);
	(void)printf("import: %lu kills, %lu of them before it was done, %lu after\n", count,
		count - done, done);
}

int main(int argc, char **argv)
{
	struct place place = { .regtool = getenv("REGTOOL") };
	unsigned long count = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;

	if (count == 0 || place.regtool == NULL)
		place_fail("usage: kills COUNT, with $REGTOOL");
	(void)signal(SIGPIPE, SIG_IGN);
	(void)setenv("REGTOOL_NOW", step_now, 1);
	const char *top = place_make();
	char folder[300];
	(void)snprintf(folder, sizeof folder, "%s/work", top);
	place.folder = folder;
	(void)snprintf(place.database, sizeof place.database, "%s/regtool.db", folder);
	(void)snprintf(place.output, sizeof place.output, "%s/output", top);
	(void)snprintf(place.errors, sizeof place.errors, "%s/errors", top);
	run_script(top, "mkdir work");
	run_script(folder, step_base);
	kill_checkins(&place, count);
	kill_imports(&place, count);
	place_remove(top);
	return place.faults > 0 ? 1 : 0;
}

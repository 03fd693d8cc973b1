/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sixteen doors on one file: each badge is scanned at several of them, and admitted once; no door
 * waits as long as a second for an answer, while a credit report, a list, a check and a backup
 * run beside them all the time, each of which sees one state.
 *
 *	doors REGISTRANTS SCANS [READER]...
 *
 * SCANS: of each door. READER: who runs beside them, to find out who makes them wait; else all.
 * The program is $REGTOOL.
 */
#include "place.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	DOORS = 16,
	DOORS_A_BADGE = 4,
	WAIT_MAX_MS = 1000,
	ANSWER_MAX = 4096,
};

static const char now[] = "2022-02-15T14:30:00+01:00";

/* A process that takes one scan after the other. */
struct door {
	pid_t process;
	int input;
	int output;
	unsigned next; /* scan */
	char answer[ANSWER_MAX];
	size_t length;
	struct timespec asked;
};

/* A command that is run again and again beside them. */
struct reader {
	const char *name;
	const char *words[8];
	const char *verify; /* a script that looks at its output, $rows registrants */
	bool is_left_out;
	pid_t process;
	unsigned runs;
};

static struct reader readers[] = {
	{ .name = "credit-report",
		.words = { "credit-report", "--course", "C", "-f", "csv" },
		.verify = "[ $(wc -l <../credit-report.out) -eq $((rows + 1)) ]" },
	{ .name = "list",
		.words = { "registrant", "list", "-f", "csv" },
		.verify = "[ $(wc -l <../list.out) -eq $((rows + 1)) ]" },
	{ .name = "check", .words = { "check" }, .verify = "true" },
	{ .name = "backup",
		.words = { "backup", "copy.db" },
		.verify = "$REGTOOL -d copy.db check >/dev/null 2>&1; rm -f copy.db*" },
};

enum {
	READERS = sizeof readers / sizeof readers[0],
};

static struct {
	const char *regtool;
	const char *top;
	char folder[300];
	unsigned registrants;
	unsigned scans;
	unsigned admitted;
	unsigned refused;
	double worst_ms;
	unsigned long faults;
} test;

static void complain(const char *what, const char *name)
{
	test.faults++;
	(void)printf("not ok: %s: %s\n", name, what);
}

static double since_ms(const struct timespec *begin)
{
	struct timespec end;

	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	return (double)(end.tv_sec - begin->tv_sec) * 1e3 +
	       (double)(end.tv_nsec - begin->tv_nsec) / 1e6;
}

/* --- The readers --- */

static void start_reader(struct reader *reader)
{
	char output[400];
	char errors[400];

	(void)snprintf(output, sizeof output, "%s/%s.out", test.top, reader->name);
	(void)snprintf(errors, sizeof errors, "%s/%s.err", test.top, reader->name);
	reader->process = run_start(&(struct run){ .program = test.regtool,
					    .folder = test.folder,
					    .words = reader->words,
					    .output = output,
					    .errors = errors },
		NULL, NULL);
}

static void end_reader(struct reader *reader, int status)
{
	char errors[400];
	char words[300];
	char script[400];

	reader->runs++;
	if (status != 0) {
		(void)snprintf(errors, sizeof errors, "%s/%s.err", test.top, reader->name);
		file_words(errors, sizeof words, words);
		complain(words, reader->name);
		return;
	}
	(void)snprintf(script, sizeof script, "rows=%u; %s", test.registrants, reader->verify);
	run_script(test.folder, script);
}

/* Those that came to their end are looked at and begin again, as long as doors are open. */
static void look_after_readers(bool again)
{
	for (int i = 0; i < READERS; i++) {
		int status;
		if (readers[i].is_left_out)
			continue;
		pid_t ended = waitpid(readers[i].process, &status, again ? WNOHANG : 0);
		if (ended != readers[i].process)
			continue;
		end_reader(&readers[i], status);
		if (again)
			start_reader(&readers[i]);
	}
}

/* --- The doors --- */

static void open_door(struct door *door, int number)
{
	static const char *const words[] = { "checkin", "-", "-f", "jsonl", NULL };
	char errors[400];

	(void)snprintf(errors, sizeof errors, "%s/door-%d.err", test.top, number);
	door->process = run_start(&(struct run){ .program = test.regtool,
					  .folder = test.folder,
					  .words = words,
					  .errors = errors },
		&door->input, &door->output);
}

/* The next scan: each badge comes to several doors at about the same time. */
static bool ask(struct door *door, int number)
{
	char line[100];
	unsigned group = (unsigned)(number / DOORS_A_BADGE);
	unsigned badge = 1 + group + door->next * (DOORS / DOORS_A_BADGE);

	if (door->next == test.scans)
		return false;
	door->next++;
	int length = snprintf(line, sizeof line, "{\"who\":\"@%u\",\"station\":\"door-%d\"}\n",
		badge, number);
	(void)clock_gettime(CLOCK_MONOTONIC, &door->asked);
	if (write(door->input, line, (size_t)length) != length)
		place_fail("a door is closed: %m");
	return true;
}

/* Reads what there is; true with a whole answer. */
static bool hear(struct door *door)
{
	ssize_t length = read(door->output, door->answer + door->length,
		sizeof door->answer - 1 - door->length);

	if (length <= 0)
		place_fail("a door ended without an answer");
	door->length += (size_t)length;
	door->answer[door->length] = '\0';
	if (strchr(door->answer, '\n') == NULL)
		return false;
	double wait_ms = since_ms(&door->asked);
	if (wait_ms > test.worst_ms)
		test.worst_ms = wait_ms;
	if (strstr(door->answer, "\"result\": \"admitted\"") != NULL)
		test.admitted++;
	else if (strstr(door->answer, "\"reason\": \"already-in\"") != NULL)
		test.refused++;
	else
		complain(door->answer, "a scan is answered otherwise");
	door->length = 0;
	return true;
}

static void close_door(struct door *door)
{
	int status;

	(void)close(door->input);
	(void)close(door->output);
	if (waitpid(door->process, &status, 0) != door->process || !WIFEXITED(status) ||
		WEXITSTATUS(status) > 1)
		complain("ended badly", "a door");
}

static void run_doors(void)
{
	static struct door doors[DOORS];
	struct pollfd events[DOORS];
	int open_doors = DOORS;

	for (int i = 0; i < DOORS; i++) {
		open_door(&doors[i], i);
		(void)ask(&doors[i], i);
		events[i] = (struct pollfd){ .fd = doors[i].output, .events = POLLIN };
	}
	while (open_doors > 0) {
		if (poll(events, DOORS, 20) < 0)
			place_fail("poll: %m");
		for (int i = 0; i < DOORS; i++) {
			if (events[i].fd < 0 || events[i].revents == 0 || !hear(&doors[i]))
				continue;
			if (!ask(&doors[i], i)) {
				events[i].fd = -1;
				open_doors--;
			}
		}
		look_after_readers(true);
	}
	for (int i = 0; i < DOORS; i++)
		close_door(&doors[i]);
}

/* --- Before and after --- */

static void make_event(void)
{
	char script[1200];

	(void)snprintf(script, sizeof script,
		"exec >/dev/null 2>&1;"
		"$REGTOOL init --event e --timezone Europe/Zurich;"
		"printf 'session,kind,start,end,title,people\\nS1,session,2022-02-15T14:25,"
		"2022-02-15T16:30,One,\\n' >p.csv; $REGTOOL programme import p.csv;"
		"$REGTOOL course add C --title C --min-percent 10;"
		"{ echo name,email,course; seq %u | sed 's/.*/P &,p&@example.org,C/'; } >r.csv;"
		"$REGTOOL import r.csv",
		test.registrants);
	run_script(test.folder, script);
}

static void verify(void)
{
	char path[400];
	int64_t badges = (int64_t)test.scans * DOORS / DOORS_A_BADGE;

	(void)snprintf(path, sizeof path, "%s/regtool.db", test.folder);
	if (test.admitted != badges)
		complain("admissions answered are not one for each badge", "doors");
	if (state_number(path, "SELECT count(*) FROM scan") != (int64_t)test.scans * DOORS)
		complain("not all scans are stored", "doors");
	if (state_number(path,
		    "SELECT count(*) FROM (SELECT registrant_id FROM scan"
		    " WHERE result = 'admitted' GROUP BY 1 HAVING count(*) = 1)") != badges)
		complain("somebody was not admitted once", "doors");
	if (test.worst_ms >= WAIT_MAX_MS)
		complain("somebody waited for a second", "doors");
	run_script(test.folder, "$REGTOOL check >/dev/null 2>&1");
}

int main(int argc, char **argv)
{
	struct timespec begin;

	test.regtool = getenv("REGTOOL");
	test.registrants = argc > 2 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	test.scans = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	if (test.regtool == NULL || test.scans == 0 ||
		test.scans * DOORS / DOORS_A_BADGE > test.registrants)
		place_fail("usage: doors REGISTRANTS SCANS [READER]..., with $REGTOOL");
	for (int i = 0; i < READERS && argc > 3; i++) {
		readers[i].is_left_out = true;
		for (int j = 3; j < argc; j++)
			readers[i].is_left_out &= strcmp(argv[j], readers[i].name) != 0;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	(void)setenv("REGTOOL_NOW", now, 1);
	test.top = place_make();
	(void)snprintf(test.folder, sizeof test.folder, "%s/work", test.top);
	run_script(test.top, "mkdir work");
	make_event();
	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int i = 0; i < READERS; i++) {
		if (!readers[i].is_left_out)
			start_reader(&readers[i]);
	}
	run_doors();
	double seconds = since_ms(&begin) / 1000;
	look_after_readers(false);
	verify();
	(void)printf("%d doors, %u scans of %u badges in %.1f s: %u admitted, %u refused as"
		     " already-in; longest wait %.0f ms\nbeside them:",
		DOORS, test.scans * DOORS, test.scans * DOORS / DOORS_A_BADGE, seconds,
		test.admitted, test.refused, test.worst_ms);
	for (int i = 0; i < READERS; i++)
		(void)printf(" %s %u times%s", readers[i].name, readers[i].runs,
			i + 1 < READERS ? "," : "\n");
	place_remove(test.top);
	return test.faults > 0 ? 1 : 0;
}

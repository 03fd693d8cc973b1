/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: pair [-n PAIRS] [-k RUNS] [-s SCALE] [-i FILE] [-a FILE] [-b COMMAND] [-l] [-w]
 *             NAME GOAL -- OURS... -- THEIRS...
 *        pair -H
 *
 * Runs two commands in turn, PAIRS times (5), and prints one row of the table that -H begins:
 * the medians of their times, and of the ratios within the pairs, with the quartiles. The order
 * changes from pair to pair, so that what else the machine does falls on both. A command that
 * fails ends it all, since the time of a failure says nothing.
 *
 *   -k RUNS      one measurement is RUNS processes, one after the other; times are of one
 *   -s SCALE     we have SCALE times as much to do: ratios are divided by it
 *   -i FILE      their standard input
 *   -a FILE      {} in an argument is the next line of FILE
 *   -b COMMAND   the shell runs it before each measurement, outside the time, with `ours' or
 *                `theirs' as $1
 *   -l           gives the lines of -i one at a time, the next when the last was answered by a
 *                line; times are of one line
 *   -w           without the first, unmeasured run of each
 *
 * GOAL is the ratio of wall times that is to be reached, or `-'. Times of the processor are user
 * and system, and memory is the peak of what was resident, both as wait4(2) has them.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PAIRS_MAX = 200,
	ARGUMENTS_MAX = 64,
	LINE_MAX_SIZE = 4096,
};

/* (posix_spawn takes texts that are not constant.) */
static char sides[2][8] = { "ours", "theirs" };

struct options {
	int pairs;
	int runs;
	double scale;
	const char *input;
	FILE *lines; /* for {} */
	char *before;
	bool is_interactive;
	bool has_warm_up;
};

struct measure {
	double wall_s;
	double cpu_s;
	double peak_mib;
};

static void fail(const char *what, const char *why)
{
	(void)fprintf(stderr, "pair: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static double seconds_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds_of(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

/* --- One process --- */

/* Starts it with its standard input and output on descriptors, or on files where that is -1. */
static pid_t start(const struct options *options, char **command, int input, int output)
{
	posix_spawn_file_actions_t actions;
	pid_t child = 0;

	(void)posix_spawn_file_actions_init(&actions);
	if (input >= 0)
		(void)posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	else
		(void)posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
			options->input != NULL ? options->input : "/dev/null", O_RDONLY, 0);
	if (output >= 0)
		(void)posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	else
		(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
			O_WRONLY, 0);
	int result = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
	if (result != 0)
		fail(command[0], strerror(result));
	(void)posix_spawn_file_actions_destroy(&actions);
	return child;
}

static void finish(pid_t child, const char *name, struct measure *measure)
{
	struct rusage usage;
	int status = 0;

	if (wait4(child, &status, 0, &usage) != child)
		fail(name, strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail(name, "failed");
	measure->cpu_s += seconds_of(&usage.ru_utime) + seconds_of(&usage.ru_stime);
	double peak_mib = (double)usage.ru_maxrss / 1024;
	if (peak_mib > measure->peak_mib)
		measure->peak_mib = peak_mib;
}

/* Gives the lines one by one and waits for each answer; gives how many there were. */
static int converse(const struct options *options, char **command, struct measure *measure)
{
	int to_child[2];
	int from_child[2];
	char line[LINE_MAX_SIZE];
	char answer[LINE_MAX_SIZE];
	int count = 0;

	FILE *input = fopen(options->input, "r");
	if (input == NULL || pipe2(to_child, O_CLOEXEC) != 0 || pipe2(from_child, O_CLOEXEC) != 0)
		fail(options->input, strerror(errno));
	pid_t child = start(options, command, to_child[0], from_child[1]);
	(void)close(to_child[0]);
	(void)close(from_child[1]);
	FILE *answers = fdopen(from_child[0], "r");
	while (fgets(line, sizeof line, input) != NULL) {
		size_t length = strlen(line);
		if (write(to_child[1], line, length) != (ssize_t)length ||
			fgets(answer, sizeof answer, answers) == NULL)
			fail(command[0], "gave no answer to a line");
		count++;
	}
	(void)close(to_child[1]);
	(void)fclose(input);
	finish(child, command[0], measure);
	(void)fclose(answers);
	return count;
}

/* --- One measurement --- */

static void run_before(const struct options *options, char *side)
{
	char shell[] = "sh";
	char how[] = "-euc";
	char *command[] = { shell, how, options->before, shell, side, NULL };
	struct measure ignored = { 0 };
	const struct options plain = { 0 };

	if (options->before != NULL)
		finish(start(&plain, command, -1, -1), options->before, &ignored);
}

/* The command with {} replaced by the next line, in an argument that is made in `place`. */
static void fill_in(const struct options *options, char **command, char **ret_filled,
	char place[static LINE_MAX_SIZE])
{
	char line[LINE_MAX_SIZE];
	int i = 0;

	for (; command[i] != NULL; i++) {
		char *mark = options->lines != NULL ? strstr(command[i], "{}") : NULL;
		ret_filled[i] = command[i];
		if (mark == NULL)
			continue;
		if (fgets(line, sizeof line, options->lines) == NULL)
			fail("-a", "the file has too few lines");
		line[strcspn(line, "\n")] = '\0';
		int length = snprintf(place, LINE_MAX_SIZE, "%.*s%s%s", (int)(mark - command[i]),
			command[i], line, mark + 2);
		if (length >= LINE_MAX_SIZE)
			fail("-a", "a line is too long");
		ret_filled[i] = place;
	}
	ret_filled[i] = NULL;
}

static struct measure measure(const struct options *options, char **command, char *side)
{
	struct measure measure = { 0 };
	char *filled[ARGUMENTS_MAX];
	char place[LINE_MAX_SIZE];
	int count = options->runs;

	run_before(options, side);
	double started_s = seconds_now();
	for (int i = 0; i < options->runs; i++) {
		fill_in(options, command, filled, place);
		if (options->is_interactive)
			count = converse(options, filled, &measure);
		else
			finish(start(options, filled, -1, -1), filled[0], &measure);
	}
	measure.wall_s = (seconds_now() - started_s) / count;
	measure.cpu_s /= count;
	return measure;
}

/* --- All of them --- */

static int compare(const void *first, const void *second)
{
	double a = *(const double *)first;
	double b = *(const double *)second;

	return a < b ? -1 : a > b;
}

/* The value below which a part of the values lies; sorts them. */
static double quantile(double *values, int count, double part)
{
	double place = part * (count - 1);
	int below = (int)place;

	qsort(values, (size_t)count, sizeof *values, compare);
	if (below + 1 >= count)
		return values[count - 1];
	return values[below] + (place - below) * (values[below + 1] - values[below]);
}

struct results {
	double wall_s[2][PAIRS_MAX];
	double cpu_s[2][PAIRS_MAX];
	double peak_mib[2][PAIRS_MAX];
	double wall_ratio[PAIRS_MAX];
	double cpu_ratio[PAIRS_MAX];
};

static void measure_pairs(const struct options *options, char **commands[2],
	struct results *results)
{
	for (int side = 0; options->has_warm_up && side < 2; side++)
		(void)measure(options, commands[side], sides[side]);
	for (int i = 0; i < options->pairs; i++) {
		for (int turn = 0; turn < 2; turn++) {
			int side = (i + turn) % 2;
			struct measure one = measure(options, commands[side], sides[side]);
			results->wall_s[side][i] = one.wall_s;
			results->cpu_s[side][i] = one.cpu_s;
			results->peak_mib[side][i] = one.peak_mib;
		}
		results->wall_ratio[i] =
			results->wall_s[0][i] / results->wall_s[1][i] / options->scale;
		results->cpu_ratio[i] =
			results->cpu_s[0][i] / results->cpu_s[1][i] / options->scale;
	}
}

static const char *write_time(double seconds, char ret_text[static 16])
{
	if (seconds < 0.001)
		(void)snprintf(ret_text, 16, "%.0f us", seconds * 1e6);
	else if (seconds < 1)
		(void)snprintf(ret_text, 16, "%.3g ms", seconds * 1e3);
	else
		(void)snprintf(ret_text, 16, "%.2f s", seconds);
	return ret_text;
}

static void print_head(void)
{
	(void)printf("%-42s %5s  %9s %9s  %5s %11s  %9s %9s  %5s  %6s %6s  %s\n", "", "pairs",
		"wall", "theirs", "ratio", "quartiles", "cpu", "theirs", "ratio", "MiB", "theirs",
		"goal");
}

static void print_row(const struct options *options, const char *name, const char *goal,
	struct results *results)
{
	char wall[2][16];
	char cpu[2][16];
	char quartiles[32];
	int count = options->pairs;
	double ratio = quantile(results->wall_ratio, count, 0.5);

	for (int side = 0; side < 2; side++) {
		(void)write_time(quantile(results->wall_s[side], count, 0.5), wall[side]);
		(void)write_time(quantile(results->cpu_s[side], count, 0.5), cpu[side]);
	}
	(void)snprintf(quartiles, sizeof quartiles, "%.2f-%.2f",
		quantile(results->wall_ratio, count, 0.25),
		quantile(results->wall_ratio, count, 0.75));
	(void)printf("%-42s %5d  %9s %9s  %5.2f %11s  %9s %9s  %5.2f  %6.1f %6.1f  ", name, count,
		wall[0], wall[1], ratio, quartiles, cpu[0], cpu[1],
		quantile(results->cpu_ratio, count, 0.5), quantile(results->peak_mib[0], count, 1),
		quantile(results->peak_mib[1], count, 1));
	if (strcmp(goal, "-") == 0)
		(void)puts("-");
	else
		(void)printf("%s %s\n", goal, ratio <= strtod(goal, NULL) ? "reached" : "MISSED");
}

static int read_options(int argument_count, char **arguments, struct options *options)
{
	int option = 0;

	while ((option = getopt(argument_count, arguments, "+Hn:k:s:i:a:b:lw")) != -1) {
		if (option == 'H') {
			print_head();
			exit(EXIT_SUCCESS);
		} else if (option == 'n') {
			options->pairs = (int)strtol(optarg, NULL, 10);
		} else if (option == 'k') {
			options->runs = (int)strtol(optarg, NULL, 10);
		} else if (option == 's') {
			options->scale = strtod(optarg, NULL);
		} else if (option == 'i') {
			options->input = optarg;
		} else if (option == 'a') {
			options->lines = fopen(optarg, "r");
			if (options->lines == NULL)
				fail(optarg, strerror(errno));
		} else if (option == 'b') {
			options->before = optarg;
		} else if (option == 'l') {
			options->is_interactive = true;
		} else if (option == 'w') {
			options->has_warm_up = false;
		} else {
			exit(EXIT_FAILURE);
		}
	}
	if (options->pairs < 1 || options->pairs > PAIRS_MAX || options->runs < 1 ||
		!(options->scale > 0))
		fail("-n, -k, -s", "out of range");
	return optind;
}

int main(int argument_count, char **arguments)
{
	struct options options = { .pairs = 5, .runs = 1, .scale = 1, .has_warm_up = true };
	static struct results results;
	char **commands[2] = { NULL, NULL };
	int found = 0;

	int first = read_options(argument_count, arguments, &options);
	if (argument_count > ARGUMENTS_MAX)
		fail("usage", "too many arguments");
	for (int i = first + 2; i < argument_count; i++) {
		if (found == 2 || strcmp(arguments[i], "--") != 0)
			continue;
		arguments[i] = NULL; /* ends the command before */
		commands[found++] = &arguments[i + 1];
	}
	if (found != 2 || *commands[0] == NULL || *commands[1] == NULL)
		fail("usage", "pair [OPTION]... NAME GOAL -- OURS... -- THEIRS...");
	measure_pairs(&options, commands, &results);
	print_row(&options, arguments[first], arguments[first + 1], &results);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For each command that writes, and each operation that it makes on the disk or in memory: that
 * one fails, or the process or the machine ends before it. After each the database holds what it
 * held before or what it is to hold afterwards, and `regtool check` has nothing to say; the exit
 * status is 5 or the work is done; and no success was claimed that is not on the disk.
 *
 *	sweep [--seeds N] [--memory-step N] [COMMAND]...
 *
 * --seeds: how many ways there are of tearing what was not synced, at each operation.
 * --memory-step: every Nth allocation fails; 0: none. The programs are $REGTOOL and
 * $REGTOOL_FAULT. Exit status 1: something did not hold, and was named.
 */
#include "cli/command.h"

#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct {
	unsigned long seeds;
	unsigned long memory_step;
	const char *regtool;
	const char *regtool_fault;
} settings = { .seeds = 3, .memory_step = 0 };

static void try_fault(struct sweep *sweep, struct trial trial)
{
	char fault[100];

	(void)snprintf(fault, sizeof fault, "%s:%lu:%s:%lu", fault_kind_names[trial.kind], trial.at,
		fault_how_names[trial.how], trial.seed);
	image_put(&sweep->begin, sweep->folder);
	trial.status = run_step(sweep, fault);
	sweep->tried++;
	judge(sweep, &trial);
	if (trial.how != HOW_KILL && trial.how != HOW_LOST)
		return;
	uint64_t state = look(sweep, &trial);
	if (state == sweep->states[0] && sweep->step->product == NULL)
		judge_again(sweep, &trial);
}

/* --- One step --- */

static void read_counts(struct sweep *sweep)
{
	char text[512];

	file_words(sweep->counts_path, sizeof text, text);
	char *at = text;
	for (int i = 1; i < KIND_COUNT; i++)
		sweep->counts[i] = strtoul(at, &at, 10);
}

static void prepare(struct sweep *sweep)
{
	const struct step *step = sweep->step;

	sweep->top = place_make();
	(void)snprintf(sweep->folder, sizeof sweep->folder, "%s/work", sweep->top);
	(void)snprintf(sweep->output, sizeof sweep->output, "%s/output", sweep->top);
	(void)snprintf(sweep->errors, sizeof sweep->errors, "%s/errors", sweep->top);
	(void)snprintf(sweep->counts_path, sizeof sweep->counts_path, "%s/counts", sweep->top);
	(void)snprintf(sweep->line, sizeof sweep->line, "%s %s", step->command, step->words);
	run_split(sweep->line, sweep->words);
	run_script(sweep->top, "mkdir work");
	run_script(sweep->folder, step_base);
	(void)setenv("REGTOOL_NOW", step->now != NULL ? step->now : step_now, 1);
	if (step->prepare != NULL)
		run_script(sweep->folder, step->prepare);
	image_take(sweep->folder, &sweep->begin);
}

/* The run without a fault, and the states that lie between its commits: a process that ends
 * before an operation leaves the one that had been reached. */
static void find_states(struct sweep *sweep)
{
	struct trial trial = { KIND_CHANGE, HOW_KILL, 0, 0, 0 };
	int wanted = sweep->step->states > 0 ? sweep->step->states : 2;

	trial.status = run_step(sweep, NULL);
	if (!WIFEXITED(trial.status) || WEXITSTATUS(trial.status) != sweep->step->status)
		complain(sweep, &trial, "fails without a fault");
	read_counts(sweep);
	image_take(sweep->folder, &sweep->end);
	sweep->last = look(sweep, &trial);
	sweep->product = look_at_product(sweep);
	sweep->said = file_hash(sweep->output);
	image_put(&sweep->begin, sweep->folder);
	sweep->states[0] = look(sweep, &trial);
	sweep->state_count = 1;
	for (trial.at = 1; trial.at <= sweep->counts[KIND_CHANGE]; trial.at++) {
		char fault[64];
		(void)snprintf(fault, sizeof fault, "change:%lu:kill", trial.at);
		image_put(&sweep->begin, sweep->folder);
		trial.status = run_step(sweep, fault);
		uint64_t state = look(sweep, &trial);
		if (state != sweep->states[sweep->state_count - 1] &&
			sweep->state_count < STATES_MAX)
			sweep->states[sweep->state_count++] = state;
	}
	if (sweep->last != sweep->states[sweep->state_count - 1] && sweep->state_count < STATES_MAX)
		sweep->states[sweep->state_count++] = sweep->last;
	if ((int)sweep->state_count != wanted) {
		(void)printf("%zu states, %d are said\n", sweep->state_count, wanted);
		complain(sweep, &trial, "other states than the step's");
	}
}

static void sweep_kind(struct sweep *sweep, enum fault_kind kind, enum fault_how how,
	unsigned long seed)
{
	/* One more: the end of the run. */
	unsigned long last = sweep->counts[kind] + (kind == KIND_CHANGE ? 1 : 0);

	for (unsigned long at = 1; at <= last; at++)
		try_fault(sweep, (struct trial){ kind, how, at, seed, 0 });
}

static void sweep_all(struct sweep *sweep)
{
	for (int kind = KIND_OPEN; kind <= KIND_LINK; kind++)
		sweep_kind(sweep, (enum fault_kind)kind, HOW_EIO, 0);
	sweep_kind(sweep, KIND_OPEN, HOW_ENOSPC, 0);
	sweep_kind(sweep, KIND_WRITE, HOW_ENOSPC, 0);
	sweep_kind(sweep, KIND_WRITE, HOW_SHORT, 0);
	sweep_kind(sweep, KIND_WRITE, HOW_FULL, 0);
	sweep_kind(sweep, KIND_ANY, HOW_GONE, 0);
	sweep_kind(sweep, KIND_CHANGE, HOW_KILL, 0);
	sweep_kind(sweep, KIND_CHANGE, HOW_LOST, 0);
	for (unsigned long seed = 1; seed <= settings.seeds; seed++)
		sweep_kind(sweep, KIND_CHANGE, HOW_TORN, seed);
	for (unsigned long at = 1; settings.memory_step > 0 && at <= sweep->counts[KIND_MEMORY];
		at += settings.memory_step) {
		try_fault(sweep, (struct trial){ KIND_MEMORY, HOW_NULL, at, 0, 0 });
		try_fault(sweep, (struct trial){ KIND_MEMORY, HOW_NULLS, at, 0, 0 });
	}
}

/* Returns how many faults were found; says what was tried. */
static unsigned long sweep_step(const struct step *step)
{
	static struct sweep sweep;
	struct timespec begin;
	struct timespec end;

	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	sweep.step = step;
	sweep.regtool = settings.regtool;
	sweep.regtool_fault = settings.regtool_fault;
	prepare(&sweep);
	find_states(&sweep);
	sweep_all(&sweep);
	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	(void)printf("%-20s %-9s %5lu %5lu %5lu %5lu %5lu %5lu %5lu %7lu %8lu %7lu %5ld\n",
		step->command, variant_of(step), sweep.counts[KIND_OPEN], sweep.counts[KIND_READ],
		sweep.counts[KIND_WRITE], sweep.counts[KIND_SYNC], sweep.counts[KIND_TRUNCATE],
		sweep.counts[KIND_DELETE], sweep.counts[KIND_LINK], sweep.counts[KIND_MEMORY],
		sweep.tried, sweep.faults, (long)(end.tv_sec - begin.tv_sec));
	(void)fflush(stdout);
	image_free(&sweep.begin);
	image_free(&sweep.end);
	place_remove(sweep.top);
	return sweep.faults;
}

/* --- All --- */

/* A command that writes and is not in the list of steps is one that nobody breaks. */
static int find_forgotten(void)
{
	int count = 0;

	for (size_t i = 0; command_table[i] != NULL; i++) {
		const struct command *command = command_table[i];
		bool writes = (command->needs & (NEEDS_DB_READ | NEEDS_WORDS)) == 0;
		bool is_swept = false;
		for (size_t j = 0; step_list[j].command != NULL; j++)
			is_swept |= strcmp(step_list[j].command, command->name) == 0;
		if (writes && !is_swept) {
			(void)printf("not ok: '%s' writes, and tests/fault/steps.c has no step of"
				     " it\n",
				command->name);
			count++;
		}
	}
	return count;
}

static bool is_wanted(const struct step *step, int count, char **names)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(names[i], step->command) == 0)
			return true;
	}
	return count == 0;
}

/* As many at once as there are processors. Returns how many steps did not hold. */
static int sweep_list(int count, char **names)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long running = 0;
	int bad = 0;

	for (size_t i = 0; step_list[i].command != NULL || running > 0;) {
		int status = 0;
		if (step_list[i].command != NULL && running < processors) {
			if (is_wanted(&step_list[i], count, names)) {
				running++;
				(void)fflush(stdout);
				if (fork() == 0)
					exit(sweep_step(&step_list[i]) > 0 ? 1 : 0);
			}
			i++;
			continue;
		}
		if (wait(&status) < 0)
			place_fail("wait: %m");
		running--;
		bad += status != 0;
	}
	return bad;
}

int main(int argc, char **argv)
{
	int first = 1;

	while (first + 1 < argc && strncmp(argv[first], "--", 2) == 0) {
		unsigned long number = strtoul(argv[first + 1], NULL, 10);
		if (strcmp(argv[first], "--seeds") == 0)
			settings.seeds = number;
		else if (strcmp(argv[first], "--memory-step") == 0)
			settings.memory_step = number;
		else
			place_fail("what is %s?", argv[first]);
		first += 2;
	}
	settings.regtool = getenv("REGTOOL");
	settings.regtool_fault = getenv("REGTOOL_FAULT");
	if (settings.regtool == NULL || settings.regtool_fault == NULL)
		place_fail("$REGTOOL and $REGTOOL_FAULT name the programs");
	(void)setenv("REGTOOL_NOW", step_now, 1);
	(void)setenv("REGTOOL_ACTOR", "desk", 1);
	/* The counts are written to a file that no command would open. */
	(void)setenv("REGTOOL_SANDBOX", "off", 1);
	(void)printf("%-30s %5s %5s %5s %5s %5s %5s %5s %7s %8s %7s %5s\n", "command", "open",
		"read", "write", "sync", "trunc", "del", "link", "memory", "tried", "faults", "s");
	int bad = find_forgotten();
	bad += sweep_list(argc - first, argv + first);
	return bad > 0 ? 1 : 0;
}

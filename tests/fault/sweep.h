/* SPDX-License-Identifier: BSD-2-Clause */
/* One step being swept (sweep.c), and the judgement of what came of each fault (judge.c). */
#ifndef REGTOOL_TESTS_FAULT_SWEEP_H
#define REGTOOL_TESTS_FAULT_SWEEP_H

#include "inject.h"
#include "place.h"
#include "steps.h"

enum {
	STATES_MAX = 8,
	CACHE_MAX = 4096,
};

/* Files that were looked at, by the hash of their bytes. */
struct looked_at {
	uint64_t bytes;
	uint64_t state;
};

/* One step being swept; by a process of its own. */
struct sweep {
	const struct step *step;
	const char *regtool;
	const char *regtool_fault;
	const char *top;
	char folder[300];
	char output[300];
	char errors[300];
	char counts_path[300];
	char line[300];
	const char *words[PLACE_WORDS_MAX];
	struct image begin;
	struct image end;
	uint64_t said; /* on standard output without faults */
	uint64_t last; /* after a run without faults */
	uint64_t states[STATES_MAX];
	size_t state_count;
	uint64_t product; /* what it holds if the step made it */
	unsigned long counts[KIND_COUNT];
	unsigned long tried;
	unsigned long faults;
	struct looked_at cache[CACHE_MAX];
	size_t cache_count;
};

/* One fault and what came of it. */
struct trial {
	enum fault_kind kind;
	enum fault_how how;
	unsigned long at;
	unsigned long seed;
	int status; /* as waitpid has it */
};

const char *variant_of(const struct step *step);
/* Says what does not hold, and counts it. */
void complain(struct sweep *sweep, const struct trial *trial, const char *what);
/* The state of the database in the folder, which is checked too. */
uint64_t look(struct sweep *sweep, const struct trial *trial);
/* What the file that the step makes holds; 0: it is not there. */
uint64_t look_at_product(const struct sweep *sweep);
/* Runs the step in its folder; `fault` as in inject.h, or NULL. The status as waitpid has it. */
int run_step(struct sweep *sweep, const char *fault);
/* Whether what stands in the folder and was said is as it should be. */
void judge(struct sweep *sweep, const struct trial *trial);
/* Where it was interrupted the same command can be given again. */
void judge_again(struct sweep *sweep, struct trial *trial);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "sweep.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
	FAULTS_SHOWN_MAX = 10,
};

static const char database[] = "regtool.db";

const char *variant_of(const struct step *step)
{
	return step->variant != NULL ? step->variant : "";
}

void complain(struct sweep *sweep, const struct trial *trial, const char *what)
{
	char words[300];

	if (++sweep->faults > FAULTS_SHOWN_MAX)
		return;
	file_words(sweep->errors, sizeof words, words);
	(void)printf("not ok: %s%s%s: %s:%lu:%s:%lu: %s (status %d, signal %d; '%s')\n",
		sweep->step->command, sweep->step->variant != NULL ? ", " : "",
		variant_of(sweep->step), fault_kind_names[trial->kind], trial->at,
		fault_how_names[trial->how], trial->seed, what,
		WIFEXITED(trial->status) ? WEXITSTATUS(trial->status) : -1,
		WIFSIGNALED(trial->status) ? WTERMSIG(trial->status) : 0, words);
}

/* --- What stands in the folder --- */

static uint64_t hash_of(const struct image *image)
{
	uint64_t hash = 14695981039346656037U;

	for (size_t i = 0; i < image->count; i++) {
		const char *name = image->files[i].name;
		if (strncmp(name, database, strlen(database)) != 0)
			continue;
		for (; *name != '\0'; name++)
			hash = (hash ^ (unsigned char)*name) * 1099511628211U;
		for (size_t at = 0; at < image->files[i].length; at++)
			hash = (hash ^ image->files[i].bytes[at]) * 1099511628211U;
	}
	return hash;
}

/* With nothing to say; or, before the step has come to its end, with what it says then. */
static void check_database(struct sweep *sweep, const struct trial *trial, uint64_t state)
{
	const char *words[] = { "check", NULL };
	const char *unfinished = sweep->step->unfinished;
	char output[310];
	char text[1000];
	struct trial checked = *trial;

	(void)snprintf(output, sizeof output, "%s/check", sweep->top);
	checked.status = run_program(&(struct run){ .program = sweep->regtool,
		.folder = sweep->folder,
		.words = words,
		.output = output,
		.errors = output });
	if (checked.status == 0)
		return;
	file_words(output, sizeof text, text);
	if (unfinished != NULL && state != sweep->last && strstr(text, unfinished) != NULL)
		return;
	(void)printf("%s\n", text);
	complain(sweep, &checked, "check finds something");
}

/* Whatever was found in the same bytes before
 * is found again. */
static uint64_t look_at(struct sweep *sweep, const struct trial *trial, const struct image *now)
{
	char path[320];
	uint64_t bytes = hash_of(now);

	for (size_t i = 0; i < sweep->cache_count; i++) {
		if (sweep->cache[i].bytes == bytes)
			return sweep->cache[i].state;
	}
	(void)snprintf(path, sizeof path, "%s/%s", sweep->folder, database);
	uint64_t state = state_of(path);
	if (state != 0)
		check_database(sweep, trial, state);
	if (sweep->cache_count < CACHE_MAX)
		sweep->cache[sweep->cache_count++] = (struct looked_at){ bytes, state };
	return state;
}

uint64_t look(struct sweep *sweep, const struct trial *trial)
{
	struct image now;

	image_take(sweep->folder, &now);
	uint64_t state = look_at(sweep, trial, &now);
	image_free(&now);
	return state;
}

uint64_t look_at_product(const struct sweep *sweep)
{
	char path[400];

	if (sweep->step->product == NULL)
		return 0;
	(void)snprintf(path, sizeof path, "%s/%s", sweep->folder, sweep->step->product);
	return strstr(path, ".csv") != NULL ? file_hash(path) : state_of(path);
}

static int place_of_state(const struct sweep *sweep, uint64_t state)
{
	for (size_t i = 0; i < sweep->state_count; i++) {
		if (sweep->states[i] == state)
			return (int)i;
	}
	return -1;
}

/* --- One trial --- */

static bool is_crash(const struct trial *trial)
{
	return trial->how == HOW_KILL || trial->how == HOW_LOST || trial->how == HOW_TORN;
}

int run_step(struct sweep *sweep, const char *fault)
{
	char input[400];

	(void)snprintf(input, sizeof input, "%s/%s", sweep->folder,
		sweep->step->input != NULL ? sweep->step->input : "");
	return run_program(&(struct run){ .program = sweep->regtool_fault,
		.folder = sweep->folder,
		.words = sweep->words,
		.input = sweep->step->input != NULL ? input : NULL,
		.fault = fault,
		.counts = fault == NULL ? sweep->counts_path : NULL,
		.output = sweep->output,
		.errors = sweep->errors });
}

/* What cannot be had ends the process (util/memory.h). While it reads the command line popt does
 * so too, with a status of its own, or gives fewer words than there are: a usage error. */
static bool is_end_for_want_of_memory(const struct sweep *sweep, int status)
{
	char words[200];

	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGABRT;
	file_words(sweep->errors, sizeof words, words);
	return WEXITSTATUS(status) == 2 || strstr(words, "virtual memory exhausted") != NULL;
}

/* What a run that was not ended may say of itself. */
static void judge_status(struct sweep *sweep, const struct trial *trial)
{
	int status = trial->status;
	bool is_fine = WIFEXITED(status) &&
		       (WEXITSTATUS(status) == sweep->step->status || WEXITSTATUS(status) == 5);

	if (is_crash(trial)) {
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
			complain(sweep, trial, "was not ended");
		return;
	}
	if (trial->kind == KIND_MEMORY && !is_fine)
		is_fine = is_end_for_want_of_memory(sweep, status);
	if (!is_fine)
		complain(sweep, trial, "neither the work was done nor was the status 5");
	else if (status != 0 && file_length(sweep->errors) <= 0 && sweep->step->status == 0)
		complain(sweep, trial, "not a word of what went wrong");
}

/* What was named before or is named at the end, and what SQLite keeps: a journal. */
static void judge_names(struct sweep *sweep, const struct trial *trial, const struct image *now)
{
	static const char *const kept[] = { "regtool.db-journal", "regtool.db.lock" };
	bool may_be_left = is_crash(trial) || trial->kind == KIND_DELETE ||
			   trial->how == HOW_GONE || WIFSIGNALED(trial->status);

	for (size_t i = 0; !may_be_left && i < now->count; i++) {
		const char *name = now->files[i].name;
		if (!image_has(&sweep->begin, name) && !image_has(&sweep->end, name) &&
			strcmp(name, kept[0]) != 0 && strcmp(name, kept[1]) != 0) {
			(void)printf("%s\n", name);
			complain(sweep, trial, "a file is left behind");
		}
	}
}

void judge(struct sweep *sweep, const struct trial *trial)
{
	struct image now;
	uint64_t product = look_at_product(sweep);

	image_take(sweep->folder, &now);
	int place = place_of_state(sweep, look_at(sweep, trial, &now));
	bool is_last = place + 1 == (int)sweep->state_count;
	bool is_over = is_crash(trial) && trial->at > sweep->counts[KIND_CHANGE];
	bool is_done =
		WIFEXITED(trial->status) && WEXITSTATUS(trial->status) == sweep->step->status;
	bool claims = file_length(sweep->output) > 0 || is_over || is_done;
	judge_status(sweep, trial);
	judge_names(sweep, trial, &now);
	image_free(&now);
	if (is_done && file_hash(sweep->output) != sweep->said)
		complain(sweep, trial, "what was said is not what is said without a fault");
	if (place < 0)
		complain(sweep, trial, "the database is neither as before nor as after");
	else if (claims && !is_last)
		complain(sweep, trial, "success was claimed, and the database is as before");
	if (sweep->step->product == NULL)
		return;
	bool is_absent = product == 0;
	if (!is_absent && product != sweep->product)
		complain(sweep, trial, "half a file was made");
	else if (is_absent && claims)
		complain(sweep, trial, "success was claimed, and the file is not there");
}

void judge_again(struct sweep *sweep, struct trial *trial)
{
	trial->status = run_step(sweep, NULL);
	int place = place_of_state(sweep, look(sweep, trial));
	if (!WIFEXITED(trial->status) || WEXITSTATUS(trial->status) != sweep->step->status ||
		place + 1 != (int)sweep->state_count)
		complain(sweep, trial, "it cannot be done again");
}

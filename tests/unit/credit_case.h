/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of a file of cases, taken apart, and what their words mean.
 */
#ifndef REGTOOL_TESTS_CREDIT_CASE_H
#define REGTOOL_TESTS_CREDIT_CASE_H

#include "credit_world.h"

#include "util/text.h"

enum {
	WORDS_MAX = 16,
	ZONES_MAX = 4,
	LINE_MAX_BYTES = 512,
	EXPECTED_MAX = 16,
};

/* A line, taken apart at white space. */
struct line {
	char text[LINE_MAX_BYTES];
	char *words[WORDS_MAX + 1]; /* those after the last are "" */
	size_t count;
};

struct file {
	const char *name;
	size_t number;                 /* of the line */
	struct zone *zone;             /* of the course's own event */
	struct zone *zones[ZONES_MAX]; /* of others, opened so far */
	char *zone_names[ZONES_MAX];
	struct world base;
	struct world world;
	char name_of_case[LINE_MAX_BYTES];
	size_t case_line;
	struct line expected[EXPECTED_MAX];
	size_t expected_count;
	bool is_asked;
};

#define fail_at(file, format, ...)                                                                 \
	fail_msg("%s:%zu: " format, (file)->name, (file)->number, __VA_ARGS__)

static inline void split(const char *text, struct line *ret_line)
{
	static char empty[1] = "";
	char *rest;

	memset(ret_line, 0, sizeof *ret_line);
	(void)snprintf(ret_line->text, sizeof ret_line->text, "%s", text);
	for (char *word = strtok_r(ret_line->text, " \t\n", &rest);
		word != NULL && ret_line->count < WORDS_MAX; word = strtok_r(NULL, " \t\n", &rest))
		ret_line->words[ret_line->count++] = word;
	for (size_t i = ret_line->count; i <= WORDS_MAX; i++)
		ret_line->words[i] = empty;
}

/* --- Words --- */

static inline bool is(const char *word, const char *other)
{
	return strcmp(word, other) == 0;
}

static inline const struct zone *zone_of_event(const struct file *file, const struct world *world,
	size_t event)
{
	for (size_t i = 0; i < ZONES_MAX; i++)
		if (world->events[event].zone != NULL &&
			file->zone_names[i] == world->events[event].zone)
			return file->zones[i];
	return file->zone;
}

static inline int64_t read_time_in(const struct file *file, const struct zone *zone,
	const char *word)
{
	struct error error = ERROR_INIT;
	int64_t at_s = 0;

	if (time_parse(zone, word, &at_s, &error) != STATUS_OK)
		fail_at(file, "%s", error.message);
	return at_s;
}

static inline int64_t read_time(const struct file *file, const char *word)
{
	return read_time_in(file, file->zone, word);
}

/* "80.5" with scale 10 is 805. */
static inline int64_t read_number(const struct file *file, const char *word, int64_t scale)
{
	char *end;
	long long number = strtoll(word, &end, 10) * scale;

	if (end == word)
		fail_at(file, "'%s' is no number", word);
	if (*end == '.') {
		for (end++; *end != '\0'; end++) {
			scale /= 10;
			number += (*end - '0') * scale;
		}
	}
	if (*end != '\0')
		fail_at(file, "'%s' is no number", word);
	return number;
}

static inline bool read_yes(const struct file *file, const char *word)
{
	if (!is(word, "yes") && !is(word, "no"))
		fail_at(file, "'%s' is neither yes nor no", word);
	return is(word, "yes");
}

static inline void read_set(const char *word, char ret_set[WORLD_TEXT_MAX])
{
	CLEANUP(str_free) struct str set = STR_INIT;

	text_set_parse(is(word, "none") ? "" : word, true, &set);
	assert_true(set.length < WORLD_TEXT_MAX);
	memcpy(ret_set, set.text, set.length + 1);
}

/* "E" of "E:S1"; the first event where none is named. */
static inline size_t find_event(const struct file *file, const struct world *world,
	const char *word)
{
	size_t length = strcspn(word, ":");

	for (size_t i = 0; i < world->event_count; i++)
		if (strlen(world->events[i].code) == length &&
			strncmp(world->events[i].code, word, length) == 0)
			return i;
	if (strchr(word, ':') != NULL)
		fail_at(file, "no event of '%s'", word);
	return 0;
}

/* "S1" or "E:S1" */
static inline size_t find_session(const struct file *file, const struct world *world,
	const char *word)
{
	const char *colon = strchr(word, ':');
	const char *code = colon != NULL ? colon + 1 : word;

	for (size_t i = 0; i < world->session_count; i++)
		if (is(world->codes[i], code) &&
			(colon == NULL ||
				world->session_events[i] == find_event(file, world, word)))
			return i;
	fail_at(file, "no session '%s'", word);
	return 0;
}

#endif

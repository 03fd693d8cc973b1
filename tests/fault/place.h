/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the programs of tests/fault share: folders of their own with a database in them, the
 * program run in them, and what stands in the database afterwards.
 */
#ifndef REGTOOL_TESTS_FAULT_PLACE_H
#define REGTOOL_TESTS_FAULT_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	PLACE_FILES_MAX = 16,
	PLACE_WORDS_MAX = 32,
};

/* Ends the program with the words, and status 99: the test itself cannot go on. */
void place_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
/* A new folder on a file system in memory where there is one: thousands of syncs of a real disk
 * would take an hour. It goes with place_remove. Lives as long as the process. */
const char *place_make(void);
void place_remove(const char *folder);

/* All files of a folder, to be put back. */
struct image {
	size_t count;
	struct {
		char name[64];
		unsigned mode;
		unsigned char *bytes;
		size_t length;
	} files[PLACE_FILES_MAX];
};

void image_take(const char *folder, struct image *ret);
/* The folder holds these files, and no others. */
void image_put(const struct image *image, const char *folder);
bool image_has(const struct image *image, const char *name);
void image_free(struct image *image);

/* One run of a program in a folder. */
struct run {
	const char *program;
	const char *folder;
	const char *const *words; /* NULL-terminated, without the program's name */
	const char *input;        /* a file, or NULL: nothing */
	const char *fault;        /* NULL: none. What FAULT is, in inject.h */
	const char *counts;       /* NULL, or what FAULT_COUNTS is */
	const char *output;       /* files that take standard output and error */
	const char *errors;
};

/* As waitpid has it. */
int run_program(const struct run *run);
/* Starts it, and goes on: *ret_input and *ret_output are the ends of pipes to be closed (NULL: as
 * the run says). */
pid_t run_start(const struct run *run, int *ret_input, int *ret_output);
/* The words of a line, divided by blanks; the line is cut up. */
void run_split(char *line, const char *words[static PLACE_WORDS_MAX]);
/* A script for sh in the folder, with $REGTOOL; it must succeed. */
void run_script(const char *folder, const char *script);
/* The length of a file; -1: there is none. */
long file_length(const char *path);
/* A hash of its bytes; 0: there is none. */
uint64_t file_hash(const char *path);
/* Its beginning, for a message. */
void file_words(const char *path, size_t size, char *ret_words);

/* The sum of all rows of all tables, with the schema: two databases with the same one hold the
 * same. What a crash left half-way is taken back first. 0: there is no database. */
uint64_t state_of(const char *path);
/* The number that a query gives. */
int64_t state_number(const char *path, const char *sql);

#endif

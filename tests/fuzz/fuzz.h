/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fuzz targets share. A target is a program of one function that is given bytes,
 * has the project's code work on them, and aborts where something is claimed that does not
 * hold. Linked with libFuzzer (make fuzz) it is given what libFuzzer makes up; else main()
 * below gives it the files of its corpus, which is a test, or the files that are named.
 */
#ifndef REGTOOL_TESTS_FUZZ_H
#define REGTOOL_TESTS_FUZZ_H

#include "util/hash.h"
#include "util/memory.h"
#include "util/str.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

int LLVMFuzzerInitialize(int *argument_count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold; what follows is printf's. */
#define claim(condition, ...)                                                                      \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			(void)fprintf(stderr, "%s:%d: %s does not hold: ", __FILE__, __LINE__,     \
				#condition);                                                       \
			(void)fprintf(stderr, __VA_ARGS__);                                        \
			(void)fputc('\n', stderr);                                                 \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* --- The input --- */

/* What is left of it. */
struct fuzz_input {
	const uint8_t *bytes;
	size_t length;
};

/* The next byte; 0 at the end. */
static inline uint8_t fuzz_byte(struct fuzz_input *input)
{
	if (input->length == 0)
		return 0;
	input->length--;
	return *input->bytes++;
}

/* The next byte as a number below `count`. Letters and digits count from 'a' and '0', so that
 * an input can be read and written by hand. */
static inline size_t fuzz_choice(struct fuzz_input *input, size_t count)
{
	uint8_t byte = fuzz_byte(input);

	if (byte >= '0' && byte <= '9')
		byte = (uint8_t)(byte - '0');
	else if (byte >= 'a' && byte <= 'z')
		byte = (uint8_t)(byte - 'a' + 10);
	return byte % count;
}

/* The bytes up to the next `end`, which is left out, or to the input's end. */
static inline struct fuzz_input fuzz_part(struct fuzz_input *input, uint8_t end)
{
	const uint8_t *found = input->length > 0 ? memchr(input->bytes, end, input->length) : NULL;
	struct fuzz_input part = { input->bytes, input->length };

	if (found == NULL) {
		*input = (struct fuzz_input){ NULL, 0 };
		return part;
	}
	part.length = (size_t)(found - input->bytes);
	input->length -= part.length + 1;
	input->bytes = found + 1;
	return part;
}

/* The same as a text, without the NULs that stand in it; the caller frees it. */
static inline char *fuzz_text(struct fuzz_input *input, uint8_t end)
{
	struct fuzz_input part = fuzz_part(input, end);
	struct str text = STR_INIT;

	for (size_t i = 0; i < part.length; i++) {
		if (part.bytes[i] != 0)
			str_add_char(&text, (char)part.bytes[i]);
	}
	return str_steal(&text);
}

/* --- Files in memory --- */

enum {
	FUZZ_FILES = 4,
};

/* Makes file `number` hold the bytes alone, and gives its path. */
static inline const char *fuzz_file(int number, const void *bytes, size_t length)
{
	static char paths[FUZZ_FILES][40];
	static int descriptors[FUZZ_FILES];

	if (descriptors[number] == 0) {
		descriptors[number] = memfd_create("input", MFD_CLOEXEC);
		claim(descriptors[number] > 0, "no file in memory");
		claim(fchmod(descriptors[number], 0600) == 0, "its mode");
		(void)snprintf(paths[number], sizeof paths[number], "/proc/self/fd/%d",
			descriptors[number]);
	}
	claim(ftruncate(descriptors[number], 0) == 0, "emptied");
	claim(pwrite(descriptors[number], bytes, length, 0) == (ssize_t)length, "written");
	return paths[number];
}

/* --- Without libFuzzer --- */

/* FUZZ_NO_MAIN: for tests that share what the targets stand on. */
#if !defined WITH_LIBFUZZER && !defined FUZZ_NO_MAIN

static inline void fuzz_replay_file(const char *path)
{
	struct stat info;
	FILE *file = fopen(path, "re");

	/* The last one named is the one that failed. */
	(void)printf("# %s\n", path);
	(void)fflush(stdout);
	claim(file != NULL && fstat(fileno(file), &info) == 0, "%s cannot be read", path);
	size_t size = (size_t)info.st_size;
	/* Exactly as long as the input: so that reading beyond it is found. */
	uint8_t *bytes = xmalloc(size > 0 ? size : 1);
	claim(fread(bytes, 1, size, file) == size, "%s cannot be read", path);
	(void)fclose(file);
	(void)LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
}

static inline int fuzz_is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Gives the number of files. */
static inline int fuzz_replay_corpus(const char *target)
{
	char folder[PATH_MAX];
	const char *source = getenv("abs_srcdir");
	struct dirent **entries = NULL;

	(void)snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s",
		source != NULL ? source : ".", target);
	int count = scandir(folder, &entries, fuzz_is_input, alphasort);
	for (int i = 0; i < count; i++) {
		char path[PATH_MAX + NAME_MAX + 1];
		(void)snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		fuzz_replay_file(path);
		free(entries[i]);
	}
	free(entries);
	claim(count > 0, "no corpus in %s", folder);
	return count;
}

int main(int argument_count, char **arguments)
{
	const char *slash = strrchr(arguments[0], '/');
	const char *name = slash != NULL ? slash + 1 : arguments[0];
	int count = argument_count - 1;

	if (LLVMFuzzerInitialize(&argument_count, &arguments) != 0)
		return EXIT_FAILURE;
	if (count == 0)
		count = fuzz_replay_corpus(strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name);
	else
		for (int i = 1; i <= count; i++)
			fuzz_replay_file(arguments[i]);
	(void)printf("ok 1 - %d inputs\n1..1\n", count);
	return EXIT_SUCCESS;
}

#endif

#endif

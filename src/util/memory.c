/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void memory_is_out(void)
{
	static const char message[] = "regtool: out of memory\n";

	/* write(2): stdio may itself need memory. */
	ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
	(void)written;
	abort();
}

static void *must_have(void *memory)
{
	if (memory == NULL)
		memory_is_out();
	return memory;
}

void *xmalloc(size_t size)
{
	return must_have(malloc(size > 0 ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return must_have(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *xreallocarray(void *memory, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		return must_have(NULL);
	size_t bytes = count * size;
	return must_have(realloc(memory, bytes > 0 ? bytes : 1));
}

void *xaligned(size_t alignment, size_t size)
{
	return must_have(aligned_alloc(alignment, size));
}

char *xstrdup(const char *text)
{
	return must_have(strdup(text));
}

char *xstrndup(const char *text, size_t length)
{
	return must_have(strndup(text, length));
}

void memory_free_text(char **text)
{
	free(*text);
	*text = NULL;
}

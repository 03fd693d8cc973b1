/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checked allocation: these never return NULL. Memory that cannot be had ends the process
 * with a message and abort(), since nothing sensible can be done half-way through a rule;
 * what was not committed is rolled back by the next open.
 */
#ifndef REGTOOL_UTIL_MEMORY_H
#define REGTOOL_UTIL_MEMORY_H

#include <stddef.h>

/* Runs function(&variable) when the variable leaves its scope. */
#define CLEANUP(function) __attribute__((cleanup(function)))

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* Overflow of count * size is caught like lack of memory. */
void *xreallocarray(void *memory, size_t count, size_t size) __attribute__((returns_nonnull));
/* Both as aligned_alloc wants them: a power of two, and a multiple of it. */
void *xaligned(size_t alignment, size_t size) __attribute__((malloc, returns_nonnull));
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *text, size_t length) __attribute__((malloc, returns_nonnull));

/* Ends the process as these do, where a library found that there is no memory. */
void memory_is_out(void) __attribute__((noreturn, cold));

/* CLEANUP(memory_free_text) char *text = …; */
void memory_free_text(char **text);

#endif

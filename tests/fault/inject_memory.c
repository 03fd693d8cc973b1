/* SPDX-License-Identifier: BSD-2-Clause */
/* Allocations that fail: of regtool, SQLite and every other library of the process. */
#include "inject.h"

#include <errno.h>
#include <stdlib.h>

/* The C library's own names for them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static bool is_refused(void)
{
	struct fault_plan *plan = &fault_plan;
	unsigned long number = ++plan->counts[KIND_MEMORY];

	if (plan->kind != KIND_MEMORY || plan->at == 0 || number < plan->at ||
		(plan->how == HOW_NULL && number > plan->at))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return is_refused() ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return is_refused() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **ret_memory, size_t alignment, size_t size)
{
	void *memory = is_refused() ? NULL : __libc_memalign(alignment, size);

	if (memory == NULL)
		return ENOMEM;
	*ret_memory = memory;
	return 0;
}

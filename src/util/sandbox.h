/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fence that the process puts round itself, for what it may still open: Linux's Landlock
 * (landlock(7)), by its system calls, without a library. What is open already stays open, and
 * programs that are started stand within the fence too. What is only looked at (stat, access,
 * links) is not fenced in.
 */
#ifndef REGTOOL_UTIL_SANDBOX_H
#define REGTOOL_UTIL_SANDBOX_H

#include <stdbool.h>

/* What may be done with a file, or with all that lies below a folder; each includes those
 * before it, but SANDBOX_WRITE does not include SANDBOX_RUN. */
enum sandbox_right {
	SANDBOX_READ,
	SANDBOX_RUN,   /* start it as a program */
	SANDBOX_WRITE, /* change it; in a folder also make, rename and remove files */
};

/* What is allowed so far. Nothing is fenced in before sandbox_enter. */
struct sandbox;

/* NULL where the kernel has no such thing, or has it switched off. */
struct sandbox *sandbox_new(void);
void sandbox_free(struct sandbox *sandbox);
void sandbox_freep(struct sandbox **sandbox);

/* Links are followed. What does not exist is left out, and so is what the fence does not
 * reach anyway (pipes). */
void sandbox_allow(struct sandbox *sandbox, enum sandbox_right right, const char *path);

/* From now on the process opens no file but those allowed, and no TCP connection; for good.
 * False: the kernel refused, and nothing is fenced in. */
bool sandbox_enter(const struct sandbox *sandbox);

#endif

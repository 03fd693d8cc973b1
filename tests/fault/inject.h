/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regtool_fault is regtool with a disk and a memory that fail as they are told to: it is linked
 * from the same objects, and the functions of the C library by which SQLite and regtool itself
 * reach files and memory are replaced by those of inject*.c. What they are told stands in the
 * environment:
 *
 *	FAULT=KIND:N:HOW[:SEED]		at the Nth operation of that kind, HOW
 *	FAULT_COUNTS=FILE		at a regular end: how many there were of each kind
 *
 * Only regular files on the file system of the current folder, and that folder, take part; the
 * tests put a database into a folder of its own. Streams of stdio (standard output, files that
 * -o writes) do not come by here, but what is not synced of them is lost in a crash too.
 */
#ifndef REGTOOL_TESTS_FAULT_INJECT_H
#define REGTOOL_TESTS_FAULT_INJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum fault_kind {
	KIND_NONE,
	KIND_OPEN,
	KIND_READ,
	KIND_WRITE,
	KIND_SYNC,
	KIND_TRUNCATE,
	KIND_DELETE,
	KIND_LINK,   /* and rename: what gives a file a name */
	KIND_CHANGE, /* all of the above that change what is on the disk */
	KIND_ANY,    /* all of the above */
	KIND_MEMORY, /* allocations */
	KIND_COUNT,
};

enum fault_how {
	HOW_EIO,    /* fails once */
	HOW_ENOSPC, /* fails once */
	HOW_SHORT,  /* a write does half, and says so */
	HOW_FULL,   /* a write does half; no later one does anything: the disk is full */
	HOW_GONE,   /* this and all later operations fail with EIO: the disk is gone */
	HOW_KILL,   /* the process ends before the operation */
	HOW_LOST,   /* the machine does: what was not synced is not on the disk */
	HOW_TORN,   /* the same, but any part of it may be, in any order, by SEED */
	HOW_NULL,   /* the allocation gives NULL */
	HOW_NULLS,  /* this and all later ones */
	HOW_COUNT,
};

extern const char *const fault_kind_names[KIND_COUNT];
extern const char *const fault_how_names[HOW_COUNT];

/* What was asked for, and how far things are. */
struct fault_plan {
	enum fault_kind kind;
	enum fault_how how;
	unsigned long at; /* from 1 */
	unsigned seed;
	unsigned long counts[KIND_COUNT];
	bool is_fired;
};

extern struct fault_plan fault_plan;

/* The model of what is on the disk, kept with HOW_LOST and HOW_TORN: inject_disk.c. */
void disk_start(const char *folder, unsigned seed);
/* Before a file is opened: what it holds is on the disk. */
void disk_know(const char *path);
void disk_know_descriptor(int descriptor);
/* A change that succeeded. `bytes` NULL: a truncation to `offset`. */
void disk_write(int descriptor, const void *bytes, size_t length, off_t offset);
/* A file or the folder: what it holds now is on the disk. */
void disk_sync(int descriptor);
/* The folder's names were changed. */
void disk_rename(void);
/* Puts the files in the state in which the machine's end leaves them. */
void disk_crash(bool is_torn);

#endif

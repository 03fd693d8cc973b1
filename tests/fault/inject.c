/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions that reach files, and the plan that they follow. See inject.h. */
/* With it the C library's headers have bodies of their own for some of them. */
#undef _FORTIFY_SOURCE

#include "inject.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fault_plan fault_plan;

static dev_t folder_device;
static ino_t folder_inode;
static char counts_path[4096];

/* --- The plan --- */

static int place_of(const char *const *names, int count, const char *name, size_t length)
{
	for (int i = 0; i < count; i++) {
		if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
			return i;
	}
	(void)fprintf(stderr, "regtool_fault: FAULT: what is '%s'?\n", name);
	abort();
}

static void read_plan(const char *text)
{
	char *end;
	size_t length = strcspn(text, ":");

	fault_plan.kind = (enum fault_kind)place_of(fault_kind_names, KIND_COUNT, text, length);
	text += length + (text[length] == ':');
	fault_plan.at = strtoul(text, &end, 10);
	text = end + (*end == ':');
	length = strcspn(text, ":");
	fault_plan.how = (enum fault_how)place_of(fault_how_names, HOW_COUNT, text, length);
	if (text[length] == ':')
		fault_plan.seed = (unsigned)strtoul(text + length + 1, NULL, 10);
}

/* The same run gives the same bytes: what is drawn is drawn from a fixed stream. */
static uint32_t draw(void)
{
	static uint64_t state = 88172645463325252U;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 16);
}

static const char *draw_name(void)
{
	return "fixed";
}

static void draw_bytes(void *buffer, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((unsigned char *)buffer)[i] = (unsigned char)draw();
}

__attribute__((constructor)) static void start(void)
{
	static randombytes_implementation fixed = {
		.implementation_name = draw_name,
		.random = draw,
		.buf = draw_bytes,
	};
	const char *plan = getenv("FAULT");
	const char *counts = getenv("FAULT_COUNTS");
	char folder[4096];
	struct stat place;

	if (getcwd(folder, sizeof folder) == NULL || stat(folder, &place) != 0)
		abort();
	folder_device = place.st_dev;
	folder_inode = place.st_ino;
	(void)randombytes_set_implementation(&fixed);
	if (counts != NULL)
		(void)snprintf(counts_path, sizeof counts_path, "%s", counts);
	if (plan != NULL)
		read_plan(plan);
	if (fault_plan.how == HOW_LOST || fault_plan.how == HOW_TORN)
		disk_start(folder, fault_plan.seed);
	/* From here on operations are counted. */
	memset(fault_plan.counts, 0, sizeof fault_plan.counts);
}

/* Ends the process, or the machine. */
static void die(void)
{
	if (fault_plan.how != HOW_KILL)
		disk_crash(fault_plan.how == HOW_TORN);
	(void)syscall(SYS_kill, getpid(), SIGKILL);
}

__attribute__((destructor)) static void finish(void)
{
	char text[512];
	size_t length = 0;

	/* Later than any operation: what was claimed by then must stay. */
	if (fault_plan.kind == KIND_CHANGE)
		die();
	if (*counts_path == '\0')
		return;
	for (int i = 1; i < KIND_COUNT; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, "%lu ",
			fault_plan.counts[i]);
	int file =
		(int)syscall(SYS_openat, AT_FDCWD, counts_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (file < 0 || syscall(SYS_write, file, text, length) != (long)length)
		abort();
	(void)syscall(SYS_close, file);
}

/* Counts an operation. 0: do it; else what it fails with, or EAGAIN for a write that is to do
 * half of it. */
static int meet(enum fault_kind kind, bool is_change)
{
	struct fault_plan *plan = &fault_plan;
	unsigned long *counts = plan->counts;
	bool takes_part = plan->kind == kind || plan->kind == KIND_ANY ||
			  (plan->kind == KIND_CHANGE && is_change);

	counts[kind]++;
	counts[KIND_ANY]++;
	if (is_change)
		counts[KIND_CHANGE]++;
	if (!takes_part || counts[plan->kind] < plan->at)
		return 0;
	bool is_first = counts[plan->kind] == plan->at;
	switch (plan->how) {
	case HOW_EIO:
		return is_first ? EIO : 0;
	case HOW_ENOSPC:
		return is_first ? ENOSPC : 0;
	case HOW_SHORT:
		return is_first ? EAGAIN : 0;
	case HOW_FULL:
		return is_first ? EAGAIN : ENOSPC;
	case HOW_GONE:
		return EIO;
	case HOW_KILL:
	case HOW_LOST:
	case HOW_TORN:
		die();
		return 0;
	default:
		return 0;
	}
}

static bool keeps_model(void)
{
	return fault_plan.how == HOW_LOST || fault_plan.how == HOW_TORN;
}

static bool is_ours(int descriptor)
{
	struct stat file;

	if (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO ||
		fstat(descriptor, &file) != 0 || file.st_dev != folder_device)
		return false;
	return S_ISREG(file.st_mode) || file.st_ino == folder_inode;
}

/* --- Opening --- */

/* Whether it lies on the folder's file system, is a regular file or none yet, or the folder. */
static bool is_our_path(const char *path)
{
	char folder[4096];
	struct stat place;
	const char *slash = strrchr(path, '/');

	if (stat(path, &place) == 0)
		return place.st_dev == folder_device &&
		       (S_ISREG(place.st_mode) || place.st_ino == folder_inode);
	(void)snprintf(folder, sizeof folder, "%.*s", slash != NULL ? (int)(slash - path) : 1,
		slash != NULL ? path : ".");
	return stat(folder, &place) == 0 && place.st_dev == folder_device;
}

static int open_file(const char *path, int flags, mode_t mode)
{
	bool is_ours_now = is_our_path(path);
	bool makes_one = (flags & O_TMPFILE) == O_TMPFILE ||
			 ((flags & O_CREAT) != 0 && access(path, F_OK) != 0);

	if (is_ours_now) {
		int failure = meet(KIND_OPEN, makes_one);
		if (failure != 0 && failure != EAGAIN) {
			errno = failure;
			return -1;
		}
		if (keeps_model())
			disk_know(path);
	}
	int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	if (descriptor >= 0 && is_ours_now && makes_one && keeps_model()) {
		disk_know_descriptor(descriptor);
		disk_rename();
	}
	return descriptor;
}

static int open_with(const char *path, int flags, va_list arguments)
{
	bool has_mode = (flags & (O_CREAT | O_TMPFILE)) != 0;

	return open_file(path, flags, has_mode ? va_arg(arguments, mode_t) : 0);
}

int open(const char *path, int flags, ...)
{
	va_list arguments;

	va_start(arguments, flags);
	int descriptor = open_with(path, flags, arguments);
	va_end(arguments);
	return descriptor;
}

int open64(const char *path, int flags, ...)
{
	va_list arguments;

	va_start(arguments, flags);
	int descriptor = open_with(path, flags, arguments);
	va_end(arguments);
	return descriptor;
}

/* What open is with _FORTIFY_SOURCE where there is no mode. */
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
	return open_file(path, flags, 0);
}

int mkostemp(char *template, int flags)
{
	size_t length = strlen(template);

	for (unsigned attempt = 0; attempt < 1000; attempt++) {
		char number[16];
		(void)snprintf(number, sizeof number, "%06u", attempt);
		memcpy(template + length - 6, number, 6);
		int descriptor = open_file(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
		if (descriptor >= 0 || errno != EEXIST)
			return descriptor;
	}
	return -1;
}

/* --- Reading and writing --- */

static ssize_t fail(int failure)
{
	errno = failure;
	return -1;
}

ssize_t read(int descriptor, void *buffer, size_t size)
{
	int failure = is_ours(descriptor) ? meet(KIND_READ, false) : 0;

	return failure != 0 ? fail(failure) : syscall(SYS_read, descriptor, buffer, size);
}

ssize_t pread64(int descriptor, void *buffer, size_t size, off_t offset)
{
	int failure = is_ours(descriptor) ? meet(KIND_READ, false) : 0;

	return failure != 0 ? fail(failure)
			    : syscall(SYS_pread64, descriptor, buffer, size, offset);
}

ssize_t pwrite64(int descriptor, const void *buffer, size_t size, off_t offset)
{
	bool is_counted = is_ours(descriptor);
	int failure = is_counted ? meet(KIND_WRITE, true) : 0;

	if (failure == EAGAIN)
		size /= 2;
	else if (failure != 0)
		return fail(failure);
	ssize_t written = syscall(SYS_pwrite64, descriptor, buffer, size, offset);
	if (is_counted && keeps_model() && written > 0)
		disk_write(descriptor, buffer, (size_t)written, offset);
	return written;
}

ssize_t write(int descriptor, const void *buffer, size_t size)
{
	bool is_counted = is_ours(descriptor);

	if (!is_counted)
		return syscall(SYS_write, descriptor, buffer, size);
	off_t offset = lseek(descriptor, 0, SEEK_CUR);
	ssize_t written = pwrite64(descriptor, buffer, size, offset);
	if (written > 0)
		(void)lseek(descriptor, written, SEEK_CUR);
	return written;
}

int ftruncate64(int descriptor, off_t size)
{
	bool is_counted = is_ours(descriptor);
	int failure = is_counted ? meet(KIND_TRUNCATE, true) : 0;

	if (failure != 0)
		return (int)fail(failure);
	int result = (int)syscall(SYS_ftruncate, descriptor, size);
	if (is_counted && keeps_model() && result == 0)
		disk_write(descriptor, NULL, 0, size);
	return result;
}

/* Of a failed sync nobody knows what became of the pages: here none is on the disk. */
static int sync_file(int descriptor, long number)
{
	bool is_counted = is_ours(descriptor);
	int failure = is_counted ? meet(KIND_SYNC, true) : 0;

	if (failure != 0)
		return (int)fail(failure);
	if (is_counted && keeps_model())
		disk_sync(descriptor);
	return (int)syscall(number, descriptor);
}

int fsync(int descriptor)
{
	return sync_file(descriptor, SYS_fsync);
}

int fdatasync(int descriptor)
{
	return sync_file(descriptor, SYS_fdatasync);
}

/* --- Names --- */

int unlink(const char *path)
{
	if (!is_our_path(path) || access(path, F_OK) != 0)
		return (int)syscall(SYS_unlink, path);
	int failure = meet(KIND_DELETE, true);
	if (failure != 0)
		return (int)fail(failure);
	if (keeps_model())
		disk_know(path);
	int result = (int)syscall(SYS_unlink, path);
	if (keeps_model() && result == 0)
		disk_rename();
	return result;
}

/* link, linkat and rename: `number` is of a call with two folders. */
static int name_file(long number, const char *from, const char *to, int flags)
{
	bool is_counted = is_our_path(to);
	int failure = is_counted ? meet(KIND_LINK, true) : 0;

	if (failure != 0)
		return (int)fail(failure);
	if (is_counted && keeps_model()) {
		disk_know(from);
		disk_know(to);
	}
	int result = (int)syscall(number, AT_FDCWD, from, AT_FDCWD, to, flags);
	if (is_counted && keeps_model() && result == 0)
		disk_rename();
	return result;
}

int link(const char *from, const char *to)
{
	return name_file(SYS_linkat, from, to, 0);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	(void)from_folder; /* AT_FDCWD, both */
	(void)to_folder;
	return name_file(SYS_linkat, from, to, flags);
}

int rename(const char *from, const char *to)
{
	return name_file(SYS_renameat2, from, to, 0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is on the disk and not only in the system's memory. Of each file: its content at its last
 * sync, and the writes since; of the folder: its names at its last sync, and all lists of names
 * since. A crash may keep any of the writes that were not synced, sector by sector, in whatever
 * order, and of the names any state since the folder's last sync (file systems keep a journal of
 * those, in order). POSIX promises no more, and ext4 keeps more: a new file's name is not on the
 * disk before its folder was synced.
 */
#include "inject.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FILES_MAX = 64,
	NAMES_MAX = 32,
	LISTS_MAX = 256,
	SECTOR_SIZE = 512,
};

struct change {
	unsigned char *bytes; /* NULL: a truncation to offset */
	size_t length;
	off_t offset;
	struct change *next;
};

struct content {
	unsigned char *bytes;
	size_t length;
};

struct file {
	ino_t inode;
	mode_t mode;
	struct content synced;
	struct change *first;
	struct change **last;
};

struct list {
	size_t count;
	struct {
		char name[128];
		ino_t inode;
	} names[NAMES_MAX];
};

static char disk_folder[4096];
static unsigned long long disk_random;
static struct file disk_files[FILES_MAX];
static size_t disk_file_count;
static struct list disk_lists[LISTS_MAX]; /* [0]: on the disk */
static size_t disk_list_count;

/* --- Tools that go by no function of inject.c --- */

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	(void)dprintf(STDERR_FILENO, "regtool_fault: the disk's model: %s\n", what);
	abort();
}

static bool toss(void)
{
	disk_random = disk_random * 6364136223846793005ULL + 1442695040888963407ULL;
	return (disk_random >> 33) % 2 == 0;
}

static void resize(struct content *content, size_t length)
{
	if (length > content->length) {
		content->bytes = realloc(content->bytes, length);
		must(content->bytes != NULL, "no memory");
		memset(content->bytes + content->length, 0, length - content->length);
	}
	content->length = length;
}

static void put(struct content *content, const unsigned char *bytes, size_t length, size_t offset)
{
	if (offset + length > content->length)
		resize(content, offset + length);
	memcpy(content->bytes + offset, bytes, length);
}

static void read_content(int descriptor, struct content *ret)
{
	struct stat place;

	must(fstat(descriptor, &place) == 0, "fstat");
	size_t length = (size_t)place.st_size;
	unsigned char *bytes = malloc(length + 1);
	must(bytes != NULL, "no memory");
	must(syscall(SYS_pread64, descriptor, bytes, length, 0) == (long)length, "pread");
	free(ret->bytes);
	*ret = (struct content){ bytes, length };
}

static void read_list(struct list *ret)
{
	DIR *folder = opendir(disk_folder);
	struct dirent *entry;

	must(folder != NULL, "opendir");
	ret->count = 0;
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_type != DT_REG)
			continue;
		must(ret->count < NAMES_MAX && strlen(entry->d_name) < sizeof ret->names[0].name,
			"a name too many");
		(void)snprintf(ret->names[ret->count].name, sizeof ret->names[0].name, "%s",
			entry->d_name);
		ret->names[ret->count++].inode = entry->d_ino;
	}
	(void)closedir(folder);
}

/* --- The model --- */

static struct file *find(ino_t inode)
{
	for (size_t i = 0; i < disk_file_count; i++) {
		if (disk_files[i].inode == inode)
			return &disk_files[i];
	}
	return NULL;
}

static void forget_changes(struct file *file)
{
	while (file->first != NULL) {
		struct change *change = file->first;
		file->first = change->next;
		free(change->bytes);
		free(change);
	}
	file->last = &file->first;
}

void disk_know(const char *path)
{
	struct stat place;
	int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);

	if (descriptor < 0)
		return;
	must(fstat(descriptor, &place) == 0, "fstat");
	if (!S_ISREG(place.st_mode) || find(place.st_ino) != NULL) {
		(void)syscall(SYS_close, descriptor);
		return;
	}
	must(disk_file_count < FILES_MAX, "a file too many");
	struct file *file = &disk_files[disk_file_count++];
	file->inode = place.st_ino;
	file->mode = place.st_mode & 0777;
	file->last = &file->first;
	read_content(descriptor, &file->synced);
	/* Stays open, so that a deleted file's number is given to no other. */
}

void disk_know_descriptor(int descriptor)
{
	char path[64];

	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
	disk_know(path);
}

void disk_start(const char *folder, unsigned seed)
{
	(void)snprintf(disk_folder, sizeof disk_folder, "%s", folder);
	disk_random = seed * 2654435761ULL + 1;
	read_list(&disk_lists[0]);
	disk_list_count = 1;
	/* All are known from the beginning, and none can be lost from sight. */
	for (size_t i = 0; i < disk_lists[0].count; i++)
		disk_know(disk_lists[0].names[i].name);
}

void disk_write(int descriptor, const void *bytes, size_t length, off_t offset)
{
	struct stat place;
	struct change *change = calloc(1, sizeof *change);

	must(change != NULL && fstat(descriptor, &place) == 0, "fstat");
	struct file *file = find(place.st_ino);
	must(file != NULL, "a write to a file that was never opened");
	if (bytes != NULL) {
		change->bytes = malloc(length);
		must(change->bytes != NULL, "no memory");
		memcpy(change->bytes, bytes, length);
	}
	change->length = length;
	change->offset = offset;
	*file->last = change;
	file->last = &change->next;
}

void disk_sync(int descriptor)
{
	struct stat place;

	must(fstat(descriptor, &place) == 0, "fstat");
	if (S_ISDIR(place.st_mode)) {
		read_list(&disk_lists[0]);
		disk_list_count = 1;
		return;
	}
	struct file *file = find(place.st_ino);
	must(file != NULL, "a sync of a file that was never opened");
	/* By a path: it may be open for writing only. (To close it drops the process's locks, but
	 * nobody else works here.) */
	char path[64];
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
	int reader = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	must(reader >= 0, "open");
	read_content(reader, &file->synced);
	(void)syscall(SYS_close, reader);
	file->mode = place.st_mode & 0777;
	forget_changes(file);
}

void disk_rename(void)
{
	must(disk_list_count < LISTS_MAX, "a list too many");
	read_list(&disk_lists[disk_list_count++]);
}

/* --- The end --- */

/* Each sector of a write for itself. */
static void apply_parts(struct content *content, const struct change *change)
{
	size_t offset = (size_t)change->offset;

	if (change->bytes == NULL) {
		if (toss())
			resize(content, offset);
		return;
	}
	for (size_t done = 0; done < change->length;) {
		size_t length = SECTOR_SIZE - (offset + done) % SECTOR_SIZE;
		if (length > change->length - done)
			length = change->length - done;
		if (toss())
			put(content, change->bytes + done, length, offset + done);
		done += length;
	}
}

static void write_file(const char *name, const struct file *file, const struct content *content)
{
	int descriptor = (int)syscall(SYS_openat, AT_FDCWD, name,
		O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file->mode);

	must(descriptor >= 0, "open");
	must(syscall(SYS_pwrite64, descriptor, content->bytes, content->length, 0) ==
			(long)content->length,
		"pwrite");
	(void)syscall(SYS_close, descriptor);
}

void disk_crash(bool is_torn)
{
	struct list now;
	size_t kept = 0;

	while (is_torn && kept + 1 < disk_list_count && toss())
		kept++;
	const struct list *list = &disk_lists[kept];
	/* Whatever lies there now goes: a name may be another file's by now. */
	read_list(&now);
	for (size_t i = 0; i < now.count; i++)
		(void)syscall(SYS_unlink, now.names[i].name);
	for (size_t i = 0; i < disk_file_count; i++) {
		for (const struct change *change = disk_files[i].first; is_torn && change != NULL;
			change = change->next)
			apply_parts(&disk_files[i].synced, change);
	}
	for (size_t i = 0; i < list->count; i++) {
		struct file *file = find(list->names[i].inode);
		must(file != NULL, "a name without a file");
		write_file(list->names[i].name, file, &file->synced);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	READ_SIZE = 1 << 16,
};

/* A folder for large files comes first: /tmp may be memory. */
static const char *const folders[] = { "/var/tmp", "/tmp" };
static const char *const templates[] = { "/var/tmp/regtool-XXXXXX", "/tmp/regtool-XXXXXX" };

/* For file systems without O_TMPFILE. */
static int open_unlinked(const char *template)
{
	char path[64];

	strcpy(path, template);
	int descriptor = mkostemp(path, O_CLOEXEC);
	if (descriptor != -1)
		(void)unlink(path);
	return descriptor;
}

/* -1 with errno set if it cannot be made in any of the folders. */
static int open_nameless(void)
{
	int descriptor = -1;

	for (size_t i = 0; descriptor == -1 && i < sizeof folders / sizeof folders[0]; i++) {
		descriptor = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
		if (descriptor == -1)
			descriptor = open_unlinked(templates[i]);
	}
	return descriptor;
}

static void fail(struct spool *spool)
{
	if (spool->failure == 0)
		spool->failure = errno;
}

static void move_to_file(struct spool *spool)
{
	if (!spool->has_file) {
		spool->descriptor = open_nameless();
		if (spool->descriptor == -1) {
			fail(spool);
			return;
		}
		spool->has_file = true;
	}
	for (size_t done = 0; done < spool->memory.length;) {
		ssize_t written = write(spool->descriptor, spool->memory.text + done,
			spool->memory.length - done);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			fail(spool);
			break;
		}
		done += (size_t)written;
	}
	str_clear(&spool->memory);
}

void spool_add(struct spool *spool, const void *bytes, size_t length)
{
	if (spool->failure != 0)
		return;
	str_add_bytes(&spool->memory, bytes, length);
	if (spool->memory.length > SPOOL_MEMORY_MAX)
		move_to_file(spool);
}

enum status spool_status(const struct spool *spool, struct error *error)
{
	if (spool->failure == 0)
		return STATUS_OK;
	errno = spool->failure;
	return error_set_errno(error, STATUS_IO, "cannot keep the result in a temporary file");
}

void spool_clear(struct spool *spool)
{
	if (spool->has_file)
		(void)close(spool->descriptor);
	spool->has_file = false;
	spool->position = 0;
	spool->failure = 0;
	str_clear(&spool->memory);
}

enum status spool_rewind(struct spool *spool, struct error *error)
{
	spool->position = 0;
	if (spool->failure == 0 && spool->has_file) {
		move_to_file(spool);
		if (lseek(spool->descriptor, 0, SEEK_SET) != 0)
			fail(spool);
	}
	return spool_status(spool, error);
}

/* The next piece of the file into memory; false at its end. */
static bool read_piece(struct spool *spool)
{
	char bytes[READ_SIZE];
	ssize_t length;

	do
		length = read(spool->descriptor, bytes, sizeof bytes);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		fail(spool);
	str_clear(&spool->memory);
	spool->position = 0;
	if (length <= 0)
		return false;
	str_add_bytes(&spool->memory, bytes, (size_t)length);
	return true;
}

size_t spool_read(struct spool *spool, void *ret_bytes, size_t size)
{
	char *at = ret_bytes;
	size_t done = 0;

	while (done < size && spool->failure == 0) {
		size_t left = spool->memory.length - spool->position;
		if (left == 0 && (!spool->has_file || !read_piece(spool)))
			break;
		left = spool->memory.length - spool->position;
		size_t length = size - done < left ? size - done : left;
		memcpy(at + done, spool->memory.text + spool->position, length);
		spool->position += length;
		done += length;
	}
	return done;
}

enum status spool_descriptor(struct spool *spool, int *ret_descriptor, struct error *error)
{
	move_to_file(spool);
	if (spool->failure == 0 && lseek(spool->descriptor, 0, SEEK_SET) != 0)
		fail(spool);
	enum status status = spool_status(spool, error);
	if (status == STATUS_OK)
		*ret_descriptor = spool->descriptor;
	return status;
}

void spool_free(struct spool *spool)
{
	spool_clear(spool);
	str_free(&spool->memory);
}

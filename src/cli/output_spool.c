/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In a folder for large files first: /tmp may be memory. */
static const char *const folders[] = { "/var/tmp", "/tmp" };

static FILE *open_nameless(void)
{
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		int descriptor = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
		if (descriptor == -1)
			continue;
		FILE *file = fdopen(descriptor, "w+");
		if (file == NULL)
			(void)close(descriptor);
		return file;
	}
	return tmpfile(); /* file systems without O_TMPFILE: made, then unlinked */
}

static void fail(struct spool *spool)
{
	if (spool->failure == 0)
		spool->failure = errno != 0 ? errno : EIO;
}

static void write_file(struct spool *spool, const void *bytes, size_t length)
{
	errno = 0;
	if (length > 0 && fwrite(bytes, 1, length, spool->file) != length)
		fail(spool);
}

void spool_add(struct spool *spool, const void *bytes, size_t length)
{
	if (spool->failure != 0)
		return;
	if (spool->file == NULL && length <= SPOOL_MEMORY_MAX - spool->memory.length) {
		str_add_bytes(&spool->memory, bytes, length);
		return;
	}
	if (spool->file == NULL) {
		spool->file = open_nameless();
		if (spool->file == NULL) {
			fail(spool);
			return;
		}
		write_file(spool, spool->memory.text, spool->memory.length);
		str_free(&spool->memory);
	}
	write_file(spool, bytes, length);
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
	if (spool->file != NULL)
		(void)fclose(spool->file);
	spool->file = NULL;
	spool->position = 0;
	spool->failure = 0;
	str_clear(&spool->memory);
}

enum status spool_rewind(struct spool *spool, struct error *error)
{
	spool->position = 0;
	errno = 0;
	if (spool->failure == 0 && spool->file != NULL &&
		(fflush(spool->file) != 0 || fseeko(spool->file, 0, SEEK_SET) != 0))
		fail(spool);
	return spool_status(spool, error);
}

size_t spool_read(struct spool *spool, void *ret_bytes, size_t size)
{
	if (spool->failure != 0)
		return 0;
	if (spool->file != NULL) {
		errno = 0;
		size_t length = fread(ret_bytes, 1, size, spool->file);
		if (length < size && ferror(spool->file))
			fail(spool);
		return length;
	}
	size_t left = spool->memory.length - spool->position;
	size_t length = size < left ? size : left;
	memcpy(ret_bytes, spool->memory.text + spool->position, length);
	spool->position += length;
	return length;
}

void spool_free(struct spool *spool)
{
	spool_clear(spool);
	str_free(&spool->memory);
}

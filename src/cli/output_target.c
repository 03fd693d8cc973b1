/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output_target.h"

#include "util/memory.h"
#include "util/str.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LINKS_MAX = 40,   /* as many as Linux follows */
	NAMES_MAX = 1000, /* taken by what others left, at most */
};

static const char temporary_start[] = ".regtool-";

static enum status fail(const struct target *target, struct error *error)
{
	if (target->path == NULL)
		return error_set_errno(error, STATUS_IO, "cannot write standard output");
	bool has_no_folder = errno == ENOENT;
	(void)error_set_errno(error, STATUS_IO, "cannot write '%s'", target->path);
	return has_no_folder ? error_hint(error, "its folder does not exist") : STATUS_IO;
}

/* The folder's part of a path with its slash: "" where there is none. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return xstrndup(path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
}

char *target_follow_links(const char *path)
{
	CLEANUP(memory_free_text) char *at = xstrdup(path);

	for (int links = 0; links < LINKS_MAX; links++) {
		char link[PATH_MAX];
		ssize_t length = readlink(at, link, sizeof link - 1);
		if (length < 0 && (errno == EINVAL || errno == ENOENT)) {
			char *end = at;
			at = NULL;
			return end;
		}
		if (length < 0)
			return NULL;
		link[length] = '\0';
		struct str next = STR_INIT;
		if (*link != '/') {
			CLEANUP(memory_free_text) char *folder = folder_of(at);
			str_add(&next, folder);
		}
		str_add(&next, link);
		free(at);
		at = str_steal(&next);
	}
	errno = ELOOP;
	return NULL;
}

static void forget_temporary(struct target *target)
{
	free(target->temporary);
	target->temporary = NULL;
}

/* Where the system shows what a descriptor has open: the way to name a nameless file. */
static void add_own_path(struct str *str, int descriptor)
{
	str_addf(str, "/proc/self/fd/%d", descriptor);
}

static mode_t mode_of_new_files(void)
{
	mode_t mask = umask(077);

	(void)umask(mask);
	return 0666 & ~mask;
}

static enum status check_folder(const struct target *target, struct error *error)
{
	CLEANUP(memory_free_text) char *folder = folder_of(target->path);
	const char *path = *folder != '\0' ? folder : ".";

	if (faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) != 0)
		return fail(target, error);
	return STATUS_OK;
}

/* There is such a file: it is replaced (and keeps its mode), or written to directly. */
static enum status check_existing(struct target *target, const char *path,
	const struct stat *existing, struct error *error)
{
	if (S_ISDIR(existing->st_mode)) {
		errno = EISDIR;
		return fail(target, error);
	}
	if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
		return fail(target, error);
	if (!S_ISREG(existing->st_mode)) {
		target->is_direct = true;
		return STATUS_OK;
	}
	target->mode = existing->st_mode & 0777;
	return STATUS_OK;
}

enum status target_check(struct target *target, const char *path, bool is_private,
	struct error *error)
{
	struct stat existing;

	if (path == NULL || strcmp(path, "-") == 0)
		return STATUS_OK;
	target->path = xstrdup(path);
	if (stat(path, &existing) == 0) {
		enum status status = check_existing(target, path, &existing, error);
		if (status != STATUS_OK || target->is_direct)
			return status;
	} else if (errno == ENOENT) {
		target->mode = mode_of_new_files();
	} else {
		return fail(target, error);
	}
	if (is_private)
		target->mode = 0600;
	char *end = target_follow_links(path);
	if (end == NULL)
		return fail(target, error);
	free(target->path);
	target->path = end;
	return check_folder(target, error);
}

/* A file without a name, which a process that is killed does not leave behind. -1 where the
 * file system has none, or where it could not be given a name later. */
static int open_nameless(const char *folder)
{
	CLEANUP(str_free) struct str path = STR_INIT;
	int descriptor =
		open(*folder != '\0' ? folder : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	if (descriptor == -1)
		return -1;
	add_own_path(&path, descriptor);
	if (access(path.text, F_OK) == 0)
		return descriptor;
	(void)close(descriptor); /* no /proc */
	return -1;
}

static int open_temporary(struct target *target)
{
	CLEANUP(memory_free_text) char *folder = folder_of(target->path);
	struct str name = STR_INIT;

	int descriptor = open_nameless(folder);
	if (descriptor != -1)
		return descriptor;
	str_addf(&name, "%s%sXXXXXX", folder, temporary_start);
	target->temporary = str_steal(&name);
	descriptor = mkostemp(target->temporary, O_CLOEXEC);
	if (descriptor == -1)
		forget_temporary(target);
	return descriptor;
}

static enum status open_descriptor(struct target *target, int *ret_descriptor, struct error *error)
{
	int descriptor = target->is_direct ? open(target->path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
					   : open_temporary(target);

	if (descriptor == -1)
		return fail(target, error);
	if (!target->is_direct && fchmod(descriptor, target->mode) != 0) {
		enum status status = fail(target, error);
		(void)close(descriptor);
		return status;
	}
	*ret_descriptor = descriptor;
	return STATUS_OK;
}

enum status target_open(struct target *target, struct error *error)
{
	int descriptor = -1;

	assert(target->stream == NULL);
	if (target->path == NULL) {
		target->stream = stdout;
		return STATUS_OK;
	}
	enum status status = open_descriptor(target, &descriptor, error);
	if (status != STATUS_OK)
		return status;
	target->stream = fdopen(descriptor, "w");
	if (target->stream == NULL) {
		status = fail(target, error);
		(void)close(descriptor);
		return status;
	}
	return STATUS_OK;
}

enum status target_write(struct target *target, const void *bytes, size_t length,
	struct error *error)
{
	if (length > 0 && fwrite(bytes, 1, length, target->stream) != length)
		return fail(target, error);
	return STATUS_OK;
}

enum status target_flush(struct target *target, struct error *error)
{
	if (fflush(target->stream) != 0)
		return fail(target, error);
	return STATUS_OK;
}

static enum status sync_folder(const struct target *target, struct error *error)
{
	CLEANUP(memory_free_text) char *folder = folder_of(target->path);
	int descriptor = open(*folder != '\0' ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (descriptor == -1)
		return fail(target, error);
	enum status status = fsync(descriptor) == 0 ? STATUS_OK : fail(target, error);
	(void)close(descriptor);
	return status;
}

/* Names a nameless file, by a name that nothing has. */
static enum status give_name(struct target *target, struct error *error)
{
	CLEANUP(memory_free_text) char *folder = folder_of(target->path);
	CLEANUP(str_free) struct str own_path = STR_INIT;

	if (target->temporary != NULL)
		return STATUS_OK;
	add_own_path(&own_path, fileno(target->stream));
	for (unsigned attempt = 0; attempt < NAMES_MAX; attempt++) {
		struct str name = STR_INIT;
		str_addf(&name, "%s%s%lu-%u", folder, temporary_start, (unsigned long)getpid(),
			attempt);
		target->temporary = str_steal(&name);
		if (linkat(AT_FDCWD, own_path.text, AT_FDCWD, target->temporary,
			    AT_SYMLINK_FOLLOW) == 0)
			return STATUS_OK;
		int number = errno;
		forget_temporary(target);
		errno = number;
		if (number != EEXIST)
			break;
	}
	return fail(target, error);
}

enum status target_commit(struct target *target, struct error *error)
{
	enum status status = target_flush(target, error);

	if (status != STATUS_OK || target->path == NULL)
		return status;
	if (!target->is_direct) {
		if (fsync(fileno(target->stream)) != 0)
			return fail(target, error);
		status = give_name(target, error);
		if (status != STATUS_OK)
			return status;
	}
	FILE *stream = target->stream;
	target->stream = NULL;
	if (fclose(stream) != 0)
		return fail(target, error);
	if (target->is_direct)
		return STATUS_OK;
	if (rename(target->temporary, target->path) != 0)
		return fail(target, error);
	forget_temporary(target);
	return sync_folder(target, error);
}

void target_close(struct target *target)
{
	if (target->stream != NULL && target->path != NULL)
		(void)fclose(target->stream);
	if (target->temporary != NULL)
		(void)unlink(target->temporary);
	forget_temporary(target);
	free(target->path);
	*target = (struct target){ .stream = NULL };
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new database comes into being under another name and is linked into its place when it
 * is whole and synced: nobody ever sees a half one, and what a crash leaves behind is in
 * nobody's way.
 */
#include "store/db_private.h"
#include "util/memory.h"
#include "util/str.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum status db_make_place(struct db *db, const char *path, struct error *error)
{
	CLEANUP(str_free) struct str name = STR_INIT;

	str_addf(&name, "%s.new-XXXXXX", path);
	/* mkstemp makes it 0600 whatever the umask. */
	int descriptor = mkostemp(name.text, O_CLOEXEC);
	if (descriptor < 0) {
		bool has_no_folder = errno == ENOENT;
		(void)error_set_errno(error, STATUS_IO, "cannot make '%s'", path);
		return has_no_folder ? error_hint(error, "its folder does not exist") : STATUS_IO;
	}
	(void)close(descriptor);
	db->path = str_steal(&name);
	db->place = xstrdup(path);
	return STATUS_OK;
}

void db_clear_place(struct db *db)
{
	if (db->path != NULL && db->place != NULL)
		(void)unlink(db->path);
}

enum status db_sync_path(const char *path, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);

	if (descriptor < 0)
		return error_set_errno(error, STATUS_IO, "%s", path);
	int result = fsync(descriptor);
	int number = errno;
	(void)close(descriptor);
	errno = number;
	return result == 0 ? STATUS_OK : error_set_errno(error, STATUS_IO, "%s", path);
}

/* link(2) never replaces. */
static enum status link_file(const char *path, const char *place, bool replaces_empty,
	struct error *error)
{
	struct stat there;

	if (link(path, place) == 0) {
		(void)unlink(path);
		return STATUS_OK;
	}
	if (errno != EEXIST || lstat(place, &there) != 0)
		return error_set_errno(error, STATUS_IO, "%s", place);
	if (replaces_empty && S_ISREG(there.st_mode) && there.st_size == 0) {
		if (rename(path, place) == 0)
			return STATUS_OK;
		return error_set_errno(error, STATUS_IO, "%s", place);
	}
	(void)error_set(error, STATUS_EXISTS, "%s: exists already", place);
	return error_hint(error, "it was left alone");
}

enum status db_publish(struct db **db, struct error *error)
{
	CLEANUP(memory_free_text) char *path = xstrdup((*db)->path);
	CLEANUP(memory_free_text) char *place = (*db)->place;
	CLEANUP(memory_free_text) char *copy = xstrdup(place);
	bool replaces_empty = (*db)->replaces_empty;

	/* From here on the file is ours to unlink, not db_close's. */
	(*db)->place = NULL;
	db_closep(db);
	enum status status = db_sync_path(path, error);
	if (status == STATUS_OK)
		status = link_file(path, place, replaces_empty, error);
	if (status == STATUS_OK)
		status = db_sync_path(dirname(copy), error);
	else
		(void)unlink(path);
	return status;
}

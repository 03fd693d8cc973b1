/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lets another connection write in the middle of what is tested, without a second process and
 * without luck: a SQLite file layer of the test's own, in which the other writes whenever the
 * main database lets go of its lock.
 */
#ifndef REGTOOL_TESTS_INTERFERE_H
#define REGTOOL_TESTS_INTERFERE_H

#include "support.h"

struct interference {
	struct db *writer; /* NULL: nobody writes */
	int remaining;     /* writings still to come */
	int done;
	void (*write)(struct db *writer, int number);
};

static struct interference interference;
static const char *interfere_name; /* of the database's file */
static sqlite3_vfs interfere_layer;
static sqlite3_vfs *interfere_below;
static sqlite3_io_methods interfere_methods;
static const sqlite3_io_methods *interfere_methods_below;

static int interfere_unlock(sqlite3_file *file, int level)
{
	int result = interfere_methods_below->xUnlock(file, level);

	if (interference.writer != NULL && interference.remaining > 0 && level == 0) {
		struct db *writer = interference.writer;

		interference.writer = NULL; /* not for its own unlocking */
		interference.remaining--;
		interference.write(writer, interference.done++);
		interference.writer = writer;
	}
	return result;
}

static int interfere_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
	int *ret_flags)
{
	(void)vfs;
	int result = interfere_below->xOpen(interfere_below, name, file, flags, ret_flags);

	if (result == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0 &&
		strstr(name, interfere_name) != NULL) {
		interfere_methods_below = file->pMethods;
		interfere_methods = *interfere_methods_below;
		interfere_methods.xUnlock = interfere_unlock;
		file->pMethods = &interfere_methods;
	}
	return result;
}

/* From here on connections that open the file have the layer; the name is borrowed. */
static void interfere_start(const char *name)
{
	interfere_name = name;
	interfere_below = sqlite3_vfs_find(NULL);
	interfere_layer = *interfere_below;
	interfere_layer.zName = "interfering";
	interfere_layer.xOpen = interfere_open;
	assert_int_equal(sqlite3_vfs_register(&interfere_layer, 1), SQLITE_OK);
}

static void interfere_stop(void)
{
	interference.writer = NULL;
	assert_int_equal(sqlite3_vfs_unregister(&interfere_layer), SQLITE_OK);
	assert_int_equal(sqlite3_vfs_register(interfere_below, 1), SQLITE_OK);
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/db.h"
#include "support.h"
#include "util/memory.h"

#include <dirent.h>

/* Number of entries of the folder, "." and ".." left out. */
static int count_files(const char *folder)
{
	DIR *entries = opendir(folder);
	int count = 0;

	assert_non_null(entries);
	while (readdir(entries) != NULL)
		count++;
	assert_int_equal(closedir(entries), 0);
	return count - 2;
}

static void enter(const char *folder)
{
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(chdir(folder), 0);
}

static void test_new(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;
	struct stat file;

	(void)state;
	enter("new");
	(void)umask(0);
	assert_ok(db_open("fresh.db", DB_NEW, NULL, &db, &error), error);
	(void)umask(022);
	assert_string_equal(db_path(db), "fresh.db");
	assert_false(support_exists("fresh.db"));
	assert_ok(db_publish(&db, &error), error);
	assert_null(db);
	assert_int_equal(count_files("."), 1);
	assert_int_equal(stat("fresh.db", &file), 0);
	assert_int_equal(file.st_mode & 07777, 0600);
	assert_int_equal(file.st_nlink, 1);
	assert_ok(db_open("fresh.db", DB_READ, NULL, &db, &error), error);
	db_close(db);
	assert_int_equal(chdir(".."), 0);
}

/* Closed without having been published: as if it had never been. */
static void test_given_up(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	(void)state;
	enter("given-up");
	assert_ok(db_open("fresh.db", DB_NEW, NULL, &db, &error), error);
	assert_int_equal(count_files("."), 1);
	db_close(db);
	assert_int_equal(count_files("."), 0);
	db = NULL;
	assert_fails(db_open("no/folder.db", DB_NEW, NULL, &db, &error), STATUS_IO, "no/folder.db",
		error);
	assert_null(db);
	assert_int_equal(chdir(".."), 0);
}

static void test_exists(void **state)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;
	size_t length;

	(void)state;
	enter("exists");
	support_write("there.db", "words", 5);
	assert_fails(db_open("there.db", DB_NEW, NULL, &db, &error), STATUS_EXISTS, "there.db",
		error);
	assert_null(db);
	/* Somebody else was faster. */
	assert_ok(db_open("race.db", DB_NEW, NULL, &db, &error), error);
	support_write("race.db", "words", 5);
	assert_fails(db_publish(&db, &error), STATUS_EXISTS, "race.db", error);
	assert_null(db);
	CLEANUP(memory_free_text) char *bytes = support_read("race.db", &length);
	assert_string_equal(bytes, "words");
	/* A file of no bytes counts as none. */
	support_write("empty.db", "", 0);
	assert_ok(db_open("empty.db", DB_NEW, NULL, &db, &error), error);
	assert_ok(db_publish(&db, &error), error);
	assert_ok(db_open("empty.db", DB_READ, NULL, &db, &error), error);
	db_close(db);
	db = NULL;
	assert_int_equal(count_files("."), 3);
	/* A link that leads nowhere is not followed to somewhere. */
	assert_int_equal(symlink("nowhere.db", "link.db"), 0);
	assert_ok(db_open("link.db", DB_NEW, NULL, &db, &error), error);
	assert_fails(db_publish(&db, &error), STATUS_EXISTS, "link.db", error);
	assert_int_equal(count_files("."), 4);
	assert_int_equal(chdir(".."), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_exists),
	};

	return cmocka_run_group_tests_name("publish", tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/key.h"

#include "support.h"
#include "util/memory.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>

static struct key *counted_key(void)
{
	unsigned char bytes[KEY_SIZE];

	for (int i = 0; i < KEY_SIZE; i++)
		bytes[i] = (unsigned char)i;
	return key_from_bytes(bytes);
}

static void assert_key_refused(const char *path, const char *words)
{
	struct error error = ERROR_INIT;
	struct key *key = NULL;

	assert_fails(key_load(path, &key, &error), STATUS_KEY, words, error);
	assert_null(key);
}

static void test_file(void **state)
{
	CLEANUP(key_freep) struct key *key = counted_key();
	CLEANUP(key_freep) struct key *again = NULL;
	struct error error = ERROR_INIT;
	struct stat file;

	(void)state;
	(void)umask(0);
	assert_false(key_file_exists("a.key"));
	assert_ok(key_write(key, "a.key", &error), error);
	(void)umask(022);
	assert_true(key_file_exists("a.key"));
	assert_int_equal(stat("a.key", &file), 0);
	assert_int_equal(file.st_mode & 07777, 0600);
	CLEANUP(memory_free_text) char *text = support_read("a.key", NULL);
	assert_string_equal(text,
		"regtool key 1\n"
		"id: 961b344a17f74ff4\n"
		"key: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
		"check: a0189a46\n");
	assert_ok(key_load("a.key", &again, &error), error);
	assert_memory_equal(key_id(key), key_id(again), KEY_ID_SIZE);
	unsigned char subkeys[2][KEY_SIZE];
	key_derive(key, 5, "regevent", subkeys[0]);
	key_derive(again, 5, "regevent", subkeys[1]);
	assert_memory_equal(subkeys[0], subkeys[1], KEY_SIZE);
	/* It is never replaced. */
	assert_fails(key_write(again, "a.key", &error), STATUS_EXISTS, "a.key", error);
	assert_fails(key_write(again, "no/folder.key", &error), STATUS_IO, "no/folder.key", error);
}

static int count_files(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		count += entry->d_name[0] != '.';
	assert_int_equal(closedir(folder), 0);
	return count;
}

/* The file is there, whole, or nothing is: half a one would be in the way of the next attempt. */
static void test_whole_or_nothing(void **state)
{
	CLEANUP(key_freep) struct key *key = counted_key();
	struct error error = ERROR_INIT;
	struct rlimit limit;

	(void)state;
	assert_int_equal(mkdir("keys", 0700), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	const struct rlimit small = { .rlim_cur = 50, .rlim_max = limit.rlim_max };
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	enum status status = key_write(key, "keys/a.key", &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_fails(status, STATUS_IO, "keys/a.key", error);
	assert_int_equal(count_files("keys"), 0);
	assert_ok(key_write(key, "keys/a.key", &error), error);
	assert_fails(key_write(key, "keys/a.key", &error), STATUS_EXISTS, "keys/a.key", error);
	assert_int_equal(symlink("nowhere", "keys/link.key"), 0);
	assert_fails(key_write(key, "keys/link.key", &error), STATUS_EXISTS, "link.key", error);
	assert_int_equal(count_files("keys"), 2);
}

static void test_new_keys_differ(void **state)
{
	CLEANUP(key_freep) struct key *one = key_make();
	CLEANUP(key_freep) struct key *two = key_make();

	(void)state;
	assert_memory_not_equal(key_id(one), key_id(two), KEY_ID_SIZE);
}

static void test_refused(void **state)
{
	static const mode_t open_modes[] = { 0640, 0604, 0620, 0602, 0610, 0644, 0666 };
	CLEANUP(key_freep) struct key *key = counted_key();
	CLEANUP(key_freep) struct key *again = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	assert_key_refused("missing.key", "key file 'missing.key': No such file");
	assert_int_equal(mkdir("folder.key", 0700), 0);
	assert_key_refused("folder.key", "key file 'folder.key': not a regular file");
	assert_int_equal(mkfifo("pipe.key", 0600), 0);
	assert_key_refused("pipe.key", "key file 'pipe.key': not a regular file");
	assert_ok(key_write(key, "open.key", &error), error);
	for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
		assert_int_equal(chmod("open.key", open_modes[i]), 0);
		assert_key_refused("open.key", "key file 'open.key': others can");
	}
	assert_int_equal(chmod("open.key", 0400), 0);
	assert_ok(key_load("open.key", &again, &error), error);
}

static void write_private(const char *path, const char *bytes, size_t length)
{
	support_write(path, bytes, length);
	assert_int_equal(chmod(path, 0600), 0);
}

/* Another byte anywhere, one more, one less: not a key. */
static void test_damaged(void **state)
{
	CLEANUP(key_freep) struct key *key = counted_key();
	struct error error = ERROR_INIT;
	size_t length;

	(void)state;
	assert_ok(key_write(key, "good.key", &error), error);
	CLEANUP(memory_free_text) char *text = support_read("good.key", &length);
	for (size_t i = 0; i < length; i++) {
		char kept = text[i];

		text[i] = kept == '0' ? '1' : '0';
		write_private("bad.key", text, length);
		assert_key_refused("bad.key", "key file 'bad.key': damaged");
		text[i] = '\0';
		write_private("bad.key", text, length);
		assert_key_refused("bad.key", "damaged");
		text[i] = kept;
		write_private("bad.key", text, i);
		assert_key_refused("bad.key", "damaged");
	}
	text[length] = '\n';
	write_private("bad.key", text, length + 1);
	assert_key_refused("bad.key", "damaged");
	char large[4096];
	memset(large, 'k', sizeof large);
	memcpy(large, text, length);
	write_private("bad.key", large, sizeof large);
	assert_key_refused("bad.key", "damaged");
}

/* The database names the key that it knows. */
static void test_wrong_key(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(key_freep) struct key *key = counted_key();
	CLEANUP(key_freep) struct key *other = key_make();
	struct error error = ERROR_INIT;
	char id[2 * KEY_ID_SIZE + 1];

	(void)state;
	support_database("key.db");
	assert_ok(db_open("key.db", DB_WRITE, NULL, &db, &error), error);
	hash_to_hex(key_id(other), KEY_ID_SIZE, id);
	assert_fails(key_check(other, "o.key", db, &error), STATUS_KEY, "key file 'o.key'", error);
	assert_ok(key_register(key, db, 1000, &error), error);
	assert_ok(key_check(key, "a.key", db, &error), error);
	assert_fails(key_check(other, "o.key", db, &error), STATUS_KEY, "key file 'o.key'", error);
	assert_fails(key_check(other, "o.key", db, &error), STATUS_KEY, id, error);
	assert_fails(key_check(other, "o.key", db, &error), STATUS_KEY, "961b344a17f74ff4", error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_whole_or_nothing),
		cmocka_unit_test(test_new_keys_differ),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_wrong_key),
	};

	return cmocka_run_group_tests_name("key", tests, support_start, support_stop);
}

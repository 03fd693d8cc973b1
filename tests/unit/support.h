/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests that need files or a database share. A test program that uses it calls
 * support_start() and support_stop() as its group's set-up and end: it then stands in an
 * empty folder of its own.
 */
#ifndef REGTOOL_TESTS_SUPPORT_H
#define REGTOOL_TESTS_SUPPORT_H

#include "store/db.h"
#include "store/db_private.h"
#include "store/event_store.h"
#include "util/error.h"
#include "util/hash.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The call must succeed; else its message is shown. `error` is the struct error's name. */
#define assert_ok(call, error)                                                                     \
	do {                                                                                       \
		if ((call) != STATUS_OK)                                                           \
			fail_msg("%s: %s", #call, (error).message);                                \
	} while (0)

/* The call must fail with the status, and its message have the words. */
#define assert_fails(call, wanted, words, error)                                                   \
	do {                                                                                       \
		enum status status_ = (call);                                                      \
		if (status_ != (wanted))                                                           \
			fail_msg("%s: status %d: %s", #call, (int)status_, (error).message);       \
		if (strstr((error).message, (words)) == NULL)                                      \
			fail_msg("%s: no '%s' in '%s'", #call, (words), (error).message);          \
		assert_int_equal((error).status, wanted);                                          \
		error_clear(&(error));                                                             \
	} while (0)

/* For what names faults one by one: there must be none. */
static inline void support_no_fault(void *data, const char *sentence)
{
	(void)data;
	fail_msg("%s", sentence);
}

static char support_folder[] = "/tmp/regtool-unit-XXXXXX";

static inline int support_start(void **state)
{
	(void)state;
	if (hash_start_library() != 0 || mkdtemp(support_folder) == NULL)
		return -1;
	/* Others may look, so that a test can stop being root. */
	return chdir(support_folder) == 0 ? chmod(support_folder, 0755) : -1;
}

static inline int support_remove(const char *path, const struct stat *file, int flag,
	struct FTW *place)
{
	(void)file;
	(void)flag;
	(void)place;
	return remove(path);
}

static inline int support_stop(void **state)
{
	(void)state;
	if (chdir("/") != 0)
		return -1;
	return nftw(support_folder, support_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* Whether there is something under the name. */
static inline bool support_exists(const char *path)
{
	struct stat file;

	return lstat(path, &file) == 0;
}

static inline void support_write(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* The whole file, with a NUL behind; the caller frees it. */
static inline char *support_read(const char *path, size_t *ret_length)
{
	struct stat info;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &info), 0);
	char *bytes = calloc(1, (size_t)info.st_size + 1);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, (size_t)info.st_size, file), info.st_size);
	assert_int_equal(fclose(file), 0);
	if (ret_length != NULL)
		*ret_length = (size_t)info.st_size;
	return bytes;
}

/* Makes a database with the event 'e' (number 1, zone Europe/Zurich) at the path. */
static inline void support_database(const char *path)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct db *db = NULL;
	int64_t event_id = 0;
	struct event_row row = {
		.code = "e",
		.title = "",
		.timezone = "Europe/Zurich",
		.url = "",
		.doors_min = 30,
	};

	assert_ok(db_open(path, DB_NEW, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	assert_ok(event_store_insert(db, &row, &event_id, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_ok(db_publish(&db, &error), error);
	assert_int_equal(event_id, 1);
}

/* Adds a registrant of event 1 with the number, whose person has it too. */
static inline void support_registrant(struct db *db, int64_t number)
{
	struct error error = ERROR_INIT;
	char sql[400];

	(void)snprintf(sql, sizeof sql,
		"INSERT INTO person (person_id, email, email_key, name)"
		" VALUES (%lld, 'p%lld@example.org', 'p%lld@example.org', 'Person %lld');"
		"INSERT INTO registrant (registrant_id, event_id, person_id, registered_s)"
		" VALUES (%lld, 1, %lld, 1000)",
		(long long)number, (long long)number, (long long)number, (long long)number,
		(long long)number, (long long)number);
	assert_ok(db_execute(db, sql, &error), error);
}

/* Whether the list has "table.column". */
static inline bool support_is_listed(const char *const *list, size_t count, const char *table,
	const char *column)
{
	char name[200];

	(void)snprintf(name, sizeof name, "%s.%s", table, column);
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What earlier changes left in the file, and what is left of it after db_wipe_unused: random
 * changes with fixed seeds, and others that write in the middle of it.
 */
#include "interfere.h"
#include "store/db.h"
#include "store/db_private.h"
#include "util/memory.h"

#include <limits.h>

enum {
	PAGE_SIZE = 4096,
	SEEDS = 12,
	ROWS = 1500,
	LONG_TEXT = 9000, /* on overflow pages */
	BIG_ROWS = 4000,  /* in several slices */
	BIG_ROW = 3000,
};

#define MARKER "Frederike-Quast"

static unsigned random_state;

static unsigned next_random(unsigned limit)
{
	random_state = random_state * 1103515245 + 12345;
	return (random_state >> 8) % limit;
}

__attribute__((format(printf, 2, 3))) static void run(struct db *db, const char *format, ...)
{
	struct error error = ERROR_INIT;
	static char sql[LONG_TEXT + 400];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(sql, sizeof sql, format, arguments);
	va_end(arguments);
	assert_ok(db_execute(db, sql, &error), error);
}

static int64_t number(struct db *db, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(db, sql, &value, &error), error);
	return value;
}

static size_t count_in_file(const char *path, const char *text)
{
	size_t length;
	size_t count = 0;
	CLEANUP(memory_free_text) char *bytes = support_read(path, &length);
	const char *place = bytes;
	const char *end = bytes + length;

	while ((place = memmem(place, (size_t)(end - place), text, strlen(text))) != NULL) {
		place++;
		count++;
	}
	return count;
}

/* Of no use to anybody: of each page of a tree but the first, what lies between the pointers and
 * the cells, and what is free among the cells. */
static size_t count_unused_bytes(const char *path)
{
	size_t length;
	size_t count = 0;
	CLEANUP(memory_free_text) char *file = support_read(path, &length);

	for (size_t at = PAGE_SIZE; at < length; at += PAGE_SIZE) {
		const unsigned char *page = (const unsigned char *)file + at;
		bool is_within = page[0] == 2 || page[0] == 5;
		if (!is_within && page[0] != 10 && page[0] != 13)
			continue;
		size_t begin = (is_within ? 12U : 8U) + 2U * (page[3] * 256U + page[4]);
		size_t end = page[5] * 256U + page[6];
		for (size_t i = begin; i < end; i++)
			count += page[i] != 0;
		size_t block = page[1] * 256U + page[2];
		while (block != 0) {
			size_t size = page[block + 2] * 256U + page[block + 3];
			for (size_t i = block + 4; i < block + size; i++)
				count += page[i] != 0;
			block = page[block] * 256U + page[block + 1];
		}
	}
	return count;
}

/* A connection that does not wait for the disk. */
static struct db *open_quickly(const char *path)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	assert_ok(db_open(path, DB_WRITE, NULL, &db, &error), error);
	run(db, "PRAGMA synchronous=OFF");
	return db;
}

/* --- Random changes --- */

static void add_row(struct db *db, const char *word)
{
	static char text[LONG_TEXT + 1];
	size_t length = next_random(30) == 0 ? next_random(LONG_TEXT) : next_random(120);

	for (size_t i = 0; i < length; i++)
		text[i] = (char)('a' + (i + length) % 26);
	text[length] = '\0';
	run(db,
		"INSERT INTO person (email, email_key, name, affiliation) VALUES"
		" ('%s%u@x', '%s%u@x', '%s %u', '%s')",
		word, next_random(100000), word, next_random(100000), word, next_random(1000),
		text);
}

/* Fills, empties and fills again, with the marked among the others. */
static void make_changes(struct db *db, unsigned seed)
{
	random_state = seed;
	run(db, "BEGIN IMMEDIATE");
	for (int i = 0; i < ROWS; i++)
		add_row(db, next_random(4) == 0 ? MARKER : "other");
	run(db, "COMMIT");
	for (int round = 0; round < 3; round++) {
		run(db, "DELETE FROM person WHERE person_id %% %u = %u", next_random(5) + 2,
			next_random(2));
		run(db, "BEGIN IMMEDIATE");
		for (int i = 0; i < ROWS / 3; i++)
			add_row(db, next_random(4) == 0 ? MARKER : "other");
		run(db, "COMMIT");
	}
	run(db, "DELETE FROM person WHERE name LIKE '" MARKER "%%'");
}

static void test_random(void **state)
{
	size_t left = 0;

	(void)state;
	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		CLEANUP(db_closep) struct db *db = NULL;
		struct error error = ERROR_INIT;
		char path[40];

		(void)snprintf(path, sizeof path, "random-%u.db", seed);
		support_database(path);
		db = open_quickly(path);
		make_changes(db, seed);
		left += count_in_file(path, MARKER);
		int64_t rows = number(db, "SELECT count(*) FROM person");
		int64_t sum =
			number(db, "SELECT sum(length(name) + length(affiliation)) FROM person");
		assert_ok(db_wipe_unused(db, NULL, NULL, &error), error);
		assert_int_equal(count_in_file(path, MARKER), 0);
		assert_int_equal(count_unused_bytes(path), 0);
		assert_ok(db_check_structure(db, false, support_no_fault, NULL, &error), error);
		assert_int_equal(number(db, "SELECT count(*) FROM person"), rows);
		assert_int_equal(number(db, "SELECT sum(length(name) + length(affiliation))"
					    " FROM person"),
			sum);
	}
	/* Else it shows nothing. */
	assert_true(left > SEEDS);
}

/* Nothing to do is nothing written. */
static void test_clean_file(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct error error = ERROR_INIT;
	size_t length;
	size_t again_length;

	(void)state;
	support_database("clean.db");
	db = open_quickly("clean.db");
	make_changes(db, 1);
	assert_ok(db_wipe_unused(db, NULL, NULL, &error), error);
	CLEANUP(memory_free_text) char *bytes = support_read("clean.db", &length);
	assert_ok(db_wipe_unused(db, NULL, NULL, &error), error);
	CLEANUP(memory_free_text) char *again = support_read("clean.db", &again_length);
	assert_int_equal(length, again_length);
	assert_memory_equal(bytes, again, length);
}

/* What connections keep of pages from before is not written back. */
static void test_kept_pages(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *other = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("kept.db");
	db = open_quickly("kept.db");
	other = open_quickly("kept.db");
	make_changes(db, 1);
	assert_true(number(other, "SELECT count(*) FROM person WHERE affiliation <> 'no'") > 0);
	assert_true(number(db, "SELECT count(*) FROM person WHERE affiliation <> 'no'") > 0);
	assert_true(count_in_file("kept.db", MARKER) > 0);
	assert_ok(db_wipe_unused(db, NULL, NULL, &error), error);
	run(other, "UPDATE person SET external_id = 'x' WHERE person_id %% 2 = 0");
	assert_int_equal(count_in_file("kept.db", MARKER), 0);
	run(db, "UPDATE person SET external_id = 'y'");
	assert_int_equal(count_in_file("kept.db", MARKER), 0);
}

/* --- Others, in between --- */

/* Pages are emptied and filled, where the file begins and where it ends. */
static void change_pages(struct db *writer, int number)
{
	run(writer,
		"DELETE FROM person WHERE person_id %% 7 = %d;"
		"INSERT INTO person (name, affiliation) SELECT name, affiliation"
		" FROM person LIMIT 300",
		number % 7);
}

static void count_notice(void *data)
{
	int *count = data;

	(*count)++;
}

static void test_while_others_write(int commits, int wanted_notices)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *writer = NULL;
	struct error error = ERROR_INIT;
	int notices = 0;

	(void)remove("busy.db");
	support_database("busy.db");
	db = open_quickly("busy.db");
	writer = open_quickly("busy.db");
	make_changes(db, 7);
	run(db,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO person (name, affiliation) SELECT 'n', printf('%%.*c', %d, 'z') FROM n",
		BIG_ROWS, BIG_ROW);
	assert_true(count_in_file("busy.db", MARKER) > 0);
	interfere_start("busy.db");
	interference = (struct interference){
		.writer = writer,
		.remaining = commits,
		.write = change_pages,
	};
	enum status status = db_wipe_unused(db, count_notice, &notices, &error);
	interfere_stop();
	assert_ok(status, error);
	if (commits < INT_MAX)
		assert_int_equal(interference.remaining, 0);
	assert_true(interference.done > 0);
	assert_int_equal(notices, wanted_notices);
	assert_int_equal(count_in_file("busy.db", MARKER), 0);
	assert_ok(db_check_structure(db, false, support_no_fault, NULL, &error), error);
}

static void test_one_other(void **state)
{
	(void)state;
	test_while_others_write(3, 0);
}

static void test_always_others(void **state)
{
	(void)state;
	test_while_others_write(INT_MAX, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_clean_file),
		cmocka_unit_test(test_kept_pages),
		cmocka_unit_test(test_one_other),
		cmocka_unit_test(test_always_others),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who may be one person: the keys, and what comes of them for a few hundred people made at
 * random, the same ones in every run, against a plain comparison of each with each.
 */
#include "core/duplicates.h"

#include "core/duplicate_keys.h"
#include "support.h"
#include "unit.h"
#include "util/memory.h"
#include "util/text.h"

enum {
	WORLDS = 12,
	PEOPLE = 120,
	TEXT_MAX = 64,
};

/* --- Keys --- */

static void test_email_key(void **state)
{
	static const struct {
		const char *email;
		const char *key;
	} cases[] = {
		{ "Ada@Example.org", "ada@example.org" },
		{ "a.d.a@ex.ample.org", "ada@ex.ample.org" },
		{ "ada+news+more@x.org", "ada@x.org" },
		{ "a.da+b.c@x.org", "ada@x.org" },
		{ "+ada@x.org", "+ada@x.org" },
		{ "ada@googlemail.com", "ada@gmail.com" },
		{ "ada@googlemail.com.org", "ada@googlemail.com.org" },
		{ "no address", "no address" },
	};
	CLEANUP(str_free) struct str key = STR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		duplicate_email_key(cases[i].email, &key);
		assert_string_equal(key.text, cases[i].key);
	}
}

static void test_name_keys(void **state)
{
	static const struct {
		const char *name;
		const char *key;
		const char *words;
	} cases[] = {
		{ "Ada Lovelace", "ada lovelace", "ada lovelace" },
		{ "  LOVELACE,  Adä ", "lovelace ada", "ada lovelace" },
		{ "Jean-Pierre d'Arc", "jean pierre darc", "darc jean pierre" },
		{ "Jean\u2010Pierre D\u2019Arc", "jean pierre darc", "darc jean pierre" },
		{ "A. B.", "a b", "a b" },
		{ "an Ann a", "an ann a", "a an ann" },
		{ "\u5c71\u7530 \u592a\u90ce", "\u5c71\u7530 \u592a\u90ce",
			"\u592a\u90ce \u5c71\u7530" },
		{ "-", "", "" },
		{ "", "", "" },
	};
	CLEANUP(str_free) struct str key = STR_INIT;
	CLEANUP(str_free) struct str words = STR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		duplicate_name_key(cases[i].name, &key);
		assert_string_equal(key.text, cases[i].key);
		duplicate_words_key(key.text, &words);
		assert_string_equal(words.text, cases[i].words);
	}
}

/* --- Each with each --- */

struct person {
	int given;
	int family; /* -1: never named */
	bool is_swapped;
	int mailbox;     /* two people never have the same mailbox written the same way */
	int affiliation; /* 0: none */
	int external_id; /* 0: none */
};

struct world {
	struct db *db;
	struct person people[PEOPLE];
	int group[PEOPLE]; /* who is alike, or alike somebody alike, has the same */
	size_t rows;
	int64_t last[2];
	int found[PEOPLE]; /* the same, by what was proposed */
};

/* As SQL writes it. */
static void write_name(const struct person *person, char *ret)
{
	static const char *const given[] = { "Ada", "Adá", "ADA", "Bo" };
	static const char *const family[] = { "O''Neil", "ONEIL", "Baker" };

	ret[0] = '\0';
	if (person->family >= 0 && person->is_swapped)
		(void)snprintf(ret, TEXT_MAX, "%s, %s", family[person->family],
			given[person->given]);
	else if (person->family >= 0)
		(void)snprintf(ret, TEXT_MAX, "%s %s", given[person->given],
			family[person->family]);
}

/* Who has the same name but for its writing. */
static int name_of(const struct person *person)
{
	if (person->family < 0)
		return -1;
	return (person->given == 3 ? 1 : 0) + (person->family == 2 ? 2 : 0);
}

static bool is_alike(const struct person *a, const struct person *b)
{
	if (a->mailbox == b->mailbox)
		return true;
	if (a->external_id != 0 && a->external_id == b->external_id)
		return true;
	return name_of(a) >= 0 && name_of(a) == name_of(b) &&
	       (a->affiliation == 0 || b->affiliation == 0 || a->affiliation == b->affiliation);
}

static void join(int *group, int a, int b)
{
	int from = group[b];
	int into = group[a];

	for (int i = 0; i < PEOPLE; i++)
		if (group[i] == from)
			group[i] = into;
}

/* Names meet often, mailboxes and ids seldom: else all would be one. */
static void make_person(struct world *world, int i, uint64_t *random)
{
	struct person *person = &world->people[i];
	struct error error = ERROR_INIT;
	char name[TEXT_MAX];
	char affiliation[TEXT_MAX] = "";
	char sql[600];

	*person = (struct person){
		.given = (int)unit_random_below(random, 4),
		.family = (int)unit_random_below(random, 40),
		.is_swapped = unit_random_below(random, 3) == 0,
		.mailbox = (int)unit_random_below(random, 500),
		.affiliation = (int)unit_random_below(random, 30),
		.external_id = (int)unit_random_below(random, 400),
	};
	if (person->family > 2)
		person->family = -1;
	if (unit_random_below(random, 3) > 0)
		person->external_id = 0;
	write_name(person, name);
	if (person->affiliation > 0)
		(void)snprintf(affiliation, sizeof affiliation, "Uni %d", person->affiliation);
	(void)snprintf(sql, sizeof sql,
		"INSERT INTO person (person_id, email, email_key, name, affiliation, external_id)"
		" VALUES (%d, 'm%d+%d@x.org', 'm%d+%d@x.org', '%s', '%s', nullif('%d', '0'));"
		"INSERT INTO registrant (registrant_id, event_id, person_id, registered_s)"
		" VALUES (%d, 1, %d, 1)",
		i + 1, person->mailbox, i, person->mailbox, i, name, affiliation,
		person->external_id, i + 1, i + 1);
	assert_ok(db_execute(world->db, sql, &error), error);
}

static void begin(void *data)
{
	struct world *world = data;

	world->rows = 0;
	world->last[0] = 0;
	world->last[1] = 0;
	for (int i = 0; i < PEOPLE; i++)
		world->found[i] = i;
}

static enum status take_row(const struct duplicate_row *row, void *data, struct error *error)
{
	struct world *world = data;
	int64_t a = row->registrant_id;
	int64_t b = row->other_id;

	(void)error;
	assert_true(a < b);
	assert_true(a > world->last[0] || (a == world->last[0] && b > world->last[1]));
	if (!is_alike(&world->people[a - 1], &world->people[b - 1]))
		fail_msg("@%d and @%d: %s", (int)a, (int)b, row->reasons);
	world->last[0] = a;
	world->last[1] = b;
	world->rows++;
	join(world->found, (int)a - 1, (int)b - 1);
	return STATUS_OK;
}

/* All that is proposed is alike, and whoever is alike is found, be it by way of others; with no
 * more rows for each way of being alike than there are people. */
static void test_each_with_each(void **state)
{
	uint64_t random = 42;
	size_t rows = 0;

	(void)state;
	for (int number = 0; number < WORLDS; number++) {
		struct world *world = calloc(1, sizeof *world);
		const struct duplicates_functions functions = { begin, take_row, NULL, world };
		struct error error = ERROR_INIT;

		assert_non_null(world);
		assert_ok(db_open("duplicates.db", DB_NEW, NULL, &world->db, &error), error);
		assert_ok(db_execute(world->db,
				  "INSERT INTO event (code, timezone) VALUES ('e', 'UTC')", &error),
			error);
		for (int i = 0; i < PEOPLE; i++) {
			world->group[i] = i;
			make_person(world, i, &random);
		}
		for (int i = 0; i < PEOPLE; i++)
			for (int j = 0; j < i; j++)
				if (is_alike(&world->people[i], &world->people[j]))
					join(world->group, i, j);
		/* Twice: what was set aside before is gone. */
		assert_ok(duplicates_find(world->db, 1, &functions, &error), error);
		assert_ok(duplicates_find(world->db, 1, &functions, &error), error);
		for (int i = 0; i < PEOPLE; i++)
			for (int j = 0; j < i; j++)
				if ((world->group[i] == world->group[j]) !=
					(world->found[i] == world->found[j]))
					fail_msg("world %d: @%d and @%d", number, j + 1, i + 1);
		assert_true(world->rows < PEOPLE * 3);
		rows += world->rows;
		db_close(world->db);
		free(world);
	}
	assert_true(rows > WORLDS * 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_email_key),
		cmocka_unit_test(test_name_keys),
		cmocka_unit_test(test_each_with_each),
	};

	return cmocka_run_group_tests_name("duplicates", tests, support_start, support_stop);
}

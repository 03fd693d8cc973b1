/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Generated files against a second, plain telling of what an import does: a list of people
 * in memory, changed row by row. What is written must be the same, and so must the counts;
 * the same file again must change nothing.
 */
#include "core/import.h"
#include "core/registrant.h"
#include "support.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

enum {
	PEOPLE = 8,
	FILES = 60,
	ROUNDS = 4,
	TEXT_MAX = 64,
};

/* SplitMix64: the same seed, the same numbers. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

static size_t below(uint64_t *state, size_t limit)
{
	return (size_t)(next_random(state) % limit);
}

/* --- The plain telling --- */

struct person {
	bool is_there;
	int number; /* of the registrant: in the order in which they came */
	char name[TEXT_MAX];
	char given[TEXT_MAX];
	char family[TEXT_MAX];
	char affiliation[TEXT_MAX];
	char roles[TEXT_MAX];
	char status[TEXT_MAX];
	char answer[TEXT_MAX];
	bool is_manual;
};

/* A row: person and cells; "" says nothing. */
struct row {
	size_t person;
	const char *name;
	const char *given;
	const char *family;
	const char *affiliation;
	const char *roles; /* one role */
	const char *status;
	const char *answer;
};

struct counts {
	int64_t added;
	int64_t updated;
	int64_t unchanged;
	int64_t kept;
};

static void set(char *place, const char *text)
{
	(void)snprintf(place, TEXT_MAX, "%s", text);
}

static void add_role(char *roles, const char *role)
{
	CLEANUP(str_free) struct str joined = STR_INIT;

	text_set_join(roles, role, &joined);
	set(roles, joined.text);
}

static void tell_names(struct person *person, const struct row *row)
{
	bool is_renamed = row->name[0] != '\0' && strcmp(row->name, person->name) != 0;

	if (is_renamed) {
		set(person->name, row->name);
		set(person->given, row->given);
		set(person->family, row->family);
		return;
	}
	bool is_other = (row->given[0] != '\0' && strcmp(row->given, person->given) != 0) ||
			(row->family[0] != '\0' && strcmp(row->family, person->family) != 0);
	if (row->given[0] != '\0')
		set(person->given, row->given);
	if (row->family[0] != '\0')
		set(person->family, row->family);
	char given[31];
	char family[31];
	(void)snprintf(given, sizeof given, "%.30s", person->given);
	(void)snprintf(family, sizeof family, "%.30s", person->family);
	if (is_other && row->name[0] == '\0')
		(void)snprintf(person->name, TEXT_MAX, "%s%s%s", given,
			given[0] != '\0' && family[0] != '\0' ? " " : "", family);
}

static void tell_row(struct person *person, const struct row *row, bool is_forced, int *people,
	struct counts *counts)
{
	const struct person before = *person;
	bool is_new = !person->is_there;
	bool is_kept = false;

	if (is_new) {
		person->is_there = true;
		person->number = ++*people;
		set(person->status, "confirmed");
	}
	tell_names(person, row);
	if (row->affiliation[0] != '\0')
		set(person->affiliation, row->affiliation);
	if (row->answer[0] != '\0')
		set(person->answer, row->answer);
	if (row->roles[0] != '\0')
		add_role(person->roles, row->roles);
	if (person->roles[0] == '\0')
		set(person->roles, "attendee");
	if (row->status[0] != '\0' && strcmp(row->status, person->status) != 0) {
		is_kept = person->is_manual && !is_forced;
		if (!is_kept) {
			set(person->status, row->status);
			person->is_manual = false;
		}
	}
	if (is_new)
		counts->added++;
	else if (memcmp(&before, person, sizeof before) != 0)
		counts->updated++;
	else if (!is_kept)
		counts->unchanged++;
	counts->kept += is_kept ? 1 : 0;
}

/* --- The files --- */

static const char *pick(uint64_t *random, const char *const *words, size_t count)
{
	/* Empty half of the time. */
	return below(random, 2) == 0 ? "" : words[below(random, count)];
}

#define PICK(random, ...)                                                                          \
	pick(random, (const char *const[]){ __VA_ARGS__ },                                         \
		sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static struct row make_row(uint64_t *random, size_t person)
{
	return (struct row){
		.person = person,
		.name = below(random, 3) == 0 ? PICK(random, "Ada King", "Bob", "Zoë") : "",
		.given = PICK(random, "Ada", "Bob", "Zoë"),
		.family = PICK(random, "King", "van der Berg"),
		.affiliation = PICK(random, "EPFL", "a, \"quoted\" one", "=1+1"),
		.roles = PICK(random, "student", "speaker", "chair"),
		.status = PICK(random, "confirmed", "pending", "cancelled"),
		.answer = PICK(random, "vegan", "two\nlines", "'"),
	};
}

static void add_cell(struct str *file, const char *text)
{
	str_add_char(file, '"');
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '"')
			str_add_char(file, '"');
		str_add_char(file, *c);
	}
	str_add(file, "\",");
}

static void write_file(const struct row *rows, size_t count, uint64_t *random)
{
	CLEANUP(str_free) struct str file = STR_INIT;

	str_add(&file, "Name,Given name,Family name,Affiliation,Role,Status,Diet,Email\n");
	for (size_t i = 0; i < count; i++) {
		add_cell(&file, rows[i].name);
		add_cell(&file, rows[i].given);
		add_cell(&file, rows[i].family);
		add_cell(&file, rows[i].affiliation);
		add_cell(&file, rows[i].roles);
		add_cell(&file, rows[i].status);
		add_cell(&file, rows[i].answer);
		str_addf(&file, "%s%zu@example.org\n", below(random, 2) == 0 ? "p" : "P",
			rows[i].person);
	}
	support_write("any.csv", file.text, file.length);
}

/* --- The import --- */

struct world {
	struct db *db;
	struct key *key;
};

static struct import_report run_import(const struct world *world, bool is_forced)
{
	static const struct actor actor = { .name = "tester", .now_s = 1000 };
	CLEANUP(import_freep) struct import *import = NULL;
	const struct import_settings settings = {
		.csv = { .takes_any_header = true },
		.is_status_forced = is_forced,
		.key_path = "none",
		.key = world->key,
	};
	struct error error = ERROR_INIT;

	assert_ok(import_begin(world->db, 1, &actor, &settings, &import, &error), error);
	assert_ok(import_read(import, "any.csv", &error), error);
	assert_ok(import_write(import, &error), error);
	return import_report_of(import, 0);
}

static void make_some_manual(const struct world *world, uint64_t *random, struct person *people)
{
	struct error error = ERROR_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	char sql[200];
	struct person *person = &people[below(random, PEOPLE)];

	if (!person->is_there)
		return;
	person->is_manual = true;
	set(person->status, "waitlisted");
	(void)snprintf(sql, sizeof sql,
		"UPDATE registrant SET status = 'waitlisted', is_status_manual = 1"
		" WHERE registrant_id = %d",
		person->number);
	assert_ok(transaction_begin_write(&transaction, world->db, &error), error);
	assert_ok(db_execute(world->db, sql, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

static void assert_people(const struct world *world, const struct person *people)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		CLEANUP(registrant_freep) struct registrant *is = NULL;
		struct error error = ERROR_INIT;
		char who[TEXT_MAX];
		(void)snprintf(who, sizeof who, "p%zu@example.org", i);
		enum status status = registrant_find(world->db, 1, who, &is, &error);
		assert_int_equal(status, people[i].is_there ? STATUS_OK : STATUS_NOT_FOUND);
		if (!people[i].is_there)
			continue;
		assert_int_equal(is->id, people[i].number);
		assert_string_equal(is->name, people[i].name);
		assert_string_equal(is->given_name, people[i].given);
		assert_string_equal(is->family_name, people[i].family);
		assert_string_equal(is->affiliation, people[i].affiliation);
		assert_string_equal(is->roles, people[i].roles);
		assert_string_equal(registrant_status_word(is->status), people[i].status);
		assert_int_equal(is->is_status_manual, people[i].is_manual);
	}
}

static void assert_counts(const struct import_report *report, const struct counts *wanted,
	size_t rows)
{
	assert_int_equal(report->rows, rows);
	assert_int_equal(report->added, wanted->added);
	assert_int_equal(report->updated, wanted->updated);
	assert_int_equal(report->unchanged, wanted->unchanged);
	assert_int_equal(report->kept, wanted->kept);
	assert_int_equal(report->rejected, 0);
}

static void one_round(uint64_t seed)
{
	uint64_t random = seed;
	struct person people[PEOPLE] = { { .is_there = false } };
	struct world world = { .key = key_make() };
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	int count = 0;

	(void)remove("any.db");
	support_database("any.db");
	assert_ok(db_open("any.db", DB_WRITE, NULL, &world.db, &error), error);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(key_register(world.key, world.db, 0, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	for (size_t file = 0; file < FILES / ROUNDS; file++) {
		struct row rows[PEOPLE];
		struct counts counts = { 0 };
		size_t row_count = 0;
		bool is_forced = below(&random, 4) == 0;
		for (size_t i = 0; i < PEOPLE; i++) {
			if (below(&random, 2) == 0)
				rows[row_count++] = make_row(&random, (i + file) % PEOPLE);
		}
		if (row_count == 0)
			continue;
		write_file(rows, row_count, &random);
		for (size_t i = 0; i < row_count; i++)
			tell_row(&people[rows[i].person], &rows[i], is_forced, &count, &counts);
		struct import_report report = run_import(&world, is_forced);
		assert_counts(&report, &counts, row_count);
		assert_people(&world, people);
		/* Again: nothing but what was kept. */
		report = run_import(&world, is_forced);
		const struct counts again = {
			.unchanged = (int64_t)row_count - counts.kept,
			.kept = counts.kept,
		};
		assert_counts(&report, &again, row_count);
		assert_people(&world, people);
		make_some_manual(&world, &random, people);
	}
	assert_true(count > 0);
	db_close(world.db);
	key_free(world.key);
}

static void test_any(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		one_round(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any),
	};

	return cmocka_run_group_tests_name("import_any", tests, support_start, support_stop);
}

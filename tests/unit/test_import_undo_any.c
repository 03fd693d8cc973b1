/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Imports taken back, with generated files. Not against a second telling of the rules, but by
 * what must come of them: who takes back all has what there was without any import; who takes
 * back some has what the others alone would have made; the same file again does the same.
 */
#include "core/check.h"
#include "core/import.h"
#include "core/import_undo.h"
#include "core/registrant.h"
#include "core/registrant_edit.h"
#include "support.h"
#include "util/memory.h"
#include "util/str.h"

#include <sqlite3.h>

enum {
	PEOPLE = 7,
	PEOPLE_AT_FIRST = 3,
	STEPS = 14,
	ROUNDS = 40,
	FILES_MAX = 32,
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

/* Empty half of the time. */
static const char *pick(uint64_t *random, const char *const *words, size_t count)
{
	return below(random, 2) == 0 ? "" : words[below(random, count)];
}

#define PICK(random, ...)                                                                          \
	pick(random, (const char *const[]){ __VA_ARGS__ },                                         \
		sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

/* --- Files --- */

static const char header[] = "Email,SCIPER,Name,Given name,Family name,Affiliation,Role,Courses,"
			     "Status,Category,Note,Diet\n";

/* Few words, so that files say the same, and take back each other's. */
static void add_row(struct str *file, size_t person, uint64_t *random)
{
	char id[TEXT_MAX];

	(void)snprintf(id, sizeof id, "%zu", 1000 + person);
	str_addf(file, "p%zu@example.org,%s,", person, below(random, 3) == 0 ? id : "");
	str_addf(file, "%s,%s,%s,", below(random, 3) == 0 ? PICK(random, "Ada King", "Bob") : "",
		PICK(random, "Ada", "Bob"), PICK(random, "King", "Lee"));
	str_addf(file, "%s,%s,%s,", PICK(random, "EPFL", "ETH", "UZH"),
		PICK(random, "student", "speaker", "chair"), PICK(random, "C1", "C2", "C1;C3"));
	str_addf(file, "%s,%s,%s,%s\n", PICK(random, "confirmed", "pending", "cancelled"),
		PICK(random, "full", "day"), PICK(random, "VIP", "late"),
		PICK(random, "vegan", "none"));
}

static void write_any_file(const char *path, uint64_t *random)
{
	CLEANUP(str_free) struct str file = STR_INIT;

	str_add(&file, header);
	for (size_t i = 0; i < PEOPLE; i++) {
		if (below(random, 2) == 0)
			add_row(&file, (i + 3) % PEOPLE, random);
	}
	/* Never without a row. */
	if (file.length == strlen(header))
		add_row(&file, below(random, PEOPLE), random);
	support_write(path, file.text, file.length);
}

/* Each value is said by one file alone; sets *ret_rows to whom it names, a bit each. */
static void write_own_file(const char *path, size_t number, uint64_t *random, unsigned *ret_rows)
{
	CLEANUP(str_free) struct str file = STR_INIT;

	*ret_rows = 0;
	str_add(&file, header);
	for (size_t i = 0; i < PEOPLE; i++) {
		char cells[5][TEXT_MAX] = { "" };
		if (below(random, 2) == 0 && (i > 0 || *ret_rows != 0))
			continue;
		for (size_t j = 0; j < 5; j++) {
			if (j == number % 5 || below(random, 2) == 0)
				(void)snprintf(cells[j], TEXT_MAX, "%c%zu", "narcd"[j], number);
		}
		*ret_rows |= 1U << i;
		str_addf(&file, "p%zu@example.org,,%s,,,%s,%s,%s,,,,%s\n", i, cells[0], cells[1],
			cells[2], cells[3], cells[4]);
	}
	support_write(path, file.text, file.length);
}

/* What was there at first. */
static void write_first_file(void)
{
	CLEANUP(str_free) struct str file = STR_INIT;

	str_add(&file, header);
	for (size_t i = 0; i < PEOPLE_AT_FIRST; i++)
		str_addf(&file, "p%zu@example.org,,,First %zu,Last,A,%s,C1,%s,,,fish\n", i, i,
			i == 0 ? "chair" : "", i == 1 ? "pending" : "");
	support_write("first.csv", file.text, file.length);
}

/* --- The world --- */

struct world {
	struct db *db;
	struct key *key;
	struct actor actor;
};

static struct world begin(const char *path)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	struct world world = {
		.key = key_make(),
		.actor = { .name = "tester", .now_s = 1000 },
	};

	/* Never synced, and gone with the connection. */
	assert_ok(db_open(path, DB_NEW, NULL, &world.db, &error), error);
	assert_ok(db_execute(world.db,
			  "INSERT INTO event (code, timezone) VALUES ('e', 'Europe/Zurich')",
			  &error),
		error);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(key_register(world.key, world.db, 0, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	return world;
}

static void end(struct world *world)
{
	db_close(world->db);
	key_free(world->key);
}

static struct import_report take(struct world *world, const char *path, bool is_forced)
{
	CLEANUP(import_freep) struct import *import = NULL;
	const struct import_settings settings = {
		.is_status_forced = is_forced,
		.csv = { .takes_any_header = true },
		.key_path = "none",
		.key = world->key,
	};
	struct error error = ERROR_INIT;

	world->actor.now_s += 10;
	assert_ok(import_begin(world->db, 1, &world->actor, &settings, &import, &error), error);
	assert_ok(import_read(import, path, &error), error);
	assert_ok(import_write(import, &error), error);
	return import_report_of(import, 0);
}

static void undo(struct world *world, int64_t import_id)
{
	const struct import_undo_request request = {
		.event_id = 1,
		.import_id = import_id,
		.reason = "wrong",
	};
	const struct import_undo_functions functions = { .begin = NULL };
	struct error error = ERROR_INIT;

	world->actor.now_s += 10;
	assert_ok(import_undo(world->db, &world->actor, &request, &functions, &error), error);
}

static void edit(struct world *world, size_t person, enum field field, const char *value)
{
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	CLEANUP(registrant_freep) struct registrant *registrant = NULL;
	struct registrant_values values = { .questions = NULL };
	struct error error = ERROR_INIT;
	char who[TEXT_MAX];

	world->actor.now_s += 10;
	(void)snprintf(who, sizeof who, "p%zu@example.org", person);
	assert_ok(registrant_find(world->db, 1, who, &registrant, &error), error);
	values.fields[field] = value;
	const struct registrant_change change = {
		.registrant_id = registrant->id,
		.action = "registrant set",
		.values = &values,
	};
	assert_ok(registrant_set(world->db, &world->actor, &change, &outcome, &error), error);
}

/* All that is said of a person on lists, without numbers and times; NULL: of everybody. */
static void tell(const struct world *world, const char *email_or_null, struct str *ret)
{
	static const char sql[] =
		"SELECT p.email || '|' || p.name || '|' || p.given_name || '|' || p.family_name"
		" || '|' || p.affiliation || '|' || coalesce(p.external_id, '-') || '|' || r.roles"
		" || '|' || r.status || '|' || r.is_status_manual || '|' || r.category || '|'"
		" || r.note || '|' || coalesce((SELECT group_concat(code) FROM (SELECT c.code"
		"  FROM enrolment AS e JOIN course AS c ON c.course_id = e.course_id"
		"  WHERE e.person_id = p.person_id ORDER BY c.code)), '') || '|'"
		" || coalesce((SELECT group_concat(a.value) FROM answer AS a"
		"  WHERE a.registrant_id = r.registrant_id), '') || char(10)"
		" FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id"
		" WHERE p.erased_s IS NULL AND (?1 IS NULL OR p.email = ?1) ORDER BY p.email";
	sqlite3_stmt *statement = NULL;

	str_clear(ret);
	assert_int_equal(sqlite3_prepare_v2(world->db->handle, sql, -1, &statement, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_bind_text(statement, 1, email_or_null, -1, SQLITE_STATIC),
		SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		str_add(ret, (const char *)sqlite3_column_text(statement, 0));
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static enum status fail_finding(const struct finding *finding, void *data, struct error *error)
{
	(void)data;
	(void)error;
	fail_msg("%s: %s: %s", finding->kind, finding->subject, finding->message);
	return STATUS_OK;
}

static void assert_sound(const struct world *world)
{
	const struct check_options options = { .is_quick = false };
	const struct check_functions functions = { .finding = fail_finding };
	struct check_summary summary;
	struct error error = ERROR_INIT;

	assert_ok(check_database(world->db, &options, &functions, &summary, &error), error);
}

static void assert_same(const struct str *is, const struct str *wanted, uint64_t seed)
{
	if (strcmp(is->text, wanted->text) != 0)
		fail_msg("seed %llu:\n%s\nis not\n%s", (unsigned long long)seed, is->text,
			wanted->text);
}

/* Imports that stand. */
struct standing {
	int64_t ids[FILES_MAX];
	size_t count;
};

static void undo_any(struct world *world, struct standing *standing, uint64_t *random)
{
	size_t place = below(random, standing->count);

	undo(world, standing->ids[place]);
	standing->ids[place] = standing->ids[--standing->count];
}

/* --- Everything taken back: only what was done by hand is left --- */

static void edit_both(struct world *world, struct world *control, size_t step, uint64_t *random)
{
	static const char *const roles[] = { "chair", "speaker;student", "attendee" };
	static const char *const statuses[] = { "confirmed", "cancelled", "pending" };
	size_t person = below(random, PEOPLE_AT_FIRST);
	enum field field = FIELD_NOTE;
	char own[TEXT_MAX];
	const char *value = own;

	(void)snprintf(own, sizeof own, "by hand %zu", step);
	switch (below(random, 5)) {
	case 0:
		field = FIELD_AFFILIATION;
		break;
	case 1:
		field = FIELD_ROLES;
		value = roles[below(random, 3)];
		break;
	case 2:
		field = FIELD_STATUS;
		value = statuses[below(random, 3)];
		break;
	case 3:
		field = FIELD_NAME;
		break;
	default:
		break;
	}
	edit(world, person, field, value);
	edit(control, person, field, value);
}

static void one_round_of_all(uint64_t seed)
{
	CLEANUP(str_free) struct str is = STR_INIT;
	CLEANUP(str_free) struct str wanted = STR_INIT;
	struct world world = begin("any.db");
	struct world control = begin("control.db");
	struct standing standing = { .count = 0 };
	uint64_t random = seed;

	write_first_file();
	(void)take(&world, "first.csv", false);
	(void)take(&control, "first.csv", false);
	for (size_t step = 0; step < STEPS; step++) {
		size_t choice = below(&random, 5);
		if (choice == 0) {
			edit_both(&world, &control, step, &random);
		} else if (choice == 1 && standing.count > 0) {
			undo_any(&world, &standing, &random);
		} else {
			write_any_file("any.csv", &random);
			standing.ids[standing.count++] =
				take(&world, "any.csv", below(&random, 3) == 0).import_id;
		}
	}
	while (standing.count > 0)
		undo_any(&world, &standing, &random);
	tell(&world, NULL, &is);
	tell(&control, NULL, &wanted);
	assert_same(&is, &wanted, seed);
	assert_sound(&world);
	end(&world);
	end(&control);
}

static void test_all(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		one_round_of_all(seed);
}

/* --- Some taken back: what the others alone would have made --- */

struct own_file {
	char path[TEXT_MAX];
	int64_t import_id;
	unsigned rows;
};

/* Who was there at first, or was added by an import that stands. Whoever was added by one that
 * does not is gone or cancelled. */
static void assert_replayed(const struct world *world, const struct world *control,
	const unsigned *added_by_standing, uint64_t seed)
{
	CLEANUP(str_free) struct str is = STR_INIT;
	CLEANUP(str_free) struct str wanted = STR_INIT;

	for (size_t i = 0; i < PEOPLE; i++) {
		char email[TEXT_MAX];
		(void)snprintf(email, sizeof email, "p%zu@example.org", i);
		tell(world, email, &is);
		tell(control, email, &wanted);
		if (i < PEOPLE_AT_FIRST || (*added_by_standing & (1U << i)) != 0)
			assert_same(&is, &wanted, seed);
		else if (is.length > 0)
			assert_non_null(strstr(is.text, "|cancelled|0|"));
	}
}

static void one_round_of_some(uint64_t seed)
{
	struct world world = begin("any.db");
	struct world control = begin("control.db");
	struct own_file files[STEPS];
	struct standing standing = { .count = 0 };
	unsigned known = (1U << PEOPLE_AT_FIRST) - 1;
	unsigned added_by_standing = 0;
	uint64_t random = seed;

	write_first_file();
	(void)take(&world, "first.csv", false);
	(void)take(&control, "first.csv", false);
	for (size_t i = 0; i < STEPS / 2; i++) {
		struct own_file *file = &files[i];
		(void)snprintf(file->path, sizeof file->path, "own-%zu.csv", i);
		write_own_file(file->path, i + 1, &random, &file->rows);
		file->import_id = take(&world, file->path, false).import_id;
		standing.ids[standing.count++] = file->import_id;
	}
	for (size_t i = below(&random, STEPS / 2); i > 0; i--)
		undo_any(&world, &standing, &random);
	for (size_t i = 0; i < STEPS / 2; i++) {
		bool stands = false;
		for (size_t j = 0; j < standing.count; j++)
			stands |= standing.ids[j] == files[i].import_id;
		if (stands) {
			(void)take(&control, files[i].path, false);
			added_by_standing |= files[i].rows & ~known;
		}
		known |= files[i].rows;
	}
	assert_replayed(&world, &control, &added_by_standing, seed);
	assert_sound(&world);
	end(&world);
	end(&control);
}

static void test_some(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		one_round_of_some(seed);
}

/* --- The same again --- */

static void one_round_of_again(uint64_t seed)
{
	CLEANUP(str_free) struct str first = STR_INIT;
	CLEANUP(str_free) struct str again = STR_INIT;
	struct world world = begin("any.db");
	uint64_t random = seed;

	write_first_file();
	(void)take(&world, "first.csv", false);
	for (size_t i = below(&random, 3); i > 0; i--) {
		write_any_file("before.csv", &random);
		(void)take(&world, "before.csv", false);
	}
	write_any_file("any.csv", &random);
	struct import_report report = take(&world, "any.csv", false);
	tell(&world, NULL, &first);
	undo(&world, report.import_id);
	struct import_report second = take(&world, "any.csv", false);
	tell(&world, NULL, &again);
	assert_same(&again, &first, seed);
	assert_int_equal(second.added, report.added);
	assert_int_equal(second.updated, report.updated);
	assert_int_equal(second.unchanged, report.unchanged);
	assert_sound(&world);
	end(&world);
}

static void test_again(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		one_round_of_again(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_some),
		cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests_name("import_undo_any", tests, support_start, support_stop);
}

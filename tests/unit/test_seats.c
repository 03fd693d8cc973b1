/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Seats and the queue for them: random days of an office, against a second, plain telling of
 * the rules, and against what must hold whatever happens.
 */
#include "core/event.h"
#include "core/import.h"
#include "core/registrant_edit.h"
#include "core/seats.h"
#include "support.h"
#include "unit.h"
#include "util/memory.h"
#include "util/str.h"

enum {
	PEOPLE = 9,
	SEEDS = 8,
	DEEDS = 70,
};

static const struct actor actor = { .name = "tester", .now_s = 1000 };

/* --- The plain telling --- */

enum state {
	NOBODY, /* not registered yet */
	SEATED,
	PENDING,
	WAITING,
	CANCELLED,
};

static const char *const state_words[] = { "", "confirmed", "pending", "waitlisted", "cancelled" };

struct guest {
	enum state state;
	bool is_manual;
	int came; /* to the waiting list */
};

struct office {
	int capacity; /* -1: no limit */
	struct guest guests[PEOPLE];
	int last_came;
	int promoted[PEOPLE * 4]; /* by the deed */
	int promoted_count;
};

static bool has_seat(const struct guest *guest)
{
	return guest->state == SEATED || guest->state == PENDING;
}

static int taken(const struct office *office)
{
	int count = 0;

	for (int i = 0; i < PEOPLE; i++)
		count += has_seat(&office->guests[i]) ? 1 : 0;
	return count;
}

/* Who came first of those who wait; -1: nobody. */
static int first_waiting(const struct office *office, int except)
{
	int first = -1;

	for (int i = 0; i < PEOPLE; i++)
		if (office->guests[i].state == WAITING && i != except &&
			(first < 0 || office->guests[i].came < office->guests[first].came))
			first = i;
	return first;
}

static void turn(struct office *office, int who, enum state state)
{
	struct guest *guest = &office->guests[who];

	if (state == WAITING && guest->state != WAITING)
		guest->came = ++office->last_came;
	guest->state = state;
}

static void give(struct office *office, int except)
{
	int who = first_waiting(office, except);

	while (who >= 0 && office->capacity >= 0 && taken(office) < office->capacity) {
		turn(office, who, SEATED);
		office->promoted[office->promoted_count++] = who;
		who = first_waiting(office, except);
	}
}

static enum state fit(const struct office *office, enum state said)
{
	bool is_full = office->capacity >= 0 && taken(office) >= office->capacity;

	return is_full && (said == SEATED || said == PENDING) ? WAITING : said;
}

/* A row of a file; *kept counts those that say something else than was set by hand. */
static void tell_row(struct office *office, int who, enum state said, int64_t *kept)
{
	struct guest *guest = &office->guests[who];

	if (guest->state == NOBODY) {
		turn(office, who, fit(office, said == NOBODY ? SEATED : said));
		return;
	}
	if (said == NOBODY || said == guest->state)
		return;
	if (guest->is_manual) {
		++*kept;
		return;
	}
	if (office->capacity >= 0 && said != CANCELLED &&
		(guest->state == WAITING || (has_seat(guest) && said == WAITING)))
		return;
	turn(office, who, has_seat(guest) ? said : fit(office, said));
}

/* --- The same with the database --- */

struct world {
	struct db *db;
	struct key *key;
	struct office office;
	int64_t numbers[PEOPLE]; /* of the registrants */
	int64_t count;
};

static void world_open(struct world *world)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	*world = (struct world){ .key = key_make(), .office.capacity = -1 };
	(void)remove("seats.db");
	(void)remove("key");
	support_database("seats.db");
	assert_ok(key_write(world->key, "key", &error), error);
	assert_ok(db_open("seats.db", DB_WRITE, NULL, &world->db, &error), error);
	assert_ok(transaction_begin_write(&transaction, world->db, &error), error);
	assert_ok(key_register(world->key, world->db, 0, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
}

static void world_close(struct world *world)
{
	db_close(world->db);
	key_free(world->key);
}

static void assert_promoted(const struct world *world, const struct seats *seats)
{
	const struct office *office = &world->office;

	assert_int_equal(seats->promoted_count, office->promoted_count);
	for (int i = 0; i < office->promoted_count; i++)
		assert_int_equal(seats->promoted[i], world->numbers[office->promoted[i]]);
}

static void do_add(struct world *world, int who, enum state said)
{
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	struct office *office = &world->office;
	struct error error = ERROR_INIT;
	char email[20];
	const struct registrant_values values = {
		.fields[FIELD_EMAIL] = email,
		.fields[FIELD_STATUS] = said == NOBODY ? NULL : state_words[said],
	};

	const struct registrant_addition addition = {
		.event_id = 1,
		.key_path = "key",
		.values = &values,
	};

	(void)snprintf(email, sizeof email, "%d@example.org", who);
	assert_ok(registrant_add(world->db, &actor, &addition, &outcome, &error), error);
	world->numbers[who] = ++world->count;
	assert_int_equal(outcome.registrant_id, world->count);
	give(office, -1);
	turn(office, who, said == NOBODY ? fit(office, SEATED) : said);
	office->guests[who].is_manual = said != NOBODY;
	assert_int_equal(outcome.has_taken_seat, has_seat(&office->guests[who]));
	assert_promoted(world, &outcome.seats);
}

static void do_set(struct world *world, int who, enum state said)
{
	CLEANUP(registrant_outcome_free)
	struct registrant_outcome outcome = REGISTRANT_OUTCOME_INIT;
	struct office *office = &world->office;
	struct error error = ERROR_INIT;
	const struct registrant_values values = { .fields[FIELD_STATUS] = state_words[said] };
	const struct registrant_change change = {
		.registrant_id = world->numbers[who],
		.action = "registrant set",
		.values = &values,
	};
	bool had_seat = has_seat(&office->guests[who]);

	assert_ok(registrant_set(world->db, &actor, &change, &outcome, &error), error);
	turn(office, who, said);
	office->guests[who].is_manual = true;
	if (had_seat && !has_seat(&office->guests[who]))
		give(office, who);
	assert_promoted(world, &outcome.seats);
}

static void do_capacity(struct world *world, int capacity)
{
	CLEANUP(event_freep) struct event *event = NULL;
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;
	struct office *office = &world->office;
	struct error error = ERROR_INIT;
	const struct event_change change = {
		.sets_capacity = true,
		.has_capacity = capacity >= 0,
		.capacity = capacity,
	};

	assert_ok(event_find(world->db, "e", &event, &error), error);
	assert_ok(event_set(world->db, &actor, event, &change, &seats, &error), error);
	if (capacity < 0 && office->capacity >= 0) {
		office->capacity = PEOPLE;
		give(office, -1);
	}
	office->capacity = capacity;
	give(office, -1);
	assert_promoted(world, &seats);
}

struct row {
	int who;
	enum state said;
};

static void write_file(const struct row *rows, size_t count)
{
	CLEANUP(str_free) struct str file = STR_INIT;

	str_add(&file, "email,status\n");
	for (size_t i = 0; i < count; i++)
		str_addf(&file, "%d@example.org,%s\n", rows[i].who, state_words[rows[i].said]);
	support_write("seats.csv", file.text, file.length);
}

static struct import_report run_import(struct world *world)
{
	CLEANUP(import_freep) struct import *import = NULL;
	const struct import_settings settings = { .key_path = "key", .key = world->key };
	struct error error = ERROR_INIT;

	assert_ok(import_begin(world->db, 1, &actor, &settings, &import, &error), error);
	assert_ok(import_read(import, "seats.csv", &error), error);
	assert_ok(import_write(import, &error), error);
	assert_promoted(world, import_seats(import));
	return import_report_of(import, 0);
}

static void do_import(struct world *world, const struct row *rows, size_t count)
{
	struct office *office = &world->office;
	int came_before;
	int64_t kept = 0;

	write_file(rows, count);
	for (size_t i = 0; i < count; i++)
		if (rows[i].said == CANCELLED && office->guests[rows[i].who].state != NOBODY)
			tell_row(office, rows[i].who, CANCELLED, &kept);
	give(office, -1);
	came_before = office->last_came;
	for (size_t i = 0; i < count; i++) {
		if (office->guests[rows[i].who].state == NOBODY)
			world->numbers[rows[i].who] = ++world->count;
		else if (rows[i].said == CANCELLED)
			continue;
		tell_row(office, rows[i].who, rows[i].said, &kept);
	}
	give(office, -1);
	struct import_report report = run_import(world);
	assert_int_equal(report.kept, kept);
	assert_int_equal(report.waitlisted, office->last_came - came_before);
	assert_int_equal(report.promoted, office->promoted_count);
	office->promoted_count = 0;
	/* The same file again. */
	report = run_import(world);
	assert_int_equal(report.unchanged, (int64_t)count - kept);
	assert_int_equal(report.waitlisted, 0);
}

/* --- What must hold --- */

static void assert_office(const struct world *world)
{
	const struct office *office = &world->office;

	for (int i = 0; i < PEOPLE; i++) {
		CLEANUP(registrant_freep) struct registrant *is = NULL;
		struct error error = ERROR_INIT;
		const struct guest *guest = &office->guests[i];
		int64_t place;
		int before = 0;
		if (guest->state == NOBODY)
			continue;
		assert_ok(registrant_load(world->db, world->numbers[i], &is, &error), error);
		assert_string_equal(registrant_status_word(is->status), state_words[guest->state]);
		assert_int_equal(is->is_status_manual, guest->is_manual);
		assert_ok(seats_place(world->db, is->id, &place, &error), error);
		for (int j = 0; j < PEOPLE; j++)
			before += office->guests[j].state == WAITING &&
						  office->guests[j].came < guest->came
					  ? 1
					  : 0;
		assert_int_equal(place, guest->state == WAITING ? before + 1 : 0);
	}
}

/* Whatever the telling says: no seat is given beyond the capacity but by hand, and nobody
 * waits while one is free who was not told to by hand. */
static void assert_sound(const struct office *office, int taken_before, bool is_by_hand)
{
	if (office->capacity < 0)
		return;
	if (!is_by_hand && taken(office) > taken_before)
		assert_true(taken(office) <= office->capacity);
	for (int i = 0; i < PEOPLE && taken(office) < office->capacity; i++)
		assert_true(office->guests[i].state != WAITING || office->guests[i].is_manual);
}

static enum state any_state(uint64_t *random, enum state from)
{
	return from + (enum state)unit_random_below(random, CANCELLED + 1 - from);
}

/* True if it was a decision by hand. */
static bool do_something(struct world *world, uint64_t *random)
{
	int who = (int)unit_random_below(random, PEOPLE);
	size_t deed = unit_random_below(random, 10);
	struct row rows[PEOPLE];
	size_t count = 0;

	if (deed == 0) {
		do_capacity(world, (int)unit_random_below(random, PEOPLE) - 1);
		return false;
	}
	if (deed < 5 && world->office.guests[who].state != NOBODY) {
		do_set(world, who, deed < 3 ? CANCELLED : any_state(random, SEATED));
		return true;
	}
	if (deed < 5) {
		enum state said = deed < 3 ? NOBODY : any_state(random, NOBODY);
		do_add(world, who, said);
		return said != NOBODY;
	}
	for (int i = 0; i < PEOPLE; i++)
		if (unit_random_below(random, 2) == 0)
			rows[count++] = (struct row){
				.who = (i + who) % PEOPLE,
				.said = any_state(random, NOBODY),
			};
	if (count > 0)
		do_import(world, rows, count);
	return false;
}

static void test_any(void **state)
{
	int promoted = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct world world;
		uint64_t random = seed;
		world_open(&world);
		for (int i = 0; i < DEEDS; i++) {
			int taken_before = taken(&world.office);
			world.office.promoted_count = 0;
			bool is_by_hand = do_something(&world, &random);
			promoted += world.office.promoted_count;
			assert_office(&world);
			assert_sound(&world.office, taken_before, is_by_hand);
		}
		world_close(&world);
	}
	assert_true(promoted > SEEDS);
}

/* --- Who waits since before there was a queue --- */

static void test_old(void **state)
{
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	struct world world;
	struct error error = ERROR_INIT;
	int64_t place;

	(void)state;
	world_open(&world);
	for (int i = 0; i < 5; i++)
		do_add(&world, i, WAITING);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(db_execute(world.db,
			  "UPDATE registrant SET queue_number = NULL WHERE registrant_id < 4",
			  &error),
		error);
	assert_ok(transaction_commit(&transaction, &error), error);
	assert_ok(seats_place(world.db, 4, &place, &error), error);
	assert_int_equal(place, 1);
	world.office.promoted_count = 0;
	do_capacity(&world, 1);
	assert_office(&world);
	world.office.promoted_count = 0;
	do_capacity(&world, 4);
	assert_office(&world);
	world_close(&world);
}

/* A limit that is taken away gives seats to them too. */
static void test_old_without_limit(void **state)
{
	struct transaction transaction = TRANSACTION_INIT;
	struct world world;
	struct error error = ERROR_INIT;

	(void)state;
	world_open(&world);
	do_capacity(&world, 0);
	for (int i = 0; i < 3; i++)
		do_add(&world, i, NOBODY);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(db_execute(world.db, "UPDATE registrant SET queue_number = NULL", &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	do_capacity(&world, -1);
	assert_int_equal(taken(&world.office), 3);
	assert_office(&world);
	world_close(&world);
}

/* --- Who is erased or merged --- */

static void test_gone(void **state)
{
	CLEANUP(seats_free) struct seats seats = SEATS_INIT;
	struct transaction transaction = TRANSACTION_INIT;
	struct world world;
	struct error error = ERROR_INIT;

	(void)state;
	world_open(&world);
	do_capacity(&world, 2);
	for (int i = 0; i < 6; i++)
		do_add(&world, i, NOBODY);
	assert_ok(transaction_begin_write(&transaction, world.db, &error), error);
	assert_ok(db_execute(world.db,
			  "UPDATE person SET erased_s = 1, email = NULL, email_key = NULL"
			  " WHERE person_id IN (1, 3);"
			  "UPDATE registrant SET merged_into = 5 WHERE registrant_id = 4",
			  &error),
		error);
	assert_ok(seats_fill(world.db, &actor, 1, &seats, &error), error);
	assert_ok(transaction_commit(&transaction, &error), error);
	/* @1's seat is free; @3 is gone and @4 is @5. */
	assert_int_equal(seats.promoted_count, 1);
	assert_int_equal(seats.promoted[0], 5);
	assert_int_equal(seats.taken, 2);
	assert_int_equal(seats.waiting, 1);
	world_close(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any),
		cmocka_unit_test(test_old),
		cmocka_unit_test(test_old_without_limit),
		cmocka_unit_test(test_gone),
	};

	return cmocka_run_group_tests_name("seats", tests, support_start, support_stop);
}

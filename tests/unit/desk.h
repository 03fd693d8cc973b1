/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests of check-in share: an event with people and sessions in a database that is
 * never synced, and a desk at it. Include support.h before.
 */
#ifndef REGTOOL_TESTS_DESK_H
#define REGTOOL_TESTS_DESK_H

#include "core/checkin.h"
#include "core/token.h"
#include "store/db_private.h"
#include "util/memory.h"
#include "util/zone.h"

/* 2022-02-15 12:00 in Zurich; the tests' times are minutes after it. */
#define DESK_NOON  INT64_C(1644922800)
#define AT(minute) (DESK_NOON + (minute)*60)

struct desk_world {
	struct db *db;
	struct zone *zone;
	struct event event;
	struct checkin *checkin;
	int64_t now_s;
	int64_t people;
};

__attribute__((format(printf, 2, 3))) static inline void desk_sql(struct desk_world *world,
	const char *format, ...)
{
	struct error error = ERROR_INIT;
	char sql[1000];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(sql, sizeof sql, format, arguments);
	va_end(arguments);
	assert_ok(db_execute(world->db, sql, &error), error);
}

/* The database is new, and gone with the connection. */
static inline struct desk_world desk_begin(void)
{
	struct error error = ERROR_INIT;
	struct desk_world world = {
		.now_s = AT(0),
		.event = { .id = 1, .code = (char *)"e", .doors_min = 30 },
	};

	assert_ok(db_open("desk.db", DB_NEW, NULL, &world.db, &error), error);
	assert_ok(zone_open("Europe/Zurich", &world.zone, &error), error);
	desk_sql(&world, "INSERT INTO event (code, timezone) VALUES ('e', 'Europe/Zurich')");
	return world;
}

static inline void desk_end(struct desk_world *world)
{
	checkin_close(world->checkin);
	zone_close(world->zone);
	db_close(world->db);
}

/* A new desk: nothing of a group before it is left. */
static inline void desk_open_again(struct desk_world *world, bool is_dry_run)
{
	const struct checkin_settings settings = {
		.db = world->db,
		.event = &world->event,
		.zone = world->zone,
		.actor = "tester",
		.is_dry_run = is_dry_run,
	};

	checkin_close(world->checkin);
	world->checkin = checkin_open(&settings);
}

static inline int64_t desk_person(struct desk_world *world, const char *roles, const char *status)
{
	int64_t number = ++world->people;

	desk_sql(world,
		"INSERT INTO person (person_id, email, email_key, name)"
		" VALUES (%lld, 'p%lld@example.org', 'p%lld@example.org', 'Person %lld');"
		"INSERT INTO registrant (registrant_id, event_id, person_id, roles, status,"
		" registered_s) VALUES (%lld, %lld, %lld, '%s', '%s', 1)",
		(long long)number, (long long)number, (long long)number, (long long)number,
		(long long)number, (long long)world->event.id, (long long)number, roles, status);
	return number;
}

/* From and to in minutes; capacity -1: none. */
static inline void desk_session(struct desk_world *world, const char *code, int from, int to,
	const char *access, int capacity)
{
	desk_sql(world,
		"INSERT INTO session (event_id, code, title, start_s, end_s, access, capacity,"
		" is_stated) VALUES (%lld, '%s', 'About %s', %lld, %lld, '%s', nullif(%d, -1), 1)",
		(long long)world->event.id, code, code, (long long)AT(from), (long long)AT(to),
		access, capacity);
}

/* Records one scan in a commit of its own; the caller frees the answer. */
static inline struct checkin_answer desk_scan(struct desk_world *world,
	const struct checkin_request *request)
{
	struct error error = ERROR_INIT;
	struct checkin_answer answer = { 0 };

	if (world->checkin == NULL)
		desk_open_again(world, false);
	assert_ok(checkin_begin(world->checkin, world->now_s, &error), error);
	assert_ok(checkin_record(world->checkin, request, &answer, &error), error);
	assert_ok(checkin_commit(world->checkin, &error), error);
	return answer;
}

/* "admitted", or the reason's code; with "+" before it where it was overridden. */
static inline const char *desk_word(const struct checkin_answer *answer)
{
	static char word[40];
	const char *code = checkin_reason_entry(answer->reason)->code;

	(void)snprintf(word, sizeof word, "%s%s", answer->is_admitted && code != NULL ? "+" : "",
		code != NULL ? code : "admitted");
	return word;
}

/* A scan by number, and how it must be answered. */
static inline void desk_expect(struct desk_world *world, struct checkin_request request,
	const char *wanted, const char *session)
{
	if (request.station == NULL)
		request.station = "";
	struct checkin_answer answer = desk_scan(world, &request);
	const char *word = desk_word(&answer);

	if (strcmp(word, wanted) != 0)
		fail_msg("%s at %lld: %s, not %s", request.who, (long long)request.at_s, word,
			wanted);
	if (session == NULL)
		assert_null(answer.session);
	else
		assert_string_equal(answer.session, session);
	checkin_answer_free(&answer);
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: generate people COUNT | generate programme | generate scans DB COUNT
 *
 * The data of the benchmarks, the same each time: a file of registrants, a programme of a day,
 * and five scans for each of the COUNT people whom `regtool import' has put into the new
 * database DB. The scans go through the project's own ledger, so that `regtool check' has to
 * find them in order, and come as they do at doors: by time, the people scattered, a commit's
 * worth under each entry of the log.
 */
#include "core/ledger.h"
#include "store/db_private.h"
#include "util/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SESSIONS = 4,
	SESSION_S = 90 * 60,
	PITCH_S = 2 * 60 * 60, /* from a session's start to the next one's */
	FIRST_HOUR = 9,
	CROWD_S = 20 * 60,   /* in which all go in, or out */
	STEP = 611953,       /* a prime: COUNT people in steps of it are all of them, scattered */
	GROUP = 1000,        /* scans under one entry of the log, as of `checkin -' */
	CACHE_KIB = 1 << 20, /* without which the scattered entries of the index take minutes */
};

static const int64_t day_s = 1644883200; /* 2022-02-15 */

/* --- People --- */

/* A number that looks like chance and is the same each time (splitmix64). */
static uint64_t scramble(uint64_t number)
{
	number += 0x9e3779b97f4a7c15U;
	number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
	number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
	return number ^ (number >> 31);
}

static void write_people(int64_t count)
{
	static const char *const given[] = { "Ada", "Bojan", "Chloé", "Dagny", "Émile", "Fatima",
		"Goran", "Hiroko", "Ines", "Jürgen", "Kofi", "Lucía", "Marek", "Nadia", "Ömer",
		"Priya" };
	static const char *const family[] = { "Rossi", "Müller", "Kowalska", "Nguyen", "Dubois",
		"Okafor", "García", "Svensson", "Ivanova", "Tanaka", "Silva", "Haddad", "Novák" };
	static const char *const places[] = { "EPFL", "ETH Zürich", "Université de Genève", "MIT",
		"University of Oslo", "\"Institute of Physics, Zagreb\"", "TU Wien" };
	static const char *const roles[] = { "attendee", "attendee", "attendee", "student",
		"speaker" };

	(void)puts("given_name,family_name,email,affiliation,roles,external_id,category");
	for (int64_t i = 1; i <= count; i++) {
		uint64_t chance = scramble((uint64_t)i);
		const char *first = given[chance % (sizeof given / sizeof given[0])];
		const char *last = family[chance / 16 % (sizeof family / sizeof family[0])];
		(void)printf("%s,%s,person.%lld@example.org,%s,%s,%lld,%s\n", first, last,
			(long long)i, places[chance / 256 % (sizeof places / sizeof places[0])],
			roles[chance / 4096 % (sizeof roles / sizeof roles[0])],
			100000 + (long long)i, chance / 65536 % 2 == 0 ? "early bird" : "regular");
	}
}

/* --- Programme --- */

static int64_t start_of(int session)
{
	return day_s + FIRST_HOUR * 3600 + (int64_t)session * PITCH_S;
}

static void write_programme(void)
{
	(void)puts("session,kind,start,end,title,people");
	for (int i = 0; i < SESSIONS; i++) {
		int start = FIRST_HOUR * 60 + i * PITCH_S / 60;
		int end = start + SESSION_S / 60;
		(void)printf(
			"S%d,session,2022-02-15T%02d:%02dZ,2022-02-15T%02d:%02dZ,Session %d,\n",
			i + 1, start / 60, start % 60, end / 60, end % 60, i + 1);
	}
}

/* --- Scans --- */

/* Each leaves out one of the sessions, and goes without a scan from one of the three others. */
static bool comes(int64_t registrant, int session)
{
	return (int)(scramble((uint64_t)registrant) % SESSIONS) != session;
}

static bool is_seen_going(int64_t registrant, int session)
{
	uint64_t chance = scramble((uint64_t)registrant);
	int missed = (int)(chance % SESSIONS);
	int silent = (missed + 1 + (int)(chance / SESSIONS % (SESSIONS - 1))) % SESSIONS;

	return session != missed && session != silent;
}

struct crowd {
	struct db *db;
	struct ledger ledger;
	int64_t people;
	int in_group;
};

static enum status close_group(struct crowd *crowd, struct error *error)
{
	const struct actor actor = { .name = "door", .now_s = day_s + 24 * 60 * 60 };
	const struct log_event entry = { .action = "checkin" };

	crowd->in_group = 0;
	enum status status = ledger_close(&crowd->ledger, &actor, &entry, error);
	ledger_free(&crowd->ledger);
	if (status == STATUS_OK)
		status = ledger_begin(&crowd->ledger, crowd->db, error);
	return status;
}

/* A new database numbers registrants, tokens and sessions from 1, and has the one event 1. */
static enum status move_crowd(struct crowd *crowd, int session, bool is_out, struct error *error)
{
	int64_t from_s = start_of(session) + (is_out ? SESSION_S - CROWD_S : -CROWD_S / 2);
	enum status status = STATUS_OK;

	for (int64_t i = 0; status == STATUS_OK && i < crowd->people; i++) {
		int64_t registrant = i * STEP % crowd->people + 1;
		int64_t at_s = from_s + i * CROWD_S / crowd->people;
		struct scan_row row = {
			.event_id = 1,
			.registrant_id = registrant,
			.session_id = session + 1,
			.token_id = registrant,
			.direction = is_out ? "out" : "in",
			.at_s = at_s,
			.stored_s = at_s,
			.source = "door",
			.station = "north",
			.result = "admitted",
			.actor = "door",
		};
		if (is_out ? !is_seen_going(registrant, session) : !comes(registrant, session))
			continue;
		status = ledger_add(&crowd->ledger, &row, error);
		if (status == STATUS_OK && ++crowd->in_group == GROUP)
			status = close_group(crowd, error);
	}
	return status;
}

static enum status write_scans(const char *path, int64_t people, struct error *error)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	char cache[64];

	(void)snprintf(cache, sizeof cache, "PRAGMA synchronous=OFF; PRAGMA cache_size=-%d",
		CACHE_KIB);
	enum status status = db_open(path, DB_WRITE, NULL, &db, error);
	if (status == STATUS_OK)
		status = db_execute(db, cache, error);
	if (status == STATUS_OK)
		status = transaction_begin_write(&transaction, db, error);
	if (status != STATUS_OK)
		return status;
	struct crowd crowd = { .db = db, .people = people };
	status = ledger_begin(&crowd.ledger, db, error);
	for (int i = 0; status == STATUS_OK && i < 2 * SESSIONS; i++)
		status = move_crowd(&crowd, i / 2, i % 2 == 1, error);
	if (status == STATUS_OK)
		status = close_group(&crowd, error);
	ledger_free(&crowd.ledger);
	if (status == STATUS_OK)
		status = transaction_commit(&transaction, error);
	return status;
}

int main(int argument_count, char **arguments)
{
	struct error error = ERROR_INIT;

	if (argument_count == 2 && strcmp(arguments[1], "programme") == 0) {
		write_programme();
	} else if (argument_count == 3 && strcmp(arguments[1], "people") == 0) {
		write_people(strtoll(arguments[2], NULL, 10));
	} else if (argument_count == 4 && strcmp(arguments[1], "scans") == 0) {
		if (hash_start_library() != 0)
			return EXIT_FAILURE;
		if (write_scans(arguments[2], strtoll(arguments[3], NULL, 10), &error) !=
			STATUS_OK) {
			(void)fprintf(stderr, "generate: %s\n", error.message);
			return EXIT_FAILURE;
		}
	} else {
		(void)fputs("usage: generate people COUNT | programme | scans DB COUNT\n", stderr);
		return EXIT_FAILURE;
	}
	return fflush(stdout) == 0 && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

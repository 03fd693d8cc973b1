/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Check-in against a slow model of it in plain words: any scans at any times of their own, in
 * any order of storing, with any borders between commits, as a dry run and in earnest.
 */
#include "core/checkin.h"

#include "support.h"

#include "desk.h"
#include "unit.h"

enum {
	CASES = 400,
	PEOPLE = 5,
	SESSIONS = 5,
	SCANS_MAX = 40,
	MINUTES = 60, /* of the day; another day is a day later */
	DOORS = 3,
};

/* Sessions of the world, sorted by code: A and B overlap, C is for speakers, D holds two. */
static const struct {
	const char *code;
	int from, to;
	const char *access;
	int capacity;
} sessions[SESSIONS] = {
	{ "A", 5, 20, "", -1 },
	{ "B", 15, 25, "speaker", -1 },
	{ "C", 28, 40, "speaker", 1 },
	{ "D", 28, 45, "", 2 },
	{ "E", 50, 55, "", -1 },
};

static const char *const roles[PEOPLE] = { "attendee", "speaker", "attendee", "chair;speaker",
	"attendee" };
static const char *const statuses[PEOPLE] = { "confirmed", "confirmed", "confirmed", "confirmed",
	"waitlisted" };

struct scan {
	int person;  /* from 0 */
	int minute;  /* from noon */
	int session; /* named; -1: none */
	bool is_out;
	bool is_arrival;
	bool is_forced;
	int nonce; /* 0: none */
	/* What became of it. */
	const char *word;
	int place;  /* the session it was stored with, or -1 */
	int stored; /* its number among the stored; 0: not stored */
};

struct history {
	struct scan scan[SCANS_MAX];
	size_t count;
	int stored;
};

static bool is_speaker(int person)
{
	return strstr(roles[person], "speaker") != NULL;
}

static bool admits(int session, int person)
{
	return sessions[session].access[0] == '\0' || is_speaker(person);
}

static bool is_open(int session, int minute)
{
	return minute >= sessions[session].from - DOORS && minute < sessions[session].to;
}

static bool counts(const struct scan *scan)
{
	return scan->stored != 0 &&
	       (strcmp(scan->word, "admitted") == 0 || scan->word[0] == '+' ||
		       strcmp(scan->word, "already-in") == 0 || strcmp(scan->word, "not-in") == 0);
}

/* Where somebody is at a minute, and since when: lived through minute by minute. */
static int place_of(const struct history *history, int person, int minute, int *ret_since)
{
	int place = -1;

	for (int now = 0; now <= minute; now++) {
		for (size_t i = 0; i < history->count; i++) {
			const struct scan *scan = &history->scan[i];
			if (counts(scan) && scan->person == person && scan->minute == now &&
				scan->is_out && (scan->place == -1 || scan->place == place))
				place = -1;
		}
		for (int session = 0; session < SESSIONS; session++)
			for (size_t i = 0; i < history->count; i++) {
				const struct scan *scan = &history->scan[i];
				if (!counts(scan) || scan->person != person ||
					scan->minute != now || scan->is_out ||
					scan->place != session || place == session)
					continue;
				place = session;
				*ret_since = now;
			}
	}
	return place;
}

static int inside(const struct history *history, int session, int but_person, int minute)
{
	int count = 0;
	int since;

	for (int person = 0; person < PEOPLE; person++)
		if (person != but_person && place_of(history, person, minute, &since) == session)
			count++;
	return count;
}

/* The sessions one may mean: open, admitting, in progress first, else the next to start. */
static int candidates(int person, int minute, bool only_admitting, int *ret_session)
{
	int earliest = 1000;
	int count = 0;

	for (int session = 0; session < SESSIONS; session++) {
		if (!is_open(session, minute) || (only_admitting && !admits(session, person)))
			continue;
		int start = sessions[session].from <= minute ? -1 : sessions[session].from;
		if (start < earliest) {
			earliest = start;
			count = 0;
		}
		if (start == earliest && count++ == 0)
			*ret_session = session;
	}
	return count;
}

static const char *refuse_or_note(const struct scan *scan, bool is_so, const char *word,
	const char **noted)
{
	if (!is_so)
		return NULL;
	if (!scan->is_forced)
		return word;
	if (*noted == NULL)
		*noted = word;
	return NULL;
}

static const char *model_session(struct scan *scan, const char **noted)
{
	const char *word = NULL;

	if (scan->session >= 0) {
		word = refuse_or_note(scan, scan->minute < sessions[scan->place].from - DOORS,
			"too-early", noted);
		if (word == NULL)
			word = refuse_or_note(scan, scan->minute >= sessions[scan->place].to,
				"too-late", noted);
		if (word == NULL)
			word = refuse_or_note(scan, !admits(scan->place, scan->person),
				"not-admitted", noted);
		return word;
	}
	int found = -1;
	int count = candidates(scan->person, scan->minute, true, &found);
	if (count > 1)
		return "ambiguous-session";
	if (count == 0) {
		count = candidates(scan->person, scan->minute, false, &found);
		if (count == 0)
			return "no-session";
		if (count == 1)
			scan->place = found;
		word = refuse_or_note(scan, true, "not-admitted", noted);
		if (word == NULL && count > 1)
			return "ambiguous-session";
		return word;
	}
	scan->place = found;
	return NULL;
}

static bool has_arrived(const struct history *history, int person, int minute)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct scan *scan = &history->scan[i];
		if (counts(scan) && scan->person == person && !scan->is_out && scan->place == -1 &&
			scan->minute <= minute)
			return true;
	}
	return false;
}

static const char *model_in(const struct history *history, struct scan *scan)
{
	static char overridden[40];
	const char *noted = NULL;
	int since;

	const char *word = refuse_or_note(scan, strcmp(statuses[scan->person], "waitlisted") == 0,
		"waitlisted", &noted);
	if (word == NULL && !scan->is_arrival)
		word = model_session(scan, &noted);
	if (word != NULL)
		return word;
	if (scan->is_arrival ? has_arrived(history, scan->person, scan->minute)
			     : place_of(history, scan->person, scan->minute, &since) == scan->place)
		return "already-in";
	if (!scan->is_arrival && sessions[scan->place].capacity >= 0)
		word = refuse_or_note(scan,
			inside(history, scan->place, scan->person, scan->minute) >=
				sessions[scan->place].capacity,
			"session-full", &noted);
	if (word != NULL || noted == NULL)
		return word != NULL ? word : "admitted";
	(void)snprintf(overridden, sizeof overridden, "+%s", noted);
	return overridden;
}

static const char *model_out(const struct history *history, struct scan *scan)
{
	int since;
	int place = place_of(history, scan->person, scan->minute, &since);

	if (place < 0 || (scan->session >= 0 && scan->session != place))
		return "not-in";
	scan->place = place;
	return "admitted";
}

/* Answers, and adds it to the history. */
static void model(struct history *history, struct scan *scan)
{
	/* One that is named is kept, whatever the answer. */
	scan->place = scan->session;
	for (size_t i = 0; i < history->count && scan->nonce != 0; i++) {
		const struct scan *first = &history->scan[i];
		if (first->nonce != scan->nonce || first->stored == 0)
			continue;
		if (first->person != scan->person || first->is_out != scan->is_out ||
			(scan->is_arrival && first->place != -1) ||
			(scan->session >= 0 && first->place != scan->session)) {
			scan->word = "nonce-conflict";
		} else {
			scan->word = first->word;
			scan->place = first->place;
		}
		scan->stored = 0;
		history->scan[history->count++] = *scan;
		return;
	}
	const char *word = scan->is_out ? model_out(history, scan) : model_in(history, scan);
	static char kept[SCANS_MAX][40];
	(void)snprintf(kept[history->count], sizeof kept[0], "%s", word);
	scan->word = kept[history->count];
	scan->stored = ++history->stored;
	history->scan[history->count++] = *scan;
}

/* --- Worlds --- */

static void make_event(struct desk_world *world, int number)
{
	desk_sql(world, "INSERT INTO event (code, timezone) VALUES ('e%d', 'Europe/Zurich')",
		number);
	world->event = (struct event){
		.id = number + 1,
		.code = (char *)"e",
		.doors_min = DOORS,
	};
	for (int i = 0; i < SESSIONS; i++)
		desk_session(world, sessions[i].code, sessions[i].from, sessions[i].to,
			sessions[i].access, sessions[i].capacity);
	for (int i = 0; i < PEOPLE; i++)
		(void)desk_person(world, roles[i], statuses[i]);
}

static struct scan random_scan(uint64_t *seed)
{
	struct scan scan = {
		.person = (int)unit_random_below(seed, PEOPLE),
		.minute = (int)unit_random_below(seed, MINUTES),
		.session = -1,
		.is_out = unit_random_below(seed, 3) == 0,
		.is_forced = unit_random_below(seed, 6) == 0,
	};

	if (unit_random_below(seed, 3) == 0)
		scan.session = (int)unit_random_below(seed, SESSIONS);
	else if (!scan.is_out)
		scan.is_arrival = unit_random_below(seed, 8) == 0;
	if (unit_random_below(seed, 4) == 0)
		scan.nonce = 1 + (int)unit_random_below(seed, 6);
	return scan;
}

static void compare(const struct scan *scan, const struct checkin_answer *answer, int at)
{
	const char *word = desk_word(answer);
	const char *place = scan->place >= 0 ? sessions[scan->place].code : "none";
	const char *session = answer->session != NULL ? answer->session : "none";

	if (strcmp(word, scan->word) != 0)
		fail_msg("scan %d (person %d, minute %d): %s, the model says %s", at, scan->person,
			scan->minute, word, scan->word);
	if (strcmp(scan->word, "nonce-conflict") != 0 && strcmp(session, place) != 0)
		fail_msg("scan %d (%s): session %s, the model says %s", at, word, session, place);
}

struct told {
	char who[SCANS_MAX][24];
	char nonce[SCANS_MAX][8];
};

static struct checkin_request request_of(const struct desk_world *world, const struct scan *scan,
	size_t at, struct told *told)
{
	(void)snprintf(told->who[at], sizeof told->who[at], "@%lld",
		(long long)(world->people - PEOPLE + 1 + scan->person));
	(void)snprintf(told->nonce[at], sizeof told->nonce[at], "n%d", scan->nonce);
	return (struct checkin_request){
		.who = told->who[at],
		.is_out = scan->is_out,
		.is_arrival = scan->is_arrival,
		.at_s = AT(scan->minute),
		.session = scan->session >= 0 ? sessions[scan->session].code : NULL,
		.station = "",
		.nonce = scan->nonce != 0 ? told->nonce[at] : NULL,
		.force_reason = scan->is_forced ? "because" : NULL,
	};
}

/* Records all, with a border between commits after every few. */
static void record_all(struct desk_world *world, const struct history *history, uint64_t *seed,
	bool is_dry_run)
{
	struct error error = ERROR_INIT;
	static struct told told;
	size_t left = 0;

	desk_open_again(world, is_dry_run);
	for (size_t i = 0; i < history->count; i++) {
		struct checkin_answer answer;
		if (left == 0) {
			assert_ok(checkin_begin(world->checkin, AT(0), &error), error);
			left = 1 + unit_random_below(seed, 5);
		}
		struct checkin_request request = request_of(world, &history->scan[i], i, &told);
		assert_ok(checkin_record(world->checkin, &request, &answer, &error), error);
		compare(&history->scan[i], &answer, (int)i);
		checkin_answer_free(&answer);
		if (--left == 0 || i + 1 == history->count) {
			assert_ok(checkin_commit(world->checkin, &error), error);
			left = 0;
		}
	}
}

static void test_any(void **state)
{
	struct desk_world world = desk_begin();
	struct error error = ERROR_INIT;
	uint64_t seed = 20220215;
	int64_t stored = 0;
	int64_t wanted = 0;

	(void)state;
	for (int number = 1; number <= CASES; number++) {
		struct history history = { .count = 0 };
		make_event(&world, number);
		/* The desk asks for its event again by code. */
		char code[16];
		(void)snprintf(code, sizeof code, "e%d", number);
		world.event.code = code;
		desk_sql(&world, "UPDATE event SET doors_min = %d WHERE event_id = %d", DOORS,
			number + 1);
		size_t count = 1 + unit_random_below(&seed, SCANS_MAX);
		while (history.count < count) {
			struct scan scan = random_scan(&seed);
			model(&history, &scan);
		}
		wanted += history.stored;
		record_all(&world, &history, &seed, true);
		record_all(&world, &history, &seed, false);
	}
	assert_ok(db_execute_integer(world.db, "SELECT count(*) FROM scan", &stored, &error),
		error);
	assert_int_equal(stored, wanted);
	desk_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any),
	};

	return cmocka_run_group_tests_name("checkin_any", tests, support_start, support_stop);
}

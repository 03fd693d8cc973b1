/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/sighting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
	STAYS_MAX = 64,
};

struct stays {
	struct stay stay[STAYS_MAX];
	size_t count;
};

static void collect(const struct stay *stay, void *data)
{
	struct stays *stays = data;

	assert_true(stays->count < STAYS_MAX);
	stays->stay[stays->count++] = *stay;
}

static struct stays walk(struct sighting *sightings, size_t count)
{
	struct stays stays = { .count = 0 };

	sightings_sort(sightings, count);
	sightings_walk(sightings, count, collect, &stays);
	return stays;
}

static struct sighting seen(int64_t scan_id, int64_t at_s, int session, bool is_out)
{
	return (struct sighting){
		.at_s = at_s,
		.scan_id = scan_id,
		.session_id = session != 0 ? 100 + session : 0,
		.code_rank = session,
		.is_out = is_out,
	};
}

static void assert_stay(const struct stay *stay, int session, int64_t from_s, int64_t to_s,
	enum stay_end end)
{
	assert_int_equal(stay->session_id, 100 + session);
	assert_int_equal(stay->from_s, from_s);
	assert_int_equal(stay->end, end);
	if (end != STAY_OPEN)
		assert_int_equal(stay->to_s, to_s);
	else
		assert_int_equal(stay->to_scan_id, 0);
}

static void test_in_and_out(void **state)
{
	struct sighting list[] = {
		seen(1, 10, 1, false),
		seen(2, 20, 1, true),
		seen(3, 30, 1, false),
	};
	struct stays stays = walk(list, 3);
	struct stay stay;

	(void)state;
	assert_int_equal(stays.count, 2);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_OUT);
	assert_int_equal(stays.stay[0].from_scan_id, 1);
	assert_int_equal(stays.stay[0].to_scan_id, 2);
	assert_stay(&stays.stay[1], 1, 30, 0, STAY_OPEN);
	assert_false(sightings_inside(list, 3, 9, &stay));
	assert_true(sightings_inside(list, 3, 10, &stay));
	assert_stay(&stay, 1, 10, 0, STAY_OPEN);
	assert_true(sightings_inside(list, 3, 19, &stay));
	assert_false(sightings_inside(list, 3, 20, &stay));
	assert_true(sightings_inside(list, 3, 1000, &stay));
	assert_stay(&stay, 1, 30, 0, STAY_OPEN);
}

static void test_a_second_in_goes_on_with_the_stay(void **state)
{
	struct sighting list[] = {
		seen(1, 10, 1, false),
		seen(2, 15, 1, false),
		seen(3, 20, 1, true),
	};
	struct stays stays = walk(list, 3);

	(void)state;
	assert_int_equal(stays.count, 1);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_OUT);
}

static void test_moving_closes(void **state)
{
	struct sighting list[] = {
		seen(1, 10, 1, false),
		seen(2, 20, 2, false),
		seen(3, 30, 1, false),
	};
	struct stays stays = walk(list, 3);
	struct stay stay;

	(void)state;
	assert_int_equal(stays.count, 3);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_MOVED);
	assert_stay(&stays.stay[1], 2, 20, 30, STAY_MOVED);
	assert_stay(&stays.stay[2], 1, 30, 0, STAY_OPEN);
	assert_true(sightings_inside(list, 3, 25, &stay));
	assert_stay(&stay, 2, 20, 0, STAY_OPEN);
}

static void test_outs(void **state)
{
	/* Of another session: nothing; of no session: whichever it is. */
	struct sighting list[] = {
		seen(1, 5, 1, true),
		seen(2, 10, 1, false),
		seen(3, 15, 2, true),
		seen(4, 20, 0, true),
		seen(5, 25, 1, true),
	};
	struct stays stays = walk(list, 5);

	(void)state;
	assert_int_equal(stays.count, 1);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_OUT);
}

static void test_arrivals_open_and_close_nothing(void **state)
{
	struct sighting list[] = {
		seen(1, 5, 0, false),
		seen(2, 10, 1, false),
		seen(3, 15, 0, false),
		seen(4, 20, 1, true),
		seen(5, 25, 0, false),
	};
	struct stays stays = walk(list, 5);
	struct stay stay;

	(void)state;
	assert_int_equal(stays.count, 1);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_OUT);
	assert_false(sightings_inside(list, 5, 5, &stay));
	assert_true(sightings_inside(list, 5, 15, &stay));
	assert_false(sightings_inside(list, 5, 25, &stay));
}

static void test_the_same_second(void **state)
{
	/* Stored the wrong way round: the out goes first, then the codes decide. */
	struct sighting list[] = {
		seen(4, 20, 2, false),
		seen(3, 20, 1, false),
		seen(2, 20, 1, true),
		seen(1, 10, 1, false),
	};
	struct stays stays = walk(list, 4);

	(void)state;
	assert_int_equal(list[0].scan_id, 1);
	assert_int_equal(list[1].scan_id, 2);
	assert_int_equal(list[2].scan_id, 3);
	assert_int_equal(list[3].scan_id, 4);
	assert_int_equal(stays.count, 3);
	assert_stay(&stays.stay[0], 1, 10, 20, STAY_OUT);
	assert_stay(&stays.stay[1], 1, 20, 20, STAY_MOVED);
	assert_stay(&stays.stay[2], 2, 20, 0, STAY_OPEN);
}

static void test_nothing(void **state)
{
	struct stay stay;
	struct stays stays = walk(NULL, 0);

	(void)state;
	assert_int_equal(stays.count, 0);
	assert_false(sightings_inside(NULL, 0, 0, &stay));
}

/* --- Properties --- */

/* A generator of our own, so that a failure can be repeated anywhere. */
static uint32_t random_below(uint64_t *seed, uint32_t limit)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33) % limit;
}

static size_t random_list(uint64_t *seed, struct sighting *list, size_t most)
{
	size_t count = random_below(seed, (uint32_t)most + 1);

	for (size_t i = 0; i < count; i++)
		list[i] = seen((int64_t)i + 1, random_below(seed, 12), (int)random_below(seed, 4),
			random_below(seed, 2) == 0);
	return count;
}

static void shuffle(uint64_t *seed, struct sighting *list, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = random_below(seed, (uint32_t)i);
		struct sighting kept = list[i - 1];
		list[i - 1] = list[other];
		list[other] = kept;
	}
}

static void test_any_order_of_storing_gives_the_same_stays(void **state)
{
	uint64_t seed = 20220215;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		struct sighting list[16];
		struct sighting other[16];
		size_t count = random_list(&seed, list, 16);
		memcpy(other, list, sizeof list);
		shuffle(&seed, other, count);
		for (size_t i = 0; i < count; i++)
			other[i].scan_id = (int64_t)i + 1;
		struct stays a = walk(list, count);
		struct stays b = walk(other, count);
		assert_int_equal(a.count, b.count);
		for (size_t i = 0; i < a.count; i++)
			assert_stay(&b.stay[i], (int)a.stay[i].session_id - 100, a.stay[i].from_s,
				a.stay[i].to_s, a.stay[i].end);
	}
}

/* Where somebody is after second `at_s`, told second by second in plain words. */
static int plain_place(const struct sighting *list, size_t count, int64_t at_s)
{
	int place = 0;

	for (int64_t now_s = 0; now_s <= at_s; now_s++) {
		for (int session = 0; session < 4; session++)
			for (size_t i = 0; i < count; i++)
				if (list[i].at_s == now_s && list[i].is_out &&
					list[i].code_rank == session &&
					(session == 0 || session == place))
					place = 0;
		for (int session = 1; session < 4; session++)
			for (size_t i = 0; i < count; i++)
				if (list[i].at_s == now_s && !list[i].is_out &&
					list[i].code_rank == session)
					place = session;
	}
	return place;
}

/* However few of the last sightings are looked at: what they say is so, and all of them say. */
static void assert_last_say(const struct sighting *list, size_t count, int64_t session_id,
	bool is_in)
{
	for (size_t some = 0; some <= count; some++) {
		enum sightings_verdict said =
			sightings_last_say(list + count - some, some, session_id);
		if (said != SIGHTINGS_SILENT)
			assert_int_equal(said == SIGHTINGS_IN, is_in);
		else if (some == count)
			assert_false(is_in);
	}
}

static void test_place_agrees_with_the_plain_model_and_the_stays(void **state)
{
	uint64_t seed = 642;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct sighting list[12];
		size_t count = random_list(&seed, list, 12);
		struct stays stays = walk(list, count);
		for (int64_t at_s = -1; at_s < 13; at_s++) {
			struct stay stay = { .session_id = 100 };
			bool is_inside = sightings_inside(list, count, at_s, &stay);
			int place = plain_place(list, count, at_s);
			int by_stays = 0;
			assert_int_equal(is_inside, place != 0);
			assert_int_equal(stay.session_id, 100 + place);
			for (size_t i = 0; i < stays.count; i++)
				if (stays.stay[i].from_s <= at_s &&
					(stays.stay[i].end == STAY_OPEN ||
						at_s < stays.stay[i].to_s))
					by_stays = (int)stays.stay[i].session_id - 100;
			assert_int_equal(by_stays, place);
			size_t until = 0;
			while (until < count && list[until].at_s <= at_s)
				until++;
			for (int session = 1; session < 4; session++)
				assert_last_say(list, until, 100 + session, session == place);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_and_out),
		cmocka_unit_test(test_a_second_in_goes_on_with_the_stay),
		cmocka_unit_test(test_moving_closes),
		cmocka_unit_test(test_outs),
		cmocka_unit_test(test_arrivals_open_and_close_nothing),
		cmocka_unit_test(test_the_same_second),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_any_order_of_storing_gives_the_same_stays),
		cmocka_unit_test(test_place_agrees_with_the_plain_model_and_the_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

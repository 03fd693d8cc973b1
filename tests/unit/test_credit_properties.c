/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Properties that presence and credit have whatever the rows are, over thousands of small
 * events made at random, the same ones in every run.
 */
#include "core/credit_evidence.h"
#include "credit_make.h"
#include "credit_reference_rule.h"

enum {
	CASES = 6000,
};

static struct zone *utc;

static void assert_same(size_t number, const struct world_result *a, const struct world_result *b)
{
	if (a->decision != b->decision || strcmp(a->reasons, b->reasons) != 0)
		fail_msg("case %zu: %s (%s), but %s (%s)", number,
			credit_decision_word(a->decision), a->reasons,
			credit_decision_word(b->decision), b->reasons);
	if (memcmp(a->session_s, b->session_s, sizeof a->session_s) != 0)
		fail_msg("case %zu: other seconds in a session", number);
	if (a->attended_s != b->attended_s || a->total_s != b->total_s ||
		a->percent_permille != b->percent_permille)
		fail_msg("case %zu: %lld of %lld s, but %lld of %lld s", number,
			(long long)a->attended_s, (long long)a->total_s, (long long)b->attended_s,
			(long long)b->total_s);
	if (a->sessions_attended != b->sessions_attended ||
		a->sessions_total != b->sessions_total ||
		a->credits_hundredths != b->credits_hundredths)
		fail_msg("case %zu: other sessions or credits", number);
}

/* --- Properties --- */

static void test_agrees_with_plain_rule(void **state)
{
	uint64_t random = 1;
	size_t decisions[CREDIT_ELIGIBLE + 1] = { 0 };
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		struct world_result result = world_evaluate(&world, utc);
		struct world_result plain = reference_evaluate(&world, first_s);
		assert_same(i, &result, &plain);
		decisions[result.decision]++;
	}
	/* The cases are of all kinds, or they would show little. */
	assert_true(decisions[CREDIT_ELIGIBLE] > CASES / 50);
	assert_true(decisions[CREDIT_PENDING] > CASES / 50);
	assert_true(decisions[CREDIT_NOT_ELIGIBLE] > CASES / 50);
}

static void test_order_of_rows_does_not_matter(void **state)
{
	uint64_t random = 2;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		struct world_result before = world_evaluate(&world, utc);
		for (size_t j = world.row_count; j > 1; j--) {
			size_t other = unit_random_below(&random, j);
			struct presence_row row = world.rows[j - 1];
			size_t event = world.row_events[j - 1];
			world.rows[j - 1] = world.rows[other];
			world.row_events[j - 1] = world.row_events[other];
			world.rows[other] = row;
			world.row_events[other] = event;
		}
		struct world_result after = world_evaluate(&world, utc);
		assert_same(i, &before, &after);
	}
}

static void test_an_interval_more_takes_nothing_away(void **state)
{
	uint64_t random = 3;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		if (world.session_count == 0)
			continue;
		struct world_result before = world_evaluate(&world, utc);
		struct presence_row row = make_row(&random, &world, 100);
		row.source = PRESENCE_ONLINE;
		row.session_id = pick_session(&random, &world);
		row.is_out = false;
		add_row(&random, &world, &row);
		struct world_result after = world_evaluate(&world, utc);
		assert_true(after.attended_s >= before.attended_s);
		assert_true(after.sessions_attended >= before.sessions_attended);
		assert_true(after.decision >= before.decision);
		for (size_t j = 0; j < world.session_count; j++)
			assert_true(after.session_s[j] >= before.session_s[j]);
	}
}

static void check_bounds(const struct credit_settings *settings, const struct credit_person *person,
	const struct credit_outcome *outcome, void *data)
{
	int64_t sum_s = 0;

	(void)data;
	for (size_t i = 0; i < outcome->plan->session_count; i++) {
		const struct credit_session *session = &outcome->plan->sessions[i];
		assert_true(session->attended_s >= 0);
		assert_true(session->attended_s <= session->countable_s);
		if (session->is_counted)
			sum_s += session->attended_s;
	}
	assert_true(outcome->attended_s <= sum_s);
	assert_true(outcome->attended_s <= outcome->total_s);
	assert_true(outcome->percent_permille <= 1000);
	assert_true(outcome->sessions_attended <= outcome->sessions_total);
	if (person->verdict == CREDIT_BY_RULE)
		assert_int_equal(outcome->decision == CREDIT_ELIGIBLE, outcome->reason_count == 0);
	assert_true(outcome->credits_hundredths >= 0);
	const struct credit_rate *rate = &settings->course->rate;
	if (rate->max_hundredths > 0 && rate->minutes + rate->sessions > 0 &&
		!person->has_granted_credits)
		assert_true(outcome->credits_hundredths <= rate->max_hundredths);
}

static void test_never_more_than_the_session(void **state)
{
	uint64_t random = 4;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		world_ask(&world, utc, check_bounds, NULL);
	}
}

static void test_a_doubled_row_changes_nothing(void **state)
{
	uint64_t random = 5;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		if (world.row_count == 0)
			continue;
		struct world_result before = world_evaluate(&world, utc);
		size_t which = unit_random_below(&random, world.row_count);
		struct presence_row row = world.rows[which];
		row.scan_id = 100;
		world.row_events[world.row_count] = world.row_events[which];
		world.rows[world.row_count++] = row;
		struct world_result after = world_evaluate(&world, utc);
		assert_same(i, &before, &after);
	}
}

/* One row cut into two that overlap, as two devices report it. */
static void test_two_devices_are_one_person(void **state)
{
	uint64_t random = 6;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		if (world.session_count == 0)
			continue;
		struct presence_row row = make_row(&random, &world, 100);
		row.source = PRESENCE_ONLINE;
		row.session_id = pick_session(&random, &world);
		row.is_out = false;
		row.has_until = true;
		row.until_s = row.at_s + pick(&random, 2, 300);
		add_row(&random, &world, &row);
		struct world_result before = world_evaluate(&world, utc);
		struct presence_row *first = &world.rows[world.row_count - 1];
		struct presence_row second = row;
		second.scan_id = 101;
		second.at_s = pick(&random, row.at_s, row.until_s);
		first->until_s = pick(&random, second.at_s, row.until_s);
		if (second.at_s > world.as_of_s)
			continue; /* the second device is not looked at yet */
		add_row(&random, &world, &second);
		struct world_result after = world_evaluate(&world, utc);
		assert_same(i, &before, &after);
	}
}

/* --- Evidence --- */

struct sums {
	int64_t counted_s;
};

static void check_interval(const struct credit_evidence *evidence, void *data)
{
	struct sums *sums = data;
	int64_t length_s = evidence->interval->to_s - evidence->interval->from_s;
	int64_t parts_s = evidence->counted_s + evidence->before_s + evidence->after_s +
			  evidence->break_s + evidence->no_credit_s + evidence->closed_s +
			  evidence->no_exit_s + evidence->double_s + evidence->later_s;

	assert_int_equal(parts_s, length_s > 0 ? length_s : 0);
	assert_true(evidence->counted_s >= 0 && evidence->double_s >= 0);
	sums->counted_s += evidence->counted_s;
}

static void check_evidence(const struct credit_settings *settings,
	const struct credit_person *person, const struct credit_outcome *outcome, void *data)
{
	(void)data;
	for (size_t i = 0; i < outcome->plan->session_count; i++) {
		const struct credit_session *session = &outcome->plan->sessions[i];
		struct sums sums = { 0 };
		if (!session->is_counted && !session->is_required)
			continue;
		credit_evidence_of_session(settings, person, outcome, i, check_interval, &sums);
		assert_int_equal(sums.counted_s, session->attended_s);
	}
}

static void test_evidence_adds_up(void **state)
{
	uint64_t random = 7;
	struct world world;

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		make_world(&random, &world);
		world_ask(&world, utc, check_evidence, NULL);
	}
}

static int start(void **state)
{
	(void)state;
	utc = world_zone("UTC");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	zone_close(utc);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agrees_with_plain_rule),
		cmocka_unit_test(test_order_of_rows_does_not_matter),
		cmocka_unit_test(test_an_interval_more_takes_nothing_away),
		cmocka_unit_test(test_never_more_than_the_session),
		cmocka_unit_test(test_a_doubled_row_changes_nothing),
		cmocka_unit_test(test_two_devices_are_one_person),
		cmocka_unit_test(test_evidence_adds_up),
	};

	return cmocka_run_group_tests(tests, start, stop);
}

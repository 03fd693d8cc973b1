/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Properties that presence and credit have whatever the rows are, over thousands of small
 * events made at random, the same ones in every run.
 */
#include "core/credit_evidence.h"
#include "credit_reference_rule.h"

enum {
	CASES = 6000,
	HALF_S = 450, /* sessions lie so far around midnight */
	GRID_S = 50,
};

/* Midnight between 2022-02-14 and 2022-02-15, UTC; and where the bits begin. */
static const int64_t midnight_s = 1644883200;
static const int64_t base_s = 1644883200 - REFERENCE_SECONDS / 2;

static struct zone *utc;

static const char *const role_sets[] = {
	"attendee",
	"student",
	"chair;student",
	"attendee;speaker",
	"organizer",
};
static const char *const accesses[] = { "", "", "", "speaker", "chair;speaker", "student" };

static int64_t pick(uint64_t *state, int64_t from, int64_t to)
{
	return from + (int64_t)unit_random_below(state, (size_t)(to - from + 1));
}

static bool one_in(uint64_t *state, size_t times)
{
	return unit_random_below(state, times) == 0;
}

static void copy_text(char *to, const char *from)
{
	memcpy(to, from, strlen(from) + 1);
}

/* A time; every second one on a grid, so that ends, scans and reports often meet in the same
 * second: there it matters most. */
static int64_t pick_time(uint64_t *state, int64_t from, int64_t to)
{
	int64_t at_s = pick(state, from, to);

	if (one_in(state, 2))
		at_s -= at_s % GRID_S;
	return midnight_s + at_s;
}

static const char *pick_access(uint64_t *state)
{
	return accesses[unit_random_below(state, COUNT(accesses))];
}

/* --- A world --- */

static void make_items(uint64_t *state, struct world *world, size_t index)
{
	struct session *session = &world->sessions[index];
	int64_t at_s = session->start_s;

	while (session->item_count < WORLD_ITEMS_MAX && !one_in(state, 3)) {
		int64_t from_s = at_s + pick(state, 0, 40);
		int64_t to_s = from_s + pick(state, 1, 60);
		if (to_s > session->end_s)
			return;
		size_t item = session->item_count++;
		copy_text(world->item_accesses[index][item], pick_access(state));
		world->items[index][item] = (struct item){
			.kind = one_in(state, 3) ? ITEM_BREAK : ITEM_TALK,
			.start_s = from_s,
			.end_s = to_s,
			.is_credit = !one_in(state, 4),
		};
		if (world->items[index][item].kind == ITEM_BREAK)
			world->items[index][item].is_credit = false;
		at_s = to_s;
	}
}

static int compare_starts(const void *left, const void *right)
{
	const struct session *a = left;
	const struct session *b = right;

	return (a->start_s > b->start_s) - (a->start_s < b->start_s);
}

static void make_sessions(uint64_t *state, struct world *world)
{
	world->session_count = (size_t)pick(state, 1, 5);
	for (size_t i = 0; i < world->session_count; i++) {
		int64_t start_s = pick_time(state, -HALF_S, HALF_S - GRID_S);
		int64_t end_s = pick_time(state, (int)(start_s - midnight_s) + 1, HALF_S);
		world->sessions[i] = (struct session){
			.start_s = start_s,
			.end_s = end_s > start_s ? end_s : start_s + GRID_S,
			.is_credit = !one_in(state, 6),
		};
	}
	qsort(world->sessions, world->session_count, sizeof *world->sessions, compare_starts);
	size_t turn = unit_random_below(state, world->session_count);
	for (size_t i = 0; i < world->session_count; i++) {
		size_t letter = (i + turn) % world->session_count;
		world->sessions[i].id = 101 + (int64_t)(i * 7 % 5) * 10;
		world->sessions[i].code_rank = (int)letter + 1;
		(void)snprintf(world->codes[i], WORLD_TEXT_MAX, "%c", 'A' + (int)letter);
		copy_text(world->accesses[i], pick_access(state));
		make_items(state, world, i);
	}
}

static int64_t pick_session(uint64_t *state, const struct world *world)
{
	return world->sessions[unit_random_below(state, world->session_count)].id;
}

static struct credit_rate make_rate(uint64_t *state)
{
	static const int64_t steps[] = { 100, 50, 25, 1, 150 };
	struct credit_rate rate = { .fixed_hundredths = 150, .step_hundredths = 100 };

	if (one_in(state, 2))
		return rate;
	if (one_in(state, 3))
		rate.sessions = pick(state, 1, 4);
	else
		rate.minutes = pick(state, 1, 6);
	rate.is_rounded_nearest = one_in(state, 2);
	rate.step_hundredths = steps[unit_random_below(state, COUNT(steps))];
	rate.max_half_day_hundredths = one_in(state, 3) ? pick(state, 1, 300) : 0;
	rate.max_day_hundredths = one_in(state, 3) ? pick(state, 1, 300) : 0;
	rate.max_hundredths = one_in(state, 3) ? pick(state, 1, 400) : 0;
	return rate;
}

static void make_marks(uint64_t *state, struct world *world)
{
	zone_day day = midnight_s / 86400;

	if (one_in(state, 3))
		world->course.requirement_count = (size_t)pick(state, 1, 3);
	for (size_t i = 0; i < world->course.requirement_count; i++) {
		(void)snprintf(world->requirement_names[i], WORLD_TEXT_MAX, "paper%zu", i);
		world->requirements[i].has_due = one_in(state, 2);
		world->requirements[i].due_day = day - 1 + pick(state, 0, 2);
		world->results[i] = one_in(state, 2)
					    ? MARK_PASS
					    : (enum mark_result)pick(state, MARK_NONE, MARK_ABSENT);
	}
	if (one_in(state, 8)) {
		world->verdict = one_in(state, 2) ? CREDIT_BY_GRANT : CREDIT_BY_DENIAL;
		world->has_granted_credits = one_in(state, 2);
		world->granted_hundredths = 75;
	}
}

static void make_course(uint64_t *state, struct world *world)
{
	struct course *course = &world->course;

	*course = (struct course){
		.rate = make_rate(state),
		.is_enrolment_required = !one_in(state, 3),
		.session_percent_permille = one_in(state, 2) ? 750 : pick(state, 0, 1000),
		.is_exit_required = one_in(state, 3),
		.rule_version = 1,
	};
	if (one_in(state, 5))
		copy_text(world->course_roles, "speaker;student");
	if (one_in(state, 3)) {
		course->counted.count = 1;
		world->counted[0] = pick_session(state, world);
	}
	if (one_in(state, 3))
		return;
	course->is_attendance_named = true;
	course->min_percent_permille = one_in(state, 2) ? pick(state, 1, 1000) : 0;
	course->min_minutes = one_in(state, 3) ? pick(state, 1, 12) : 0;
	course->min_sessions = one_in(state, 3) ? pick(state, 1, 4) : 0;
	course->is_each_day_required = one_in(state, 3);
	if (one_in(state, 3)) {
		course->required.count = 1;
		world->required[0] = pick_session(state, world);
	}
}

static struct presence_row make_row(uint64_t *state, const struct world *world, int64_t scan_id)
{
	struct presence_row row = {
		.scan_id = scan_id,
		.at_s = pick_time(state, -HALF_S - GRID_S, HALF_S + GRID_S),
		.session_id = pick_session(state, world),
		.source = PRESENCE_DOOR,
		.result = PRESENCE_ADMITTED,
	};

	if (one_in(state, 3)) {
		row.source = one_in(state, 2) ? PRESENCE_ONLINE : PRESENCE_MANUAL;
		row.has_until = !one_in(state, 4);
		row.until_s = row.at_s + pick(state, 0, 200);
		return row;
	}
	row.is_out = one_in(state, 3);
	if (one_in(state, 8))
		row.session_id = 0;
	if (one_in(state, 4))
		row.result = one_in(state, 2) ? PRESENCE_SIGHTED : PRESENCE_REFUSED;
	return row;
}

static void make_world(uint64_t *state, struct world *world)
{
	memset(world, 0, sizeof *world);
	make_sessions(state, world);
	make_course(state, world);
	copy_text(world->roles, role_sets[unit_random_below(state, COUNT(role_sets))]);
	world->is_enrolled = !one_in(state, 5);
	world->is_cancelled = one_in(state, 10);
	make_marks(state, world);
	world->doors_s = pick(state, 0, 2) * GRID_S;
	world->as_of_s = one_in(state, 2) ? midnight_s + 100000
					  : pick_time(state, -HALF_S - GRID_S, HALF_S + GRID_S);
	world->row_count = unit_random_below(state, 13);
	for (size_t i = 0; i < world->row_count; i++)
		world->rows[i] = make_row(state, world, (int64_t)i + 1);
	/* A report at the very second of a scan. */
	if (world->row_count > 0 && one_in(state, 4))
		world->as_of_s = world->rows[world->row_count - 1].at_s;
}

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
		struct world_result plain = reference_evaluate(&world, base_s);
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
			world.rows[j - 1] = world.rows[other];
			world.rows[other] = row;
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
		struct world_result before = world_evaluate(&world, utc);
		struct presence_row row = make_row(&random, &world, 100);
		row.source = PRESENCE_ONLINE;
		row.session_id = pick_session(&random, &world);
		row.is_out = false;
		world.rows[world.row_count++] = row;
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
		struct presence_row row = world.rows[unit_random_below(&random, world.row_count)];
		row.scan_id = 100;
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
		struct presence_row row = make_row(&random, &world, 100);
		row.source = PRESENCE_ONLINE;
		row.session_id = pick_session(&random, &world);
		row.is_out = false;
		row.has_until = true;
		row.until_s = row.at_s + pick(&random, 2, 300);
		world.rows[world.row_count] = row;
		world.row_count++;
		struct world_result before = world_evaluate(&world, utc);
		struct presence_row *first = &world.rows[world.row_count - 1];
		struct presence_row second = row;
		second.scan_id = 101;
		second.at_s = pick(&random, row.at_s, row.until_s);
		first->until_s = pick(&random, second.at_s, row.until_s);
		if (second.at_s > world.as_of_s)
			continue; /* the second device is not looked at yet */
		world.rows[world.row_count++] = second;
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

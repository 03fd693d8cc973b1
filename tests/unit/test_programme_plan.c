/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans without a database: what is there is a programme made here, the file a table. */
#include "unit.h"

#include "core/programme_plan.h"
#include "util/memory.h"
#include "util/str.h"

#include <strings.h>

enum {
	ROWS_MAX = 64,
};

static char *text(const char *constant)
{
	return (char *)(uintptr_t)constant;
}

static struct programme_row stated(size_t line, const char *code, int64_t start_s, int64_t end_s)
{
	return (struct programme_row){
		.line = line,
		.is_session = true,
		.code = text(code),
		.start_s = start_s,
		.end_s = end_s,
		.title = text(""),
		.people = text(""),
		.chair = text(""),
		.room = text(""),
		.access = text(""),
		.is_credit = true,
	};
}

static struct programme_row item(size_t line, const char *code, int64_t start_s, int64_t end_s)
{
	struct programme_row row = stated(line, code, start_s, end_s);

	row.is_session = false;
	row.kind = ITEM_TALK;
	return row;
}

static struct programme_file file_of(struct programme_row *rows, size_t count)
{
	struct programme_file file = { .rows = rows, .row_count = count };

	for (int i = 0; i < PROGRAMME_COLUMN_COUNT; i++)
		file.has_column[i] = true;
	return file;
}

/* Items as if they had been written and read again. */
static struct item *items_of(const struct planned_items *planned, size_t *ret_count)
{
	struct item *items = xcalloc(planned->count, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < planned->count; i++) {
		const struct item_row *row = &planned->all[i].row;
		if (planned->all[i].change == PLAN_REMOVED)
			continue;
		items[count] = (struct item){
			.id = (int64_t)i + 1,
			.start_s = row->start_s,
			.end_s = row->end_s,
			.title = xstrdup(row->title),
			.people = xstrdup(row->people),
			.chair = xstrdup(row->chair),
			.room = xstrdup(row->room),
			.access = xstrdup(row->access),
			.is_credit = row->is_credit,
		};
		assert_true(item_kind_parse(row->kind, &items[count].kind));
		count++;
	}
	*ret_count = count;
	return items;
}

/* The programme that the plan gives. */
static struct programme *programme_of(const struct plan *plan)
{
	struct programme *programme = xcalloc(1, sizeof *programme);

	programme->event_id = 1;
	programme->items = items_of(&plan->items, &programme->item_count);
	programme->sessions = xcalloc(plan->session_count, sizeof *programme->sessions);
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct session_row *row = &plan->sessions[i].row;
		if (plan->sessions[i].change == PLAN_REMOVED)
			continue;
		struct session *session = &programme->sessions[programme->session_count++];
		*session = (struct session){
			.id = (int64_t)i + 1,
			.code = xstrdup(row->code),
			.title = xstrdup(row->title),
			.start_s = row->start_s,
			.end_s = row->end_s,
			.people = xstrdup(row->people),
			.chair = xstrdup(row->chair),
			.room = xstrdup(row->room),
			.access = xstrdup(row->access),
			.is_credit = row->is_credit,
			.has_capacity = row->has_capacity,
			.capacity = row->capacity,
			.is_stated = row->is_stated,
		};
		session->items = items_of(&plan->sessions[i].items, &session->item_count);
	}
	return programme;
}

/* The changes of sessions and items, one letter each, and the errors: "S1=added[a]". */
static void describe(const struct plan *plan, const struct row_errors *errors, struct str *str)
{
	static const char letters[] = { 'l', 'u', 'a', 'c', 'r' };

	for (size_t i = 0; i < plan->items.count; i++)
		str_addf(str, "%c", letters[plan->items.all[i].change]);
	for (size_t i = 0; i < plan->session_count; i++) {
		const struct planned_session *session = &plan->sessions[i];
		str_addf(str, " %s=%c%lld-%lld[", session->row.code, letters[session->change],
			(long long)session->row.start_s, (long long)session->row.end_s);
		for (size_t j = 0; j < session->items.count; j++)
			str_addf(str, "%c", letters[session->items.all[j].change]);
		str_add(str, "]");
	}
	for (size_t i = 0; i < errors->count; i++)
		str_addf(str, " %zu:%s", errors->all[i].line, errors->all[i].column);
}

/* Plans the rows upon the programme and compares; gives the programme that they make. */
static struct programme *assert_plan(const struct programme *before, struct programme_row *rows,
	size_t count, bool replace, const char *wanted)
{
	CLEANUP(plan_free) struct plan plan = PLAN_INIT;
	CLEANUP(row_errors_free) struct row_errors errors = ROW_ERRORS_INIT;
	CLEANUP(str_free) struct str found = STR_INIT;
	struct programme_file file = file_of(rows, count);

	plan_make(&plan, before, &file, replace, &errors);
	describe(&plan, &errors, &found);
	assert_string_equal(found.text, wanted);
	return programme_of(&plan);
}

static const struct programme nothing = { .event_id = 1 };

static void test_new(void **state)
{
	struct programme_row rows[] = { item(2, "B", 50, 60), item(3, "a", 30, 40),
		item(4, "b", 10, 20), stated(5, "a", 30, 90), item(6, "", 25, 30) };

	(void)state;
	/* B, which no row states, spans its items whatever the case of its code. */
	CLEANUP(programme_freep)
	struct programme *made =
		assert_plan(&nothing, rows, COUNT(rows), false, "a a=a30-90[a] b=a10-60[aa]");
	assert_int_equal(made->session_count, 2);
}

static void test_same_again(void **state)
{
	struct programme_row rows[] = { stated(2, "S", 0, 90), item(3, "S", 10, 20),
		item(4, "T", 5, 9) };

	(void)state;
	CLEANUP(programme_freep)
	struct programme *made = assert_plan(&nothing, rows, 3, false, " S=a0-90[a] T=a5-9[a]");
	CLEANUP(programme_freep)
	struct programme *again = assert_plan(made, rows, 3, false, " S=u0-90[u] T=u5-9[u]");
	CLEANUP(programme_freep)
	struct programme *replaced = assert_plan(made, rows, 3, true, " S=u0-90[u] T=u5-9[u]");
	assert_int_equal(again->session_count, replaced->session_count);
}

static void test_update(void **state)
{
	struct programme_row rows[] = { stated(2, "S", 0, 90), item(3, "S", 10, 20),
		item(4, "S", 30, 40), item(5, "T", 5, 9) };
	struct programme_row longer[] = { item(2, "S", 10, 25), item(3, "S", 50, 60),
		item(4, "T", 2, 5) };
	struct programme_row only[] = { item(2, "S", 30, 40) };

	(void)state;
	CLEANUP(programme_freep)
	struct programme *made = assert_plan(&nothing, rows, 4, false, " S=a0-90[aa] T=a5-9[a]");
	/* What is not named is left; T grows with its items. */
	CLEANUP(programme_freep)
	struct programme *updated = assert_plan(made, longer, 3, false, " S=u0-90[cla] T=c2-9[al]");
	assert_int_equal(updated->session_count, 2);
	/* Replaced, S is no longer stated, and T goes. */
	CLEANUP(programme_freep)
	struct programme *replaced = assert_plan(made, only, 1, true, " S=c30-40[ru] T=r5-9[r]");
	assert_int_equal(replaced->session_count, 1);
}

/* A column that the file does not have leaves what is there; an empty cell does not. */
static void test_missing_columns(void **state)
{
	CLEANUP(row_errors_free) struct row_errors errors = ROW_ERRORS_INIT;
	struct programme_row rows[] = { stated(2, "S", 0, 90), item(3, "S", 10, 20) };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		rows[i].room = text("Hall");
		rows[i].access = text("speaker");
		rows[i].is_credit = false;
	}
	rows[0].has_capacity = true;
	rows[0].capacity = 5;
	CLEANUP(programme_freep)
	struct programme *made = assert_plan(&nothing, rows, 2, false, " S=a0-90[a]");
	struct programme_row bare[] = { stated(2, "S", 0, 90), item(3, "S", 10, 20) };
	struct programme_file file = file_of(bare, 2);
	for (int i = PROGRAMME_CHAIR; i < PROGRAMME_COLUMN_COUNT; i++)
		file.has_column[i] = false;
	for (int replace = 0; replace < 2; replace++) {
		CLEANUP(plan_free) struct plan plan = PLAN_INIT;
		plan_make(&plan, made, &file, replace == 1, &errors);
		assert_int_equal(plan.sessions[0].change, replace ? PLAN_UPDATED : PLAN_UNCHANGED);
		assert_int_equal(plan.sessions[0].items.all[0].change,
			replace ? PLAN_UPDATED : PLAN_UNCHANGED);
	}
	CLEANUP(programme_freep)
	struct programme *emptied = assert_plan(made, bare, 2, false, " S=c0-90[c]");
	assert_string_equal(emptied->sessions[0].room, "");
	assert_false(emptied->sessions[0].has_capacity);
	assert_true(emptied->sessions[0].items[0].is_credit);
	assert_int_equal(errors.count, 0);
}

static void test_outside(void **state)
{
	struct programme_row rows[] = { stated(2, "S", 10, 90), item(3, "S", 0, 20),
		item(4, "S", 20, 90), item(5, "T", 0, 200) };
	struct programme_row late[] = { item(2, "S", 85, 95) };
	struct programme_row shorter[] = { stated(2, "S", 20, 80) };

	(void)state;
	programme_free(assert_plan(&nothing, rows, 4, false, " S=a10-90[aa] T=a0-200[a] 3:start"));
	rows[1].start_s = 10;
	CLEANUP(programme_freep)
	struct programme *made = assert_plan(&nothing, rows, 4, false, " S=a10-90[aa] T=a0-200[a]");
	/* Of what is not in the file, the session's own row is to blame. */
	programme_free(
		assert_plan(made, shorter, 1, false, " S=c20-80[ll] T=l0-200[l] 2:start 2:end"));
	/* It is also at the time of the one before, which the file does not name. */
	programme_free(
		assert_plan(made, late, 1, false, " S=u10-90[lla] T=l0-200[l] 2:start 2:end"));
}

static void test_overlaps(void **state)
{
	struct programme_row rows[] = { item(2, "S", 0, 50), item(3, "S", 10, 20),
		item(4, "S", 40, 60), item(5, "S", 60, 70), item(6, "", 0, 9), item(7, "", 8, 10),
		item(8, "T", 0, 70) };
	struct programme_row first[] = { item(2, "T", 10, 20) };
	struct programme_row before[] = { item(2, "T", 0, 11) };

	(void)state;
	/* All that begin before the one that ends last has ended; touching is fine, and so are
	 * sessions at the same time. */
	programme_free(assert_plan(&nothing, rows, 7, false,
		"aa S=a0-70[aaaa] T=a0-70[a] 7:start 3:start 4:start"));
	CLEANUP(programme_freep)
	struct programme *made = assert_plan(&nothing, first, 1, false, " T=a10-20[a]");
	programme_free(assert_plan(made, before, 1, false, " T=c0-20[al] 2:end"));
	programme_free(assert_plan(made, before, 1, true, " T=c0-11[ar]"));
}

static void test_doubled(void **state)
{
	struct programme_row rows[] = { stated(2, "S", 0, 90), stated(3, "s", 0, 90),
		item(4, "S", 10, 20), item(5, "S", 10, 20), item(6, "S", 10, 30) };

	(void)state;
	CLEANUP(programme_freep)
	struct programme *made =
		assert_plan(&nothing, rows, 5, false, " S=a0-90[a] 3:session 5:start 6:start");
	programme_free(assert_plan(made, rows, 5, false, " S=u0-90[u] 3:session 5:start 6:start"));
}

static void test_bad_rows(void **state)
{
	struct programme_row rows[] = { stated(2, "S", 50, 60), item(3, "S", 10, 20),
		item(4, "S", 0, 90), stated(5, "T", 0, 0) };

	(void)state;
	rows[0].has_errors = true;
	rows[2].has_errors = true;
	rows[3].has_errors = true;
	/* The span of S is not known, so nothing is outside it; of T there is nothing. */
	programme_free(assert_plan(&nothing, rows, 4, false, " S=a10-20[a]"));
}

/* Whatever is there and whatever the file: replacing gives what the file alone gives, and a
 * second time nothing changes; without it nothing that was there goes. */
static void test_any(void **state)
{
	static const char *const codes[] = { "", "A", "b", "B", "c" };
	uint64_t random = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		CLEANUP(row_errors_free) struct row_errors errors = ROW_ERRORS_INIT;
		CLEANUP(plan_free) struct plan plan = PLAN_INIT;
		CLEANUP(plan_free) struct plan second = PLAN_INIT;
		struct programme_row rows[ROWS_MAX];
		size_t split = unit_random_below(&random, 12);
		size_t count = split + 1 + unit_random_below(&random, 12);
		size_t sessions[PLAN_CHANGE_COUNT];
		size_t items[PLAN_CHANGE_COUNT];

		for (size_t i = 0; i < count; i++) {
			const char *code = codes[unit_random_below(&random, COUNT(codes))];
			int64_t start_s = (int64_t)unit_random_below(&random, 20);
			bool is_session = code[0] != '\0' && unit_random_below(&random, 5) == 0;
			rows[i] = is_session ? stated(i + 2, code, 0, 30)
					     : item(i + 2, code, start_s, start_s + 1);
			rows[i].title = text(unit_random_below(&random, 2) == 0 ? "x" : "y");
		}
		struct programme_file first_file = file_of(rows, split);
		struct programme_file file = file_of(rows + split, count - split);
		plan_make(&plan, &nothing, &first_file, false, &errors);
		CLEANUP(programme_freep) struct programme *before = programme_of(&plan);
		bool replace = unit_random_below(&random, 2) == 0;
		plan_make(&second, before, &file, replace, &errors);
		plan_count(&second, sessions, items);
		assert_true(replace || (sessions[PLAN_REMOVED] == 0 && items[PLAN_REMOVED] == 0));
		assert_true(!replace || sessions[PLAN_LEFT] == 0);
		CLEANUP(programme_freep) struct programme *after = programme_of(&second);
		CLEANUP(plan_free) struct plan third = PLAN_INIT;
		plan_make(&third, after, &file, replace, &errors);
		plan_count(&third, sessions, items);
		assert_int_equal(sessions[PLAN_ADDED] + sessions[PLAN_REMOVED], 0);
		assert_int_equal(items[PLAN_ADDED] + items[PLAN_REMOVED], 0);
		if (errors.count == 0)
			assert_int_equal(sessions[PLAN_UPDATED] + items[PLAN_UPDATED], 0);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_same_again),
		cmocka_unit_test(test_update),
		cmocka_unit_test(test_missing_columns),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_doubled),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

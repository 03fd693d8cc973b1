/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/programme.h"
#include "support.h"
#include "util/memory.h"
#include "util/str.h"

/* An hour from second 0, with items by start. */
static struct session hour(struct item *items, size_t count)
{
	return (struct session){
		.code = (char *)(uintptr_t) "S",
		.start_s = 0,
		.end_s = 3600,
		.access = (char *)(uintptr_t) "",
		.is_credit = true,
		.items = items,
		.item_count = count,
	};
}

static struct item item(int64_t start_s, int64_t end_s, bool is_credit, const char *access)
{
	return (struct item){
		.kind = ITEM_OTHER,
		.start_s = start_s,
		.end_s = end_s,
		.access = (char *)(uintptr_t)access,
		.is_credit = is_credit,
	};
}

static void note_stretch(int64_t from_s, int64_t to_s, void *data)
{
	str_addf(data, "%lld-%lld ", (long long)from_s, (long long)to_s);
}

/* The stretches, and that their sum is the function's result. */
static void assert_countable(const struct session *session, const char *roles, int64_t sum_s,
	const char *stretches)
{
	CLEANUP(str_free) struct str found = STR_INIT;

	assert_int_equal(session_countable(session, roles, note_stretch, &found), sum_s);
	assert_string_equal(found.text, stretches);
	assert_int_equal(session_countable(session, roles, NULL, NULL), sum_s);
}

static void test_countable(void **state)
{
	struct item breaks[] = { item(600, 1200, false, ""), item(1200, 1300, true, ""),
		item(1300, 1500, false, "") };
	struct item ends[] = { item(0, 600, false, ""), item(3000, 3600, false, "") };
	struct item closed[] = { item(0, 1000, true, "chair;speaker"),
		item(1000, 2000, true, "staff") };
	struct item all[] = { item(0, 3600, false, "") };

	(void)state;
	struct session session = hour(NULL, 0);
	assert_countable(&session, NULL, 3600, "0-3600 ");
	session = hour(breaks, 3);
	assert_countable(&session, "", 2800, "0-600 1200-1300 1500-3600 ");
	session = hour(ends, 2);
	assert_countable(&session, "student", 2400, "600-3000 ");
	session = hour(all, 1);
	assert_countable(&session, NULL, 0, "");
	session = hour(closed, 2);
	assert_countable(&session, NULL, 1600, "2000-3600 ");
	assert_countable(&session, "attendee;speaker", 2600, "0-1000 2000-3600 ");
	assert_countable(&session, "chair;staff", 3600, "0-3600 ");
}

static void test_access(void **state)
{
	(void)state;
	assert_true(access_admits("", ""));
	assert_true(access_admits("", "attendee"));
	assert_false(access_admits("speaker", ""));
	assert_false(access_admits("chair;speaker", "attendee;student"));
	assert_true(access_admits("chair;speaker", "attendee;speaker"));
	/* A word is not its beginning. */
	assert_false(access_admits("speakers", "speaker"));
}

static void test_kinds(void **state)
{
	static const enum item_kind kinds[] = { ITEM_TALK, ITEM_INTRO, ITEM_DISCUSSION, ITEM_BREAK,
		ITEM_OTHER };
	enum item_kind kind;

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		assert_true(item_kind_parse(item_kind_word(kinds[i]), &kind));
		assert_int_equal(kind, kinds[i]);
	}
	assert_false(item_kind_parse("session", &kind));
	assert_false(item_kind_parse("", &kind));
}

static const char sessions_sql[] =
	"INSERT INTO session (session_id, event_id, code, title, start_s, end_s, access, is_credit,"
	" capacity, is_stated) VALUES"
	" (1, 1, 'b', 'B', 2000, 3000, '', 1, NULL, 1),"
	" (2, 1, 'C', 'C', 1000, 2000, 'speaker', 0, 0, 0),"
	" (3, 1, 'a', 'A', 2000, 4000, '', 1, 7, 1);"
	"INSERT INTO item (item_id, event_id, session_id, kind, start_s, end_s, is_credit) VALUES"
	" (1, 1, 1, 'talk', 2500, 2600, 1),"
	" (2, 1, 1, 'break', 2000, 2100, 0),"
	" (3, 1, NULL, 'other', 500, 600, 1)";

static struct programme *load(struct db *db)
{
	struct error error = ERROR_INIT;
	struct programme *programme = NULL;

	assert_ok(programme_load(db, 1, &programme, &error), error);
	return programme;
}

static void test_load(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(programme_freep) struct programme *programme = NULL;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("load.db");
	assert_ok(db_open("load.db", DB_WRITE, NULL, &db, &error), error);
	assert_ok(db_execute(db, sessions_sql, &error), error);
	programme = load(db);
	/* By start, then by code; the ranks by code alone. */
	assert_int_equal(programme->session_count, 3);
	assert_string_equal(programme->sessions[0].code, "C");
	assert_string_equal(programme->sessions[1].code, "a");
	assert_string_equal(programme->sessions[2].code, "b");
	assert_int_equal(programme->sessions[0].code_rank, 3);
	assert_int_equal(programme->sessions[1].code_rank, 1);
	assert_int_equal(programme->sessions[2].code_rank, 2);
	assert_true(programme->sessions[0].has_capacity);
	assert_int_equal(programme->sessions[0].capacity, 0);
	assert_false(programme->sessions[0].is_stated);
	assert_false(programme->sessions[0].is_credit);
	assert_false(programme->sessions[2].has_capacity);
	assert_int_equal(programme->sessions[2].item_count, 2);
	assert_int_equal(programme->sessions[2].items[0].id, 2);
	assert_int_equal(programme->sessions[2].items[0].kind, ITEM_BREAK);
	assert_int_equal(programme->item_count, 1);
	assert_int_equal(programme->items[0].id, 3);
	assert_false(transaction_is_open(db));
}

static void test_load_in_transaction(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(programme_freep) struct programme *programme = NULL;
	CLEANUP(transaction_end) struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	support_database("inside.db");
	assert_ok(db_open("inside.db", DB_WRITE, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	programme = load(db);
	assert_int_equal(programme->session_count, 0);
	assert_true(transaction_is_open(db));
}

static void test_find(void **state)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(programme_freep) struct programme *programme = NULL;
	struct error error = ERROR_INIT;
	const struct session *session = NULL;

	(void)state;
	support_database("find.db");
	assert_ok(db_open("find.db", DB_WRITE, NULL, &db, &error), error);
	programme = load(db);
	assert_fails(programme_find_session(programme, "a", &session, &error), STATUS_NOT_FOUND,
		"no session 'a'", error);
	programme_freep(&programme);
	assert_ok(db_execute(db, sessions_sql, &error), error);
	programme = load(db);
	assert_ok(programme_find_session(programme, "A", &session, &error), error);
	assert_int_equal(session->id, 3);
	assert_ptr_equal(programme_session_by_id(programme, 3), session);
	assert_ptr_equal(programme_session(programme, "a"), session);
	assert_null(programme_session(programme, "d"));
	assert_null(programme_session_by_id(programme, 4));
	assert_int_equal(programme_find_session(programme, "d", &session, &error),
		STATUS_NOT_FOUND);
	assert_string_equal(error.hint, "there is 'C', 'a', 'b'");
	assert_int_equal(session->id, 3);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_countable),
		cmocka_unit_test(test_access),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_load_in_transaction),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, support_start, support_stop);
}

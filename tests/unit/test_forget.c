/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * People who are forgotten, and the bytes of the file after it. The databases are made by random
 * changes with fixed seeds: texts in several scripts, some on overflow pages, that come, change
 * and go again. Everybody's texts are random too, so that a piece of one is found as well.
 */
#include "core/forget.h"

#include "core/check.h"
#include "core/clean.h"
#include "core/erasure.h"
#include "core/key.h"
#include "support.h"
#include "util/memory.h"
#include "util/str.h"
#include "util/text.h"

enum {
	SEEDS = 6,
	PEOPLE = 500,
	CHANGES = 1500,
	FORGOTTEN_EACH = 25, /* every so many */
	TEXTS = 9,
	LONG_TEXT = 9000,
	PIECE = 24, /* bytes of a text that are sure to be nobody else's */
	PIECE_STEP = 9,
};

enum text {
	TEXT_NAME,
	TEXT_EMAIL,
	TEXT_AFFILIATION,
	TEXT_ID,
	TEXT_CATEGORY,
	TEXT_NOTE,
	TEXT_ANSWER,
	TEXT_REASON,
	TEXT_OLD_VALUE,
};

static const struct actor actor = { .name = "test", .now_s = 1000 };

/* What was ever said of somebody. */
struct past {
	struct str texts; /* each with its NUL */
};

static struct past pasts[PEOPLE + 1];
static unsigned random_state;

static unsigned next_random(unsigned limit)
{
	random_state = random_state * 1103515245 + 12345;
	return (random_state >> 8) % limit;
}

/* Letters of one script: Latin, Greek, Arabic, Chinese. */
static void add_letter(struct str *text, unsigned script)
{
	static const struct {
		unsigned first;
		unsigned count;
	} scripts[] = { { 'a', 26 }, { 0x3b1, 24 }, { 0x627, 36 }, { 0x4e00, 5000 } };
	unsigned code = scripts[script].first + next_random(scripts[script].count);

	if (code < 0x80)
		str_addf(text, "%c", (int)code);
	else if (code < 0x800)
		str_addf(text, "%c%c", (int)(0xc0 | code >> 6), (int)(0x80 | (code & 0x3f)));
	else
		str_addf(text, "%c%c%c", (int)(0xe0 | code >> 12), (int)(0x80 | (code >> 6 & 0x3f)),
			(int)(0x80 | (code & 0x3f)));
}

/* Something new to be said, remembered. */
static void say(int person, enum text kind, struct str *text)
{
	unsigned script = kind == TEXT_EMAIL || kind == TEXT_ID ? 0 : next_random(4);
	bool is_long = (kind == TEXT_NOTE || kind == TEXT_ANSWER) && next_random(12) == 0;
	size_t length = is_long ? next_random(LONG_TEXT) + PIECE : next_random(60) + PIECE;

	str_clear(text);
	while (text->length < length)
		add_letter(text, script);
	str_add_bytes(&pasts[person].texts, text->text, text->length + 1);
}

__attribute__((format(printf, 2, 3))) static void run(struct db *db, const char *format, ...)
{
	struct error error = ERROR_INIT;
	CLEANUP(str_free) struct str sql = STR_INIT;
	char buffer[2 * LONG_TEXT];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(buffer, sizeof buffer, format, arguments);
	va_end(arguments);
	str_add(&sql, buffer);
	assert_ok(db_execute(db, sql.text, &error), error);
}

static int64_t number(struct db *db, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t value = -1;

	assert_ok(db_execute_integer(db, sql, &value, &error), error);
	return value;
}

/* --- The databases --- */

static void add_person(struct db *db, int person)
{
	CLEANUP(str_free) struct str name = STR_INIT;
	CLEANUP(str_free) struct str email = STR_INIT;
	CLEANUP(str_free) struct str folded = STR_INIT;
	CLEANUP(str_free) struct str id = STR_INIT;

	say(person, TEXT_NAME, &name);
	say(person, TEXT_EMAIL, &email);
	say(person, TEXT_ID, &id);
	email.text[0] = 'X'; /* as given, and as compared */
	text_fold(email.text, &folded);
	run(db,
		"INSERT INTO person (person_id, email, email_key, name, external_id) VALUES"
		" (%d, '%s', '%s', '%s', '%s');"
		"INSERT INTO registrant (registrant_id, event_id, person_id, registered_s) VALUES"
		" (%d, 1, %d, 1);"
		"INSERT INTO token (token_id, registrant_id, verifier, key_id, issued_s)"
		" SELECT %d, %d, randomblob(32), key_id, 1 FROM keyring",
		person, email.text, folded.text, name.text, id.text, person, person, person,
		person);
}

/* One more thing is said, or something is taken back. */
static void change(struct db *db, int person, enum text kind)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	say(person, kind, &text);
	switch (kind) {
	case TEXT_NAME:
		run(db, "UPDATE person SET name = '%s' WHERE person_id = %d", text.text, person);
		break;
	case TEXT_AFFILIATION:
		run(db, "UPDATE person SET affiliation = '%s' WHERE person_id = %d", text.text,
			person);
		break;
	case TEXT_EMAIL:
		run(db, "UPDATE person SET email = '%s', email_key = '%s' WHERE person_id = %d",
			text.text, text.text, person);
		break;
	case TEXT_ID:
		run(db, "UPDATE person SET external_id = '%s' WHERE person_id = %d", text.text,
			person);
		break;
	case TEXT_CATEGORY:
		run(db, "UPDATE registrant SET category = '%s' WHERE registrant_id = %d", text.text,
			person);
		break;
	case TEXT_NOTE:
		run(db, "UPDATE registrant SET note = '%s' WHERE registrant_id = %d", text.text,
			person);
		break;
	case TEXT_ANSWER:
		if (next_random(3) == 0)
			run(db, "DELETE FROM answer WHERE registrant_id = %d", person);
		else
			run(db, "INSERT OR REPLACE INTO answer VALUES (%d, %u, '%s')", person,
				next_random(3) + 1, text.text);
		break;
	case TEXT_REASON:
		run(db, "INSERT INTO remark (log_id, registrant_id, text) VALUES (1, %d, '%s')",
			person, text.text);
		break;
	case TEXT_OLD_VALUE:
		run(db,
			"INSERT INTO import_change (import_id, registrant_id, field, old_value,"
			" new_value) VALUES (1, %d, 'note', '%s', '')",
			person, text.text);
		break;
	}
}

static struct db *make_database(const char *path, unsigned seed, struct error *error)
{
	struct transaction transaction = TRANSACTION_INIT;
	CLEANUP(key_freep) struct key *key = NULL;
	struct db *db = NULL;

	random_state = seed;
	support_database(path);
	assert_ok(db_open(path, DB_WRITE, NULL, &db, error), *error);
	assert_ok(key_load("key", &key, error), *error);
	run(db, "PRAGMA synchronous=OFF");
	assert_ok(transaction_begin_write(&transaction, db, error), *error);
	assert_ok(key_register(key, db, 1, error), *error);
	assert_ok(log_append(db, &actor,
			  &(struct log_event){ .action = "import",
				  .subject = "import",
				  .subject_id = 1,
				  .digest = (const unsigned char[32]){ 0 } },
			  error),
		*error);
	run(db, "INSERT INTO import (event_id, name, digest, taken_s, actor, row_count, added,"
		" updated, unchanged, kept, rejected) VALUES"
		" (1, 'a.csv', zeroblob(32), 1, 'me', 1, 1, 0, 0, 0, 0);"
		"INSERT INTO question (event_id, header) VALUES (1, 'a'), (1, 'b'), (1, 'c')");
	for (int person = 1; person <= PEOPLE; person++)
		add_person(db, person);
	assert_ok(transaction_commit(&transaction, error), *error);
	for (int i = 0; i < CHANGES; i++) {
		if (i % 100 == 0)
			run(db, "BEGIN IMMEDIATE");
		change(db, (int)next_random(PEOPLE) + 1, (enum text)next_random(TEXTS));
		if (i % 100 == 99)
			run(db, "COMMIT");
	}
	return db;
}

/* --- The bytes --- */

/* Whether a piece of what was said of the person stands there. */
static bool is_found(const struct past *past, const char *bytes, size_t length)
{
	const char *text = past->texts.text;
	const char *end = text + past->texts.length;

	for (; text < end; text += strlen(text) + 1) {
		size_t size = strlen(text);
		/* Of long ones some pieces: the search is slow. */
		size_t step = size > 500 ? 50 * PIECE_STEP : PIECE_STEP;
		for (size_t at = 1; at + PIECE <= size; at += step)
			if (memmem(bytes, length, text + at, PIECE) != NULL)
				return true;
	}
	return false;
}

/* How many of those who were forgotten (or of the others) the files still tell of. */
static int count_found(const char *path, bool is_of_forgotten)
{
	static const char *const ends[] = { "", "-journal", ".lock" };
	int count = 0;

	for (int person = 1; person <= PEOPLE; person++) {
		bool is_there = false;
		if ((person % FORGOTTEN_EACH == 0) != is_of_forgotten)
			continue;
		if (!is_of_forgotten && person % FORGOTTEN_EACH != 1)
			continue; /* a few are enough */
		for (size_t i = 0; i < sizeof ends / sizeof ends[0] && !is_there; i++) {
			char file[80];
			size_t length;
			(void)snprintf(file, sizeof file, "%s%s", path, ends[i]);
			if (!support_exists(file))
				continue;
			CLEANUP(memory_free_text) char *bytes = support_read(file, &length);
			is_there = is_found(&pasts[person], bytes, length);
		}
		count += is_there ? 1 : 0;
	}
	return count;
}

static enum status keep_fault(const struct finding *finding, void *data, struct error *error)
{
	struct str *faults = data;

	(void)error;
	str_addf(faults, "%s: %s\n", finding->subject, finding->message);
	return STATUS_OK;
}

static void check(struct db *db, struct str *faults)
{
	struct error error = ERROR_INIT;
	const struct check_options options = { .is_quick = false };
	const struct check_functions functions = { .finding = keep_fault, .data = faults };
	struct check_summary summary;

	str_clear(faults);
	assert_ok(check_database(db, &options, &functions, &summary, &error), error);
}

static void forget_some(struct db *db)
{
	struct error error = ERROR_INIT;

	for (int person = FORGOTTEN_EACH; person <= PEOPLE; person += FORGOTTEN_EACH) {
		CLEANUP(forget_result_free) struct forget_result result = FORGET_RESULT_INIT;
		const struct forget_request request = {
			.registrant_id = person,
			.key_path = "key",
			.reason = "asked",
		};
		assert_ok(forget_person(db, &actor, &request, &result, &error), error);
		assert_false(result.was_erased);
		assert_int_equal(result.counts.people, 1);
	}
}

/* --- The tests --- */

static void test_bytes(void **state)
{
	CLEANUP(str_free) struct str faults = STR_INIT;
	int left = 0;

	(void)state;
	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		struct error error = ERROR_INIT;
		char path[40];

		(void)snprintf(path, sizeof path, "bytes-%u.db", seed);
		CLEANUP(db_closep) struct db *db = make_database(path, seed, &error);
		int others = count_found(path, false);
		assert_int_equal(count_found(path, true), PEOPLE / FORGOTTEN_EACH);
		forget_some(db);
		left += count_found(path, true);
		check(db, &faults);
		assert_non_null(strstr(faults.text, "the file was not cleaned after it"));
		assert_ok(clean_file(db, &actor, NULL, NULL, &error), error);
		assert_int_equal(count_found(path, true), 0);
		assert_int_equal(count_found(path, false), others);
		check(db, &faults);
		assert_string_equal(faults.text, "");
		assert_int_equal(number(db, "SELECT count(*) FROM person WHERE name <> ''"),
			PEOPLE - PEOPLE / FORGOTTEN_EACH);
		assert_int_equal(number(db, "SELECT count(*) FROM token"), PEOPLE);
		/* What others write later brings nobody back. */
		for (int i = 0; i < 100; i++)
			change(db, (int)next_random(FORGOTTEN_EACH - 1) + 1,
				(enum text)next_random(TEXTS));
		assert_int_equal(count_found(path, true), 0);
		for (int person = 1; person <= PEOPLE; person++)
			str_free(&pasts[person].texts);
	}
	/* Else cleaning shows nothing. */
	assert_true(left > 0);
}

/* The hash that is kept: crypto_kdf("regerase", 1) of the key 00 01 … 1f; then from Python:
 * hashlib.blake2b(field(b'email') + field(b'ada@example.org'), digest_size=32, key=subkey,
 * person=b'regtool-erasure1'), a field with its length before it in 8 bytes. */
static void test_vector(void **state)
{
	CLEANUP(erasures_freep) struct erasures *erasures = NULL;
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(key_freep) struct key *key = NULL;
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	unsigned char bytes[KEY_SIZE];
	const struct erase_record record = {
		.person_id = 1,
		.name = "Ada",
		.email = "ADA@example.org",
		.external_id = "s1",
	};
	int64_t found = -1;

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)i;
	key = key_from_bytes(bytes);
	support_database("vector.db");
	assert_ok(db_open("vector.db", DB_WRITE, NULL, &db, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	support_registrant(db, 1);
	assert_ok(key_register(key, db, 1, &error), error);
	assert_ok(erasures_open_if_any(db, NULL, "no-such-key", &erasures, &error), error);
	assert_null(erasures);
	assert_ok(erasures_open(db, key, "key", &erasures, &error), error);
	assert_ok(erasures_add(erasures, &record, 1, 7, &error), error);
	assert_ok(erasures_add(erasures, &record, 1, 8, &error), error);
	assert_int_equal(number(db, "SELECT count(*) FROM erasure WHERE erased_s = 7"), 2);
	assert_int_equal(
		number(db, "SELECT count(*) FROM erasure WHERE lower(hex(hash)) ="
			   " '67035d20582a2a372c467066342c9a7f148b6ba5fb0411c8f57a32dd9f812f49'"),
		1);
	assert_ok(erasures_find(erasures, "ada@EXAMPLE.org", "", &found, &error), error);
	assert_int_equal(found, 1);
	assert_ok(erasures_find(erasures, "", "s1", &found, &error), error);
	assert_int_equal(found, 1);
	/* An address that reads like somebody's id is another thing. */
	assert_ok(erasures_find(erasures, "s1", "ada@example.org", &found, &error), error);
	assert_int_equal(found, 0);
	assert_ok(erasures_find(erasures, NULL, NULL, &found, &error), error);
	assert_int_equal(found, 0);
	assert_ok(erasures_remove(erasures, 1, &error), error);
	assert_int_equal(number(db, "SELECT count(*) FROM erasure"), 0);
	transaction_end(&transaction);
}

/* Hashes of two keys: a key file that knows only some is refused. */
static void test_two_keys(void **state)
{
	CLEANUP(erasures_freep) struct erasures *erasures = NULL;
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(key_freep) struct key *key = NULL;
	CLEANUP(key_freep) struct key *other = key_make();
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	const struct erase_record record = { .person_id = 1, .name = "", .email = "a@x" };

	(void)state;
	support_database("keys.db");
	assert_ok(db_open("keys.db", DB_WRITE, NULL, &db, &error), error);
	assert_ok(key_load("key", &key, &error), error);
	assert_ok(transaction_begin_write(&transaction, db, &error), error);
	support_registrant(db, 1);
	assert_ok(key_register(key, db, 1, &error), error);
	assert_ok(key_register(other, db, 1, &error), error);
	assert_ok(erasures_open(db, other, "other", &erasures, &error), error);
	assert_ok(erasures_add(erasures, &record, 1, 7, &error), error);
	erasures_freep(&erasures);
	assert_fails(erasures_open_if_any(db, NULL, "key", &erasures, &error), STATUS_KEY,
		"key file 'key'", error);
	assert_fails(erasures_open_if_any(db, NULL, "no-key", &erasures, &error), STATUS_KEY,
		"key file 'no-key'", error);
	transaction_end(&transaction);
}

static int start(void **state)
{
	struct error error = ERROR_INIT;

	if (support_start(state) != 0)
		return -1;
	CLEANUP(key_freep) struct key *key = key_make();
	return key_write(key, "key", &error) == STATUS_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_vector),
		cmocka_unit_test(test_two_keys),
	};

	return cmocka_run_group_tests(tests, start, support_stop);
}

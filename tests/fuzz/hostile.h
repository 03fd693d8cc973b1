/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What somebody might hand to regtool as a database: an image that was damaged or made to
 * harm. The whole program works on it, main() and all, in this process; what is claimed is at
 * hostile_try. For a fuzz target and for a test that tries what is known to matter.
 */
#ifndef REGTOOL_TESTS_FUZZ_HOSTILE_H
#define REGTOOL_TESTS_FUZZ_HOSTILE_H

int regtool_main(int argc, char **argv);
#define main regtool_main
#include "main.c"
#undef main

#include "core/key.h"
#include "store/db_private.h"

#include "fuzz.h"

enum {
	HOSTILE_PAGE_SIZE = 1024, /* small: so that few rows make pages of all kinds */
	HOSTILE_WORDS_MAX = 12,
	HOSTILE_CHECK = 0, /* its place among the readings */
	EXIT_NO = 1,
	EXIT_DATABASE = 5,
};

static char hostile_folder[40];
static char hostile_path[60];
static char hostile_journal[80];

/* What is being tried, for the message of a claim and of a crash. */
static const char *hostile_what = "";

/* --- The program, run in this process --- */

struct hostile_run {
	int code;
	struct str output;
	struct str words; /* standard error */
	bool is_output_closed;
};

static inline ssize_t hostile_keep(void *cookie, const char *bytes, size_t size)
{
	str_add_bytes(cookie, bytes, size);
	return (ssize_t)size;
}

static inline int hostile_close(void *cookie)
{
	struct hostile_run *run = cookie;

	run->is_output_closed = true;
	return 0;
}

static inline ssize_t hostile_keep_output(void *cookie, const char *bytes, size_t size)
{
	struct hostile_run *run = cookie;

	return hostile_keep(&run->output, bytes, size);
}

/* What was said last (by assert, say) would be lost. */
static struct hostile_run *hostile_current;

static void (*hostile_before)(int number);

static void hostile_tell_crash(int number)
{
	(void)signal(number, hostile_before);
	stderr = fdopen(STDERR_FILENO, "w");
	(void)fprintf(stderr, "%s: %s\n", hostile_what,
		hostile_current != NULL ? hostile_current->words.text : "");
	(void)fflush(stderr);
	(void)raise(number);
}

/* Runs `regtool WORDS…`; freed by hostile_run_free. */
static inline struct hostile_run hostile_run(const char *const *words)
{
	struct hostile_run run = { .code = 0 };
	char *arguments[HOSTILE_WORDS_MAX + 2] = { (char *)"regtool" };
	FILE *standard_output = stdout;
	FILE *standard_error = stderr;
	int count = 1;

	run.output = (struct str)STR_INIT;
	run.words = (struct str)STR_INIT;
	for (; words[count - 1] != NULL; count++)
		arguments[count] = (char *)words[count - 1];
	/* The program closes its output where it did not fail. */
	FILE *output = fopencookie(&run, "w",
		(cookie_io_functions_t){ .write = hostile_keep_output, .close = hostile_close });
	FILE *error =
		fopencookie(&run.words, "w", (cookie_io_functions_t){ .write = hostile_keep });
	claim(output != NULL && error != NULL, "no streams");
	(void)setvbuf(error, NULL, _IONBF, 0);
	stdout = output;
	stderr = error;
	hostile_current = &run;
	hostile_before = signal(SIGABRT, hostile_tell_crash);
	run.code = regtool_main(count, arguments);
	(void)signal(SIGABRT, hostile_before);
	hostile_current = NULL;
	stdout = standard_output;
	stderr = standard_error;
	if (!run.is_output_closed)
		(void)fclose(output);
	(void)fclose(error);
	return run;
}

static inline void hostile_run_free(struct hostile_run *run)
{
	str_free(&run->output);
	str_free(&run->words);
}

/* --- The sound database to begin with --- */

static inline void hostile_write(const char *name, const void *bytes, size_t length)
{
	char path[80];

	(void)snprintf(path, sizeof path, "%s/%s", hostile_folder, name);
	FILE *file = fopen(path, "we");
	claim(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0, "%s",
		path);
}

static inline void hostile_do(const char *const *words)
{
	struct hostile_run run = hostile_run(words);

	claim(run.code == 0, "regtool %s %s: %s%s", words[0], words[1], run.output.text,
		run.words.text);
	hostile_run_free(&run);
}
#define HOSTILE_DO(...) hostile_do((const char *const[]){ __VA_ARGS__, NULL })

/* Small pages, some of which nothing is in. */
static inline void hostile_rearrange(void)
{
	static const char sql[] = "PRAGMA page_size=1024; VACUUM;"
				  "INSERT INTO question (question_id, event_id, header)"
				  " VALUES (99, 1, hex(zeroblob(4000)));"
				  "DELETE FROM question WHERE question_id = 99";
	sqlite3 *handle = NULL;

	claim(sqlite3_open(hostile_path, &handle) == SQLITE_OK &&
			sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK,
		"%s", sqlite3_errmsg(handle));
	claim(sqlite3_close(handle) == SQLITE_OK, "still in use");
}

static inline void hostile_add_people(void)
{
	struct str csv = STR_INIT;

	str_add(&csv, "name,email,roles,status,Diet,courses\n");
	for (int i = 1; i <= 24; i++)
		str_addf(&csv, "Person %d,p%d@example.org,%s,%s,%s,%s\n", i, i,
			i % 7 == 0 ? "speaker" : "attendee", i % 13 == 0 ? "pending" : "confirmed",
			i % 4 == 0 ? "none" : "", i % 2 == 0 ? "A" : "");
	/* One whose row needs pages of its own. */
	str_add(&csv, "Long,long@example.org,attendee,confirmed,");
	for (int i = 0; i < 250; i++)
		str_addf(&csv, "no nuts %d ", i);
	str_add(&csv, ",A\n");
	hostile_write("people.csv", csv.text, csv.length);
	str_free(&csv);
}

static inline void hostile_fill(void)
{
	static const char programme[] = "session,kind,start,end,title,people\n"
					"S1,session,2022-02-15T09:00,2022-02-15T11:00,One,\n"
					"S1,break,2022-02-15T10:00,2022-02-15T10:15,,\n"
					"S2,session,2022-02-15T13:00,2022-02-15T14:00,Two,\n";
	char path[80];
	char who[8];

	HOSTILE_DO("-q", "init", "--event", "e", "--timezone", "Europe/Zurich");
	hostile_add_people();
	hostile_write("programme.csv", programme, sizeof programme - 1);
	(void)snprintf(path, sizeof path, "%s/programme.csv", hostile_folder);
	HOSTILE_DO("-q", "programme", "import", path);
	(void)snprintf(path, sizeof path, "%s/people.csv", hostile_folder);
	HOSTILE_DO("-q", "import", path);
	for (int i = 1; i <= 12; i++) {
		(void)snprintf(who, sizeof who, "@%d", i);
		HOSTILE_DO("-q", "checkin", "--at", "2022-02-15T09:05", "--who", who);
		if (i % 3 == 0)
			HOSTILE_DO("-q", "checkout", "--at", "2022-02-15T10:40", "--who", who);
	}
	HOSTILE_DO("-q", "attendance", "add", "@20", "--session", "S2", "--reason", "was there");
	HOSTILE_DO("-q", "attendance", "void", "3", "--reason", "mistaken");
	HOSTILE_DO("-q", "course", "award", "A");
	HOSTILE_DO("-q", "token", "revoke", "@5", "--reason", "lost");
}

/* Makes it, the same whenever it is made; nobody else sees the folder. */
static inline void hostile_make(struct str *ret_image)
{
	static const unsigned char bytes[KEY_SIZE] = { 1, 2, 3 };
	CLEANUP(key_freep) struct key *key = NULL;
	struct error error = ERROR_INIT;
	char key_path[80];
	char buffer[4096];
	size_t size;

	claim(hash_start_library() == 0, "no libsodium");
	/* In memory, where there is such a place: each input is written to a file. */
	(void)snprintf(hostile_folder, sizeof hostile_folder, "%s/regtool-hostile-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	claim(mkdtemp(hostile_folder) != NULL, "no folder");
	(void)snprintf(hostile_path, sizeof hostile_path, "%s/d.db", hostile_folder);
	(void)snprintf(hostile_journal, sizeof hostile_journal, "%s-journal", hostile_path);
	(void)snprintf(key_path, sizeof key_path, "%s.key", hostile_path);
	key = key_from_bytes(bytes);
	claim(key_write(key, key_path, &error) == STATUS_OK, "%s", error.message);
	(void)setenv("REGTOOL_DB", hostile_path, 1);
	(void)setenv("REGTOOL_NOW", "2022-02-15T14:00:00Z", 1);
	(void)setenv("REGTOOL_ACTOR", "desk", 1);
	/* It would stay, for all that follows in this process. */
	(void)setenv("REGTOOL_SANDBOX", "off", 1);
	hostile_fill();
	hostile_rearrange();
	FILE *file = fopen(hostile_path, "re");
	claim(file != NULL, "%s", hostile_path);
	while ((size = fread(buffer, 1, sizeof buffer, file)) > 0)
		str_add_bytes(ret_image, buffer, size);
	(void)fclose(file);
}

/* --- What is tried on an image --- */

static const char *const hostile_readings[][HOSTILE_WORDS_MAX] = {
	[HOSTILE_CHECK] = { "check", "-f", "json" },
	{ "log", "-f", "json" },
	{ "attendance", "list", "-f", "json" },
	{ "registrant", "list", "-f", "json" },
	{ "registrant", "show", "@3" },
	{ "registrant", "data", "@3", "-f", "json" },
	{ "credit-report", "--course", "A", "--explain" },
	{ "attendance", "show", "-f", "csv" },
	{ "programme", "show" },
	{ "token", "export", "-f", "csv" },
	{ "course", "awards", "A" },
	{ "stats" },
	{ "export", "registrants" },
};
enum {
	HOSTILE_READINGS = COUNT(hostile_readings),
	HOSTILE_WRITINGS = 4,
};

/* Their answers of the sound database, and its log and scans. */
static struct hostile_run hostile_sound[HOSTILE_READINGS];
static struct str hostile_sound_ledger;

/* What a file with the number of an older version leaves: the copy before its migration. */
static inline void hostile_remove_copies(void)
{
	char path[80];

	for (int version = 1; version < db_newest_version(); version++) {
		(void)snprintf(path, sizeof path, "%s.schema-%d", hostile_path, version);
		(void)unlink(path);
	}
}

static inline void hostile_put(const void *image, size_t length)
{
	FILE *file = fopen(hostile_path, "we");

	(void)unlink(hostile_journal);
	hostile_remove_copies();
	claim(file != NULL && fwrite(image, 1, length, file) == length && fclose(file) == 0, "%s",
		hostile_path);
}

/* All that stands in log and scans, as the engine reads it without the project's code. */
static inline void hostile_ledger(struct str *ret)
{
	static const char *const statements[] = { "SELECT * FROM log ORDER BY log_id",
		"SELECT * FROM scan ORDER BY scan_id" };
	sqlite3 *handle = NULL;

	*ret = (struct str)STR_INIT;
	claim(sqlite3_open(hostile_path, &handle) == SQLITE_OK, "%s", hostile_path);
	for (size_t i = 0; i < COUNT(statements); i++) {
		sqlite3_stmt *statement = NULL;
		(void)sqlite3_prepare_v2(handle, statements[i], -1, &statement, NULL);
		while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
			for (int j = 0; j < sqlite3_column_count(statement); j++) {
				const void *bytes = sqlite3_column_blob(statement, j);
				int size = sqlite3_column_bytes(statement, j);
				str_addf(ret, " %d:", sqlite3_column_type(statement, j));
				if (size > 0)
					str_add_bytes(ret, bytes, (size_t)size);
			}
			str_add_char(ret, '\n');
		}
		(void)sqlite3_finalize(statement);
	}
	(void)sqlite3_close(handle);
}

static inline void claim_same_ledger(void)
{
	struct str ledger;

	hostile_ledger(&ledger);
	claim(ledger.length == hostile_sound_ledger.length &&
			memcmp(ledger.text, hostile_sound_ledger.text, ledger.length) == 0,
		"%s: log or scans are others, and check finds nothing", hostile_what);
	str_free(&ledger);
}

/* Runs one: it answers, or refuses and says which file and why. */
static inline struct hostile_run hostile_run_one(const char *const *words)
{
	struct hostile_run run = hostile_run(words);

	claim(run.code >= 0 && run.code <= EXIT_DATABASE && run.code != 2, "%s: %s %s: exit %d: %s",
		hostile_what, words[0], words[1], run.code, run.words.text);
	claim(run.code == 0 || run.words.length > 0 || run.output.length > 0,
		"%s: %s %s: exit %d without a word", hostile_what, words[0], words[1], run.code);
	if (run.code == EXIT_DATABASE)
		claim(strstr(run.words.text, "d.db") != NULL, "%s: %s %s: no file in: %s",
			hostile_what, words[0], words[1], run.words.text);
	return run;
}

static inline void hostile_write_into(unsigned which)
{
	char file[80];

	(void)snprintf(file, sizeof file, "%s/people.csv", hostile_folder);
	const char *const writings[HOSTILE_WRITINGS][HOSTILE_WORDS_MAX] = {
		{ "checkin", "--who", "@15" },
		{ "import", "--dry-run", file },
		{ "registrant", "cancel", "@2", "--reason", "ill" },
		{ "attendance", "void", "4", "--reason", "mistaken" },
	};
	for (unsigned i = 0; i < HOSTILE_WRITINGS; i++) {
		if ((which & (1U << i)) == 0)
			continue;
		struct hostile_run run = hostile_run_one(writings[i]);
		hostile_run_free(&run);
	}
}

/* What the program may do with an image, which is put in the place of the database:
 *
 * - Each command ends, with an answer or with a refusal that names the file; a crash, an
 *   assertion, a sanitizer's finding or a hang would be this process's.
 * - Where check finds nothing, log and scans are as they were, and every reading command answers.
 *   (Texts of people, say, may be others: no hash covers them.)
 *
 * `readings` and `writings` have a bit for each that is to be tried. Gives whether check found
 * nothing although some answer was another. */
static inline bool hostile_try(const void *image, size_t length, unsigned readings,
	unsigned writings)
{
	bool is_other = false;

	hostile_put(image, length);
	struct hostile_run check = hostile_run_one(hostile_readings[HOSTILE_CHECK]);
	readings &= ~(1U << HOSTILE_CHECK);
	if (check.code == 0)
		claim_same_ledger();
	for (size_t i = 0; i < HOSTILE_READINGS; i++) {
		if ((readings & (1U << i)) == 0)
			continue;
		struct hostile_run run = hostile_run_one(hostile_readings[i]);
		bool is_same = run.code == hostile_sound[i].code &&
			       strcmp(run.output.text, hostile_sound[i].output.text) == 0;
		claim(check.code != 0 || run.code != EXIT_DATABASE,
			"%s: %s %s refuses what check finds nothing in: %s", hostile_what,
			hostile_readings[i][0], hostile_readings[i][1], run.words.text);
		is_other |= check.code == 0 && !is_same;
		hostile_run_free(&run);
	}
	hostile_run_free(&check);
	hostile_write_into(writings);
	return is_other;
}

/* The answers of the sound image, which has no fault. */
static inline void hostile_learn(const struct str *image)
{
	hostile_what = "the sound database";
	hostile_put(image->text, image->length);
	hostile_ledger(&hostile_sound_ledger);
	for (size_t i = 0; i < HOSTILE_READINGS; i++) {
		hostile_sound[i] = hostile_run_one(hostile_readings[i]);
		claim(hostile_sound[i].code == 0, "%s: %s", hostile_readings[i][0],
			hostile_sound[i].words.text);
	}
}

static inline void hostile_end(void)
{
	static const char *const names[] = { "d.db", "d.db-journal", "d.db.key", "d.db.lock",
		"people.csv", "programme.csv" };
	char path[80];

	for (size_t i = 0; i < HOSTILE_READINGS; i++)
		hostile_run_free(&hostile_sound[i]);
	str_free(&hostile_sound_ledger);
	hostile_remove_copies();
	for (size_t i = 0; i < COUNT(names); i++) {
		(void)snprintf(path, sizeof path, "%s/%s", hostile_folder, names[i]);
		(void)unlink(path);
	}
	claim(rmdir(hostile_folder) == 0, "%s: something else was left in it", hostile_folder);
}

#endif

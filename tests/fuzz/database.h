/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fuzz targets that write into a database share: databases that are taken back to
 * where they began after each input, what stands in them, to be compared, and their check.
 *
 * A new connection for each input would take most of the time. So all that an input does is
 * one transaction, which is rolled back, and the transactions of the project's code are
 * savepoints in it: the linker puts the functions below in the place of SQLite's two.
 */
#ifndef REGTOOL_TESTS_FUZZ_DATABASE_H
#define REGTOOL_TESTS_FUZZ_DATABASE_H

#include "core/check.h"
#include "core/event.h"
#include "core/key.h"
#include "store/db.h"
#include "store/db_private.h"
#include "store/stage_store.h"

#include "fuzz.h"

enum {
	FUZZ_NOW_S = 1644933600, /* 2022-02-15T14:00Z */
	FUZZ_TABLES_MAX = 64,
};

static const struct actor fuzz_actor = { .name = "fuzzer", .now_s = FUZZ_NOW_S };

#define claim_ok(call, error) claim((call) == STATUS_OK, "%s", (error).message)

/* --- The database to begin with --- */

static struct db *fuzz_base; /* lives as long as the process */
static struct key *fuzz_key;

/* Makes it, with the event 'e' (number 1) and its key. */
static inline void fuzz_make_base(void)
{
	static const unsigned char bytes[KEY_SIZE] = { 1, 2, 3 };
	struct transaction transaction = TRANSACTION_INIT;
	struct error error = ERROR_INIT;
	char path[] = "/tmp/regtool-fuzz-XXXXXX";
	struct db *file = NULL;
	int64_t event_id = 0;
	const struct event_change event = { .title = "Event", .timezone = "Europe/Zurich" };

	claim(hash_start_library() == 0, "no libsodium");
	claim(mkdtemp(path) != NULL, "no folder");
	char database[sizeof path + 2];
	(void)snprintf(database, sizeof database, "%s/d", path);
	claim_ok(db_open(database, DB_NEW, NULL, &file, &error), error);
	fuzz_key = key_from_bytes(bytes);
	claim_ok(transaction_begin_write(&transaction, file, &error), error);
	claim_ok(key_register(fuzz_key, file, FUZZ_NOW_S, &error), error);
	claim_ok(event_add(file, &fuzz_actor, "e", &event, &event_id, &error), error);
	claim_ok(transaction_commit(&transaction, &error), error);
	claim_ok(db_copy(file, NULL, NULL, NULL, &fuzz_base, &error), error);
	db_close(file);
	claim(rmdir(path) == 0, "the folder is left");
}

/* A copy of it, with the temporary tables that imports need: they would not outlast an
 * input. Lives as long as the process. */
static inline struct db *fuzz_database(void)
{
	struct error error = ERROR_INIT;
	struct db *db = NULL;

	claim_ok(db_copy(fuzz_base, NULL, NULL, NULL, &db, &error), error);
	claim_ok(stage_store_open(db, &error), error);
	return db;
}

/* --- Inputs as transactions --- */

int __real_sqlite3_exec(sqlite3 *handle, const char *sql, sqlite3_callback callback, void *data,
	char **message);
int __wrap_sqlite3_exec(sqlite3 *handle, const char *sql, sqlite3_callback callback, void *data,
	char **message);
int __real_sqlite3_get_autocommit(sqlite3 *handle);
int __wrap_sqlite3_get_autocommit(sqlite3 *handle);

/* The connections on which an input is being worked on. */
static struct {
	sqlite3 *handle;
	bool is_in_savepoint;
} fuzz_inputs[2];

static inline int fuzz_input_of(const sqlite3 *handle)
{
	for (size_t i = 0; i < COUNT(fuzz_inputs); i++) {
		if (fuzz_inputs[i].handle == handle)
			return (int)i;
	}
	return -1;
}

int __wrap_sqlite3_exec(sqlite3 *handle, const char *sql, sqlite3_callback callback, void *data,
	char **message)
{
	int input = fuzz_input_of(handle);

	if (input < 0)
		return __real_sqlite3_exec(handle, sql, callback, data, message);
	bool begins = strncmp(sql, "BEGIN", 5) == 0;
	bool commits = strcmp(sql, "COMMIT") == 0;
	if (begins || commits || strcmp(sql, "ROLLBACK") == 0) {
		claim(begins != fuzz_inputs[input].is_in_savepoint, "%s", sql);
		fuzz_inputs[input].is_in_savepoint = begins;
		sql = begins    ? "SAVEPOINT work"
		      : commits ? "RELEASE work"
				: "ROLLBACK TO work; RELEASE work";
	}
	return __real_sqlite3_exec(handle, sql, callback, data, message);
}

int __wrap_sqlite3_get_autocommit(sqlite3 *handle)
{
	int input = fuzz_input_of(handle);

	return input < 0 ? __real_sqlite3_get_autocommit(handle)
			 : !fuzz_inputs[input].is_in_savepoint;
}

/* Begins an input's work on the database. */
static inline void fuzz_begin(const struct db *db)
{
	int input = fuzz_input_of(NULL);

	claim(input >= 0 && __real_sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) ==
				    SQLITE_OK,
		"%s", sqlite3_errmsg(db->handle));
	fuzz_inputs[input].handle = db->handle;
}

/* Ends it: the database is what it was. */
static inline void fuzz_end(const struct db *db)
{
	int input = fuzz_input_of(db->handle);

	claim(input >= 0 && !fuzz_inputs[input].is_in_savepoint, "a transaction is left open");
	fuzz_inputs[input].handle = NULL;
	claim(__real_sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK, "%s",
		sqlite3_errmsg(db->handle));
}

/* --- What stands in it --- */

struct fuzz_image {
	unsigned char *bytes;
	sqlite3_int64 size;
};

/* All its pages; freed by fuzz_image_free. */
static inline struct fuzz_image fuzz_image(const struct db *db)
{
	struct fuzz_image image = { NULL, 0 };

	image.bytes = sqlite3_serialize(db->handle, "main", &image.size, 0);
	claim(image.bytes != NULL, "no image");
	return image;
}

static inline void fuzz_image_free(struct fuzz_image *image)
{
	sqlite3_free(image->bytes);
}

/* Nothing at all was written since. */
static inline void claim_untouched(const struct db *db, const struct fuzz_image *before)
{
	struct fuzz_image after = fuzz_image(db);

	claim(after.size == before->size &&
			memcmp(after.bytes, before->bytes, (size_t)before->size) == 0,
		"the database's bytes are others");
	fuzz_image_free(&after);
}

static inline void fuzz_add_table(const struct db *db, const char *table, struct str *ret)
{
	char sql[100];
	sqlite3_stmt *statement = NULL;

	(void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY 1", table);
	claim(sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) == SQLITE_OK, "%s", sql);
	str_addf(ret, "%s\n", table);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			int size = sqlite3_column_bytes(statement, i);
			const void *bytes = sqlite3_column_blob(statement, i);
			str_addf(ret, "%s%d:", i > 0 ? " " : "", sqlite3_column_type(statement, i));
			if (size > 0)
				str_add_bytes(ret, bytes, (size_t)size);
		}
		str_add_char(ret, '\n');
	}
	claim(sqlite3_finalize(statement) == SQLITE_OK, "%s", sql);
}

/* All rows of all tables, but of what keeps the books: the log and the list of imports. */
static inline void fuzz_content(const struct db *db, struct str *ret)
{
	static char tables[FUZZ_TABLES_MAX][64];
	static size_t count;

	if (count == 0) {
		sqlite3_stmt *statement = NULL;
		claim(sqlite3_prepare_v2(db->handle,
			      "SELECT name FROM sqlite_schema WHERE type = 'table'"
			      " AND name NOT IN ('log', 'import') ORDER BY name",
			      -1, &statement, NULL) == SQLITE_OK,
			"no list of tables");
		while (sqlite3_step(statement) == SQLITE_ROW) {
			claim(count < FUZZ_TABLES_MAX, "more tables than thought of");
			(void)snprintf(tables[count++], sizeof tables[0], "%s",
				(const char *)sqlite3_column_text(statement, 0));
		}
		(void)sqlite3_finalize(statement);
	}
	str_clear(ret);
	for (size_t i = 0; i < count; i++)
		fuzz_add_table(db, tables[i], ret);
}

/* --- Its check --- */

static inline enum status fuzz_tell(const struct finding *finding, void *data, struct error *error)
{
	(void)data;
	(void)error;
	claim(finding == NULL, "%s: %s: %s", finding->kind, finding->subject, finding->message);
	return STATUS_OK;
}

/* What `regtool check' says of it: nothing. (It makes a copy, which cannot be made of what is
 * not committed: so of a copy.) */
static inline void claim_sound(const struct db *db)
{
	CLEANUP(db_closep) struct db *copy = db_new(DB_SCRATCH, NULL);
	const struct check_options options = { .is_quick = false };
	const struct check_functions functions = { .finding = fuzz_tell };
	struct fuzz_image image = fuzz_image(db);
	struct check_summary summary;
	struct error error = ERROR_INIT;

	claim_ok(db_connect(copy, &error), error);
	claim(sqlite3_deserialize(copy->handle, "main", image.bytes, image.size, image.size,
		      SQLITE_DESERIALIZE_FREEONCLOSE) == SQLITE_OK,
		"%s", sqlite3_errmsg(copy->handle));
	claim_ok(check_database(copy, &options, &functions, &summary, &error), error);
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of the SQLite driver, for the driver's own files alone: db.c (opening),
 * settings.c,
 * transaction.c, query.c, migrate.c, publish.c, copy.c, reading.c, wipe.c. Entity files use db.h.
 */
#ifndef REGTOOL_STORE_DB_PRIVATE_H
#define REGTOOL_STORE_DB_PRIVATE_H

#include "store/db.h"

#include <sqlite3.h>

enum {
	APPLICATION_ID = 0x52454754, /* "REGT" */
	WAIT_DEFAULT_MS = 10000,     /* longer than this and the command gives up */
	BUSY_STEP_MS = 1,            /* SQLite's own steps of up to 100 ms starve under load */
};

struct query {
	struct db *db;
	sqlite3_stmt *statement; /* NULL until first taken */
	int result;              /* first failure of this use, or SQLITE_OK */
	int next_parameter;      /* after the one bound last, from 1 */
	const char *bad_text;    /* with SQLITE_CORRUPT: the column that is not UTF-8; or NULL */
	bool is_in_use;
};

struct db {
	sqlite3 *handle;
	char *path;   /* resolved; NULL for a scratch database */
	char *place;  /* DB_NEW: where it will stand; `path` is its name until then */
	char *source; /* of which database it is a copy, for what is wrong in it; or NULL */
	enum db_mode mode;
	int64_t wait_ms;
	int64_t waiting_since_ms; /* of the busy handler's current wait */
	bool is_waiting_counted;  /* it began already, in the queue */
	bool replaces_empty;      /* db_publish: an empty file at the place counts as none */
	int queue;                /* descriptor of PATH.lock, or -1 */
	struct query queries[QUERY_COUNT];
};

int64_t db_clock_ms(void);
/* As transaction_begin_read, behind all writers that wait in the queue at this moment: so of any
 * number of doors none waits for more than one slice of a report. Waits a quarter of a second at
 * most, and not at all where there is no lock file or it cannot be opened. */
enum status transaction_begin_read_in_turn(struct transaction *transaction, struct db *db,
	struct error *error);
/* A connection that is not open yet; db_close frees it. */
struct db *db_new(enum db_mode mode, const struct db_options *options);
/* Opens the file at db->path (NULL: a temporary one): looks whether it is ours, before
 * anything is written to it, and makes the settings. */
enum status db_connect(struct db *db, struct error *error);
/* What db_publish will put at `path`: makes the empty file under another name and sets path
 * and place. */
enum status db_make_place(struct db *db, const char *path, struct error *error);
/* Takes away the file that was not published, if there is one. */
void db_clear_place(struct db *db);
/* Syncs a file, or a folder, that nobody here has open. */
enum status db_sync_path(const char *path, struct error *error);
/* The status and message of SQLite's last failure on the connection. */
enum status db_fail(struct db *db, int result, struct error *error);
/* STATUS_DATABASE: the file is damaged; `what` says how. */
enum status db_fail_damaged(const struct db *db, const char *what, struct error *error);
/* Runs SQL that is a constant of the driver. */
enum status db_execute(struct db *db, const char *sql, struct error *error);
/* Reads the one integer that a constant statement gives. */
enum status db_execute_integer(struct db *db, const char *sql, int64_t *ret_value,
	struct error *error);
/* Makes every connection's settings and reads them back. */
enum status db_apply_settings(struct db *db, struct error *error);

/* Runs all migrations that are still missing; the caller has seen that the file is ours. */
enum status db_migrate(struct db *db, struct error *error);
int db_newest_version(void);
/* The digest that the schema of a version has, in hexadecimal. */
const char *db_version_digest(int version);
/* Compares the schema with the version's; names what differs. */
enum status db_check_schema(struct db *db, struct error *error);

#endif

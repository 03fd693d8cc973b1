/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The storage driver: one connection, transactions, named statements bound by name, rows
 * and their columns, errors. What lies behind it (SQLite today) shows nowhere above: the
 * entity files of store/ call only this, so that a second driver can stand beside the
 * first.
 *
 * Every connection is made safe before the first statement runs, and what was set is read
 * back: see db_open.
 */
#ifndef REGTOOL_STORE_DB_H
#define REGTOOL_STORE_DB_H

#include "store/queries.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum db_mode {
	DB_READ,    /* works on read-only files and media; no lock file is made; writes
		       nothing but takes back what a crash left half-way */
	DB_WRITE,   /* writers queue on PATH.lock */
	DB_NEW,     /* makes a new database under another name beside the path; private to this
		       process until db_publish puts it in its place */
	DB_SCRATCH, /* a private copy in memory and temporary files, gone when closed */
};

struct db_options {
	bool allow_unsafe_fs; /* --unsafe-fs: a network file system is not refused */
	int64_t wait_ms;      /* how long to wait for others; 0: the default, 10 s */
};

/*
 * Opens a database. Before anything of it is trusted: the file is a regular one of ours
 * (application_id), of this program's version (older ones are migrated in DB_WRITE after a
 * copy was kept; newer ones refused), and its schema is the version's to the byte (a planted
 * trigger or view is found here).
 * STATUS_NOT_FOUND: no such file, or an empty one. STATUS_DATABASE: not ours, corrupt,
 * newer; STATUS_SCHEMA: another schema; the path is named. STATUS_IO, STATUS_BUSY. The caller
 * closes it.
 */
enum status db_open(const char *path, enum db_mode mode, const struct db_options *options,
	struct db **ret_db, struct error *error);
void db_close(struct db *db);
void db_closep(struct db **db);
/* Where it stands; of a scratch copy, where what it is a copy of stands; NULL of other scratch
 * databases. Lent. */
const char *db_path(const struct db *db);

/*
 * Puts a database of DB_NEW, or a copy, in its place, whole: closes it, syncs it, links it to
 * the path it was opened for, and syncs the folder. *db is NULL afterwards in any case; closed
 * otherwise it leaves no file behind. STATUS_EXISTS if meanwhile there is something at the
 * path (which is left alone).
 */
enum status db_publish(struct db **db, struct error *error);

/*
 * Transactions. A write transaction takes its place in the queue and then the write lock
 * (BEGIN IMMEDIATE), so it never fails half-way for another's sake; STATUS_BUSY after the
 * wait. When commit returns STATUS_OK the work is on disk; when it fails the outcome is
 * unknown until the database is opened again: the caller must end, not try again.
 * A read transaction sees one state; nobody can commit while it lasts, so it is kept short
 * (see store/reading.h).
 */
struct transaction {
	struct db *db; /* NULL once committed, rolled back, or before it began */
};
#define TRANSACTION_INIT                                                                           \
	{                                                                                          \
		.db = NULL                                                                         \
	}

enum status transaction_begin_write(struct transaction *transaction, struct db *db,
	struct error *error);
enum status transaction_begin_read(struct transaction *transaction, struct db *db,
	struct error *error);
enum status transaction_commit(struct transaction *transaction, struct error *error);
/* Rolls back what was not committed; for CLEANUP(transaction_end). */
void transaction_end(struct transaction *transaction);
/* Between write transactions of one long piece of work: those who wait have their turn. The lock
 * is not handed on when it is let go, and who takes it again at once would always be the first. */
void transaction_let_others(void);
/* Whether one is open on the connection. */
bool transaction_is_open(const struct db *db);

/*
 * A named statement, taken from the connection, which owns it and has prepared it once.
 * The first failure of a bind or step is kept and given by query_end, so a use reads:
 *
 *	struct query *query = db_query(db, QUERY_REGISTRANT_BY_EMAIL);
 *	query_bind_text(query, "email", key);
 *	while (query_step(query))
 *		id = query_integer(query, 0);
 *	return query_end(query, error);
 *
 * A parameter that is not bound is NULL. One use at a time: between db_query and query_end
 * the same statement must not be taken again.
 */
struct query;

struct query *db_query(struct db *db, enum query_id id) __attribute__((returns_nonnull));
void query_bind_integer(struct query *query, const char *name, int64_t value);
/* The text or bytes must stay until query_end. NULL binds NULL. */
void query_bind_text(struct query *query, const char *name, const char *text);
void query_bind_bytes(struct query *query, const char *name, const void *bytes, size_t length);
/* For what may be absent: binds NULL unless `present`. */
void query_bind_optional(struct query *query, const char *name, bool present, int64_t value);
/* True with a row; false at the end and after a failure. */
bool query_step(struct query *query);
/* Whether what went before failed, where the end of the rows would say something. */
bool query_has_failed(const struct query *query);
/* Ends this use: STATUS_OK, or the first failure (constraints and corruption are
 * STATUS_DATABASE, a full disk or failing disk STATUS_IO, waiting STATUS_BUSY). */
enum status query_end(struct query *query, struct error *error);
/* Ends a use whose rows were lent to somebody: `status` is what came of that, and if it is a
 * failure it stands; else as query_end. */
enum status query_end_list(struct query *query, enum status status, struct error *error);
/* For statements without a result row: step to the end, and query_end. */
enum status query_run(struct query *query, struct error *error);

/* Columns of the row, from 0; text and bytes live until the next step. */
bool query_is_null(struct query *query, int column);
int64_t query_integer(struct query *query, int column);
/* UTF-8; "" for NULL. What is not UTF-8 is "" too, and the use fails with STATUS_DATABASE. */
const char *query_text(struct query *query, int column);
/* NULL for NULL. */
const char *query_text_or_null(struct query *query, int column);
/* Reads all texts of the row, for what query_text finds wrong. */
void query_read_texts(struct query *query);
/* The first letter of a text, '\0' for NULL and "": all that a reader of millions of rows
 * needs of a column of a few known words. */
char query_letter(struct query *query, int column);
/* NULL for NULL, or if it has another length. */
const void *query_bytes(struct query *query, int column, size_t length);
/* Bytes of whatever length; "" with length 0 for NULL. */
const void *query_bytes_any(struct query *query, int column, size_t *ret_length)
	__attribute__((returns_nonnull));

/* The rowid of the last INSERT, and the number of rows the last statement changed. */
int64_t db_last_id(struct db *db);
int64_t db_changes(struct db *db);

/* Copies the whole database, page by page, in slices between which others work: into a
 * scratch database (path NULL), or into a file that db_publish puts at the path (0600, synced,
 * STATUS_EXISTS if there is anything; closed otherwise it leaves no file behind). If others
 * change the database again and again meanwhile, it is copied while they wait, and `notice`
 * (may be NULL) is called before. The copy was not looked at: a damaged page is copied too. */
enum status db_copy(struct db *db, const char *path_or_null, void (*notice)(void *data), void *data,
	struct db **ret_copy, struct error *error);

/* Overwrites what earlier changes left in unused parts of the file: what was deleted or moved
 * before is then not to be found in its bytes any more. Goes on in slices between which others
 * work; if they change the database again and again meanwhile, they wait in the end, and `notice`
 * (may be NULL) is called before. Of DB_WRITE, outside a transaction. A failure harms nothing and
 * leaves the work to be done again. STATUS_BUSY, STATUS_IO, STATUS_DATABASE. */
enum status db_wipe_unused(struct db *db, void (*notice)(void *data), void *data,
	struct error *error);

/* Lends the path of each copy that a migration kept beside the database and that is still there. */
void db_old_copies(const struct db *db, void (*function)(const char *path, void *data), void *data);

/* Structure: the engine's integrity check and foreign keys; each fault is a sentence lent to
 * `found`. STATUS_OK even with faults. `quick` leaves out the comparison of the indexes. */
enum status db_check_structure(struct db *db, bool quick,
	void (*found)(void *data, const char *sentence), void *data, struct error *error);

/* The schema's digest as the connection sees it, in hexadecimal (for tests and messages). */
enum status db_schema_digest(struct db *db, char ret_hex[static 65], struct error *error);
/* The engine's name and its version, for --version. */
const char *db_engine_name(void);
const char *db_engine_version(void);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of registrants. All rows are checked and set aside before anything is written, away
 * from the write lock and in bounded memory; then all files are written in one transaction,
 * in the order of their rows. A bad row refuses everything, unless bad rows are skipped.
 * Who a row speaks of is settled under the lock: see regtool-import(1) for the rules.
 */
#ifndef REGTOOL_CORE_IMPORT_H
#define REGTOOL_CORE_IMPORT_H

#include "core/import_columns.h"
#include "core/key.h"
#include "core/log.h"
#include "core/seats.h"
#include "store/db.h"
#include "store/stage_store.h"
#include "util/csv_in.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum import_match {
	MATCH_EMAIL,
	MATCH_EXTERNAL_ID,
	MATCH_EMAIL_AND_NAME,
};

enum import_phase {
	IMPORT_READING, /* counts bytes */
	IMPORT_WRITING, /* counts rows */
};

enum import_change_kind {
	CHANGE_NEW,    /* a registrant is added */
	CHANGE_COLUMN, /* a field, or an answer by its header, of one who was there */
	CHANGE_KEPT,   /* the status, set by hand, stays: new_value is the file's */
};

/* What a row changes; lent. */
struct import_change {
	enum import_change_kind kind;
	size_t file; /* its number, from 0 */
	int64_t line;
	const char *name;  /* of who was there, as it was; or the address or id */
	const char *email; /* "" : none */
	const char *column;
	const char *old_value;
	const char *new_value;
	bool is_waitlisted; /* CHANGE_NEW: waits for a seat */
	/* CHANGE_NEW: who else has the external id, with another address; 0: nobody. */
	int64_t id_taken_by;
};

/* Who is told what happens; each function may be NULL. */
struct import_watcher {
	/* `total` is -1 where it is not known. */
	void (*on_progress)(enum import_phase phase, int64_t done, int64_t total, void *data);
	/* A file was opened; for what to say of its delimiter and encoding. */
	void (*on_open)(const struct csv_in *in, void *data);
	/* It is settled what each column of the file is. */
	void (*on_columns)(const struct csv_in *in, const struct import_columns *columns,
		void *data);
	void (*on_change)(const struct import_change *change, void *data);
	void *data;
};

/* All borrowed for as long as the import lasts. */
struct import_settings {
	struct column_choices choices;
	struct field_rules rules;
	struct csv_in_options csv;
	enum import_match match;
	bool is_add_only;      /* a person who is registered already is an error */
	bool is_status_forced; /* replaces a status set by hand */
	bool skips_bad;
	bool keeps_raw; /* bad rows are wanted back as they came: import_rejects */
	const char *key_path;
	const struct key *key; /* NULL: loaded from key_path when it is needed */
	struct import_watcher watcher;
};

struct import_report {
	const char *file; /* as named */
	int64_t rows;     /* all that are not empty, without the header */
	int64_t added;
	int64_t updated;
	int64_t unchanged;
	int64_t kept; /* rows whose status was left, being set by hand; not in `unchanged` */
	int64_t rejected;
	int64_t import_id;           /* 0: nothing was written */
	const char *courses_created; /* set */
	int64_t waitlisted;          /* put on the waiting list */
	int64_t promoted;            /* of the waiting list: given a seat that this file freed */
	int64_t erased;              /* rows left out: of people who asked to be forgotten */
	int64_t ids_taken; /* added people with the external id of one who has another address */
	bool lacks_names;  /* none of its columns is one, and some are only answers */
};

struct import;

/* `actor` is borrowed. The caller frees it. */
enum status import_begin(struct db *db, int64_t event_id, const struct actor *actor,
	const struct import_settings *settings, struct import **ret_import, struct error *error);
void import_free(struct import *import);
void import_freep(struct import **import);

/* Reads and checks a file ("-" is standard input). What is wrong in it is kept as its errors
 * with STATUS_OK. STATUS_NOT_FOUND, STATUS_IO: it cannot be read at all. STATUS_USAGE: no
 * such encoding. */
enum status import_read(struct import *import, const char *path, struct error *error);

/*
 * Writes all that was read, in one transaction, and logs it. STATUS_REJECTED: there are
 * errors, and nothing was written (or, skipping bad rows, no good one is left); all errors
 * there are have been found. STATUS_KEY: tokens are to be issued and the key is not there.
 */
enum status import_write(struct import *import, struct error *error);

/* Good rows read so far. */
int64_t import_good_rows(const struct import *import);
size_t import_file_count(const struct import *import);
/* Lent; counts are 0 before import_write, and after it failed, but for rows and rejected. */
struct import_report import_report_of(const struct import *import, size_t file);

/* The seats as they stood after import_write, and who was given one; lent. */
const struct seats *import_seats(const struct import *import);

int64_t import_error_count(const struct import *import);
/* Of a file, by line; lent. */
enum status import_errors(struct import *import, size_t file, stage_error_function *function,
	void *data, struct error *error);
/* Adds what could help against the errors of the rows, a line each: the options by which a
 * file like this goes in. */
void import_advise(const struct import *import, struct str *ret);
/* Lends the rows of a file that were left out, by line. */
enum status import_erased(struct import *import, size_t file, stage_row_function *function,
	void *data, struct error *error);
/* Of the file as a whole (its structure or header), with the hint; NULL: none. */
const struct error *import_file_error(const struct import *import, size_t file);

/* The header of a file as it came, without a last column of an earlier import's errors;
 * lent. */
const char *const *import_header(const struct import *import, size_t file, size_t *ret_count);
/* Lends each bad row as it came, as wide as the header, with what is wrong in it. */
typedef enum status import_reject_function(const char *const *cells, size_t count,
	const char *problem, void *data, struct error *error);
enum status import_rejects(struct import *import, size_t file, import_reject_function *function,
	void *data, struct error *error);

/* What an import keeps of a file's path: its name without the folder; "standard input" for
 * "-". Lent by the path. */
const char *import_file_name(const char *path);

#endif

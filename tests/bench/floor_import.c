/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: floor_import DB KEY FILE
 *
 * Writes what `regtool import' writes of a file of new people into a database that was just made:
 * the import, and for each row the person, the registrant and the token's verifier, in one
 * transaction, with the file's digest in the log. It knows the file's columns (those of
 * `generate people'), and takes each row for somebody new.
 */
#include "floor.h"
#include "floor_token.h"

#include <csv.h>
#include <string.h>
#include <time.h>

enum {
	COLUMNS = 7,
	CELL_MAX = 256,
	BUFFER = 1 << 16,
};

enum column { GIVEN, FAMILY, EMAIL, AFFILIATION, ROLES, EXTERNAL_ID, CATEGORY };

static const char import_sql[] =
	"INSERT INTO import (event_id, name, digest, taken_s, actor, row_count, added, updated,"
	" unchanged, kept, rejected) VALUES (1, ?1, zeroblob(32), ?2, 'floor', 0, 0, 0, 0, 0, 0)";
static const char import_end_sql[] =
	"UPDATE import SET digest = ?1, row_count = ?2, added = ?2 WHERE import_id = 1";
static const char person_sql[] =
	"INSERT INTO person (email, email_key, name, given_name, family_name, affiliation,"
	" external_id) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6)";
static const char registrant_sql[] =
	"INSERT INTO registrant (event_id, person_id, roles, status, category, registered_s,"
	" import_id) VALUES (1, ?1, ?2, 'confirmed', ?3, ?4, 1)";
static const char token_sql[] =
	"INSERT INTO token (token_id, registrant_id, verifier, key_id, issued_s)"
	" VALUES (?1, ?2, ?3, (SELECT key_id FROM keyring), ?4)";
static const char log_sql[] =
	"INSERT INTO log (log_id, at_s, actor, action, subject, subject_id, digest, hash)"
	" SELECT max(log_id) + 1, ?1, 'floor', 'import', 'import', 1, ?2, ?2 FROM log";

struct import {
	sqlite3 *db;
	sqlite3_stmt *person;
	sqlite3_stmt *registrant;
	sqlite3_stmt *token;
	unsigned char event_key[FLOOR_KEY_SIZE];
	char cells[COLUMNS][CELL_MAX];
	int column;
	long long rows; /* with the header */
	long long now_s;
};

static void bind_text(sqlite3_stmt *statement, int number, const char *text)
{
	(void)sqlite3_bind_text(statement, number, text, -1, SQLITE_STATIC);
}

static void run_once(struct import *import, sqlite3_stmt *statement)
{
	floor_claim(sqlite3_step(statement), SQLITE_DONE, import->db);
	(void)sqlite3_reset(statement);
}

static void write_row(struct import *import)
{
	unsigned char verifier[FLOOR_HASH_SIZE];
	char name[2 * CELL_MAX + 2];
	char(*cells)[CELL_MAX] = import->cells;

	(void)snprintf(name, sizeof name, "%s %s", cells[GIVEN], cells[FAMILY]);
	bind_text(import->person, 1, cells[EMAIL]);
	bind_text(import->person, 2, name);
	bind_text(import->person, 3, cells[GIVEN]);
	bind_text(import->person, 4, cells[FAMILY]);
	bind_text(import->person, 5, cells[AFFILIATION]);
	bind_text(import->person, 6, cells[EXTERNAL_ID]);
	run_once(import, import->person);
	(void)sqlite3_bind_int64(import->registrant, 1, sqlite3_last_insert_rowid(import->db));
	bind_text(import->registrant, 2, cells[ROLES]);
	bind_text(import->registrant, 3, cells[CATEGORY]);
	(void)sqlite3_bind_int64(import->registrant, 4, import->now_s);
	run_once(import, import->registrant);
	floor_verifier(import->event_key, import->rows, verifier);
	(void)sqlite3_bind_int64(import->token, 1, import->rows);
	(void)sqlite3_bind_int64(import->token, 2, sqlite3_last_insert_rowid(import->db));
	(void)sqlite3_bind_blob(import->token, 3, verifier, sizeof verifier, SQLITE_STATIC);
	(void)sqlite3_bind_int64(import->token, 4, import->now_s);
	run_once(import, import->token);
}

static void take_cell(void *cell, size_t length, void *data)
{
	struct import *import = data;

	if (import->column >= COLUMNS || length >= CELL_MAX)
		exit(EXIT_FAILURE);
	memcpy(import->cells[import->column], cell, length);
	import->cells[import->column++][length] = '\0';
}

static void take_row(int end, void *data)
{
	struct import *import = data;

	(void)end;
	if (import->rows > 0)
		write_row(import);
	import->rows++;
	import->column = 0;
}

static void read_file(struct import *import, const char *path,
	unsigned char ret_digest[static FLOOR_HASH_SIZE])
{
	static char buffer[BUFFER];
	crypto_generichash_state hash;
	struct csv_parser parser;
	size_t length;
	FILE *file = fopen(path, "r");

	if (file == NULL || csv_init(&parser, 0) != 0)
		exit(EXIT_FAILURE);
	(void)crypto_generichash_init(&hash, NULL, 0, FLOOR_HASH_SIZE);
	while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) {
		(void)crypto_generichash_update(&hash, (const unsigned char *)buffer, length);
		if (csv_parse(&parser, buffer, length, take_cell, take_row, import) != length)
			exit(EXIT_FAILURE);
	}
	(void)csv_fini(&parser, take_cell, take_row, import);
	csv_free(&parser);
	(void)fclose(file);
	(void)crypto_generichash_final(&hash, ret_digest, FLOOR_HASH_SIZE);
}

static void begin(struct import *import, const char *db, const char *path)
{
	import->now_s = (long long)time(NULL);
	import->db = floor_open(db);
	floor_run(import->db, "BEGIN IMMEDIATE");
	import->person = floor_prepare(import->db, person_sql);
	import->registrant = floor_prepare(import->db, registrant_sql);
	import->token = floor_prepare(import->db, token_sql);
	sqlite3_stmt *head = floor_prepare(import->db, import_sql);
	bind_text(head, 1, path);
	(void)sqlite3_bind_int64(head, 2, import->now_s);
	run_once(import, head);
}

static void end(struct import *import, const unsigned char digest[static FLOOR_HASH_SIZE])
{
	sqlite3_stmt *end = floor_prepare(import->db, import_end_sql);
	sqlite3_stmt *log = floor_prepare(import->db, log_sql);

	(void)sqlite3_bind_blob(end, 1, digest, FLOOR_HASH_SIZE, SQLITE_STATIC);
	(void)sqlite3_bind_int64(end, 2, import->rows - 1);
	run_once(import, end);
	(void)sqlite3_bind_int64(log, 1, import->now_s);
	(void)sqlite3_bind_blob(log, 2, digest, FLOOR_HASH_SIZE, SQLITE_STATIC);
	run_once(import, log);
	floor_run(import->db, "COMMIT");
	floor_close(import->db);
}

int main(int argument_count, char **arguments)
{
	static struct import import;
	unsigned char digest[FLOOR_HASH_SIZE];

	if (argument_count != 4 || sodium_init() < 0)
		return EXIT_FAILURE;
	floor_event_key(arguments[2], import.event_key);
	begin(&import, arguments[1], arguments[3]);
	read_file(&import, arguments[3], digest);
	end(&import, digest);
	return EXIT_SUCCESS;
}

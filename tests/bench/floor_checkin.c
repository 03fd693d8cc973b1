/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: floor_checkin DB AT TOKEN | floor_checkin DB AT -
 *
 * The least check-in with an answer that is on disk before it is given: whose token it is, which
 * session has its doors open, whether the person is in already, then the scan, the digest over it
 * in the log, and the commit. With `-' what has arrived shares a commit, as `regtool checkin -'
 * does it, and nothing waits for a further line.
 */
#include "floor.h"
#include "floor_token.h"

#include <unistd.h>

enum {
	SYMBOLS = 26,
	DOORS_S = 30 * 60,
	LINES_MAX = 1000, /* that share a commit */
	LINE_SIZE = 64,
	ANSWER_SIZE = 256,
};

static const char holder_sql[] =
	"SELECT t.token_id, r.registrant_id, r.status, t.revoked_s, p.name"
	" FROM token AS t JOIN registrant AS r ON r.registrant_id = t.registrant_id"
	" JOIN person AS p ON p.person_id = r.person_id WHERE t.verifier = ?1";
static const char session_sql[] = "SELECT session_id, code FROM session WHERE event_id = 1"
				  " AND start_s - ?2 <= ?1 AND end_s > ?1 ORDER BY start_s LIMIT 1";
static const char last_sql[] = "SELECT direction, session_id, at_s FROM scan"
			       " WHERE registrant_id = ?1 AND at_s <= ?2"
			       " ORDER BY at_s DESC LIMIT 1";
static const char scan_sql[] =
	"INSERT INTO scan (scan_id, event_id, registrant_id, session_id, token_id, direction, at_s,"
	" stored_s, source, result, reason, first_s, actor)"
	" VALUES (?1, 1, ?2, ?3, ?4, 'in', ?5, ?5, 'door', ?6, ?7, ?8, 'floor')";
static const char log_sql[] =
	"INSERT INTO log (log_id, at_s, actor, action, first_scan, last_scan, digest, hash)"
	" VALUES (?1, ?2, 'floor', 'checkin', ?3, ?4, ?5, ?6)";

struct desk {
	sqlite3 *db;
	sqlite3_stmt *holder;
	sqlite3_stmt *session;
	sqlite3_stmt *last;
	sqlite3_stmt *scan;
	sqlite3_stmt *log;
	sqlite3_stmt *numbers;
	sqlite3_int64 at_s;
	sqlite3_int64 first_scan;
	sqlite3_int64 next_scan;
	sqlite3_int64 next_log;
	unsigned char head[FLOOR_HASH_SIZE];
	crypto_generichash_state digest;
	char answers[LINES_MAX * ANSWER_SIZE];
	size_t answers_length;
};

/* The 128 bits that the symbols stand for; what they are checked by is left out. */
static void read_token(const char *text, unsigned char ret_token[static FLOOR_TOKEN_SIZE])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned __int128 value = 0;

	for (int count = 0; count < SYMBOLS && *text != '\0'; text++) {
		const char *found = strchr(alphabet, *text);
		if (found == NULL)
			continue;
		value = value << 5 | (unsigned)(found - alphabet);
		count++;
	}
	for (int i = FLOOR_TOKEN_SIZE - 1; i >= 0; i--) {
		ret_token[i] = (unsigned char)value;
		value >>= 8;
	}
}

static void begin(struct desk *desk)
{
	floor_run(desk->db, "BEGIN IMMEDIATE");
	floor_claim(sqlite3_step(desk->numbers), SQLITE_ROW, desk->db);
	desk->first_scan = desk->next_scan = sqlite3_column_int64(desk->numbers, 0);
	desk->next_log = sqlite3_column_int64(desk->numbers, 1);
	memcpy(desk->head, sqlite3_column_blob(desk->numbers, 2), sizeof desk->head);
	(void)sqlite3_reset(desk->numbers);
	(void)crypto_generichash_init(&desk->digest, NULL, 0, FLOOR_HASH_SIZE);
	desk->answers_length = 0;
}

/* Stores the scan of a person, admitted if not in the session already. */
static void store(struct desk *desk, sqlite3_int64 session_id, const char *code)
{
	sqlite3_int64 registrant_id = sqlite3_column_int64(desk->holder, 1);

	(void)sqlite3_bind_int64(desk->last, 1, registrant_id);
	(void)sqlite3_bind_int64(desk->last, 2, desk->at_s);
	bool is_in = sqlite3_step(desk->last) == SQLITE_ROW &&
		     sqlite3_column_text(desk->last, 0)[0] == 'i' &&
		     sqlite3_column_int64(desk->last, 1) == session_id;
	const sqlite3_int64 numbers[] = { desk->next_scan, registrant_id, session_id,
		sqlite3_column_int64(desk->holder, 0), desk->at_s };
	for (int i = 0; i < 5; i++)
		(void)sqlite3_bind_int64(desk->scan, i + 1, numbers[i]);
	(void)sqlite3_bind_text(desk->scan, 6, is_in ? "refused" : "admitted", -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(desk->scan, 7, is_in ? "already-in" : NULL, -1, SQLITE_STATIC);
	if (is_in)
		(void)sqlite3_bind_int64(desk->scan, 8, sqlite3_column_int64(desk->last, 2));
	else
		(void)sqlite3_bind_null(desk->scan, 8);
	floor_claim(sqlite3_step(desk->scan), SQLITE_DONE, desk->db);
	(void)sqlite3_reset(desk->scan);
	(void)sqlite3_reset(desk->last);
	(void)crypto_generichash_update(&desk->digest, (const unsigned char *)numbers,
		sizeof numbers);
	desk->answers_length += (size_t)snprintf(desk->answers + desk->answers_length, ANSWER_SIZE,
		"%s,%lld,%.100s,%s,%lld\n", is_in ? "refused" : "admitted", registrant_id,
		(const char *)sqlite3_column_text(desk->holder, 4), code, desk->next_scan);
	desk->next_scan++;
}

static void take(struct desk *desk, const char *text)
{
	unsigned char token[FLOOR_TOKEN_SIZE];
	unsigned char verifier[FLOOR_HASH_SIZE];

	read_token(text, token);
	floor_verifier_of(token, verifier);
	(void)sqlite3_bind_blob(desk->holder, 1, verifier, sizeof verifier, SQLITE_STATIC);
	(void)sqlite3_bind_int64(desk->session, 1, desk->at_s);
	(void)sqlite3_bind_int64(desk->session, 2, DOORS_S);
	floor_claim(sqlite3_step(desk->holder), SQLITE_ROW, desk->db);
	floor_claim(sqlite3_step(desk->session), SQLITE_ROW, desk->db);
	if (sqlite3_column_type(desk->holder, 3) != SQLITE_NULL ||
		strcmp((const char *)sqlite3_column_text(desk->holder, 2), "confirmed") != 0)
		exit(EXIT_FAILURE);
	store(desk, sqlite3_column_int64(desk->session, 0),
		(const char *)sqlite3_column_text(desk->session, 1));
	(void)sqlite3_reset(desk->holder);
	(void)sqlite3_reset(desk->session);
}

static void end(struct desk *desk)
{
	unsigned char digest[FLOOR_HASH_SIZE];
	unsigned char hash[FLOOR_HASH_SIZE];
	crypto_generichash_state chain;
	const sqlite3_int64 numbers[] = { desk->next_log, desk->at_s, desk->first_scan,
		desk->next_scan - 1 };

	(void)crypto_generichash_final(&desk->digest, digest, sizeof digest);
	(void)crypto_generichash_init(&chain, NULL, 0, sizeof hash);
	(void)crypto_generichash_update(&chain, desk->head, sizeof desk->head);
	(void)crypto_generichash_update(&chain, (const unsigned char *)numbers, sizeof numbers);
	(void)crypto_generichash_update(&chain, digest, sizeof digest);
	(void)crypto_generichash_final(&chain, hash, sizeof hash);
	for (int i = 0; i < 4; i++)
		(void)sqlite3_bind_int64(desk->log, i + 1, numbers[i]);
	(void)sqlite3_bind_blob(desk->log, 5, digest, sizeof digest, SQLITE_STATIC);
	(void)sqlite3_bind_blob(desk->log, 6, hash, sizeof hash, SQLITE_STATIC);
	floor_claim(sqlite3_step(desk->log), SQLITE_DONE, desk->db);
	(void)sqlite3_reset(desk->log);
	floor_run(desk->db, "COMMIT");
	if (write(STDOUT_FILENO, desk->answers, desk->answers_length) !=
		(ssize_t)desk->answers_length)
		exit(EXIT_FAILURE);
}

/* Takes the whole lines of what was read, and gives what is left of it. */
static size_t take_lines(struct desk *desk, char *buffer, size_t length)
{
	char *line = buffer;
	char *line_end;
	int count = 0;

	while ((line_end = memchr(line, '\n', (size_t)(buffer + length - line))) != NULL) {
		*line_end = '\0';
		if (count++ == 0)
			begin(desk);
		take(desk, line);
		line = line_end + 1;
	}
	if (count > 0)
		end(desk);
	size_t left = (size_t)(buffer + length - line);
	memmove(buffer, line, left);
	return left;
}

static void take_input(struct desk *desk)
{
	/* A token has 34 signs: no more than LINES_MAX of them fit. */
	static char buffer[LINES_MAX * 30];
	size_t length = 0;
	ssize_t count = 0;

	while ((count = read(STDIN_FILENO, buffer + length, sizeof buffer - length)) > 0)
		length = take_lines(desk, buffer, length + (size_t)count);
}

int main(int argument_count, char **arguments)
{
	static struct desk desk;

	if (argument_count != 4 || sodium_init() < 0)
		return EXIT_FAILURE;
	desk.db = floor_open(arguments[1]);
	desk.at_s = strtoll(arguments[2], NULL, 10);
	desk.holder = floor_prepare(desk.db, holder_sql);
	desk.session = floor_prepare(desk.db, session_sql);
	desk.last = floor_prepare(desk.db, last_sql);
	desk.scan = floor_prepare(desk.db, scan_sql);
	desk.log = floor_prepare(desk.db, log_sql);
	desk.numbers = floor_prepare(desk.db,
		"SELECT (SELECT coalesce(max(scan_id), 0) + 1 FROM scan), log_id + 1, hash FROM log"
		" WHERE log_id = (SELECT max(log_id) FROM log)");
	if (strcmp(arguments[3], "-") == 0) {
		take_input(&desk);
	} else {
		begin(&desk);
		take(&desk, arguments[3]);
		end(&desk);
	}
	floor_close(desk.db);
	return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: floor_report DB
 *
 * Reads what `regtool credit-report --all' must at least read, in the same order: the people by
 * number, with what is shown of them, and with each the scans by time, from the index that has
 * them. Looks at each column, and prints how many people and scans there were.
 */
#include "floor.h"

#include <string.h>

static const char people_sql[] =
	"SELECT r.registrant_id, p.name, p.email, p.external_id, p.affiliation, r.roles, r.status"
	" FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id"
	" ORDER BY r.registrant_id";
static const char scans_sql[] =
	"SELECT registrant_id, scan_id, at_s, session_id, direction, result, reason, source, until_s"
	" FROM scan WHERE registrant_id IS NOT NULL ORDER BY registrant_id, at_s";

/* What was read, in one number, so that nothing is left out as unused. */
static long long sum;

static void read_text(sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	if (text != NULL)
		sum += (long long)strlen(text);
}

static void read_scan(sqlite3_stmt *scans)
{
	for (int i = 1; i < 4; i++)
		sum += sqlite3_column_int64(scans, i);
	for (int i = 4; i < 8; i++)
		read_text(scans, i);
	sum += sqlite3_column_int64(scans, 8);
}

int main(int argument_count, char **arguments)
{
	long long people_count = 0;
	long long scan_count = 0;

	if (argument_count != 2)
		return EXIT_FAILURE;
	sqlite3 *db = floor_open(arguments[1]);
	floor_run(db, "BEGIN");
	sqlite3_stmt *people = floor_prepare(db, people_sql);
	sqlite3_stmt *scans = floor_prepare(db, scans_sql);
	int scan = sqlite3_step(scans);
	int person = SQLITE_ROW;
	while ((person = sqlite3_step(people)) == SQLITE_ROW) {
		sqlite3_int64 id = sqlite3_column_int64(people, 0);
		for (int i = 1; i < 7; i++)
			read_text(people, i);
		people_count++;
		while (scan == SQLITE_ROW && sqlite3_column_int64(scans, 0) == id) {
			read_scan(scans);
			scan_count++;
			scan = sqlite3_step(scans);
		}
	}
	floor_claim(person, SQLITE_DONE, db);
	floor_claim(scan, SQLITE_DONE, db);
	floor_close(db);
	(void)printf("%lld people, %lld scans (%lld)\n", people_count, scan_count, sum);
	return EXIT_SUCCESS;
}

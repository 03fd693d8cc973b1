/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Usage: floor_export DB
 *
 * Writes the columns of `regtool export registrants' as CSV: one ordered reading, and each cell
 * quoted where it has to be.
 */
#include "floor.h"

#include <string.h>

static const char people_sql[] =
	"SELECT r.registrant_id, p.name, p.email, p.affiliation, r.roles, p.external_id,"
	" (SELECT group_concat(c.code, ';') FROM enrolment AS e JOIN course AS c"
	"  ON c.course_id = e.course_id WHERE e.person_id = r.person_id),"
	" r.status, r.category, strftime('%Y-%m-%dT%H:%M:%SZ', r.registered_s, 'unixepoch'),"
	" (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', min(s.at_s), 'unixepoch') FROM scan AS s"
	"  WHERE s.registrant_id = r.registrant_id AND s.direction = 'in'"
	"  AND s.result = 'admitted'),"
	" p.given_name, p.family_name, r.note"
	" FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id"
	" ORDER BY r.registrant_id";

static void write_cell(const char *text)
{
	if (text == NULL)
		return;
	if (strpbrk(text, ",\"\r\n") == NULL) {
		(void)fputs(text, stdout);
		return;
	}
	(void)putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			(void)putchar('"');
		(void)putchar(*text);
	}
	(void)putchar('"');
}

int main(int argument_count, char **arguments)
{
	int result = SQLITE_ROW;

	if (argument_count != 2)
		return EXIT_FAILURE;
	sqlite3 *db = floor_open(arguments[1]);
	sqlite3_stmt *people = floor_prepare(db, people_sql);
	int count = sqlite3_column_count(people);
	(void)puts("registrant,name,email,affiliation,roles,external_id,courses,status,category,"
		   "registered_at,first_checkin_at,given_name,family_name,note");
	while ((result = sqlite3_step(people)) == SQLITE_ROW) {
		for (int i = 0; i < count; i++) {
			if (i > 0)
				(void)putchar(',');
			write_cell((const char *)sqlite3_column_text(people, i));
		}
		(void)putchar('\n');
	}
	floor_claim(result, SQLITE_DONE, db);
	floor_close(db);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "steps.h"

#include <stddef.h>

const char step_now[] = "2022-02-15T14:30:00+01:00";

/* The example, with a course that has a rule and a requirement, and the first scans. */
const char step_base[] =
	"example=$abs_srcdir/doc/examples/loss-landscape-2022; exec >/dev/null 2>&1;"
	"$REGTOOL init --event e --timezone Europe/Zurich --start 2022-02-15 --end 2022-02-16;"
	"$REGTOOL programme import $example/programme.csv;"
	"$REGTOOL course add BIO-642 --title T --min-percent 10 --requirement report;"
	"$REGTOOL import $example/attendees.csv;"
	"head -n 20 $example/day1.jsonl >scans; $REGTOOL -q checkin - <scans || [ $? -eq 1 ]; rm scans;";

static const char more_people[] =
	"printf 'name,email,roles,course,Shirt\\n' >more.csv;"
	"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do"
	"	echo \"Person $i,person$i@example.org,attendee,BIO-642;NEW-1,L\" >>more.csv; done;"
	"printf 'Joan of Bruna,joan.bruna@example.org,chair,,M\\n' >>more.csv;";

static const char imported_more[] =
	"printf 'name,email,roles,course\\nNew,new@example.org,a,BIO-642\\n"
	"Jo,joan.bruna@example.org,chair,\\n' >more.csv; $REGTOOL -q import more.csv >/dev/null;"
	"rm more.csv";

static const char old_version[] =
	"rm -f *; { cat $abs_srcdir/schema/0001_init.sql;"
	"echo \"INSERT INTO keyring VALUES (x'0102030405060708', 1);"
	"INSERT INTO event (event_id, code, title, timezone)"
	" VALUES (1, 'old', 'Old', 'Europe/Zurich');"
	"PRAGMA application_id = 1380271956; PRAGMA user_version = 1;\"; } |"
	" sqlite3 -batch -bail regtool.db; chmod 600 regtool.db";

static const char facts[] = "cat >facts.csv <<END\nemail,session,at,direction\n"
			    "joan.bruna@example.org,S1,2022-02-15T14:30,in\n"
			    "joan.bruna@example.org,S1,2022-02-15T16:00,out\nEND\n";

static const char scans[] =
	"sed -n 21,40p $abs_srcdir/doc/examples/loss-landscape-2022/day1.jsonl >in";

static const char programme[] = "sed 's/Session 1/Session one/' "
				"$abs_srcdir/doc/examples/loss-landscape-2022/programme.csv >p.csv";

/* What the log lacks between the erasing and the cleaning of the file. */
static const char not_cleaned[] = "the file was not cleaned after it";

const struct step step_list[] = {
	{ .command = "attendance add",
		.words = "joan.bruna@example.org --session S1 --reason paper" },
	{ .command = "attendance import", .prepare = facts, .words = "facts.csv --source csv" },
	{ .command = "attendance void", .words = "1 --reason mistake" },
	{ .command = "backup", .words = "copy.db", .product = "copy.db", .states = 1 },
	{ .command = "check", .words = "-f json", .states = 1 },
	{ .command = "checkin", .words = "--who joan.bruna@example.org -f json" },
	{ .command = "checkin",
		.variant = "lines",
		.prepare = scans,
		.words = "- -f jsonl",
		.status = 1,
		.input = "in" },
	{ .command = "checkout", .words = "--who matteo.dellacqua@example.edu" },
	{ .command = "course add",
		.words = "CS-101 --title Course --min-percent 70 --require-session S1" },
	{ .command = "course award", .words = "BIO-642 --as-of 2022-02-15T14:05" },
	{ .command = "course deny", .words = "BIO-642 @60 --reason why" },
	{ .command = "course enrol", .words = "BIO-642 @3 @4 @5" },
	{ .command = "course grant", .words = "BIO-642 @60 --credits 2 --reason why" },
	{ .command = "course mark", .words = "BIO-642 @60 --requirement report --result pass" },
	{ .command = "course set", .words = "BIO-642 --min-percent 60 --requirement talk" },
	{ .command = "course undecide",
		.prepare = "$REGTOOL -q course deny BIO-642 @60 --reason why >/dev/null",
		.words = "BIO-642 @60 --reason why" },
	{ .command = "course unenrol",
		.prepare = "$REGTOOL -q course enrol BIO-642 @3 @4 >/dev/null",
		.words = "BIO-642 @3 @4" },
	{ .command = "credit-report",
		.words = "--course BIO-642 -f csv -o report.csv",
		.product = "report.csv",
		.states = 1 },
	{ .command = "event add", .words = "second --title Second --timezone UTC" },
	{ .command = "event add",
		.variant = "migrates",
		.prepare = old_version,
		.words = "second --title Second --timezone UTC",
		.product = "regtool.db.schema-1",
		.states = 4,
		.unfinished = "made by an older regtool" },
	{ .command = "event purge",
		.now = "2024-02-15T12:00Z",
		.words = "--before 2022-03-01",
		.states = 3,
		.unfinished = not_cleaned },
	{ .command = "event set", .words = "e --title Other --doors 45" },
	{ .command = "import", .prepare = more_people, .words = "more.csv" },
	{ .command = "import",
		.variant = "first",
		.prepare = "rm *; printf 'name,email\\nAda,ada@example.org\\n' >one.csv",
		.words = "one.csv" },
	{ .command = "import",
		.variant = "--tokens",
		.prepare = more_people,
		.words = "more.csv --tokens tokens.csv",
		.product = "tokens.csv" },
	{ .command = "import undo", .prepare = imported_more, .words = "2 --reason wrong" },
	{ .command = "init", .prepare = "rm *", .words = "--event e --timezone UTC" },
	{ .command = "programme import", .prepare = programme, .words = "p.csv" },
	{ .command = "registrant add",
		.words = "--name Ada --email ada@example.org --courses BIO-642" },
	{ .command = "registrant cancel", .words = "@3 --reason ill" },
	{ .command = "registrant confirm",
		.prepare = "$REGTOOL -q registrant cancel @3 --reason ill >/dev/null",
		.words = "@3" },
	{ .command = "registrant forget",
		.words = "@60 --reason asked",
		.states = 3,
		.unfinished = not_cleaned },
	{ .command = "registrant merge", .words = "@60 @61 --reason twice" },
	{ .command = "registrant set", .words = "@3 --affiliation ENS --roles speaker+chair" },
	{ .command = "token reissue", .words = "@3 --reason lost" },
	{ .command = "token revoke", .words = "@3 --reason lost" },
	{ .command = NULL },
};

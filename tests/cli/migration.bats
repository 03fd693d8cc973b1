#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# A database of an older version: read by nobody, migrated by the first command that writes,
# after a copy was kept.

load helper

# A database as version 1 left it, with a registrant who has a token.
setup_test() {
    {
        cat "${abs_srcdir:?}/schema/0001_init.sql"
        cat <<'END'
INSERT INTO keyring VALUES (x'0102030405060708', 1);
INSERT INTO event (event_id, code, title, timezone) VALUES (1, 'old', 'Old times', 'Europe/Zurich');
INSERT INTO person (person_id, email, email_key, name)
VALUES (1, 'Ada@example.org', 'ada@example.org', 'Ada');
INSERT INTO registrant (registrant_id, event_id, person_id, registered_s) VALUES (1, 1, 1, 1);
INSERT INTO token VALUES (1, 1, zeroblob(32), x'0102030405060708', 1, NULL);
PRAGMA application_id = 1380271956;
PRAGMA user_version = 1;
END
    } | sqlite3 -batch -bail regtool.db
    chmod 600 regtool.db
}

@test "a command that only reads refuses it, and names the way" {
    cp regtool.db before.db
    run_split regtool registrant list
    assert_status 5
    assert_has 'any command that writes brings it up to date' stderr
    assert_has 'made by an older regtool (schema 1)' stderr
    cmp regtool.db before.db
    assert_no_file regtool.db.schema-1
}

@test "the first command that writes keeps a copy and migrates" {
    run_split regtool event set old --title 'New times'
    assert_status 0
    [ "$(sqlite3 regtool.db 'PRAGMA user_version')" -gt 1 ]
    [ "$(sqlite3 regtool.db.schema-1 'PRAGMA user_version')" -eq 1 ]
    [ "$(sqlite3 regtool.db.schema-1 'SELECT title FROM event')" = 'Old times' ]
    assert_mode regtool.db.schema-1 600
    run_split regtool registrant list -f json
    assert_status 0
    assert_json '.[0].name == "Ada" and .[0].email == "Ada@example.org"'
    run regtool check
    assert_status 0
}

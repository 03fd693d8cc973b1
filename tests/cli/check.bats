#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    regtool init --event e --timezone Europe/Zurich --quiet
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\n' >people.csv
    regtool import people.csv --quiet >/dev/null
    token=$(regtool token show @1 -f json | jq -r .token)
    regtool checkin "$token" >/dev/null
}

# forge SQL: as somebody would who takes the triggers away and puts them back
forge() {
    sqlite3 regtool.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema
        WHERE type = 'trigger'" >drop.sql
    sqlite3 regtool.db "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'" >make.sql
    { cat drop.sql && printf '%s;\n' "$1" && cat make.sql; } | sqlite3 regtool.db
}

@test 'a sound database' {
    run_split regtool check
    assert_status 0
    assert_output ''
    assert_has 'no fault found: 4 log entries, 1 scan' stderr
    run_split regtool check -f json
    assert_status 0
    assert_output '[]'
    run_split regtool check --quick --quiet
    assert_status 0
    assert_output ''
}

@test 'a scan changed, removed, added' {
    forge "UPDATE scan SET at_s = at_s - 3600"
    run_split regtool check -f json
    assert_status 1
    assert_json 'length == 1 and .[0].kind == "scan" and .[0].subject == "scan 1"'
    assert_has '1 fault found' stderr
    run_split regtool check --quick -f json
    assert_status 1
    forge 'DELETE FROM scan'
    run_split regtool check
    assert_status 1
    assert_has 'missing'
    forge "INSERT INTO scan (event_id, direction, at_s, stored_s, source, result, reason, actor)
        VALUES (1, 'in', 1, 1, 'door', 'refused', 'unknown-token', 'x'),
            (1, 'in', 1, 1, 'door', 'refused', 'unknown-token', 'x')"
    run_split regtool check
    assert_status 1
    assert_has 'no log entry covers it'
}

@test 'a log entry changed or removed' {
    forge "UPDATE log SET actor = 'somebody else' WHERE log_id = 2"
    run_split regtool check -f json
    assert_status 1
    assert_json '.[0].kind == "log" and .[0].subject == "log entry 2"'
    forge 'DELETE FROM log WHERE log_id = 3'
    run_split regtool check
    assert_status 1
    assert_has 'log entry 3'
}

@test '--head: a log cut or written anew shows against a head kept elsewhere' {
    head=$(regtool log --head)
    run regtool check --head "$head"
    assert_status 0
    run regtool check --head "${head%?}x"
    assert_status 2
    run regtool check --head "4:$(printf '%064d' 0)"
    assert_status 1
    assert_has 'written anew'
    regtool token revoke @1 --reason lost --quiet
    run regtool check --head "$head" --quick
    assert_status 0
    forge 'DELETE FROM remark; DELETE FROM scan; DELETE FROM log WHERE log_id > 3'
    run regtool check
    assert_status 0
    run regtool check --head "$head"
    assert_status 1
    assert_has 'cut off'
}

@test 'rules of the model' {
    sqlite3 regtool.db 'PRAGMA foreign_keys=OFF; DELETE FROM token WHERE registrant_id = 2'
    run_split regtool check
    assert_status 1
    assert_has '@2'
    run regtool check --quick
    assert_status 0
}

@test 'what points at nothing' {
    sqlite3 regtool.db 'PRAGMA foreign_keys=OFF; DELETE FROM registrant WHERE registrant_id = 2'
    run_split regtool check
    assert_status 1
    assert_has 'not there'
}

@test 'a planted trigger or view: no command runs on it, check names it' {
    sqlite3 regtool.db "CREATE TRIGGER evil AFTER INSERT ON scan BEGIN DELETE FROM token; END"
    before=$(sha256sum <regtool.db)
    for command in list backup 'checkin X' 'token show @1' log; do
        case $command in list) command='event list' ;; backup) command='backup b.db' ;; esac
        # shellcheck disable=SC2086 # a command with its arguments
        run regtool $command
        assert_status 5
        assert_has "trigger 'evil'"
    done
    run_split regtool -f json check
    assert_status 1
    assert_json 'length == 1 and .[0].kind == "schema" and (.[0].message | test("evil"))'
    assert_has "trigger 'evil'" stderr
    [ "$(sha256sum <regtool.db)" = "$before" ]
}

@test 'what is not a database of regtool: exit 5, named, untouched' {
    cp people.csv text.db
    sqlite3 other.db 'CREATE TABLE t (x)'
    sqlite3 wal.db 'PRAGMA journal_mode=WAL; CREATE TABLE t (x)' >/dev/null
    cp regtool.db newer.db
    sqlite3 newer.db 'PRAGMA user_version=99'
    head -c 50000 regtool.db >cut.db
    { head -c 200 regtool.db && head -c 20000 /dev/zero; } >zero.db
    sha256sum ./*.db >sums
    mkdir folder.db
    mkfifo pipe.db
    ls >../before
    for file in text other wal newer cut zero folder pipe; do
        run regtool check --db $file.db
        assert_status 5
        assert_has $file.db
        run regtool import people.csv --db $file.db
        assert_status 5
        assert_has $file.db
    done
    run regtool check --db /dev/null
    assert_status 5
    sha256sum -c --quiet sums
    [ "$(ls)" = "$(cat ../before)" ]
}

@test 'a missing or empty database: exit 4, and how to make one' {
    : >empty.db
    for file in missing.db empty.db no/folder.db; do
        run regtool check --db $file
        assert_status 4
        assert_has $file
        assert_has 'regtool init'
    done
}

@test 'reading works where nothing can be written' {
    mkdir medium
    cp regtool.db regtool.db.key medium/
    chmod 444 medium/regtool.db
    chmod 555 medium
    run_split regtool check --db medium/regtool.db
    status_check=$status
    run_split regtool token export --db medium/regtool.db
    status_export=$status
    chmod 755 medium
    [ "$status_check" -eq 0 ]
    [ "$status_export" -eq 0 ]
    [ "$(find medium -type f | wc -l)" -eq 2 ]
}

@test 'a crash in the middle of a change is taken back by whoever comes next' {
    before=$(regtool log -f json)
    # What a process killed while it writes leaves: pages changed, the journal hot.
    sqlite3 regtool.db <<'END' || true
PRAGMA cache_size=1;
BEGIN IMMEDIATE;
UPDATE person SET name = hex(zeroblob(100000)), affiliation = hex(randomblob(100000));
INSERT INTO question (event_id, header) SELECT 1, hex(randomblob(50000)) FROM sqlite_schema;
.shell cp regtool.db crashed.db; cp regtool.db-journal crashed.db-journal
ROLLBACK;
END
    [ -s crashed.db-journal ]
    run regtool log -d crashed.db -f json
    assert_status 0
    assert_output "$before"
    run regtool check -d crashed.db
    assert_status 0
}

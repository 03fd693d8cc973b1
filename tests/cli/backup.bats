#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause

load helper

setup_test() {
    regtool init --event e --timezone Europe/Zurich --quiet
    printf 'Name,Email\nAda,ada@example.org\n' >people.csv
    regtool import people.csv --quiet >/dev/null
}

@test 'a copy that opens, private, without the key' {
    umask 0
    run_split regtool backup copy.db
    assert_status 0
    assert_output ''
    assert_has 'the key is not in it' stderr
    assert_mode copy.db 600
    assert_no_file copy.db.key
    [ "$(ls copy.db*)" = copy.db ]
    run regtool check -d copy.db
    assert_status 0
    [ "$(regtool log --head -d copy.db)" = "$(regtool log --head)" ]
    run regtool token show @1 -d copy.db -k regtool.db.key
    assert_status 0
}

@test 'an existing file is left alone' {
    for file in full empty; do
        : >$file.db
        [ $file = empty ] || echo words >$file.db
        cp $file.db before
        run regtool backup $file.db
        assert_status 1
        assert_has "$file.db: exists already"
        cmp $file.db before
    done
    run regtool backup regtool.db
    assert_status 1
    mkdir folder.db
    run regtool backup folder.db
    assert_status 1
    ln -s nowhere link.db
    run regtool backup link.db
    assert_status 1
    assert_no_file nowhere
    run regtool check
    assert_status 0
}

@test 'no folder, no argument' {
    run regtool backup no/folder.db
    assert_status 5
    assert_has no/folder.db
    run regtool backup
    assert_status 2
    run regtool backup a.db b.db
    assert_status 2
    [ -z "$(compgen -G '*.new-*')" ]
}

@test 'while others write' {
    token=$(regtool token show @1 -f json | jq -r .token)
    for i in $(seq 30); do
        printf '{"token": "%s", "nonce": "n%d"}\n' "$token" "$i" |
            regtool checkin - -f jsonl >/dev/null 2>&1 || true
    done &
    for i in 1 2 3 4 5; do
        run regtool backup copy$i.db
        assert_status 0
        run regtool check -d copy$i.db
        assert_status 0
    done
    wait
    run regtool check
    assert_status 0
}

@test 'a database with faults is not backed up as if it were sound' {
    sqlite3 regtool.db 'PRAGMA foreign_keys=OFF; DELETE FROM registrant'
    run regtool backup copy.db
    assert_status 1
    assert_has 'faults'
    assert_no_file copy.db
    [ -z "$(compgen -G '*.new-*')" ]
}

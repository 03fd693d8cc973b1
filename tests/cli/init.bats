#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool init: a database, its key and its event come into being together or not at all.

load helper

@test "makes a database and a key file that nobody else can read" {
    umask 022
    run_split regtool init
    assert_status 0
    assert_output ''
    assert_has "made the database 'regtool.db'" stderr
    assert_has "made the key file 'regtool.db.key'" stderr
    assert_mode regtool.db 600
    assert_mode regtool.db.key 600
    [ "$(sqlite3 regtool.db 'PRAGMA application_id')" -eq 1380271956 ]
    run regtool event list -f json
    assert_status 0
    assert_output '[]'
}

@test "makes the event with all that is said of it" {
    run regtool init --event symposium --title 'Loss  "Landscape"' --timezone Europe/Zurich \
        --start 2022-02-15 --end 2022-02-16 --url https://example.org/ --doors 45 \
        --capacity 120
    assert_status 0
    run_split regtool event show -f json
    assert_status 0
    assert_json '. == {code: "symposium", title: "Loss  \"Landscape\"", timezone: "Europe/Zurich",
        start: "2022-02-15", end: "2022-02-16", url: "https://example.org/", doors: 45,
        capacity: 120, taken: 0, waiting: 0}'
}

@test "takes the machine's zone where none is named, and says so" {
    TZ=America/New_York run_split regtool init --event symposium
    assert_status 0
    assert_has "time zone America/New_York, the machine's" stderr
    run_split regtool event show -f json
    assert_json '.timezone == "America/New_York" and .doors == 30'
}

@test "a zone of the machine that has no name is refused" {
    TZ=Nowhere/Land run_split regtool init --event symposium
    assert_status 2
    assert_has '--timezone' stderr
    assert_no_file regtool.db
    assert_no_file regtool.db.key
}

@test "refuses to touch a database that is there" {
    regtool init --event symposium
    cp regtool.db before.db
    cp regtool.db.key before.key
    run_split regtool init --event other
    assert_status 1
    assert_has 'regtool.db: exists already' stderr
    cmp regtool.db before.db
    cmp regtool.db.key before.key
    # Not even one whose key file is gone or broken.
    echo nonsense >regtool.db.key
    run_split regtool init
    assert_status 1
    [ "$(cat regtool.db.key)" = nonsense ]
}

@test "refuses to touch any other file" {
    echo 'a letter' >regtool.db
    run_split regtool init
    assert_status 1
    [ "$(cat regtool.db)" = 'a letter' ]
    assert_no_file regtool.db.key
}

@test "an empty file counts as no database" {
    : >regtool.db
    run regtool init
    assert_status 0
    run regtool event list
    assert_status 0
}

@test "uses a key file that is there" {
    regtool init
    cp regtool.db.key before.key
    rm regtool.db
    run_split regtool init
    assert_status 0
    assert_has "its key is that of 'regtool.db.key'" stderr
    cmp regtool.db.key before.key
    id=$(sed -n 's/^id: //p' regtool.db.key)
    [ "$(sqlite3 regtool.db 'SELECT lower(hex(key_id)) FROM keyring')" = "$id" ]
}

@test "a key file that cannot be used leaves no database behind" {
    echo nonsense >regtool.db.key
    chmod 600 regtool.db.key
    run_split regtool init
    assert_status 5
    assert_has "key file 'regtool.db.key'" stderr
    [ "$(files)" = regtool.db.key ]
}

@test "a key file that others can read is refused" {
    regtool init
    rm regtool.db
    chmod 640 regtool.db.key
    run_split regtool init
    assert_status 5
    assert_has 'others can read it' stderr
    assert_no_file regtool.db
}

@test "where the key file cannot be written there is no database either" {
    run_split regtool init --key nowhere/symposium.key
    assert_status 5
    assert_has "nowhere/symposium.key" stderr
    [ -z "$(files)" ]
}

@test "the database and the key lie where they are asked for" {
    run regtool --db a.db init --key b.key
    assert_status 0
    assert_mode a.db 600
    assert_mode b.key 600
    run_split regtool init --db c --key c
    assert_status 2
    assert_no_file c
}

@test "what is wrong on the command line is found before anything is made" {
    run_split regtool init --event 'two words'
    assert_status 2
    assert_has "'two words'" stderr
    run_split regtool init --title T
    assert_status 2
    assert_has '--event' stderr
    run_split regtool init --event e --start 2022-02-30
    assert_status 2
    run_split regtool init --event e --start 2022-02-16 --end 2022-02-15
    assert_status 2
    assert_has "--end: '2022-02-15' is before --start '2022-02-16'" stderr
    run_split regtool init --event e --timezone Europe/Nowhere
    assert_status 2
    run_split regtool init --event e --doors -1
    assert_status 2
    [ -z "$(files)" ]
}

@test "refuses whatever is there, be it no file" {
    mkdir folder
    mkfifo pipe
    echo 'not a database' >text
    for path in folder pipe text /dev/null; do
        run_split regtool --db "$path" init --event symposium
        assert_status 1
        assert_has "$path: exists already" stderr
        assert_no_file "$path.key"
    done
    [ -p pipe ]
    [ "$(cat text)" = 'not a database' ]
}

@test "a folder that is not there is named as what is missing" {
    run_split regtool -d nowhere/one.db init
    assert_status 5
    assert_has "cannot make 'nowhere/one.db'" stderr
    assert_has 'its folder does not exist' stderr
    regtool -d one.db --quiet init
    run_split regtool -d one.db event list -o nowhere/list.csv
    assert_status 5
    assert_has 'its folder does not exist' stderr
}

@test "whatever the database is called, it is a file of that name" {
    # shellcheck disable=SC1003 # a backslash is part of the name
    for path in 'file:a.db?mode=memory' ':memory:' "it's 100%.db" 'x#y.db' 'back\slash.db'; do
        run_split regtool --db "$path" init --event symposium --timezone UTC
        assert_status 0
        assert_file "$path"
        run_split regtool --db "$path" event list -f json
        assert_status 0
        assert_json 'length == 1'
    done
}

#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool import list: which files were taken in; and the two words that name it.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-01T08:00:00Z
    regtool --quiet init --event sym --timezone Europe/Zurich
    printf 'Name,Email\nAda,ada@example.org\nBob,bob@example.org\n' >a.csv
}

@test 'the imports of the event are listed by number, with their counts' {
    mkdir sub
    mv a.csv sub
    regtool --quiet import sub/a.csv --actor eva >/dev/null
    printf 'Name,Email\nAda King,ada@example.org\nBob,bob@example.org\nZoë,nowhere\n' |
        REGTOOL_NOW=2022-02-02T08:00:00Z regtool --quiet import - --skip-bad --actor max >/dev/null
    run regtool import list -f json
    assert_status 0
    assert_json '. == [
        {import_id: 1, file: "a.csv", taken_at: "2022-02-01T09:00:00+01:00", actor: "eva",
            rows: 2, added: 2, updated: 0, unchanged: 0, kept: 0, rejected: 0, undone_at: null, kind: "registrants"},
        {import_id: 2, file: "standard input", taken_at: "2022-02-02T09:00:00+01:00",
            actor: "max", rows: 3, added: 0, updated: 1, unchanged: 1, kept: 0, rejected: 1,
            undone_at: null, kind: "registrants"}]'
    run regtool import list -f csv
    assert_output 'import_id,file,taken_at,actor,rows,added,updated,unchanged,kept,rejected,undone_at,kind
1,a.csv,2022-02-01T09:00:00+01:00,eva,2,2,0,0,0,0,,registrants
2,standard input,2022-02-02T09:00:00+01:00,max,3,0,1,1,0,1,,registrants'
    run regtool import list
    assert_has 'a.csv'
    assert_has '2022-02-01 09:00'
}

@test 'only the imports of the event, each in its own list' {
    regtool event add other --timezone UTC
    regtool --quiet import a.csv -e sym >/dev/null
    regtool --quiet import a.csv -e other >/dev/null
    run regtool import list -e other -f json
    assert_json 'map(.import_id) == [2]'
    run regtool import list -e sym -f json
    assert_json 'map(.import_id) == [1]'
    run regtool import list
    assert_status 4
}

@test 'without an import the list is empty' {
    run regtool import list -f json
    assert_status 0
    assert_output '[]'
}

@test 'what was refused or only tried is on no list' {
    regtool --quiet import a.csv --dry-run >/dev/null
    printf 'Name,Email\nAda,nowhere\n' >b.csv
    run regtool import b.csv
    assert_status 3
    run regtool import list -f json
    assert_output '[]'
}

@test 'import list is the command, and a file of that name is ./list' {
    cp a.csv list
    run_split regtool import list -f json
    assert_status 0
    assert_output '[]'
    assert_has "the file 'list' of this folder is written './list'" stderr
    run_split regtool import ./list -f json
    assert_status 0
    assert_json '.[0] | .added == 2 and .file == "./list"'
    run_split regtool import -f json -- list
    assert_status 0
    assert_json '.[0].unchanged == 2'
    rm list
    run_split regtool import list
    assert_status 0
    [ -z "$stderr" ]
}

@test 'no file is imported beside the list' {
    run_split regtool import list a.csv
    assert_status 2
    assert_has "one argument too many: 'a.csv'" stderr
    run regtool import list -f json
    assert_output '[]'
}

@test 'help of import names the commands beside it' {
    run regtool help import
    assert_status 0
    assert_has 'Usage: regtool import [OPTIONS] FILE'
    assert_has '  import list '
    local help=$output
    run regtool import --help
    assert_output "$help"
    run regtool help import list
    assert_has 'Usage: regtool import list [OPTIONS]'
    run regtool help import lost
    assert_status 2
}

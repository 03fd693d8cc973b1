#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# What all commands have in common: options before and after the name, the environment,
# where results go, and what is said when they cannot.

# shellcheck disable=SC2016 # the inner shell expands
load helper

setup_test() {
    regtool --quiet init --event one --timezone Europe/Zurich
}

@test "common options stand before and after the command's name" {
    run_split regtool -f csv event list
    assert_status 0
    assert_has 'code,title,timezone'
    local expected=$output
    run_split regtool event list -f csv
    assert_output "$expected"
    run_split regtool --format=csv event list
    assert_output "$expected"
    run_split regtool -d regtool.db event -q list
    assert_status 2
}

@test "an option is not given twice, before and after" {
    run_split regtool -f csv event list -f json
    assert_status 2
    assert_has "option '--format' is given twice" stderr
    run_split regtool -q event list -q
    assert_status 0
    run_split regtool -q event list -v
    assert_status 2
    assert_has "options '--quiet' and '--verbose' exclude each other" stderr
}

@test "options are not abbreviated: the nearest is suggested" {
    run_split regtool --form csv event list
    assert_status 2
    assert_has "unknown option '--form'" stderr
    assert_has "did you mean '--format'?" stderr
    run_split regtool event list --formt csv
    assert_status 2
    assert_has "regtool: event list: unknown option '--formt'" stderr
    run_split regtool --timezone UTC event add two
    assert_status 2
    assert_has "a command's own options stand after its name" stderr
}

@test "formats are those of the command" {
    run_split regtool event list -f xml
    assert_status 2
    assert_has 'one of: table, csv, json, jsonl' stderr
    run_split regtool event list -f jsonl
    assert_status 0
    assert_json '.code == "one"'
}

@test "usage errors are found before the database is looked for" {
    for wrong in '-f xml' '--color no' '--actor=' '-e='; do
        # shellcheck disable=SC2086 # options
        run_split regtool -d none.db event list $wrong
        assert_status 2
    done
    run_split regtool -d none.db event list
    assert_status 4
    assert_has "no database at 'none.db'" stderr
    assert_has 'regtool init' stderr
}

@test "the environment names database and event, options beat it" {
    regtool --quiet init -d other.db --event two --timezone UTC
    REGTOOL_DB=other.db run_split regtool event show -f json
    assert_json '.code == "two"'
    REGTOOL_DB=other.db run_split regtool -d regtool.db event show -f json
    assert_json '.code == "one"'
    REGTOOL_DB='' run_split regtool event show -f json
    assert_json '.code == "one"'
}

@test "the clock can be fixed, and only to a time" {
    for now in 1644931800 2022-02-15T14:30:00+01:00 2022-02-15T13:30:00Z; do
        REGTOOL_NOW=$now run_split regtool event list
        assert_status 0
    done
    for now in yesterday 1644931800x 2022-02-30T10:00Z; do
        REGTOOL_NOW=$now run_split regtool event list
        assert_status 2
        assert_has '$REGTOOL_NOW: ' stderr
    done
}

@test "-o writes a file, and only where there is a result" {
    run_split regtool event list -f csv -o list.csv
    assert_status 0
    [ -z "$output" ]
    run cat list.csv
    assert_has 'one,'
    run_split regtool event list -f csv -o -
    assert_has 'one,'
    assert_no_file ./-
    run_split regtool __complete -o list.csv -- eve
    assert_status 0
    run cat list.csv
    assert_output 'event'
}

@test "-o never replaces the database or the key" {
    cp regtool.db before.db
    ln -s regtool.db link
    for path in regtool.db ./regtool.db link; do
        run_split regtool event list -o "$path"
        assert_status 2
        assert_has 'is the database' stderr
    done
    run_split regtool event list -o regtool.db.key
    assert_status 2
    assert_has 'is the key file' stderr
    cmp regtool.db before.db
}

@test "a result that cannot be written is a failure" {
    run_split regtool event list -o none/list.csv
    assert_status 5
    assert_has "cannot write 'none/list.csv': No such file or directory" stderr
    mkfifo pipe # opened for both, then left without a reader
    for format in table csv json jsonl; do
        run bash -c '"$REGTOOL" event list -f "$1" >/dev/full' bash "$format"
        assert_status 5
        assert_has 'cannot write standard output: No space left on device'
        run bash -c '"$REGTOOL" event list -f "$1" >&-' bash "$format"
        assert_status 5
        assert_has 'cannot write standard output: Bad file descriptor'
        run bash -c 'exec 3<>pipe 4>pipe 3<&-; "$REGTOOL" event list -f "$1" >&4' \
            bash "$format"
        assert_status 5
        assert_has 'cannot write standard output: Broken pipe'
    done
    run bash -c '"$REGTOOL" --help >/dev/full'
    assert_status 5
    run bash -c '"$REGTOOL" --version >&-'
    assert_status 5
}

@test "closed descriptors are nobody's file" {
    run bash -c '"$REGTOOL" event list -f csv 0<&- 2>&-'
    assert_status 0
    assert_has 'one,'
    # What would be written to standard output must not land in the database.
    cp regtool.db before.db
    run bash -c '"$REGTOOL" event list 0<&- 1>&- 2>&-'
    assert_status 5
    cmp regtool.db before.db
}

@test "colour only where it is asked for, or on a terminal without NO_COLOR" {
    need_terminal
    run_split regtool event list
    assert_has_not $'\033'
    run_split regtool event list --color always
    assert_has $'\033[1mcode'
    NO_COLOR=1 run_split regtool event list --color always
    assert_has $'\033[1mcode'
    run_split regtool event show nothing --color always
    assert_has $'\033[1;31mregtool:' stderr
    run script -qec '"$REGTOOL" event list' /dev/null
    assert_has $'\033[1mcode'
    NO_COLOR=1 run script -qec '"$REGTOOL" event list' /dev/null
    assert_has_not $'\033[1m'
}

@test "on a narrow terminal titles are cut, codes never" {
    need_terminal
    regtool --quiet event set one -o /dev/null --title "$(printf 'long %.0s' {1..40})"
    run script -qec 'stty cols 72; "$REGTOOL" event list' /dev/null
    assert_has '…'
    assert_has 'Europe/Zurich'
    for line in "${lines[@]}"; do
        line=${line//$'\r'/}
        line=${line//$'\033'[[]?m/}
        [ "${#line}" -le 72 ]
    done
}

@test "on a narrow terminal columns are left out before names cannot be read" {
    need_terminal
    regtool --quiet registrant add --name 'Ada Lovelace' --email ada@example.org \
        --affiliation 'Analytical Engines of London' --roles speaker+chair --event one >/dev/null
    run script -qec 'stty cols 72; "$REGTOOL" --event one registrant list' /dev/null
    assert_has 'Ada Lovelace'
    assert_has 'chair;speaker'
    assert_has_not 'registered'
    assert_has_not 'category'
    for line in "${lines[@]}"; do
        line=${line//$'\r'/}
        line=${line//$'\033'[[]?m/}
        [ "${#line}" -le 72 ]
    done
    # With room for them all are there.
    run script -qec 'stty cols 200; "$REGTOOL" --event one registrant list' /dev/null
    assert_has 'registered'
    assert_has 'category'
    assert_has 'Analytical Engines of London'
}

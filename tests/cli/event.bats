#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool event add, set, show, list.

load helper

setup_test() {
    regtool --quiet init --event one --timezone Europe/Zurich --title One
}

@test "add gives the event, list has all in the order they were made" {
    run_split regtool event add another --timezone Asia/Tokyo --start 2023-05-01 -f json
    assert_status 0
    assert_json '.code == "another" and .timezone == "Asia/Tokyo" and .start == "2023-05-01"
        and .end == null and .title == null and .doors == 30 and .capacity == null'
    run_split regtool event list -f csv
    assert_status 0
    assert_output 'code,title,timezone,start,end,url,doors,capacity
one,One,Europe/Zurich,,,,30,
another,,Asia/Tokyo,2023-05-01,,,30,'
}

@test "a code that is taken is refused, whatever its case" {
    run_split regtool event add ONE
    assert_status 1
    assert_has "event 'ONE' exists already" stderr
}

@test "set changes what is named and leaves the rest" {
    run_split regtool event set one --doors 0 --end 2022-02-16 -f json
    assert_status 0
    assert_json '.title == "One" and .doors == 0 and .end == "2022-02-16"'
    run_split regtool event set one --title '' --timezone UTC -f json
    assert_status 0
    assert_json '.title == null and .timezone == "UTC" and .doors == 0'
}

@test "set needs something to set, and an event to set it of" {
    run_split regtool event set one
    assert_status 2
    run_split regtool event set two --doors 1
    assert_status 4
    assert_has "no event 'two'" stderr
    assert_has "'one'" stderr
}

@test "the first day is not behind the last, be it said in two goes" {
    regtool event set one --start 2022-02-15
    run_split regtool event set one --end 2022-02-14
    assert_status 2
    assert_has 'the last day is before the first' stderr
    run_split regtool event show -f json
    assert_json '.end == null'
}

@test "show takes the only event, the one named, or asks which" {
    run_split regtool event show -f json
    assert_status 0
    assert_json '.code == "one"'
    regtool event add two
    run_split regtool event show
    assert_status 4
    assert_has "'one', 'two'" stderr
    run_split regtool event show two -f json
    assert_json '.code == "two"'
    run_split regtool --event one event show -f json
    assert_json '.code == "one"'
    REGTOOL_EVENT=one run_split regtool event show two -f json
    assert_json '.code == "two"'
    run_split regtool event show three
    assert_status 4
}

@test "a title that a spreadsheet would run is guarded in CSV only" {
    regtool event set one --title '=1+1'
    run_split regtool event show -f csv
    assert_has "one,'=1+1,"
    run_split regtool event show -f csv --raw
    assert_has 'one,=1+1,'
    run_split regtool event show -f json
    assert_json '.title == "=1+1"'
}

@test "without a database there is nothing to show" {
    run_split regtool --db other.db event list
    assert_status 4
    assert_has "'other.db'" stderr
    assert_has 'regtool init' stderr
    assert_no_file other.db
}

@test "another zone leaves the sessions where they are in time, and says so" {
    run_split regtool event set one --timezone Asia/Tokyo
    assert_status 0
    [ -z "${stderr-}" ]
    printf '%s\n' session,kind,start,end,title,people 'A,talk,2022-02-15T09:00,2022-02-15T10:00,,' |
        regtool --quiet programme import -
    run_split regtool event set one --timezone Asia/Tokyo
    [ -z "${stderr-}" ]
    run_split regtool event set one --timezone UTC
    assert_status 0
    assert_has 'now those of UTC, not of Asia/Tokyo' stderr
    run_split regtool programme show -f csv
    assert_has 'A,talk,2022-02-15T00:00:00+00:00'
}

#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# regtool checkout, where it is other than checkin (see checkin.bats): which session, how
# late, and what it does not ask.

load helper

setup_test() {
    export REGTOOL_NOW=2022-02-15T13:00:00Z # 14:00 in Zurich
    regtool --quiet init --event sym --timezone Europe/Zurich
    printf '%s\n' session,kind,start,end,title,people \
        S1,session,2022-02-15T14:25,2022-02-15T16:30,Theory, \
        S2,session,2022-02-15T17:10,2022-02-15T19:30,Practice, |
        regtool --quiet programme import - >/dev/null
    printf '%s\n' name,email 'Ada,ada@example.org' 'Bob,bob@example.org' |
        regtool --quiet import - >/dev/null
}

# scan COMMAND OPTION...: result, reason and session of the answer
scan() {
    run_split regtool -f csv "$@"
    output=$(sed -n 2p <<<"$output" | cut -d, -f 1,2,8)
}

@test "checkout is from the session the person is in" {
    scan checkin --who @1 --at 2022-02-15T14:20
    assert_output admitted,,S1
    scan checkout --who @1 --at 2022-02-15T15:00
    assert_status 0
    assert_output admitted,,S1
    scan checkout --who @1 --at 2022-02-15T15:01
    assert_status 1
    assert_output refused,not-in,
    scan checkin --who @1 --at 2022-02-15T15:10
    assert_output admitted,,S1
    scan checkout --who @1 --at 2022-02-15T15:20 --session S2
    assert_output refused,not-in,S2
    scan checkout --who @1 --session S9
    assert_status 4
    assert_has "'S9'" stderr
}

@test "checkout after the end is welcome for twelve hours, not on the day after" {
    scan checkin --who @1 --at 2022-02-15T17:10
    scan checkin --who @2 --at 2022-02-15T17:10
    scan checkout --who @1 --at 2022-02-16T07:30
    assert_output admitted,,S2
    scan checkout --who @2 --at 2022-02-16T07:31
    assert_output refused,not-in,
}

@test "checkout asks neither status nor time of the doors" {
    scan checkin --who @1 --at 2022-02-15T14:20
    regtool --quiet registrant cancel @1 --reason 'asked by mail' >/dev/null
    scan checkin --who @1 --at 2022-02-15T17:10
    assert_output refused,cancelled,
    scan checkout --who @1 --at 2022-02-15T17:12
    assert_output admitted,,S1
}

@test "checkout takes tokens, lines, and a direction of their own" {
    regtool token export >tokens.csv
    scan checkin "$(sed -n 's/^1,.*,//p' tokens.csv)" --at 2022-02-15T14:20
    assert_output admitted,,S1
    scan checkout "$(sed -n 's/^1,.*,//p' tokens.csv)" --at 2022-02-15T14:30
    assert_output admitted,,S1
    run_split regtool -f csv checkout - <<'END'
{"who": "@2", "at": "2022-02-15T14:20", "direction": "in"}
{"who": "@2", "at": "2022-02-15T14:50"}
END
    assert_status 0
    [ "$(sed 1d <<<"$output" | cut -d, -f 1,3,8)" = $'admitted,in,S1\nadmitted,out,S1' ]
}

@test "checkout has no arrival, and nothing of it can be forced" {
    run_split regtool checkout --who @1 --arrival
    assert_status 2
    scan checkout --who @1 --force --reason test
    assert_status 1
    assert_output refused,not-in,
}
